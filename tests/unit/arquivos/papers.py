"""PDFs and photos, honest ones and others, made by the libraries that real ones are made by."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

MOST_ROWS = 100
"""Of a photo that is to be refused before it is read."""


def make_pdf(pages: int = 1, change: Callable[[Pdf], None] | None = None, **saved: Any) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    if change is not None:
        change(pdf)
    file = BytesIO()
    pdf.save(file, **saved)
    return file.getvalue()


def make_photo(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **saved: Any) -> bytes:
    pillow_heif.register_heif_opener()
    photo = Image.linear_gradient("L").resize(size).convert(saved.pop("mode", "RGB"))
    file = BytesIO()
    photo.save(file, kind, **saved)
    return file.getvalue()


def with_javascript(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def with_named_javascript(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array()))


def with_hidden_javascript(pdf: Pdf) -> None:
    """An object that nothing leads to."""
    pdf.make_indirect(Dictionary(Type=Name.Action, S=Name.JavaScript))
    pdf.Root.PieceInfo = Dictionary(a=Dictionary(b=Array([Dictionary(S=Name.JavaScript)])))


def with_launch(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F="cmd.exe")


def with_embedded(pdf: Pdf) -> None:
    pdf.attachments["planilha.xlsx"] = b"PK..."


def with_attachment_note(pdf: Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.FileAttachment)])


def with_xfa(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array())


def with_movie(pdf: Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.RichMedia)])


def with_form(pdf: Pdf) -> None:
    """A form that is sent to an address: it does nothing by itself."""
    pdf.Root.AcroForm = Dictionary(Fields=Array())
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="x"))])


def without_pages(pdf: Pdf) -> None:
    del pdf.pages[:]


def endless_pages() -> bytes:
    """A tree of pages that has itself as a child."""

    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    return make_pdf(change=change)


def object_bomb() -> bytes:
    """A stream of objects that is a gigabyte when it is unpacked twice, in a few kilobytes."""
    inside = zlib.compress(b" " * 400_000_000, 9)
    packed = zlib.compress(inside, 9)
    head = b"%PDF-1.7\n"
    catalog = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    stream = (
        b"3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]"
        b" /Length %d >>\nstream\n" % len(packed)
    ) + packed + b"\nendstream\nendobj\n"  # fmt: skip
    at_catalog, at_stream = len(head), len(head) + len(catalog)
    at_table = at_stream + len(stream)
    entries = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([last])
        for kind, place, last in [
            (0, 0, 0), (1, at_catalog, 0), (2, 3, 0), (1, at_stream, 0), (1, at_table, 0),
        ]
    )  # fmt: skip
    table = (
        b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n"
        % len(entries)
    ) + entries + b"\nendstream\nendobj\n"  # fmt: skip
    return head + catalog + stream + table + b"startxref\n%d\n%%%%EOF\n" % at_table


def polyglot() -> bytes:
    """A page for browsers, and a PDF for who looks further."""
    return b"<html><script>alert(1)</script>\n" + make_pdf()


def huge_photo(width: int = 40_000, height: int = 30_000) -> bytes:
    """Of nothing, in a few kilobytes, and gigabytes in memory."""
    packer = zlib.compressobj(1)
    row = bytes(1 + 4 * width)
    packed = b"".join(packer.compress(row) for _ in range(min(height, MOST_ROWS)))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", packed + packer.flush()), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
