"""What a file is, by its own first bytes: names and browsers are not asked."""

import re
from dataclasses import dataclass

HEAD = 16_384
"""Bytes that are looked at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how it is sent, what people call it, how its name may end."""

    mimetype: str
    nome: str
    endings: tuple[str, ...]
    """The usual one first; empty for what is not recognised."""
    opens: bool = False
    """Browsers show it themselves, and running nothing that is in it."""
    packed: bool = False
    """Compressed already."""


PDF = Kind("application/pdf", "PDF", (".pdf",), opens=True, packed=True)
PNG = Kind("image/png", "imagem PNG", (".png",), opens=True, packed=True)
JPEG = Kind("image/jpeg", "imagem JPEG", (".jpg", ".jpeg"), opens=True, packed=True)
PAGE = Kind("text/html", "página", (".html",))
"""What the portal itself makes of a document of SEI; no file is ever taken for one."""
TEXT = Kind("text/plain", "texto", (".txt", ".csv", ".eml", ".ics", ".json", ".log", ".md", ".xml"))
"""No page, drawing or program: those are saved as `.txt`. A nota fiscal is of no use as one."""
ZIP = Kind("application/zip", "arquivo ZIP", (".zip", ".kmz"), packed=True)
UNKNOWN = Kind("application/octet-stream", "arquivo de outro tipo", ())

_BY_START = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", Kind("image/gif", "imagem GIF", (".gif",), opens=True, packed=True)),
    (b"II*\0", Kind("image/tiff", "imagem TIFF", (".tif", ".tiff"))),
    (b"MM\0*", Kind("image/tiff", "imagem TIFF", (".tif", ".tiff"))),
    (b"{\\rtf", Kind("application/rtf", "texto RTF", (".rtf",))),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Kind("application/x-ole-storage", "arquivo do Office antigo", (".doc", ".xls", ".ppt")),
    ),
    (b"ID3", Kind("audio/mpeg", "áudio MP3", (".mp3",), packed=True)),
    (b"\xff\xfb", Kind("audio/mpeg", "áudio MP3", (".mp3",), packed=True)),
    (
        b"OggS",
        Kind(
            "application/ogg", "áudio ou vídeo Ogg", (".ogg", ".oga", ".ogv", ".opus"), packed=True
        ),
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        Kind("application/x-7z-compressed", "arquivo 7z", (".7z",), packed=True),
    ),
    (b"Rar!\x1a\x07", Kind("application/vnd.rar", "arquivo RAR", (".rar",), packed=True)),
)
_MP4 = Kind("video/mp4", "vídeo MP4", (".mp4", ".m4v", ".m4a", ".mov"), packed=True)
_HEIC = Kind("image/heic", "imagem HEIC", (".heic", ".heif"), packed=True)
_BY_BRAND = {
    b"avif": Kind("image/avif", "imagem AVIF", (".avif",), packed=True),
    b"avis": Kind("image/avif", "imagem AVIF", (".avif",), packed=True),
    **dict.fromkeys(
        (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), _HEIC
    ),
}
"""Images in the container of MP4, by what they say to be first; all others are films."""

_PDF_WITHIN = 1_024
_PDF_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-|.*[\r\n]%PDF-", re.DOTALL)
"""Scanners and mail leave a mark or some lines before it; readers look so many bytes far."""

_ODF = "application/vnd.oasis.opendocument."
_BY_ODF = {
    b"text": Kind(f"{_ODF}text", "texto ODT", (".odt",), packed=True),
    b"spreadsheet": Kind(f"{_ODF}spreadsheet", "planilha ODS", (".ods",), packed=True),
    b"presentation": Kind(f"{_ODF}presentation", "apresentação ODP", (".odp",), packed=True),
}
_OOXML = "application/vnd.openxmlformats-officedocument."
_BY_OOXML = {
    b"word": Kind(f"{_OOXML}wordprocessingml.document", "texto DOCX", (".docx",), packed=True),
    b"xl": Kind(f"{_OOXML}spreadsheetml.sheet", "planilha XLSX", (".xlsx",), packed=True),
    b"ppt": Kind(
        f"{_OOXML}presentationml.presentation", "apresentação PPTX", (".pptx",), packed=True
    ),
}

# A ZIP of ODF begins with the entry that says so; one of OOXML has its parts in any order.
# Before the name of an entry there are 30 bytes.
_ODF_ENTRY = re.compile(
    rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.([a-z]+)", re.DOTALL
)
_OOXML_ENTRY = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|(?:word|xl|ppt)/)", re.DOTALL
)
_OOXML_PART = re.compile(rb"PK\x03\x04.{26}(word|xl|ppt)/[\w/]*\.(?:xml|rels)", re.DOTALL)


_BY_ENDING = {
    ending: kind
    for kind in (
        *(kind for _, kind in _BY_START), _MP4, *_BY_BRAND.values(), *_BY_ODF.values(),
        *_BY_OOXML.values(), PDF, ZIP, TEXT,
    )
    for ending in kind.endings
}  # fmt: skip


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins so; `head` is its first `HEAD` bytes, or all it has."""
    for start, kind in _BY_START:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp":
        return _BY_BRAND.get(head[8:12], _MP4)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(head)
    if _PDF_START.match(head[:_PDF_WITHIN]):
        return PDF
    return TEXT if _is_text(head) else UNKNOWN


def kind_named(name: str) -> Kind:
    """The kind that a file's name says it is of; for a list, where no file is opened."""
    return _BY_ENDING.get(name[name.rfind(".") :].lower(), UNKNOWN)


def _kind_of_zip(head: bytes) -> Kind:
    if odf := _ODF_ENTRY.match(head):
        return _BY_ODF.get(odf[1], ZIP)
    if _OOXML_ENTRY.match(head) and (part := _OOXML_PART.search(head)):
        return _BY_OOXML[part[1]]
    return ZIP


def _is_text(head: bytes) -> bool:
    """No control characters but those of a line, and at least one character."""
    return bool(head) and not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]", head)
