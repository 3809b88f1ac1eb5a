"""Lei 15.263/2025 on the pages that explain: short sentences, and names with their article."""

import re
from html.parser import HTMLParser

import pytest

from portal.web.failures import Failure
from tests.app import OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, client_of

LONGEST = 20
"""Words of a sentence."""

PAGES = (
    "/",
    "/acessibilidade",
    "/autenticidade",
    "/autenticidade?codigo=1234567&crc=0A1B2C3D",
    "/autenticidade?codigo=abc&crc=",
    "/dados-abertos",
    "/entenda",
    "/mapa",
    "/privacidade",
    "/processos",
    "/processos?ate=1990-01-01",
    "/processos?final=12",
    "/processos?numero=",
    "/recibos",
    "/recibos?codigo=abc",
    "/recibos/0000-0000-0000-0000",
    "/nada",
)

UNITS = {
    "button",
    "caption",
    "dd",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "label",
    "legend",
    "li",
    "option",
    "p",
    "td",
    "th",
    "title",
}


class Sentences(HTMLParser):
    """The sentences of a page, told by its marks and by the ends of its paragraphs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_unit(tag)

    def handle_endtag(self, tag: str) -> None:
        self._end_unit(tag)

    def handle_data(self, data: str) -> None:
        self._words += data

    def _end_unit(self, tag: str) -> None:
        if tag in UNITS:
            self.found += re.split(r"(?<=[.:?!])\s", " ".join(self._words.split()))
            self._words = ""


@pytest.mark.parametrize("path", PAGES)
def test_no_sentence_is_longer_than_twenty_words(make_app: MakeApp, path: str) -> None:
    page = client_of(make_app()).get(path)
    found = Sentences(page.text).found
    assert len(found) > 10
    assert [s for s in found if len(s.split()) > LONGEST] == []


@pytest.mark.parametrize(
    "path",
    ["/privacidade", "/processos", "/processos?interessado=ana", "/processos?interessado=ana+sa"],
)
def test_nor_where_people_are_searched_for_by_name(make_app: MakeApp, path: str) -> None:
    on = "visibilidade = { pesquisa_por_interessado = true }\n"
    found = Sentences(client_of(make_app(TENANTS + on)).get(path).text).found
    assert len(found) > 10
    assert [s for s in found if len(s.split()) > LONGEST] == []


ENTRANCE = """
[acacias.govbr]
issuer = "https://sso.acesso.gov.br/"
client_id = "h-acacias.example"
client_secret = "env:GOVBR_SECRET"
"""


@pytest.mark.parametrize(
    "path",
    ["/", "/entrar", *(f"/entrar?falha={f.value}" for f in Failure), "/saiu",
     "/saiu?conta=excluida", "/mapa",
     "/privacidade"],
)  # fmt: skip
def test_nor_where_people_enter(make_app: MakeApp, path: str) -> None:
    app = make_app(TENANTS + ENTRANCE, secrets={"GOVBR_SECRET": "an-invented-secret"})
    found = Sentences(client_of(app).get(path).text).found
    assert len(found) > 10
    assert [s for s in found if len(s.split()) > LONGEST] == []


@pytest.mark.parametrize(
    ("nome", "phrases"),
    [
        ("Prefeitura de Ipês", ("na Prefeitura de Ipês", "pela Prefeitura de Ipês")),
        ("Município de Ipês", ("no Município de Ipês", "pelo Município de Ipês")),
        ("SAAE Ipês", ("em SAAE Ipês", "por SAAE Ipês")),
    ],
)
def test_any_tenant_s_name_has_its_article(
    make_app: MakeApp, nome: str, phrases: tuple[str, str]
) -> None:
    app = make_app(TENANTS + OTHER_TENANT.replace("Câmara de Ipês", nome))
    client = client_of(app, OTHER_HOST)
    place, agent = phrases
    assert f"seu processo {place}," in client.get("/").text
    assert f"usado {agent}." in client.get("/privacidade").text
