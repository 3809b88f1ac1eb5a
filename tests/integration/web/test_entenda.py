"""`/entenda`: every word that a page of a processo links to is explained there."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, select
from sqlalchemy.engine import Engine

from portal.demo.builder import SeiBuilder
from portal.readonly import reading
from portal.sei.tables import hipotese_legal
from portal.sei.values import NivelAcesso
from portal.web.hipoteses import anchor_of, list_hipoteses
from portal.web.sentences import Term

NUMERO, CHAVE = "1500.01.0250326/2023-04", "1500010250326202304"


@pytest.fixture
def restrito(tmp_path: Path, app: Flask) -> str:
    """The address of a processo that one of SEI's own hipóteses closes."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        sei = SeiBuilder(connection)
        sei.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
        sei.processo(NUMERO, nivel=NivelAcesso.RESTRITO, hipotese="Informação Pessoal")
        sei.flush()
        connection.commit()
    engine.dispose()
    return f"/processos/{CHAVE}"


def explained(client: FlaskClient) -> set[str]:
    return set(re.findall(r'<dt id="([a-z0-9-]+)">', client.get("/entenda").text))


def test_every_state_is_explained(client: FlaskClient) -> None:
    assert {term.value for term in Term} <= explained(client)


def test_every_link_to_an_explanation_leads_to_one(client: FlaskClient, restrito: str) -> None:
    linked = set(re.findall(r'href="/entenda#([^"]*)"', client.get(restrito).text))
    assert linked == {"restrito", "informacao-pessoal"}
    assert linked <= explained(client)


def test_each_hipotese_has_its_own_place_and_its_article(client: FlaskClient) -> None:
    assert {hipotese.id for hipotese in list_hipoteses()} <= explained(client)
    text = client.get("/entenda").text
    assert all(hipotese.base in text for hipotese in list_hipoteses())


def test_all_that_come_with_sei_are_explained(genuine_engine: Engine) -> None:
    with reading(genuine_engine) as sei:
        rows = sei.execute(select(hipotese_legal.c.nome, hipotese_legal.c.base_legal)).all()
    assert len(rows) > 20
    bases = {hipotese.id: hipotese.base for hipotese in list_hipoteses()}
    assert {(nome, bases.get(anchor_of(nome))) for nome, _ in rows} == {tuple(r) for r in rows}


@pytest.mark.parametrize(
    ("nome", "anchor"),
    [
        ("INFORMACAO PESSOAL", "informacao-pessoal"),
        ("Informação  Pessoal ", "informacao-pessoal"),
        ("Sigilo da Prefeitura", "hipoteses"),
    ],
)
def test_a_name_is_known_however_it_is_typed_and_a_site_s_own_is_not(
    nome: str, anchor: str
) -> None:
    assert anchor_of(nome) == anchor
