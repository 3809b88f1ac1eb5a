"""Working time: nothing happens at night, on a Sunday, or on a holiday."""

from datetime import date, datetime, time
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from portal.demo.calendar import after_days, after_minutes, is_workday, morning, workday_before

moments = st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1))


@given(moments, st.integers(0, 30), st.integers(0, 10**6))
def test_what_comes_later_is_later_and_in_working_hours(moment, days, seed):
    start = morning(Random(seed), moment.date())
    later = after_days(Random(seed), start, days, days)
    assert later > start
    assert is_workday(later.date())
    assert time(8) <= later.time() < time(18)


@given(moments, st.integers(0, 10**6))
def test_minutes_after_closing_are_on_the_next_morning(moment, seed):
    later = after_minutes(Random(seed), moment.replace(hour=17, minute=44), 5, 90)
    assert later > moment.replace(hour=17, minute=44)
    assert is_workday(later.date()) or later.date() == moment.date()
    assert later.time() <= time(17, 46)


def test_a_holiday_is_no_workday():
    assert not is_workday(date(2026, 4, 21))
    assert workday_before(date(2026, 4, 21)) == date(2026, 4, 20)
    assert workday_before(date(2026, 3, 22)) == date(2026, 3, 20)
