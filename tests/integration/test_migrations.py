"""The portal's own schema, up and down with rows in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, inspect, select
from sqlalchemy.exc import IntegrityError

from portal.accounts import service
from portal.accounts.models import Account, Login, LoginAttempt
from portal.audit import AuditEntry, Event, record
from portal.cli import register
from portal.config import Config
from portal.db import Base, db
from portal.govbr.values import Nivel, Pessoa
from portal.keyring import Keyring
from portal.limits import RateLimit
from portal.protocolo.models import Draft, Outbox, Submission, SubmissionCount, SubmissionFile
from portal.protocolo.receipts import issue
from portal.servicos.models import ServicoVersao
from portal.verdicts import FileVerdict
from tests.app import MakeApp, close
from tests.integration.engines import Kind, new_database
from tests.integration.protocolo.makers import KEYRING, TENANT, submit


@pytest.fixture(params=["sqlite", "postgres"])
def app(
    request: pytest.FixtureRequest, tmp_path: Path, make_app: MakeApp, config: Config
) -> Iterator[Flask]:
    """The application and its commands on a database that has nothing yet."""
    kind: Kind = request.param
    with new_database(kind, tmp_path) as url:
        app = make_app(database_url=url.render_as_string(hide_password=False))
        register(app)
        with app.app_context():
            Base.metadata.drop_all(db.engine)
            yield app
        close(app)


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    upgrade()
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_first_goes_down_with_rows_in_it_and_up_again(app: Flask) -> None:
    upgrade(revision="0001")
    row = {"tenant": "acacias", "key": bytes(16), "hits": 1, "ends": 1_774_000_000}
    with db.engine.begin() as connection:
        connection.execute(insert(RateLimit), row)
    downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]
    upgrade(revision="0001")
    with db.engine.begin() as connection:
        assert connection.execute(select(RateLimit)).all() == []
        connection.execute(insert(RateLimit), row)


def test_the_second_leaves_the_rows_of_the_first_alone(app: Flask) -> None:
    upgrade(revision="0001")
    counted = {"tenant": "acacias", "key": bytes(16), "hits": 1, "ends": 1_774_000_000}
    said = {"tenant": "acacias", "id_anexo": 2**40, "edition": "0a" * 12, "intact": False}
    with db.engine.begin() as connection:
        connection.execute(insert(RateLimit), counted)
    for _ in range(2):
        upgrade(revision="0002")
        with db.engine.begin() as connection:
            assert connection.execute(select(FileVerdict)).all() == []
            connection.execute(insert(FileVerdict), said)
            [row] = connection.execute(select(FileVerdict)).mappings()
            assert row == said
        downgrade(revision="0001")
        assert "file_verdict" not in inspect(db.engine).get_table_names()
    with db.engine.connect() as connection:
        assert len(connection.execute(select(RateLimit)).all()) == 1


def test_the_third_goes_down_with_people_in_it_and_up_again(app: Flask) -> None:
    upgrade()
    tables = {"account", "login", "login_attempt", "audit_entry"}
    fill_accounts()
    with db.engine.connect() as connection:
        assert [len(connection.execute(select(m)).all()) for m in ACCOUNTS] == [1] * 4
    downgrade(revision="0002")
    assert not tables & set(inspect(db.engine).get_table_names())
    upgrade()
    fill_accounts()


def test_the_fourth_leaves_the_audit_as_it_was(app: Flask) -> None:
    upgrade()
    fill_accounts()
    for revision, there in (("0003", False), ("0004", True)) * 2:
        (upgrade if there else downgrade)(revision=revision)
        names = {index["name"] for index in inspect(db.engine).get_indexes("audit_entry")}
        assert ("ix_audit_entry_tenant_account_at" in names) == there
    with db.engine.connect() as connection:
        assert len(connection.execute(select(AuditEntry)).all()) == 1


def test_the_fifth_leaves_who_is_signed_in(app: Flask) -> None:
    upgrade(revision="0005")
    fill_accounts()
    downgrade(revision="0004")
    assert "empresas" not in {c["name"] for c in inspect(db.engine).get_columns("login")}
    upgrade(revision="0005")
    with db.engine.connect() as connection:
        assert connection.execute(select(Login.empresas, Login.agindo)).all() == [(None, None)]


def test_the_seventh_goes_down_with_submissions_in_it_and_up_again(app: Flask) -> None:
    upgrade()
    fill_accounts()
    for _ in range(2):
        submit(db.session())
        db.session.remove()
        with db.engine.connect() as connection:
            assert [len(connection.execute(select(m)).all()) for m in SUBMISSIONS] == [1] * 5
        downgrade(revision="0005")
        assert not {"draft", "submission", "outbox"} & set(inspect(db.engine).get_table_names())
        upgrade()
    with db.engine.connect() as connection:
        assert len(connection.execute(select(AuditEntry)).all()) == 1


def test_the_eighth_leaves_the_submissions(app: Flask) -> None:
    for _ in range(2):
        upgrade()
        sent = submit(db.session())
        issue(db.session(), KEYRING, TENANT, sent)
        db.session.commit()
        db.session.remove()
        downgrade(revision="0007")
        assert "receipt" not in inspect(db.engine).get_table_names()
    with db.engine.connect() as connection:
        assert len(connection.execute(select(Submission.id)).all()) == 2


SUBMISSIONS = (Draft, Submission, SubmissionFile, SubmissionCount, Outbox)


def test_the_sixth_keeps_one_edition_of_a_service_offered(app: Flask) -> None:
    row = {
        "tenant": "acacias",
        "slug": "poda",
        "conteudo": b"{}",
        "publicado": datetime(2026, 3, 20, 15, 0, tzinfo=UTC),
    }
    for _ in range(2):
        upgrade(revision="0006")
        with db.engine.begin() as connection:
            connection.execute(
                insert(ServicoVersao), row | {"versao": 1, "retirado": None, "oferecido": "poda"}
            )
        with pytest.raises(IntegrityError), db.engine.begin() as connection:
            connection.execute(
                insert(ServicoVersao), row | {"versao": 2, "retirado": None, "oferecido": "poda"}
            )
        with db.engine.begin() as connection:
            over = row | {"versao": 2, "retirado": row["publicado"], "oferecido": None}
            connection.execute(insert(ServicoVersao), over)
        downgrade(revision="0005")
        assert "servico_versao" not in inspect(db.engine).get_table_names()


ACCOUNTS = (Account, Login, LoginAttempt, AuditEntry)


def fill_accounts() -> None:
    """A person, signed in, who has begun another login."""
    now = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
    keyring = Keyring(["a secret key of the tests, long enough"])
    pessoa = Pessoa("https://sso.example/", "99900001079", "Maria", Nivel.OURO)
    session = db.session()
    _, account = service.sign_in(session, keyring, "acacias", pessoa, "Firefox", now)
    service.begin(session, "acacias", "browser", service.new_attempt(keyring), "/mapa", now)
    record(session, keyring, "acacias", Event.LOGIN, account=account, ip="::1", now=now)
    session.commit()
    db.session.remove()
