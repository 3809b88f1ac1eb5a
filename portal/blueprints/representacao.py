"""Acting for a company or a person: by gov.br's list or SEI's vínculos, always visible, left at any
time."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.representations import (
    act_for,
    act_for_oneself,
    find_company,
    list_representations,
    of_vinculo,
)
from portal.audit import Event
from portal.cpf import Cpf
from portal.db import db
from portal.errors import NotFound, Unavailable
from portal.representation import Representation
from portal.sei.keys import SHORT, key_of
from portal.sei.values import Offer, Slow
from portal.sei.vinculos import find_vinculo, list_vinculos
from portal.web.addresses import send_to
from portal.web.fragments import page
from portal.web.limits import limited, search
from portal.web.reader import recognize_reader
from portal.web.signin import get_viewer, keyring, note, note_refusal, personal, set_session
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("representacao", __name__, url_prefix="/representacao")


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@personal
@limited(search)
def representacao() -> ResponseReturnValue:
    """Whom the person may act for: as SEI says now, and as gov.br said when they entered."""
    away, offers = False, None
    try:
        offers = _list_offers()
    except Unavailable:
        away = True
    companies = list_representations(
        db.session(), keyring(), current_tenant().slug, get_viewer(), local_now()
    )
    return page("representacao/escolha.html", away=away, offers=offers, companies=companies)


@bp.post("/comecar")
@personal
@limited(search)
def comecar() -> ResponseReturnValue:
    """The form names one; only gov.br's list on our side, or SEI, says whether it is one."""
    viewer, tenant = get_viewer(), current_tenant()
    try:
        chosen = _find_chosen()
    except NotFound:
        note_refusal(viewer, "representation")
        raise
    token = act_for(db.session(), keyring(), tenant.slug, viewer, chosen)
    note(Event.REPRESENTATION, viewer.account, f"{chosen.shown} ({chosen.papel.value})".strip())
    return _go_on(token)


@bp.post("/sair")
@personal
def sair() -> ResponseReturnValue:
    viewer = get_viewer()
    token = act_for_oneself(db.session(), current_tenant().slug, viewer)
    if viewer.acting is not None:
        note(Event.REPRESENTATION, viewer.account)
    return _go_on(token)


def _list_offers() -> list[tuple[Representation, Offer]] | None:
    """None where this SEI keeps no vínculos. Raises `Unavailable`."""
    reader = recognize_reader()
    if isinstance(reader, Slow):
        raise Unavailable("SEI does not say in time who this is")
    offers = list_vinculos(current_tenant(), reader, local_now())
    return None if offers is None else [(of_vinculo(o.vinculo), o) for o in offers]


def _find_chosen() -> Representation:
    """Raises NotFound for whom this person may not act for at this moment."""
    viewer, tenant, vinculo = get_viewer(), current_tenant(), request.form.get("vinculo")
    if vinculo is None:
        document = request.form.get("documento", "")
        return find_company(db.session(), keyring(), tenant.slug, viewer, document, local_now())
    key = key_of(vinculo, SHORT)
    found = None if key is None else find_vinculo(tenant, Cpf(viewer.cpf), key, local_now())
    if found is None:
        raise NotFound("no vínculo of this person")
    return of_vinculo(found)


def _go_on(token: str) -> Response:
    db.session.commit()
    response = send_to(url_for(".representacao"), 303)
    set_session(response, token)
    return response
