"""The history as days of ready-made entries, for the template to print."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from portal.sei.values import Step, Tracking, Tramite, Unidade
from portal.web.dates import clock, day, weekday
from portal.web.sentences import name_of

_LONG: Final = 64
"""Characters of a unit's name that still read as a quiet line on a phone: two of them."""
_STOPS: Final = (".", "!", "?", "…")


class Entry(NamedTuple):
    """One step, ready to print. A tuple because a page has dozens."""

    id_atividade: int
    kind: str
    time: str
    where: str
    """The unit; empty when `sentence` names it already."""
    sentence: str
    """A whole sentence, with its full stop."""
    sei_text: str | None
    """SEI's own text; None when it says just what `sentence` says."""
    note: str | None
    """When a trâmite that has ended had been sent; the sentence tells the rest."""


class Day(NamedTuple):
    """The entries of one day, in the order of the page."""

    when: date
    title: str
    """`12 de março`."""
    weekday: str
    """`quinta-feira`, or `hoje, quinta-feira`."""
    entries: tuple[Entry, ...]


def group_by_day(tracking: Tracking, now: datetime) -> tuple[Day, ...]:
    """This page of the timeline, in the order given.

    Done here and not in the template: Python is several times faster at it, and this is the one
    loop whose length the page's speed depends on.
    """
    if tracking.history is None:
        return ()
    today = now.date()
    named: set[int] = set()
    days: dict[date, list[Entry]] = {}
    for step in tracking.history.steps:
        entry = _make_entry(step, _where(step.unidade, tracking, named), today)
        days.setdefault(step.moment.date(), []).append(entry)
    return tuple(_make_day(when, today, entries) for when, entries in days.items())


def _make_entry(step: Step, where: str, today: date) -> Entry:
    sentence = step.sentence
    return Entry(
        step.id_atividade,
        step.kind,
        clock(step.moment),
        "" if _names(sentence, step.unidade.nome) else where,
        sentence if sentence.endswith(_STOPS) else sentence + ".",
        None if step.sei_text == sentence else step.sei_text,
        _sent(step.tramite, today),
    )


def _make_day(when: date, today: date, entries: list[Entry]) -> Day:
    near = {0: "hoje, ", 1: "ontem, "}.get((today - when).days, "")
    return Day(when, day(when, today), near + weekday(when), tuple(entries))


def _where(unidade: Unidade, tracking: Tracking, named: set[int]) -> str:
    """The unit's name; a very long one only once on a page, by its sigla from then on."""
    name = name_of(unidade, tracking)
    if len(name) <= _LONG:
        return name
    if unidade.id_unidade in named:
        return unidade.sigla
    named.add(unidade.id_unidade)
    return f"{name} ({unidade.sigla})"


def _sent(tramite: Tramite | None, today: date) -> str | None:
    if tramite is None or tramite.sent_at is None or tramite.decided_at is None:
        return None
    return f"Enviado em {day(tramite.sent_at.date(), today)}."


@lru_cache(maxsize=4096)
def _names(sentence: str, name: str) -> bool:
    """Whether the sentence names it as a word of its own: "TI" is not in "Notificação"."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence, re.IGNORECASE) is not None


FILTERS: Final[Mapping[str, Callable[..., object]]] = {"group_by_day": group_by_day}
"""What `create_app` adds to the Jinja environment."""
