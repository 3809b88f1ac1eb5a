"""Pictures and texts that are no PDF: files that their own readers accept."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest

from portal.demo.gallery.files import PAGES, list_houses
from portal.demo.odt import MIMETYPE, write_odt
from portal.demo.pdf import write_listing
from portal.demo.png import draw_brasao, draw_sketch, draw_tree


@pytest.mark.parametrize("draw", [draw_brasao, draw_sketch, draw_tree])
def test_a_picture_is_a_png_of_as_many_pixels_as_it_says(draw: Callable[[], bytes]):
    file = draw()
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(file):
        (size,) = struct.unpack_from(">I", file, place)
        kind, body = file[place + 4 : place + 8], file[place + 8 : place + 8 + size]
        assert struct.unpack_from(">I", file, place + 8 + size) == (zlib.crc32(kind + body),)
        chunks[kind] = body
        place += size + 12
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    assert len(zlib.decompress(chunks[b"IDAT"])) == height * (1 + 3 * width)
    assert list(chunks)[-1] == b"IEND"


def test_a_text_is_an_open_document():
    file = write_odt("Memorial", ["Muro & dreno"])
    assert file == write_odt("Memorial", ["Muro & dreno"])
    with ZipFile(BytesIO(file)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert archive.read("mimetype").decode() == MIMETYPE
        assert archive.testzip() is None
        text = ElementTree.fromstring(archive.read("content.xml"))
    assert "".join(text.itertext()) == "MemorialMuro & dreno"


def test_the_long_listing_has_three_hundred_pages_of_whole_lines():
    lines = list_houses()
    assert len({len(line) for line in lines}) == 1
    file = write_listing("Relação", lines)
    assert b"/Count %d " % PAGES in file
    assert 2_000_000 < len(file) < 5_000_000
