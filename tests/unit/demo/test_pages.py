"""Pages as SEI's editor makes them, and the code that proves them."""

from zlib import crc32

from portal.demo.pages import crc, render


def test_the_crc_is_that_of_the_latin1_bytes():
    # The check value of CRC-32: 123456789 gives CBF43926.
    assert crc("123456789") == "CBF43926"
    assert crc("ação") == format(crc32(b"a\xe7\xe3o"), "08X")


def test_a_page_says_its_charset_and_fits_it():
    page = render("Prefeitura", "Parecer nº 3", ["À análise."], table=[("Item",), ("Poda",)])
    assert "charset=iso-8859-1" in page
    assert page.encode("latin-1")
    assert "<th>" in page
    assert "<td>" in page


def test_what_people_typed_is_text():
    page = render("Prefeitura", "<script>", ["a < b & c"])
    assert "<script>" not in page
    assert "a &lt; b &amp; c" in page
