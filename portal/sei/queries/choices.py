"""What is worth choosing in a search: the tipos and the units that públicos have."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Connection, Integer, bindparam, select

from portal.portuguese import sort_key
from portal.sei.queries.names import names_of
from portal.sei.queries.rows import Question, count_of
from portal.sei.queries.search import Scope
from portal.sei.results import Choices, Tipo
from portal.sei.tables import atividade, procedimento, protocolo, tipo_procedimento, unidade
from portal.sei.values import Unidade

NEWEST = 20_000
"""Públicos whose tipos and units are offered. To look at all would be to read SEI whole."""


@lru_cache
def select_used(scope: Scope) -> Question:
    """Each tipo with each unidade geradora that the newest públicos have."""
    p = protocolo.c
    newest = (
        select(p.id_protocolo, p.id_unidade_geradora)
        .where(scope.criterion)
        .order_by(p.dta_geracao.desc(), p.id_protocolo.desc())
        .limit(bindparam("many", type_=Integer))
        .subquery("recentes")
    )
    tipo, geradora = procedimento.c.id_tipo_procedimento, newest.c.id_unidade_geradora
    return (
        select(tipo, geradora)
        .select_from(newest)
        .join(procedimento, procedimento.c.id_procedimento == newest.c.id_protocolo)
        .group_by(tipo, geradora)
        .order_by(tipo, geradora)
    )


@lru_cache
def select_tipos() -> Question:
    """The tipos that are in use."""
    t = tipo_procedimento.c
    return select(t.id_tipo_procedimento).where(t.sin_ativo == "S").order_by(t.id_tipo_procedimento)


@lru_cache
def select_units(scope: Scope) -> Question:
    """The units that are in use, each with a público that it has open now, or NULL."""
    a, u = atividade.c, unidade.c
    publico = count_of(protocolo, protocolo.c.id_protocolo == a.id_protocolo, scope.criterion)
    open_there = (
        select(a.id_protocolo)
        .where(a.id_unidade == u.id_unidade, a.dth_conclusao.is_(None), publico > 0)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(u.id_unidade, open_there.label("aberto"))
        .where(u.sin_ativo == "S")
        .order_by(u.id_unidade)
    )


def list_choices(sei: Connection, scope: Scope) -> Choices:
    """What the newest públicos have, and where públicos are open now; each list by name."""
    names = names_of(sei)
    pairs = sei.execute(select_used(scope), {"many": NEWEST}).all()
    used, opening = {row[0] for row in pairs}, {row[1] for row in pairs}
    tipos = [Tipo(key, names.tipo(key)) for key in sei.scalars(select_tipos()) if key in used]
    units = {
        names.unidade(row.id_unidade): row.aberto is not None
        for row in sei.execute(select_units(scope))
    }
    return Choices(
        tipos=tuple(sorted(tipos, key=lambda t: (sort_key(t.nome), t.id_tipo_procedimento))),
        opened_by=_by_name(unidade for unidade in units if unidade.id_unidade in opening),
        open_in=_by_name(unidade for unidade, has_public in units.items() if has_public),
    )


def _by_name(unidades: Iterable[Unidade]) -> tuple[Unidade, ...]:
    return tuple(sorted(unidades, key=lambda u: (sort_key(u.nome), u.orgao, u.id_unidade)))
