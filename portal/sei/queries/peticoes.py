"""A person's intimações and recibos, in the tables of the module Peticionamento."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.queries.rows import Answer, Question, flag, or_null
from portal.sei.queries.scope import Scope
from portal.sei.tables import (
    documento,
    md_pet_int_aceite,
    md_pet_int_prazo_tacita,
    md_pet_int_protocolo,
    md_pet_int_rel_dest,
    md_pet_int_rel_tipo_resp,
    md_pet_int_rel_tpo_res_des,
    md_pet_int_tipo_intimacao,
    md_pet_int_tipo_resp,
    md_pet_intimacao,
    md_pet_rel_recibo_protoc,
    procedimento,
    protocolo,
    unidade,
    usuario,
)
from portal.sei.text import mask
from portal.sei.values import Contagem, Prazo, Viewer

MOST = 100
"""Intimações, and recibos, of one person: the newest."""
PENDENTE = "1"
FULFILLED = ("2", "3")
"""Read, or taken for read, and not answered yet."""
EXIGIDA = "E"
"""`tipo_resposta_aceita` of what must be answered."""
MOST_PRAZOS = 500
_CONTATOS = bindparam("contatos", type_=Integer, expanding=True)
_UNITS = {"D": Contagem.DIAS, "M": Contagem.MESES, "A": Contagem.ANOS}


@dataclass(frozen=True, slots=True)
class About:
    """The processo that something is about, before anybody has judged it."""

    id_protocolo: int
    formatado: str
    chave: str
    id_tipo_procedimento: int
    public: bool
    """Anybody finds it."""
    known: bool
    """Who has an acesso externo to it may be told of it."""


@dataclass(frozen=True, slots=True)
class IntimacaoRow:
    """An intimação as SEI has it; moments on its wall clock."""

    id_intimacao: int
    tipo: str
    resposta: str
    expedida: datetime
    pending: bool
    tacit: datetime | None
    due: datetime | None
    documento: str | None
    """The number of what anybody may see listed."""
    about: About


@dataclass(frozen=True, slots=True)
class ReciboRow:
    """A recibo as SEI has it."""

    tipo: str
    moment: datetime
    about: About


def has_intimacoes(installation: Installation) -> bool:
    """Whether they can be read."""
    return installation.has(
        md_pet_int_protocolo,
        md_pet_int_protocolo.c.sin_principal,
        md_pet_int_rel_dest,
        md_pet_int_rel_dest.c.sta_situacao_intimacao,
        md_pet_int_rel_dest.c.data_cadastro,
        md_pet_int_rel_dest.c.sin_ativo,
        md_pet_int_aceite,
        md_pet_intimacao,
        md_pet_int_tipo_intimacao,
        md_pet_int_rel_tpo_res_des,
    )


def has_prazos(installation: Installation) -> bool:
    """Whether how long there is to answer can be read."""
    return installation.has(md_pet_int_rel_tipo_resp, md_pet_int_tipo_resp)


def has_recibos(installation: Installation) -> bool:
    """Whether they can be read."""
    return installation.has(md_pet_rel_recibo_protoc, usuario)


@lru_cache
def select_intimacoes(installation: Installation) -> Question:
    """Those that some contatos have not read, or have still to answer, with the document that each
    is about. What must be answered waits also when no day was set."""
    r, i, k, t = (
        md_pet_int_rel_dest.c,
        md_pet_intimacao.c,
        md_pet_int_tipo_intimacao.c,
        md_pet_int_protocolo.c,
    )
    pending = and_(r.sta_situacao_intimacao == PENDENTE, ~_read())
    due = _due()
    return (
        select(
            r.id_md_pet_int_rel_dest,
            r.id_md_pet_intimacao,
            r.data_cadastro,
            k.nome.label("tipo"),
            k.tipo_resposta_aceita,
            or_null(installation, r.dta_prazo_tacito),
            flag(pending).label("pending"),
            due.label("due"),
            t.id_protocolo.label("id_documento"),
        )
        .select_from(md_pet_int_rel_dest)
        .join(md_pet_intimacao, i.id_md_pet_intimacao == r.id_md_pet_intimacao)
        .join(
            md_pet_int_tipo_intimacao,
            k.id_md_pet_int_tipo_intimacao == i.id_md_pet_int_tipo_intimacao,
        )
        .join(
            md_pet_int_protocolo,
            and_(t.id_md_pet_intimacao == r.id_md_pet_intimacao, t.sin_principal == "S"),
        )
        .where(
            r.id_contato.in_(_CONTATOS),
            or_(r.sin_ativo.is_(None), r.sin_ativo == "S"),
            or_(
                pending,
                and_(
                    r.sta_situacao_intimacao.in_(FULFILLED),
                    or_(
                        due.is_not(None), and_(k.tipo_resposta_aceita == EXIGIDA, ~_has_last_day())
                    ),
                ),
            ),
        )
        .order_by(r.data_cadastro.desc(), r.id_md_pet_int_rel_dest.desc())
        .limit(MOST + 1)
    )


@lru_cache
def select_notified(scope: Scope) -> Question:
    """The processos of some documents. By their keys: as part of the SELECT before, PostgreSQL
    would walk all documents of a SEI with few intimações."""
    d, paper = documento.c, protocolo.alias("papel")
    listed = and_(scope.criterion, visibility.naming_criterion(paper))
    return (
        select(
            d.id_documento,
            paper.c.protocolo_formatado.label("documento"),
            flag(listed).label("listed"),
            *_about(scope),
        )
        .select_from(documento)
        .join(paper, paper.c.id_protocolo == d.id_documento)
        .join(protocolo, protocolo.c.id_protocolo == d.id_procedimento)
        .join(procedimento, procedimento.c.id_procedimento == d.id_procedimento)
        .join(unidade, unidade.c.id_unidade == protocolo.c.id_unidade_geradora)
        .where(
            d.id_documento.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            *_of_the_tenant(scope),
        )
        .order_by(d.id_documento)
    )


def _read() -> ColumnElement[bool]:
    a = md_pet_int_aceite.c
    return exists(
        select(a.id_md_pet_int_rel_dest).where(
            a.id_md_pet_int_rel_dest == md_pet_int_rel_dest.c.id_md_pet_int_rel_dest
        )
    )


def _due() -> ColumnElement[datetime | None]:
    """The first of the days until which an answer is still taken."""
    last = _last_day()
    return (
        select(func.min(last))
        .where(_of_the_addressee(), last >= bindparam("today", type_=DateTime))
        .scalar_subquery()
    )


def _has_last_day() -> ColumnElement[bool]:
    """Whether an answer ever stops being taken."""
    e = md_pet_int_rel_tpo_res_des.c
    return exists(
        select(e.id_md_pet_int_rel_dest).where(_of_the_addressee(), _last_day().is_not(None))
    )


def _last_day() -> ColumnElement[datetime | None]:
    e = md_pet_int_rel_tpo_res_des.c
    return func.coalesce(e.data_prorrogada, e.data_limite)


def _of_the_addressee() -> ColumnElement[bool]:
    e = md_pet_int_rel_tpo_res_des.c
    return e.id_md_pet_int_rel_dest == md_pet_int_rel_dest.c.id_md_pet_int_rel_dest


@lru_cache
def select_respostas() -> Question:
    """How some intimações may be answered, and how long there is for it once they are read."""
    r, k = md_pet_int_rel_tipo_resp.c, md_pet_int_tipo_resp.c
    return (
        select(
            r.id_md_pet_intimacao,
            k.id_md_pet_int_tipo_resp,
            k.nome,
            k.tipo_prazo_externo,
            k.valor_prazo_externo,
            k.tipo_dia,
        )
        .select_from(md_pet_int_rel_tipo_resp)
        .join(md_pet_int_tipo_resp, k.id_md_pet_int_tipo_resp == r.id_md_pet_int_tipo_resp)
        .where(
            r.id_md_pet_intimacao.in_(bindparam("ids", type_=Integer, expanding=True)),
            r.sin_ativo == "S",
        )
        .order_by(r.id_md_pet_intimacao, k.id_md_pet_int_tipo_resp)
        .limit(MOST_PRAZOS)
    )


def _about(scope: Scope) -> Sequence[Any]:
    p = protocolo.c
    known = visibility.granted_criterion(scope.installation, scope.orgaos, scope.teste)
    return (
        p.id_protocolo,
        p.protocolo_formatado,
        p.protocolo_formatado_pesquisa,
        procedimento.c.id_tipo_procedimento,
        flag(scope.criterion).label("is_public"),
        flag(known).label("is_known"),
    )


def _of_the_tenant(scope: Scope) -> list[ColumnElement[bool]]:
    return [unidade.c.id_orgao.in_(sorted(scope.orgaos))] if scope.orgaos else []


@lru_cache
def select_prazos() -> Question:
    """The days after which an intimação is taken for read: one rule, or several by tipo."""
    p = md_pet_int_prazo_tacita.c
    return select(p.num_prazo).order_by(p.id_md_pet_int_prazo_tacita).limit(2)


@lru_cache
def select_recibos(scope: Scope) -> Question:
    """Petições of the accounts of some contatos that were finished."""
    r = md_pet_rel_recibo_protoc.c
    return (
        select(
            r.id_md_pet_rel_recibo_protoc,
            r.sta_tipo_peticionamento,
            r.data_hora_recebimento_final,
            *_about(scope),
        )
        .select_from(usuario)
        .join(md_pet_rel_recibo_protoc, r.id_usuario == usuario.c.id_usuario)
        .join(protocolo, protocolo.c.id_protocolo == r.id_protocolo)
        .join(procedimento, procedimento.c.id_procedimento == r.id_protocolo)
        .join(unidade, unidade.c.id_unidade == protocolo.c.id_unidade_geradora)
        .where(
            usuario.c.id_contato.in_(_CONTATOS),
            r.data_hora_recebimento_final.is_not(None),
            r.sin_ativo == "S",
            *_of_the_tenant(scope),
        )
        .order_by(r.data_hora_recebimento_final.desc(), r.id_md_pet_rel_recibo_protoc.desc())
        .limit(MOST + 1)
    )


def list_intimacoes(
    sei: Connection, scope: Scope, viewer: Viewer, now: datetime
) -> tuple[list[IntimacaoRow], bool]:
    """The newest first, and whether SEI has more than were looked at. Whether their processos may
    be named is still to be asked."""
    asked = {
        "contatos": sorted(viewer.contatos),
        "today": datetime.combine(now.date(), time()),
    }
    rows = sei.execute(select_intimacoes(scope.installation), asked).all()
    if not rows:
        return [], False
    ids = sorted({row.id_documento for row in rows})
    papers = {
        paper.id_documento: paper for paper in sei.execute(select_notified(scope), {"ids": ids})
    }
    found = [
        IntimacaoRow(
            id_intimacao=row.id_md_pet_intimacao,
            tipo=row.tipo,
            resposta=row.tipo_resposta_aceita,
            expedida=row.data_cadastro,
            pending=row.pending == 1,
            tacit=row.dta_prazo_tacito,
            due=row.due,
            documento=paper.documento if paper.listed == 1 else None,
            about=_about_of(paper),
        )
        for row in rows[:MOST]
        if (paper := papers.get(row.id_documento)) is not None
    ]
    return found, len(rows) > MOST


def list_prazos(
    sei: Connection, installation: Installation, ids: Collection[int]
) -> Mapping[int, list[Prazo]]:
    """By intimação, those left out of which SEI says nothing; `ids` must not be empty."""
    prazos: dict[int, list[Prazo]] = defaultdict(list)
    if has_prazos(installation):
        for row in sei.execute(select_respostas(), {"ids": sorted(ids)}):
            prazos[row.id_md_pet_intimacao].append(_prazo(row))
    return prazos


def _prazo(row: Answer) -> Prazo:
    unit = _UNITS.get(row.tipo_prazo_externo or "")
    if unit is Contagem.DIAS and row.tipo_dia == "U":
        unit = Contagem.DIAS_UTEIS
    many = row.valor_prazo_externo if unit else None
    return Prazo(mask(row.nome), many or None, unit or Contagem.DIAS)


def find_prazo(sei: Connection, scope: Scope) -> int | None:
    """The one rule of days; None when there are several, or none that can be read."""
    if not scope.installation.has(md_pet_int_prazo_tacita):
        return None
    prazos = sei.scalars(select_prazos()).all()
    return int(prazos[0]) if len(prazos) == 1 else None


def list_recibos(sei: Connection, scope: Scope, viewer: Viewer) -> tuple[list[ReciboRow], bool]:
    """The newest first, and whether SEI has more."""
    rows = sei.execute(select_recibos(scope), {"contatos": sorted(viewer.contatos)}).all()
    found = [
        ReciboRow(
            tipo=row.sta_tipo_peticionamento,
            moment=row.data_hora_recebimento_final,
            about=_about_of(row),
        )
        for row in rows[:MOST]
    ]
    return found, len(rows) > MOST


def _about_of(row: Answer) -> About:
    return About(
        id_protocolo=row.id_protocolo,
        formatado=row.protocolo_formatado,
        chave=row.protocolo_formatado_pesquisa.upper(),
        id_tipo_procedimento=row.id_tipo_procedimento,
        public=row.is_public == 1,
        known=row.is_known == 1,
    )
