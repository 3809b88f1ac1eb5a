"""A value that is read once for each engine, and again when it has grown old."""

import threading
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from portal.errors import Unavailable

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds a page waits for another one's first reading."""
A_PAGE = 1.0
"""Seconds in which what was read is taken to have been read for this page."""


class _Reading(NamedTuple, Generic[T]):
    value: T
    began: float


_READINGS: WeakKeyDictionary[Engine, "dict[Kept[Any], _Reading[Any]]"] = WeakKeyDictionary()


def forget_all(engine: Engine) -> None:
    """Read everything again at the next use, of a database that turned out to have changed."""
    _READINGS.pop(engine, None)


class Kept(Generic[T]):
    """What `read` gives, for each engine, kept for `lifetime` seconds.

    One that `yields` may be older by a page: it is not read again in a page that has just read
    something else anew, so that no page asks for both.
    """

    def __init__(
        self,
        read: Callable[[Connection], T],
        lifetime: float = inf,
        clock: Callable[[], float] = monotonic,
        *,
        yields: bool = False,
    ) -> None:
        self.read = read
        self._lifetime = lifetime
        self._yields = yields
        self._clock = clock
        self._turns: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, connection: Connection, max_age: float | None = None) -> T:
        """The value, read over this connection when it is older than `max_age` seconds.

        `max_age` is the lifetime when not given. One thread reads; meanwhile the others have the
        old value, or wait when there is none. Raises `Unavailable` when they waited too long.
        """
        engine = connection.engine
        limit = self._lifetime if max_age is None else max_age
        known = self._last(engine)
        if known is not None and (
            self._clock() - known.began <= limit or (max_age is None and self._gives_way(engine))
        ):
            return known.value
        with self._lock:
            turn = self._turns.setdefault(engine, threading.Lock())
        # One asks for all; another engine's database is nobody's concern here.
        if not turn.acquire(timeout=PATIENCE if known is None else 0):
            if known is not None:
                return known.value
            raise Unavailable("another page is still asking what every page needs")
        try:
            known = self._last(engine)
            if known is None or self._clock() - known.began > limit:
                began = self._clock()
                known = _Reading(self.read(connection), began)
                _READINGS.setdefault(engine, {})[self] = known
        finally:
            turn.release()
        return known.value

    def _gives_way(self, engine: Engine) -> bool:
        if not self._yields:
            return False
        readings = list(_READINGS.get(engine, {}).items())  # others may be adding theirs
        return any(
            self._clock() - last.began <= A_PAGE for kept, last in readings if kept is not self
        )

    def forget(self, engine: Engine) -> None:
        """Read again at the next use, for a SEI that was upgraded under a running portal."""
        _READINGS.get(engine, {}).pop(self, None)

    def _last(self, engine: Engine) -> _Reading[T] | None:
        return _READINGS.get(engine, {}).get(self)
