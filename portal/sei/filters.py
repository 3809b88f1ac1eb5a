"""What somebody searches for without knowing a number, and where in the list they are."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self

from portal.sei.keys import key_of

MIDNIGHT = time()
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Every autuação is between them, and every engine has both."""
LAST_STEP = 3
"""A search that went on doubles how far it looks, so many times at most."""


class State(StrEnum):
    """Where a processo stands, as far as a list can ask for it."""

    EM_ANDAMENTO = "andamento"
    CONCLUIDO = "concluido"
    SOBRESTADO = "sobrestado"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that a processo meets all of. What is None, or empty, asks for nothing."""

    tipo: int | None = None
    """`id_tipo_procedimento`."""
    opened_by: int | None = None
    """`id_unidade` of the unidade geradora."""
    open_in: int | None = None
    """`id_unidade` of a unit that has it open now."""
    first_day: date | None = None
    """Of autuação, as the last one; both are inside."""
    last_day: date | None = None
    state: State | None = None
    ending: str = ""
    """Last digits of the number."""
    interessado: str = ""
    """Words of an interessado's name, as they were typed."""

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the list, which goes from the newest autuação to the oldest; the newer is more."""

    moment: datetime
    """`dta_geracao`, on SEI's wall clock; nearly always midnight."""
    id_protocolo: int
    step: int = 0
    """How often in a row nothing, or too little, was found."""
    listed: int = 0
    """How many a search by name has listed above it; 0 of any other search."""

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """What `str` makes; None for anything else."""
        day, *rest = text.split("~")
        numbers = [number for number in map(key_of, rest) if number is not None]
        if len(numbers) != len(rest) or len(rest) not in (2, 3):
            return None
        key, step, listed = (*numbers, 0)[:3]
        if step > LAST_STEP:
            return None
        try:
            moment = datetime.fromisoformat(day)
        except ValueError:
            return None
        inside = moment.tzinfo is None and FIRST_DAY <= moment.date() <= LAST_DAY
        place = cls(moment, key, step, listed)
        # Python reads other ways of writing a moment, too.
        return place if inside and str(place) == text else None

    def __str__(self) -> str:
        day = self.moment.date() if self.moment.time() == MIDNIGHT else self.moment
        listed = f"~{self.listed}" if self.listed else ""
        return f"{day.isoformat()}~{self.id_protocolo}~{self.step}{listed}"


def start(filters: Filters) -> Place:
    """Just above the newest processo that the period may hold."""
    last = filters.last_day or LAST_DAY
    return Place(datetime.combine(last, MIDNIGHT) + timedelta(days=1), 0)


def end(filters: Filters) -> Place:
    """At the oldest processo that the period may hold, which is inside."""
    return Place(datetime.combine(filters.first_day or FIRST_DAY, MIDNIGHT), 0)
