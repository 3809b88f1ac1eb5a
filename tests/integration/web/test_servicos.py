"""The Carta de Serviços as people read it."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import event

from portal.db import Base, db
from portal.servicos.service import replace_servicos
from portal.servicos.toml import read_servicos
from tests.app import OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, StoppedClock, Visitor, client_of
from tests.integration.web.test_plain_language import ENTRANCE, LONGEST, Sentences
from tests.unit.demo.test_servicos import FILE
from tests.unit.servicos.makers import PODA

CARTA = FILE.read_text("utf-8")
SERVICOS = read_servicos(FILE.name, CARTA)


PETITIONS = """
[acacias.protocolo]
endereco = "https://sei.acacias.mg.gov.br/sei/ws/SeiWS.php"
sigla = "PORTAL"
chave = "env:SEI_CHAVE"
versao = "4.1.5"
"""
SECRETS = {"GOVBR_SECRET": "an-invented-secret", "SEI_CHAVE": "an-invented-key"}


def offer(app: Flask, text: str = CARTA, tenant: str = "acacias") -> None:
    with app.app_context():
        replace_servicos(db.session(), tenant, read_servicos("x", text), datetime.now(UTC))
        db.session.commit()


@pytest.fixture
def client(app: Flask) -> Visitor:
    offer(app)
    return client_of(app)


@pytest.mark.parametrize("slug", [servico.slug for servico in SERVICOS])
def test_a_service_is_told_in_short_sentences_and_without_jargon(
    make_app: MakeApp, slug: str
) -> None:
    app = make_app(TENANTS + ENTRANCE + PETITIONS, secrets=SECRETS)
    offer(app)
    text = client_of(app).get(f"/servicos/{slug}").text
    assert [s for s in Sentences(text).found if len(s.split()) > LONGEST] == []
    for word in ("hipótese", "restrito", "nível de acesso", "série", "110000101"):
        assert word not in text.lower()


def test_the_list_has_every_service_under_its_tema(client: Visitor) -> None:
    answer = client.get("/servicos")
    assert '<h2 id="h-achados" tabindex="-1"><bdi>11 serviços</bdi></h2>' in answer.text
    for servico in SERVICOS:
        assert f'<a href="/servicos/{servico.slug}"><b>{servico.nome}</b>' in answer.text
    assert answer.text.count("<h3>") == len({s.tema for s in SERVICOS})
    assert [s for s in Sentences(answer.text).found if len(s.split()) > LONGEST] == []


def test_a_search_is_a_page_and_to_htmx_a_part_of_it(client: Visitor) -> None:
    page = client.get("/servicos?busca=ARVORES")
    assert "1 serviço com “ARVORES”" in page.text
    assert 'value="ARVORES"' in page.text
    part = client.get("/servicos?busca=ARVORES", headers={"HX-Request": "true"})
    assert part.text.startswith('<section id="achados"')
    assert "/servicos/poda-de-arvore" in part.text
    assert "/servicos/habite-se" not in part.text


def test_a_search_that_finds_nothing_says_what_to_do(client: Visitor) -> None:
    answer = client.get("/servicos?busca=%3Cb%3E" + "x" * 300)
    assert answer.status_code == 200
    assert "Nenhum serviço com “&lt;b&gt;" in answer.text
    assert "x" * 100 not in answer.text.partition("<main")[2]
    assert "Escreva menos palavras" in answer.text


def test_a_service_s_address_is_its_own(client: Visitor) -> None:
    answer = client.get("/servicos/habite-se")
    assert (
        '<link rel="canonical" href="https://protocolo.acacias.mg.gov.br/servicos/habite-se">'
        in (answer.text)
    )
    assert client.get("/servicos/passaporte").status_code == 404


def test_of_petitions_it_speaks_where_they_are_taken(client: Visitor, make_app: MakeApp) -> None:
    text = client.get("/servicos/isencao-de-iptu").text
    assert "Como pedir" in text
    assert "Conta gov.br" not in text
    app = make_app(TENANTS + ENTRANCE + PETITIONS, secrets=SECRETS)
    text = client_of(app).get("/servicos/isencao-de-iptu").text
    assert "Prata ou ouro." in text
    assert "Pode ser foto ou PDF." in text
    assert "Outro jeito de pedir" in text


def test_without_a_catalogue_no_page_speaks_of_it(make_app: MakeApp) -> None:
    app = make_app(TENANTS + OTHER_TENANT)
    offer(app)
    mine, other = client_of(app), client_of(app, OTHER_HOST)
    for address in ("/", "/mapa"):
        assert 'href="/servicos"' in mine.get(address).text
        assert 'href="/servicos"' not in other.get(address).text
    assert other.get("/servicos").status_code == 404
    assert other.get("/servicos/habite-se").status_code == 404


def test_a_new_catalogue_is_in_the_menu_within_a_minute(app: Flask, clock: StoppedClock) -> None:
    client = client_of(app)
    assert 'href="/servicos"' not in client.get("/mapa").text
    offer(app, PODA)
    clock.pass_(seconds=61)
    before = client.get("/mapa")
    assert 'href="/servicos"' in before.text
    offer(app, PODA.replace("20 dias", "30 dias"))
    assert "Até 30 dias." in client.get("/servicos/poda").text


def test_the_menu_asks_once_a_minute(client: Visitor, app: Flask) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(5):
        client.get("/mapa")
    assert len(asked) == 1


def test_other_pages_answer_without_our_database(app: Flask) -> None:
    with app.app_context():
        Base.metadata.tables["servico_versao"].drop(db.engine)
    answer = client_of(app).get("/mapa")
    assert answer.status_code == 200
    assert 'href="/servicos"' not in answer.text
