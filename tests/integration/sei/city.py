"""Random SEIs, with a mark of its own in everything that anybody typed.

A `City` is a plan, small and readable when a test fails on it; `build` makes it rows. Names,
notes, titles, e-mails and files have marks as `zq0042xk`, so that a page can be searched for what
it may not say. Numbers of processos look like no mask, so that no page can compose one by itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Literal, get_args

from sqlalchemy import Connection, select, update

from portal.demo import tramites
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.demo.tarefas import list_tarefas
from portal.demo.town import SERIE_OUVIDORIA
from portal.demo.tramites import OtherOrgao
from portal.sei import tables
from tests.integration.engines import WALL_CLOCK

MARK = re.compile(r"zq\d{4}xk")
DATA_CORTE = WALL_CLOCK - timedelta(days=20)
RECENT, OLD = WALL_CLOCK - timedelta(days=10), WALL_CLOCK - timedelta(days=40)

PaperKind = Literal[
    "assinado", "minuta", "assinatura desfeita", "externo", "conferido", "formulário",
    "formulário em branco", "edoc", "edoc em branco", "e-mail", "ouvidoria", "recibo",
]  # fmt: skip
End = Literal["", "concluído", "sobrestado", "bloqueado", "eliminado", "em trânsito", "recusado"]
Intimacao = Literal["", "pendente", "cumprida"]

PESQUISA = (
    "METADADOS_PROCESSO_RESTRITO",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO",
)
TAREFAS: tuple[int | str | None, ...] = tuple(
    t.id_tarefa_modulo or t.id_tarefa for t in list_tarefas()
)
# Those with most to hide come up more often than one in a hundred and thirty.
DELICATE: tuple[int | str | None, ...] = (
    None, 2, 5, 7, 12, 18, 19, 20, 33, 42, 43, 50, 52, 62, 63, 64, 65, 69, 86,
    87, 88, 89, 90, 101, 113, 132,
    "MD_PET_INTIMACAO_EXPEDIDA", "MD_PET_PETICIONAMENTO_EFETIVADO", "PEN_PROCESSO_RECUSADO",
    "PEN_PROCESSO_CANCELADO", "PEN_DOCUMENTO_AVULSO_RECEBIDO", "PEN_PROCESSO_EXPEDIDO",
)  # fmt: skip
PEOPLE = 3
"""Whom SEI knows by a CPF. The last of them has no acesso externo."""
FIRM = PEOPLE
"""The place, after the people's, of a company that some of them act for."""
CNPJ = 11444777000161
_PLACEHOLDER = re.compile(r"[@#]([A-Z_]+)[@#]")


@dataclass(frozen=True)
class Paper:
    """A document."""

    kind: PaperKind
    nivel: str
    cancelled: bool
    old: bool
    """Before the data de corte."""
    intimacao: Intimacao
    moved_to: int | None
    local_only: bool
    """Its level was not carried to the global of its group, as SEI always does."""


@dataclass(frozen=True)
class Entry:
    """An andamento. It names processos and documents of the whole city, by their place."""

    tarefa: int | str | None
    processo: int
    paper: int
    number_only: bool
    """It names them by number, without `id_origem`."""


@dataclass(frozen=True)
class Folder:
    """A processo."""

    nivel: str
    unidade: str
    end: End
    papers: Sequence[Paper]
    entries: Sequence[Entry]
    other: int
    """The processo it is tied to."""
    tie: Literal["", "anexado", "relacionado", "sobrestado"]
    local_only: bool
    """Sigiloso in its local level and not in the global."""
    alike: bool
    """Its number has the letters and digits of the first processo's, as can be since SEI 4.0."""


@dataclass(frozen=True)
class Access:
    """An acesso externo of one of the city's people to one of its processos."""

    person: int
    processo: int
    papers: tuple[int, ...] | None
    """Which of its documents, by their place; None for the whole."""
    ends: int
    """Days from now; 0 is today."""
    tipo: str
    active: bool


@dataclass(frozen=True)
class Notice:
    """An intimação that somebody gets on a document, and a recibo of the same person."""

    whom: int
    """One of the people, or the company."""
    processo: int
    paper: int
    situacao: str
    resposta: str
    ends: int | None
    """Days from now until which an answer is taken; None for ever."""
    active: bool


@dataclass(frozen=True)
class Power:
    """That one of the people may act for another, or for the company."""

    who: int
    whom: int
    tipo: str
    estado: str
    ends: int | None
    """Days from now; 0 is today. None for ever."""
    over: bool
    """Somebody has ended it."""
    processos: tuple[int, ...] | None
    """None for all."""


