"""The history as a calendar (RFC 5545), for programs that show days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from portal.sei.text import clean

if TYPE_CHECKING:
    import icalendar


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment, and took no time."""

    uid: str
    moment: datetime
    summary: str
    location: str
    url: str


def write_calendar(name: str, events: Iterable[Event]) -> bytes:
    """The calendar; RFC 5545 wants at least one event in it."""
    # Few ask for one, and it takes long to import.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Portal do Protocolo//Historico//PT-BR")
    # The one name that calendars show, and the one that RFC 7986 made of it.
    for property_ in ("name", "x-wr-calname"):
        calendar.add(property_, clean(name))
    for event in events:
        calendar.add_component(_component(event))
    written: bytes = calendar.to_ical()
    return written


def _component(event: Event) -> "icalendar.Event":
    from icalendar import Event as Component

    component = Component()
    moment = event.moment.astimezone(UTC)
    component.add("uid", event.uid)
    # What an andamento says does not change: a new stamp would make each reading a new edition.
    component.add("dtstamp", moment)
    component.add("dtstart", moment)
    component.add("summary", clean(event.summary))
    component.add("location", clean(event.location))
    component.add("url", event.url)
    component.add("transp", "TRANSPARENT")
    return component
