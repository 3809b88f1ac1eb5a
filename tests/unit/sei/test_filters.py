"""Places in a list, and the last digits of a number."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sei.filters import Filters, Place, end, start
from portal.sei.queries.endings import ending_values

digits = st.text("0123456789", min_size=1, max_size=25)


@given(
    moment=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),
    key=st.integers(0, 10**18 - 1),
    step=st.integers(0, 3),
    listed=st.integers(0, 50),
)
def test_a_place_is_read_back(moment: datetime, key: int, step: int, listed: int) -> None:
    for when in (moment, datetime(moment.year, 1, 1)):
        place = Place(when, key, step, listed)
        assert Place.parse(str(place)) == place


@given(st.text() | st.from_regex(r"[0-9TZ:+.-]{0,30}~\d{0,20}~\d{0,3}(~\d{0,3})?", fullmatch=True))
def test_nothing_else_is_a_place(text: str) -> None:
    place = Place.parse(text)
    assert place is None or (place.moment.tzinfo is None and place.step <= 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "2026-03-05",
        "2026-03-05~1",
        "2026-03-05~1~4",
        "2026-03-05~1~0~0",
        "2026-03-05~1~0~05",
        "2026-03-05~1~0~x",
        "2026-03-05~1~0~1~1",
        "2026-03-05~-1~0",
        "2026-02-30~1~0",
        "20260305~1~0",
        "2026-W10-4~1~0",
        "2026-03-05T00:00~1~0",
        "1899-12-31~1~0",
        "2026-03-05T00:00:00Z~1~0",
        "2026-03-05~\u0661~0",
        f"2026-03-05~{'9' * 19}~0",
    ],
)
def test_what_is_no_place(text: str) -> None:
    assert Place.parse(text) is None


def test_a_period_has_both_its_days_inside() -> None:
    filters = Filters(first_day=date(2026, 3, 5), last_day=date(2026, 3, 6))
    assert end(filters) == Place(datetime(2026, 3, 5), 0)
    assert start(filters) == Place(datetime(2026, 3, 7), 0)


def test_no_filter_is_none_at_all() -> None:
    assert not Filters()
    assert Filters(tipo=0)
    assert Filters(ending="1234")


@given(ending=digits, numero=st.text("0123456789ABCXYZ", min_size=1, max_size=40))
def test_the_range_of_an_ending_holds_what_ends_so_and_nothing_else(
    ending: str, numero: str
) -> None:
    low, high = ending_values(ending).values()
    for whole in (numero, numero + ending):
        assert (low <= whole[::-1] < high) == whole.endswith(ending)
