"""The PDF files of the demo: another program's reader would open them."""

import re

import pytest

from portal.demo.pdf import LINES, SMALL_LINES, write_listing, write_pdf

SHORT = write_pdf("Requerimento", ["Peço a revisão."])
LONG = write_pdf("Longo", ["palavra " * 5000])
LISTING = write_listing("Relação", [f"linha {n}" for n in range(1, 3 * SMALL_LINES)])


@pytest.mark.parametrize("file", [SHORT, LONG, LISTING], ids=["short", "long", "listing"])
def test_the_table_of_objects_points_at_each_object(file: bytes):
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", file)[1])
    offsets = re.findall(rb"(\d{10}) 00000 n \n", file[start:])
    assert file[start:].startswith(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
    for number, offset in enumerate(offsets, start=1):
        assert file[int(offset) :].startswith(b"%d 0 obj\n" % number)
    assert b"/Size %d " % (len(offsets) + 1) in file


@pytest.mark.parametrize("file", [SHORT, LONG, LISTING], ids=["short", "long", "listing"])
def test_pages_are_as_many_as_declared_and_each_has_its_content(file: bytes):
    kids, count = re.search(rb"/Kids \[([^]]*)\] /Count (\d+)", file).groups()
    numbers = re.findall(rb"(\d+) 0 R", kids)
    assert len(numbers) == int(count)
    for number in numbers:
        page = re.search(rb"\n%s 0 obj\n<< /Type /Page (.*)\nendobj" % number, file)[1]
        content = re.search(rb"/Contents (\d+) 0 R", page)[1]
        assert b"\n%s 0 obj\n<< /Length" % content in file
    assert f"Página {len(numbers)} de {len(numbers)}".encode("cp1252") in file


def test_the_length_of_the_text_is_the_one_declared():
    streams = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", LONG, re.S)
    assert len(streams) > 1
    assert all(len(stream) == int(declared) for declared, stream in streams)


def test_portuguese_is_written_in_winansi():
    file = write_pdf("Declaração", ["Área de 84 m² – padrão “popular”, à José."])
    assert "Declaração".encode("cp1252") in file
    assert "m² – padrão “popular”, à José.".encode("cp1252") in file


def test_what_means_something_to_pdf_is_escaped():
    file = write_pdf("Anexo (1)", ["caminho \\\\servidor (cópia"])
    assert b"Anexo \\(1\\)" in file
    assert b"\\\\\\\\servidor \\(c" in file


def test_text_longer_than_a_page_goes_on_in_the_next():
    assert LONG.count(b"palavra") == 5000
    for stream in re.findall(rb"\nstream\n(.*?)\nendstream", LONG, re.S):
        assert stream.count(b"T* (") <= LINES


def test_a_listing_has_a_line_for_each():
    assert LISTING.count(b"(linha ") == 3 * SMALL_LINES - 1
    assert b"/Count 3 " in LISTING
