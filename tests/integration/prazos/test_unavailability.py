"""When the portal was away: noted with reason, told to everybody, and never taken back."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from portal.cli import register
from portal.cli.worker import make_watch
from portal.db import Base, db
from portal.errors import NotFound, Refused
from portal.prazos.deadlines import Away
from portal.prazos.unavailability import (
    LastSeen,
    Source,
    declare,
    list_absences,
    list_unavailabilities,
    note_answer,
    withdraw,
)
from portal.prazos.watch import Watch, find_boot
from tests.app import HOST, TENANTS, MakeApp, client_of
from tests.integration.pedidos.conftest import SEIWS

NOON = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
GOVBR = """
[acacias.govbr]
issuer = "https://sso.acesso.gov.br/"
client_id = "acacias"
client_secret = "env:SECRET"
"""


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    engine = create_engine(f"sqlite:///{tmp_path}/own.db")
    Base.metadata.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session


def seen(session: Session, *moments: datetime, failed: bool, booted: datetime = LONG_AGO) -> int:
    """How many times without the portal there are, once it has answered at these moments."""
    for moment in moments:
        note_answer(session, "acacias", moment, failed=failed, booted=booted)
    return len(list_unavailabilities(session, "acacias", 10))


def test_a_time_in_which_it_did_not_answer_is_noted_from_the_last_answer(session: Session) -> None:
    assert seen(session, NOON, failed=False) == 0
    assert seen(session, NOON + 10 * MINUTE, failed=True) == 1
    assert list_absences(session, "acacias", LONG_AGO) == [Away(NOON, NOON + 10 * MINUTE)]
    assert seen(session, NOON + 11 * MINUTE, failed=False) == 1


def test_a_machine_that_was_started_meanwhile_was_away_too(session: Session) -> None:
    assert seen(session, NOON, failed=False) == 0
    later = NOON + 60 * MINUTE
    assert seen(session, later, failed=False, booted=later - MINUTE) == 1


@pytest.mark.parametrize(
    ("after", "failed"),
    [
        (timedelta(hours=5), False),  # nobody looked
        (2 * MINUTE, True),  # a restart
        (-5 * MINUTE, True),  # a clock that was set back
    ],
)
def test_what_proves_nothing_is_not_noted(session: Session, after: timedelta, failed: bool) -> None:
    assert seen(session, NOON, NOON + after, failed=failed) == 0


def test_only_what_was_declared_can_be_withdrawn_and_only_at_its_tenant(session: Session) -> None:
    row = declare(session, "acacias", NOON, NOON + MINUTE, "Sem internet", NOON + 2 * MINUTE)
    for tenant in ("ipes", ""):
        with pytest.raises(NotFound):
            withdraw(session, tenant, row.id)
    withdraw(session, "acacias", row.id)
    seen(session, NOON, NOON + 5 * MINUTE, failed=True)
    (measured,) = list_unavailabilities(session, "acacias", 10)
    assert measured.source is Source.MEASURED
    with pytest.raises(NotFound):
        withdraw(session, "acacias", measured.id)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (1, 0), (0, 10)])
def test_a_time_that_is_none_is_not_declared(session: Session, start: int, end: int) -> None:
    with pytest.raises(Refused):
        declare(session, "acacias", NOON + start * MINUTE, NOON + end * MINUTE, "x", NOON + MINUTE)


class Health(HTTPServer):
    """A portal whose health is told."""

    status = 200


@pytest.fixture
def health() -> Iterator[Health]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(server.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = Health(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_portal_that_is_ill_for_a_while_is_seen(
    sessions: sessionmaker[Session], health: Health
) -> None:
    now = [NOON]
    address = f"http://127.0.0.1:{health.server_port}/saude"
    watch = Watch({"acacias": address}, sessions, lambda: now[0], LONG_AGO)
    for status in (200, 503, 503, 503, 503, 200, 200):
        health.status = status
        watch.look()
        now[0] += MINUTE
    with sessions() as session:
        (row,) = list_unavailabilities(session, "acacias", 10)
    assert (row.started, row.ended) == (NOON, NOON + 5 * MINUTE)


def test_linux_says_when_it_was_started(tmp_path: Path) -> None:
    stat = tmp_path / "stat"
    stat.write_text("cpu 1 2 3\nbtime 1774000000\nprocesses 7\n")
    assert find_boot(stat) == datetime(2026, 3, 20, 9, 46, 40, tzinfo=UTC)
    assert find_boot(tmp_path / "none").year == 1


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    tenants = TENANTS + "feriados = [2026-03-23]\n" + GOVBR + SEIWS
    app = make_app(tenants, secrets={"SECRET": "x" * 20, "SEI_CHAVE": "y" * 20})
    register(app)
    return app


def test_the_worker_watches_from_a_thread_of_its_own(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("portal.prazos.watch.answers", lambda address: not asked.append(address))
    with app.app_context():
        watch = make_watch()
    thread = threading.Thread(target=watch.look)
    thread.start()
    thread.join()
    assert asked == [f"https://{HOST}/saude"]
    with app.app_context():
        assert [seen.tenant for seen in db.session.scalars(select(LastSeen))] == ["acacias"]


def test_it_is_declared_by_hand_and_anybody_has_it_in_writing(app: Flask) -> None:
    run = app.test_cli_runner()
    moments = ["20/03/2026 20:00", "21/03/2026 08:00"]
    done = run.invoke(args=["indisponibilidades", "registrar", *moments, "Sem internet na cidade"])
    assert done.exit_code == 0, done.output
    anybody = client_of(app)
    page = anybody.get("/indisponibilidades").text.replace("\xa0", " ")
    assert "20 de março de 2026, 20h00min00s" in page
    link = page.partition('href="/indisponibilidades/')[2].partition('"')[0]
    certidao = anybody.get(f"/indisponibilidades/{link}").text.replace("\xa0", " ")
    assert "Sem internet na cidade" in certidao
    # A Saturday's first business day is a Tuesday where Monday is a holiday.
    assert "23h59min59s de 24 de março de 2026" in certidao
    assert run.invoke(args=["indisponibilidades", "desfazer", link]).exit_code == 0
    assert anybody.get(f"/indisponibilidades/{link}").status_code == 404


def test_where_nobody_files_anything_there_is_no_such_page(make_app: MakeApp) -> None:
    assert client_of(make_app()).get("/indisponibilidades").status_code == 404
