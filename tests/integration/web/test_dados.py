"""The public data for programs: the same things as on the pages, said to whoever may read those."""

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, create_engine, update
from werkzeug.test import TestResponse

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.sei.tables import serie, tipo_procedimento, unidade
from portal.sei.values import NivelAcesso
from tests.app import HOST, TENANTS, MakeApp, StoppedClock, client_of
from tests.integration.web.test_headers import address_of

NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"
SITE = f"https://{HOST}/processos"
DATA = f"/processos/{CHAVE}.json"
FEED = f"/processos/{CHAVE}/historico.atom"
CALENDAR = f"/processos/{CHAVE}/historico.ics"
ADDRESSES = (DATA, FEED, CALENDAR)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


@pytest.fixture
def filled(sei: SeiBuilder) -> Processo:
    """A processo with steps, a document and somebody who asked."""
    processo = sei.processo(NUMERO, interessados=["Ana Lúcia Prado"])
    sei.conclude(processo)
    sei.reopen(processo)
    sei.documento(processo, "Parecer")
    sei.flush()
    return processo


def rewrite(folder: Path, text: str, *columns: Column[str]) -> None:
    """Write a text over whatever SEI has in these columns."""
    engine = create_engine(f"sqlite:///{folder}/sei.db")
    with engine.begin() as connection:
        for column in columns:
            connection.execute(update(column.table).values({column.name: text}))
    engine.dispose()


@pytest.mark.usefixtures("filled")
def test_a_processo_is_told_with_the_facts_of_its_page(client: FlaskClient) -> None:
    response = client.get(DATA)
    assert response.content_type == "application/json"
    said = response.json
    assert said["versao"] == "1.0"
    assert (said["numero"], said["nivel_acesso"]) == (NUMERO, "publico")
    assert said["interessados"] == ["Ana Lúcia Prado"]
    assert said["situacao"]["estado"] == "em-andamento"
    assert (said["pagina"], said["dados"]) == (f"{SITE}/{CHAVE}", f"{SITE}/{CHAVE}.json")
    assert RFC3339.fullmatch(said["historico"]["etapas"][0]["momento"])
    [item] = said["conteudo"]["itens"]
    assert (item["item"], item["tipo"], item["acesso"]) == ("documento", "Parecer", "abre")
    assert item["dados"] == f"{SITE}/{CHAVE}/documentos/{item['numero_sei']}.json"
    own = client.get(item["dados"].removeprefix(f"https://{HOST}")).json
    assert own["documento"] == item
    assert own["processo"]["dados"] == said["dados"]
    assert own["conteudo"]["formato"] == "pagina"
    assert (
        client.get(own["conteudo"]["endereco"].removeprefix(f"https://{HOST}")).status_code == 200
    )


def test_an_answer_goes_on_where_the_one_before_ended(client: FlaskClient, sei: SeiBuilder) -> None:
    processo = sei.processo(NUMERO)
    for _ in range(120):
        sei.documento(processo, "Parecer")
        sei.andamento(processo, 65, DESCRICAO="Analisado")
    sei.flush()
    for name, part in (("historico", "etapas"), ("conteudo", "itens")):
        address: str | None = f"{DATA}?ver=tudo&ordem=antigas"
        found: list[str] = []
        while address is not None:
            listed = client.get(address.removeprefix(f"https://{HOST}")).json[name]
            found += [item.get("codigo") or item["numero_sei"] for item in listed[part]]
            address = listed["proximo"]
        assert len(found) == len(set(found)) >= 120, name


