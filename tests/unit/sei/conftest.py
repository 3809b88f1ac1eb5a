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
from datetime import date, datetime, timedelta
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
from portal.sei.values import (
    Andamento,
    Atributo,
    Documento,
    EstadoProtocolo,
    Hit,
    Neighbour,
    NivelAcesso,
    Procedimento,
    StaDocumento,
    Step,
    Tarefa,
    TipoProtocolo,
    Tracking,
    Unidade,
)
from portal.sei.visibility import DocumentFacts, Referenced, Rules
from portal.tenancy import Encarregado, Tenant, Visibilidade

FUSO = ZoneInfo("America/Sao_Paulo")
WALL_CLOCK = datetime(2026, 3, 20, 14, 10)
"""Now, as SEI writes it."""
NOW = WALL_CLOCK.replace(tzinfo=FUSO)
HOJE = NOW.date()
A_DAY = timedelta(days=1)


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
        return service.find(self.tenant, read(typed).candidates, NOW)

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


# Values, where no database is needed

OBRAS = Unidade(7, "SEOBRAS", "Secretaria Municipal de Obras e Urbanismo", "PMVA")


def make_andamento(
    nome: str | None,
    id_tarefa: int | None = 65,
    *,
    modulo: str | None = None,
    moment: datetime = NOW,
    id_atividade: int = 1,
    **atributos: Any,
) -> Andamento:
    """An andamento by its template; an attribute is its `valor`, or `Atributo`'s other fields in a
    tuple; a list makes several rows of one name."""
    rows = []
    for name, values in atributos.items():
        for value in values if isinstance(values, list) else [values]:
            fields = value if isinstance(value, tuple) else (value, None)
            rows.append(Atributo(name, *fields))
    return Andamento(
        id_atividade=id_atividade,
        moment=moment,
        unidade=OBRAS,
        tarefa=Tarefa(id_tarefa, nome, modulo),
        atributos=tuple(rows),
    )


def make_referenced(**changes: Any) -> Referenced:
    """A público document made in SEI and signed."""
    signed = Referenced(
        id_protocolo=501,
        formatado="0000501",
        chave="0000501",
        tipo_protocolo=TipoProtocolo.GERADO,
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        id_orgao=0,
        id_unidade_geradora=OBRAS.id_unidade,
        nome="Parecer",
        assinado=True,
    )
    return replace(signed, **changes)


def make_other_processo(**changes: Any) -> Referenced:
    """Another processo, público."""
    other = make_referenced(
        id_protocolo=900,
        formatado="9310.01.0000009/2026-31",
        chave="9310010000009202631",
        tipo_protocolo=TipoProtocolo.PROCESSO,
        nome="IPTU: Revisão de Lançamento",
        assinado=False,
    )
    return replace(other, **changes)


def make_procedimento(**changes: Any) -> Procedimento:
    """A público processo, with everything there is to know about one."""
    processo = Procedimento(
        id_procedimento=1,
        formatado="9310.01.0000001/2026-05",
        chave="9310010000001202605",
        tipo="Obras: Alvará de Construção",
        estado=EstadoProtocolo.NORMAL,
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        hipotese_legal=None,
        orgao="Prefeitura Municipal de Vale das Acácias",
        autuacao=date(2026, 2, 18),
        unidade_geradora=OBRAS,
        concluded_on=None,
        eliminado=False,
        descricao="Rua das Flores, 10",
    )
    return replace(processo, **changes)


def make_rules(**changes: Any) -> Rules:
    """The rules of a tenant that chose nothing."""
    rules = Rules(
        restritos=True,
        documentos_de_restritos=False,
        andamentos_de_restritos=False,
        descricao=False,
        data_corte=None,
        unidade_teste=None,
    )
    return replace(rules, **changes)


def make_facts(**changes: Any) -> DocumentFacts:
    """A document of which nothing keeps it closed."""
    facts = DocumentFacts(
        nivel_acesso_local=NivelAcesso.PUBLICO,
        nivel_acesso_global=NivelAcesso.PUBLICO,
        sta_documento=StaDocumento.INTERNO,
        id_serie=5,
        included_on=date(2026, 3, 1),
        intimacao_pendente=False,
    )
    return replace(facts, **changes)
