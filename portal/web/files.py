"""Documents on their way out: pages of SEI, and files found, recognised, sent and checked.

A file is checked while it passes: SEI keeps the MD5 of each, and whoever reads one to its end pays
for no reading but his own. The verdict comes after the last byte, for the next reader's page. Of a
file that is only ever asked for in parts there would never be one, so the first part of it is
followed by a reading of the whole; the reader has all that was asked for by then. Only up to
`CHECKED_APART`: a larger one is checked when somebody reads it whole, and its page says that
nobody has.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Final, cast

from flask import Response, current_app

from portal.content.filenames import content_disposition, safe_name
from portal.content.html import HTML_POLICY
from portal.content.integrity import verified
from portal.content.kinds import HEAD, Kind, kind_of
from portal.content.repository import Missing, StoredFile, open_file
from portal.sei.values import Anexo
from portal.tenancy import Tenant
from portal.verdicts import File, Verdicts
from portal.web import metrics
from portal.web.editions import Edition
from portal.web.headers import FILE_POLICY
from portal.web.log import logger
from portal.web.ranges import asked_part

CHECKED_APART: Final = 100_000_000
"""Bytes of a file that is read once more after a part of it: some tenths of a second."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is there to be had."""

    kind: Kind
    size: int
    """Bytes."""
    intact: bool | None
    """The file that SEI stored; None when nobody has read it to its end."""


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file for a package, read once."""

    kind: Kind
    size: int
    """Bytes, whatever SEI says."""
    chunks: Iterator[bytes]
    is_damaged: Callable[[], bool]
    """Whether it is not the file that SEI stored, when all chunks have passed."""
    close: Callable[[], None]
    """For who takes none of the chunks; else the last of them closes it."""


def look_at(tenant: Tenant, anexo: Anexo) -> FoundFile | None:
    """What there is of an anexo, without reading it; None when there is nothing."""
    file = _find(tenant, anexo, current_verdicts())
    if file is None:
        return None
    with closing(file.stored):
        return FoundFile(file.kind, file.stored.size, file.intact())


def send_file(tenant: Tenant, anexo: Anexo, nome: str, *, save: bool) -> Response | None:
    """The file as an answer to this request; None when there is none.

    A kind that no browser shows by itself is saved whatever `save` says. What the reader has
    already is not sent again, and a broken download goes on where it stopped.
    """
    file = _find(tenant, anexo, current_verdicts())
    if file is None:
        return None
    attachment = save or not file.kind.opens
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": content_disposition(safe_name(nome, file.kind), attachment),
        "Content-Security-Policy": FILE_POLICY,
    }
    response = file.edition.unchanged(headers) or _answer(file, headers | file.edition.headers)
    response.call_on_close(file.stored.close)
    return response


def send_page(html: str) -> Response:
    """A document of SEI as its own page, under a policy that gives it nothing."""
    edition, headers = Edition.of(html), {"Content-Security-Policy": HTML_POLICY}
    return edition.unchanged(headers) or Response(
        html, headers=headers | edition.headers, mimetype="text/html"
    )


def current_verdicts() -> Verdicts:
    """What is known of files, for who reads them when the request is no longer at hand."""
    return cast(Verdicts, current_app.extensions["verdicts"])


def read_verified(tenant: Tenant, anexo: Anexo, verdicts: Verdicts) -> WholeFile | None:
    """The whole file; None when there is none."""
    file = _find(tenant, anexo, verdicts)
    if file is None:
        return None
    stored = file.stored
    return WholeFile(
        kind=file.kind,
        size=stored.size,
        chunks=_closing(stored, file.read()),
        is_damaged=lambda: file.intact() is False,
        close=stored.close,
    )


@dataclass(frozen=True)
class _File:
    """An anexo with its file open, which whoever has it closes."""

    tenant: Tenant
    anexo: Anexo
    stored: StoredFile
    kind: Kind
    verdicts: Verdicts

    @cached_property
    def edition(self) -> Edition:
        """Another content has another: SEI never writes into a file that it has stored."""
        anexo, stored = self.anexo, self.stored
        return Edition.of(
            f"{anexo.id_anexo} {anexo.hash} {stored.modified} {stored.size}", strong=True
        )

    def intact(self) -> bool | None:
        """Whether it is the file that SEI stored; None when nobody has read it to its end."""
        if self.stored.size != self.anexo.tamanho:
            self._note(False, "size differs")
        return self.verdicts.find(self._key)

    def read(self) -> Iterator[bytes]:
        """All its bytes; once they have passed it is known whether they are those SEI stored."""
        return verified(
            self._sent(self.stored.chunks()),
            self.anexo.hash,
            lambda intact: self._note(intact, "MD5 differs"),
        )

    def read_part(self, part: range) -> Iterator[bytes]:
        """These bytes of it. Then the whole is read, if nobody has."""
        yield from self._sent(self.stored.chunks(part.start, len(part)))
        if self.stored.size <= CHECKED_APART and self.intact() is None:
            with suppress(ConnectionResetError):
                for _ in self.read():
                    pass

    def _sent(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks; that they broke off is for the operator too."""
        try:
            yield from chunks
        except ConnectionResetError as error:
            _report(self.tenant, "broken", error.strerror or "")
            raise

    def _note(self, intact: bool, reason: str) -> None:
        # One of another size is damaged whatever its MD5.
        intact = intact and self.stored.size == self.anexo.tamanho
        if self.verdicts.note(self._key, intact) and not intact:
            _report(self.tenant, "damaged", reason)

    @property
    def _key(self) -> File:
        return (self.tenant.slug, self.anexo.id_anexo, self.edition.tag)


def _find(tenant: Tenant, anexo: Anexo, verdicts: Verdicts) -> _File | None:
    """The file, open; None when there is none, which is for the operator to know."""
    try:
        if tenant.repositorio is None:
            raise Missing("no repository")
        stored = open_file(tenant.repositorio, anexo.id_anexo, anexo.incluido_em)
        kind = kind_of(stored.head(HEAD))
    except Missing as missing:
        _report(tenant, "missing", str(missing))
        return None
    return _File(tenant, anexo, stored, kind, verdicts)


def _answer(file: _File, headers: dict[str, str]) -> Response:
    size = file.stored.size
    part = asked_part(size, file.edition.etag)
    if part is None:
        body, status, length = file.read(), 200, size
    elif part.start >= part.stop:
        return Response(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    else:
        body, status, length = file.read_part(part), 206, len(part)
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    # Without a charset: nobody knows in what a text was written, and a wrong guess spoils accents.
    response = Response(body, status, headers, content_type=file.kind.mimetype)
    response.content_length = length
    return response


def _report(tenant: Tenant, problem: str, reason: str) -> None:
    """For the operator, without saying whose file it is."""
    metrics.file_problems.labels(tenant.slug, problem).inc()
    logger.warning("file", tenant=tenant.slug, problem=problem, reason=reason)


def _closing(stored: StoredFile, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with closing(stored):
        yield from chunks
