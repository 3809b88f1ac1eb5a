"""How often one address may ask: counted in the portal's database, to hold across processes.

Fixed windows, one row for each. What is kept of an address is a keyed digest of it together with
the tenant, the rule and the window: no two rows of one address have anything in common, and
without the portal's key none leads back to it.
"""

import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from typing import Any, cast

from sqlalchemy import BigInteger, Engine, Integer, LargeBinary, String, Table, bindparam, delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import Compiled, SQLCompiler

from portal.db import Base, insert_into
from portal.errors import PortalError, TooManyRequests

PATIENCE = 0.25
"""Seconds a question waits to be counted. Counting it is worth no more to the citizen."""

SWEEP = 60
"""Seconds between two deletions of windows that are over, in each process."""

REST = 1.0
"""Seconds without asking a database that has just failed, so that its patience is paid once."""


class RateLimit(Base):
    """How often somebody asked for something in one window of time."""

    __tablename__ = "rate_limit"
    # The key is random, so a table that is ordered by it needs no second tree.
    __table_args__ = ({"sqlite_with_rowid": False},)

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    """Digest of tenant, rule, window and address."""
    hits: Mapped[int] = mapped_column(Integer)
    ends: Mapped[int] = mapped_column(BigInteger, index=True)
    """Unix time; a number, since it is only ever compared with another."""


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `limit` in every `seconds`."""

    name: str
    limit: int
    seconds: int
    shared: bool = False
    """Counts the whole tenant together, and not each address."""


class CountingFailed(PortalError):
    """The counters cannot be reached. The caller decides what that means."""


def bucket(address: str | None) -> str:
    """Who is counted together: an IPv4 address, or the /64 that one IPv6 subscriber gets.

    All whose address is unknown (a socket without one) are counted as one.
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return f"{int(ip) >> 64:x}/64"
    return str(ip)


class Limiter:
    """Counts and refuses. Safe to share between threads; opens no connection until it is asked.

    `engine` is one of `open_counters`.
    """

    def __init__(self, engine: Engine, secret: str) -> None:
        self.engine = engine
        self._secret = blake2b(secret.encode(), person=b"rate limits").digest()
        self._upserts: dict[int, Compiled] = {}
        self._next_sweep = 0.0
        self._rest_until = 0.0
        # SQLite has one writer, and a thread that finds it busy sleeps for a millisecond: waiting
        # for each other here is a hundred times shorter.
        self._turn: AbstractContextManager[Any] = (
            threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        )

    def hit(
        self, tenant: str, who: str, rules: Sequence[Rule], watched: Sequence[Rule], *, now: float
    ) -> None:
        """Count one request against `rules`; `watched` ones are looked at but not counted.

        `who` is a `bucket`, `now` Unix time. Raises TooManyRequests when one of the rules has
        been passed, or one of the watched is used up, and CountingFailed when nobody knows. What
        is refused for an address's own sake does not count for the whole tenant, or one address
        could use up what is there for all.
        """
        counts = self._add(tenant, who, [(r, 1) for r in rules] + [(r, 0) for r in watched], now)
        passed = [r for r in rules if counts[r] > r.limit]
        refused = [r for r in passed if not r.shared]
        refused += [r for r in watched if counts[r] >= r.limit]
        if refused and (shared := [(r, -1) for r in rules if r.shared]):
            with suppress(CountingFailed):
                self._add(tenant, who, shared, now)
        for rule in refused + passed:
            raise TooManyRequests(rule.name, _rest_of_window(rule, now))

    def note(self, tenant: str, who: str, rules: Sequence[Rule], *, now: float) -> None:
        """Count without refusing. Raises CountingFailed."""
        self._add(tenant, who, [(rule, 1) for rule in rules], now)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _add(
        self, tenant: str, who: str, amounts: Sequence[tuple[Rule, int]], now: float
    ) -> dict[Rule, int]:
        # Always in the order given, so that two requests never wait for each other in a circle.
        keys = {self._key(tenant, who, rule, now): rule for rule, _ in amounts}
        values: dict[str, Any] = {}
        for i, (key, (rule, amount)) in enumerate(zip(keys, amounts, strict=True)):
            values |= {f"tenant{i}": tenant, f"key{i}": key, f"hits{i}": amount}
            values[f"ends{i}"] = _end_of_window(rule, now)
        rows = self._run(self._upsert(len(amounts)), values, now)
        self._forget(now)
        return {keys[bytes(key)]: hits for key, hits in rows}

    def _key(self, tenant: str, who: str, rule: Rule, now: float) -> bytes:
        text = f"{tenant}|{rule.name}|{_end_of_window(rule, now)}|{'' if rule.shared else who}"
        return blake2b(text.encode(), key=self._secret, digest_size=16).digest()

    def _run(self, statement: Compiled, values: dict[str, Any], now: float) -> list[Any]:
        """The statement's rows, on the driver's own cursor: SQLAlchemy around it would cost more
        than the statement itself. Each one is its own transaction."""
        if now < self._rest_until:
            raise CountingFailed("resting after a failure")
        try:
            with self._turn:
                try:
                    return self._execute(statement, values)
                except self._driver_error:
                    if self.engine.dialect.name == "sqlite":
                        raise
                    # The server may have been restarted, and every connection kept is dead.
                    self.engine.dispose()
                    return self._execute(statement, values)
        except (self._driver_error, SQLAlchemyError) as error:
            self._rest_until = now + REST
            raise CountingFailed(str(error)) from error

    @cached_property
    def _driver_error(self) -> type[Exception]:
        return cast(type[Exception], self.engine.dialect.loaded_dbapi.Error)

    def _execute(self, statement: Compiled, values: dict[str, Any]) -> list[Any]:
        names = cast(SQLCompiler, statement).positiontup
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement.string, [values[n] for n in names] if names else values)
            rows = cursor.fetchall() if cursor.description else []
            cursor.close()
            return list(rows)
        except BaseException:
            connection.invalidate()
            raise
        finally:
            connection.close()

    def _forget(self, now: float) -> None:
        """Delete the windows that are over, now and then. A failure leaves them for later."""
        if now >= self._next_sweep:
            self._next_sweep = now + SWEEP
            with suppress(CountingFailed):
                self._run(self._compiled_sweep, {"now": int(now)}, now)

    @cached_property
    def _compiled_sweep(self) -> Compiled:
        return (
            delete(RateLimit)
            .where(RateLimit.ends <= bindparam("now"))
            .compile(dialect=self.engine.dialect)
        )

    def _upsert(self, rows: int) -> Compiled:
        """One statement for all the rules of a page, compiled once: building it anew for each
        request takes ten times as long as running it."""
        compiled = self._upserts.get(rows)
        if compiled is None:
            dialect = self.engine.dialect
            table = cast(Table, RateLimit.__table__)
            insert = insert_into(table, dialect.name).values(
                [{c.name: bindparam(f"{c.name}{i}") for c in table.c} for i in range(rows)]
            )
            upsert = insert.on_conflict_do_update(
                index_elements=["tenant", "key"],
                set_={"hits": table.c.hits + insert.excluded.hits},
            ).returning(table.c.key, table.c.hits)
            compiled = self._upserts[rows] = upsert.compile(dialect=dialect)
        return compiled


def _end_of_window(rule: Rule, now: float) -> int:
    return (int(now) // rule.seconds + 1) * rule.seconds


def _rest_of_window(rule: Rule, now: float) -> int:
    return max(1, _end_of_window(rule, now) - int(now))
