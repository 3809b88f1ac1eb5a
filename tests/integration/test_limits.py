"""Counters on the engines that may keep them: SQLite, and PostgreSQL where there is one."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, column, event, func, select, table

from portal.db import Base, open_counters
from portal.errors import TooManyRequests
from portal.limits import SWEEP, CountingFailed, Limiter, RateLimit, Rule, bucket
from tests.integration.engines import Kind, new_database
from tests.patience import PATIENCE, ends_by_itself

SECRET = "not a secret: this key is in the tests"
NOW = 1_774_000_000.0

MINUTE = Rule("consultas", 3, 60)
HOUR = Rule("pesquisas-hora", 5, 3600)
MISSES = Rule("faltas", 2, 600)
TOTAL = Rule("total", 4, 60, shared=True)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A portal's database that has just been migrated."""
    kind: Kind = request.param
    with new_portal(kind, tmp_path) as text:
        yield text


@contextmanager
def new_portal(kind: Kind, folder: Path) -> Iterator[str]:
    with new_database(kind, folder) as new:
        text = new.render_as_string(hide_password=False)
        engine = open_counters(text, PATIENCE)
        Base.metadata.create_all(engine)
        engine.dispose()
        yield text


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_counters(url, PATIENCE)
    yield engine
    engine.dispose()


@pytest.fixture
def limiter(engine: Engine) -> Limiter:
    return Limiter(engine, SECRET)


def ask(limiter: Limiter, who: str = "a", tenant: str = "acacias", now: float = NOW) -> None:
    limiter.hit(tenant, who, [MINUTE], [MISSES], now=now)


def count_rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(RateLimit)) or 0


def test_as_many_as_the_rule_says_pass_and_the_next_waits_for_the_window_to_end(
    limiter: Limiter,
) -> None:
    for _ in range(MINUTE.limit):
        ask(limiter)
    with pytest.raises(TooManyRequests) as refused:
        ask(limiter, now=NOW + 1)
    assert refused.value.rule == "consultas"
    assert 0 < refused.value.retry_after <= 60
    ask(limiter, now=NOW + 1 + refused.value.retry_after)


def test_somebody_else_and_another_tenant_are_counted_apart(limiter: Limiter) -> None:
    for _ in range(MINUTE.limit):
        ask(limiter)
    ask(limiter, who="b")
    ask(limiter, tenant="ipes")
    with pytest.raises(TooManyRequests):
        ask(limiter)


def test_the_longer_of_two_rules_holds_when_the_shorter_begins_again(limiter: Limiter) -> None:
    for minute in range(HOUR.limit):
        limiter.hit("acacias", "a", [MINUTE, HOUR], [], now=NOW + 60 * minute)
    with pytest.raises(TooManyRequests) as refused:
        limiter.hit("acacias", "a", [MINUTE, HOUR], [], now=NOW + 60 * HOUR.limit)
    assert refused.value.rule == "pesquisas-hora"
    assert refused.value.retry_after > 60


def test_when_the_misses_are_used_up_nothing_is_answered_any_more(limiter: Limiter) -> None:
    for _ in range(MISSES.limit):
        ask(limiter)
        limiter.note("acacias", "a", [MISSES], now=NOW)
    with pytest.raises(TooManyRequests) as refused:
        ask(limiter)
    assert refused.value.rule == "faltas"
    ask(limiter, who="b")


def test_looking_at_the_misses_does_not_count_one(limiter: Limiter) -> None:
    for minute in range(8):
        ask(limiter, now=NOW + 60 * minute)
    for _ in range(MISSES.limit):
        limiter.note("acacias", "a", [MISSES], now=NOW)
    with pytest.raises(TooManyRequests, match="faltas"):
        ask(limiter)


def test_a_shared_rule_counts_everybody_of_a_tenant_together(limiter: Limiter) -> None:
    for who in ("a", "b", "c", "d"):
        limiter.hit("acacias", who, [TOTAL], [], now=NOW)
    with pytest.raises(TooManyRequests, match="total"):
        limiter.hit("acacias", "e", [TOTAL], [], now=NOW)
    limiter.hit("ipes", "e", [TOTAL], [], now=NOW)


def test_what_one_address_is_refused_takes_nothing_from_the_others(limiter: Limiter) -> None:
    lone = Rule("consultas", 1, 60)
    limiter.hit("acacias", "a", [lone, TOTAL], [], now=NOW)
    for _ in range(3 * TOTAL.limit):
        with pytest.raises(TooManyRequests, match="consultas"):
            limiter.hit("acacias", "a", [lone, TOTAL], [], now=NOW)
    for who in ("b", "c", "d"):
        limiter.hit("acacias", who, [lone, TOTAL], [], now=NOW)
    with pytest.raises(TooManyRequests, match="total"):
        limiter.hit("acacias", "e", [lone, TOTAL], [], now=NOW)


def test_two_portals_on_one_database_count_together(engine: Engine, url: str) -> None:
    other_engine = open_counters(url, PATIENCE)
    one, other = Limiter(engine, SECRET), Limiter(other_engine, SECRET)
    ask(one)
    ask(other)
    ask(one)
    with pytest.raises(TooManyRequests):
        ask(other)
    other.close()


PROCESS = """
import sys
from portal.db import open_counters
from portal.limits import Limiter, Rule
limiter = Limiter(open_counters(sys.argv[1], 30), sys.argv[2])
for _ in range(200):
    limiter.hit("acacias", "a", [Rule("consultas", 10**6, 60)], [], now=float(sys.argv[3]))
limiter.close()
"""


def test_no_hit_of_processes_that_count_at_once_is_lost(engine: Engine, url: str) -> None:
    command = [sys.executable, "-c", PROCESS, url, SECRET, str(NOW)]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(4 * PATIENCE) for process in processes] == [0, 0]
    with engine.connect() as connection:
        assert connection.scalars(select(RateLimit.hits)).all() == [400]


