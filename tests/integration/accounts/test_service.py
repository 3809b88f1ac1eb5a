"""Accounts and sessions as rows, on both kinds of database that the portal may have."""

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts import service
from portal.accounts.models import Account, Login, LoginAttempt
from portal.accounts.values import IDLE
from portal.audit import AuditEntry, Event, list_happenings
from portal.db import Base, prepare
from portal.errors import NotFound
from portal.govbr.values import Nivel, Pessoa
from portal.keyring import Keyring, Unreadable
from tests.integration.engines import Kind, new_database

NOW = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
KEYRING = Keyring(["a secret key of the tests, long enough"])
MARIA = Pessoa("https://sso.example/", "99900001079", "Maria Aparecida", Nivel.OURO, ("passwd",))


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    kind: Kind = request.param
    with new_database(kind, tmp_path) as url:
        engine = create_engine(url)
        prepare(engine)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def enter(session: Session, pessoa: Pessoa = MARIA, tenant: str = "acacias") -> str:
    token, _ = service.sign_in(session, KEYRING, tenant, pessoa, "Firefox no Linux", NOW)
    session.commit()
    return token


def test_who_holds_the_token_is_the_person(session: Session) -> None:
    viewer = service.find_viewer(session, KEYRING, "acacias", enter(session), NOW)
    assert viewer is not None
    assert (viewer.nome, viewer.cpf, viewer.nivel) == (MARIA.nome, MARIA.cpf, Nivel.OURO)
    assert (viewer.amr, viewer.since) == (("passwd",), NOW)
    assert viewer.ends == NOW + timedelta(hours=8)
    assert MARIA.cpf not in repr(viewer)
    assert MARIA.nome not in repr(viewer)


def test_at_another_tenant_it_is_nobody(session: Session) -> None:
    assert service.find_viewer(session, KEYRING, "ipes", enter(session), NOW) is None


def test_one_person_has_an_account_at_each_tenant_and_of_each_issuer(session: Session) -> None:
    enter(session)
    enter(session, tenant="ipes")
    enter(session, replace(MARIA, issuer="https://sso.staging.example/"))
    enter(session, replace(MARIA, nome="Maria, com outro nome"))
    accounts = session.scalars(select(Account).order_by(Account.tenant, Account.issuer)).all()
    assert [a.tenant for a in accounts] == ["acacias", "acacias", "ipes"]
    assert len({a.cpf_index for a in accounts}) == 2
    assert KEYRING.unseal("acacias", "account.nome", accounts[0].nome) == "Maria, com outro nome"


def test_a_first_login_that_comes_twice_at_once_makes_one_account(engine: Engine) -> None:
    gate, failures = threading.Barrier(4), []

    def run() -> None:
        try:
            with Session(engine) as session:
                gate.wait()
                enter(session)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        assert len(session.scalars(select(Account)).all()) == 1
        assert len(session.scalars(select(Login)).all()) == 4 - len(failures)
    assert failures == []


def test_a_use_that_comes_after_the_end_brings_nothing_back(engine: Engine) -> None:
    with Session(engine) as session:
        token = enter(session)
        viewer = service.find_viewer(session, KEYRING, "acacias", token, NOW)
        assert viewer is not None
        service.sign_out(session, "acacias", token)
        session.commit()
        with engine.begin() as counters:
            service.note_use(counters, viewer, NOW + timedelta(minutes=5))
        assert session.scalars(select(Login)).all() == []


