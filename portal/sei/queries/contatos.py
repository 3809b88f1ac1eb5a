"""The rows of a person, or a company, in SEI's list of people."""

from functools import lru_cache

from sqlalchemy import BigInteger, ColumnElement, Connection, String, bindparam, select

from portal.cpf import Cpf
from portal.sei.installation import Installation
from portal.sei.queries.rows import Question
from portal.sei.tables import contato
from portal.sei.values import Cnpj, Identity

MOST_CONTATOS = 500
"""Of one person: each time a unit types somebody in anew there is one more."""


@lru_cache
def select_contatos() -> Question:
    """Those with a CPF, inactive ones too: they still have processos (6)."""
    return _with(contato.c.cpf == bindparam("cpf", type_=BigInteger))


@lru_cache
def select_companies(as_text: bool) -> Question:
    """Those with a CNPJ."""
    type_ = String(14) if as_text else BigInteger()
    return _with(contato.c.cnpj == bindparam("cnpj", type_=type_))


def _with(number: ColumnElement[bool]) -> Question:
    key = contato.c.id_contato
    return select(key).where(number).order_by(key.desc()).limit(MOST_CONTATOS)


def list_contatos(
    sei: Connection, installation: Installation, identity: Identity
) -> frozenset[int]:
    """The newest `MOST_CONTATOS` with this number; none when SEI does not know it."""
    match identity:
        case Cpf(digits):
            return frozenset(sei.scalars(select_contatos(), {"cpf": int(digits)}))
        case Cnpj(characters) if installation.cnpj_is_text:
            return frozenset(sei.scalars(select_companies(True), {"cnpj": characters}))
        case Cnpj(characters) if characters.isdecimal():
            return frozenset(sei.scalars(select_companies(False), {"cnpj": int(characters)}))
        case _:
            # A number with letters, in a SEI that has no room for them.
            return frozenset()
