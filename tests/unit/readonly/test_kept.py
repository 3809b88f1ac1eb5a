"""What is read once for each engine, by one thread, and again when it is old."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine

from portal.errors import Unavailable
from portal.readonly import Kept, kept


class Away(Exception):
    pass


class StoppedClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Source:
    """Says how often it was read, and waits while `held` is not set."""

    def __init__(self) -> None:
        self.times = 0
        self.started = threading.Event()
        self.held = threading.Event()
        self.held.set()

    def __call__(self, _: Connection) -> int:
        self.started.set()
        assert self.held.wait(10)
        self.times += 1
        return self.times


@contextmanager
def connected() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_it_is_read_again_only_when_it_is_older_than_its_lifetime() -> None:
    clock, source = StoppedClock(), Source()
    value = Kept(source, 60.0, clock)
    seen = []
    with connected() as connection:
        for clock.now in (0.0, 59.9, 60.0, 60.1, 100.0):
            seen.append(value.get(connection))
    assert seen == [1, 1, 1, 2, 2]


def test_who_needs_it_fresher_has_it_read_for_all() -> None:
    clock, source = StoppedClock(), Source()
    value = Kept(source, 60.0, clock)
    with connected() as connection:
        value.get(connection)
        clock.now = 4.0
        assert value.get(connection, max_age=5.0) == 1
        clock.now = 5.1
        assert value.get(connection, max_age=5.0) == 2
        assert value.get(connection) == 2


def test_what_yields_waits_for_the_next_page_when_this_one_read_something_else() -> None:
    clock = StoppedClock()
    first, second = Source(), Source()
    decides, words = Kept(first, 60.0, clock), Kept(second, 60.0, clock, yields=True)
    with connected() as connection:
        pages = []
        for clock.now in (0.0, 61.0, 63.0):
            pages.append((decides.get(connection), words.get(connection)))
        clock.now += 61.0
        decides.get(connection)
        fresh = words.get(connection, max_age=5.0)
    assert pages == [(1, 1), (2, 1), (2, 2)]
    assert fresh == 3


def test_without_a_lifetime_it_is_read_once_until_it_is_forgotten() -> None:
    clock, source = StoppedClock(), Source()
    value = Kept(source, clock=clock)
    with connected() as connection:
        value.get(connection)
        clock.now = 1e12
        assert value.get(connection) == 1
        value.forget(connection.engine)
        assert value.get(connection) == 2


def test_each_engine_has_its_own() -> None:
    value = Kept(Source())
    with connected() as one, connected() as other:
        assert (value.get(one), value.get(other), value.get(one)) == (1, 2, 1)


def test_while_one_thread_reads_anew_the_others_have_the_old_one() -> None:
    clock, source = StoppedClock(), Source()
    value = Kept(source, 60.0, clock)
    with connected() as connection, ThreadPoolExecutor(1) as pool:
        value.get(connection)
        clock.now = 61.0
        source.started.clear()
        source.held.clear()
        reading = pool.submit(value.get, connection)
        assert source.started.wait(10)
        assert value.get(connection) == 1
        source.held.set()
        assert reading.result(10) == 2
    assert source.times == 2


def test_while_one_thread_reads_the_first_the_others_wait_for_it() -> None:
    source = Source()
    value = Kept(source)
    with connected() as connection, ThreadPoolExecutor(8) as pool:
        source.held.clear()
        waiting = [pool.submit(value.get, connection) for _ in range(8)]
        source.held.set()
        assert {one.result(10) for one in waiting} == {1}
    assert source.times == 1


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0.05)
    source = Source()
    value = Kept(source)
    with connected() as connection, ThreadPoolExecutor(1) as pool:
        source.held.clear()
        reading = pool.submit(value.get, connection)
        assert source.started.wait(10)
        with pytest.raises(Unavailable):
            value.get(connection)
        source.held.set()
        assert reading.result(10) == 1


def test_a_reading_that_failed_is_tried_again() -> None:
    answers: list[int | Away] = [Away(), 7]

    def read(_: Connection) -> int:
        answer = answers.pop(0)
        if isinstance(answer, Away):
            raise answer
        return answer

    value = Kept(read)
    with connected() as connection:
        with pytest.raises(Away):
            value.get(connection)
        assert value.get(connection) == 7
