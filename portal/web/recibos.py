"""Receipts on pages, in the words that they have on paper."""

from collections.abc import Callable, Mapping
from typing import Final

from portal.protocolo.paper.words import tell_arrival, tell_instant, tell_people

FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "tell_arrival": tell_arrival,
    "tell_instant": tell_instant,
    "tell_people": tell_people,
}