@dataclass(frozen=True)
class City:
    folders: Sequence[Folder]
    pesquisa: dict[str, str | None] = field(default_factory=dict)
    """Rows of `md_pesq_parametro`, in the cities that have the table."""
    whole_history: bool = False
    """The site has put every tarefa in its public history."""
    unnamed_ouvidoria: bool = False
    """SEI does not say which série the ouvidoria's forms are."""
    accesses: Sequence[Access] = ()
    accounts: Sequence[str] = ()
    """`sta_tipo` of the account of each person, `-` for one that was taken away."""
    notices: Sequence[Notice] = ()
    powers: Sequence[Power] = ()


def random_city(chance: Random) -> City:
    """Any city of two to four processos."""
    decided = {nome: chance.choice(("S", "S", "N", None)) for nome in PESQUISA}
    said = {nome: valor for nome, valor in decided.items() if chance.random() < 0.9}
    if chance.random() < 0.6:
        said["DATA_CORTE"] = chance.choice(
            (f"{DATA_CORTE:%Y-%m-%d}", f"{DATA_CORTE:%d/%m/%Y}", None)
        )
    return City(
        folders=tuple(_random_folder(chance) for _ in range(chance.randint(2, 4))),
        pesquisa=said,
        whole_history=chance.random() < 0.4,
        unnamed_ouvidoria=chance.random() < 0.3,
        accesses=tuple(_random_access(chance) for _ in range(chance.randint(0, 5))),
        accounts=tuple(chance.choice("333332-") for _ in range(PEOPLE)),
        notices=tuple(_random_notice(chance) for _ in range(chance.randint(0, 5))),
        powers=tuple(_random_power(chance) for _ in range(chance.randint(0, 5))),
    )


def _random_notice(chance: Random) -> Notice:
    return Notice(
        whom=chance.choice((*range(PEOPLE), FIRM, FIRM)),
        processo=chance.randrange(4),
        paper=chance.randrange(4),
        situacao=chance.choice("11112345?"),
        resposta=chance.choice("EEFS?"),
        ends=chance.choice((None, -1, 0, 9)),
        active=chance.random() < 0.85,
    )


def _random_power(chance: Random) -> Power:
    some = tuple(chance.randrange(4) for _ in range(chance.randint(0, 3)))
    return Power(
        who=chance.randrange(PEOPLE),
        whom=chance.choice((*range(PEOPLE), FIRM, FIRM, FIRM)),
        tipo=chance.choice("LLECSSU?"),
        estado=chance.choice("AAAAAASRCVTI?"),
        ends=chance.choice((None, None, -1, 0, 9)),
        over=chance.random() < 0.1,
        processos=chance.choice((None, some)),
    )


def _random_access(chance: Random) -> Access:
    some = tuple(chance.randrange(4) for _ in range(chance.randint(0, 3)))
    return Access(
        person=chance.randrange(PEOPLE - 1),
        processo=chance.randrange(4),
        papers=chance.choice((None, some)),
        ends=chance.choice((-1, 0, 9)),
        tipo=chance.choice("EEEEEAID"),
        active=chance.random() < 0.85,
    )


def _random_folder(chance: Random) -> Folder:
    return Folder(
        nivel=chance.choice("0000112"),
        unidade=chance.choice(("PROTOCOLO", "SEFAZ", "SEFAZ", "SEOBRAS", "CM-PROTOCOLO", "TESTE")),
        end=chance.choice(("", "", "", *get_args(End))),
        papers=tuple(_random_paper(chance) for _ in range(chance.randint(0, 4))),
        entries=tuple(_random_entry(chance) for _ in range(chance.randint(0, 5))),
        other=chance.randrange(4),
        tie=chance.choice(("", "", "anexado", "relacionado", "sobrestado")),
        local_only=chance.random() < 0.1,
        alike=chance.random() < 0.15,
    )


def _random_paper(chance: Random) -> Paper:
    return Paper(
        kind=chance.choice(get_args(PaperKind)),
        nivel=chance.choice("0000000112"),
        cancelled=chance.random() < 0.15,
        old=chance.random() < 0.4,
        intimacao=chance.choice(("", "", "", "pendente", "cumprida")),
        moved_to=chance.choice((None, None, None, None, 0, 1)),
        local_only=chance.random() < 0.2,
    )


