"""Processos by what is known of them, without their number.

No combination of filters may make SEI read its processos from one end to the other. So a search
walks them by date of autuação, an index that every engine has, and never further than some
thousands of públicos: `select_reach` finds where that ends, and the reader decides whether to go
on. Each condition is asked of one row of the walk at a time, in a subquery that no engine can turn
into a join, since a join may begin at the other table and read all of a tipo, or of a unit.

How far a walk goes counts only what it may list: where it ends, and whether there is more, tells
nothing about what is kept closed. What is closed between them is walked over uncounted; where that
may be a lot, `extent` bounds the walk by the calendar.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    FromClause,
    Integer,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from portal.sei.filters import Filters, Place, State
from portal.sei.queries.endings import ending_values, endings
from portal.sei.queries.rows import Question, count_of
from portal.sei.queries.scope import Scope
from portal.sei.tables import atividade, procedimento, protocolo
from portal.sei.values import EstadoProtocolo

REACH = 1_001
"""Públicos that a search looks at before it asks whether to go on: as many as are counted, and one.
With a million protocolos on MariaDB, 1 500 took up to four times what a processo's page takes, and
these stay below three."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which filters a search has; not their values, so that few statements serve all searches."""

    tipo: bool
    opened_by: bool
    open_in: bool
    ending: bool
    state: State | None


def shape_of(filters: Filters) -> Shape:
    return Shape(
        tipo=filters.tipo is not None,
        opened_by=filters.opened_by is not None,
        open_in=filters.open_in is not None,
        ending=bool(filters.ending),
        state=filters.state,
    )


@lru_cache
def select_reach(scope: Scope) -> Question:
    """The days of the públicos that a search may look at, the oldest first, with how many there are
    of each and the lowest key: where a walk that comes down from above has got to."""
    p = protocolo.c
    walked = (
        select(p.dta_geracao, p.id_protocolo)
        .where(scope.criterion, *_between(protocolo))
        .order_by(p.dta_geracao.desc(), p.id_protocolo.desc())
        .limit(bindparam("reach", type_=Integer))
        .subquery("walked")
    )
    w = walked.c
    return (
        select(w.dta_geracao, func.min(w.id_protocolo), func.count())
        .group_by(w.dta_geracao)
        .order_by(w.dta_geracao)
    )


def find_reach(sei: Connection, scope: Scope, newest: Place, oldest: Place) -> Place | None:
    """How far down from `newest` a search may look; None when as far as `oldest`."""
    most = (REACH << newest.step) + 1
    days = sei.execute(select_reach(scope), bounds(newest, oldest) | {"reach": most}).all()
    if sum(many for _, _, many in days) < most:
        return None
    moment, key, _ = days[0]
    return Place(moment, key, newest.step)


def _walk(scope: Scope, shape: Shape) -> Question:
    """Públicos between two places that meet the filters, newest autuação first, without an end."""
    source = endings(scope) if shape.ending else protocolo
    c = source.c
    criteria = [] if shape.ending else [scope.criterion]
    return (
        select(c.id_protocolo, c.dta_geracao)
        .where(*criteria, *_between(source), *_conditions(source, shape))
        .order_by(c.dta_geracao.desc(), c.id_protocolo.desc())
    )


@lru_cache(maxsize=256)
def select_walked(scope: Scope, shape: Shape) -> Question:
    """The first processos of a walk."""
    return _walk(scope, shape).limit(bindparam("many", type_=Integer))


def list_walked(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place, many: int
) -> tuple[Place, ...]:
    """The places, `many` at most, of the públicos between two others that meet the filters."""
    values = values_of(filters) | bounds(newest, oldest) | {"many": many}
    rows = sei.execute(select_walked(scope, shape_of(filters)), values)
    return tuple(Place(moment, key, newest.step) for key, moment in rows)


@lru_cache(maxsize=256)
def select_total(scope: Scope, shape: Shape) -> Question:
    """How many there are of `select_walked`."""
    return select(func.count()).select_from(select_walked(scope, shape).subquery("walked"))


def count_walked(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place, many: int
) -> int:
    """How many places `list_walked` would list; PyMySQL needs longer to read them than MariaDB to
    count them once more."""
    values = values_of(filters) | bounds(newest, oldest) | {"many": many}
    return sei.scalar(select_total(scope, shape_of(filters)), values) or 0


def _between(source: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Strictly below the newest place and not below the oldest.

    The first half of each is what an index takes on every engine; a comparison of pairs is not.
    The second says the day again with the key: by the key alone MariaDB may unite two indexes, and
    sort all of a walk that could end with its first rows.
    """
    c = source.c
    newest, oldest = (bindparam(name, type_=DateTime) for name in ("newest", "oldest"))
    newest_id, oldest_id = (
        bindparam(name, type_=BigInteger) for name in ("newest_id", "oldest_id")
    )
    return (
        c.dta_geracao <= newest,
        or_(
            c.dta_geracao < newest,
            and_(c.dta_geracao == newest, c.id_protocolo < newest_id),
        ),
        c.dta_geracao >= oldest,
        or_(
            c.dta_geracao > oldest,
            and_(c.dta_geracao == oldest, c.id_protocolo >= oldest_id),
        ),
    )


def _conditions(source: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    """What the filters ask of a row, the cheapest first."""
    c, a = source.c, atividade.c
    conditions: list[ColumnElement[bool]] = []
    if shape.opened_by:
        conditions.append(c.id_unidade_geradora == bindparam("opened_by", type_=Integer))
    if shape.state is not None:
        conditions.append(c.sta_estado == _ESTADOS[shape.state].value)
    if shape.tipo:
        d = procedimento.c
        conditions.append(
            count_of(
                procedimento,
                d.id_procedimento == c.id_protocolo,
                d.id_tipo_procedimento == bindparam("tipo", type_=Integer),
            )
            > 0
        )
    if shape.open_in:
        conditions.append(_open(c, a.id_unidade == bindparam("open_in", type_=Integer)) > 0)
    elif shape.state is State.EM_ANDAMENTO:
        conditions.append(_open(c) > 0)
    if shape.state is State.CONCLUIDO:
        conditions.append(_open(c) < 1)
    return conditions


_ESTADOS = {
    State.EM_ANDAMENTO: EstadoProtocolo.NORMAL,
    State.CONCLUIDO: EstadoProtocolo.NORMAL,
    State.SOBRESTADO: EstadoProtocolo.SOBRESTADO,
}


def _open(processo: Any, *where: ColumnElement[bool]) -> ColumnElement[int]:
    """How many times units have the processo open."""
    a = atividade.c
    return count_of(
        atividade, a.id_protocolo == processo.id_protocolo, a.dth_conclusao.is_(None), *where
    )


def bounds(newest: Place, oldest: Place) -> dict[str, Any]:
    """Parameters that say where a walk begins and ends."""
    return {
        "newest": newest.moment,
        "newest_id": newest.id_protocolo,
        "oldest": oldest.moment,
        "oldest_id": oldest.id_protocolo,
    }


def values_of(filters: Filters) -> dict[str, Any]:
    """Parameters of a shape."""
    return {
        "tipo": filters.tipo,
        "opened_by": filters.opened_by,
        "open_in": filters.open_in,
    } | ending_values(filters.ending)
