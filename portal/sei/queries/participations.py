"""The processos of a person: those that name them, and those that SEI opened to them.

All of a person's are read, up to a bound, and not a page of them: what is new among them is told
by their andamentos, and no index has those by person.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    FromClause,
    Integer,
    RowMapping,
    bindparam,
    func,
    select,
    union,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.results import Because, Reason
from portal.sei.tables import (
    acesso_externo,
    atividade,
    documento,
    participante,
    procedimento,
    protocolo,
    tarefa,
)
from portal.sei.values import EstadoProtocolo, NivelAcesso, Viewer

MOST = 500
"""Processos of one person that are looked at, the newest."""
NAMED_AS = {"I": Reason.INTERESSADO, "R": Reason.REMETENTE, "D": Reason.DESTINATARIO}
_CONTATOS = bindparam("contatos", type_=Integer, expanding=True)


@dataclass(frozen=True, slots=True)
class Participation:
    """A processo, and one reason why it is the person's."""

    id_protocolo: int
    formatado: str
    chave: str
    dta_geracao: datetime
    estado: EstadoProtocolo
    restrito: bool
    id_unidade_geradora: int
    id_tipo_procedimento: int
    because: Because


@lru_cache
def select_named(scope: Scope) -> Question:
    """Públicos that name some contatos, by themselves or in a document that anybody may see
    listed; a row for each way of being named."""
    p, n, d, paper = protocolo.c, participante.c, documento.c, protocolo.alias("papel")
    named = (n.id_contato.in_(_CONTATOS), n.sta_participacao.in_(sorted(NAMED_AS)))
    by_themselves = (
        select(p.id_protocolo, n.sta_participacao)
        .select_from(participante)
        .join(protocolo, p.id_protocolo == n.id_protocolo)
        .where(*named, scope.criterion)
    )
    in_a_document = (
        select(p.id_protocolo, n.sta_participacao)
        .select_from(participante)
        .join(documento, d.id_documento == n.id_protocolo)
        .join(paper, paper.c.id_protocolo == d.id_documento)
        .join(protocolo, p.id_protocolo == d.id_procedimento)
        .where(*named, scope.criterion, visibility.naming_criterion(paper))
    )
    both = union(by_themselves, in_a_document).subquery("nomeados")
    some = (
        select(both)
        .order_by(both.c.id_protocolo.desc(), both.c.sta_participacao)
        .limit(len(NAMED_AS) * (MOST + 1))
        .subquery("alguns")
    )
    processo = protocolo.alias("processo")
    return (
        select(*_facts(processo), some.c.sta_participacao)
        .select_from(some)
        .join(processo, processo.c.id_protocolo == some.c.id_protocolo)
        .join(procedimento, procedimento.c.id_procedimento == some.c.id_protocolo)
        .order_by(some.c.id_protocolo.desc(), some.c.sta_participacao)
    )


@lru_cache
def select_opened(scope: Scope) -> Question:
    """Processos to which some contatos have an acesso externo that opens something."""
    a, t, n = acesso_externo.c, atividade.c, participante.c
    return (
        select(*_facts(protocolo), a.sin_processo, a.dta_validade)
        .select_from(participante)
        .join(acesso_externo, a.id_participante == n.id_participante)
        .join(atividade, t.id_atividade == a.id_atividade)
        .join(protocolo, protocolo.c.id_protocolo == t.id_protocolo)
        .join(procedimento, procedimento.c.id_procedimento == t.id_protocolo)
        .where(
            n.id_contato.in_(_CONTATOS),
            visibility.acesso_criterion(bindparam("today", type_=DateTime)),
            visibility.opening_criterion(),
            visibility.granted_criterion(scope.installation, scope.orgaos, scope.teste),
        )
        .order_by(protocolo.c.id_protocolo.desc(), a.id_acesso_externo)
        .limit(len(NAMED_AS) * (MOST + 1))
    )


def _facts(processo: FromClause) -> Sequence[Any]:
    c = processo.c
    return (
        c.id_protocolo,
        c.protocolo_formatado,
        c.protocolo_formatado_pesquisa,
        c.dta_geracao,
        c.sta_estado,
        c.sta_nivel_acesso_global,
        c.id_unidade_geradora,
        procedimento.c.id_tipo_procedimento,
    )


def list_participations(
    sei: Connection, scope: Scope, viewer: Viewer, now: datetime
) -> Iterator[Participation]:
    """Every reason of every processo, up to a little more than `MOST` processos; in no order."""
    contatos = {"contatos": sorted(viewer.contatos)}
    for row in sei.execute(select_named(scope), contatos).mappings():
        yield _participation(row, Because(NAMED_AS[row["sta_participacao"]]))
    if visibility.may_ask_acessos(scope.installation, viewer):
        today = {"today": datetime.combine(now.date(), time())}
        for row in sei.execute(select_opened(scope), contatos | today).mappings():
            ends = row["dta_validade"]
            yield _participation(
                row,
                Because(
                    Reason.ACESSO_EXTERNO,
                    until=None if ends is None else ends.date(),
                    integral=row["sin_processo"] == "S",
                ),
            )


def _participation(row: RowMapping, because: Because) -> Participation:
    return Participation(
        id_protocolo=row["id_protocolo"],
        formatado=row["protocolo_formatado"],
        chave=row["protocolo_formatado_pesquisa"].upper(),
        dta_geracao=row["dta_geracao"],
        estado=EstadoProtocolo(row["sta_estado"]),
        restrito=row["sta_nivel_acesso_global"] != NivelAcesso.PUBLICO.value,
        id_unidade_geradora=row["id_unidade_geradora"],
        id_tipo_procedimento=row["id_tipo_procedimento"],
        because=because,
    )


@lru_cache
def select_moved(installation: Installation, consulta_processual: bool) -> Question:
    """When something last happened in some processos that their history shows for sure."""
    a = atividade.c
    return (
        select(a.id_protocolo, func.max(a.dth_abertura).label("moved"))
        .select_from(atividade)
        .outerjoin(tarefa, tarefa.c.id_tarefa == a.id_tarefa)
        .where(
            a.id_protocolo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            visibility.andamento_criterion(installation, consulta_processual),
            visibility.untied_criterion(),
        )
        .group_by(a.id_protocolo)
        .order_by(a.id_protocolo)
    )


def list_moved(
    sei: Connection, installation: Installation, consulta_processual: bool, ids: Collection[int]
) -> dict[int, datetime]:
    """On SEI's wall clock, those left out in which nothing did; `ids` must not be empty."""
    statement = select_moved(installation, consulta_processual)
    return {row.id_protocolo: row.moved for row in sei.execute(statement, {"ids": list(ids)})}
