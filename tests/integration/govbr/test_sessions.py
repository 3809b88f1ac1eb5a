"""Sessions: when they end, who may hold one, what happens when two end at once."""

import re
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.models import Login
from portal.accounts.values import IDLE, TOUCH
from portal.db import db
from portal.demo.govbr.people import find_person
from portal.demo.govbr.server import Simulator
from portal.govbr.values import Nivel
from portal.web.assets import STATIC
from portal.web.failures import Failure
from portal.web.signin import exige_nivel
from tests.app import HOST, StoppedClock, Visitor, client_of
from tests.integration.govbr.conftest import (
    FRANCISCA,
    SESSION,
    Citizen,
    come_back,
    cookie_of,
    csrf_of,
    enter,
)
from tests.integration.web.test_plain_language import LONGEST, Sentences

ACCOUNT, CONTINUE = "/minha-conta", "/minha-conta/continuar"


def test_half_an_hour_without_use_ends_it(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen)
    for _ in range(3):
        clock.pass_(minutes=29)
        assert visitor.get(ACCOUNT).status_code == 200
    clock.pass_(minutes=30)
    assert visitor.get(ACCOUNT).status_code == 303
    assert "Maria" not in visitor.get("/").text


def test_eight_hours_end_it_however_much_it_is_used(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen)
    for _ in range(23):
        clock.pass_(minutes=20)
        assert visitor.get(ACCOUNT).status_code == 200
    clock.pass_(minutes=20)
    assert visitor.get(ACCOUNT).status_code == 303


