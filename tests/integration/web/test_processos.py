"""Processos over HTTP: every spelling leads to one address, and what may not be told is not."""

from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.demo.builder import SeiBuilder
from portal.sei.values import NivelAcesso
from tests.app import HOST, OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, StoppedClock, client_of

PART = {"HX-Request": "true"}
NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"
ABSENT = "1500010000099202677"


@pytest.mark.parametrize(
    "spelling",
    [
        "1500.01.0250326/2023-04",
        "1500.01.0250326%2F2023-04",
        "1500-01-0250326-2023-04",
        "1500 01 0250326 2023 04",
        "1500010250326202304/",
        "\uff11500010250326202304",
        "1500.01.0250326\u20132023\u201304",
    ],
)
def test_every_spelling_is_sent_to_the_one_address_before_sei_is_asked(
    app: Flask, client: FlaskClient, spelling: str
) -> None:
    response = client.get(f"/processos/{spelling}?ver=tudo&_external=1&_scheme=javascript")
    assert response.status_code == 308
    assert response.headers["Location"] == (
        f"/processos/{CHAVE}?ver=tudo&_external=1&_scheme=javascript"
    )
    [tenant] = app.extensions["tenants"]
    assert not tenant.opened


@pytest.mark.parametrize("numero", [NUMERO, CHAVE, "SEI-070002/013015/2024"])
@pytest.mark.parametrize(
    "below",
    [
        "/nada", "/documentos/1/nada", "/documentos/1/2/3", "/documentos.rar", ".pdf",
        "/historico", "/historico2.atom", "/QR.SVG",
    ],
)  # fmt: skip
def test_what_is_not_below_a_number_is_not_taken_for_a_part_of_it(
    client: FlaskClient, numero: str, below: str
) -> None:
    assert client.get(f"/processos/{numero}{below}").status_code == 404


@pytest.mark.parametrize("below", ["/documentos", "/documentos/"])
def test_the_documents_of_a_processo_are_on_its_page(client: FlaskClient, below: str) -> None:
    for numero in (NUMERO, CHAVE):
        response = client.get(f"/processos/{numero}{below}?ver=tudo")
        assert response.status_code == 308
        assert response.headers["Location"] == f"/processos/{CHAVE}?ver=tudo"


def test_letters_are_capitals_in_the_one_address(client: FlaskClient) -> None:
    response = client.get("/processos/sei-070002/013015/2024")
    assert response.headers["Location"] == "/processos/SEI0700020130152024"


@pytest.mark.parametrize("text", ["abc", "ABC", "-", "%00", "1" * 51, "é", ".."])
def test_what_is_no_number_is_no_page(client: FlaskClient, text: str) -> None:
    assert client.get(f"/processos/{text}").status_code == 404


def test_a_search_that_finds_one_leads_to_it(client: FlaskClient, sei: SeiBuilder) -> None:
    sei.processo(NUMERO)
    sei.flush()
    for typed in (NUMERO, CHAVE, f"Processo nº {NUMERO}, aberto ontem"):
        response = client.get("/processos", query_string={"numero": typed})
        assert response.status_code == 303
        assert response.headers["Location"] == f"/processos/{CHAVE}"
        assert response.headers["Cache-Control"] == "no-store"


def test_a_number_of_a_document_leads_to_its_processo(client: FlaskClient, sei: SeiBuilder) -> None:
    processo = sei.processo(NUMERO)
    documento = sei.documento(processo, "Parecer")
    sei.flush()
    response = client.get("/processos", query_string={"numero": documento.numero})
    assert response.headers["Location"] == f"/processos/{CHAVE}"


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 422, "Escreva o número"),
        ("   ", 422, "Escreva o número"),
        ("onde está?", 422, "Não há um número no que você escreveu"),
        (NUMERO, 404, "Não encontr"),
        ("1" * 5000, 404, "Não encontr"),
        ("<script>alert(1)</script> 123", 404, "Não encontr"),
    ],
)
def test_a_search_that_finds_nothing_says_what_to_do(
    client: FlaskClient, typed: str, status: int, said: str
) -> None:
    for headers in ({}, PART):
        response = client.get("/processos", query_string={"numero": typed}, headers=headers)
        assert response.status_code in (status, 422)
        assert said in response.text or response.status_code != status
        assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "typed", ["1500.01.0250326/2023-04", "1500010250326202304", "123.456", "SEI 0012345"]
)
def test_a_miss_names_the_number_as_it_was_typed(client: FlaskClient, typed: str) -> None:
    for headers in ({}, PART):
        response = client.get("/processos", query_string={"numero": typed}, headers=headers)
        assert response.status_code == 404
        assert "Não encontramos o número" in response.text
        assert f"<bdi>{typed}</bdi>" in response.text
        assert f'value="{typed}"' in response.text


