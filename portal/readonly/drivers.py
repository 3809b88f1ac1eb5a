"""What each driver must be told: timeouts, charset, and a session that refuses to write."""

import secrets
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Any, cast

from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExecutionContext
from sqlalchemy.pool import ConnectionPoolEntry

# One driver for each kind of server; all are imported only when a URL asks for them.
DRIVERS = {
    "mariadb": "mariadb+pymysql",
    "mssql": "mssql+pymssql",
    "mysql": "mysql+pymysql",
    "oracle": "oracle+oracledb",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite+pysqlite",
}

APPLICATION = "portal-do-protocolo"

# How a server says that a table or a column is not there, not to be read by this account, or of
# another type than when the SELECT was prepared: MySQL's numbers, PostgreSQL's states, SQLite's
# words.
CHANGED = (1054, 1142, 1143, 1146, "42P01", "42703", "42501", "0A000")
CHANGED_WORDS = ("no such table", "no such column")

NEVER = 2**62
"""So many times must psycopg be asked the same before it prepares it by itself."""

LOST = ("26000", "42P05")
"""PostgreSQL's states for a plan that is not there, and for a name that is taken: something stands
between us and it, and gives each statement whatever session is free."""

# What a driver says on top of the server's own limit, so that the server's clearer error wins.
GRACE = 1.0


def with_driver(url: str | URL) -> URL:
    """The URL with the one driver we use for its kind of server.

    Raises ValueError for anything else, without repeating its password.
    """
    try:
        target = make_url(url)
    except Exception as error:
        raise ValueError("not a database URL, as postgresql://user:password@host/base") from error
    known = DRIVERS.get(target.get_backend_name())
    if known is None or target.drivername not in (known, target.get_backend_name()):
        raise ValueError(
            f"{target.drivername} is not supported: use one of {', '.join(sorted(DRIVERS))}"
        )
    return target.set(drivername=known)


def read_only_file(target: URL) -> URL:
    """SQLite refuses to write what it opened with `mode=ro`, and does not create what is absent.

    A URL that is already a `file:` URI is kept: it may name a database in memory.
    """
    if not target.database or target.database == ":memory:":
        raise ValueError("a read-only SQLite database in memory would be empty")
    if target.database.startswith("file:"):
        return target
    return target.set(database=f"file:{target.database}").update_query_dict(
        {"mode": "ro", "uri": "true"}
    )


def connect_args(kind: str, statement_timeout: float, connect_timeout: float) -> dict[str, Any]:
    """Arguments of the driver's own `connect`, times in seconds."""
    match kind:
        case "mysql" | "mariadb":
            return {
                # The tables are latin1 and the server transcodes: with anything less, the
                # characters that windows-1252 adds are lost.
                "charset": "utf8mb4",
                "autocommit": True,
                "connect_timeout": connect_timeout,
                # For the greeting and the log-in; `session_settings` sets the one for SELECTs.
                "read_timeout": connect_timeout,
                "write_timeout": connect_timeout,
                "program_name": APPLICATION,
            }
        case "postgresql":
            return {
                # Nothing is prepared for being asked often: in time a prepared search gets one plan
                # for all values, and that one is a scan. What may have one is `settled`.
                "prepare_threshold": NEVER,
                "client_encoding": "utf8",
                "connect_timeout": ceil(connect_timeout),
                "application_name": APPLICATION,
            }
        case "mssql":
            return {
                "charset": "UTF-8",
                "login_timeout": ceil(connect_timeout),
                "timeout": ceil(statement_timeout),
                "appname": APPLICATION,
            }
        case "oracle":
            return {"tcp_connect_timeout": connect_timeout}
        case _:
            return {"timeout": connect_timeout, "check_same_thread": False}