ENDS = [
    # entered, used, asked, whether the person is still inside
    ("2026-03-20 12:00:00", [], "2026-03-20 12:29:59.999999", True),
    ("2026-03-20 12:00:00", [], "2026-03-20 12:30:00", False),
    ("2026-03-20 12:00:00", ["2026-03-20 12:29:59"], "2026-03-20 12:59:58", True),
    ("2026-03-20 12:00:00", ["2026-03-20 12:29:59"], "2026-03-20 12:59:59", False),
    # Eight hours, however much it is used
    ("2026-03-20 12:00:00", ["2026-03-20 19:59:59"], "2026-03-20 19:59:59.999999", True),
    ("2026-03-20 12:00:00", ["2026-03-20 19:59:59"], "2026-03-20 20:00:00", False),
    # A day, a month and a year that end meanwhile, on the wall clock and in UTC
    ("2026-12-31 23:45:00", [], "2026-12-31 23:59:59", True),
    ("2026-12-31 23:45:00", [], "2027-01-01 00:00:00", True),
    ("2026-12-31 23:45:00", [], "2027-01-01 00:14:59.999999", True),
    ("2026-12-31 23:45:00", [], "2027-01-01 00:15:00", False),
    ("2026-12-31 20:59:59", [], "2026-12-31 21:29:58", True),
    ("2026-12-31 20:59:59", [], "2026-12-31 21:29:59", False),
    ("2026-12-31 16:00:00", ["2026-12-31 23:59:59"], "2026-12-31 23:59:59.999999", True),
    ("2026-12-31 16:00:00", ["2026-12-31 23:59:59"], "2027-01-01 00:00:00", False),
    ("2028-02-28 23:50:00", [], "2028-02-29 00:19:59", True),
    ("2028-02-28 23:50:00", [], "2028-02-29 00:20:00", False),
]


@pytest.mark.parametrize(("entered", "used", "asked", "inside"), ENDS)
def test_a_session_ends_to_the_moment_for_all_who_ask(
    engine: Engine, entered: str, used: list[str], asked: str, inside: bool
) -> None:
    """Who reads, who looks at the list of sessions, and the job that deletes what is over."""
    with Session(engine) as session:
        token, _ = service.sign_in(session, KEYRING, "acacias", MARIA, "Firefox", local(entered))
        session.commit()
        viewer = service.find_viewer(session, KEYRING, "acacias", token, local(entered))
        assert viewer is not None
        session.commit()
        for use in used:
            with engine.begin() as counters:
                service.note_use(counters, viewer, local(use))
        now = local(asked)
        found = service.find_viewer(session, KEYRING, "acacias", token, now)
        assert (found is not None) is inside
        assert len(service.list_sessions(session, "acacias", viewer, now, 9)[0]) == inside
        assert service.forget(session, KEYRING, now) == (not inside)


@pytest.mark.parametrize(("seconds", "claimed"), [(899.999999, "/mapa"), (900, None)])
def test_an_attempt_ends_to_the_moment(
    session: Session, seconds: float, claimed: str | None
) -> None:
    start, attempt = local("2026-12-31 23:50:00"), service.new_attempt(KEYRING)
    service.begin(session, KEYRING, "acacias", "browser", attempt, "/mapa", start)
    moment = start + timedelta(seconds=seconds)
    assert service.claim(session, "acacias", "browser", attempt.state, moment) == claimed


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Sao_Paulo"))


def test_an_attempt_is_claimed_once_however_many_come_at_once(engine: Engine) -> None:
    with Session(engine) as session:
        attempt = service.new_attempt(KEYRING)
        service.begin(session, KEYRING, "acacias", "browser", attempt, "/mapa", NOW)
        session.commit()
    gate, claims = threading.Barrier(4), []

    def run() -> None:
        with Session(engine) as session:
            gate.wait()
            claims.append(service.claim(session, "acacias", "browser", attempt.state, NOW))
            session.commit()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claims, key=str) == ["/mapa", None, None, None]


@pytest.mark.parametrize(
    ("tenant", "browser", "minutes"),
    [("ipes", "browser", 0), ("acacias", "other", 0), ("acacias", "browser", 15)],
)
def test_an_attempt_is_claimed_by_its_browser_in_its_time_at_its_tenant(
    session: Session, tenant: str, browser: str, minutes: int
) -> None:
    attempt = service.new_attempt(KEYRING)
    service.begin(session, KEYRING, "acacias", "browser", attempt, "", NOW)
    moment = NOW + timedelta(minutes=minutes)
    assert service.claim(session, tenant, browser, attempt.state, moment) is None
    assert service.claim(session, "acacias", "browser", attempt.state, NOW) == ""


