"""Searching without a number, over HTTP."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from portal.demo.builder import SeiBuilder
from portal.sei.queries import walks
from portal.sei.search import kept_choices
from portal.web.filters import FIELDS, LISTED
from tests.app import TENANTS, MakeApp, client_of

PART = {"HX-Request": "true"}
NUMBER = re.compile(r'<a href="/processos/(\w+)"(?: data-foco)?>')
NEXT = re.compile(r'href="(/processos\?[^"#]*depois=[^"#]*)#resultados"')
ALVARA, IPTU = "Obras: Alvará de Construção", "IPTU: Revisão de Lançamento"
DAY = datetime(2026, 1, 5, 9)
MANY = 45


@pytest.fixture
def sei(tmp_path: Path, app: Flask) -> Iterator[SeiBuilder]:
    """Forty-five alvarás, a day apart, and one revision of IPTU that is restrita."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        builder = SeiBuilder(connection, now=datetime(2026, 3, 20, 12))
        for n in range(MANY):
            builder.processo(f"1500.01.{n:07}/2026-00", tipo=ALVARA, autuacao=DAY + timedelta(n))
        builder.processo("1500.01.0099999/2026-99", tipo=IPTU, nivel="1", autuacao=DAY)
        builder.flush()
        connection.commit()
        yield builder
    engine.dispose()


def tipo_of(client: FlaskClient, nome: str) -> str:
    option = re.search(rf'<option value="(\d+)">{nome}', client.get("/processos").text)
    assert option
    return option[1]


