"""Acting for a company: chosen from gov.br's list, always visible, left at any time."""

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.representations import act_for, act_for_oneself, list_representations
from portal.audit import Event
from portal.db import db
from portal.errors import NotFound
from portal.web.addresses import send_to
from portal.web.fragments import page
from portal.web.signin import get_viewer, keyring, note, note_refusal, personal, set_session
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("representacao", __name__, url_prefix="/representacao")


@bp.before_request
def _only_where_companies_are_asked_for() -> None:
    govbr = current_tenant().govbr
    if govbr is None or not govbr.asks_companies:
        raise NotFound("nobody acts for another here")


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@personal
def representacao() -> ResponseReturnValue:
    """Whom the person may act for, and a way to ask gov.br again."""
    found = list_representations(
        db.session(), keyring(), current_tenant().slug, get_viewer(), local_now()
    )
    return page("representacao/escolha.html", representacoes=found)


@bp.post("/comecar")
@personal
def comecar() -> ResponseReturnValue:
    """The form names one; only our own list says whether it is one."""
    viewer, document = get_viewer(), request.form.get("documento", "")
    try:
        token, chosen = act_for(
            db.session(), keyring(), current_tenant().slug, viewer, document, local_now()
        )
    except NotFound:
        note_refusal(viewer, "representation")
        raise
    note(Event.REPRESENTATION, viewer.account, f"{chosen.shown} ({chosen.papel.value})")
    return _go_on(token)


@bp.post("/sair")
@personal
def sair() -> ResponseReturnValue:
    viewer = get_viewer()
    token = act_for_oneself(db.session(), current_tenant().slug, viewer)
    if viewer.acting is not None:
        note(Event.REPRESENTATION, viewer.account)
    return _go_on(token)


def _go_on(token: str) -> Response:
    db.session.commit()
    response = send_to(url_for(".representacao"), 303)
    set_session(response, token)
    return response
