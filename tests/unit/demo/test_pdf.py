"""The PDF files of the demo: another program's reader would open them."""

import re

from portal.demo.pdf import write_pdf


def test_the_table_of_objects_points_at_each_object():
    file = write_pdf("Requerimento", ["Peço a revisão."])
    start = int(re.search(rb"startxref\n(\d+)\n%%EOF\n\Z", file)[1])
    assert file[start:].startswith(b"xref\n0 8\n0000000000 65535 f \n")
    offsets = re.findall(rb"(\d{10}) 00000 n \n", file[start:])
    for number, offset in enumerate(offsets, start=1):
        assert file[int(offset) :].startswith(b"%d 0 obj\n" % number)
    assert len(offsets) == 7


def test_the_length_of_the_text_is_the_one_declared():
    file = write_pdf("Requerimento", ["Peço a revisão."])
    declared, stream = re.search(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", file, re.S).groups()
    assert len(stream) == int(declared)


def test_portuguese_is_written_in_winansi():
    file = write_pdf("Declaração", ["Área de 84 m² – padrão “popular”, à José."])
    assert "Declaração".encode("cp1252") in file
    assert "m² – padrão “popular”, à José.".encode("cp1252") in file


def test_what_means_something_to_pdf_is_escaped():
    file = write_pdf("Anexo (1)", ["caminho \\\\servidor (cópia"])
    assert b"Anexo \\(1\\)" in file
    assert b"\\\\\\\\servidor \\(c" in file


def test_text_longer_than_the_page_ends_with_it():
    file = write_pdf("Longo", ["palavra " * 5000])
    assert file.count(b"palavra") < 700
    lines = file.count(b") Tj")
    assert lines <= 50
