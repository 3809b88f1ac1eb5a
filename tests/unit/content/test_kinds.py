"""What a file is, by its bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from portal.content.kinds import HEAD, JPEG, PDF, PNG, TEXT, UNKNOWN, ZIP, kind_of


def zipped(*entries: tuple[str, str]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for number, (name, content) in enumerate(entries):
            archive.writestr(name, content, ZIP_DEFLATED if number else None)
    return file.getvalue()[:HEAD]


DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>" * 99))
ODX = zipped(("mimetype", "application/vnd.oasis.opendocument.formula"))
DOCX = zipped(("[Content_Types].xml", "<x/>"), ("_rels/.rels", "x"), ("word/document.xml", "x"))
XLSX = zipped(("_rels/.rels", "x"), ("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "x"))


@pytest.mark.parametrize(
    ("head", "mimetype"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"{\\rtf1", "application/rtf"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (ODT, "application/vnd.oasis.opendocument.text"),
        (DOCX, DOCX_TYPE),
        (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (ODX, "application/zip"),
        (zipped(("leia.txt", "x")), "application/zip"),
        (zipped(), "application/zip"),
        (zipped(("[Content_Types].xml", "word/")), "application/zip"),
        ("ação\n".encode(), "text/plain"),
        ("ação\r\n".encode("latin-1"), "text/plain"),
        (b"<html><script>x</script>", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain"),
        (b"MZ\x90\0", "application/octet-stream"),
        (b"\x7fELF\2\1\1\0", "application/octet-stream"),
        (b"\n%PDF-1.7", "application/pdf"),
        (b"\xef\xbb\xbf%PDF-1.7", "application/pdf"),
        (b"Content-Type: application/pdf\r\n\r\n%PDF-1.7", "application/pdf"),
        (b"a sign such as %PDF-1.7", "text/plain"),
        (b"x" * 1_023 + b"\n%PDF-1.7", "text/plain"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x1cftypavif\0\0\0\0avifmif1", "image/avif"),
        (zipped(("word/document.xml", "x" * HEAD)), DOCX_TYPE),
        (zipped(("docProps/app.xml", "x"), ("word/document.xml", "x")), DOCX_TYPE),
        (zipped(("word/_rels/document.xml.rels", "x")), DOCX_TYPE),
        (zipped(("word/leia.txt", "x"), ("word/foto.png", "x")), "application/zip"),
        (b"", "application/octet-stream"),
    ],
)
def test_a_file_is_what_it_begins_with(head: bytes, mimetype: str) -> None:
    assert kind_of(head).mimetype == mimetype


def test_only_what_runs_nothing_opens_in_the_browser() -> None:
    assert all(kind.opens for kind in (PDF, PNG, JPEG))
    assert not any(kind.opens for kind in (TEXT, ZIP, UNKNOWN))
