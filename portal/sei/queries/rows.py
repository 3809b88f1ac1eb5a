"""What every query shares: its types, and how a column becomes a value."""

from datetime import datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import CompoundSelect, Row, Select, null

from portal.sei.installation import Installation
from portal.sei.values import HipoteseLegal, StaDocumento

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


def hipotese(nome: str | None, base_legal: str | None) -> HipoteseLegal | None:
    return None if nome is None else HipoteseLegal(nome, base_legal or "")


def sta_documento_of(code: str | None) -> StaDocumento | None:
    """None for what is no document, and for a kind that nobody has documented."""
    return StaDocumento(code) if code in _KINDS else None


def or_null(installation: Installation, column: Any, of: Any = None) -> Any:
    """The column where this SEI has it, a NULL under its name where not.

    `of` is the table's own column when `column` is an alias's.
    """
    known = column if of is None else of
    return column if installation.has(known) else null().label(column.name)


def aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """SEI's wall clock as an instant."""
    return None if moment is None else moment.replace(tzinfo=zone)
