"""Which days are business days in a município.

Holidays of the nation and of Minas Gerais are the library's; those of the município, and the days
on which it does not work although the law would let it, are rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

STATE = "MG"
A_DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """Of one município."""

    closed: frozenset[date] = frozenset()
    """Its own holidays, and pontos facultativos on which it does not work."""

    def is_business(self, day: date) -> bool:
        """Neither Saturday, Sunday, a holiday, nor a day on which this município is closed."""
        return (
            day.weekday() <= FRIDAY
            and day not in self.closed
            and day not in list_holidays(day.year)
        )

    def from_(self, day: date) -> date:
        """The day itself, or the first business day after it."""
        return next(d for d in _days(day) if self.is_business(d))

    def after(self, day: date) -> date:
        """The first business day after this one."""
        return self.from_(day + A_DAY)

    def nth(self, day: date, number: int) -> date:
        """The business day that is so many after this one; the day itself is not counted."""
        for _ in range(number):
            day = self.after(day)
        return day


@lru_cache(maxsize=64)
def list_holidays(year: int) -> frozenset[date]:
    """National ones, and those of Minas Gerais.

    Carnaval and Corpus Christi are no holidays in national law: a município that has them as such,
    or does not work then, says so.
    """
    # Imported here: it knows every country, and few pages ask.
    from holidays import country_holidays

    return frozenset(country_holidays("BR", subdiv=STATE, years=year))


def _days(day: date) -> Iterator[date]:
    while True:
        yield day
        day += A_DAY
