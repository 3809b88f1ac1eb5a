"""The history as a calendar (RFC 5545), for programs that show days.

Written here: what we need of the format is a page, and the library for all of it would take more
memory than the rest of the answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from portal.sei.text import clean

LONGEST: Final = 75
"""Octets of a line, without its end."""


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
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal do Protocolo//Historico//PT-BR",
        # The one name that calendars show, and the one that RFC 7986 made of it.
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(fold(line) for line in lines)


def fold(line: str) -> bytes:
    """A content line with its end, in pieces of at most 75 octets that divide no character."""
    rest, pieces, most = line.encode(), [], LONGEST
    while len(rest) > most:
        cut = most
        while rest[cut] & 0b1100_0000 == 0b1000_0000:  # inside of a character
            cut -= 1
        pieces.append(rest[:cut])
        rest, most = rest[cut:], LONGEST - 1  # the space before it counts
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def _event(event: Event) -> Iterator[str]:
    moment = _instant(event.moment)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    # What an andamento says does not change: a new stamp would make each reading a new edition.
    yield f"DTSTAMP:{moment}"
    yield f"DTSTART:{moment}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"LOCATION:{_text(event.location)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(moment: datetime) -> str:
    """`20260320T150000Z`. Not by `strftime`, which leaves the zeros of an early year out."""
    local = moment.astimezone(UTC).replace(tzinfo=None)
    return local.isoformat(timespec="seconds").translate({ord("-"): None, ord(":"): None}) + "Z"


def _text(text: str) -> str:
    """A TEXT value: no control characters, and the four that have a meaning escaped."""
    escaped = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")