def _random_entry(chance: Random) -> Entry:
    return Entry(
        tarefa=chance.choice(chance.choice((DELICATE, TAREFAS))),
        processo=chance.randrange(4),
        paper=chance.randrange(4),
        number_only=chance.random() < 0.2,
    )


def cpf_of(person: int) -> int:
    """The CPF of one of the city's people."""
    return 31200005509 + 1_000_000 * (person + 1)


def repository_of(file: Path) -> Path:
    """The folder of a SEI's files, beside its database."""
    return file.with_suffix(".arquivos")


def build(connection: Connection, city: City, repositorio: Path) -> None:
    """Write the city into a SEI that has no processo yet; the caller commits."""
    _set_flags(connection, city.whole_history)
    connection.execute(
        update(tables.infra_parametro)
        .where(tables.infra_parametro.c.nome == "ID_SERIE_OUVIDORIA")
        .values(valor=None if city.unnamed_ouvidoria else str(SERIE_OUVIDORIA))
    )
    sei = SeiBuilder(connection, now=WALL_CLOCK, repositorio=repositorio)
    for nome, valor in city.pesquisa.items():
        sei.pesquisa(nome, valor)
    builder = _Builder(sei, city)
    builder.build()
    sei.flush()
    builder.fill_in(connection)


def _set_flags(connection: Connection, whole: bool) -> None:
    t = tables.tarefa.c
    if whole:
        every = {"sin_historico_resumido": "S", "sin_consulta_processual": "S"}
        connection.execute(update(tables.tarefa).values(every))
    elif connection.scalar(select(t.sin_historico_resumido).where(t.id_tarefa == 2)) == "S":
        for tarefa in list_tarefas():
            flags = {name: tarefa.flags[name] for name in ("sin_historico_resumido",)}
            flags["sin_consulta_processual"] = tarefa.flags["sin_consulta_processual"]
            where = (
                t.id_tarefa_modulo == tarefa.id_tarefa_modulo
                if tarefa.id_tarefa_modulo
                else t.id_tarefa == tarefa.id_tarefa
            )
            connection.execute(update(tables.tarefa).where(where).values(flags))


