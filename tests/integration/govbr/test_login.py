"""Entering and leaving, as a person does: the portal, the invented gov.br, a browser between."""

import json
import re
from html import escape, unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.models import Account, Login, LoginAttempt
from portal.audit import AuditEntry
from portal.db import db
from portal.demo.govbr.faults import Fault
from portal.demo.govbr.server import Simulator
from portal.errors import ConfigurationError
from portal.govbr import http
from portal.tenancy import Govbr
from portal.web.failures import Failure
from tests.app import HOST, TENANTS, MakeApp, StoppedClock, Visitor, client_of
from tests.integration.govbr.conftest import (
    ATTEMPT,
    BACK,
    FRANCISCA,
    GONE,
    MARIA,
    SECRET,
    SESSION,
    Citizen,
    come_back,
    cookie_of,
    csrf_of,
    enter,
    query_of,
    start,
    table_of,
)
from tests.integration.govbr.test_client import SPOILED


def main_of(page: TestResponse) -> str:
    return page.text.partition("<main")[2].partition("</main>")[0]


def test_a_person_enters_is_greeted_and_leaves(visitor: Visitor, citizen: Citizen) -> None:
    back = enter(visitor, citizen)
    assert back.status_code == 303
    assert back.headers["Location"] == "/minha-conta"
    assert back.data == b""
    page = visitor.get("/minha-conta")
    assert "Maria Aparecida Ferreira" in page.text
    assert "***.000.010-**" in page.text
    assert "ouro" in page.text
    assert MARIA not in page.text

    gone = visitor.post("/sair", data={"csrf": csrf_of(page)})
    assert gone.status_code == 303
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert query_of(gone.headers["Location"]) == {"post_logout_redirect_uri": GONE}
    assert cookie_of(visitor) is None
    assert visitor.get("/minha-conta").status_code == 303
    answer = citizen.http.get(gone.headers["Location"], allow_redirects=False, timeout=9)
    assert answer.headers["Location"] == GONE
    assert "Você saiu" in visitor.get("/saiu").text


@pytest.mark.parametrize("volta", ["/processos?situacao=andamento", "/mapa", "/minha-conta/nivel"])
def test_a_person_comes_back_to_where_they_were(
    visitor: Visitor, citizen: Citizen, volta: str
) -> None:
    assert enter(visitor, citizen, volta=volta).headers["Location"] == volta


def test_the_page_of_entering_knows_where_the_reader_came_from(visitor: Visitor) -> None:
    page = visitor.get("/entrar", headers={"Referer": f"http://{HOST}/processos?situacao=fim"})
    assert 'name="voltar" value="/processos?situacao=fim"' in main_of(page)
    assert page.headers["Cache-Control"] == "no-store"
    other = visitor.get("/entrar", headers={"Referer": "https://evil.example/mapa"})
    assert 'name="voltar"' not in main_of(other)


def test_by_another_name_of_the_portal_people_enter_by_the_registered_one(app: Flask) -> None:
    """Or the browser would come back to a host where it has no cookie."""
    visitor = client_of(app, "processos.acacias.mg.gov.br")
    answer = visitor.get("/entrar?voltar=/mapa")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"https://{HOST}/entrar?voltar=/mapa"
    assert visitor.get("/mapa").status_code == 200


OUTSIDE = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "/\t/evil.example",
    "/%0d%0aLocation:x",
    "javascript:alert(1)",
    "/nada",
    "/entrar",
    "/entrar/retorno?code=a",
    "/saiu",
    "/" + "a" * 3000,
]


@pytest.mark.parametrize("volta", OUTSIDE)
def test_nobody_is_sent_anywhere_else(visitor: Visitor, citizen: Citizen, volta: str) -> None:
    page = visitor.get("/entrar", query_string={"voltar": volta})
    assert 'name="voltar"' not in main_of(page)
    assert enter(visitor, citizen, volta=volta).headers["Location"] == "/minha-conta"


