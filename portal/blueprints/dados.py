"""The same public data for programs, beside the pages: JSON, a feed, a calendar."""

import msgspec
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.sei import documentos, service
from portal.sei.values import Ambiguous, Tracking
from portal.web.access import public
from portal.web.asked import Asked
from portal.web.extract import Links, extract_choices, extract_documento, extract_processo
from portal.web.limits import limited, lookup
from portal.web.openapi import write_openapi
from portal.web.programs import open_to_every_site, send, send_choices
from portal.web.subscriptions import ATOM, CALENDAR, render_calendar, render_feed
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("dados", __name__)


@bp.after_request
def _for_programs(response: Response) -> Response:
    """Pages of every site may read it. A search engine shall not, as it shall not the pages."""
    response.headers["X-Robots-Tag"] = "noindex"
    return open_to_every_site(response)


@bp.get("/processos/<numero:numero>.json")
@public
@limited(lookup)
def processo(numero: NumeroProtocolo) -> ResponseReturnValue:
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked)
    return send(msgspec.json.encode(extract_processo(found, _links(numero, asked))))


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>.json")
@public
@limited(lookup)
def documento(numero: NumeroProtocolo, numero_sei: str) -> ResponseReturnValue:
    found = documentos.get_documento(current_tenant(), numero, numero_sei, now=local_now())
    return send(msgspec.json.encode(extract_documento(found, _links(numero))))


@bp.get("/processos/<numero:numero>/historico.atom")
@public
@limited(lookup)
def historico(numero: NumeroProtocolo) -> ResponseReturnValue:
    """There is none where the page has no history."""
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked)
    if found.history is None:
        raise NotFound
    links, today = _links(numero, asked), local_now().date()
    return send(render_feed(found, links, current_tenant(), today), ATOM)


@bp.get("/processos/<numero:numero>/historico.ics")
@public
@limited(lookup)
def calendario(numero: NumeroProtocolo) -> ResponseReturnValue:
    """There is none where no step has a day, since a calendar cannot be empty."""
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked)
    if found.history is None or not found.history.steps:
        raise NotFound
    return send(render_calendar(found, _links(numero, asked), current_tenant()), CALENDAR)


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What there is to ask, for programs and for who writes them."""
    tenant = current_tenant()
    return send(write_openapi(tenant.nome, tenant.endereco))


def _track(numero: NumeroProtocolo, asked: Asked) -> Tracking | Ambiguous:
    return service.track(current_tenant(), numero, now=local_now(), **asked._asdict())


def _links(numero: NumeroProtocolo, asked: Asked | None = None) -> Links:
    return Links(current_tenant().endereco, numero.chave, asked or Asked())


def _choose(found: Ambiguous, asked: Asked) -> Response:
    address = current_tenant().endereco + request.path
    return send_choices(extract_choices(found, address, asked))
