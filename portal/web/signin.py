"""Who is signed in: the cookies, the token of every form, and what a view may demand.

Flask-Login finds the viewer of a request by our cookie, when somebody asks for the viewer at all.
Flask's own session is not used: it has no key, so nothing can be kept in it.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from flask import Flask, Request, Response, current_app, g, request
from flask_login import LoginManager, current_user
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from portal import audit
from portal.accounts import service
from portal.accounts.acting import check_acting
from portal.accounts.values import TOUCH, Acting, SignedIn
from portal.audit import Event
from portal.db import db
from portal.errors import LevelNeeded, OutOfReach, Refused, SignInNeeded
from portal.govbr.client import Provider
from portal.govbr.values import Nivel
from portal.keyring import Keyring, Unreadable
from portal.protocolo.values import NAMELESS_KEPT
from portal.tenancy import Tenant
from portal.web.log import describe, logger
from portal.web.tenant import current_tenant, find_tenant, local_now

V = TypeVar("V", bound=Callable[..., object])

SESSION, ATTEMPT_COOKIE = "sessao", "entrada"

TOKEN_LENGTH = 43
TOKEN_HEADER = "X-CSRF-Token"

CLEARED = '"cache", "storage"'
"""What the browser forgets. Not "cookies": the choice of colours is nobody's secret."""


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_load_viewer)
    # Not `init_app`, which would look for a cookie that remembers people after every answer; we
    # have none, and a name that no cookie can have keeps everybody from sending one.
    app.config["REMEMBER_COOKIE_NAME"] = ";"
    app.login_manager = manager  # type: ignore[attr-defined] # where Flask-Login looks for it


def personal(view: V) -> V:
    """Open a view to whoever is signed in, for what is theirs. A form that changes something
    carries the token of `csrf_token`."""
    view.nivel = Nivel.NENHUM  # type: ignore[attr-defined] # functions take attributes
    return view


def exige_nivel(nivel: Nivel) -> Callable[[V], V]:
    """Open a view to whoever is signed in with this level at least; others are told how to get
    there, and come back to the page that they wanted."""

    def decorate(view: V) -> V:
        view.nivel = nivel  # type: ignore[attr-defined] # as above
        return view

    return decorate


def find_viewer() -> SignedIn | None:
    """Who asks; None for anybody who is not signed in here. Without a cookie nothing is asked."""
    if find_tenant() is None or session_token() is None:
        return None
    return cast(SignedIn, current_user) if current_user.is_authenticated else None


def get_viewer() -> SignedIn:
    """Who asks. Raises SignInNeeded, and OutOfReach when nobody can say whether it is."""
    viewer = find_viewer()
    if viewer is None:
        raise OutOfReach("who asks is not known") if is_viewer_unknown() else SignInNeeded
    return viewer


def is_viewer_unknown() -> bool:
    """Whether somebody may well be signed in, and our database could not say who."""
    return "viewer_unknown" in g


def check_viewer(nivel: Nivel, safe: bool) -> None:
    """Before a personal view. Raises SignInNeeded, Refused without the form's token, and
    LevelNeeded, which notes where the person wanted to go."""
    viewer = get_viewer()
    if not safe:
        check_form(viewer)
    if viewer.nivel < nivel:
        if safe:
            note_wish(viewer, request.full_path.removesuffix("?"))
        note(Event.LEVEL_REFUSED, viewer.account, nivel.word)
        db.session.commit()
        raise LevelNeeded(nivel)


def check_form(viewer: SignedIn) -> None:
    """The token of a form, or the header that a script sends in its place with the bytes of a
    file. Raises Refused without it."""
    sent = request.headers.get(TOKEN_HEADER) or request.form.get("csrf", "")
    if not hmac.compare_digest(sent.encode(), csrf_token(viewer).encode()):
        note_refusal(viewer, "form")
        raise Refused("a form without its token")


def note_refusal(viewer: SignedIn, what: str) -> None:
    """That somebody asked for what is not theirs, kept whatever becomes of the request."""
    note(Event.ACCESS_REFUSED, viewer.account, what)
    db.session.commit()


