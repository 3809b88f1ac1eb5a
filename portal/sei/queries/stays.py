"""The units a processo is in, or was in when it was concluded."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from portal.sei.names import Names
from portal.sei.queries.rows import Question, aware, settled
from portal.sei.tables import atividade, tarefa, unidade
from portal.sei.values import Stay

# A unit has the processo since the last of these: gerado, recebido de volta (reabertura), remetido
# para ela, desanexado, recebido de outro órgão. Without any of them (an imported processo), since
# its first andamento there.
ARRIVAL_TAREFAS = (1, 29, 32, 64, 104)
ARRIVAL_MODULO = "PEN_PROCESSO_RECEBIDO"
WAITING_TAREFAS = (20, 43)

_THIS = bindparam("id_procedimento", type_=BigInteger)


@lru_cache
def select_stays() -> Question:
    """One row per unit that has it open, or while none has, per unit it has been in.

    No index tells which andamentos of a processo are open, but one tells those of a unit in a
    processo: there are fewer units than a long history has andamentos, and only what is open, or
    else what was concluded, is looked at more closely.
    """
    a = atividade.c
    at_hand = union_all(
        select(
            a.id_unidade,
            literal(0, Integer).label("is_open"),
            func.max(a.dth_conclusao).label("concluded"),
        )
        .where(a.id_protocolo == _THIS, ~_open_units().exists())
        .group_by(a.id_unidade),
        _open_units().add_columns(literal(1, Integer), null()),
    ).subquery("at_hand")
    here = at_hand.c
    return settled(
        select(
            here.id_unidade,
            _arrival(here.id_unidade).label("since"),
            here.is_open,
            here.concluded,
            _last_waiting().label("waiting"),
        ).order_by(here.id_unidade)
    )


def _open_units() -> Question:
    u = unidade.alias()
    a = atividade.alias()
    is_open = exists(
        select(a.c.id_atividade).where(
            a.c.id_unidade == u.c.id_unidade,
            a.c.id_protocolo == _THIS,
            a.c.dth_conclusao.is_(None),
        )
    )
    return select(u.c.id_unidade).where(is_open)


def _arrival(id_unidade: ColumnElement[int]) -> ColumnElement[datetime]:
    a = atividade.alias()
    module = select(tarefa.c.id_tarefa).where(tarefa.c.id_tarefa_modulo == ARRIVAL_MODULO)
    arrived = or_(a.c.id_tarefa.in_(ARRIVAL_TAREFAS), a.c.id_tarefa.in_(module))
    last = func.max(case((arrived, a.c.dth_abertura), else_=null()))
    return (
        select(func.coalesce(last, func.min(a.c.dth_abertura)))
        .where(a.c.id_protocolo == _THIS, a.c.id_unidade == id_unidade)
        .scalar_subquery()
    )


def _last_waiting() -> ColumnElement[datetime]:
    # The highest of a bare column would tempt PostgreSQL to walk the index of all SEI's dates.
    a = atividade.alias()
    waits = a.c.id_tarefa.in_(WAITING_TAREFAS)
    return (
        select(func.max(case((waits, a.c.dth_abertura), else_=null())))
        .where(a.c.id_protocolo == _THIS, waits)
        .scalar_subquery()
    )


def list_stays(
    sei: Connection, names: Names, id_procedimento: int, zone: ZoneInfo
) -> tuple[tuple[Stay, ...], datetime | None]:
    """The units that have it open, or else all it has been in; the last arrival first.

    The second value is the last sobrestamento, whether or not it has ended since.
    """
    rows = sei.execute(select_stays(), {"id_procedimento": id_procedimento}).all()
    stays = sorted(
        (
            Stay(
                unidade=names.unidade(row.id_unidade),
                since=row.since.replace(tzinfo=zone),
                is_open=row.is_open == 1,
                last_conclusion=aware(row.concluded, zone),
            )
            for row in rows
        ),
        key=lambda stay: stay.since,
        reverse=True,
    )
    return tuple(stays), aware(rows[0].waiting if rows else None, zone)