def test_a_miss_in_a_long_text_names_the_number_alone(client: FlaskClient) -> None:
    text = f"Bom dia, gostaria de saber do meu processo, que é o de número {NUMERO}, obrigada"
    response = client.get("/processos", query_string={"numero": text})
    assert f"<bdi>{NUMERO}</bdi>" in response.text


UNFINISHED = ["1500.01.0250326/2023", "15000102503262023"]


@pytest.mark.parametrize("typed", UNFINISHED)
def test_a_number_without_its_check_digits_is_offered_with_them(
    client: FlaskClient, typed: str
) -> None:
    response = client.get("/processos", query_string={"numero": typed})
    assert response.status_code == 404
    assert f'href="/processos/{CHAVE}">{NUMERO}</a>' in response.text
    assert "que também procuramos" in response.text
    assert "Confira os dígitos" not in response.text


def test_an_address_without_the_check_digits_offers_the_one_with_them(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.processo(NUMERO)
    sei.flush()
    for headers in ({}, PART):
        response = client.get(f"/processos/{CHAVE[:-2]}", headers=headers)
        assert response.status_code == 404
        assert f'href="/processos/{CHAVE}">{NUMERO}</a>' in response.text
        assert "também procuramos" not in response.text
    assert client.get(f"/processos/{CHAVE}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/processos?numero=1500.01.0250326/2023-05", "/processos/1500010250326202305"]
)
def test_wrong_check_digits_are_said_and_shown_as_they_would_be(
    client: FlaskClient, sei: SeiBuilder, address: str
) -> None:
    sei.processo(NUMERO)
    sei.flush()
    for headers in ({}, PART):
        response = client.get(address, headers=headers)
        assert response.status_code == 404
        assert "1500.01.0250326/2023-05" in response.text
        assert "Confira os dígitos" in response.text
        assert f'<b class="inteiro">{NUMERO}</b>' in response.text
        # It may be somebody else's: it is shown, and neither opened nor searched.
        assert f'href="/processos/{CHAVE}"' not in response.text


def test_what_has_neither_is_only_told_to_be_compared_with_the_paper(client: FlaskClient) -> None:
    response = client.get(f"/processos/{CHAVE}")
    assert response.status_code == 404
    assert "Confira no papel cada número" in response.text


def test_a_processo_is_a_page_of_its_own_that_is_asked_for_again_each_time(
    client: FlaskClient, sei: SeiBuilder, clock: StoppedClock
) -> None:
    sei.processo(NUMERO)
    sei.flush()
    response = client.get(f"/processos/{CHAVE}")
    assert response.status_code == 200
    assert NUMERO in response.text
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert f'href="https://{HOST}/processos/{CHAVE}"' in response.text
    tag = {"If-None-Match": response.headers["ETag"]}
    clock.pass_(seconds=59)
    assert client.get(f"/processos/{CHAVE}", headers=tag).status_code == 304
    clock.pass_(seconds=1)  # the page says at what minute SEI was asked
    assert client.get(f"/processos/{CHAVE}", headers=tag).status_code == 200


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("", '<div id="resposta">'),
        ("?ordem=antigas", '<section id="historico"'),
        ("?ver=tudo", '<section id="historico"'),
        ("?antes=1", '<section id="historico"'),
        ("?documentos=1", '<section id="documentos"'),
    ],
)
def test_the_address_names_the_part_that_htmx_gets(
    client: FlaskClient, sei: SeiBuilder, query: str, part: str
) -> None:
    sei.documento(sei.processo(NUMERO), "Parecer")
    sei.flush()
    response = client.get(f"/processos/{CHAVE}{query}", headers=PART)
    assert response.status_code == 200
    body = response.text.partition("</title>\n")[2] if not query else response.text
    assert body.lstrip().startswith(part)


@pytest.mark.parametrize(
    ("query", "said", "back"),
    [
        ("antes=0", "Não há mais etapas aqui.", "Voltar ao começo do histórico"),
        ("antes=1&ver=tudo", "Não há mais etapas aqui.", "Voltar ao começo do histórico"),
        ("antes=999999&ordem=antigas", "Não há mais etapas aqui.", "Voltar ao começo"),
        ("documentos={last}", "Não há mais documentos aqui.", "Voltar ao primeiro documento"),
    ],
)
@pytest.mark.parametrize("headers", [{}, PART])
def test_a_page_beyond_the_end_is_not_taken_for_an_empty_processo(
    client: FlaskClient, sei: SeiBuilder, query: str, said: str, back: str, headers: dict[str, str]
) -> None:
    last = sei.documento(sei.processo(NUMERO)).id
    sei.flush()
    page = client.get(f"/processos/{CHAVE}?{query.format(last=last)}", headers=headers).text
    assert said in page
    assert f'href="/processos/{CHAVE}' in page[page.index(said) :]
    assert back in page
    assert "até agora" not in page