def test_no_hit_of_threads_that_count_at_once_is_lost(engine: Engine) -> None:
    limiter = Limiter(engine, SECRET)
    many = Rule("consultas", 10**6, 60)
    with ThreadPoolExecutor(8) as pool:
        for _ in range(200):
            pool.submit(limiter.hit, "acacias", "a", [many, TOTAL], [], now=NOW)
    with engine.connect() as connection:
        assert set(connection.scalars(select(RateLimit.hits))) == {200}


def test_windows_that_are_over_are_deleted(engine: Engine, limiter: Limiter) -> None:
    for i in range(20):
        limiter.hit("acacias", f"{i}", [MINUTE], [], now=NOW)
    assert count_rows(engine) == 20
    limiter.hit("acacias", "a", [MINUTE], [], now=NOW + SWEEP + 60)
    assert count_rows(engine) == 1


def test_no_row_has_an_address_and_no_two_rows_of_one_address_are_alike(
    engine: Engine, limiter: Limiter
) -> None:
    who = bucket("203.0.113.7")
    limiter.hit("acacias", who, [MINUTE, HOUR], [MISSES], now=NOW)
    limiter.hit("ipes", who, [MINUTE], [], now=NOW)
    limiter.hit("acacias", who, [MINUTE], [], now=NOW + 30)  # in the next minute
    with engine.connect() as connection:
        rows = connection.execute(select(RateLimit.tenant, RateLimit.key)).all()
    assert {tenant for tenant, _ in rows} == {"acacias", "ipes"}
    assert len({bytes(key) for _, key in rows}) == len(rows) == 5
    assert all(len(key) == 16 for _, key in rows)


def test_another_key_gives_other_rows(engine: Engine, limiter: Limiter) -> None:
    ask(limiter)
    ask(Limiter(engine, "another key, of another portal altogether"))
    assert count_rows(engine) == 4


def test_a_database_without_the_table_is_told_and_does_not_raise_anything_else(
    tmp_path: Path,
) -> None:
    limiter = Limiter(open_counters(f"sqlite:///{tmp_path}/empty.db", PATIENCE), SECRET)
    with pytest.raises(CountingFailed):
        ask(limiter)
    limiter.close()


def test_a_file_that_somebody_else_is_writing_is_not_waited_for_long(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/portal.db"
    engine = open_counters(url, 0.25)
    Base.metadata.create_all(engine)
    limiter = Limiter(engine, SECRET)
    writer = sqlite3.connect(f"{tmp_path}/portal.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with ends_by_itself(), pytest.raises(CountingFailed, match="locked"):
        ask(limiter)
    # The next one does not even wait so long.
    with pytest.raises(CountingFailed, match="resting"):
        ask(limiter, now=NOW + 0.5)
    writer.rollback()
    writer.close()
    ask(limiter, now=NOW + 2)
    limiter.close()


def test_a_page_takes_one_statement_whatever_its_rules(tmp_path: Path) -> None:
    with new_portal("sqlite", tmp_path) as url:
        engine = open_counters(url, PATIENCE)
        limiter = Limiter(engine, SECRET)
        ask(limiter)
        asked: list[str] = []
        with traced(engine, asked):
            limiter.hit("acacias", "a", [MINUTE, TOTAL], [MISSES], now=NOW)
        assert len(asked) == 1
        limiter.close()


@contextmanager
def traced(engine: Engine, asked: list[str]) -> Iterator[None]:
    """What SQLite is asked on the one connection that the pool holds."""
    connection = engine.raw_connection()
    driver = connection.driver_connection
    assert driver is not None
    connection.close()
    driver.set_trace_callback(asked.append)
    yield
    driver.set_trace_callback(None)


def test_a_postgresql_that_was_restarted_is_asked_again(tmp_path: Path) -> None:
    with new_portal("postgres", tmp_path) as url:
        limiter = Limiter(open_counters(url, PATIENCE), SECRET)
        ask(limiter)
        killer = open_counters(url, PATIENCE)
        with killer.connect() as connection:
            activity = table("pg_stat_activity", column("pid"), column("datname"))
            connection.execute(
                select(func.pg_terminate_backend(activity.c.pid)).where(
                    activity.c.datname == func.current_database(),
                    activity.c.pid != func.pg_backend_pid(),
                )
            )
        killer.dispose()
        ask(limiter)
        assert count_rows(limiter.engine) == 2  # the minute and the misses, both asked twice
        limiter.close()


def test_a_disk_that_is_full_is_a_counter_that_cannot_be_reached(tmp_path: Path) -> None:
    engine = open_counters(f"sqlite:///{tmp_path}/portal.db", PATIENCE)
    Base.metadata.create_all(engine)
    engine.dispose()
    event.listen(engine, "connect", lambda driver, _: driver.execute("PRAGMA max_page_count = 8"))
    limiter = Limiter(engine, SECRET)
    with pytest.raises(CountingFailed, match="full"):
        for who in range(10_000):
            ask(limiter, who=f"{who}")
    limiter.close()


def test_threads_that_find_the_table_locked_go_on_when_it_is_not(tmp_path: Path) -> None:
    engine = open_counters(f"sqlite:///{tmp_path}/portal.db", PATIENCE)
    Base.metadata.create_all(engine)
    limiter = Limiter(engine, SECRET)
    writer = sqlite3.connect(f"{tmp_path}/portal.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    thread = threading.Thread(target=ask, args=(limiter,))
    thread.start()
    writer.rollback()
    writer.close()
    thread.join(PATIENCE)
    assert count_rows(engine) == 2
    limiter.close()
