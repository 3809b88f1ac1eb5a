"""A SEI in a file of its own for each test, written by the builder and read as the portal reads.

`scene` has no `md_pesq_parametro`, so the tenant's options decide; `scene.publish` brings the table
with what a city chose. Whatever the builder was told is written at the next question.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, Engine, create_engine, event, text

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.numero import NumeroProtocolo, read
from portal.sei import documentos, service, tables
from portal.sei.installation import forget
from portal.sei.queries.names import KEPT
from portal.sei.search import kept_choices
from portal.sei.values import Documento, EmAndamento, History, Hit, Neighbour, Step, Tracking
from portal.tenancy import Encarregado, Tenant, Visibilidade

FUSO = ZoneInfo("America/Sao_Paulo")
WALL_CLOCK = datetime(2026, 3, 20, 14, 10)
"""Now, as SEI writes it."""
NOW = WALL_CLOCK.replace(tzinfo=FUSO)
HOJE = NOW.date()
A_DAY = timedelta(days=1)
TIPO = "IPTU: Revisão de Lançamento"
"""Of a processo that was not given another."""
TWO = [("Ana Lima", "Chefe"), ("Rui Sá", "Fiscal")]
"""Signers of one document."""


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    """A moment of this year, as SEI writes it."""
    return datetime(2026, month, day, hour)


def instant(day: int, hour: int = 10, month: int = 3) -> datetime:
    """The same as the portal says it."""
    return at(day, hour, month).replace(tzinfo=FUSO)


class Scene:
    """What a test sets up in SEI through `sei`, and what the portal then says of it."""

    def __init__(self, writer: Engine, tenant: Tenant) -> None:
        self._connection = writer.connect()
        self.sei = SeiBuilder(self._connection, now=WALL_CLOCK)
        self.tenant = tenant

    def configure(self, *, orgaos: Sequence[int] | None = None, **changes: Any) -> None:
        """Options of visibility, the tenant's list of órgãos, or its file of sentences."""
        options = {f: changes.pop(f) for f in Visibilidade.__struct_fields__ if f in changes}
        if orgaos is not None:
            changes["orgaos"] = frozenset(orgaos)
        visibilidade = Visibilidade(**options) if options else self.tenant.visibilidade
        opened = self.tenant.sei
        self.tenant = replace(self.tenant, visibilidade=visibilidade, **changes)
        self.tenant._engines[os.getpid()] = opened

    def publish(self, **parametros: str | None) -> None:
        """The city has Pesquisa Pública, and chose these parameters of it."""
        self.sei.target.create_missing()
        for nome, valor in parametros.items():
            self.sei.pesquisa(nome, valor)

    def alter(self, statement: str) -> None:
        """SQL, for what no builder would do; before the first question."""
        self.save()
        self._connection.execute(text(statement))

    def scalar(self, statement: str) -> Any:
        """One value of what SEI holds."""
        self.save()
        return self._connection.execute(text(statement)).scalar_one()

    def save(self) -> None:
        """What was set up is there; words that were kept before it are asked for anew."""
        self.sei.flush()
        self._connection.commit()
        KEPT.forget(self.tenant.sei)

    def track(self, what: Processo | str, **options: Any) -> Tracking:
        found = self.answer(what, **options)
        assert isinstance(found, Tracking)
        return found

    def answer(self, what: Processo | str, **options: Any) -> Any:
        """What `track` returns, be it a Tracking or not."""
        self.save()
        options = {"now": NOW, "main_only": False} | options
        return service.track(self.tenant, numero_of(what), **options)

    def documento(self, what: Processo | str, numero_sei: str) -> Documento:
        self.save()
        return documentos.get_documento(self.tenant, numero_of(what), numero_sei, now=NOW).documento

    def find(self, typed: str) -> tuple[Hit, ...]:
        """What the text leads to, read as a person's."""
        self.save()
        return service.list_hits(self.tenant, read(typed).candidates, NOW)

    def listed(self, what: Processo | str) -> list[str]:
        """Numbers of the documents and anexados that the page lists; [] when it lists none."""
        contents = self.track(what).contents
        return [] if contents is None else [number_of(item) for item in contents.items]

    def told(self, what: Processo | str, **options: Any) -> list[str]:
        """SEI's texts in the history, oldest first."""
        return [e.sei_text for e in self.steps(what, **options)]

    def steps(self, what: Processo | str, **options: Any) -> list[Step]:
        history = self.track(what, oldest_first=True, **options).history
        return [] if history is None else list(history.steps)

    def walk(self, what: Processo | str, **options: Any) -> list[History]:
        """Every page of the history, as a reader who goes on turning them."""
        pages: list[History] = []
        cursor: int | None = None
        while True:
            history = self.track(what, before=cursor, **options).history
            assert history is not None
            pages.append(history)
            cursor = history.next_cursor
            if cursor is None:
                return pages
            assert len(pages) < 20, "the pages never end"

    def open_in(self, what: Processo | str) -> list[tuple[str, datetime]]:
        """The units where it is open, each with when it last arrived there."""
        situacao = self.track(what).situacao
        assert isinstance(situacao, EmAndamento)
        return [(stay.unidade.sigla, stay.since) for stay in situacao.stays]

    def close(self) -> None:
        self._connection.close()


@dataclass(frozen=True)
class Stage:
    """What every scene is set on: one file, one engine to write it and one tenant to read it.

    They are made once because an engine remembers how its statements compile.
    """

    blank: Path
    file: Path
    writer: Engine
    tenant: Tenant

    def clear(self) -> None:
        self.writer.dispose()
        self.tenant.sei.dispose()
        forget(self.tenant.sei)
        kept_choices.cache_clear()
        # Another file, not the same one emptied: a test that failed may hold a lock on the old.
        self.file.unlink()
        shutil.copyfile(self.blank, self.file)


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A SEI with every module but Pesquisa Pública, and no processos."""
    folder = tmp_path_factory.mktemp("sei")
    url = URL.create("sqlite+pysqlite", database=str(folder / "sei.db"))
    writer = create_engine(url)
    event.listen(writer, "connect", _careless)
    with writer.begin() as connection:
        SeiBuilder(connection, now=WALL_CLOCK, create=True).flush()
        tables.md_pesq_parametro.drop(connection)
        parametro = tables.infra_parametro
        connection.execute(
            parametro.delete().where(parametro.c.nome == "VERSAO_MODULO_PESQUISA_PUBLICA")
        )
    writer.dispose()
    shutil.copyfile(folder / "sei.db", folder / "blank.db")
    tenant = Tenant(
        slug="vale",
        nome="Vale das Acácias",
        hosts=("vale.example",),
        endereco="https://vale.example",
        cor="#1351b4",
        encarregado=Encarregado("Ana Lima", "dpo@vale.example"),
        sei_url=url,
    )
    yield Stage(folder / "blank.db", folder / "sei.db", writer, tenant)
    writer.dispose()
    tenant.sei.dispose()


def _careless(connection: sqlite3.Connection, _: object) -> None:
    """Nobody will miss this file: waiting for the disk was most of the time these tests took."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = MEMORY")


@pytest.fixture
def scene(stage: Stage) -> Iterator[Scene]:
    stage.clear()
    scene = Scene(stage.writer, stage.tenant)
    yield scene
    scene.close()


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The statements an engine is sent meanwhile."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def numero_of(what: Processo | str) -> NumeroProtocolo:
    return NumeroProtocolo(what.chave if isinstance(what, Processo) else what)


def number_of(item: Documento | Neighbour) -> str:
    return item.formatado if isinstance(item, Neighbour) else item.numero_sei
