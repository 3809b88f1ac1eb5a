"""Databases for the tests: SQLite always, MariaDB and PostgreSQL when a server answers.

Servers are named by `PORTAL_TEST_MARIADB_URL` and `PORTAL_TEST_POSTGRES_URL`, with an account that
may create databases. Everything made there is called `portal_test_<pid>_…` and dropped at the end.
"""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import OperationalError

from portal.demo.generator import generate
from portal.sei.tables import metadata
from tests.skips import MARIADB, POSTGRES, need

Kind: TypeAlias = Literal["sqlite", "mariadb", "postgres"]
Version: TypeAlias = Literal["3.1", "4.0", "4.1", "5.0"]

AGORA = datetime(2026, 3, 20, 14, 10)
"""Now, on the wall clock of the demo that fills the databases."""

KINDS: tuple[Kind, ...] = ("sqlite", "mariadb", "postgres")
SERVERS: tuple[Kind, ...] = ("mariadb", "postgres")
VERSIONS: tuple[Version, ...] = ("3.1", "4.0", "5.0")
"""The versions that are not the 4.1 of the reference database."""

_URLS = {
    "mariadb": ("PORTAL_TEST_MARIADB_URL", "mysql+pymysql://root@127.0.0.1:3306"),
    "postgres": (
        "PORTAL_TEST_POSTGRES_URL",
        "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    ),
}
_DUMPS = {"mariadb": "sei-4.1-mysql.sql.gz", "postgres": "sei-4.1-postgresql.sql.gz"}
_numbers = count(1)

# What makes room for a SEI in the charset it is installed with.
_CREATE = {
    "mariadb": "CREATE DATABASE {} CHARACTER SET latin1 COLLATE latin1_swedish_ci",
    "postgres": "CREATE DATABASE {} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' "
    "TEMPLATE template0",
}
_DROP = {"mariadb": "DROP DATABASE {}", "postgres": "DROP DATABASE {} WITH (FORCE)"}


def server_url(kind: Kind) -> URL:
    """The server's address; the test is skipped, or fails, when nothing answers there."""
    return need(MARIADB if kind == "mariadb" else POSTGRES, _answering(kind))


@cache
def _answering(kind: Kind) -> URL | None:
    variable, default = _URLS[kind]
    url = make_url(os.environ.get(variable, default))
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return None
    finally:
        engine.dispose()
    return url


@contextmanager
def new_database(kind: Kind, folder: Path) -> Iterator[URL]:
    """An empty database, gone afterwards; in `folder` when it is SQLite's."""
    name = f"portal_test_{os.getpid()}_{next(_numbers)}"
    if kind == "sqlite":
        file = folder / f"{name}.db"
        yield URL.create("sqlite+pysqlite", database=str(file))
        file.unlink(missing_ok=True)
        return
    server = create_engine(server_url(kind), isolation_level="AUTOCOMMIT")
    try:
        with server.connect() as connection:
            connection.execute(text(_CREATE[kind].format(name)))
        try:
            yield server.url.set(database=name)
        finally:
            with server.connect() as connection:
                connection.execute(text(_DROP[kind].format(name)))
    finally:
        server.dispose()


@contextmanager
def writing(url: URL) -> Iterator[Connection]:
    """A connection that may write, committed at the end. The portal never has one."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
    finally:
        engine.dispose()


def fill(url: URL, version: Version = "4.1", *, modulos: bool = True) -> None:
    """Build the demo there, with the tables that are missing, then make it the version's."""
    with writing(url) as connection:
        generate(connection, now=AGORA, modules=modulos)
        change_version(connection, version)


# SEI's reference database


def shared_folder() -> Path | None:
    """Where SEI's reference data lies, which is not the project's to publish."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    folder = Path(os.environ.get("PORTAL_TEST_SHARED", default))
    return folder if folder.is_dir() else None


def reference_dump(kind: Kind) -> Path | None:
    """The dump of SEI 4.1 for this engine, if this machine has it."""
    folder = shared_folder()
    dump = folder / "sei-ref" / _DUMPS[kind] if folder and kind in _DUMPS else None
    return dump if dump and dump.is_file() else None


def load_reference(url: URL, dump: Path) -> None:
    """Load a dump of the reference database, without the servers' own client programs."""
    if url.get_backend_name() == "postgresql":
        _load_postgres(url, dump)
    else:
        _load_mariadb(url, dump)


def _load_mariadb(url: URL, dump: Path) -> None:
    import pymysql
    from pymysql.constants import CLIENT

    connection = pymysql.connect(
        host=url.host,
        port=url.port or 3306,
        user=url.username,
        password=str(url.password or ""),
        database=url.database,
        charset="utf8mb4",
        autocommit=True,
        client_flag=CLIENT.MULTI_STATEMENTS,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(gzip.decompress(dump.read_bytes()).decode("utf-8"))
        while cursor.nextset():
            pass


def _load_postgres(url: URL, dump: Path) -> None:
    import psycopg

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        pending: list[bytes] = []
        # The dump is latin1, says so itself, and this only sends its bytes on.
        lines = iter(gzip.decompress(dump.read_bytes()).splitlines(keepends=True))
        for line in lines:
            if line.startswith(b"COPY "):
                cursor.execute(b"".join(pending))
                pending.clear()
                with cursor.copy(line.rstrip().rstrip(b";")) as copy:
                    for row in lines:
                        if row.startswith(b"\\."):
                            break
                        copy.write(row)
            elif b"sei_user" not in line:  # the owner there, unknown here
                pending.append(line)
        cursor.execute(b"".join(pending))


# Versions


def change_version(connection: Connection, version: Version) -> None:
    """Turn a SEI 4.1 into another version, as far as our queries can tell."""
    if version == "5.0":
        _upgrade_to_5(connection)
        return
    gone = {since for since in ("4.0", "4.1") if since > version}
    _drop_columns(connection, gone)
    if version == "3.1":
        _rename_number_indexes(connection)


def _drop_columns(connection: Connection, gone: set[str]) -> None:
    there = inspect(connection)
    for table in metadata.sorted_tables:
        if not there.has_table(table.name):
            continue
        if table.info.get("since") in gone:
            connection.execute(text(f"DROP TABLE {table.name}"))
            continue
        columns = {c["name"] for c in there.get_columns(table.name)}
        doomed = {c.name for c in table.c if c.info.get("since") in gone} & columns
        for index in there.get_indexes(table.name):
            # MySQL and PostgreSQL take a column's indexes along; SQLite wants them gone first.
            if doomed & set(index["column_names"]) and connection.dialect.name == "sqlite":
                connection.execute(text(f"DROP INDEX {index['name']}"))
        for column in sorted(doomed):
            connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN {column}"))


def _rename_number_indexes(connection: Connection) -> None:
    """Until 4.0 they were unique and called so; the demo has two numbers that could not be."""
    on_mysql = " ON protocolo" if connection.dialect.name in ("mysql", "mariadb") else ""
    for old, new, column in (
        ("i15_protocolo", "ak3_protocolo", "protocolo_formatado_pesquisa"),
        ("i16_protocolo", "ak4_protocolo", "protocolo_formatado_pesq_inv"),
    ):
        connection.execute(text(f"DROP INDEX {old}{on_mysql}"))
        connection.execute(text(f"CREATE INDEX {new} ON protocolo ({column})"))


def _upgrade_to_5(connection: Connection) -> None:
    """The changes of 5.0 that a query could stumble over, where the tables have them at all."""
    there = inspect(connection)
    columns = {
        name: {c["name"] for c in there.get_columns(name)} if there.has_table(name) else set()
        for name in ("contato", "procedimento", "usuario")
    }
    if "cnpj" in columns["contato"]:
        change = (
            "MODIFY cnpj char(14)"
            if connection.dialect.name in ("mysql", "mariadb")
            else "ALTER cnpj TYPE char(14) USING lpad(cnpj::text, 14, '0')"
        )
        connection.execute(text(f"ALTER TABLE contato {change}"))
    if "sta_ouvidoria" in columns["procedimento"]:
        connection.execute(text("ALTER TABLE procedimento DROP COLUMN sta_ouvidoria"))
    if columns["usuario"]:
        connection.execute(
            text("ALTER TABLE usuario ADD COLUMN sin_gov_br char(1) NOT NULL DEFAULT 'N'")
        )
    connection.execute(
        text(
            "CREATE TABLE solicitacao_ouvidoria (id_procedimento bigint PRIMARY KEY, "
            "id_documento bigint, sta_atendimento char(1) NOT NULL, sin_anonimo char(1) NOT NULL, "
            "sin_sigilo char(1) NOT NULL)"
        )
    )


def empty(connection: Connection) -> None:
    """Delete every row of the tables the portal reads, of those that are there."""
    there = set(inspect(connection).get_table_names())
    for table in reversed(metadata.sorted_tables):
        if table.name in there:
            connection.execute(table.delete())