def test_its_end_is_told_two_minutes_before_and_put_off(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    [seconds] = re.findall(r"surgir 0s (\d+)s", (STATIC / "conta.css").read_text("utf-8"))
    # The last use is written down once a minute, so the end may come that much sooner.
    assert timedelta(seconds=int(seconds)) == IDLE - TOUCH - timedelta(minutes=2)
    enter(visitor, citizen)
    for volta, there in (("/mapa", "/mapa"), ("//evil.example", ACCOUNT), ("", ACCOUNT)):
        clock.pass_(minutes=29)
        form = {"csrf": csrf_of(visitor.get("/")), "voltar": volta}
        assert visitor.post(CONTINUE, data=form).headers["Location"] == there
    clock.pass_(minutes=29)
    stay = visitor.post(CONTINUE, data=form, headers={"HX-Request": "true"})
    assert (stay.status_code, stay.data) == (204, b"")
    clock.pass_(minutes=29)
    assert visitor.get(ACCOUNT).status_code == 200
    assert 'id="fim"' not in client_of(visitor.application).get("/").text


def test_the_end_that_no_use_puts_off_is_told_by_its_hour(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen)
    for _ in range(22):
        clock.pass_(minutes=20)
        assert "8 horas depois de entrar" not in visitor.get("/").text
    clock.pass_(minutes=15)
    assert "termina às 20:00, 8 horas depois de entrar" in visitor.get("/").text


LONG = "termina às {}, 8 horas depois de entrar"


@pytest.mark.parametrize(
    ("entered", "later", "said"),
    [
        ("2026-12-31 12:00:00", {"hours": 7, "minutes": 29, "seconds": 59}, None),
        ("2026-12-31 12:00:00", {"hours": 7, "minutes": 30}, "20:00"),
        ("2026-12-31 12:00:00", {"hours": 7, "minutes": 59, "seconds": 59}, "20:00"),
        # Before midnight of one who is inside until after it, in another year
        ("2026-12-31 16:29:59", {"hours": 7, "minutes": 30}, "00:29"),
        ("2026-12-31 16:15:00", {"hours": 7, "minutes": 44, "seconds": 59}, "00:15"),
        ("2026-12-31 23:59:59", {"hours": 7, "minutes": 30}, "07:59"),
    ],
)
def test_the_end_is_announced_from_half_an_hour_before_and_by_the_wall_clock(
    visitor: Visitor,
    citizen: Citizen,
    clock: StoppedClock,
    entered: str,
    later: dict[str, float],
    said: str | None,
) -> None:
    clock.now = datetime.fromisoformat(entered).replace(tzinfo=clock.now.tzinfo)
    moment = clock.now + timedelta(**later)
    enter(visitor, citizen)
    while moment - clock.now > timedelta(minutes=29):
        clock.pass_(minutes=29)
        visitor.get("/mapa")
    clock.now = moment
    page = visitor.get("/mapa").text
    assert ("8 horas depois de entrar" in page) is (said is not None)
    assert said is None or LONG.format(said) in page


def test_a_session_of_last_year_is_told_by_its_day(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    clock.now = datetime(2026, 12, 31, 23, 59, 59, tzinfo=clock.now.tzinfo)
    enter(visitor, citizen)
    assert "Aberta hoje, às 23:59" in visitor.get(ACCOUNT).text
    clock.pass_(seconds=1)
    assert "Aberta ontem, às 23:59. Usada ontem, às 23:59" in visitor.get(ACCOUNT).text
    clock.pass_(minutes=2)
    visitor.get(ACCOUNT)
    assert "Aberta ontem, às 23:59. Usada hoje, às 00:02" in visitor.get(ACCOUNT).text


def test_two_minutes_are_left_to_who_last_asked_a_minute_after_what_was_written(
    visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    """The latest use that is not written down: the notice of its page comes 27 minutes after it."""
    enter(visitor, citizen)
    clock.pass_(seconds=TOUCH.total_seconds())
    visitor.get(ACCOUNT)
    clock.pass_(minutes=27)  # here the notice is
    clock.pass_(seconds=119)
    assert visitor.get(ACCOUNT).status_code == 200
    clock.pass_(minutes=30)
    assert visitor.get(ACCOUNT).status_code == 303


def test_its_use_is_written_down_once_a_minute_at_most(
    app: Flask, visitor: Visitor, citizen: Citizen, clock: StoppedClock
) -> None:
    enter(visitor, citizen)

    def seen() -> object:
        with app.app_context():
            return db.session.scalars(select(Login.seen)).one()

    first = seen()
    clock.pass_(seconds=59)
    visitor.get("/")
    assert seen() == first
    clock.pass_(seconds=2)
    visitor.get("/")
    assert seen() == clock.now


def test_a_token_that_somebody_planted_is_never_signed_in(
    visitor: Visitor, citizen: Citizen
) -> None:
    planted = "p" * 43
    visitor.set_cookie(SESSION, planted, domain=HOST)
    enter(visitor, citizen)
    assert cookie_of(visitor) != planted
    thief = client_of(visitor.application)
    thief.set_cookie(SESSION, planted, domain=HOST)
    assert thief.get(ACCOUNT).status_code == 303


def test_a_new_login_ends_the_old_session_of_the_browser(
    visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    old = cookie_of(visitor)
    enter(visitor, citizen)
    thief = client_of(visitor.application)
    thief.set_cookie(SESSION, str(old), domain=HOST)
    assert thief.get(ACCOUNT).status_code == 303
    assert visitor.get(ACCOUNT).status_code == 200


def test_a_stolen_token_dies_with_the_logout(visitor: Visitor, citizen: Citizen) -> None:
    enter(visitor, citizen)
    thief = client_of(visitor.application)
    thief.set_cookie(SESSION, str(cookie_of(visitor)), domain=HOST)
    assert thief.get(ACCOUNT).status_code == 200
    visitor.post("/sair", data={"csrf": csrf_of(visitor.get(ACCOUNT))})
    assert thief.get(ACCOUNT).status_code == 303
    assert "Maria" not in thief.get("/").text


def leave(owner: Visitor, citizen: Citizen) -> None:
    owner.post("/sair", data={"csrf": csrf_of(owner.get(ACCOUNT))})


def end_others(owner: Visitor, citizen: Citizen) -> None:
    enter(client_of(owner.application), citizen, FRANCISCA)
    page = owner.get(ACCOUNT)
    answer = owner.post("/minha-conta/sessoes/encerrar-outras", data={"csrf": csrf_of(page)})
    assert answer.status_code == 303
    assert owner.get(ACCOUNT).status_code == 200


def end_from_elsewhere(owner: Visitor, citizen: Citizen) -> None:
    other = client_of(owner.application)
    enter(other, citizen, FRANCISCA)
    page = other.get(ACCOUNT)
    [name] = re.findall(r'name="sessao" value="([^"]*)"', page.text)
    form = {"csrf": csrf_of(page), "sessao": name}
    assert other.post("/minha-conta/sessoes/encerrar", data=form).status_code == 303


def raise_level(owner: Visitor, citizen: Citizen) -> None:
    owner.get(f"{ACCOUNT}/nivel")
    again = owner.get("/entrar/retorno").headers["Location"]
    assert come_back(owner, citizen.authorize(again)).headers["Location"] == ACCOUNT
    assert owner.get(ACCOUNT).status_code == 200


def delete_account(owner: Visitor, citizen: Citizen) -> None:
    form = {"csrf": csrf_of(owner.get("/meus-dados/excluir")), "confirmo": "sim"}
    assert owner.post("/meus-dados/excluir", data=form).status_code == 303


@pytest.mark.parametrize(
    "act", [leave, end_others, end_from_elsewhere, raise_level, delete_account]
)
def test_a_copied_cookie_is_worth_nothing_after(
    app: Flask, citizen: Citizen, act: Callable[[Visitor, Citizen], None]
) -> None:
    owner, thief = client_of(app), client_of(app, address="198.51.100.9")
    enter(owner, citizen, FRANCISCA)
    thief.set_cookie(SESSION, str(cookie_of(owner)), domain=HOST)
    stolen = csrf_of(thief.get(ACCOUNT))
    act(owner, citizen)
    assert thief.get(ACCOUNT).status_code == 303
    assert "Francisca" not in thief.get("/").text
    for path in ("/sair", CONTINUE, "/meus-dados/copia"):
        assert thief.post(path, data={"csrf": stolen}).headers["Location"] == "/entrar"


def test_a_form_of_before_is_worth_nothing_after_others_were_ended(
    visitor: Visitor, citizen: Citizen
) -> None:
    enter(visitor, citizen)
    before = csrf_of(visitor.get(ACCOUNT))
    visitor.post("/minha-conta/sessoes/encerrar-outras", data={"csrf": before})
    assert visitor.post("/sair", data={"csrf": before}).status_code == 400
    assert visitor.get(ACCOUNT).status_code == 200


def test_a_person_sees_where_they_are_signed_in_and_ends_the_others(
    app: Flask, citizen: Citizen
) -> None:
    phone, desk, library = (client_of(app) for _ in range(3))
    agents = ("Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36",
              "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
              "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0")  # fmt: skip
    for visitor, agent in zip((phone, desk, library), agents, strict=True):
        visitor.environ_base["HTTP_USER_AGENT"] = agent
        enter(visitor, citizen)
    page = phone.get(ACCOUNT)
    assert "Chrome no Android (este)" in page.text
    assert "Firefox no Linux" in page.text
    assert "Edge no Windows" in page.text
    assert page.text.count('name="sessao"') == 2
    with app.app_context():
        [name] = db.session.scalars(
            select(Login.public_id).where(Login.device == "Firefox no Linux")
        )
    form = {"csrf": csrf_of(page), "sessao": str(name)}
    assert phone.post("/minha-conta/sessoes/encerrar", data=form).status_code == 303
    assert desk.get(ACCOUNT).status_code == 303
    assert library.get(ACCOUNT).status_code == 200
    phone.post("/minha-conta/sessoes/encerrar-outras", data={"csrf": csrf_of(phone.get(ACCOUNT))})
    assert library.get(ACCOUNT).status_code == 303
    assert phone.get(ACCOUNT).text.count("Encerrar") == 0


def test_a_logout_in_two_windows_at_once_is_one(app: Flask, citizen: Citizen) -> None:
    visitor = client_of(app)
    enter(visitor, citizen)
    token, csrf = str(cookie_of(visitor)), csrf_of(visitor.get(ACCOUNT))
    windows = [client_of(app) for _ in range(6)]
    answers: list[TestResponse] = []
    gate = threading.Barrier(len(windows))

    def leave(window: Visitor) -> None:
        window.set_cookie(SESSION, token, domain=HOST)
        gate.wait()
        answers.append(window.post("/sair", data={"csrf": csrf}))
        answers.append(window.get(ACCOUNT))

    threads = [threading.Thread(target=leave, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever came too late is at the entrance; nobody fails and nobody is still inside.
    assert {answer.status_code for answer in answers} == {303}
    with app.app_context():
        assert db.session.scalars(select(Login)).all() == []


OTHERS, DELETE = "/minha-conta/sessoes/encerrar-outras", "/meus-dados/excluir"


@pytest.mark.parametrize("paths", [(OTHERS,), ("/sair", OTHERS), (DELETE, OTHERS, "/sair")])
def test_acts_on_one_session_that_come_at_once_end_as_one_of_them(
    app: Flask, citizen: Citizen, paths: tuple[str, ...]
) -> None:
    """Nobody fails, and nobody is let in again by an act that came too late."""
    visitor, elsewhere = client_of(app), client_of(app)
    enter(visitor, citizen)
    enter(elsewhere, citizen)
    form = {"csrf": csrf_of(visitor.get(ACCOUNT)), "confirmo": "sim"}
    token, windows = str(cookie_of(visitor)), [client_of(app) for _ in range(6)]
    answers: list[TestResponse] = []
    gate = threading.Barrier(len(windows))

    def act(window: Visitor, path: str) -> None:
        window.set_cookie(SESSION, token, domain=HOST)
        gate.wait()
        answers.append(window.post(path, data=form))

    threads = [
        threading.Thread(target=act, args=(window, paths[n % len(paths)]))
        for n, window in enumerate(windows)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * len(windows)
    inside = [window for window in windows if window.get(ACCOUNT).status_code == 200]
    with app.app_context():
        rows = len(db.session.scalars(select(Login)).all())
    if len(paths) == 1:
        assert len(inside) == rows == 1
    assert len(inside) <= 1


@pytest.fixture
def graded(app: Flask) -> Flask:
    """With pages that ask for a level, which nothing of the portal does yet."""
    for nivel in (Nivel.PRATA, Nivel.OURO):
        view = exige_nivel(nivel)(lambda: "granted")
        app.add_url_rule(f"/{nivel.word}", nivel.word, view, methods=["GET", "POST"])
    return app


def test_a_level_that_is_too_low_is_told_with_the_way_up(graded: Flask, citizen: Citizen) -> None:
    visitor = client_of(graded)
    assert visitor.get("/prata").headers["Location"] == "/entrar?voltar=/prata"
    enter(visitor, citizen, FRANCISCA)
    page = visitor.get("/prata?a=b")
    assert page.status_code == 403
    assert "Este serviço pede uma conta gov.br prata ou ouro" in page.text
    assert "niveis=(2/3)" in page.text
    assert "granted" not in page.text
    page = visitor.get("/ouro")
    assert "pede uma conta gov.br ouro<" in page.text
    assert "niveis=3&amp;" in page.text


def test_the_act_itself_asks_for_the_level_again(graded: Flask, citizen: Citizen) -> None:
    visitor = client_of(graded)
    enter(visitor, citizen, FRANCISCA)
    csrf = csrf_of(visitor.get("/"))
    assert visitor.post("/prata", data={"csrf": csrf}).status_code == 403


def test_who_has_more_is_asked_for_nothing(graded: Flask, citizen: Citizen) -> None:
    visitor = client_of(graded)
    enter(visitor, citizen)
    assert visitor.get("/prata").text == visitor.get("/ouro").text == "granted"


def test_after_raising_it_the_person_is_where_they_wanted_to_be(
    graded: Flask, citizen: Citizen, simulator: Simulator
) -> None:
    visitor = client_of(graded)
    enter(visitor, citizen, FRANCISCA)
    visitor.get("/prata?a=b")
    francisca = find_person(FRANCISCA)
    assert francisca is not None
    simulator.govbr.raise_level(francisca, "gold")
    again = visitor.get("/entrar/retorno").headers["Location"]
    back = come_back(visitor, citizen.authorize(again))
    assert back.headers["Location"] == "/prata?a=b"
    assert visitor.get("/prata?a=b").text == "granted"


@pytest.mark.parametrize("cpf", [FRANCISCA, "99900002121", "99900001079"])
def test_what_a_person_reads_is_plain(app: Flask, citizen: Citizen, cpf: str) -> None:
    visitor = client_of(app)
    enter(visitor, citizen, cpf)
    enter(client_of(app), citizen, cpf)
    paths = (ACCOUNT, f"{ACCOUNT}/nivel", "/meus-dados", "/meus-dados/excluir", "/representacao",
             "/saiu", "/saiu?conta=excluida", "/saiu?sessao=aberta", "/privacidade",
             *(f"/entrar?falha={failure}" for failure in Failure))  # fmt: skip
    for path in paths:
        found = Sentences(visitor.get(path).text).found
        assert [s for s in found if len(s.split()) > LONGEST] == [], path
