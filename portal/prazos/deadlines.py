"""When a prazo ends. Pure: days in, an instant out.

Lei 9.784/1999, art. 66, which municípios without a law of their own follow (STJ, Súmula 633): the
first day is not counted and the last one is; days run on; what would end on a day without work
ends on the next one that has it; months and years go from date to date, and where the last month
has no such day, to its last. An act done by an electronic system is in time until 23:59:59 of
the last day, in Brasília's time (Decreto 8.539/2015, art. 7); one that would end while the system
was away ends on the first business day after it came back.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.prazos.calendar import A_DAY, Calendar

BRASILIA = ZoneInfo("America/Sao_Paulo")
"""Whatever the reader's own zone is."""
LAST_SECOND = time(23, 59, 59)
A_SECOND = timedelta(seconds=1)


class Unit(StrEnum):
    """What a prazo is counted in."""

    DIAS = "dias"
    UTEIS = "uteis"
    MESES = "meses"
    ANOS = "anos"


@dataclass(frozen=True, slots=True)
class Prazo:
    """How long somebody has; at least one of its unit."""

    number: int
    unit: Unit = Unit.DIAS


@dataclass(frozen=True, slots=True)
class Away:
    """A time without the portal; both aware. `end` is the first moment at which it was back."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last second, and how it was found."""

    end: datetime
    """In Brasília's time."""
    moved: date | None = None
    """The day it would have been, had that one been a business day."""
    away: Away | None = None
    """What made it later."""

    def is_met_by(self, received: datetime) -> bool:
        """What came in the last second was in time."""
        return received < self.end + A_SECOND


def find_deadline(
    notified: date, prazo: Prazo, calendar: Calendar, absences: Iterable[Away] = ()
) -> Deadline:
    """When a prazo ends that began by a notice on this day."""
    counted = _count(notified, prazo, calendar)
    last = calendar.from_(counted)
    moved = None if last == counted else counted
    deadline = Deadline(_end_of(last), moved)
    for away in sorted(absences, key=lambda absence: absence.start):
        if away.start <= deadline.end < away.end:
            back = calendar.after(away.end.astimezone(BRASILIA).date())
            deadline = Deadline(_end_of(back), moved, away)
    return deadline


def day_of(received: datetime) -> date:
    """The day on which something was done: that of Brasília when it was received."""
    return received.astimezone(BRASILIA).date()


def _count(notified: date, prazo: Prazo, calendar: Calendar) -> date:
    match prazo.unit:
        case Unit.DIAS:
            return notified + prazo.number * A_DAY
        case Unit.UTEIS:
            return calendar.nth(notified, prazo.number)
        case Unit.MESES:
            return _months_later(notified, prazo.number)
        case Unit.ANOS:
            return _months_later(notified, 12 * prazo.number)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, BRASILIA)
