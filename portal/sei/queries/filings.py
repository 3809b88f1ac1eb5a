"""What became of what the portal handed to SEI: by the files it has, or by the portal's number.

These read whatever level a processo has. Nobody is shown what they read: all but the one row that
is ours is thrown away, and whose it is gave it to us.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Integer,
    ScalarSelect,
    bindparam,
    func,
    select,
)

from portal.sei.queries.rows import Question, settled
from portal.sei.tables import anexo, atividade, documento, procedimento, protocolo
from portal.sei.values import TipoProtocolo

MOST_OPENED = 2_000
"""Processos of a tipo that a unidade has opened since, which are read to their end or count for
nothing."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A processo that is ours."""

    id_procedimento: int
    processo: str
    opened: datetime | None
    """On SEI's wall clock."""
    documentos: Mapping[int, str] = field(default_factory=dict)
    """The number of the documento that each file became, by the file's id."""


@lru_cache
def select_filed() -> Question:
    """Of files that SEI was given, by their ids, those that a documento has."""
    a, paper = anexo.c, protocolo.c
    # By their keys, one at a time: PostgreSQL would merge all of a town's documentos instead.
    numero = select(paper.protocolo_formatado).where(paper.id_protocolo == a.id_protocolo)
    key = select(documento.c.id_procedimento).where(documento.c.id_documento == a.id_protocolo)
    return settled(
        select(
            a.id_anexo,
            a.hash,
            numero.scalar_subquery().label("documento_formatado"),
            key.scalar_subquery().label("id_procedimento"),
        )
        .where(
            a.id_anexo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            a.id_protocolo.is_not(None),
        )
        .order_by(a.id_anexo)
    )


@lru_cache
def select_filed_in() -> Question:
    """The processo that has them."""
    p = protocolo.c
    return settled(
        select(p.id_protocolo, p.protocolo_formatado, _opened(p.id_protocolo).label("opened"))
        .where(
            p.id_protocolo == bindparam("id_procedimento", type_=BigInteger),
            p.sta_protocolo == TipoProtocolo.PROCESSO.value,
        )
        .order_by(p.id_protocolo)
    )


@lru_cache
def select_opened() -> Question:
    """Processos of a tipo that a unidade has opened since a day, the first ones first. Their
    especificação is read, not compared: no engine has an index for it."""
    p = protocolo.c
    return (
        select(
            p.id_protocolo,
            p.protocolo_formatado,
            p.descricao,
            _opened(p.id_protocolo).label("opened"),
        )
        .join(procedimento, procedimento.c.id_procedimento == p.id_protocolo)
        .where(
            p.dta_inclusao >= bindparam("oldest", type_=DateTime),
            p.sta_protocolo == TipoProtocolo.PROCESSO.value,
            p.id_unidade_geradora == bindparam("opened_by", type_=Integer),
            procedimento.c.id_tipo_procedimento == bindparam("tipo", type_=Integer),
        )
        .order_by(p.dta_inclusao, p.id_protocolo)
        .limit(MOST_OPENED)
    )


def find_filed(sei: Connection, files: Mapping[int, str]) -> Filed | None:
    """The processo that has any of the files, MD5 by id; None when none has. What has the id of
    ours and other bytes is another file, and counts for nothing."""
    if not files:
        return None
    rows = sei.execute(select_filed(), {"ids": sorted(files)}).mappings().all()
    ours = [row for row in rows if row["hash"].strip() == files[row["id_anexo"]]]
    for row in ours:
        found = sei.execute(select_filed_in(), {"id_procedimento": row["id_procedimento"]})
        if (processo := found.mappings().one_or_none()) is not None:
            return Filed(
                processo["id_protocolo"],
                processo["protocolo_formatado"],
                processo["opened"],
                {each["id_anexo"]: each["documento_formatado"] for each in ours},
            )
    return None


def find_opened(
    sei: Connection, number: str, id_unidade: int, id_tipo_procedimento: int, since: datetime
) -> tuple[Filed | None, bool]:
    """The processo whose especificação begins with the number, opened on that day of SEI's wall
    clock or later; and whether all that it could be were read."""
    day = since.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {"oldest": day, "opened_by": id_unidade, "tipo": id_tipo_procedimento}
    rows = sei.execute(select_opened(), asked).mappings().all()
    for row in rows:
        if (row["descricao"] or "").startswith(number):
            return Filed(row["id_protocolo"], row["protocolo_formatado"], row["opened"]), True
    return None, len(rows) < MOST_OPENED


def _opened(key: ColumnElement[int]) -> ScalarSelect[datetime]:
    return (
        select(func.min(atividade.c.dth_abertura))
        .where(atividade.c.id_protocolo == key)
        .scalar_subquery()
    )
