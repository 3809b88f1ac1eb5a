"""When a prazo ends: the days of 2026, counted by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.prazos.calendar import Calendar
from portal.prazos.deadlines import (
    BRASILIA,
    Away,
    Prazo,
    Unit,
    day_of,
    find_deadline,
)

PLAIN = Calendar()
TOWN = Calendar(frozenset({date(2026, 12, 8), date(2026, 2, 16), date(2026, 2, 17)}))
"""Nossa Senhora da Conceição; Carnaval."""

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
prazos = st.builds(Prazo, st.integers(1, 120), st.sampled_from(Unit))


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=BRASILIA)


@pytest.mark.parametrize(
    ("day", "calendar", "business"),
    [
        (date(2026, 11, 27), PLAIN, True),
        (date(2026, 11, 28), PLAIN, False),  # a Saturday
        (date(2026, 11, 29), PLAIN, False),
        (date(2026, 11, 20), PLAIN, False),  # Consciência Negra, national since 2024
        (date(2023, 11, 20), PLAIN, True),
        (date(2026, 4, 3), PLAIN, False),  # Sexta-feira Santa
        (date(2026, 4, 21), PLAIN, False),  # Tiradentes, also the day of Minas Gerais
        (date(2026, 2, 17), PLAIN, True),  # Carnaval is no holiday unless the município says so
        (date(2026, 2, 17), TOWN, False),
        (date(2026, 12, 8), PLAIN, True),
        (date(2026, 12, 8), TOWN, False),
        (date(2026, 12, 25), PLAIN, False),
    ],
)
def test_a_business_day_is_none_of_the_others(
    day: date, calendar: Calendar, business: bool
) -> None:
    assert calendar.is_business(day) is business


@pytest.mark.parametrize(
    ("notified", "prazo", "calendar", "last", "moved"),
    [
        # The first day is not counted, the last one is.
        (date(2026, 11, 2), Prazo(10), PLAIN, date(2026, 11, 12), None),
        # Days run on over a weekend, and what ends in it ends on Monday.
        (date(2026, 11, 18), Prazo(10), PLAIN, date(2026, 11, 30), date(2026, 11, 28)),
        # A holiday on the last day, then a weekend: Friday 20 November.
        (date(2026, 11, 10), Prazo(10), PLAIN, date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 28), Prazo(10), TOWN, date(2026, 12, 9), date(2026, 12, 8)),
        (date(2026, 11, 28), Prazo(10), PLAIN, date(2026, 12, 8), None),
        # Year's end.
        (date(2026, 12, 27), Prazo(5), PLAIN, date(2027, 1, 4), date(2027, 1, 1)),
        # Business days skip what is none.
        (date(2026, 11, 18), Prazo(2, Unit.UTEIS), PLAIN, date(2026, 11, 23), None),
        (date(2026, 2, 13), Prazo(1, Unit.UTEIS), TOWN, date(2026, 2, 18), None),
        (date(2026, 11, 28), Prazo(1, Unit.UTEIS), PLAIN, date(2026, 11, 30), None),
        # Months and years from date to date; the last day where there is no such day.
        (date(2026, 3, 12), Prazo(1, Unit.MESES), PLAIN, date(2026, 4, 13), date(2026, 4, 12)),
        (date(2026, 8, 31), Prazo(1, Unit.MESES), PLAIN, date(2026, 9, 30), None),
        (date(2027, 12, 30), Prazo(2, Unit.MESES), PLAIN, date(2028, 2, 29), None),
        (date(2024, 2, 29), Prazo(1, Unit.ANOS), PLAIN, date(2025, 2, 28), None),
        (date(2024, 2, 29), Prazo(4, Unit.ANOS), PLAIN, date(2028, 2, 29), None),
    ],
)
def test_a_prazo_ends_on_the_day_that_the_law_says(
    notified: date, prazo: Prazo, calendar: Calendar, last: date, moved: date | None
) -> None:
    deadline = find_deadline(notified, prazo, calendar)
    assert deadline.end == at(last, 23, 59, 59)
    assert deadline.moved == moved
    assert deadline.away is None


LAST = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("start", "end", "last"),
    [
        # Away in the last second: the next business day after it came back.
        (at(LAST, 20), at(date(2026, 11, 13), 1), date(2026, 11, 16)),
        (at(LAST, 23, 59, 59), at(date(2026, 11, 13), 0), date(2026, 11, 16)),
        # Back before the end of the day: nobody lost the last hour.
        (at(LAST, 8), at(LAST, 23, 59, 59), LAST),
        # Away only after the end.
        (at(date(2026, 11, 13), 0), at(date(2026, 11, 13), 9), LAST),
        # Back on a holiday's eve.
        (at(LAST, 22), at(date(2026, 11, 19), 22), date(2026, 11, 23)),
    ],
)
def test_who_could_not_be_in_time_gets_the_day_after_the_portal_is_back(
    start: datetime, end: datetime, last: date
) -> None:
    away = Away(start.astimezone(UTC), end.astimezone(UTC))
    deadline = find_deadline(date(2026, 11, 2), Prazo(10), PLAIN, [away])
    assert deadline.end == at(last, 23, 59, 59)
    assert deadline.away == (None if last == LAST else away)


def test_the_portal_may_be_away_again_on_the_day_after() -> None:
    absences = [
        Away(at(date(2026, 11, 16), 12), at(date(2026, 11, 17), 8)),
        Away(at(LAST, 20), at(date(2026, 11, 13), 1)),
    ]
    deadline = find_deadline(date(2026, 11, 2), Prazo(10), PLAIN, absences)
    assert deadline.end == at(date(2026, 11, 18), 23, 59, 59)
    assert deadline.away == absences[0]


@pytest.mark.parametrize(
    ("received", "met"),
    [
        (datetime(2026, 11, 13, 2, 59, 59, 999_999, UTC), True),
        (datetime(2026, 11, 13, 3, 0, 0, 0, UTC), False),
        (datetime(2026, 11, 12, 3, 0, 0, 0, UTC), True),
    ],
)
def test_the_last_second_counts_to_its_end_in_brasilia(received: datetime, met: bool) -> None:
    assert find_deadline(date(2026, 11, 2), Prazo(10), PLAIN).is_met_by(received) is met


def test_the_day_of_an_act_is_brasilias() -> None:
    assert day_of(datetime(2027, 1, 1, 2, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert day_of(datetime(2027, 1, 1, 3, 0, 0, tzinfo=UTC)) == date(2027, 1, 1)


@given(days, prazos)
def test_a_prazo_ends_on_a_business_day_after_the_notice(notified: date, prazo: Prazo) -> None:
    deadline = find_deadline(notified, prazo, TOWN)
    assert deadline.end.date() > notified
    assert TOWN.is_business(deadline.end.date())
    if deadline.moved is not None:
        between = (deadline.end.date() - deadline.moved).days
        passed = [deadline.moved + timedelta(days=n) for n in range(between)]
        assert passed
        assert not any(TOWN.is_business(day) for day in passed)


@given(days, prazos, st.lists(st.tuples(days, st.integers(0, 20)), max_size=5))
def test_an_absence_never_makes_a_prazo_shorter(
    notified: date, prazo: Prazo, away: list[tuple[date, int]]
) -> None:
    absences = [Away(at(day, 12), at(day, 12) + timedelta(days=long)) for day, long in away]
    plain = find_deadline(notified, prazo, TOWN)
    assert find_deadline(notified, prazo, TOWN, absences).end >= plain.end
