"""The portal's own database is locked or its disk is full while people enter, read and leave."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import audit
from portal.accounts.models import Account, Login, LoginAttempt
from portal.audit import AuditEntry, Event
from portal.db import db
from portal.keyring import Keyring
from tests.app import StoppedClock, Visitor, client_of
from tests.integration.govbr.conftest import (
    MARIA,
    Citizen,
    come_back,
    cookie_of,
    csrf_of,
    enter,
    start,
)
from tests.integration.web.test_plain_language import LONGEST, Sentences

ACCOUNT, DATA, DELETE = "/minha-conta", "/meus-dados", "/meus-dados/excluir"
BUSY = "/entrar?falha=ocupado"

LONGER_THAN_OTHERS = 400_000
"""Bytes of a log beside which no other file that the tests write is long."""

Trouble = Callable[[Flask], AbstractContextManager[None]]


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Another program holds the file, as a copy or a repair by hand would."""
    other = sqlite3.connect(_file(app), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """No file may grow, as on a full disk: every write makes SQLite's log longer, and none fits."""
    log = Path(f"{_file(app)}-wal")
    with app.app_context():
        keyring = Keyring(["of the tests, to write many lines with"])
        while log.stat().st_size < LONGER_THAN_OTHERS:
            audit.record(db.session(), keyring, "acacias", Event.LOGIN, account=None,
                         ip="203.0.113.7", now=StoppedClock().now, detail="filler")  # fmt: skip
            db.session.commit()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _file(app: Flask) -> str:
    with app.app_context():
        return str(db.engine.url.database)


def rows(app: Flask) -> list[int]:
    """How many there are of each, but for what filled the disk."""
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(m))
                  for m in (Account, Login, LoginAttempt)]  # fmt: skip
        said = select(func.count()).where(AuditEntry.detail != "filler")
        return [n or 0 for n in (*counts, db.session.scalar(said))]


@pytest.fixture(params=[locked, full])
def trouble(request: pytest.FixtureRequest, app: Flask) -> Trouble:
    kind: Trouble = request.param
    return kind


