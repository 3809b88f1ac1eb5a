"""Dates and hours as a letter in Portuguese writes them: the Jinja filters, and the days of a page.

Days are compared as the tenant's calendar has them: an instant must already be in the tenant's
zone. Every function is cached by day, not by instant, because one page formats hundreds of them
and they repeat.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_timedelta

_LOCALE: Final = "pt_BR"
NBSP: Final = "\N{NO-BREAK SPACE}"


@lru_cache(maxsize=4096)
def day(dia: date, hoje: date) -> str:
    """`12 de março`, with the year only when it is not the current one; `1º` begins a month.

    Since this is read in large type on narrow screens, a line breaks before the year or not at
    all.
    """
    shape = f"'1º{NBSP}de'{NBSP}MMMM" if dia.day == 1 else f"d{NBSP}'de'{NBSP}MMMM"
    if dia.year != hoje.year:
        shape += f" 'de'{NBSP}y"
    return format_date(dia, shape, locale=_LOCALE)


@lru_cache(maxsize=4096)
def full_day(dia: date) -> str:
    """`12 de março de 2026`, for what is read long after: a date of autuação, a signature."""
    return day(dia, date.min)


@lru_cache(maxsize=4096)
def weekday(dia: date) -> str:
    """`quinta-feira`."""
    return format_date(dia, "EEEE", locale=_LOCALE)


@lru_cache(maxsize=4096)
def ago(dia: date, hoje: date) -> str:
    """`hoje`, `ontem`, `há 8 dias`, `há 3 meses`, `há 2 anos`; `amanhã` or later reads `em …`.

    Days up to two months, whole calendar months up to two years: people count a wait in days for
    as long as they can, and Babel alone would call 8 days a week.
    """
    days = (hoje - dia).days
    if days == 0:
        return "hoje"
    if days == 1:
        return "ontem"
    if days == -1:
        return "amanhã"
    earlier, later = min(dia, hoje), max(dia, hoje)
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
def since(dia: date, hoje: date) -> str:
    """`desde 12 de março, há 8 dias`; for the last two days the nearness comes first."""
    near = ago(dia, hoje)
    written = day(dia, hoje)
    return f"desde {near}, {written}" if (hoje - dia).days in (0, 1) else f"desde {written}, {near}"


@lru_cache(maxsize=4096)
def on(dia: date, hoje: date) -> str:
    """`em 12 de março, há 8 dias`; `hoje, 20 de março` and `ontem, 19 de março` need no `em`."""
    near = ago(dia, hoje)
    written = day(dia, hoje)
    return f"{near}, {written}" if (hoje - dia).days in (0, 1) else f"em {written}, {near}"


def clock(momento: datetime) -> str:
    """`14:10`."""
    return f"{momento.hour:02}:{momento.minute:02}"


def short(dia: date) -> str:
    """`12/03/2026`, as it is written on the paper itself."""
    return f"{dia.day:02}/{dia.month:02}/{dia.year:04}"


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
    "day": day,
    "full_day": full_day,
    "short": short,
    "wait": wait,
}
"""What `create_app` adds to the Jinja environment."""