def test_what_a_restrito_does_not_tell_is_null_and_has_no_feed(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
    sei.processo(NUMERO, nivel=NivelAcesso.RESTRITO, hipotese="Informação Pessoal")
    sei.flush()
    said = client.get(DATA).json
    assert said["nivel_acesso"] == "restrito"
    assert said["hipotese_legal"]["nome"] == "Informação Pessoal"
    assert said["situacao"] == {"estado": "nao-informada"}
    for name in ("autuacao", "unidade_geradora", "descricao", "historico", "conteudo"):
        assert said[name] is None, name
    absent = client.get("/processos/1.json")
    for address in (FEED, CALENDAR):
        answer = client.get(address)
        assert told(answer) == told(absent)
    page = Alternates(client.get(f"/processos/{CHAVE}").text)
    assert set(page.linked.values()) == page.shown == {urlsplit(said["dados"]).path}


@pytest.mark.parametrize("address", [*ADDRESSES, f"/processos/{CHAVE}/documentos/0000001.json"])
@pytest.mark.parametrize("secret", ["sigiloso", "restrito", "of another órgão"])
def test_what_may_not_be_named_is_to_the_byte_what_does_not_exist(
    make_app: MakeApp, sei: SeiBuilder, address: str, secret: str
) -> None:
    orgaos = "orgaos = [99]\n" if secret == "of another órgão" else ""
    client = client_of(make_app(TENANTS + orgaos))
    absent = client.get(address)
    nivel = {"sigiloso": NivelAcesso.SIGILOSO, "restrito": NivelAcesso.RESTRITO}.get(secret)
    sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "N")
    sei.documento(sei.processo(NUMERO, nivel=nivel or NivelAcesso.PUBLICO), "Parecer")
    sei.flush()
    answer = client.get(address)
    assert answer.status_code == 404
    assert told(answer) == told(absent)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_is_sent_again_only_when_it_has_changed(
    client: FlaskClient, clock: StoppedClock, sei: SeiBuilder, filled: Processo, address: str
) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["X-Robots-Tag"] == "noindex"
    clock.pass_(days=3)
    known = {"If-None-Match": first.headers["ETag"]}
    again = client.get(address, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    head = client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert head.headers["Content-Length"] == first.headers["Content-Length"]
    sei.documento(filled, "Despacho")
    sei.conclude(filled)
    sei.flush()
    assert client.get(address, headers=known).status_code == 200


def test_several_processos_of_one_number_are_named_for_the_program_to_choose(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    alike = [NUMERO, "15000.10250326/2023-04"]
    for formatado in alike:
        sei.processo(formatado)
    sei.flush()
    for address in ADDRESSES:
        response = client.get(f"{address}?ver=tudo")
        assert response.status_code == 300
        assert response.headers["Cache-Control"] == "no-store"
        choices = response.json["escolhas"]
        assert sorted(choice["numero"] for choice in choices) == sorted(alike)
        for choice in choices:
            chosen = client.get(choice["endereco"].removeprefix(f"https://{HOST}"))
            assert chosen.status_code == 200
            assert choice["numero"] in chosen.text
    said = client.get(f"{DATA}?formatado={NUMERO.replace('/', '%2F')}").json
    assert client.get(said["dados"].removeprefix(f"https://{HOST}")).json == said


@pytest.mark.parametrize(
    "below", [".json", "/historico.atom", "/historico.ics", "/documentos/0000001.json"]
)
def test_every_spelling_of_a_number_leads_to_the_one_address(
    client: FlaskClient, below: str
) -> None:
    for spelling in (NUMERO, "1500.01.0250326%2F2023-04", "1500 01 0250326 2023 04"):
        response = client.get(f"/processos/{spelling}{below}?ver=tudo")
        assert response.status_code == 308
        assert response.headers["Location"] == f"/processos/{CHAVE}{below}?ver=tudo"
        # A page of another site that asks for it must be able to follow.
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/nada.json", "/processos/abc.json", "/processos/-.json",
                                  "/processos/abc/historico.atom"])  # fmt: skip