def test_what_belongs_to_a_state_is_made_of_it_again_and_is_kept_nowhere(session: Session) -> None:
    attempt = service.new_attempt(KEYRING)
    assert service.resume(KEYRING, attempt.state) == attempt
    assert service.resume(Keyring(["another key, which is long enough too"]), attempt.state) != (
        attempt
    )
    assert 43 == len(attempt.nonce) == len(attempt.verifier)
    assert len({attempt.nonce, attempt.verifier, attempt.state}) == 3
    assert attempt.verifier not in repr(attempt)
    service.begin(session, KEYRING, "acacias", "browser", attempt, "/mapa", NOW)
    session.flush()
    row = session.scalars(select(LoginAttempt)).one()
    kept = b"".join([row.id, row.browser, row.volta.encode()])
    for secret in (attempt.state, attempt.nonce, attempt.verifier, "browser"):
        assert secret.encode() not in kept


def test_another_persons_session_is_not_found(session: Session) -> None:
    enter(session)
    name = session.scalars(select(Login.public_id)).one()
    other = enter(session, replace(MARIA, cpf="99900002121"))
    viewer = service.find_viewer(session, KEYRING, "acacias", other, NOW)
    assert viewer is not None
    for wrong in (name, uuid.uuid4()):
        with pytest.raises(NotFound):
            service.end_session(session, "acacias", viewer, wrong)
    with pytest.raises(NotFound):
        service.end_session(session, "ipes", viewer, service_name(session, viewer.login))
    assert len(session.scalars(select(Login)).all()) == 2


def service_name(session: Session, login: bytes) -> uuid.UUID:
    return session.scalars(select(Login.public_id).where(Login.id == login)).one()


def test_what_is_over_is_forgotten_and_the_rest_stays(session: Session) -> None:
    enter(session)
    service.begin(session, KEYRING, "acacias", "b", service.new_attempt(KEYRING), "", NOW)
    session.commit()
    assert service.forget(session, KEYRING, NOW + timedelta(minutes=14)) == 0
    assert service.forget(session, KEYRING, NOW + timedelta(minutes=15)) == 1
    assert service.forget(session, KEYRING, NOW + timedelta(hours=9)) == 1
    (account,) = session.scalars(select(Account))
    (ended,), _ = list_happenings(session, KEYRING, "acacias", account.id, 10)
    assert (ended.event, ended.detail) == (Event.SESSION_ENDED, "time")
    assert ended.at == NOW + IDLE


def test_an_account_that_goes_takes_its_sessions_along(session: Session) -> None:
    enter(session)
    session.delete(session.scalars(select(Account)).one())
    session.commit()
    assert session.scalars(select(Login)).all() == []


def test_after_a_new_key_people_are_found_and_sealed_anew(session: Session) -> None:
    token = enter(session)
    new = "a secret key that came after the first one"
    both, alone = Keyring([new, "a secret key of the tests, long enough"]), Keyring([new])
    viewer = service.find_viewer(session, both, "acacias", token, NOW)
    assert viewer is not None
    with pytest.raises(Unreadable):
        service.find_viewer(session, alone, "acacias", token, NOW)
    service.sign_in(session, both, "acacias", MARIA, "x", NOW)
    assert len(session.scalars(select(Account)).all()) == 1
    assert service.reseal(session, both) == 0  # the login did it
    session.rollback()
    assert service.reseal(session, both) == 1
    session.commit()
    found = service.find_viewer(session, alone, "acacias", token, NOW)
    assert found is not None
    assert found.cpf == MARIA.cpf


def test_the_audit_says_who_when_and_from_where_and_keeps_five_years(session: Session) -> None:
    someone = uuid.uuid4()
    for event, account in ((Event.LOGIN, someone), (Event.LOGIN_REFUSED, None)):
        audit.record(session, KEYRING, "acacias", event, account=account, ip="203.0.113.7", now=NOW)
    session.commit()
    first = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).first()
    assert first is not None
    assert (first.event, first.account, first.at) == ("login", someone, NOW)
    assert b"203" not in first.ip
    assert KEYRING.unseal("acacias", audit.IP_COLUMN, first.ip) == "203.0.113.7"
    assert audit.forget(session, NOW + timedelta(days=5 * 365)) == 0
    assert audit.forget(session, NOW + timedelta(days=5 * 365 + 2)) == 2
