"""PDF files of plain text, written by hand: real enough for any reader to open."""

from collections.abc import Iterable, Sequence
from textwrap import wrap

A4 = (595, 842)
MARGIN = 56
LEADING = 16
WIDTH = 84
"""Characters of a line at 11 points."""
LINES = (A4[1] - 2 * MARGIN) // LEADING - 4
SMALL_LEADING = 10
SMALL_LINES = (A4[1] - 2 * MARGIN) // SMALL_LEADING - 4
FIRST_PAGE = 7
"""Number of the object that is the first page; each page is followed by its content."""


def write_pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """A valid PDF 1.4 in Helvetica and WinAnsi, on as many A4 pages as the text takes."""
    lines = [line for text in paragraphs for line in ("", *wrap(text, WIDTH))]
    pages = [lines[n : n + LINES] for n in range(0, len(lines), LINES)] or [[]]
    return _assemble(title, pages, b"/F1 11 Tf %d TL" % LEADING)


def write_listing(title: str, lines: Sequence[str]) -> bytes:
    """The same in small type of fixed width, a line for each: what a system prints."""
    pages = [lines[n : n + SMALL_LINES] for n in range(0, len(lines), SMALL_LINES)] or [[]]
    return _assemble(title, pages, b"/F3 8 Tf %d TL" % SMALL_LEADING)


def _assemble(title: str, pages: Sequence[Sequence[str]], type_: bytes) -> bytes:
    kids = b" ".join(b"%d 0 R" % (FIRST_PAGE + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (pt-BR) >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
        _font(b"Courier"),
        b"<< /Title (%s) >>" % _escape(title),
    ]
    for n, lines in enumerate(pages, start=1):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>"
            % (*A4, len(objects) + 2)
        )
        foot = f"Página {n} de {len(pages)}"
        objects.append(_stream(_content(title if n == 1 else "", lines, foot, type_)))
    return _file(objects)


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _content(title: str, lines: Sequence[str], foot: str, type_: bytes) -> bytes:
    out = [b"BT /F2 13 Tf %d TL %d %d Td" % (LEADING, MARGIN, A4[1] - MARGIN)]
    out += [b"(%s) Tj T*" % _escape(line) for line in wrap(title, WIDTH - 14)[:3]]
    out.append(type_)
    out += [b"T* (%s) Tj" % _escape(line) for line in lines]
    out.append(b"ET")
    out.append(b"BT /F1 8 Tf %d %d Td (%s) Tj ET" % (A4[0] - 2 * MARGIN, 30, _escape(foot)))
    return b"\n".join(out)


def _escape(text: str) -> bytes:
    """A PDF string in WinAnsi, which is Windows' 1252; what it lacks becomes a question mark."""
    encoded = text.encode("cp1252", "replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % xref
    return bytes(out)
