"""One line of the check-up, in Portuguese, for the person at the terminal."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How a finding weighs. The value is the word printed."""

    OK = "ok"
    WARN = "aviso"
    FAIL = "falha"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and what to do when it is not well."""

    level: Level
    subject: str
    text: str


def ok(subject: str, text: str) -> Finding:
    return Finding(Level.OK, subject, text)


def warn(subject: str, text: str) -> Finding:
    return Finding(Level.WARN, subject, text)


def fail(subject: str, text: str) -> Finding:
    return Finding(Level.FAIL, subject, text)


def listing(things: Iterable[object], at_most: int = 8) -> str:
    """`a, b e mais 3`."""
    words = [str(thing) for thing in things]
    if len(words) <= at_most:
        return ", ".join(words)
    return f"{', '.join(words[:at_most])} e mais {len(words) - at_most}"


def amount(number: int) -> str:
    """A number with the points that Portuguese puts between thousands."""
    return f"{number:,}".replace(",", ".")
