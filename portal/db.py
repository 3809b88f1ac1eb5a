"""The portal's own database: what the portal itself has to remember. Never SEI's."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, MetaData, Table, create_engine, event, make_url
from sqlalchemy.engine import URL, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from portal.errors import ConfigurationError, os_reason

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

PATIENCE = 1.0
"""Seconds a statement waits for another process to finish writing: somebody waits for the page."""

AWAY = (OperationalError, PoolTimeout)
"""How this database says that it is locked, full or away. Of SEI's, `readonly` lets none out."""


class Instant(TypeDecorator[datetime]):
    """A moment, in UTC wherever it is kept; SQLite would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class Base(DeclarativeBase):
    """Every row of ours. Constraints have names, or a later migration could not drop them."""

    type_annotation_map = {datetime: Instant}  # noqa: RUF012 # as SQLAlchemy declares it
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata)


def portal_url(text: str) -> URL:
    """The URL with the driver we ship. Raises ConfigurationError for another kind of database."""
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ConfigurationError(
            "PORTAL_DATABASE_URL: esperava um endereço como"
            " sqlite:////srv/portal/portal.sqlite3 ou postgresql://usuario:senha@servidor/base"
        ) from error
    match url.get_backend_name():
        case "sqlite":
            return url.set(drivername="sqlite+pysqlite")
        case "postgresql":
            return url.set(drivername="postgresql+psycopg")
        case other:
            raise ConfigurationError(
                f"PORTAL_DATABASE_URL: esperava sqlite ou postgresql, recebeu {other}"
            )


def check_file(url: URL) -> None:
    """Raises ConfigurationError when SQLite could not write where it is told to: it also makes
    files beside its own. Nothing for others, which may well start after us."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return
    path = Path(str(url.database)).absolute()
    try:
        TemporaryFile(dir=path.parent).close()
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        raise ConfigurationError(
            f"o portal não pode gravar em {error.filename or path.parent}: {os_reason(error)}"
        ) from error


def engine_options(url: URL, patience: float = PATIENCE) -> dict[str, Any]:
    """What `create_engine` is told. Parameters stay out of errors, and so out of logs."""
    if url.get_backend_name() == "sqlite":
        return {"hide_parameters": True, "connect_args": {"timeout": patience}}
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {
            "connect_timeout": 2,  # psycopg knows no less
            "application_name": "portal-do-protocolo",
            "options": f"-c lock_timeout={round(patience * 1000)}",
        },
    }


def open_counters(text: str, patience: float) -> Engine:
    """An engine for numbers that may be lost: every statement is its own transaction, and waits
    for others `patience` seconds at most. A crash of the server may forget the last of them."""
    url = portal_url(text)
    engine = create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_timeout=patience,
        pool_reset_on_return=None,
        **engine_options(url, patience),
    )
    prepare(engine)
    hasty = _hasty_postgresql if url.get_backend_name() == "postgresql" else _hasty_sqlite
    event.listen(engine, "connect", hasty)
    return engine


def prepare(engine: Engine) -> None:
    """Each engine as a server of several processes wants it, losing nothing that was committed.

    With a write-ahead log readers never wait for a writer. `FULL` loses no committed row even when
    the power fails: somebody may have the receipt of a submission a moment after its commit.
    """
    match engine.dialect.name:
        case "sqlite":
            event.listen(engine, "connect", _careful_sqlite)
        case "postgresql":
            event.listen(engine, "connect", _careful_postgresql)


def insert_into(table: Table, dialect: str) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that knows what to do when the row is there already.

    Each dialect is a module of its own, and PostgreSQL's takes long to import.
    """
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        return insert_sqlite(table)
    from sqlalchemy.dialects.postgresql import insert as insert_postgresql

    return insert_postgresql(table)


def _careful_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    _tell(connection, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL",
          "PRAGMA foreign_keys = ON")  # fmt: skip


def _hasty_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    _tell(connection, "PRAGMA synchronous = NORMAL")


def _careful_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Whatever the server does by itself: a receipt that was shown survives a power cut."""
    _tell(connection, "SET synchronous_commit = on")


def _hasty_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    _tell(connection, "SET synchronous_commit = off")


def _tell(connection: DBAPIConnection, *statements: str) -> None:
    cursor = connection.cursor()
    try:
        for statement in statements:
            cursor.execute(statement)
    finally:
        cursor.close()
