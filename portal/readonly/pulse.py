"""Whether a pooled connection is still alive, asked as cheaply as the answer allows."""

import select
from collections.abc import Callable
from time import monotonic
from typing import Any

from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

# How long a connection may rest before it is asked whether it is alive, in seconds. Until then a
# look at its socket tells whether the server hung up, which costs no round trip.
REST = 30.0


def note_rest(connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["resting since"] = monotonic()


def check_alive(dialect: Dialect) -> Callable[[DBAPIConnection, ConnectionPoolEntry, Any], None]:
    """Ask a connection that rested long, or whose socket has something to say, if it is alive."""

    def check(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: Any) -> None:
        since = entry.info.get("resting since")
        if since is None:
            return  # just made
        try:
            if (monotonic() - since < REST and _is_quiet(connection)) or dialect.do_ping(
                connection
            ):
                return
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error
        raise InvalidatePoolError

    return check


def _is_quiet(connection: DBAPIConnection) -> bool:
    """True when nothing unread waits on the connection's socket: a server that hung up leaves its
    end there. False where the driver hides the socket."""
    sock = getattr(connection, "_sock", connection)  # pymysql's; psycopg has `fileno` itself
    try:
        watch = select.poll()
        watch.register(sock.fileno(), select.POLLIN)
        return not watch.poll(0)
    except (AttributeError, OSError, ValueError):
        return False
