"""Dates and hours as a letter in Portuguese writes them: the Jinja filters, and the days of a page.

Days are compared as the tenant's calendar has them: an instant must already be in the tenant's
zone. Every function is cached by day, not by instant, because one page formats hundreds of them
and they repeat.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_timedelta

_LOCALE: Final = "pt_BR"
NBSP: Final = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)
def day(when: date, today: date) -> str:
    """`12 de março`, with the year only when it is not the current one; `1º` begins a month.

    Since this is read in large type on narrow screens, a line breaks before the year or not at
    all.
    """
    shape = f"'1º{NBSP}de'{NBSP}MMMM" if when.day == 1 else f"d{NBSP}'de'{NBSP}MMMM"
    if when.year != today.year:
        shape += f" 'de'{NBSP}y"
    return format_date(when, shape, locale=_LOCALE)


@lru_cache(maxsize=4096)
def full_day(when: date) -> str:
    """`12 de março de 2026`, for what is read long after: a date of autuação, a signature."""
    return day(when, date.min)


@lru_cache(maxsize=4096)
def weekday(when: date) -> str:
    """`quinta-feira`."""
    return format_date(when, "EEEE", locale=_LOCALE)


@lru_cache(maxsize=4096)
def ago(when: date, today: date) -> str:
    """`hoje`, `ontem`, `há 8 dias`, `há 3 meses`, `há 2 anos`; `amanhã` or later reads `em …`.

    Days up to two months, whole calendar months up to two years: people count a wait in days for
    as long as they can, and Babel alone would call 8 days a week.
    """
    days = (today - when).days
    if days == 0:
        return "hoje"
    if days == 1:
        return "ontem"
    if days == -1:
        return "amanhã"
    earlier, later = min(when, today), max(when, today)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    months -= later.day < earlier.day
    if abs(days) < 60 or months < 2:
        amount, unit = abs(days), 1
    elif months < 24 and months != 12:
        amount, unit = months, 30
    else:
        amount, unit = months // 12, 365
    # With the amount as its threshold, Babel keeps to the unit it was given.
    delta = timedelta(days=-amount * unit if days > 0 else amount * unit)
    written = format_timedelta(delta, threshold=amount, add_direction=True, locale=_LOCALE)
    return written.replace(" ", NBSP)


@lru_cache(maxsize=4096)
def since(when: date, today: date) -> str:
    """`desde 12 de março, há 8 dias`; for the last two days the nearness comes first."""
    near = ago(when, today)
    written = day(when, today)
    return (
        f"desde {near}, {written}" if (today - when).days in (0, 1) else f"desde {written}, {near}"
    )


@lru_cache(maxsize=4096)
def on(when: date, today: date) -> str:
    """`em 12 de março, há 8 dias`; `hoje, 20 de março` and `ontem, 19 de março` need no `em`."""
    near = ago(when, today)
    written = day(when, today)
    return f"{near}, {written}" if (today - when).days in (0, 1) else f"em {written}, {near}"


def clock(moment: datetime) -> str:
    """`14:10`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def clock_with_seconds(moment: datetime) -> str:
    """`14h10min07s`, as a receipt has it."""
    return f"{moment.hour:02}h{moment.minute:02}min{moment.second:02}s"


def instant(moment: datetime) -> str:
    """`2026-03-12T17:10:00+00:00`, for programs. In UTC: before 1914 an offset of Brazil has
    seconds, and RFC 3339 has no place for them."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def short(when: date) -> str:
    """`12/03/2026`, as it is written on the paper itself."""
    return f"{when.day:02}/{when.month:02}/{when.year:04}"


def wait(seconds: int) -> str:
    """How long to wait, rounded up: `10 segundos`, `1 minuto`, `5 minutos`, `1 hora`."""
    amount, unit = max(1, seconds), 1
    for size in (60, 3600):
        if seconds > size - unit:
            amount, unit = -(-seconds // size), size
    return format_timedelta(timedelta(seconds=amount * unit), threshold=amount, locale=_LOCALE)


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "ago": ago,
    "clock": clock,
    "clock_with_seconds": clock_with_seconds,
    "day": day,
    "full_day": full_day,
    "instant": instant,
    "short": short,
    "wait": wait,
}
"""What `create_app` adds to the Jinja environment."""
