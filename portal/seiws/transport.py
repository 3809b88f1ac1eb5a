"""Messages to SEI and back: no redirects, patience that ends, nothing of them written down."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError
from zeep.transports import Transport

from portal.seiws.contract import ACTION
from portal.seiws.wsdl import SOAP_ENCODING, SOAP_ENCODING_SCHEMA

LARGEST = 32 * 1024 * 1024
"""Bytes of an answer; the longest is a list of all of a SEI's unidades."""
PIECE = 65_536
SEND = 300.0
"""Seconds for one message to leave: a piece of a file on a slow line takes its time."""
WHOLE = 600.0
"""Seconds for an answer's head to be there, and for all of it."""
WSDL = "https://seiws.invalid/wsdl"
"""What zeep calls the WSDL, wherever it came from."""
USER_AGENT = "portal-do-protocolo"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. SEI sets itself no limit, and goes on when nobody waits any more."""

    connect: float = 10.0
    read: float = 30.0
    """For an answer to a question."""
    write: float = 300.0
    """For an answer to what changes SEI, files included."""


class Forbidden(Exception):
    """A WSDL wants something from another address."""


class TooLong(Exception):
    """An answer of too many bytes, or too many minutes."""


def why_not_connected(error: Exception) -> str | None:
    """What kept a connection from opening; None unless certainly nothing has left this machine."""
    reason = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    if not isinstance(reason, NewConnectionError):
        return None
    return type(reason.__cause__ or reason).__name__


class _Connection:
    """Says of every failure to connect that it is one, TLS's too; has a patience of its own for
    sending, which would be that for connecting; and waits for an answer's head as long as for a
    whole call, even when that comes byte by byte."""

    sock: socket.socket | None
    _clock: Timer | None = None

    def connect(self) -> None:
        try:
            super().connect()  # type: ignore[misc] # urllib3's, beside this class
        except NewConnectionError:
            raise
        except (HTTPError, OSError) as error:
            raise NewConnectionError(self, type(error).__name__) from error  # type: ignore[arg-type] # it is one
        if self.sock is not None:
            self.sock.settimeout(SEND)
        self._clock = Timer(WHOLE, self._cut)
        self._clock.daemon = True
        self._clock.start()

    def close(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
        super().close()  # type: ignore[misc] # urllib3's, beside this class

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _HTTPConnection(_Connection, HTTPConnection):
    pass


class _HTTPSConnection(_Connection, HTTPSConnection):
    pass


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _HTTPConnection


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _HTTPSConnection


class _Adapter(HTTPAdapter):
    """Makes such connections, and tries nothing twice."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}


class Loader(Transport):  # type: ignore[misc] # zeep's, of which mypy knows nothing
    """What zeep may load: one WSDL, which is had already, and the encoding's schema. Nothing else,
    from nowhere."""

    def __init__(self, wsdl: bytes) -> None:
        super().__init__()
        self.documents = {WSDL: wsdl, SOAP_ENCODING: SOAP_ENCODING_SCHEMA.encode()}

    def load(self, url: str) -> bytes:
        try:
            return self.documents[url]
        except KeyError:
            raise Forbidden(url) from None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that has come whole, as zeep wants one."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes
    encoding: str | None = None


def post(endereco: str, message: bytes, timeout: tuple[float, float]) -> Reply:
    """The answer to a message, whatever its status; `timeout` to connect, and to read.

    zeep's own would write the key and the files into a debugging log.
    """
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{ACTION}"'}
    return _ask("POST", endereco, timeout, data=message, headers=headers)


def download(address: str, patience: Patience) -> bytes:
    """A WSDL. Raises whatever kept it from coming."""
    reply = _ask("GET", address, (patience.connect, patience.read))
    if reply.status_code != 200:
        raise requests.HTTPError(f"HTTP {reply.status_code}")
    return reply.content


def _ask(method: str, address: str, timeout: tuple[float, float], **more: Any) -> Reply:
    """A connection for each call: one that is kept may have been given up by the other side, and
    a write that finds it so would have to count as unconfirmed."""
    deadline = monotonic() + WHOLE
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, _Adapter())
        session.headers.update({"User-Agent": USER_AGENT, "Accept-Encoding": "identity"})
        response = session.request(
            method, address, timeout=timeout, allow_redirects=False, stream=True, **more
        )
        body = bytearray()
        with response:
            while piece := response.raw.read1(PIECE):
                body += piece
                if len(body) > LARGEST or monotonic() > deadline:
                    raise TooLong
        return Reply(response.status_code, response.headers, bytes(body))
