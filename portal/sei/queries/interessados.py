"""Who asked for the processos of a walk: names to choose among, whatever letters an engine likes.

No index serves a name without its accents, so none is looked for in SEI. The walk of a search is
bounded already; its names are read here, and who reads them decides which are meant.

The walk is one SELECT and the names of each `AT_ONCE` of its processos another. As one SELECT they
would be a join, which PostgreSQL may begin at the participantes, and read all of a SEI's.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlalchemy import BigInteger, Connection, Integer, bindparam, select

from portal.sei.filters import Filters, Place
from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.queries.walks import list_walked
from portal.sei.tables import contato, participante, protocolo

MOST_NAMES = 5_000
"""Processos, and rows of names, that one search reads: four times what a walk mostly has, and a
hundred kilobytes. It is they that take time, some 30 ms a thousand, and not the SELECTs."""
AT_ONCE = 200
"""Processos whose names one SELECT reads, so that there are 25 of these at most, and mostly 6. Of
twice as many, PostgreSQL would read all participantes of a town instead."""


@dataclass(frozen=True, slots=True)
class Interessados:
    """Names by processo, the newest autuação first; none of a processo that nobody asked for."""

    names: Mapping[int, tuple[str, ...]]
    unread: Place | None
    """Where the reading ended before the walk did: just above a processo with more names than
    were left to read, or below one that has more than may be read, of which the first were."""


@lru_cache
def select_interessados_of() -> Question:
    """The first names of some processos, in the order of a walk."""
    p = participante.c
    # By their keys, one at a time: a join might begin at the other table, and read all of a town's.
    moment = (
        select(protocolo.c.dta_geracao)
        .where(protocolo.c.id_protocolo == p.id_protocolo)
        .scalar_subquery()
        .label("dta_geracao")
    )
    nome = select(contato.c.nome).where(contato.c.id_contato == p.id_contato).scalar_subquery()
    return (
        select(p.id_protocolo, moment, nome.label("nome"))
        .where(
            p.id_protocolo.in_(bindparam("ids", type_=BigInteger, expanding=True)),
            p.sta_participacao == "I",
        )
        .order_by(moment.desc(), p.id_protocolo.desc(), p.sequencia, p.id_participante)
        .limit(bindparam("many", type_=Integer))
    )


def list_interessados_of(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place
) -> Interessados:
    """Who asked for the públicos between two places that meet the filters but the name."""
    found = list_walked(sei, scope, filters, newest, oldest, MOST_NAMES + 1)
    keys = [place.id_protocolo for place in found[:MOST_NAMES]]
    names: dict[int, list[str]] = defaultdict(list)
    left = MOST_NAMES
    for start in range(0, len(keys), AT_ONCE):
        some = {"ids": keys[start : start + AT_ONCE], "many": left + 1}
        rows = sei.execute(select_interessados_of(), some).all()
        for key, _, nome in rows[:left]:
            names[key].extend([nome] if nome else [])
        if len(rows) > left:
            key, moment, _ = rows[-1]
            # The first of a walk is kept with what was read of it, or no search would get past it.
            if key != keys[0]:
                names.pop(key, None)
                key += 1
            return Interessados(_fixed(names), Place(moment, key, newest.step))
        left -= len(rows)
    unread = None
    if len(found) > len(keys):
        unread = replace(found[-1], id_protocolo=found[-1].id_protocolo + 1)
    return Interessados(_fixed(names), unread)


def _fixed(names: Mapping[int, list[str]]) -> Mapping[int, tuple[str, ...]]:
    return {key: tuple(those) for key, those in names.items()}