def test_without_a_filter_there_is_a_form_and_no_error(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    response = client.get("/processos")
    assert response.status_code == 200
    assert 'role="alert"' not in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_only_what_publicos_have_may_be_chosen(client: FlaskClient, sei: SeiBuilder) -> None:
    text = client.get("/processos").text
    assert ALVARA in text
    assert IPTU not in text


@pytest.mark.parametrize("headers", [{}, PART])
def test_pages_follow_one_another_and_leave_nothing_out(
    client: FlaskClient, sei: SeiBuilder, headers: dict[str, str]
) -> None:
    address = f"/processos?tipo={tipo_of(client, ALVARA)}"
    found: list[str] = []
    for size in (20, 20, 5):
        text = client.get(address, headers=headers).text
        page = NUMBER.findall(text)
        assert len(page) == size
        assert text.count('id="resultados"') == 1
        found += page
        following = NEXT.search(text)
        if following:
            address = following[1].replace("&amp;", "&")
    assert following is None
    assert found == sorted(set(found), reverse=True)
    assert len(found) == MANY


def test_a_search_that_ends_early_says_how_far_it_looked_and_goes_on(
    client: FlaskClient, sei: SeiBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks, "REACH", 4)
    text = client.get("/processos?situacao=sobrestado").text
    assert "Nenhum processo encontrado até agora" in text
    assert "A busca olhou os processos abertos desde" in text
    titles = []
    while following := NEXT.search(text):
        text = client.get(following[1].replace("&amp;", "&")).text
        titles.append(re.search(r"<title>(.*?) —", text)[1])  # type: ignore[index] # it has one
    # 5 of 45 in the first, then twice as many, and twice that.
    assert titles == ["Nenhum nesta parte da busca"] * 2 + ["Não há mais processos"]


def test_where_the_lists_take_too_long_the_rest_of_the_form_works(
    client: FlaskClient, sei: SeiBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("statement timeout"))

    tipo = tipo_of(client, ALVARA)
    monkeypatch.setattr("portal.sei.queries.choices.list_choices", too_slow)
    kept_choices.cache_clear()
    for address in (
        "/processos",
        "/processos?final=4202600",
        "/processos?final=1",
        "/processos?de=",
    ):
        for headers in ({}, PART):
            response = client.get(address, headers=headers)
            assert response.status_code == (422 if address[-1] in "1=" else 200)
            assert "As listas de assuntos e de unidades não carregaram." in response.text
            fields = re.findall(r'<(?:input|select) [^>]*name="(\w+)"', response.text)
            assert {name for name in fields if name in FIELDS} == {*FIELDS} - {*LISTED}
    assert len(NUMBER.findall(client.get("/processos?final=4202600").text)) == 5
    assert client.get(f"/processos?tipo={tipo}").status_code == 503
    assert client.get("/processos.json").status_code == 503
    assert client.get("/processos.json?final=4202600").json["processos"]  # type: ignore[index]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    tipo = tipo_of(client, ALVARA)
    for headers in ({}, PART):
        arguments = {"tipo": tipo, "final": "12x", "de": "31/02/2026"}
        response = client.get("/processos", query_string=arguments, headers=headers)
        assert response.status_code == 422
        assert f'<option value="{tipo}" selected>' in response.text
        assert 'value="12x"' in response.text
        assert 'value="31/02/2026"' in response.text
        assert response.text.count('aria-invalid="true"') == 2
        assert not NUMBER.search(response.text)


def test_a_form_without_anything_filled_in_says_so(client: FlaskClient, sei: SeiBuilder) -> None:
    response = client.get("/processos", query_string=dict.fromkeys(FIELDS, ""))
    assert response.status_code == 422
    assert "Preencha pelo menos um campo" in response.text


def test_digits_that_leave_too_many_are_not_searched_for(
    client: FlaskClient, sei: SeiBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(NUMBER.findall(client.get("/processos?final=4202600").text)) == 5
    monkeypatch.setattr("portal.sei.search.MOST_ENDINGS", 4)
    response = client.get("/processos?final=4202600")
    assert response.status_code == 422
    assert "escreva mais números" in response.text


def test_a_search_counts_as_one(make_app: MakeApp) -> None:
    app = make_app(TENANTS + "limites = { pesquisas_por_minuto = 2 }\n")
    client = client_of(app)
    codes = [client.get("/processos?situacao=andamento").status_code for _ in range(3)]
    assert codes == [200, 200, 429]


BY_NAME = "/processos?interessado=ana+lima"
ON = TENANTS + "visibilidade = { pesquisa_por_interessado = true }\n"


@pytest.fixture
def named(make_app: MakeApp, sei: SeiBuilder) -> FlaskClient:
    """Where the option is on, and Ana asked for a processo that is público and for a restrito."""
    sei.processo("1500.01.0088888/2026-88", interessados=["ANA DE LIMA", "Rui Sá"])
    sei.processo("1500.01.0077777/2026-77", nivel="1", interessados=["Ana Lima"])
    sei.flush()
    sei.target.connection.commit()
    return client_of(make_app(ON))


def test_a_name_finds_a_publico_and_says_who_asked(named: FlaskClient) -> None:
    response = named.get("/processos?interessado=Ana+L%C3%ADma")
    assert NUMBER.findall(response.text) == ["1500010088888202688"]
    assert "<bdi>ANA DE LIMA</bdi>" in response.text
    assert "Rui" not in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert 'value="Ana Líma"' in response.text


def test_where_the_option_is_off_a_name_is_nobodys_argument(
    client: FlaskClient, sei: SeiBuilder
) -> None:
    sei.processo("1500.01.0088888/2026-88", interessados=["Ana Lima"])
    sei.flush()
    sei.target.connection.commit()
    response = client.get(BY_NAME)
    assert response.status_code == 200
    assert 'name="interessado"' not in response.text
    assert not NUMBER.search(response.text)
    same = client.get(f"{BY_NAME}&tipo={tipo_of(client, ALVARA)}").text
    assert len(NUMBER.findall(same)) == 20


@pytest.mark.parametrize("typed", ["ana", "123.456.789-09", "Ana Lima 12345678909"])
def test_half_a_name_and_a_number_are_refused(named: FlaskClient, typed: str) -> None:
    response = named.get("/processos", query_string={"interessado": typed})
    assert response.status_code == 422
    assert 'id="interessado-erro"' in response.text
    assert not NUMBER.search(response.text)


def test_too_many_of_a_name_are_refused_with_advice(
    named: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.sei.search.MOST_NAMESAKES", 0)
    response = named.get(BY_NAME)
    assert response.status_code == 422
    assert "escreva mais do nome ou escolha um período menor" in response.text
    assert not NUMBER.search(response.text)


def test_programs_do_not_search_by_name(named: FlaskClient) -> None:
    assert (
        named.get("/processos.json?interessado=ana+lima").json
        == named.get("/processos.json?interessado=nobody+else").json
    )
    assert "application/json" not in named.get(BY_NAME).text
