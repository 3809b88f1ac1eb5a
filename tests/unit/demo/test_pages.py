"""Pages as SEI's editor makes them, and the code that proves them."""

from datetime import date
from html.parser import HTMLParser
from zlib import crc32

from portal.demo.pages import Page, crc, render

FULL = Page(
    "Parecer nº 3",
    ["À análise, “com urgência”."],
    ["Juntar a planta.", "Medir o lote."],
    [("Item",), ("Poda",)],
    orgao="Prefeitura Municipal",
    unidade="Procuradoria",
    processo="9310.01.0000001/2026-82",
    assunto="Obras: Habite-se",
    numero="0000419",
    day=date(2026, 3, 2),
    signers=[("José Carlos Araújo", "Procurador")],
)


class Reader(HTMLParser):
    """What a person reads of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def handle_data(self, data: str) -> None:
        self.read += [data.strip()] if data.strip() else []


def read(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.read


def test_the_crc_is_that_of_the_latin1_bytes():
    # The check value of CRC-32: 123456789 gives CBF43926.
    assert crc("123456789") == "CBF43926"
    assert crc("ação") == format(crc32(b"a\xe7\xe3o"), "08X")


def test_a_page_reads_as_a_document_of_the_house():
    assert read(render(FULL)) == [
        "Parecer nº 3",
        "Prefeitura Municipal",
        "Procuradoria",
        "Parecer nº 3",
        "Processo nº 9310.01.0000001/2026-82",
        "Assunto: Obras: Habite-se",
        "À análise, “com urgência”.",
        "Juntar a planta.",
        "Medir o lote.",
        "Item",
        "Poda",
        "Vale das Acácias, 2 de março de 2026.",
        "José Carlos Araújo",
        "Procurador",
        "Referência: Processo nº 9310.01.0000001/2026-82",
        "SEI nº 0000419",
    ]


def test_a_page_says_its_charset_and_fits_it():
    page = render(FULL)
    assert "charset=iso-8859-1" in page
    assert page.encode("latin-1").decode("latin-1") == page


def test_accents_come_as_bytes_around_the_text_and_as_entities_in_it():
    page = render(FULL)
    assert ">Parecer nº 3</p>" in page
    assert "&Agrave; an&aacute;lise, &ldquo;com urg&ecirc;ncia&rdquo;." in page


def test_the_brasao_is_in_the_page_itself():
    assert 'src="data:image/png;base64,iVBORw0KGgo' in render(FULL)


def test_what_people_typed_is_text():
    page = render(Page("<script> \u202e", ["a < b & c \U0001f44d"]))
    assert "<script>" not in page
    assert read(page)[-1] == "a < b & c \U0001f44d"
    assert page.encode("latin-1")
