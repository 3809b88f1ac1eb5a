"""Processos by the last digits of their number, which SEI keeps turned around for that."""

from functools import lru_cache

from sqlalchemy import Connection, FromClause, String, bindparam, func, select

from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.tables import protocolo

MOST_ENDINGS = 1_000
"""Processos that the last digits of a number may leave, before more digits are asked for."""


@lru_cache
def select_endings(scope: Scope) -> Question:
    """How many públicos end in these digits; counting stops after `MOST_ENDINGS`."""
    return select(func.count()).select_from(endings(scope))


def count_endings(sei: Connection, scope: Scope, ending: str) -> int:
    """How many públicos end in these digits; one more than `MOST_ENDINGS` at most."""
    return sei.scalar(select_endings(scope), ending_values(ending)) or 0


def endings(scope: Scope) -> FromClause:
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


def ending_values(digits: str) -> dict[str, str]:
    """The parameters of `endings`; those of no digits find nothing."""
    start, end = _range(digits) if digits else ("", "")
    return {"ending_from": start, "ending_to": end}


def _range(digits: str) -> tuple[str, str]:
    """Between which a reversed number is that ends in these digits, the second one left out.

    The bound above is made of digits too, or is the first letter: those stand in the same order
    in every collation, and nothing else does.
    """
    start = digits[::-1]
    return start, start[:-1] + "123456789A"[int(start[-1])]
