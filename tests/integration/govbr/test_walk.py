"""Every address that is somebody's own, asked as nobody, as a stranger and at another tenant."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, event, select

from portal.accounts.models import Login
from portal.db import db
from portal.demo.builder import SeiBuilder
from portal.tenancy import Govbr
from tests.app import HOST, OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, client_of
from tests.integration.engines import writing
from tests.integration.govbr.conftest import (
    FRANCISCA,
    MARIA,
    SESSION,
    Citizen,
    cookie_of,
    csrf_of,
    enter,
    table_of,
)
from tests.integration.pedidos.conftest import SECRETS, SEIWS
from tests.integration.sei.addresses import ASKS_NOTHING
from tests.integration.web.test_access import PERSONAL

READ = {
    "anexos.situacao",
    "conta.conta",
    "conta.nivel",
    "envios.arquivo",
    "envios.envio",
    "envios.lista",
    "envios.recibo",
    "meus_dados.excluir",
    "meus_dados.meus_dados",
    "meus_processos.lista",
    "pedidos.lista",
    "pedidos.revisao",
    "representacao.representacao",
}
CHANGED = {
    "acesso.sair",
    "anexos.continuar",
    "anexos.enviar",
    "anexos.remover",
    "anexos.subir",
    "conta.continuar",
    "conta.encerrar",
    "conta.encerrar_outras",
    "meus_dados.confirmar",
    "meus_dados.copia",
    "pedidos.enviar",
    "representacao.comecar",
    "representacao.sair",
}
"""Only by a form with the token of its person."""

METHODS = {"anexos.continuar": "PATCH", "anexos.situacao": "HEAD"}
"""Of those that are neither GET to read nor POST to change."""

HOME = ("/", "/mapa", "/acessibilidade", "/processos", "/entrar", "/entrar?falha=fora", "/saiu")


@pytest.fixture
def app(make_app: MakeApp, settings: Govbr) -> Flask:
    tenants = TENANTS + table_of(settings) + OTHER_TENANT + table_of(settings, "ipes")
    tenants += SEIWS + SEIWS.replace("acacias.protocolo", "ipes.protocolo")
    return make_app(tenants, demo=True, secrets=SECRETS)


def test_every_personal_address_is_walked() -> None:
    assert READ | CHANGED == PERSONAL


def addresses(names: set[str]) -> Iterator[tuple[str, str]]:
    """Each with its method."""
    for name in sorted(names):
        method = "GET" if name in READ else "POST"
        yield METHODS.get(name, method), ASKS_NOTHING[name]


def sessions(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Login)).all())


def test_nobody_is_sent_to_the_entrance(app: Flask) -> None:
    nobody = client_of(app)
    for method, path in addresses(READ):
        answer = nobody.open(f"{path}?a=b", method=method)
        assert answer.status_code == 303
        back = f"?voltar={path}?a%3Db" if method == "GET" else ""
        assert answer.headers["Location"] == f"/entrar{back}"
        assert answer.headers["Cache-Control"] == "no-store"
        part = nobody.open(path, method=method, headers={"HX-Request": "true"})
        back = f"?voltar={path}" if method == "GET" else ""
        assert part.headers["HX-Redirect"] == f"/entrar{back}"
    for method, path in addresses(CHANGED):
        assert nobody.open(path, method=method).headers["Location"] == "/entrar"


def test_a_stranger_ends_nobody_elses_session(app: Flask, citizen: Citizen) -> None:
    maria, francisca = client_of(app), client_of(app)
    enter(maria, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    with app.app_context():
        names = {login.nivel: login.public_id for login in db.session.scalars(select(Login))}
    csrf = csrf_of(francisca.get("/minha-conta"))
    path = ASKS_NOTHING["conta.encerrar"]
    for name in (str(names[3]), "00000000-0000-4000-8000-000000000000", "x", ""):
        answer = francisca.post(path, data={"csrf": csrf, "sessao": name})
        assert answer.status_code == 404, name
    assert francisca.post(
        ASKS_NOTHING["conta.encerrar_outras"], data={"csrf": csrf}
    ).status_code == 303  # fmt: skip
    assert sessions(app) == 2
    assert maria.get("/minha-conta").status_code == 200
    assert "Maria" not in francisca.get("/minha-conta").text


def test_a_stranger_acts_for_nobody_elses_company(
    app: Flask, citizen: Citizen, tmp_path: Path
) -> None:
    """Neither by the row of another's vínculo nor by the number of another's company; nor by one's
    own at another tenant, where it is another SEI that would have to say so."""
    with writing(URL.create("sqlite", database=str(tmp_path / "sei.db"))) as connection:
        sei = SeiBuilder(connection)
        firm = sei.contato("Olaria Boa Vista Ltda", cnpj=11444777000161, natureza="J")
        theirs = sei.vinculo(firm, sei.contato("Maria", cpf=int(MARIA)))
        mine = sei.vinculo(firm, sei.contato("Francisca", cpf=int(FRANCISCA)))
        sei.flush()
    maria, francisca = client_of(app), client_of(app)
    enter(maria, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    path = ASKS_NOTHING["representacao.comecar"]
    csrf = csrf_of(francisca.get("/minha-conta"))
    for form in (
        {"vinculo": str(theirs)},
        {"documento": "11444777000161"},
        {"documento": "11222333000181"},
        {"vinculo": str(theirs), "documento": "11444777000161"},
    ):
        assert francisca.post(path, data={"csrf": csrf, **form}).status_code == 404, form
    assert "agindo" not in francisca.get("/").text
    assert francisca.post(path, data={"csrf": csrf, "vinculo": str(mine)}).status_code == 303
    assert "Você está agindo" in francisca.get("/").text
    assert "agindo" not in maria.get("/").text
    other = client_of(app, OTHER_HOST)
    other.set_cookie(SESSION, str(cookie_of(francisca)), domain=OTHER_HOST)
    assert "agindo" not in other.get("/").text


def test_no_change_is_made_without_the_token_of_the_form(app: Flask, citizen: Citizen) -> None:
    maria, francisca = client_of(app), client_of(app)
    enter(maria, citizen)
    enter(francisca, Citizen(), FRANCISCA)
    theirs = csrf_of(francisca.get("/minha-conta"))
    for method, path in addresses(CHANGED):
        for form in ({}, {"csrf": ""}, {"csrf": theirs}, {"csrf": "é"}):
            answer = maria.open(path, method=method, data=form)
            assert answer.status_code == 400, (path, form)
        if ("GET", path) not in addresses(READ):
            assert maria.get(path).status_code == 405
    assert sessions(app) == 2


def test_a_token_of_one_session_is_not_one_of_the_next(app: Flask, citizen: Citizen) -> None:
    maria = client_of(app)
    enter(maria, citizen)
    before = csrf_of(maria.get("/minha-conta"))
    enter(maria, citizen)
    assert maria.post("/sair", data={"csrf": before}).status_code == 400


def test_at_another_tenant_the_session_is_none(app: Flask, citizen: Citizen) -> None:
    maria = client_of(app)
    enter(maria, citizen)
    token = cookie_of(maria)
    assert token is not None
    csrf = csrf_of(maria.get("/minha-conta"))
    other = client_of(app, OTHER_HOST)
    other.set_cookie(SESSION, token, domain=OTHER_HOST)
    for method, path in addresses(READ):
        assert other.open(path, method=method).status_code == 303
    for method, path in addresses(CHANGED):
        answer = other.open(path, method=method, data={"csrf": csrf})
        assert answer.headers["Location"] == "/entrar"
    assert "Maria" not in other.get("/").text
    assert sessions(app) == 1
    assert maria.get("/minha-conta").status_code == 200


def test_who_is_not_signed_in_costs_our_database_nothing(app: Flask) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    nobody = client_of(app)
    nobody.get("/")  # whether the menu has services, which is asked once a minute
    asked.clear()
    for path in HOME:
        nobody.get(path)
        assert nobody.get(path).status_code == 200
    assert asked == []


def test_who_is_signed_in_costs_it_one_question_a_page(app: Flask, citizen: Citizen) -> None:
    maria = client_of(app)
    enter(maria, citizen)
    maria.get("/")  # as above
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    for path in ("/", "/mapa", "/acessibilidade"):
        asked.clear()
        assert MARIA not in maria.get(path).text
        assert len(asked) == 1
        assert asked[0].startswith("SELECT")


@pytest.mark.parametrize("cookie", ["", "x", "a" * 43, "a" * 44, "é" * 43, "a" * 4000])
def test_a_cookie_that_is_no_session_is_nobody(app: Flask, cookie: str) -> None:
    nobody = client_of(app)
    nobody.set_cookie(SESSION, cookie, domain=HOST)
    assert nobody.get("/minha-conta").status_code == 303
    assert nobody.get("/").status_code == 200


def test_a_cookie_of_flask_login_is_nobody_either(app: Flask) -> None:
    nobody = client_of(app)
    for name in ("remember_token", "session"):
        nobody.set_cookie(name, "1|0123456789abcdef", domain=HOST)
    nobody.set_cookie(SESSION, "a" * 43, domain=HOST)
    assert nobody.get("/minha-conta").status_code == 303