def test_who_starts_a_login_is_told_and_goes_on_without(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    before = rows(app)
    with trouble(app):
        answer = visitor.post("/entrar", data={"voltar": "/mapa"})
        assert (answer.status_code, answer.data) == (303, b"")
        assert answer.headers["Location"] == f"{BUSY}&voltar=/mapa"
        assert "Set-Cookie" not in answer.headers
        page = visitor.get(answer.headers["Location"])
        assert page.status_code == 503
        assert page.headers["Retry-After"] == "30"
        assert "o portal não conseguiu guardar a sua entrada" in page.text
        assert '<a href="/mapa">Continuar sem entrar</a>' in page.text
        assert "Entrar com <b>gov.br</b>" in page.text
        assert visitor.get("/mapa").status_code == 200
        assert rows(app) == before
    assert enter(visitor, citizen, volta="/mapa").headers["Location"] == "/mapa"


def test_who_comes_back_from_gov_br_is_told_and_comes_in_the_next_time(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    address = citizen.authorize(start(visitor))
    before = rows(app)
    with trouble(app):
        back = come_back(visitor, address)
        # The address that has the code shows nothing, whatever happened.
        assert (back.status_code, back.data) == (303, b"")
        assert back.headers["Location"] == BUSY
        assert cookie_of(visitor) is None
        assert rows(app) == before
        assert visitor.get(ACCOUNT).headers["Location"].startswith("/entrar")
    assert enter(visitor, citizen).headers["Location"] == ACCOUNT


def test_a_second_login_that_cannot_be_kept_leaves_the_first_as_it_was(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    enter(visitor, citizen)
    token = cookie_of(visitor)
    address = citizen.authorize(start(visitor))
    with trouble(app):
        assert come_back(visitor, address).headers["Location"] == BUSY
        assert cookie_of(visitor) == token
        assert "Maria" in visitor.get(ACCOUNT).text
        assert rows(app)[:2] == [1, 1]


def test_who_is_inside_goes_on_reading_and_stays_inside(
    app: Flask, visitor: Visitor, citizen: Citizen, clock: StoppedClock, trouble: Trouble
) -> None:
    enter(visitor, citizen)
    clock.pass_(minutes=5)  # so that there is a use to be written down
    with trouble(app):
        for path in ("/", "/mapa", "/processos", ACCOUNT, DATA, DELETE):
            page = visitor.get(path)
            assert page.status_code == 200
            assert "Maria Aparecida Ferreira" in page.text
    assert visitor.get(ACCOUNT).status_code == 200


def test_what_cannot_be_kept_is_not_done_by_half(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    other = client_of(app)
    enter(visitor, citizen)
    enter(other, Citizen())
    csrf, before = csrf_of(visitor.get(ACCOUNT)), rows(app)
    with app.app_context():
        names = db.session.scalars(select(Login.public_id)).all()
    forms = [("/minha-conta/sessoes/encerrar", {"sessao": str(name)}) for name in names]
    forms += [("/minha-conta/sessoes/encerrar-outras", {}), (DELETE, {"confirmo": "sim"}),
              ("/meus-dados/copia", {"formato": "json"})]  # fmt: skip
    with trouble(app):
        for path, form in forms:
            answer = visitor.post(path, data=form | {"csrf": csrf})
            assert answer.status_code == 503, path
            assert answer.headers["Retry-After"] == "30"
            assert "Nada foi mudado nem apagado" in answer.text
            assert max(len(s.split()) for s in Sentences(answer.text).found) <= LONGEST
            assert "Content-Disposition" not in answer.headers
            assert "Set-Cookie" not in answer.headers
            assert rows(app) == before, path
    for inside in (visitor, other):
        assert inside.get(ACCOUNT).status_code == 200


def test_who_leaves_has_left_the_browser_and_reads_what_could_not_be_done(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    enter(visitor, citizen)
    csrf, before = csrf_of(visitor.get(ACCOUNT)), rows(app)
    with trouble(app):
        gone = visitor.post("/sair", data={"csrf": csrf})
        assert gone.status_code == 303
        assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert cookie_of(visitor) is None
        assert rows(app) == before
        page = visitor.get(gone.headers["Location"])
        assert "Você saiu deste navegador, mas a sessão ficou aberta no portal" in page.text
        assert "post_logout_redirect_uri" in page.text
        assert "Maria" not in visitor.get("/").text
    # And what the page says of the others is so: they can be ended from a new login.
    enter(visitor, citizen)
    assert "Encerrar todas as outras" in visitor.get(ACCOUNT).text


def test_a_database_that_cannot_be_read_is_not_taken_for_nobody(
    app: Flask, visitor: Visitor, citizen: Citizen
) -> None:
    """Or who is signed in would be asked to sign in, which cannot be kept either."""
    enter(visitor, citizen)
    csrf = csrf_of(visitor.get(ACCOUNT))
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE login RENAME TO elsewhere")
    for answer in (visitor.get(ACCOUNT), visitor.post(DELETE, data={"csrf": csrf})):
        assert answer.status_code == 503
        assert "O portal não conseguiu usar os dados da sua conta" in answer.text
    assert '<a class="botao" href="/minha-conta">Tentar de novo</a>' in visitor.get(ACCOUNT).text
    assert visitor.get("/mapa").status_code == 200
    assert visitor.post("/sair").headers["Location"] == "/saiu?sessao=aberta"
    assert cookie_of(visitor) is None


def test_a_failure_at_gov_br_leads_to_its_page_though_it_cannot_be_written_down(
    app: Flask, visitor: Visitor, citizen: Citizen, trouble: Trouble
) -> None:
    with trouble(app):
        back = visitor.get("/entrar/retorno?code=a&state=invented")
        assert back.status_code == 303
        assert back.headers["Location"] in ("/entrar?falha=expirou", BUSY)


def test_nothing_of_the_person_is_in_the_lines_about_it(
    app: Flask,
    visitor: Visitor,
    citizen: Citizen,
    trouble: Trouble,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    address = citizen.authorize(start(visitor))
    with trouble(app):
        come_back(visitor, address)
    out = capsysbinary.readouterr().out.decode()
    assert '"event":"out_of_reach"' in out
    assert '"why":"not-kept"' in out
    for secret in (MARIA, "Maria", address.partition("code=")[2][:40], "INSERT", "DELETE"):
        assert secret not in out
