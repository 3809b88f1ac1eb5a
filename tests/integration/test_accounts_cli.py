"""`flask accounts`: what an operator runs every day, and when a key is replaced."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from portal.accounts import service
from portal.accounts.models import Account, Login
from portal.audit import AuditEntry, Event, record
from portal.cli import register
from portal.db import Base, db
from portal.govbr.values import Nivel, Pessoa
from portal.keyring import Keyring
from tests.app import TENANTS, MakeApp

OLD, NEW = "the secret key that was in use before", "the secret key that is in use from now on"


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    """With two people: one who has just entered, and one whose session ended an hour ago."""
    app = make_app(secret_key=OLD)
    register(app)
    keyring, now = Keyring([OLD]), datetime.now(UTC)
    with app.app_context():
        session = db.session()
        for cpf, at in (("99900001079", now), ("99900002121", now - timedelta(hours=1))):
            pessoa = Pessoa("https://sso.example/", cpf, "Maria", Nivel.OURO)
            _, account = service.sign_in(session, keyring, "acacias", pessoa, "Firefox", at)
            record(session, keyring, "acacias", Event.LOGIN, account=account, ip="203.0.113.7",
                   now=at, detail="ouro")  # fmt: skip
        record(session, keyring, "acacias", Event.LOGIN_REFUSED, account=None, ip="::1",
               now=now - timedelta(days=2000), detail="state-unknown")  # fmt: skip
        session.commit()
    return app


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_what_is_over_is_forgotten(app: Flask, run: FlaskCliRunner) -> None:
    result = run.invoke(args=["accounts", "forget"])
    assert result.output == (
        "1 sessões e tentativas apagadas, 0 pedidos não enviados apagados,"
        " 0 contas sem uso apagadas,"
        " 1 linhas da auditoria apagadas\n"
    )
    with app.app_context():
        assert len(db.session.scalars(select(Login)).all()) == 1
        assert len(db.session.scalars(select(Account)).all()) == 2
    assert run.invoke(args=["accounts", "forget"]).output.startswith("0 sessões")


def test_a_changed_configuration_is_written_down_once(
    app: Flask, run: FlaskCliRunner, make_app: MakeApp
) -> None:
    def written(app: Flask) -> int:
        with app.app_context():
            changes = select(AuditEntry).where(AuditEntry.event == Event.CONFIGURATION.value)
            return len(db.session.scalars(changes).all())

    for _ in range(2):
        run.invoke(args=["accounts", "forget"])
    assert written(app) == 1
    changed = make_app(TENANTS.replace("Maria do Carmo", "Ana Lima"), secret_key=OLD)
    register(changed)
    for _ in range(2):
        changed.test_cli_runner().invoke(args=["accounts", "forget"])
    assert written(changed) == 2


def test_an_account_that_nobody_enters_for_a_year_is_forgotten(
    app: Flask, run: FlaskCliRunner
) -> None:
    with app.app_context():
        session = db.session()
        last, kept = session.scalars(select(Account).order_by(Account.seen)).all()
        last.seen -= timedelta(days=365)
        name, kept_name = last.id, kept.id
        session.commit()
    assert ", 1 contas sem uso apagadas," in run.invoke(args=["accounts", "forget"]).output
    with app.app_context():
        assert db.session.scalars(select(Account.id)).all() == [kept_name]
        deleted = select(AuditEntry).where(AuditEntry.event == Event.ACCOUNT_DELETED.value)
        (entry,) = db.session.scalars(deleted)
        assert (entry.account, entry.detail) == (name, "unused")


def test_the_audit_is_read_newest_first_and_without_names(app: Flask, run: FlaskCliRunner) -> None:
    lines = run.invoke(args=["accounts", "audit"]).output.splitlines()
    assert len(lines) == 2
    with app.app_context():
        newest = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at.desc())).first()
        assert newest is not None
        assert lines[0].endswith(f"acacias login ouro conta={newest.account} ip=203.0.113.7")
    assert "Maria" not in "".join(lines)
    assert len(run.invoke(args=["accounts", "audit", "--dias", "1827"]).output.splitlines()) == 2


def test_after_sealing_anew_the_old_key_may_go(make_app: MakeApp, app: Flask) -> None:
    both = make_app(secret_key=NEW, old_secret_keys=(OLD,))
    register(both)
    result = both.test_cli_runner().invoke(args=["accounts", "reseal"])
    assert result.output == "5 linhas cifradas com a chave em uso\n"
    alone = make_app(secret_key=NEW)
    register(alone)
    assert alone.test_cli_runner().invoke(args=["accounts", "reseal"]).output.startswith("0 ")
    lines = alone.test_cli_runner().invoke(args=["accounts", "audit"]).output
    assert lines.count("ip=203.0.113.7") == 2


def test_without_the_old_key_nothing_is_changed_and_that_is_said(
    make_app: MakeApp, app: Flask
) -> None:
    alone = make_app(secret_key=NEW)
    register(alone)
    result = alone.test_cli_runner().invoke(args=["accounts", "reseal"])
    assert result.exit_code == 1
    assert "falta a chave com que isto foi cifrado" in result.output
    assert "ip=?" in alone.test_cli_runner().invoke(args=["accounts", "audit"]).output


def test_a_database_that_was_not_migrated_is_told(app: Flask, run: FlaskCliRunner) -> None:
    with app.app_context():
        Base.metadata.drop_all(db.engine)
    result = run.invoke(args=["accounts", "forget"])
    assert result.exit_code == 1
    assert "o banco do portal não respondeu: no such table" in result.output