def session_settings(
    kind: str, statement_timeout: float
) -> Callable[[DBAPIConnection, ConnectionPoolEntry], None]:
    """What every new connection is told before its first SELECT."""

    def settings(connection: DBAPIConnection) -> tuple[str, ...]:
        match kind:
            case "mysql" | "mariadb":
                return (
                    "SET SESSION TRANSACTION READ ONLY",
                    *_mysql_limit(connection.get_server_info(), statement_timeout),
                )
            case "postgresql":
                return (
                    "SET default_transaction_read_only = on",
                    f"SET statement_timeout = {_milliseconds(statement_timeout)}",
                )
            case "sqlite":
                return ("PRAGMA query_only = ON",)
            case _:
                return ()

    def apply(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        if kind == "oracle":
            connection.call_timeout = _milliseconds(statement_timeout)
        if kind in ("mysql", "mariadb"):
            # pymysql has one timeout for the log-in and for everything after it.
            connection._read_timeout = statement_timeout + GRACE
        cursor = connection.cursor()
        try:
            for statement in settings(connection):
                cursor.execute(statement)
        finally:
            cursor.close()

    return apply


def _mysql_limit(server: str, seconds: float) -> tuple[str, ...]:
    """MariaDB counts seconds, MySQL milliseconds and only since 5.7.8; before that nothing does.

    `server` is what it says of itself, as `8.0.36` or `5.5.5-10.11.19-MariaDB-0+deb12u1`.
    """
    if "MariaDB" in server:
        return (f"SET SESSION max_statement_time = {seconds:.3f}",)
    numbers = tuple(int(part) for part in server.split("-")[0].split(".") if part.isdigit())
    if numbers >= (5, 7, 8):
        return (f"SET SESSION max_execution_time = {_milliseconds(seconds)}",)
    return ()


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def impatient_psycopg(
    patience: float,
) -> Callable[[Dialect, ConnectionPoolEntry, list[Any], dict[str, Any]], DBAPIConnection]:
    """Connections that give a silent server up after `patience` seconds.

    psycopg waits for an answer as long as the socket stays open, and a server that froze, or a
    firewall that forgot the connection, keeps it open for hours.
    """
    import psycopg
    from psycopg.abc import RV, PQGen

    class Impatient(psycopg.Connection[Any]):
        def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
            started = monotonic()
            try:
                return super().wait(gen, interval, patience if timeout is None else timeout)
            except psycopg.OperationalError:
                if monotonic() - started >= patience:
                    # Its answer may still come and would be taken for the next one's.
                    self.pgconn.finish()
                raise

    def connect(
        dialect: Dialect, entry: ConnectionPoolEntry, args: list[Any], kwargs: dict[str, Any]
    ) -> DBAPIConnection:
        connection = Impatient.connect(*args, **kwargs)
        # psycopg numbers the plans of each connection from 0. Where two share a session of
        # PostgreSQL, one name would be two plans, and the answer the other one's.
        connection._prepared._prepared_idx = secrets.randbits(48)
        return cast(DBAPIConnection, connection)

    return connect


def prepare_settled(
    cursor: Any, statement: str, parameters: Any, context: ExecutionContext
) -> bool:
    """Have PostgreSQL keep the plan of a SELECT that is `settled`: finding it takes five times as
    long as following it. A connection through which nothing is kept does without from then on."""
    if not context.execution_options.get("settled"):
        return False
    try:
        cursor.execute(statement, parameters, prepare=True)
    except context.dialect.loaded_dbapi.Error as error:
        if error.sqlstate not in LOST:
            raise
        cursor.connection.prepare_threshold = None
        return False
    return True


def tells_of_change(error: BaseException | None) -> bool:
    """Whether the driver's error says that what was read a moment ago is gone, or closed to us.

    The portal asks only for what it found in the catalogue: somebody changed the database, or took
    a grant away. MySQL calls some of these operational, PostgreSQL our mistake.
    """
    said = error.args[0] if error is not None and error.args else None
    return (
        said in CHANGED
        or getattr(error, "sqlstate", None) in CHANGED
        or str(said).startswith(CHANGED_WORDS)
    )
