"""All documents of a processo that open, in one file that is made while it is sent."""

import errno
from collections.abc import Iterator
from datetime import datetime

from flask import Response

from portal.content.filenames import content_disposition, safe_name
from portal.content.html import render
from portal.content.kinds import PAGE
from portal.content.package import Member, stream, unique
from portal.errors import NotFound, PortalError
from portal.numero import NumeroProtocolo
from portal.sei import documentos
from portal.sei.values import Documento, OpenDocumentos
from portal.tenancy import Tenant
from portal.web.files import read_verified
from portal.web.log import describe, logger

MEGABYTE = 1_000_000


def fits(tenant: Tenant, found: OpenDocumentos) -> bool:
    """Whether the package stays within the tenant's limits, as far as SEI knows its size."""
    size = sum(documento.tamanho or 0 for documento in found.documentos)
    return found.complete and size <= tenant.limites.megabytes_por_pacote * MEGABYTE


def send_package(
    tenant: Tenant, numero: NumeroProtocolo, found: OpenDocumentos, now: datetime
) -> Response:
    """The documents as a ZIP. Each is asked of SEI again at its turn: what was closed since then
    is not in it."""
    members = _members(tenant, numero, found, now)
    return Response(
        _unbroken(stream(members, f"Documentos do processo {found.processo}", now)),
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": content_disposition(f"documentos-{numero.chave}.zip", True),
        },
        content_type="application/zip",
    )


def _members(
    tenant: Tenant, numero: NumeroProtocolo, found: OpenDocumentos, now: datetime
) -> Iterator[Member]:
    taken: set[str] = set()
    for documento in found.documentos:
        yield _member(tenant, numero, documento, now, taken)


def _member(
    tenant: Tenant, numero: NumeroProtocolo, listed: Documento, now: datetime, taken: set[str]
) -> Member:
    titulo = f"{listed.nome}, nº SEI {listed.numero_sei}"
    missing = Member("", titulo, None, packed=False)
    try:
        documento, conteudo = documentos.open_documento(tenant, numero, listed.numero_sei, now=now)
    except NotFound:
        return missing
    if conteudo.anexo is not None:
        file = read_verified(tenant, conteudo.anexo)
        if file is None:
            return missing
        name = safe_name(f"{documento.numero_sei} {documento.arquivo}", file.kind)
        return Member(unique(name, taken), titulo, file.chunks, file.kind.packed, file.is_damaged)
    name = safe_name(f"{documento.numero_sei} {documento.nome.replace('/', '-')}", PAGE)
    page = render(conteudo.pagina or "", documento.nome).encode()
    return Member(unique(name, taken), titulo, (page,), PAGE.packed)


def _unbroken(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks. A failure ends the connection, which is all that can be said by then; as a
    broken connection, so that the server does not write the address into its log."""
    try:
        yield from chunks
    except PortalError as error:
        logger.error("package", **describe(error))
        raise ConnectionResetError(errno.ECONNRESET, "a package broke off") from error