def test_a_return_path_in_the_address_of_the_return_says_nothing(
    visitor: Visitor, citizen: Citizen
) -> None:
    address = citizen.authorize(start(visitor))
    back = come_back(visitor, f"{address}&voltar=/mapa&next=https://evil.example")
    assert back.headers["Location"] == "/minha-conta"


# Failures


FAMILIES = {
    Failure.AWAY: "o gov.br não respondeu",
    Failure.OVER: "esta tentativa não vale mais",
    Failure.OURS: "o portal não pôde confirmar quem você é",
    Failure.REFUSED: "o uso dos dados não foi autorizado",
}
AWAY = {Fault.FORBIDDEN, Fault.ERROR, Fault.HTML, Fault.MALFORMED, Fault.HUGE, Fault.REDIRECT,
        Fault.RESET, Fault.CUT, Fault.SLOW, Fault.STALL}  # fmt: skip


def family_of(fault: Fault) -> Failure:
    if fault in AWAY:
        return Failure.AWAY
    return Failure.OVER if fault in (Fault.CODE, Fault.EXPIRED) else Failure.OURS


@pytest.mark.parametrize("fault", SPOILED)
def test_every_failure_ends_in_a_page_that_says_what_to_do(
    app: Flask,
    visitor: Visitor,
    citizen: Citizen,
    simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    fault: Fault,
) -> None:
    monkeypatch.setattr(http, "READ", 0.3)
    simulator.govbr.fail(fault)
    address = citizen.authorize(start(visitor, "/mapa"))
    capsysbinary.readouterr()
    back = come_back(visitor, address)
    assert back.status_code == 303
    assert query_of(back.headers["Location"]) == {
        "falha": family_of(fault).value,
        "voltar": "/mapa",
    }
    page = visitor.get(back.headers["Location"])
    assert page.status_code == 200
    assert FAMILIES[family_of(fault)] in page.text
    assert '<a href="/mapa">Continuar sem entrar</a>' in page.text
    assert "Entrar com <b>gov.br</b>" in page.text
    assert cookie_of(visitor) is None
    with app.app_context():
        assert db.session.scalars(select(Login)).all() == []
        assert db.session.scalars(select(Account)).all() == []
        [entry] = db.session.scalars(select(AuditEntry))
        assert (entry.event, entry.detail) == ("login-refused", SPOILED[fault].value)

    # An event and a word of ours; nothing of the code, the token, the provider or the person.
    lines = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    [line] = [line for line in lines if line["event"] != "request"]
    assert line["event"] == "login_failed"
    assert line["why"] == SPOILED[fault].value
    assert line.keys() == {
        "event", "why", "request", "tenant", "route", "level", "timestamp"
    }  # fmt: skip

    simulator.govbr.fail(None)
    assert enter(visitor, citizen).headers["Location"] == "/minha-conta"


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.HTML, Fault.RESET])
def test_a_gov_br_that_is_away_is_told_before_anybody_is_sent_there(
    visitor: Visitor, simulator: Simulator, fault: Fault
) -> None:
    simulator.govbr.fail(fault, "/.well-known/openid-configuration")
    answer = visitor.post("/entrar", data={"voltar": "/mapa"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/entrar?falha=fora&voltar=/mapa"
    assert "Set-Cookie" not in answer.headers
    simulator.govbr.fail(None)
    assert start(visitor).startswith(simulator.govbr.issuer)


def test_who_does_not_authorise_may_go_on_without(visitor: Visitor, citizen: Citizen) -> None:
    address = citizen.authorize(start(visitor, "/mapa"), consent=False)
    back = come_back(visitor, address)
    assert back.headers["Location"] == "/entrar?falha=recusada&voltar=/mapa"
    assert FAMILIES[Failure.REFUSED] in visitor.get(back.headers["Location"]).text


@pytest.mark.parametrize(
    "query", ["error=server_error", "error=%3Cscript%3E&error_description=x", "code=", "nada=1",
              "code=" + "a" * 4001]
)  # fmt: skip
def test_a_return_with_anything_else_is_a_failure_as_well(visitor: Visitor, query: str) -> None:
    state = query_of(start(visitor))["state"]
    back = visitor.get(f"/entrar/retorno?state={state}&{query}")
    assert back.headers["Location"] == "/entrar?falha=fora"


def test_a_word_that_is_no_failure_says_nothing(visitor: Visitor) -> None:
    page = visitor.get("/entrar?falha=%3Cscript%3E")
    assert '<h1 tabindex="-1" data-foco>Entrar com gov.br</h1>' in page.text
    assert "script>" not in main_of(page)


# Who may finish what


def test_a_login_is_finished_by_the_browser_that_began_it(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    """Or somebody could be made to enter as somebody else."""
    address = citizen.authorize(start(visitor))
    victim = client_of(app)
    for start_too in (False, True):
        if start_too:
            start(victim)
        back = come_back(victim, address)
        assert back.headers["Location"] == "/entrar?falha=expirou"
        assert cookie_of(victim) is None
    assert come_back(visitor, address).headers["Location"] == "/minha-conta"


def test_a_return_works_once_and_a_reload_leads_home(visitor: Visitor, citizen: Citizen) -> None:
    address = citizen.authorize(start(visitor))
    come_back(visitor, address)
    token = cookie_of(visitor)
    assert come_back(visitor, address).headers["Location"] == "/minha-conta"
    assert cookie_of(visitor) == token
    visitor.delete_cookie(SESSION, domain=HOST)
    assert come_back(visitor, address).headers["Location"] == "/entrar?falha=expirou"


def test_a_state_that_nobody_gave_is_refused(visitor: Visitor) -> None:
    start(visitor)
    for state in ("", "invented", "a" * 5000):
        back = visitor.get("/entrar/retorno", query_string={"code": "a", "state": state})
        assert back.headers["Location"] == "/entrar?falha=expirou"


def test_an_attempt_is_over_after_a_quarter_of_an_hour(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    address = citizen.authorize(start(visitor))
    clock.pass_(minutes=15)
    assert come_back(visitor, address).headers["Location"] == "/entrar?falha=expirou"


def test_of_several_windows_any_may_finish_and_the_others_find_the_person_inside(
    visitor: Visitor, citizen: Citizen
) -> None:
    one, other = start(visitor, "/mapa"), start(visitor, "/entenda")
    assert come_back(visitor, citizen.authorize(other)).headers["Location"] == "/entenda"
    assert come_back(visitor, citizen.authorize(one)).headers["Location"] == "/minha-conta"


def test_abandoned_logins_do_not_make_the_cookie_grow(make_app: MakeApp, settings: Govbr) -> None:
    tenants = f"{TENANTS}limites = {{ entradas_por_minuto = 1000 }}\n{table_of(settings)}"
    app = make_app(tenants, demo=True, secrets={"GOVBR_SECRET": SECRET})
    visitor = client_of(app)
    cookies = set()
    for _ in range(50):
        start(visitor)
        cookies.add(cookie_of(visitor, ATTEMPT))
    [cookie] = cookies
    assert cookie is not None
    assert len(cookie) == 43
    with app.app_context():
        assert len(db.session.scalars(select(LoginAttempt)).all()) == 50


def test_attempts_that_are_over_are_swept_away_by_the_next(
    app: Flask, visitor: Visitor, clock: StoppedClock
) -> None:
    for _ in range(3):
        start(visitor)
    clock.pass_(minutes=16)
    start(visitor)
    with app.app_context():
        assert len(db.session.scalars(select(LoginAttempt)).all()) == 1


# Cookies and what is kept


def test_the_cookies_cannot_be_read_by_scripts_nor_set_by_other_hosts(
    visitor: Visitor, citizen: Citizen
) -> None:
    answer = visitor.post("/entrar")
    [attempt] = answer.headers.getlist("Set-Cookie")
    assert re.fullmatch(
        r"__Host-entrada=[\w-]{43}; Expires=[^;]+; Max-Age=86400; Secure; HttpOnly; Path=/;"
        r" SameSite=Lax", attempt
    )  # fmt: skip
    back = come_back(visitor, citizen.authorize(answer.headers["Location"]))
    session, gone = back.headers.getlist("Set-Cookie")
    assert re.fullmatch(r"__Host-sessao=[\w-]{43}; Secure; HttpOnly; Path=/; SameSite=Lax", session)
    assert gone.startswith("__Host-entrada=; ")
    assert "Max-Age=0" in gone


def test_nothing_of_a_token_a_cpf_or_a_name_can_be_read_in_the_rows(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    state = query_of(start(visitor))["state"]
    enter(visitor, citizen)
    token = cookie_of(visitor)
    with app.app_context():
        database = db.engine.url.database
        db.session.commit()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert database is not None
    with open(database, "rb") as file:
        kept = file.read()
    for secret in (str(token), state, MARIA, "Maria Aparecida", "203.0.113.7"):
        assert secret.encode() not in kept


def test_a_person_has_one_account_however_often_they_enter(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    for _ in range(3):
        enter(visitor, citizen)
    enter(client_of(app), Citizen(), FRANCISCA)
    with app.app_context():
        assert len(db.session.scalars(select(Account)).all()) == 2
        assert len(db.session.scalars(select(Login)).all()) == 2


def test_neither_cpf_nor_token_is_in_any_address_or_line(
    visitor: Visitor, citizen: Citizen, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    address = start(visitor)
    code = query_of(back := citizen.authorize(address))["code"]
    come_back(visitor, back)
    visitor.get("/minha-conta")
    out = capsysbinary.readouterr().out.decode()
    for secret in (MARIA, str(cookie_of(visitor)), code, query_of(address)["state"], "Maria"):
        assert secret not in out


# What others see of it


def test_who_is_not_signed_in_gets_no_cookie_and_the_same_pages(
    app: Flask, make_app: MakeApp
) -> None:
    """But for the one link that leads to the button, in the place of the one that leads home."""
    with_govbr, without = client_of(app), client_of(make_app(TENANTS, demo=True))
    for path in ("/", "/entenda", "/processos", "/acessibilidade", "/nada"):
        one, other = with_govbr.get(path), without.get(path)
        assert "Set-Cookie" not in one.headers
        assert one.headers["Cache-Control"] == other.headers["Cache-Control"]
        assert "sso" not in one.headers["Content-Security-Policy"]
        home = '<li><a href="/">Início</a></li>\n'
        link = '<li><a href="/entrar">Entrar</a></li>\n'
        assert one.text.replace(link, "", 1) == other.text.replace(home, "", 1)


def test_without_gov_br_there_is_nothing_to_enter_by(make_app: MakeApp) -> None:
    visitor = client_of(make_app(TENANTS))
    absent = visitor.get("/inexistente")
    for path in ("/entrar", "/entrar/retorno?code=a&state=b", "/saiu", "/minha-conta"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert answer.text.replace(escape(path), "") == absent.text.replace("/inexistente", "")
    for path in ("/entrar", "/sair", "/minha-conta/sessoes/encerrar"):
        assert visitor.post(path).status_code == 404


def test_pages_of_who_is_signed_in_are_kept_by_nobody(visitor: Visitor, citizen: Citizen) -> None:
    etag = visitor.get("/").headers["ETag"]
    enter(visitor, citizen)
    for path in ("/", "/mapa", "/minha-conta"):
        page = visitor.get(path, headers={"If-None-Match": etag})
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "no-store"
        assert "ETag" not in page.headers
        assert "Maria Aparecida Ferreira" in page.text


def test_only_pages_with_such_a_form_name_gov_br_in_their_policy(
    visitor: Visitor, citizen: Citizen, settings: Govbr
) -> None:
    origin = settings.issuer.removesuffix("/")
    allowed = f"form-action 'self' {origin};"

    def policy(path: str) -> str:
        return str(visitor.get(path).headers["Content-Security-Policy"])

    assert allowed in policy("/entrar")
    assert "form-action 'self';" in policy("/mapa")
    enter(visitor, citizen)
    assert allowed in policy("/mapa")


def test_starting_is_limited_by_address_and_says_so_in_words(
    visitor: Visitor, clock: StoppedClock
) -> None:
    for _ in range(10):
        start(visitor)
    assert visitor.post("/entrar").headers["Location"] == "/entrar?falha=muitas"
    assert "foram muitas tentativas" in visitor.get("/entrar?falha=muitas").text
    clock.pass_(minutes=1)
    assert start(visitor).startswith("http://127.0.0.1")


def test_who_has_tried_too_many_numbers_may_still_enter(visitor: Visitor, citizen: Citizen) -> None:
    for _ in range(21):
        visitor.get("/processos/1500010250326202304")
    assert visitor.get("/processos/1500010250326202304").status_code == 429
    assert enter(visitor, citizen).headers["Location"] == "/minha-conta"


def test_the_invented_gov_br_is_refused_outside_of_the_demonstration(
    make_app: MakeApp, settings: Govbr
) -> None:
    with pytest.raises(ConfigurationError, match="só serve com PORTAL_ENV=demo"):
        make_app(TENANTS + table_of(settings), secrets={"GOVBR_SECRET": SECRET})


def test_after_a_new_key_without_the_old_one_people_read_on_and_enter_again(
    make_app: MakeApp, settings: Govbr, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    token = str(cookie_of(visitor))
    app = make_app(
        TENANTS + table_of(settings),
        demo=True,
        secrets={"GOVBR_SECRET": SECRET},
        secret_key="another key of the tests, which came after the first",
    )
    later = client_of(app)
    later.set_cookie(SESSION, token, domain=HOST)
    assert later.get("/mapa").status_code == 200
    assert later.get("/minha-conta").headers["Location"] == "/entrar?voltar=/minha-conta"
    assert enter(later, citizen).headers["Location"] == "/minha-conta"
    assert "Maria" in later.get("/meus-dados").text


def test_without_https_the_cookies_have_no_prefix(make_app: MakeApp, settings: Govbr) -> None:
    tenants = TENANTS.replace(f"https://{HOST}", "http://localhost:8000") + table_of(settings)
    visitor = client_of(
        make_app(tenants, demo=True, secrets={"GOVBR_SECRET": SECRET}), "localhost:8000"
    )
    [cookie] = visitor.post("/entrar").headers.getlist("Set-Cookie")
    assert cookie.startswith("entrada=")
    assert "Secure" not in cookie


# Levels


def test_from_the_catalogue_a_person_comes_back_to_a_new_login(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen, FRANCISCA)
    page = visitor.get("/minha-conta/nivel")
    assert "A sua é bronze." in page.text
    found = re.search(r'href="([^"]*confiabilidades[^"]*)"', page.text)
    assert found
    catalogue = unescape(found[1])
    assert "niveis=(2/3)" in catalogue
    assert query_of(catalogue)["redirect_uri"] == BACK
    citizen.http.get(catalogue, timeout=9)
    base = "{0.scheme}://{0.netloc}{0.path}".format(urlsplit(catalogue))
    answer = citizen.http.post(
        base, {"volta": BACK, "nivel": "silver"}, allow_redirects=False, timeout=9
    )
    assert answer.headers["Location"] == BACK

    before = cookie_of(visitor)
    again = visitor.get("/entrar/retorno")
    assert again.status_code == 303
    assert query_of(again.headers["Location"])["nonce"]
    back = come_back(visitor, citizen.authorize(again.headers["Location"]))
    assert back.headers["Location"] == "/minha-conta"
    assert cookie_of(visitor) != before
    assert "prata" in visitor.get("/minha-conta").text
    with app.app_context():
        assert len(db.session.scalars(select(Login)).all()) == 1


def test_a_bare_return_of_somebody_else_shows_the_button(
    visitor: Visitor, citizen: Citizen
) -> None:
    assert visitor.get("/entrar/retorno").headers["Location"] == "/entrar"
    enter(visitor, citizen)
    assert visitor.get("/entrar/retorno").headers["Location"] == "/entrar"
