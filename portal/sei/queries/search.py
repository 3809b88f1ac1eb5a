"""Processos by what is known of them, without their number.

No combination of filters may make SEI read its processos from one end to the other. So a search
walks them by date of autuação, an index that every engine has, and never further than some
thousands of públicos: `select_reach` finds where that ends, and the reader decides whether to go
on. Each condition is asked of one row of the walk at a time, in a subquery that no engine can turn
into a join, since a join may begin at the other table and read all of a tipo, or of a unit.

How far a walk goes counts only what it may list: where it ends, and whether there is more, tells
nothing about what is kept closed. What is closed between them is walked over uncounted, so where
nearly everything is, it is the time that a statement may take which ends a walk.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    FromClause,
    Integer,
    RowMapping,
    String,
    bindparam,
    func,
    or_,
    select,
)

from portal.sei import visibility
from portal.sei.filters import Filters, Place, State
from portal.sei.installation import Installation
from portal.sei.names import Names
from portal.sei.queries.names import names_of
from portal.sei.queries.rows import Question, count_of
from portal.sei.results import Found, OpenIn
from portal.sei.tables import atividade, procedimento, protocolo
from portal.sei.values import EstadoProtocolo

PAGE_SIZE = 20
REACH = 3_000
"""Públicos that a search looks at before it asks whether to go on."""
MOST_ENDINGS = 1_000
"""Processos that the last digits of a number may leave, before more digits are asked for."""
MOST_NAMESAKES = 50
"""Processos that a name may leave in one walk, before more of it is asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose processos a search may list."""

    installation: Installation
    orgaos: frozenset[int]
    teste: int | None
    """The unit whose processos are only tries."""

    @property
    def criterion(self) -> ColumnElement[bool]:
        return visibility.search_criterion(self.installation, self.orgaos, self.teste)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which filters a search has; not their values, so that few statements serve all searches."""

    tipo: bool
    opened_by: bool
    open_in: bool
    ending: bool
    state: State | None
    among: bool = False
    """Only some processos, a page of them all: those of an interessado."""


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
    """The place of the público at which a walk ends; no row when the period ends before it."""
    p = protocolo.c
    return (
        select(p.dta_geracao, p.id_protocolo)
        .where(scope.criterion, *_between(protocolo))
        .order_by(p.dta_geracao.desc(), p.id_protocolo.desc())
        # Not a page: the index is walked for as long as a search would be.
        .offset(bindparam("reach", type_=Integer))
        .limit(1)
    )


def find_reach(sei: Connection, scope: Scope, newest: Place, oldest: Place) -> Place | None:
    """How far down from `newest` a search may look; None when as far as `oldest`."""
    parameters = _bounds(newest, oldest) | {"reach": REACH << newest.step}
    row = sei.execute(select_reach(scope), parameters).one_or_none()
    return None if row is None else Place(row[0], row[1], newest.step)


def walk(scope: Scope, shape: Shape) -> Question:
    """Públicos between two places that meet the filters, newest autuação first, without an end."""
    source = _endings(scope) if shape.ending else protocolo
    c = source.c
    criteria = [] if shape.ending else [scope.criterion]
    return (
        select(c.id_protocolo, c.dta_geracao)
        .where(*criteria, *_between(source), *_conditions(source, shape))
        .order_by(c.dta_geracao.desc(), c.id_protocolo.desc())
    )


def walked(filters: Filters, newest: Place, oldest: Place) -> dict[str, Any]:
    """The parameters of a walk."""
    return _values(filters) | _bounds(newest, oldest)


@lru_cache(maxsize=256)
def select_found(scope: Scope, shape: Shape) -> Question:
    """A page of públicos, newest autuação first, and one more."""
    most = MOST_NAMESAKES if shape.among else PAGE_SIZE + 1
    found = walk(scope, shape).limit(most).subquery("found")
    p = protocolo.alias("processo")
    return (
        select(
            p.c.id_protocolo,
            p.c.protocolo_formatado,
            p.c.protocolo_formatado_pesquisa,
            p.c.dta_geracao,
            p.c.sta_estado,
            p.c.id_unidade_geradora,
            procedimento.c.id_tipo_procedimento,
        )
        .select_from(found)
        .join(p, p.c.id_protocolo == found.c.id_protocolo)
        .join(procedimento, procedimento.c.id_procedimento == found.c.id_protocolo)
        .order_by(found.c.dta_geracao.desc(), found.c.id_protocolo.desc())
    )


def ask_found(
    scope: Scope, filters: Filters, newest: Place, oldest: Place
) -> tuple[Question, dict[str, Any]]:
    """The statement for some filters, and its parameters."""
    return select_found(scope, shape_of(filters)), walked(filters, newest, oldest)


def list_found(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place
) -> tuple[Found, ...]:
    """Públicos between two places, newest autuação first; `PAGE_SIZE` and one more at most."""
    return _list(sei, *ask_found(scope, filters, newest, oldest))


