"""The same public data for programs, beside the pages: JSON, a feed, a calendar."""

import msgspec
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.numero import NumeroProtocolo, read
from portal.sei import documentos, service
from portal.sei.values import Ambiguous, Hit, ListedDocumento, Tracking
from portal.web.access import public
from portal.web.addresses import send_to
from portal.web.asked import NOTHING, Asked
from portal.web.extract import extract_choices, extract_documento, extract_processo
from portal.web.filters import search
from portal.web.limits import limited, lookup
from portal.web.limits import search as searches
from portal.web.links import CALENDARIO, DADOS, HISTORICO, Links
from portal.web.open_search import extract_search
from portal.web.openapi import write_openapi
from portal.web.programs import open_to_every_site, refuse, send, send_choices
from portal.web.subscriptions import ATOM, CALENDAR, render_calendar, render_feed
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("dados", __name__)


@bp.after_request
def _for_programs(response: Response) -> Response:
    """Pages of every site may read it. A search engine shall not, as it shall not the pages."""
    response.headers["X-Robots-Tag"] = "noindex"
    return open_to_every_site(response)


@bp.get("/processos.json")
@public
@limited(searches)
def pesquisa() -> ResponseReturnValue:
    """A number as people write it: to its processo. Without one, a search."""
    if "numero" in request.args:
        return _find(request.args["numero"].strip())
    tenant = current_tenant()
    found = search(tenant, request.args, today=local_now().date())
    if found.form.errors:
        return refuse(422, errors=found.form.errors)
    return send(msgspec.json.encode(extract_search(found, tenant.endereco)))


@bp.get("/processos/<numero:numero>.json")
@public
@limited(lookup)
def processo(numero: NumeroProtocolo) -> ResponseReturnValue:
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked, DADOS)
    return send(msgspec.json.encode(extract_processo(found, _links(found, asked))))


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>.json")
@public
@limited(lookup)
def documento(numero: NumeroProtocolo, numero_sei: str) -> ResponseReturnValue:
    found = documentos.get_documento(current_tenant(), numero, numero_sei, now=local_now())
    return send(msgspec.json.encode(extract_documento(found, _links(found))))


@bp.get("/processos/<numero:numero>/historico.atom")
@public
@limited(lookup)
def historico(numero: NumeroProtocolo) -> ResponseReturnValue:
    """There is none where the page has no history."""
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked, HISTORICO)
    if found.history is None:
        raise NotFound
    links, today = _links(found, asked), local_now().date()
    return send(render_feed(found, links, current_tenant(), today), ATOM)


@bp.get("/processos/<numero:numero>/historico.ics")
@public
@limited(lookup)
def calendario(numero: NumeroProtocolo) -> ResponseReturnValue:
    """There is none where no step has a day, since a calendar cannot be empty."""
    asked = Asked.of(request.args)
    found = _track(numero, asked)
    if isinstance(found, Ambiguous):
        return _choose(found, asked, CALENDARIO)
    if found.history is None or not found.history.steps:
        raise NotFound
    return send(render_calendar(found, _links(found, asked), current_tenant()), CALENDAR)


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What there is to ask, for programs and for who writes them."""
    tenant = current_tenant()
    return send(write_openapi(tenant.nome, tenant.endereco))


def _track(numero: NumeroProtocolo, asked: Asked) -> Tracking | Ambiguous:
    return service.track(current_tenant(), numero, now=local_now(), **asked._asdict())


def _links(found: Tracking | ListedDocumento, asked: Asked = NOTHING) -> Links:
    return Links.to(found, asked, current_tenant().endereco)


def _choose(found: Ambiguous, asked: Asked, ending: str) -> Response:
    """The same address again, once for each."""
    site = current_tenant().endereco
    return send_choices(
        extract_choices(
            found.hits,
            lambda hit: Links(hit.chave, asked._replace(formatado=hit.formatado), site).here(
                ending
            ),
        )
    )


def _find(typed: str) -> Response:
    tenant = current_tenant()
    reading = read(typed, tenant.mascaras)
    if not reading.candidates:
        return refuse(422, errors={"numero": "Não há um número no que foi escrito"})
    hits = service.list_hits(tenant, reading.candidates, local_now(), typed)
    if not hits:
        raise NotFound
    if len(hits) == 1:
        return send_to(_address(hits[0], chosen=hits[0].chosen), 303)
    return send_choices(extract_choices(hits, _address))


def _address(hit: Hit, chosen: bool = True) -> str:
    asked = Asked(formatado=hit.formatado if chosen else None)
    return Links(hit.chave, asked, current_tenant().endereco).dados()
