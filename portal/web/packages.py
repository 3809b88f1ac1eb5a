"""All documents of a processo that open, in one file that is made while it is sent."""

import errno
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from flask import Response

from portal.content.filenames import content_disposition, safe_name
from portal.content.html import render
from portal.content.kinds import PAGE, Kind
from portal.content.package import Member, stream, unique
from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.sei import documentos
from portal.sei.values import ANYONE, Conteudo, Documento, OpenDocumentos, Viewer
from portal.tenancy import Tenant
from portal.web.files import current_verdicts, read_verified
from portal.web.imprint import list_imprint
from portal.web.log import describe, logger
from portal.web.reader import is_reader_unknown

MEGABYTE = 1_000_000
TOO_LARGE = "não coube aqui. Abra-o na página do documento"


def fits(tenant: Tenant, found: OpenDocumentos) -> bool:
    """Whether the package stays within the tenant's limits, as far as SEI knows its size: of files.
    How long a text is shows when it is read, and what has no room then is left out."""
    size = sum(documento.tamanho or 0 for documento in found.documentos)
    return found.complete and size <= tenant.limites.megabytes_por_pacote * MEGABYTE


def send_package(
    tenant: Tenant, numero: NumeroProtocolo, found: OpenDocumentos, now: datetime, viewer: Viewer
) -> Response:
    """The documents as a ZIP. Each is asked of SEI again at its turn: what was closed to `viewer`
    since then is not in it."""
    members = _Packing(tenant, numero, now, viewer).members(found.documentos)
    titulo = f"Documentos do processo {found.procedimento.formatado}"
    return Response(
        _unbroken(stream(members, titulo, now, _which(viewer))),
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": content_disposition(f"documentos-{numero.chave}.zip", True),
        },
        content_type="application/zip",
    )


def _which(viewer: Viewer) -> str:
    if is_reader_unknown():
        return "Só documentos públicos, porque o SEI demorou para achar o seu cadastro"
    return "Documentos públicos" if viewer == ANYONE else "Documentos que abrem para você"


class _Packing:
    """One package being made: which names it has, and how much more it may take."""

    def __init__(
        self, tenant: Tenant, numero: NumeroProtocolo, now: datetime, viewer: Viewer
    ) -> None:
        self._tenant, self._numero, self._now, self._viewer = tenant, numero, now, viewer
        self._verdicts = current_verdicts()
        self._names: set[str] = set()
        self._room = tenant.limites.megabytes_por_pacote * MEGABYTE

    def members(self, listed: Iterable[Documento]) -> Iterator[Member]:
        return map(self._member, listed)

    def _member(self, listed: Documento) -> Member:
        missing = Member("", listed.titulo, None, packed=False)
        try:
            documento, conteudo = documentos.open_documento(
                self._tenant, self._numero, listed.numero_sei, now=self._now, viewer=self._viewer
            )
        except NotFound:
            return missing
        if conteudo.anexo is None:
            page = self._page(documento, conteudo)
            if len(page) > self._room:
                return replace(missing, absence=TOO_LARGE)
            self._room -= len(page)
            name = self._name(documento, documento.nome, PAGE)
            return Member(name, listed.titulo, (page,), PAGE.packed)
        file = read_verified(self._tenant, conteudo.anexo, self._verdicts)
        if file is None:
            return missing
        # SEI's own word for the size may be wrong, or missing.
        if file.size > self._room:
            file.close()
            return replace(missing, absence=TOO_LARGE)
        self._room -= file.size
        name = self._name(documento, documento.arquivo or documento.nome, file.kind)
        return Member(name, listed.titulo, file.chunks, file.kind.packed, file.is_damaged)

    def _page(self, documento: Documento, conteudo: Conteudo) -> bytes:
        imprint = list_imprint(self._tenant, self._numero.chave, documento, conteudo)
        return render(conteudo.pagina or "", documento.titulo, imprint).encode()

    def _name(self, documento: Documento, called: str, kind: Kind) -> str:
        called = called.replace("/", "-")
        return unique(safe_name(f"{documento.numero_sei} {called}", kind), self._names)


def _unbroken(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks. A failure ends the connection, which is all that can be said by then; as a
    broken connection, so that the server does not write the address into its log."""
    try:
        yield from chunks
    except Exception as error:
        logger.error("package", **describe(error))
        raise ConnectionResetError(errno.ECONNRESET, "a package broke off") from error
