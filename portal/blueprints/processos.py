"""Processos: looking for a number, reading where one is, and each document's own address."""

import re

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.content.html import render
from portal.errors import NotFound
from portal.numero import NumeroProtocolo, Reading, from_chave, read
from portal.sei import documentos, service
from portal.sei.values import Ambiguous, Hit
from portal.web import filters
from portal.web.access import public
from portal.web.addresses import send_to
from portal.web.asked import Asked
from portal.web.downloads import download
from portal.web.files import look_at, send_file, send_page
from portal.web.fragments import ANSWER, page
from portal.web.imprint import list_imprint
from portal.web.limits import drawing, limited, lookup, search
from portal.web.links import Links
from portal.web.packages import fits, send_package
from portal.web.programs import is_for_programs, open_to_every_site
from portal.web.qr import draw_qr
from portal.web.reader import current_reader, note_opened
from portal.web.signin import find_viewer
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("processos", __name__)

A_DAY = "public, max-age=86400"
LONGEST_NUMBER = 50
"""Characters of a number as SEI prints it; more than these is a sentence with a number in it."""
PRINTED = re.compile(r"(\D*\d.*?)([/.][A-Za-z].*)?", re.DOTALL)
"""A number as it is printed, and what an address has below it. Numbers have letters too, but after
their first digit none that follows a dot or a slash."""
BELOW = re.compile(
    r"|\.json|/(?:qr\.svg|historico\.(?:atom|ics)|documentos\.zip"
    r"|documentos/[0-9A-Za-z]{1,50}(?:\.json|/texto|/arquivo)?)"
)
"""What there is below a number."""


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    """A processo is public for who has its number, not for who looks for a person's name."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.after_request
def _keep_nothing_of_a_person(response: Response) -> Response:
    """What was opened to somebody who is signed in stays in no cache."""
    if find_viewer() is not None:
        response.headers["Cache-Control"] = "no-store"
        response.headers.pop("ETag", None)
    return response


@bp.get("/processos")
@public
@limited(search)
def busca() -> ResponseReturnValue:
    """A number: to its processo when it is one, else say what to do. Without a number, a search
    by whatever else is known."""
    if "numero" not in request.args:
        return _search()
    tenant = current_tenant()
    typed = request.args.get("numero", "").strip()
    reading = read(typed, tenant.mascaras)
    hits = service.list_hits(
        tenant, reading.candidates, local_now(), typed, viewer=current_reader()
    )
    if len(hits) == 1:
        return send_to(_address(hits[0]), 303)
    status = 200 if hits else 404 if reading.candidates else 422
    return _found(status, reading, hits, typed)


@bp.get("/processos/<numero:numero>")
@public
@limited(lookup)
def processo(numero: NumeroProtocolo) -> ResponseReturnValue:
    tenant, now, asked = current_tenant(), local_now(), Asked.of(request.args)
    try:
        tracking = service.track(
            tenant, numero, now=now, viewer=current_reader(), **asked._asdict()
        )
    except NotFound:
        return _found(404, read(numero.chave, tenant.mascaras), (), numero.formatado)
    if isinstance(tracking, Ambiguous):
        return _found(200, Reading((numero,)), tracking.hits, numero.formatado)
    note_opened(tracking.procedimento.formatado, tracking.granted)
    links = Links.to(tracking, asked)
    return page(
        "processos/processo.html",
        fragment=_asked_part(),
        # The page says when SEI was asked, and how many days ago things were.
        etag=f"{tracking.fingerprint} {now:%Y-%m-%d %H:%M}",
        tracking=tracking,
        now=now,
        address=tenant.endereco + links.pagina(),
        links=links,
        **asked._asdict(),
    )


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>")
@public
@limited(lookup)
def documento(numero: NumeroProtocolo, numero_sei: str) -> ResponseReturnValue:
    tenant = current_tenant()
    listed = documentos.get_documento(
        tenant, numero, numero_sei, now=local_now(), viewer=current_reader()
    )
    note_opened(f"{numero.formatado}, nº SEI {numero_sei}", listed.documento.granted)
    anexo = listed.conteudo and listed.conteudo.anexo
    return page(
        "processos/documento.html",
        procedimento=listed.procedimento,
        links=Links.to(listed),
        documento=listed.documento,
        conteudo=listed.conteudo,
        file=look_at(tenant, anexo) if anexo else None,
    )


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>/texto")
@public
@limited(lookup)
def texto(numero: NumeroProtocolo, numero_sei: str) -> ResponseReturnValue:
    """A document made in SEI, on its own and without any power."""
    tenant = current_tenant()
    documento, conteudo = documentos.open_documento(
        tenant, numero, numero_sei, now=local_now(), viewer=current_reader()
    )
    if conteudo.pagina is None:
        raise NotFound
    note_opened(f"{numero.formatado}, nº SEI {numero_sei}", documento.granted)
    imprint = list_imprint(tenant, numero.chave, documento, conteudo)
    return send_page(render(conteudo.pagina, documento.titulo, imprint))


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>/arquivo")
@public
@limited(lookup)
@download
def arquivo(numero: NumeroProtocolo, numero_sei: str) -> Response:
    """An external document's file; to the document's page, which says why, when it is not there."""
    tenant = current_tenant()
    documento, conteudo = documentos.open_documento(
        tenant, numero, numero_sei, now=local_now(), viewer=current_reader()
    )
    if conteudo.anexo is None:
        raise NotFound
    note_opened(f"{numero.formatado}, nº SEI {numero_sei}", documento.granted)
    save = request.args.get("salvar") == "1"
    sent = send_file(tenant, conteudo.anexo, documento.arquivo or documento.nome, save=save)
    return sent or send_to(Links(numero.chave).documento(numero_sei), 303)


@bp.get("/processos/<numero:numero>/documentos.zip")
@public
@limited(search)
@download
def pacote(numero: NumeroProtocolo) -> Response:
    tenant, now = current_tenant(), local_now()
    most, formatado = tenant.limites.documentos_por_pacote, Asked.of(request.args).formatado
    viewer = current_reader()
    found = documentos.list_open(
        tenant, numero, now=now, most=most, formatado=formatado, viewer=viewer
    )
    if isinstance(found, Ambiguous):
        return _found(300, Reading((numero,)), found.hits, numero.formatado)
    note_opened(numero.formatado, any(documento.granted for documento in found.documentos))
    if found.documentos and fits(tenant, found):
        return send_package(tenant, numero, found, now, viewer)
    return page("processos/pacote.html", status=422, links=Links.to(found), found=found)


@bp.get("/processos/<numero:numero>/qr.svg")
@public
@limited(drawing)
def qr(numero: NumeroProtocolo) -> ResponseReturnValue:
    """The address as a QR code, of any number: SEI is not asked whether there is such a one."""
    links = Links(numero.chave, Asked.of(request.args), current_tenant().endereco)
    svg = draw_qr(links.pagina())
    return Response(svg, headers={"Cache-Control": A_DAY}, mimetype="image/svg+xml")


@bp.get("/processos/<path:spelling>")
@public
def other_spelling(spelling: str) -> ResponseReturnValue:
    """A number as it is printed, with its dots and slashes: to its one permanent address, and what
    is below it with it. The documents of a processo are on its page."""
    parts = PRINTED.fullmatch(spelling.removesuffix("/"))
    if parts is None:
        raise NotFound
    printed, below = parts.groups("")
    numero = from_chave(printed, current_tenant().mascaras)
    if below == "/documentos":
        below = ""
    if numero is None or not BELOW.fullmatch(below):
        raise NotFound
    query = request.query_string.decode("ascii", "replace")
    address = Links(numero.chave).pagina() + below
    response = send_to(f"{address}?{query}" if query else address, 308)
    return open_to_every_site(response) if is_for_programs() else response


def _search() -> ResponseReturnValue:
    tenant = current_tenant()
    by_name = tenant.visibilidade.pesquisa_por_interessado
    found = filters.search(tenant, request.args, today=local_now().date(), by_interessado=by_name)
    return page(
        "processos/pesquisa.html",
        fragment="resultados" if found.results and found.after else ANSWER,
        status=422 if found.form.errors else 200,
        **found._asdict(),
    )


def _found(status: int, reading: Reading, hits: tuple[Hit, ...], typed: str) -> Response:
    candidates = reading.candidates
    return page(
        "processos/busca.html",
        status=status,
        reading=reading,
        hits=hits,
        typed=typed,
        number=typed if not candidates or len(typed) <= LONGEST_NUMBER else candidates[0].formatado,
        searched=request.endpoint == f"{bp.name}.busca",
    )


def _address(hit: Hit) -> str:
    formatado = hit.formatado if hit.chosen else None
    return Links(hit.chave, Asked(formatado)).pagina()


def _asked_part() -> str:
    """Which part of the page the address asks for, when htmx asks for a part."""
    if "documentos" in request.args:
        return "documentos"
    if request.args.keys() & {"antes", "ordem", "ver"}:
        return "historico"
    return ANSWER