def test_a_page_beyond_the_end_is_an_empty_list_to_programs(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.processo(NUMERO)
    sei.flush()
    assert client.get(f"/processos/{CHAVE}.json?antes=0").get_json()["historico"]["etapas"] == []


@pytest.mark.parametrize(
    "query",
    [
        "ordem=nada",
        "ordem=antigas&ordem=recentes",
        "ver=",
        "antes=",
        "antes=x",
        "antes=-1",
        "antes=99999999999999999999999999",
        "antes=999999999999999999",
        "antes=%EF%BC%91",
        "antes=1e3",
        "documentos=",
        "documentos=x",
        "documentos=-1",
        "documentos=999999999999999999",
        "documentos=99999999999999999999",
        "documentos=%00",
        "documentos=" + "1" * 1000,
        "formatado=outro",
        "formatado=%00",
        "nada=tudo",
    ],
)
def test_an_address_that_was_mangled_still_shows_the_processo(
    client: FlaskClient, sei: SeiBuilder, query: str
) -> None:
    sei.documento(sei.processo(NUMERO), "Parecer")
    sei.flush()
    for headers in ({}, PART):
        assert client.get(f"/processos/{CHAVE}?{query}", headers=headers).status_code == 200


def test_a_listed_document_has_an_address_and_any_other_number_has_none(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    processo = sei.processo(NUMERO)
    documento, minuta = sei.documento(processo, "Parecer"), sei.minuta(processo)
    sei.flush()
    base = f"/processos/{CHAVE}/documentos/"
    response = client.get(base + documento.numero)
    assert response.status_code == 200
    assert "Parecer" in response.text
    absent = client.get(base + "7777777")
    draft = client.get(base + minuta.numero)
    assert (absent.status_code, draft.status_code) == (404, 404)
    assert draft.text.replace(minuta.numero, "7777777") == absent.text
    for text in ("abc", "%00", "1" * 51, "..", "1%27"):
        assert client.get(base + text).status_code == 404


@pytest.mark.parametrize("address", ["/processos/{}", "/processos?numero={}",
                                     "/processos/{}/documentos/0000001"])  # fmt: skip
@pytest.mark.parametrize("headers", [{}, PART])
def test_a_sigiloso_is_to_the_byte_what_does_not_exist(
    client: FlaskClient, sei: SeiBuilder, address: str, headers: dict[str, str]
) -> None:
    absent = client.get(address.format(CHAVE), headers=headers)
    sei.documento(sei.processo(NUMERO, nivel=NivelAcesso.SIGILOSO, grau="S"), "Parecer")
    sei.flush()
    secret = client.get(address.format(CHAVE), headers=headers)
    assert secret.status_code == absent.status_code == 404
    assert secret.headers.to_wsgi_list() == absent.headers.to_wsgi_list()
    assert secret.data == absent.data


def test_a_processo_of_another_orgao_is_not_this_tenants(
    make_app: MakeApp, sei: SeiBuilder
) -> None:
    app = make_app(TENANTS + "orgaos = [99]\n" + OTHER_TENANT)
    sei.processo(NUMERO)
    sei.flush()
    assert client_of(app, HOST).get(f"/processos/{CHAVE}").status_code == 404
    assert client_of(app, OTHER_HOST).get(f"/processos/{CHAVE}").status_code == 200


@pytest.mark.parametrize("path", [f"/processos/{CHAVE}", f"/processos?numero={CHAVE}",
                                  f"/processos/{CHAVE}/documentos/1"])  # fmt: skip
def test_sei_being_away_is_said_and_never_taken_for_nothing(
    client: FlaskClient, tmp_path: Path, path: str
) -> None:
    (tmp_path / "sei.db").unlink()
    for headers in ({}, PART):
        response = client.get(path, headers=headers)
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "30"
        assert "não está respondendo" in response.text
        assert "Não encontr" not in response.text


def test_the_qr_code_leads_to_the_tenants_address_whatever_host_was_asked(
    app: Flask, client: FlaskClient
) -> None:
    path = f"/processos/{CHAVE}/qr.svg"
    response = client.get(path)
    assert response.mimetype == "image/svg+xml"
    assert "style" not in response.text
    other = client_of(app, f"{HOST}:8443").get(path, headers={"X-Forwarded-Host": "evil.example"})
    assert other.data == response.data
    another_name = client_of(app, "processos.acacias.mg.gov.br").get(path)
    assert another_name.data == response.data


ALIKE = (NUMERO, "15000.10250326/2023-04")
"""Two numbers of the same letters and digits."""
SVG, ZIP = "image/svg+xml", "application/zip"


class Addresses(HTMLParser):
    """Where a page leads, and the address that it says it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.own: set[str] = set()
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.own |= {values[name] for name in ("data-endereco", "data-partilhar") if name in values}
        if values.get("rel") == "canonical":
            self.own.add(values["href"])
        for name in ("href", "src", "data-hx-get"):
            address = values.get(name, "").partition("#")[0]
            if tag != "link" and address.startswith(f"/processos/{CHAVE}"):
                self.links.add(address)


@pytest.fixture
def alike(sei: SeiBuilder) -> list[str]:
    """The addresses of two processos of one number, with a step and a document in each."""
    for formatado in ALIKE:
        processo = sei.processo(formatado)
        sei.conclude(processo)
        sei.documento(processo, "Parecer")
    sei.flush()
    return [f"/processos/{CHAVE}?{urlencode({'formatado': numero}, safe='/')}" for numero in ALIKE]


def test_a_processo_that_shares_its_number_has_an_address_of_its_own(
    client: FlaskClient, alike: list[str]
) -> None:
    for address in alike:
        for more in ("", "&ver=tudo&ordem=antigas"):
            assert Addresses(client.get(address + more).text).own == {f"https://{HOST}{address}"}
    first, second = (client.get(address.replace("?", "/qr.svg?")).data for address in alike)
    assert first != second


def test_nothing_on_the_page_of_one_of_two_asks_again_which_one_is_meant(
    client: FlaskClient, alike: list[str]
) -> None:
    for address, numero in zip(alike, ALIKE, strict=True):
        links = Addresses(client.get(address).text).links
        [documento] = [link for link in links if "/documentos/" in link]
        assert {address, address.replace("?", ".json?")} < links
        assert address in Addresses(client.get(documento).text).links
        for link in links:
            response = client.get(link)
            assert response.status_code == 200, link
            if response.mimetype not in (SVG, ZIP):
                assert numero in response.text, link


def test_a_package_holds_the_documents_of_the_one_that_is_meant(
    client: FlaskClient, alike: list[str]
) -> None:
    held = []
    for address in alike:
        answer = client.get(address.replace("?", "/documentos.zip?"))
        [name] = [n for n in ZipFile(BytesIO(answer.data)).namelist() if n.endswith("Parecer.html")]
        held.append(name)
    assert len(set(held)) == 2
    answer = client.get(f"/processos/{CHAVE}/documentos.zip")
    assert (answer.status_code, answer.mimetype) == (300, "text/html")
    assert "Escolha o processo" in answer.text
    assert set(alike) <= Addresses(answer.text).links


def test_what_names_one_of_two_leads_to_the_choice_between_them(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    """Whether it is related, anexado, waited for, found by a search, or holds a document typed:
    that there are two is asked only of the address itself."""
    other = sei.processo("1500.01.0000001/2026-01")
    twins = [sei.processo(formatado) for formatado in ALIKE]
    documento = sei.documento(twins[1], "Parecer")
    sei.relate(other, twins[1])
    waiting = sei.processo("1500.01.0000002/2026-01")
    sei.suspend(waiting, waiting_for=twins[1])
    sei.attach(twins[1], other)
    sei.flush()
    plain = f"/processos/{CHAVE}"
    pages = [client.get(f"/processos/{p.chave}") for p in (other, waiting)]
    pages += [client.get("/processos?final=0250326202304")]
    assert [Addresses(page.text).links for page in pages] == [{plain}] * len(pages)
    found = client.get("/processos", query_string={"numero": documento.numero})
    assert found.headers["Location"] == plain
    choice = client.get(plain).text
    assert "Escolha o processo" in choice
    for link, numero in zip(sorted(Addresses(choice).links), sorted(ALIKE), strict=True):
        assert f"<title>Processo {numero}" in client.get(link).text
    said = client.get(f"/processos/{other.chave}.json").json
    [related] = said["relacionados"]
    [joined] = [i["processo"] for i in said["conteudo"]["itens"] if i["item"] != "documento"]
    for named in (related, joined):
        several = client.get(named["dados"].removeprefix(f"https://{HOST}"))
        assert several.status_code == 300
        assert named["numero"] in {choice["numero"] for choice in several.json["escolhas"]}


def test_a_printed_form_that_chooses_nothing_is_not_in_the_address(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.processo(NUMERO)
    sei.flush()
    for formatado in (NUMERO, "outro", "%F0%9F%8C%B3" * 50):
        page = Addresses(client.get(f"/processos/{CHAVE}?formatado={formatado}").text)
        assert page.own == {f"https://{HOST}/processos/{CHAVE}"}
        assert client.get(f"/processos/{CHAVE}/qr.svg?formatado={formatado}").status_code == 200


def test_a_qr_code_says_nothing_of_whether_there_is_such_a_processo(
    app: Flask, client: FlaskClient
) -> None:
    assert client.get(f"/processos/{ABSENT}/qr.svg").status_code == 200
    [tenant] = app.extensions["tenants"]
    assert not tenant.opened
