"""The named cases: their numbers are known before anything is built."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.demo.calendar import is_workday
from portal.demo.examples import EXAMPLES, FIRST_ORDINARY, day_of, examples

NOW = datetime(2026, 3, 20, 14, 10)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)))
def test_numbers_are_all_different_whatever_the_day(now):
    numbers = examples(now)
    assert len(set(numbers.values())) == len(numbers) == len(EXAMPLES)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)))
def test_an_example_is_autuado_on_a_workday_that_has_been(now):
    for example in EXAMPLES:
        day = day_of(example, now)
        assert is_workday(day)
        assert day <= now.date()


def test_the_same_day_gives_the_same_numbers_at_any_hour():
    assert examples(NOW) == examples(NOW + timedelta(hours=9))


def test_two_examples_share_their_digits_and_not_their_number():
    numbers = examples(NOW)
    one, other = numbers["ambiguo"], numbers["ambiguo_outro"]
    assert one != other
    assert [c for c in one if c.isalnum()] == [c for c in other if c.isalnum()]


def test_there_is_room_for_the_examples_below_ordinary_numbers():
    assert len(EXAMPLES) < FIRST_ORDINARY
