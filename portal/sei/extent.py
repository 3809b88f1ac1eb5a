"""How far down a search may walk, whatever it finds: a day that depends on nothing closed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.sei.filters import FIRST_DAY, MIDNIGHT, Place

MOST_WALKED = 200_000
"""Protocolos that one search may pass over, of whatever level: some tenths of a second. It goes on
beyond only where públicos were found, which are counted."""
WITHOUT_EXTENT = timedelta(days=30)
"""How far a search walks where SEI did not say in time how much there is."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and the last público by its autuação.

    SEI numbers all its protocolos in one row, so that the numbers of two públicos say how many
    there are between them, and nothing about any of those.
    """

    oldest: Place
    newest: Place

    @property
    def many(self) -> int:
        """About how many protocolos, at least one."""
        return max(abs(self.newest.id_protocolo - self.oldest.id_protocolo), 1)


BOTTOM = Place(datetime.combine(FIRST_DAY, MIDNIGHT), 0)
NOTHING = Extent(BOTTOM, BOTTOM)
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
        return _midnight(self.extent.oldest.moment) if self.extent and bounded else BOTTOM

    def below(self, newest: Place) -> Place:
        """How far down from `newest` one search may walk, which doubles with each step."""
        if self.extent is None:
            top, stride = datetime.combine(self.today, MIDNIGHT), WITHOUT_EXTENT
        elif self.extent.many > MOST_WALKED:
            top = self.extent.newest.moment
            stride = (top - self.extent.oldest.moment) * (MOST_WALKED / self.extent.many)
        else:
            return BOTTOM
        down = stride * (1 << newest.step)
        top = min(top, newest.moment)
        return _midnight(top - down) if top - BOTTOM.moment > down else BOTTOM


def _midnight(moment: datetime) -> Place:
    return Place(datetime.combine(moment, MIDNIGHT), 0)
