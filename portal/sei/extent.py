"""How far down a search may walk, whatever it finds: a day that depends on nothing closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.sei.filters import FIRST_DAY, MIDNIGHT, Place

MOST_WALKED = 100_000
"""Protocolos that one search may pass over, of whatever level: some tenths of a second. It goes on
beyond only where públicos were found, which are counted."""
NEAR = 10_000
"""Protocolos among which there are mostly as many públicos as a search looks at. MariaDB finds the
beginning of a walk by its index only where its end is near: of one that may go far, it walks to the
beginning from the newest protocolo there is."""
WITHOUT_EXTENT = timedelta(days=30)
"""How far a search walks where SEI did not say in time how much there is."""


@dataclass(frozen=True, slots=True)
class Extent:
    """From when to when públicos were autuados, and among how many protocolos.

    SEI numbers all its protocolos in one row, so that the highest number of the newest públicos
    says how many there are, and nothing about any other. That of the very last may be an early
    one: the day of an autuação can be written by hand.
    """

    oldest: datetime
    newest: datetime
    many: int
    """About how many."""


BOTTOM = Place(datetime.combine(FIRST_DAY, MIDNIGHT), 0)
NOTHING = Extent(BOTTOM.moment, BOTTOM.moment, 0)
"""Of a SEI without públicos."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Where walks end in a SEI of some extent, which may not be known; nobody has autuado
    anything after `today`, or next to nothing."""

    extent: Extent | None
    today: date

    @property
    def end(self) -> Place:
        """There is nothing to find below it."""
        bounded = self.extent is not None and self.extent.many > MOST_WALKED
        return _midnight(self.extent.oldest) if self.extent and bounded else BOTTOM

    def below(self, newest: Place) -> Place:
        """How far down from `newest` one search may walk, which doubles with each step."""
        return self._below(newest, MOST_WALKED)

    def near(self, newest: Place) -> Place:
        """How far down it mostly need not walk any further."""
        return self._below(newest, NEAR)

    def _below(self, newest: Place, most: int) -> Place:
        if self.extent is None:
            top, stride = datetime.combine(self.today, MIDNIGHT), WITHOUT_EXTENT
        elif self.extent.many > most:
            top = self.extent.newest
            stride = (top - self.extent.oldest) * (most / self.extent.many)
        else:
            return BOTTOM
        down = stride * (1 << newest.step)
        top = min(top, newest.moment)
        return _midnight(top - down) if top - BOTTOM.moment > down else BOTTOM


def _midnight(moment: datetime) -> Place:
    return Place(datetime.combine(moment, MIDNIGHT), 0)
