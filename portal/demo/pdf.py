"""One-page PDF files of plain text, written by hand: real enough for any reader to open."""

from collections.abc import Iterable
from textwrap import wrap

A4 = (595, 842)
MARGIN = 56
LEADING = 16
WIDTH = 84
"""Characters of a line at 11 points."""


def write_pdf(title: str, paragraphs: Iterable[str]) -> bytes:
    """A valid PDF 1.4 of one A4 page, in Helvetica and WinAnsi. Text that overflows is left out."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (pt-BR) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 6 0 R"
        b" /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>" % A4,
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
        _stream(_content(title, paragraphs)),
        b"<< /Title (%s) >>" % _escape(title),
    ]
    return _assemble(objects)


def _font(name: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _content(title: str, paragraphs: Iterable[str]) -> bytes:
    top = A4[1] - MARGIN
    lines = [b"BT /F2 13 Tf %d TL %d %d Td" % (LEADING, MARGIN, top)]
    lines += [b"(%s) Tj T*" % _escape(line) for line in wrap(title, WIDTH - 14)]
    lines.append(b"/F1 11 Tf")
    room = (top - MARGIN) // LEADING - len(lines)
    body = [line for text in paragraphs for line in ("", *wrap(text, WIDTH))]
    lines += [b"T* (%s) Tj" % _escape(line) for line in body[:room]]
    return b"\n".join([*lines, b"ET"])


def _escape(text: str) -> bytes:
    """A PDF string in WinAnsi, which is Windows' 1252; what it lacks becomes a question mark."""
    encoded = text.encode("cp1252", "replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assemble(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % xref
    return bytes(out)
