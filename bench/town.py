"""Invented SEIs to measure on, as `flask demo sei` builds them, on each kind of server."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import Literal

from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from bench import report
from bench.place import KEPT, new_place

Kind = Literal["sqlite", "mariadb", "postgresql"]

KINDS: tuple[Kind, ...] = ("sqlite", "mariadb", "postgresql")

TITLES = {"sqlite": "SQLite", "mariadb": "MariaDB", "postgresql": "PostgreSQL"}

SMALL = 400
"""Processos: the least that the demo has, every named case among them."""

_SERVERS = {
    "mariadb": ("PORTAL_TEST_MARIADB_URL", "mysql+pymysql://root@127.0.0.1:3306"),
    "postgresql": (
        "PORTAL_TEST_POSTGRES_URL",
        "postgresql+psycopg://postgres@127.0.0.1:5432/postgres",
    ),
}
# In the charset that SEI is installed with.
_CREATE = {
    "mariadb": "CREATE DATABASE {} CHARACTER SET latin1 COLLATE latin1_swedish_ci",
    "postgresql": "CREATE DATABASE {} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
    " TEMPLATE template0",
}
_DROP = {
    "mariadb": "DROP DATABASE IF EXISTS {}",
    "postgresql": "DROP DATABASE IF EXISTS {} WITH (FORCE)",
}


@dataclass(frozen=True)
class Town:
    """A SEI of a município that does not exist."""

    kind: Kind
    processos: int
    url: URL

    @property
    def slug(self) -> str:
        return f"{self.kind}-{self.processos}"

    @property
    def host(self) -> str:
        """Where its tenant answers; browsers look for no server to find this name."""
        return f"{self.slug}.localhost"

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    def ask(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        """The rows of a SELECT in words that every engine knows."""
        engine = create_engine(self.url)
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(sql), values)]
        finally:
            engine.dispose()

    def count(self, table: str) -> int:
        return int(str(self.ask(f"SELECT count(*) FROM {table}")[0][0]))

    def list_numeros(self, most: int) -> list[str]:
        """Numbers of public processos, from the first to the last at even distances."""
        last = int(str(self.ask("SELECT max(id_protocolo) FROM protocolo")[0][0]))
        engine = create_engine(self.url)
        try:
            with engine.connect() as connection:
                found = (
                    connection.execute(text(_NEXT), {"id": last * n // most}).scalar()
                    for n in range(most)
                )
                return [str(numero) for numero in dict.fromkeys(found) if numero]
        finally:
            engine.dispose()


_NEXT = (
    "SELECT protocolo_formatado_pesquisa FROM protocolo WHERE id_protocolo > :id"
    " AND sta_protocolo = 'P' AND sta_nivel_acesso_global = '0' ORDER BY id_protocolo LIMIT 1"
)


def list_kinds(wanted: Sequence[Kind] = KINDS) -> list[Kind]:
    """Those that answer; the others are named loudly."""
    kinds: list[Kind] = []
    for kind in wanted:
        if kind == "sqlite" or _answers(_server_url(kind)):
            kinds.append(kind)
        else:
            report.skipped(f"anything on {TITLES[kind]}", f"No server: set {_SERVERS[kind][0]}")
    return kinds


@contextmanager
def building(kind: Kind, processos: int, keep: bool) -> Iterator[Town]:
    """A town, gone afterwards unless it is kept; one that was kept is used again."""
    name = f"portal_bench_{processos}" if keep else f"portal_bench_{os.getpid()}_{processos}"
    if kind == "sqlite":
        with TemporaryDirectory(prefix="portal-bench-") as folder:
            path = KEPT if keep else Path(folder)
            path.mkdir(parents=True, exist_ok=True)
            url = URL.create("sqlite+pysqlite", database=str(path / f"{name}.sqlite3"))
            yield _built(Town(kind, processos, url))
        return
    server = create_engine(_server_url(kind), isolation_level="AUTOCOMMIT")
    town = Town(kind, processos, server.url.set(database=name))
    try:
        if not keep or not _answers(town.url):
            _remake(server, town)
        try:
            yield _rebuilt(server, town) if keep else _built(town)
        finally:
            if not keep:
                _run(server, _DROP[kind].format(name))
    finally:
        server.dispose()


def _built(town: Town) -> Town:
    """Build it, or do nothing where it is complete."""
    with TemporaryDirectory(prefix="portal-bench-") as folder:
        place = new_place(Path(folder), {"nobody": "sqlite:///nothing.db"})
        place.flask(
            "demo", "sei", "--url", town.url.render_as_string(hide_password=False),
            "--processos", str(town.processos), "--seed", "1", "--gigante",
        )  # fmt: skip
    return town


def _rebuilt(server: Engine, town: Town) -> Town:
    """The one that was kept, or another when its building was interrupted."""
    with suppress(CalledProcessError):
        return _built(town)
    _remake(server, town)
    return _built(town)


def _remake(server: Engine, town: Town) -> None:
    _run(server, _DROP[town.kind].format(town.url.database))
    _run(server, _CREATE[town.kind].format(town.url.database))


def _run(server: Engine, sql: str) -> None:
    with server.connect() as connection:
        connection.execute(text(sql))


def _server_url(kind: Kind) -> URL:
    variable, default = _SERVERS[kind]
    return make_url(os.environ.get(variable, default))


def _answers(url: URL) -> bool:
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True
