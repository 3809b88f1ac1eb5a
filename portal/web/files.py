"""Documents on their way out: pages of SEI, and files found, recognised, sent and checked."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b

from flask import Response, request

from portal.content.filenames import content_disposition, safe_name
from portal.content.html import HTML_POLICY
from portal.content.integrity import Key, Ledger, verified
from portal.content.kinds import HEAD, Kind, kind_of
from portal.content.repository import Missing, StoredFile, open_file
from portal.sei.values import Anexo
from portal.tenancy import Tenant
from portal.web import metrics
from portal.web.headers import FILE_POLICY
from portal.web.log import logger

_ledger = Ledger()


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is there to be had."""

    kind: Kind
    size: int
    """Bytes."""
    damaged: bool
    """Not the file that SEI stored; known once somebody has read it to its end, or by its size."""


def look_at(tenant: Tenant, anexo: Anexo) -> FoundFile | None:
    """What there is of an anexo, without reading it; None when there is nothing."""
    try:
        with closing(_open(tenant, anexo)) as stored:
            return _describe(tenant, anexo, stored)
    except Missing as missing:
        _report(tenant, "missing", str(missing))
        return None


def send_file(tenant: Tenant, anexo: Anexo, nome: str, *, save: bool) -> Response | None:
    """The file as an answer to this request; None when there is none.

    A kind that no browser shows by itself is saved whatever `save` says. What the reader has
    already is not sent again, and a broken download goes on where it stopped.
    """
    try:
        stored = _open(tenant, anexo)
        found = _describe(tenant, anexo, stored)
    except Missing as missing:
        _report(tenant, "missing", str(missing))
        return None
    attachment = save or not found.kind.opens
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache",
        "Content-Disposition": content_disposition(safe_name(nome, found.kind), attachment),
        "Content-Security-Policy": FILE_POLICY,
        "ETag": _etag(anexo, stored),
    }
    response = _answer(tenant, anexo, stored, found, headers)
    response.call_on_close(stored.close)
    return response


def send_page(html: str) -> Response:
    """A document of SEI as its own page, under a policy that gives it nothing."""
    etag = f'"{blake2b(html.encode(), digest_size=12).hexdigest()}"'
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": HTML_POLICY,
        "ETag": etag,
    }
    if request.if_none_match.contains_weak(etag.strip('"')):
        return Response(status=304, headers=headers)
    return Response(html, headers=headers, mimetype="text/html")


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file for a package, read once."""

    kind: Kind
    size: int
    """Bytes, whatever SEI says."""
    chunks: Iterator[bytes]
    is_damaged: Callable[[], bool]
    """As `FoundFile.damaged`, when all chunks have passed."""
    close: Callable[[], None]
    """For who takes none of the chunks; else the last of them closes it."""


def read_verified(tenant: Tenant, anexo: Anexo) -> WholeFile | None:
    """The whole file; None when there is none."""
    try:
        stored = _open(tenant, anexo)
        found = _describe(tenant, anexo, stored)
    except Missing as missing:
        _report(tenant, "missing", str(missing))
        return None
    key = _key(tenant, anexo, stored)
    chunks = _closing(stored, _checked(tenant, anexo, stored))
    return WholeFile(found.kind, found.size, chunks, lambda: key in _ledger, stored.close)


def _answer(
    tenant: Tenant, anexo: Anexo, stored: StoredFile, found: FoundFile, headers: dict[str, str]
) -> Response:
    if request.if_none_match.contains_weak(headers["ETag"].strip('"')):
        return Response(status=304, headers=headers)
    part = _asked_part(stored.size, headers["ETag"])
    if part is None:
        body, status = _checked(tenant, anexo, stored), 200
        length = stored.size
    elif part.start >= part.stop:
        headers["Content-Range"] = f"bytes */{stored.size}"
        return Response(status=416, headers=headers)
    else:
        length, status = len(part), 206
        body = _sent(tenant, stored.chunks(part.start, length))
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{stored.size}"
    # Without a charset: nobody knows in what a text was written, and a wrong guess spoils accents.
    response = Response(body, status, headers, content_type=found.kind.mimetype)
    response.content_length = length
    return response


def _asked_part(size: int, etag: str) -> range | None:
    """The bytes this request wants; None for all of them, and an empty range for what is not there.

    Several parts at once are too rarely meant to be worth their format: all is sent instead.
    """
    # Compared strongly: a weak one is never the same, and a date is not enough.
    if request.headers.get("If-Range", etag).strip() != etag:
        return None
    # The last none of the bytes, which Werkzeug takes for no range.
    if re.fullmatch(r"bytes=\s*-0+", request.headers.get("Range", "").lower()):
        return range(0)
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return None
    start, stop = wanted.ranges[0]
    if start < 0:
        start = max(0, size + start)
    return range(start, size if stop is None else min(stop, size))


def _open(tenant: Tenant, anexo: Anexo) -> StoredFile:
    if tenant.repositorio is None:
        raise Missing("no repository")
    return open_file(tenant.repositorio, anexo.id_anexo, anexo.incluido_em)


def _describe(tenant: Tenant, anexo: Anexo, stored: StoredFile) -> FoundFile:
    key = _key(tenant, anexo, stored)
    if stored.size != anexo.tamanho:
        _note(tenant, key, "size differs")
    return FoundFile(kind_of(stored.head(HEAD)), stored.size, key in _ledger)


def _checked(tenant: Tenant, anexo: Anexo, stored: StoredFile) -> Iterator[bytes]:
    """The file's bytes; once all have passed it is known whether they are the ones SEI stored."""
    key = _key(tenant, anexo, stored)

    def conclude(intact: bool) -> None:
        if not intact:
            _note(tenant, key, "MD5 differs")

    return verified(_sent(tenant, stored.chunks()), anexo.hash, conclude)


def _sent(tenant: Tenant, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks; that they broke off is for the operator too."""
    try:
        yield from chunks
    except ConnectionResetError as error:
        _report(tenant, "broken", error.strerror or "")
        raise


def _note(tenant: Tenant, key: Key, reason: str) -> None:
    if _ledger.note(key):
        _report(tenant, "damaged", reason)


def _report(tenant: Tenant, problem: str, reason: str) -> None:
    """For the operator, without saying whose file it is."""
    metrics.file_problems.labels(tenant.slug, problem).inc()
    logger.warning("file", tenant=tenant.slug, problem=problem, reason=reason)


def _key(tenant: Tenant, anexo: Anexo, stored: StoredFile) -> Key:
    return (tenant.slug, anexo.id_anexo, stored.modified, stored.size)


def _etag(anexo: Anexo, stored: StoredFile) -> str:
    """Another content has another: SEI never writes into a file that it has stored."""
    content = f"{anexo.id_anexo} {anexo.hash} {stored.modified} {stored.size}"
    return f'"{blake2b(content.encode(), digest_size=12).hexdigest()}"'


def _closing(stored: StoredFile, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with closing(stored):
        yield from chunks
