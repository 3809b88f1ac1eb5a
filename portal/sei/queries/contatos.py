"""A person's rows in SEI's list of people."""

from functools import lru_cache

from sqlalchemy import BigInteger, Connection, bindparam, select

from portal.sei.queries.rows import Question
from portal.sei.tables import contato
from portal.sei.values import Cpf

MOST_CONTATOS = 500
"""Of one person: each time a unit types somebody in anew there is one more."""


@lru_cache
def select_contatos() -> Question:
    """Those with a CPF, inactive ones too: they still have processos (6)."""
    c = contato.c
    return (
        select(c.id_contato)
        .where(c.cpf == bindparam("cpf", type_=BigInteger))
        .order_by(c.id_contato.desc())
        .limit(MOST_CONTATOS)
    )


def list_contatos(sei: Connection, cpf: Cpf) -> frozenset[int]:
    """The newest `MOST_CONTATOS` of this CPF; none when SEI does not know it."""
    return frozenset(sei.scalars(select_contatos(), {"cpf": int(cpf.digits)}))
