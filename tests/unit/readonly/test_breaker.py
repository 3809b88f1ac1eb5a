"""When a server that did not answer is asked again."""

import pytest

from portal.errors import LeftAlone
from portal.readonly.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(rest=5, clock=clock)


def asks(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except LeftAlone:
        return False
    return True


def test_a_server_that_answers_is_asked(breaker: Breaker) -> None:
    breaker.note_answer()
    assert [asks(breaker) for _ in range(3)] == [True, True, True]


def test_a_silent_server_is_left_alone_and_then_one_asks_for_all(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.note_silence()
    assert not asks(breaker)
    clock.now += 4.9
    assert not asks(breaker)
    clock.now += 0.1
    assert [asks(breaker) for _ in range(3)] == [True, False, False]


def test_whoever_asks_and_never_comes_back_is_followed_by_another(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.note_silence()
    clock.now += 5
    assert asks(breaker)
    clock.now += 5
    assert [asks(breaker), asks(breaker)] == [True, False]


def test_a_server_that_is_still_silent_rests_anew(breaker: Breaker, clock: Clock) -> None:
    breaker.note_silence()
    clock.now += 5
    assert asks(breaker)
    clock.now += 3
    breaker.note_silence()
    clock.now += 4
    assert not asks(breaker)


def test_the_first_answer_opens_it_to_all(breaker: Breaker, clock: Clock) -> None:
    breaker.note_silence()
    clock.now += 5
    assert asks(breaker)
    breaker.note_answer()
    assert [asks(breaker), asks(breaker)] == [True, True]
