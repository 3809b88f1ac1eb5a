"""Databases for the tests: SQLite always, MariaDB and PostgreSQL when a server answers.

Servers are named by `PORTAL_TEST_MARIADB_URL` and `PORTAL_TEST_POSTGRES_URL`, with an account that
may create databases. Everything made there is called `portal_test_<pid>_…` and dropped at the end;
what a run left behind that could not end is dropped by the next one.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal, TypeAlias

import psutil
from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from portal.sei.tables import metadata
from tests.skips import MARIADB, POSTGRES, need

Kind: TypeAlias = Literal["sqlite", "mariadb", "postgres"]
Version: TypeAlias = Literal["3.1", "4.0", "4.1", "5.0"]

WALL_CLOCK = datetime(2026, 3, 20, 14, 10)
"""Now, on the wall clock of the demo that fills the databases."""

KINDS: tuple[Kind, ...] = ("sqlite", "mariadb", "postgres")
SERVERS: tuple[Kind, ...] = ("mariadb", "postgres")
VERSIONS: tuple[Version, ...] = ("3.1", "4.0", "5.0")
"""The versions that are not the 4.1 of the reference database."""

PORTS = {"mysql": 3306, "postgresql": 5432}
"""Where a server of this dialect is when its URL does not say."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")

_URLS = {
    "mariadb": ("PORTAL_TEST_MARIADB_URL", "mysql+pymysql://root@127.0.0.1:3306"),
    "postgres": (
        "PORTAL_TEST_POSTGRES_URL",
        "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    ),
}
_numbers = count(1)

# What makes room for a SEI in the charset it is installed with.
_CREATE = {
    "mariadb": "CREATE DATABASE {} CHARACTER SET latin1 COLLATE latin1_swedish_ci",
    "postgres": "CREATE DATABASE {} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' "
    "TEMPLATE {template}",
}
_DROP = {"mariadb": "DROP DATABASE IF EXISTS {}", "postgres": "DROP DATABASE IF EXISTS {} (FORCE)"}
_LIST = {
    "mariadb": "SELECT schema_name FROM information_schema.schemata",
    "postgres": "SELECT datname FROM pg_database",
}
_HASTY = {"postgresql": {"options": "-c synchronous_commit=off"}}


def server_url(kind: Kind) -> URL:
    """The server's address; the test is skipped, or fails, when nothing answers there."""
    return need(MARIADB if kind == "mariadb" else POSTGRES, _answering(kind))


@cache
def _answering(kind: Kind) -> URL | None:
    variable, default = _URLS[kind]
    url = make_url(os.environ.get(variable, default))
    engine = create_engine(url, connect_args={"connect_timeout": 10}, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as server:
            drop_left_behind(kind, server)
    except OperationalError:
        return None
    finally:
        engine.dispose()
    return url


def drop_left_behind(kind: Kind, server: Connection) -> None:
    """Drop the databases of runs that are over, which are those whose process is."""
    if server.engine.url.host not in LOOPBACK:
        return  # the processes of another machine are not ours to know
    for name in server.scalars(text(_LIST[kind])).all():
        made_by = re.match(r"portal_test_(\d+)_", name)
        if made_by and not psutil.pid_exists(int(made_by[1])):
            with suppress(DBAPIError):  # somebody else is doing it too
                server.execute(text(_DROP[kind].format(name)))


@contextmanager
def new_database(kind: Kind, folder: Path, *, template: URL | None = None) -> Iterator[URL]:
    """A database of one's own, gone afterwards; in `folder` when it is SQLite's.

    It is empty, or on PostgreSQL what `template` is, which nobody may be connected to meanwhile.
    """
    name = f"portal_test_{os.getpid()}_{next(_numbers)}"
    if kind == "sqlite":
        file = folder / f"{name}.db"
        yield URL.create("sqlite+pysqlite", database=str(file))
        file.unlink(missing_ok=True)
        return
    with _server(kind) as server:
        source = template.database if template else "template0"
        with server.connect() as connection:
            connection.execute(text(_CREATE[kind].format(name, template=source)))
        try:
            yield server.url.set(database=name)
        finally:
            with server.connect() as connection:
                connection.execute(text(_DROP[kind].format(name)))


@contextmanager
def _server(kind: Kind) -> Iterator[Engine]:
    engine = create_engine(server_url(kind), isolation_level="AUTOCOMMIT")
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def writing(url: URL, *, lasting: bool = False) -> Iterator[Connection]:
    """A connection that may write, committed at the end. The portal never has one.

    What it writes is there after the server was killed only if it is `lasting`, which takes longer.
    """
    hasty = {} if lasting else _HASTY.get(url.get_backend_name(), {})
    engine = create_engine(url, connect_args=hasty)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA synchronous = OFF")
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def empty(connection: Connection) -> None:
    """Delete every row of the tables the portal reads, of those that are there."""
    there = set(inspect(connection).get_table_names())
    for table in reversed(metadata.sorted_tables):
        if table.name in there:
            connection.execute(table.delete())