def test_an_address_that_is_none_is_refused_in_few_words(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == 404
    assert len(response.data) < 300


class Alternates(HTMLParser):
    """What a page says that there is of it for programs: in its head, and in its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.linked: dict[str, str] = {}
        self.shown: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        href = values.get("href") or ""
        if tag == "link" and values.get("rel") == "alternate":
            self.linked[values["type"] or ""] = href
        elif tag == "a" and urlsplit(href).path.endswith((".json", ".atom", ".ics")):
            self.shown.add(href)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("query", ["", "?ver=tudo", "?ordem=antigas&antes=1"])
def test_the_page_names_what_there_is_for_programs(client: FlaskClient, query: str) -> None:
    page = Alternates(client.get(f"/processos/{CHAVE}{query}").text)
    assert set(page.linked.values()) == page.shown
    for mimetype, address in page.linked.items():
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (200, mimetype)
        assert address.endswith("?ver=tudo") == (query == "?ver=tudo" and "json" not in mimetype)
    assert len(page.linked) == 3


@pytest.mark.usefixtures("filled")
def test_a_document_s_page_names_its_data(client: FlaskClient) -> None:
    [item] = client.get(DATA).json["conteudo"]["itens"]
    path = urlsplit(item["pagina"]).path
    [address] = Alternates(client.get(path).text).linked.values()
    assert client.get(address).json["documento"] == item


# The search


def test_a_search_finds_what_its_page_finds(client: FlaskClient, sei: SeiBuilder) -> None:
    for n in range(60):
        sei.processo(tipo="IPTU: Revisão de Lançamento" if n % 2 else "Ouvidoria: Reclamação")
    sei.processo(NUMERO, nivel=NivelAcesso.RESTRITO, hipotese="Informação Pessoal")
    sei.flush()
    offered = client.get("/processos.json").json
    assert (offered["processos"], offered["total"]) == ([], None)
    [tipo] = [t["codigo"] for t in offered["opcoes"]["tipo"] if t["nome"].startswith("IPTU")]
    address: str | None = f"/processos.json?tipo={tipo}&situacao=andamento"
    found: list[str] = []
    totals: list[int | None] = []
    while address is not None:
        answer = client.get(address.removeprefix(f"https://{HOST}"))
        page = client.get(answer.request.full_path.replace(".json", "")).text
        for item in answer.json["processos"]:
            assert item["estado"] == "em-andamento"
            assert item["numero"] in page
            found.append(item["numero"])
        assert answer.json["opcoes"] is None
        totals.append(answer.json["total"])
        address = answer.json["proximo"]
    assert len(found) == len(set(found)) == 30
    assert totals == [30, None]
    assert client.get(urlsplit(answer.json["processos"][0]["dados"]).path).status_code == 200


def test_a_search_that_is_wrong_says_which_parameter_is(client: FlaskClient) -> None:
    response = client.get("/processos.json?situacao=x&final=12")
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert response.json["erros"].keys() == {"situacao", "final"}
    assert client.get("/processos.json?numero=ol%C3%A1").json["erros"].keys() == {"numero"}


@pytest.mark.usefixtures("filled")
def test_a_number_as_people_write_it_leads_to_its_data(client: FlaskClient) -> None:
    response = client.get("/processos.json", query_string={"numero": f"Processo {NUMERO}"})
    assert response.status_code == 303
    assert response.headers["Location"] == f"{SITE}/{CHAVE}.json"
    assert client.get("/processos.json?numero=1500.01.0250327/2023-80").status_code == 404


def test_searches_are_limited_as_those_of_the_page(make_app: MakeApp) -> None:
    client = client_of(make_app(TENANTS + "[acacias.limites]\npesquisas_por_minuto = 2\n"))
    seen = [client.get("/processos.json").status_code for _ in range(3)]
    assert seen == [200, 200, 429]
    assert client.get("/processos").status_code == 429


# Limits and failures


@pytest.mark.parametrize("address", ADDRESSES)
def test_they_count_as_pages_do_and_say_how_long_to_wait(make_app: MakeApp, address: str) -> None:
    limites = "[acacias.limites]\nfaltas_por_10_minutos = 3\nconsultas_por_minuto = 5\n"
    client = client_of(make_app(TENANTS + limites))
    assert [client.get(address).status_code for _ in range(3)] == [404] * 3
    response = client.get(address)
    assert response.status_code == 429
    assert response.content_type == "application/problem+json"
    assert response.json["status"] == 429
    assert response.headers["Retry-After"] == "600"
    assert response.headers["Cache-Control"] == "no-store"
    assert client.get(f"/processos/{CHAVE}").status_code == 429


@pytest.mark.parametrize("address", ADDRESSES)
def test_sei_being_away_is_said_and_never_taken_for_nothing(
    client: FlaskClient, tmp_path: Path, address: str
) -> None:
    (tmp_path / "sei.db").unlink()
    response = client.get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert response.json["title"] == "SEI fora do ar"
    assert re.fullmatch("[0-9a-f]{12}", response.json["codigo"])


def test_what_fails_on_a_strangers_host_or_by_another_method_is_told_likewise(app: Flask) -> None:
    stranger = client_of(app, "evil.example").get(DATA)
    assert (stranger.status_code, stranger.json["title"]) == (400, "Pedido inválido")
    posted = client_of(app).post(DATA)
    assert (posted.status_code, posted.json["title"]) == (405, "Método não aceito")
    assert set(posted.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


# Pages of other sites

OPEN_TO_EVERY_SITE = {
    "dados.calendario",
    "dados.documento",
    "dados.historico",
    "dados.openapi",
    "dados.pesquisa",
    "dados.processo",
}


def test_pages_of_other_sites_may_read_these_and_nothing_else(
    app: Flask, client: FlaskClient
) -> None:
    asking = {"Origin": "https://outro.example"}
    opened = set()
    for rule in app.url_map.iter_rules():
        for method in ("GET", "HEAD", "OPTIONS", "POST"):
            headers = client.open(address_of(rule), method=method, headers=asking).headers
            assert "Access-Control-Allow-Credentials" not in headers
            if "Access-Control-Allow-Origin" in headers:
                assert headers.getlist("Access-Control-Allow-Origin") == ["*"]
                assert method != "POST"
                opened.add(rule.endpoint)
            else:
                assert rule.endpoint not in OPEN_TO_EVERY_SITE or method == "POST"
    assert opened == OPEN_TO_EVERY_SITE


@pytest.mark.parametrize("address", [*ADDRESSES, "/openapi.json"])
def test_a_browser_that_asks_first_is_let_ask_what_it_has_already(
    app: Flask, client: FlaskClient, address: str
) -> None:
    response = client.options(
        address,
        headers={
            "Origin": "https://outro.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    [tenant] = app.extensions["tenants"]
    assert not tenant.opened


# The feed and the calendar


@pytest.mark.usefixtures("filled")
def test_the_feed_has_what_a_feed_must_have(client: FlaskClient) -> None:
    response = client.get(f"{FEED}?ver=tudo")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.data)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert feed.findtext("a:title", namespaces=ATOM) == f"Processo {NUMERO}"
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "Prefeitura de Vale das Acácias"
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"self": f"https://{HOST}{FEED}?ver=tudo", "alternate": f"{SITE}/{CHAVE}"}
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) >= 2
    for element in (feed, *entries):
        moment = element.findtext("a:updated", namespaces=ATOM)
        assert RFC3339.fullmatch(moment or "")
        assert element.findtext("a:id", namespaces=ATOM, default="").startswith(f"tag:{HOST},2026:")
        assert element.findtext("a:title", namespaces=ATOM)
        assert element.find("a:link[@rel='alternate']", ATOM) is not None
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext("a:updated", namespaces=ATOM) or "" for entry in entries]
    assert feed.findtext("a:updated", namespaces=ATOM) == max(updated, key=datetime.fromisoformat)
    assert "Ana Lúcia" not in response.text


def test_an_entry_keeps_its_name_when_others_come(
    client: FlaskClient, sei: SeiBuilder, filled: Processo
) -> None:
    before = entry_ids(client)
    sei.documento(filled, "Despacho")
    sei.conclude(filled)
    sei.flush()
    after = entry_ids(client)
    assert len(after) > len(before)
    assert after[-len(before) :] == before


def entry_ids(client: FlaskClient) -> list[str | None]:
    feed = ElementTree.fromstring(client.get(f"{FEED}?ver=tudo").data)
    return [entry.findtext("a:id", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


@pytest.mark.usefixtures("filled")
def test_the_calendar_has_an_event_at_the_moment_of_each_step(client: FlaskClient) -> None:
    response = client.get(f"{CALENDAR}?ver=tudo")
    assert response.content_type == "text/calendar; charset=utf-8"
    lines = response.text.replace("\r\n ", "").split("\r\n")
    etapas = client.get(f"{DATA}?ver=tudo").json["historico"]["etapas"]
    starts = [line.removeprefix("DTSTART:") for line in lines if line.startswith("DTSTART:")]
    assert [datetime.fromisoformat(start) for start in starts] == [
        datetime.fromisoformat(etapa["momento"]) for etapa in etapas
    ]
    assert f"X-WR-CALNAME:Processo {NUMERO}" in lines
    assert f"URL:{SITE}/{CHAVE}" in lines
    assert "Ana Lúcia" not in response.text


def test_a_processo_without_a_step_has_an_empty_feed_and_no_calendar(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.processo(NUMERO, generated=False)
    sei.flush()
    feed = ElementTree.fromstring(client.get(FEED).data)
    assert feed.findall("a:entry", ATOM) == []
    assert RFC3339.fullmatch(feed.findtext("a:updated", namespaces=ATOM) or "")
    assert client.get(CALENDAR).status_code == 404


HOSTILE = "<b>&amp;]]>\x00\x0b\x1f\ufffe\u202e; a, b\\n\r\nEND:VCALENDAR " + "ção🌳" * 40


@pytest.mark.usefixtures("filled")
def test_what_is_written_into_sei_breaks_no_format(client: FlaskClient, tmp_path: Path) -> None:
    rewrite(tmp_path, HOSTILE, serie.c.nome, tipo_procedimento.c.nome, unidade.c.descricao)
    said = json.loads(client.get(f"{DATA}?ver=tudo").data)
    assert "<b>" in said["tipo"]
    feed = ElementTree.fromstring(client.get(f"{FEED}?ver=tudo").data)
    assert feed.find(".//b") is None
    assert "<b>" in (feed.findtext("a:subtitle", namespaces=ATOM) or "")
    text = client.get(f"{CALENDAR}?ver=tudo").text
    assert text.count("\r\nEND:VCALENDAR\r\n") == 1
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f]", text)


@pytest.mark.usefixtures("filled")
def test_a_text_that_somebody_typed_is_not_handed_out(
    client: FlaskClient, sei: SeiBuilder, filled: Processo
) -> None:
    """An andamento without a sentence of ours is told by SEI's own text, on the page alone."""
    sei.andamento(filled, 65, DESCRICAO="Falar com Ana Lúcia Prado")
    sei.flush()
    assert "Falar com" in client.get(f"{DATA}?ver=tudo").text
    for address in (FEED, CALENDAR):
        text = client.get(f"{address}?ver=tudo").text
        assert "Falar com" not in text
        assert "Andamento registrado" in text


def told(answer: TestResponse) -> tuple[object, ...]:
    return answer.status, answer.headers.to_wsgi_list(), answer.data
