"""What every query shares: its types, and how a column becomes a value."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    Table,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from portal.sei.installation import Installation
from portal.sei.values import FormaAutenticacao, StaDocumento

Question: TypeAlias = Select[*tuple[Any, ...]]
CompoundQuestion: TypeAlias = CompoundSelect[*tuple[Any, ...]]
Answer: TypeAlias = Row[*tuple[Any, ...]]

PAGE_SIZE = 50
"""Andamentos, and documents, on one page."""
READ_SIZE = 2 * PAGE_SIZE + 1
"""Andamentos read for a page: what is left out of them must leave no gap in it."""
LARGEST_ID = 2**31 - 1
"""Beyond every `id_atividade` and `sequencia`, which SEI declares `int`."""


def spellings(chave: str) -> tuple[str, ...]:
    """The key as SEI may keep it: letters stay as they were typed there, and only MySQL takes
    one case for the other."""
    return tuple(dict.fromkeys((chave, chave.lower(), chave.capitalize())))


_KINDS = frozenset(StaDocumento)
_FORMAS = frozenset(FormaAutenticacao)


def sta_documento_of(code: str | None) -> StaDocumento | None:
    """None for what is no document, and for a kind that nobody has documented."""
    return StaDocumento(code) if code in _KINDS else None


def forma_of(code: str | None) -> FormaAutenticacao | None:
    """None for a way of signing that nobody has documented."""
    return FormaAutenticacao(code) if code in _FORMAS else None


def or_null(installation: Installation, column: Any, of: Any = None) -> Any:
    """The column where this SEI has it, a NULL under its name where not.

    `of` is the table's own column when `column` is an alias's.
    """
    known = column if of is None else of
    return column if installation.has(known) else null().label(column.name)


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where the condition holds, else 0: not every engine has booleans to select."""
    return case((condition, literal(1, Integer)), else_=literal(0, Integer))


def settled(question: Question) -> Question:
    """A SELECT by keys that indexes serve, so that one plan is right for every value.

    PostgreSQL keeps the plan. Not for what is looked for by what a reader typed: there the best
    plan depends on it.
    """
    return question.execution_options(settled=True)


def none_of(column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """The column has none of these, which a NULL has not either."""
    return or_(column.is_(None), column.not_in(sorted(values)))


def count_of(table: Table, *where: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows of a table there are for one row of the enclosing SELECT.

    A count, because that stays a question about one row: MariaDB makes an EXISTS a join, which may
    begin at its other end, and PostgreSQL a hash of the whole table. Compare it with `<` and `>`:
    PostgreSQL takes an equality that it cannot estimate for a rare thing, and gives up an order
    that would have led to the first rows at once.
    """
    return select(func.count()).select_from(table).where(*where).scalar_subquery()


def aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """SEI's wall clock as an instant."""
    return None if moment is None else moment.replace(tzinfo=zone)