def list_among(
    sei: Connection,
    scope: Scope,
    filters: Filters,
    newest: Place,
    oldest: Place,
    ids: Collection[int],
) -> tuple[Found, ...]:
    """Those of `list_found` that are among `MOST_NAMESAKES` at most, which must not be none."""
    shape = replace(shape_of(filters), among=True)
    parameters = walked(filters, newest, oldest) | {"ids": list(ids)}
    return _list(sei, select_found(scope, shape), parameters)


@lru_cache
def select_endings(scope: Scope) -> Question:
    """How many públicos end in these digits; counting stops after `MOST_ENDINGS`."""
    return select(func.count()).select_from(_endings(scope))


def count_endings(sei: Connection, scope: Scope, filters: Filters) -> int:
    """How many públicos end in the digits; one more than `MOST_ENDINGS` at most."""
    return sei.scalar(select_endings(scope), _values(filters)) or 0


@lru_cache
def select_places() -> Question:
    """The units that have each processo open."""
    a = atividade.c
    return (
        select(a.id_protocolo, a.id_unidade)
        .where(
            a.id_protocolo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            a.dth_conclusao.is_(None),
        )
        .group_by(a.id_protocolo, a.id_unidade)
        .order_by(a.id_protocolo, a.id_unidade)
    )


def list_places(sei: Connection, ids: Collection[int]) -> dict[int, OpenIn]:
    """Where each is open, those left out that are not; `ids` must not be empty."""
    units: dict[int, list[int]] = defaultdict(list)
    for row in sei.execute(select_places(), {"ids": list(ids)}):
        units[row.id_protocolo].append(row.id_unidade)
    names = names_of(sei)
    return {key: OpenIn(names.unidade(first), len(rest)) for key, (first, *rest) in units.items()}


def _list(sei: Connection, question: Question, parameters: dict[str, Any]) -> tuple[Found, ...]:
    rows = sei.execute(question, parameters)
    names = names_of(sei)
    return tuple(_found(row, names) for row in rows.mappings())


def _found(row: RowMapping, names: Names) -> Found:
    return Found(
        id_protocolo=row["id_protocolo"],
        chave=row["protocolo_formatado_pesquisa"].upper(),
        formatado=row["protocolo_formatado"],
        tipo=names.tipo(row["id_tipo_procedimento"]),
        dta_geracao=row["dta_geracao"],
        unidade_geradora=names.unidade(row["id_unidade_geradora"]),
        estado=EstadoProtocolo(row["sta_estado"]),
    )


def _endings(scope: Scope) -> FromClause:
    """Públicos whose number ends in the digits, in no order: what the index of endings gives."""
    p = protocolo.c
    return (
        select(p.id_protocolo, p.dta_geracao, p.sta_estado, p.id_unidade_geradora)
        .where(
            # A range and not a LIKE, which PostgreSQL answers from an index under one collation.
            p.protocolo_formatado_pesq_inv >= bindparam("ending_from", type_=String(50)),
            p.protocolo_formatado_pesq_inv < bindparam("ending_to", type_=String(50)),
            scope.criterion,
        )
        .limit(MOST_ENDINGS + 1)
        .subquery("endings")
    )


def _between(source: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Strictly below the newest place and not below the oldest.

    The first half of each is what an index takes on every engine; a comparison of pairs is not.
    """
    c = source.c
    newest, oldest = (bindparam(name, type_=DateTime) for name in ("newest", "oldest"))
    newest_id, oldest_id = (
        bindparam(name, type_=BigInteger) for name in ("newest_id", "oldest_id")
    )
    return (
        c.dta_geracao <= newest,
        or_(c.dta_geracao < newest, c.id_protocolo < newest_id),
        c.dta_geracao >= oldest,
        or_(c.dta_geracao > oldest, c.id_protocolo >= oldest_id),
    )


def _conditions(source: FromClause, shape: Shape) -> list[ColumnElement[bool]]:
    """What the filters ask of a row, the cheapest first."""
    c, a = source.c, atividade.c
    conditions: list[ColumnElement[bool]] = []
    if shape.among:
        ids = bindparam("ids", type_=BigInteger, expanding=True)
        conditions.append(c.id_protocolo.in_(ids))
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
    if shape.state is State.EM_ANDAMENTO:
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


def _bounds(newest: Place, oldest: Place) -> dict[str, Any]:
    return {
        "newest": newest.moment,
        "newest_id": newest.id_protocolo,
        "oldest": oldest.moment,
        "oldest_id": oldest.id_protocolo,
    }


def _values(filters: Filters) -> dict[str, Any]:
    start, end = ending_range(filters.ending) if filters.ending else ("", "")
    return {
        "tipo": filters.tipo,
        "opened_by": filters.opened_by,
        "open_in": filters.open_in,
        "ending_from": start,
        "ending_to": end,
    }


def ending_range(digits: str) -> tuple[str, str]:
    """Between which a reversed number is that ends in these digits, the second one left out.

    The bound above is made of digits too, or is the first letter: those stand in the same order
    in every collation, and nothing else does.
    """
    start = digits[::-1]
    return start, start[:-1] + "123456789A"[int(start[-1])]
