"""What is worth choosing in a search: the tipos and units that públicos have, and since when."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, Integer, Subquery, bindparam, func, select

from portal.portuguese import sort_key
from portal.sei.extent import NOTHING, Extent
from portal.sei.queries.names import names_of
from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.results import Choices, Tipo
from portal.sei.tables import atividade, procedimento, protocolo, tipo_procedimento, unidade
from portal.sei.values import Unidade

NEWEST = 20_000
"""Públicos whose tipos and units are offered. To know of every tipo and unit whether it has one is
to read, of those that have none, all that is closed: seconds, with a million protocolos."""


@lru_cache
def select_used(scope: Scope) -> Question:
    """Each tipo with each unidade geradora that the newest públicos have."""
    newest = _newest(scope)
    tipo, geradora = procedimento.c.id_tipo_procedimento, newest.c.id_unidade_geradora
    return (
        select(tipo, geradora)
        .select_from(newest)
        .join(procedimento, procedimento.c.id_procedimento == newest.c.id_protocolo)
        .group_by(tipo, geradora)
        .order_by(tipo, geradora)
    )


@lru_cache
def select_open_in(scope: Scope) -> Question:
    """The units that have one of the newest públicos open now.

    From the processos and not from the units: one that has concluded a million would be read to
    its end, for as long as none of them is both público and open.
    """
    newest, a = _newest(scope), atividade.c
    return (
        select(a.id_unidade)
        .select_from(newest)
        .join(atividade, a.id_protocolo == newest.c.id_protocolo)
        .where(a.dth_conclusao.is_(None))
        .group_by(a.id_unidade)
        .order_by(a.id_unidade)
    )


@lru_cache
def select_edge(scope: Scope, oldest: bool) -> Question:
    """The first autuação of a público, or the last."""
    p = protocolo.c
    order = (p.dta_geracao, p.id_protocolo)
    return (
        select(p.dta_geracao)
        .where(scope.criterion)
        .order_by(*(column if oldest else column.desc() for column in order))
        .limit(1)
    )


@lru_cache
def select_highest(scope: Scope) -> Question:
    """The highest key of the newest públicos: the very last may have an early one."""
    return select(func.max(_newest(scope).c.id_protocolo))


@lru_cache
def select_tipos() -> Question:
    """The tipos that are in use."""
    t = tipo_procedimento.c
    return select(t.id_tipo_procedimento).where(t.sin_ativo == "S").order_by(t.id_tipo_procedimento)


@lru_cache
def select_units() -> Question:
    """The units that are in use."""
    u = unidade.c
    return select(u.id_unidade).where(u.sin_ativo == "S").order_by(u.id_unidade)


def list_choices(sei: Connection, scope: Scope) -> Choices:
    """What the newest públicos have, and where they are open now; each list by name."""
    extent = _find_extent(sei, scope)
    names = names_of(sei)
    pairs = sei.execute(select_used(scope), {"many": NEWEST}).all()
    used, opening = {row[0] for row in pairs}, {row[1] for row in pairs}
    tipos = [Tipo(key, names.tipo(key)) for key in sei.scalars(select_tipos()) if key in used]
    open_in = set(sei.scalars(select_open_in(scope), {"many": NEWEST}))
    units = [names.unidade(key) for key in sei.scalars(select_units())]
    return Choices(
        tipos=tuple(sorted(tipos, key=lambda t: (sort_key(t.nome), t.id_tipo_procedimento))),
        opened_by=_by_name(unidade for unidade in units if unidade.id_unidade in opening),
        open_in=_by_name(unidade for unidade in units if unidade.id_unidade in open_in),
        extent=extent,
    )


def _find_extent(sei: Connection, scope: Scope) -> Extent:
    oldest = sei.scalar(select_edge(scope, True))
    newest = sei.scalar(select_edge(scope, False))
    many = sei.scalar(select_highest(scope), {"many": NEWEST})
    if oldest is None or newest is None or many is None:
        return NOTHING
    return Extent(oldest, newest, many)


def _newest(scope: Scope) -> Subquery:
    p = protocolo.c
    return (
        select(p.id_protocolo, p.id_unidade_geradora)
        .where(scope.criterion)
        .order_by(p.dta_geracao.desc(), p.id_protocolo.desc())
        .limit(bindparam("many", type_=Integer))
        .subquery("recentes")
    )


def _by_name(unidades: Iterable[Unidade]) -> tuple[Unidade, ...]:
    return tuple(sorted(unidades, key=lambda u: (sort_key(u.nome), u.orgao, u.id_unidade)))
