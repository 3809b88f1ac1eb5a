"""Requests to the provider, which end: no redirects, little patience, no more than what fits.

Imported at the first login, since `requests` is heavy and most readers never sign in.
"""

import socket
from contextlib import suppress
from io import BytesIO
from threading import Timer
from time import monotonic
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException, Response, Timeout
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ReadTimeoutError

from portal.govbr.values import LoginFailed, Why

CONNECT = 3.0
READ = 5.0
"""Seconds between two pieces of an answer."""
HEADERS = 10.0
"""Seconds for an answer's headers."""
WHOLE = 10.0
"""Seconds for an answer's whole body."""
LARGEST = 256_000
"""Bytes."""

_NOT_NOW = (403, 408, 429)
"""Refusals that are not about what was asked: a firewall, a limit."""


class _Clocked:
    """A connection whose headers come in time: byte by byte, each would be soon enough for `READ`,
    and the last might never come."""

    sock: socket.socket | None

    def getresponse(self) -> Any:
        clock = Timer(HEADERS, self._cut)
        clock.daemon = True
        clock.start()
        try:
            return super().getresponse()  # type: ignore[misc] # urllib3's, beside this class
        finally:
            clock.cancel()

    def _cut(self) -> None:
        """The plain socket's way: TLS's own would pull the ground from under who reads."""
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _HTTPConnection(_Clocked, HTTPConnection):
    pass


class _HTTPSConnection(_Clocked, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _Adapter(HTTPAdapter):
    """Makes such connections."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


class Session(OAuth2Session):  # type: ignore[misc] # Authlib publishes no types
    """Authlib's client, whose every request keeps to the limits above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())

    def request(self, method: str, url: str, **kwargs: Any) -> Response:
        """The whole answer, with a JSON object in it, or what `expected` says. Raises LoginFailed
        for any other."""
        expected: type = kwargs.pop("expected", dict)
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": (CONNECT, READ)}
        try:
            response: Response = super().request(method, url, **kwargs)
            with response:
                body = _read(response, monotonic() + WHOLE)
        except Timeout as error:
            raise LoginFailed(Why.SLOW) from error
        except RequestException as error:
            raise LoginFailed(Why.AWAY) from error
        response.raw = BytesIO(body)
        _check(response, expected)
        return response


def _read(response: Response, deadline: float) -> bytes:
    body = bytearray()
    try:
        while piece := response.raw.read1(16_384):
            body += piece
            if len(body) > LARGEST:
                raise LoginFailed(Why.MALFORMED)
            if monotonic() > deadline:
                raise LoginFailed(Why.SLOW)
    except ReadTimeoutError as error:
        raise LoginFailed(Why.SLOW) from error
    except (HTTPError, OSError) as error:
        raise LoginFailed(Why.AWAY) from error
    return bytes(body)


def _check(response: Response, expected: type) -> None:
    status = response.status_code
    if status >= 500 or status in _NOT_NOW:
        raise LoginFailed(Why.AWAY)
    try:
        whole = isinstance(response.json(), expected)
    except ValueError:
        whole = False
    if status == 401 and not whole:
        # A wrong secret gets a 401 without a body.
        raise LoginFailed(Why.CREDENTIALS)
    if not whole or 300 <= status < 400:
        raise LoginFailed(Why.MALFORMED)