def note_wish(viewer: SignedIn, path: str) -> None:
    service.note_wish(db.session(), current_tenant().slug, viewer, path)


def csrf_token(viewer: SignedIn) -> str:
    """What the person's own forms carry, and no other site can know."""
    return urlsafe_b64encode(keyring().digest("csrf", viewer.get_id())).rstrip(b"=").decode()


def name_list(acting: Acting | None) -> str:
    """What tells apart the lists of those for whom a person may act; empty of their own."""
    if acting is None or not acting.valid:
        return ""
    chosen = acting.representation
    return keyring().digest("list", f"{chosen.id_representacao}/{chosen.document}").hex()[:12]


def note(event: Event, account: UUID | None, detail: str = "") -> None:
    """Into the audit; None where nobody was signed in."""
    audit.record(
        db.session(),
        keyring(),
        current_tenant().slug,
        event,
        account=account,
        ip=request.remote_addr or "",
        now=local_now(),
        detail=detail,
    )


def keyring() -> Keyring:
    return cast(Keyring, current_app.extensions["keyring"])


def provider_of(tenant: Tenant) -> Provider:
    """The tenant's gov.br; only where there is one."""
    return cast("dict[str, Provider]", current_app.extensions["govbr"])[tenant.slug]


# Cookies


def session_token() -> str | None:
    """The token of a session, which may be over."""
    return _cookie(SESSION)


def attempt_token() -> str | None:
    """What ties a login that was started to this browser."""
    return _cookie(ATTEMPT_COOKIE)


def set_session(response: Response, token: str) -> None:
    """Until the browser is closed; the row ends sooner."""
    _set(response, SESSION, token, None)


def set_attempt(response: Response, token: str) -> None:
    """It also says whose a draft is that was begun before its login, and lives as long."""
    _set(response, ATTEMPT_COOKIE, token, int(NAMELESS_KEPT.total_seconds()))


def drop_session(response: Response) -> None:
    """And whatever pages the browser may have kept."""
    _set(response, SESSION, "", 0)
    response.headers["Clear-Site-Data"] = CLEARED


def drop_attempt(response: Response) -> None:
    _set(response, ATTEMPT_COOKIE, "", 0)


def _set(response: Response, name: str, value: str, seconds: int | None) -> None:
    response.set_cookie(
        _name(name), value, seconds, secure=current_tenant().https, httponly=True, samesite="Lax"
    )


def _name(name: str) -> str:
    """With the prefix that keeps other hosts of the domain from setting it, where it can be had."""
    return f"__Host-{name}" if current_tenant().https else name


def _cookie(name: str) -> str | None:
    value = request.cookies.get(_name(name))
    return value if value is not None and len(value) == TOKEN_LENGTH else None


def _load_viewer(_request: Request) -> SignedIn | None:
    tenant = find_tenant()
    if tenant is None or tenant.govbr is None or (token := session_token()) is None:
        return None
    session, now = db.session(), local_now()
    try:
        viewer = service.find_viewer(session, keyring(), tenant.slug, token, now)
        session.commit()
        if viewer is not None and viewer.acting is not None:
            ip = request.remote_addr or ""
            viewer = check_acting(session, keyring(), tenant, viewer, ip, now)
            session.commit()
    except Unreadable:
        # The secret key was replaced and the old one thrown away: they enter again.
        session.rollback()
        return None
    except SQLAlchemyError as error:
        # Every page asks who reads it, the one about failures too.
        session.rollback()
        logger.error("out_of_reach", **describe(error))
        g.viewer_unknown = True
        return None
    if viewer is not None and now - viewer.seen > TOUCH:
        _note_use(viewer, now)
    return viewer


def _note_use(viewer: SignedIn, now: datetime) -> None:
    """Where it cannot be written, a session ends somewhat sooner, which no page is held up for."""
    try:
        with cast(Engine, current_app.extensions["counters"]).connect() as counters:
            service.note_use(counters, viewer, now)
    except SQLAlchemyError as error:
        logger.warning("out_of_reach", **describe(error))