class _Builder:
    def __init__(self, sei: SeiBuilder, city: City) -> None:
        self.sei = sei
        self.city = city
        self.folders = city.folders
        self.processos: list[Processo] = []
        self._marks: Iterator[int] = count(1)

    def build(self) -> None:
        for n, folder in enumerate(self.folders):
            self.processos.append(self._processo(n, folder))
        papers = [
            (paper, self._documento(processo, paper))
            for processo, folder in zip(self.processos, self.folders, strict=True)
            for paper in folder.papers
        ]
        for paper, documento in papers:
            self._happen(paper, documento)
        for processo, folder in zip(self.processos, self.folders, strict=True):
            for entry in folder.entries:
                self._step(processo, entry)
        for n, (processo, folder) in enumerate(zip(self.processos, self.folders, strict=True)):
            self._end(processo, folder)
            self._tie(n, processo, folder)
        self._give_access()
        # Last, since what SEI never does would be put right by whatever comes after.
        for paper, documento in papers:
            if paper.local_only:
                documento.row["sta_nivel_acesso_local"] = paper.nivel
        for processo, folder in zip(self.processos, self.folders, strict=True):
            if folder.local_only:
                processo.row["sta_nivel_acesso_local"] = "2"

    def _give_access(self) -> None:
        if not self.city.accounts:
            return
        people = [self.sei.contato(self._person(), cpf=cpf_of(n)) for n in range(PEOPLE)]
        for contato, tipo in zip(people, self.city.accounts, strict=True):
            self.sei.usuario_externo(
                contato, tipo=tipo.replace("-", "3"), active=tipo != "-", nome=self._person()
            )
        for processo in self.processos[:2]:
            self.sei.interessado(processo, people[-1])
        for access in self.city.accesses:
            processo = self._at(access.processo)
            there = processo.documentos
            papers = [there[n % len(there)] for n in access.papers or () if there]
            self.sei.acesso_externo(
                processo,
                people[access.person],
                None if access.papers is None else list(dict.fromkeys(papers)),
                until=(WALL_CLOCK + timedelta(days=access.ends)).date(),
                tipo=access.tipo,
                to_sign=there[0] if there and access.tipo == "A" else None,
                active=access.active,
                nome=self._person(),
            )
        self._notify_and_empower(people)

    def _notify_and_empower(self, people: list[int]) -> None:
        """What only the module Peticionamento keeps, with a mark in everything that it shows."""
        firm = self.sei.contato(f"Firma {self._mark()} Ltda", cnpj=CNPJ, natureza="J")
        again = self.sei.contato(f"Firma {self._mark()}", cnpj=CNPJ, natureza="J", active=False)
        self.sei.interessado(self.processos[0], firm)
        self.sei.interessado(self.processos[-1], again)
        self.sei.usuario_externo(firm, nome=self._person())
        self.sei.acesso_externo(self.processos[-1], firm, nome=self._person())
        whom = [*people, firm]
        for notice in self.city.notices:
            self._notify(notice, whom[notice.whom])
        for power in self.city.powers:
            ends = None if power.ends is None else WALL_CLOCK + timedelta(days=power.ends)
            self.sei.vinculo(
                whom[power.whom],
                people[power.who],
                power.tipo,
                estado=power.estado,
                until=ends.date() if ends else None,
                ended=WALL_CLOCK.date() if power.over else None,
                processos=None
                if power.processos is None
                else list({p.id: p for p in map(self._at, power.processos)}.values()),
                poderes=[f"Poder {self._mark()}, a pedir a {self._email()}"],
            )

    def _notify(self, notice: Notice, whom: int) -> None:
        processo = self._at(notice.processo)
        if not processo.documentos:
            return
        documento = processo.documentos[notice.paper % len(processo.documentos)]
        ends = None if notice.ends is None else WALL_CLOCK + timedelta(days=notice.ends)
        self.sei.intimacao(
            [documento],
            [whom],
            fulfilled=0 if notice.situacao == "1" else 1,
            andamentos=False,
            tipo=f"Tipo {self._mark()}",
            resposta=notice.resposta,
            due=ends.date() if ends else None,
            prazo=(15, "U"),
            situacao=notice.situacao,
            active=notice.active,
        )
        account = self.sei.usuario_externo(whom, nome=self._person())
        self.sei.recibo(processo, account, "R", finished=notice.active)

    def fill_in(self, connection: Connection) -> None:
        """Give a page to every document without one: a draft must not be closed for want of it."""
        c = tables.documento_conteudo.c
        blank = connection.scalars(
            select(c.id_documento).where(c.conteudo_assinatura.is_(None)).order_by(c.id_documento)
        )
        for key in blank.all():
            connection.execute(
                update(tables.documento_conteudo)
                .where(c.id_documento == key)
                .values(conteudo_assinatura=f"<p>Página {self._mark()}</p>")
            )

    def _mark(self) -> str:
        return f"zq{next(self._marks):04d}xk"

    def _text(self) -> str:
        """What somebody typed, with what should not be there."""
        return f"Nota {self._mark()}: escreva a {self._email()}, CPF {self._cpf()}"

    def _cpf(self) -> str:
        n = next(self._marks)
        digits = f"312{n:04d}5509"
        dotted = f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"
        return dotted if n % 2 else digits

    def _email(self) -> str:
        return f"{self._mark()}@correio.example"

    def _person(self) -> str:
        return f"Fulana {self._mark()} da Silva"

    def _processo(self, n: int, folder: Folder) -> Processo:
        alike = ("VALE-17/55123.2026", "VALE17/55123-2026", "VALE/1755123.2026", "VALE1755.1232026")
        processo = self.sei.processo(
            alike[n] if folder.alike or n == 0 else f"VALE-{n + 1}7/{55123 + 7 * n}.2026",
            unidade=folder.unidade,
            nivel=folder.nivel,
            autuacao=WALL_CLOCK - timedelta(days=60),
            interessados=[self._person(), f"{self._person()} {self._cpf()}"],
            descricao=self._text(),
        )
        for participacao in "RDA":
            self.sei.interessado(processo, self._person(), participacao)
        return processo

    def _documento(self, processo: Processo, paper: Paper) -> Documento:
        options: dict[str, Any] = {
            "nivel": "0" if paper.local_only else paper.nivel,
            "when": OLD if paper.old else RECENT,
            "numero": self._mark(),
            "descricao": self._text(),
        }
        signer = ((self._person(), self._mark()),)
        inside = {"text": [f"Conteúdo {self._mark()}"]}
        match paper.kind:
            case "assinado":
                return self.sei.documento(processo, signers=signer, **inside, **options)
            case "minuta":
                return self.sei.minuta(processo, **inside, **options)
            case "assinatura desfeita":
                documento = self.sei.minuta(processo, **inside, **options)
                self.sei.sign(documento, *signer[0], active=False)
                return documento
            case "externo" | "conferido":
                documento = self.sei.externo(
                    processo,
                    file_name=f"{self._mark()}.pdf",
                    content=f"%PDF-1.4 {inside['text'][0]}".encode(),
                    **options,
                )
                if paper.kind == "conferido":
                    self.sei.sign(documento, *signer[0])
                return documento
            case "formulário":
                return self.sei.documento(
                    processo, "Formulário", sta="F", signers=signer, **inside, **options
                )
            case "formulário em branco":
                return self.sei.minuta(processo, "Formulário", sta="F", **inside, **options)
            case "edoc":
                return self.sei.documento(processo, sta="E", signers=signer, **inside, **options)
            case "edoc em branco":
                return self.sei.minuta(processo, sta="E", **inside, **options)
            case "e-mail":
                return self.sei.automatico(processo, "E-mail", **inside, **options)
            case "ouvidoria":
                return self.sei.automatico(processo, "Formulário de Ouvidoria", **inside, **options)
            case "recibo":
                return self.sei.automatico(processo, "Recibo", **inside, **options)

    def _happen(self, paper: Paper, documento: Documento) -> None:
        for participacao in "IRD":
            self.sei.interessado(documento, self._person(), participacao)
        if paper.intimacao:
            read = 1 if paper.intimacao == "cumprida" else 0
            self.sei.intimacao([documento], [self._person()], fulfilled=read)
        if paper.cancelled:
            self.sei.cancel(documento, self._text())
        if paper.moved_to is not None:
            to = self._at(paper.moved_to)
            if to is not documento.processo:
                self.sei.move(documento, to, self._text())

    def _step(self, processo: Processo, entry: Entry) -> None:
        template = ""
        if entry.tarefa is not None:
            template = self.sei.reference.tarefas[entry.tarefa].nome
        atributos = {
            nome.removesuffix("S") if nome in ("DOCUMENTOS", "USUARIOS") else nome: value
            for nome in _PLACEHOLDER.findall(template)
            if (value := self._value(nome, entry)) is not None
        }
        self.sei.andamento(processo, entry.tarefa, **atributos or {"DESCRICAO": self._text()})

    def _value(self, nome: str, entry: Entry) -> Any:
        if nome in ("DOCUMENTO", "DOCUMENTOS"):
            papers = self._at(entry.processo).documentos
            if not papers:
                return None
            paper = papers[entry.paper % len(papers)]
            return (paper.numero, None) if entry.number_only else paper
        if nome == "PROCESSO":
            other = self._at(entry.processo)
            return (other.numero, None) if entry.number_only else other
        if nome.startswith("DATA"):
            return "20/03/2026 14:10:00"
        if nome in ("UNIDADE", "ORGAO"):
            return self.sei.unidade("PGM")
        if nome.endswith(("_EMAIL", "EXTERNO_SIGLA")):
            return self._email()
        if nome.startswith(("USUARIO", "INTERESSADO", "DESTINATARIO_NOME")):
            return self._person() if nome.endswith("NOME") else f"{self._mark()}¥{self._person()}"
        if nome in ("NIVEL_ACESSO", "GRAU_SIGILO", "HIPOTESE_LEGAL", "TIPO_CONFERENCIA"):
            return None
        return self._text()

    def _end(self, processo: Processo, folder: Folder) -> None:
        away = OtherOrgao(self._mark(), self._mark(), self._mark(), 81234)
        match folder.end:
            case "concluído":
                self.sei.conclude(processo)
            case "sobrestado":
                self.sei.suspend(processo, self._text())
            case "bloqueado":
                self.sei.lock(processo)
            case "eliminado":
                self.sei.dispose(processo)
            case "em trânsito":
                tramites.send_out(self.sei, processo, away)
            case "recusado":
                tramites.send_out(self.sei, processo, away)
                tramites.refuse(self.sei, processo, away, self._text())
            case "":
                pass

    def _tie(self, n: int, processo: Processo, folder: Folder) -> None:
        other = self._at(folder.other)
        match folder.tie:
            case "anexado" if self.processos.index(other) < n:
                self.sei.attach(processo, other)
            case "relacionado" if other is not processo:
                self.sei.relate(processo, other)
            case "sobrestado" if other is not processo:
                self.sei.suspend(processo, self._text(), waiting_for=other)

    def _at(self, place: int) -> Processo:
        return self.processos[place % len(self.processos)]
