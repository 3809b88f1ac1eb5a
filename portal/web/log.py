"""Logs: one JSON line on stdout for each request and each failure, without personal data.

A line names the route and never the address, since an address holds the number of somebody's
processo. No query string, no form, no client address, no SQL. Whatever slips through in the shape
of a CPF, a CNPJ or an e-mail is masked. What gunicorn says comes here by `server.py`.
"""

import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from time import perf_counter
from typing import Any, cast

import msgspec
import structlog
from flask import Flask, Response, g, has_request_context, request

from portal.web.metrics import observe, unwritten
from portal.web.tenant import find_tenant

logger = cast(structlog.typing.FilteringBoundLogger, structlog.get_logger())

_SECRETS = (
    (re.compile(r"[^\s@<>\"'=:,;()]+@[^\s@<>\"'=:,;()]+\.[a-zA-Z]{2,}"), "[e-mail]"),
    (
        # Since July 2026 the first twelve places of a CNPJ may be letters.
        re.compile(
            r"(?<![\w.])[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?[0-9]{2}(?!\w)"
        ),
        "[cnpj]",
    ),
    (re.compile(r"(?<![\w.])[0-9]{3}[. ]?[0-9]{3}[. ]?[0-9]{3}[- ]?[0-9]{2}(?!\w)"), "[cpf]"),
)

_LONGEST = 300
"""Characters of a text in a line."""


def configure() -> None:
    """Send structlog, and what libraries say by `logging`, to stdout as JSON lines."""
    structlog.configure(
        processors=[
            _add_request,
            redact,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=_to_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_Stdout,
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    if not any(isinstance(handler, _Bridge) for handler in root.handlers):
        root.addHandler(_Bridge())


def init_app(app: Flask) -> None:
    """Measure every request, and write its line when it is answered."""
    app.before_request(_start)
    app.after_request(_finish)


def request_id() -> str:
    """Names this request in our log and on the page of an unforeseen error, nowhere else."""
    return cast(str, g.request_id)


def describe(error: BaseException) -> dict[str, object]:
    """An exception for a line: what it is and where it was raised, but no more of its text than
    one short line, since drivers put values into theirs."""
    # SQLAlchemy's own text has the statement; the driver's, which it keeps, has the reason.
    reason = getattr(error, "orig", None) or error
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "reason": next(iter(str(reason).splitlines()), ""),
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Mask, anywhere in a line, what has the shape of a CPF, a CNPJ or an e-mail."""
    for key, value in event.items():
        event[key] = _redacted(value)
    return event


def _redacted(value: Any) -> Any:
    match value:
        case None | bool() | float():
            return value
        case int():
            return value if -(10**9) < value < 10**9 else _redacted_text(str(value))
        case str():
            return _redacted_text(value)
        case Mapping():
            return {_redacted_text(str(k)): _redacted(v) for k, v in value.items()}
        case list() | tuple():
            return [_redacted(v) for v in value]
        case _:
            return _redacted_text(str(value))


def _redacted_text(text: str) -> str:
    for pattern, mask in _SECRETS:
        text = pattern.sub(mask, text)
    return text[:_LONGEST]


def _to_json(event: object, **_: object) -> bytes:
    return msgspec.json.encode(event)


def _add_request(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if has_request_context():
        tenant = find_tenant()
        event["request"] = g.get("request_id")
        event["tenant"] = tenant.slug if tenant is not None else None
        event["route"] = request.endpoint
    return event


def _start() -> None:
    g.started = perf_counter()
    # Twelve places: no shape that `redact` knows has as many.
    g.request_id = secrets.token_hex(6)


def _finish(response: Response) -> Response:
    seconds = perf_counter() - g.started
    observe(request.endpoint, response.status_code, seconds)
    logger.info(
        "request",
        method=request.method,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )
    return response


class _Stdout:
    """Writes lines. One write each, so that those of two threads do not mix.

    One that cannot be written, as on a full disk, is counted: its page is worth more.
    """

    def __init__(self, *_names: object) -> None:
        pass

    def msg(self, line: bytes) -> None:
        try:
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.buffer.flush()
        except OSError:
            unwritten.inc()

    debug = info = warning = error = critical = msg


class _Bridge(logging.Handler):
    """What libraries say, in our lines."""

    def emit(self, record: logging.LogRecord) -> None:
        details = describe(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
        logger.log(
            record.levelno, "library", logger=record.name, text=record.getMessage(), **details
        )
