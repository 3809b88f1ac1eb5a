"""Opening an engine on SEI, and reading through it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import Any, cast

from sqlalchemy import Connection, Engine, Inspector, QueuePool, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.errors import TooSlow, Unavailable
from portal.readonly import drivers, pulse
from portal.readonly.breaker import REST, Breaker
from portal.readonly.guard import refuse_writes
from portal.readonly.kept import forget_all

TURN = 1.0
"""Seconds to wait for a connection when all are in use. Who waits holds a thread too."""


def open_readonly(
    url: str | URL,
    *,
    statement_timeout: float = 5.0,
    connect_timeout: float = 3.0,
    pool_size: int = 4,
    max_overflow: int = 4,
    pool_recycle: float = 1800.0,
    rest: float = REST,
    clock: Callable[[], float] = monotonic,
) -> Engine:
    """An engine on `url` that can only read; no connection is made until it is used.

    Times are in seconds. `statement_timeout` bounds each statement at the server (not on SQLite
    and not on Oracle and SQL Server, where the driver alone does it) and a second later in the
    driver, so that a server that froze is given up too; `connect_timeout` bounds connecting, and
    psycopg raises less than 2 s to 2. `pool_size` and `max_overflow` bound how many threads the
    server may hold, and after a failure it is left alone for `rest` seconds by `clock`.

    Every statement stands alone (autocommit), so a page costs one round trip per SELECT and
    leaves no transaction open in SEI.

    SQL Server and Oracle have no session that refuses writes: there the account's grants and the
    engine's refusal are the guards. Both were tried without a server only.

    Raises ValueError for a URL that is not understood, without repeating its password.
    """
    target = drivers.with_driver(url)
    kind = target.get_backend_name()
    breaker = Breaker(rest, clock)
    engine = create_engine(
        drivers.read_only_file(target) if kind == "sqlite" else target,
        connect_args=drivers.connect_args(kind, statement_timeout, connect_timeout),
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_recycle=ceil(pool_recycle),
        execution_options={"breaker": breaker},
        **_options(kind),
    )
    _listen(engine, kind, statement_timeout)
    event.listen(engine, "after_cursor_execute", lambda *_: breaker.note_answer())
    return engine


def _options(kind: str) -> dict[str, Any]:
    """What every engine is told alike, and what only some take."""
    options: dict[str, Any] = {
        "isolation_level": "AUTOCOMMIT",
        "poolclass": QueuePool,
        "pool_timeout": TURN,
        "pool_use_lifo": True,
        "pool_reset_on_return": None,
        "hide_parameters": True,  # numbers and names stay out of error messages and logs
    }
    if kind != "mssql":  # pymssql cannot say whether it is in autocommit
        options["skip_autocommit_rollback"] = True
    if kind == "postgresql":
        options["use_native_hstore"] = False  # SEI has none, and looking for it costs a query
    return options


def _listen(engine: Engine, kind: str, statement_timeout: float) -> None:
    """What happens to every statement and every connection of the engine."""
    event.listen(engine, "before_cursor_execute", refuse_writes)
    event.listen(engine, "connect", drivers.session_settings(kind, statement_timeout))
    if kind == "postgresql":
        event.listen(
            engine, "do_connect", drivers.impatient_psycopg(statement_timeout + drivers.GRACE)
        )
        event.listen(engine, "do_execute", drivers.prepare_settled)
    if kind != "sqlite":
        event.listen(engine, "checkin", pulse.note_rest)
        event.listen(engine, "checkout", pulse.check_alive(engine.dialect))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for one page. Raises `Unavailable` when the server is away, too slow, refuses
    the account, no longer has what it had, or when every connection stays in use; at once when
    it did not answer a moment ago. `TooSlow` is when it ended a statement at its time limit."""
    breaker = cast(Breaker, engine.get_execution_options()["breaker"])
    breaker.check()
    connection = None
    try:
        with engine.connect() as connection:
            yield connection
    except PoolTimeout as error:
        breaker.note_silence()
        raise Unavailable(str(error)) from error
    except DBAPIError as error:
        changed = drivers.tells_of_change(error.orig)
        if changed:
            # So that the next page sees what there is now, over connections that prepared nothing.
            forget_all(engine)
            engine.dispose()
        if changed or isinstance(error, OperationalError | InterfaceError):
            # A statement that the server itself stopped is an answer, and not of all its tables.
            if connection is None or error.connection_invalidated:
                breaker.note_silence()
            if drivers.tells_of_timeout(error.orig):
                raise TooSlow(str(error.orig)) from error
            raise Unavailable(str(error.orig)) from error
        raise


def was_stopped(error: DBAPIError) -> bool:
    """Whether the server ended one statement, mostly for its time, and is there for another."""
    return (
        isinstance(error, OperationalError)
        and not error.connection_invalidated
        and not drivers.tells_of_change(error.orig)
    )


@contextmanager
def inspecting(engine: Engine) -> Iterator[Inspector]:
    """SQLAlchemy's inspector on a read-only engine, the one place where SHOW and PRAGMA pass.

    Raises `Unavailable` as `reading` does.
    """
    with reading(engine) as connection:
        yield inspect(connection.execution_options(introspection=True))
