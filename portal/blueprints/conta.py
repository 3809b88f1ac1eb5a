"""What a person who is signed in knows of their own account."""

import uuid
from dataclasses import replace

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.audit import Event
from portal.cpf import mask_cpf
from portal.db import db
from portal.errors import NotFound
from portal.govbr.values import Nivel
from portal.web.addresses import is_ours, send_to
from portal.web.fragments import page, wants_fragment
from portal.web.levels import catalogue_url
from portal.web.signin import get_viewer, note, note_refusal, note_wish, personal, set_session
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("conta", __name__, url_prefix="/minha-conta")

MOST = 20
"""Sessions on the page."""


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@personal
def conta() -> ResponseReturnValue:
    """Who it is, the level, and every browser in which it is open."""
    tenant, viewer, now = current_tenant(), get_viewer(), local_now()
    sessions, more = service.list_sessions(db.session(), tenant.slug, viewer, now, MOST)
    return page(
        "conta/conta.html",
        cpf=mask_cpf(viewer.cpf),
        sessions=[
            replace(s, since=s.since.astimezone(tenant.fuso), seen=s.seen.astimezone(tenant.fuso))
            for s in sessions
        ],
        more=more,
        highest=viewer.nivel is Nivel.OURO,
        now=now,
    )


@bp.get("/nivel")
@personal
def nivel() -> ResponseReturnValue:
    """What the levels are, and the way to a higher one."""
    viewer, tenant = get_viewer(), current_tenant()
    note_wish(viewer, url_for(".conta"))
    db.session.commit()
    wanted = Nivel.OURO if viewer.nivel >= Nivel.PRATA else Nivel.PRATA
    return page(
        "acesso/nivel.html", asked=None, mine=viewer.nivel, catalogue=catalogue_url(tenant, wanted)
    )


@bp.post("/continuar")
@personal
def continuar() -> ResponseReturnValue:
    """To have asked is enough. The page stays, with whatever was typed into it, where a script
    asked; else it is opened again."""
    if wants_fragment():
        return Response(status=204, headers={"Cache-Control": "no-store"})
    volta = request.form.get("voltar", "")
    return send_to(volta if is_ours(volta) else url_for(".conta"), 303)


@bp.post("/sessoes/encerrar")
@personal
def encerrar() -> ResponseReturnValue:
    """One session, by its public name; another person's is not found."""
    viewer = get_viewer()
    try:
        name = uuid.UUID(request.form.get("sessao", ""))
    except ValueError:
        raise NotFound("no name of a session") from None
    try:
        service.end_session(db.session(), current_tenant().slug, viewer, name)
    except NotFound:
        note_refusal(viewer, "session")
        raise
    note(Event.SESSION_ENDED, viewer.account, "one")
    db.session.commit()
    return send_to(url_for(".conta"), 303)


@bp.post("/sessoes/encerrar-outras")
@personal
def encerrar_outras() -> ResponseReturnValue:
    """Also for whoever has a copy of this browser's own token, which is a new one after it."""
    viewer = get_viewer()
    response = send_to(url_for(".conta"), 303)
    ended = service.end_other_sessions(db.session(), current_tenant().slug, viewer)
    if ended is None:  # in another window, at the same moment
        return response
    token, others = ended
    if others:
        note(Event.SESSION_ENDED, viewer.account, "others")
    db.session.commit()
    set_session(response, token)
    return response
