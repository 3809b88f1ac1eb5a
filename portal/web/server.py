"""What gunicorn says and answers by itself, said and answered as the portal does.

A request that it cannot read never gets to the application, or breaks off under its hands.
gunicorn's own words about it repeat what was sent, with the address it came from, in the log and on
the page.
"""

import errno
from contextlib import suppress
from http import HTTPStatus
from socket import socket
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.errors import (
    ExpectationFailed,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from portal.web.errors import LAST_RESORT
from portal.web.headers import HEADERS
from portal.web.log import configure, describe, logger

NOT_UNDERSTOOD = "O portal não entendeu o pedido. Abra a página inicial e tente de novo.\n"

STATUSES = {
    ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    InvalidResponseHeader: HTTPStatus.INTERNAL_SERVER_ERROR,
    InvalidResponseHeaderName: HTTPStatus.INTERNAL_SERVER_ERROR,
    LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}
"""Of the errors that gunicorn has for what it reads and writes; any other of them is a 400."""


class Log(Logger):  # type: ignore[misc] # gunicorn publishes no types
    """Hands what gunicorn says to our lines on stdout. It needs `errorlog = None`."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        configure()
        self.error_log.propagate = True


class Worker(ThreadWorker):  # type: ignore[misc] # gunicorn publishes no types
    """Serves the portal, and has our words where the application is not asked."""

    def handle_request(self, req: Any, conn: object) -> bool:
        if req.body is not None:
            req.body.reader = _Body(req.body.reader)
        answered: bool = super().handle_request(req, conn)
        return answered

    def handle_error(self, req: object, client: socket, addr: object, exc: Exception) -> None:
        """Answer what could not be read, and what failed around the application."""
        default = 400 if isinstance(exc, ParseException) else 500
        status = HTTPStatus(STATUSES.get(type(exc), default))
        if status is HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("surprise", **describe(exc))
        else:
            # The error's own text has the request in it.
            logger.warning("malformed", status=status.value)
        with suppress(OSError):  # whoever asked may have left
            write_nonblock(client, _answer(status))


class _Body:
    """What a request holds. Where its form is broken (a chunk without a size), it broke off.

    The application reads it, and would take gunicorn's error for a failure of its own, whose text
    has a piece of what was sent. A client that goes away in the middle is what it knows.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def read(self, size: int) -> bytes:
        try:
            read: bytes = self._reader.read(size)
        except ParseException:
            raise ConnectionResetError(errno.ECONNRESET, "a body broke off") from None
        return read


def _answer(status: HTTPStatus) -> bytes:
    own = status is HTTPStatus.INTERNAL_SERVER_ERROR
    body = (LAST_RESORT if own else NOT_UNDERSTOOD).encode()
    headers = (
        ("Connection", "close"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *HEADERS,
    )
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{n}: {v}" for n, v in headers)]
    return "\r\n".join([*lines, "", ""]).encode() + body
