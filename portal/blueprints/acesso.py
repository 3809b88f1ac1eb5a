"""Entering with gov.br, and leaving."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import service
from portal.accounts.tokens import new_token
from portal.audit import Event
from portal.db import AWAY, db
from portal.errors import NotFound, OutOfReach, TooManyRequests
from portal.govbr.values import LoginFailed, Why
from portal.web.access import public
from portal.web.addresses import is_ours, send_to
from portal.web.device import name_device
from portal.web.failures import Failure, Reason, failure_of
from portal.web.fragments import page
from portal.web.limits import entering, nothing, permit, returning
from portal.web.log import describe, logger
from portal.web.owners import claim_draft
from portal.web.signin import (
    attempt_token,
    drop_attempt,
    drop_session,
    find_viewer,
    keyring,
    note,
    personal,
    provider_of,
    session_token,
    set_attempt,
    set_session,
)
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("acesso", __name__)

LONGEST_CODE = 4000

FAILURES = (TooManyRequests, LoginFailed, *AWAY)
"""What leads to the page that says what to do."""


@bp.before_request
def _only_where_people_enter() -> None:
    if current_tenant().govbr is None:
        raise NotFound("nobody signs in here")


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/entrar")
@public
def entrar() -> ResponseReturnValue:
    """The button, with what went wrong the last time, if anything did."""
    failure = Failure.named(request.args.get("falha"))
    volta = _asked_for(request.args.get("voltar") or _referer())
    if failure is None and find_viewer() is not None:
        return send_to(volta or url_for("conta.conta"), 303)
    if failure is None and _is_by_another_name():
        address = url_for(".entrar", voltar=volta or None)
        return send_to(f"{current_tenant().endereco}{address}", 303)
    ours = failure is Failure.NOT_KEPT
    response = page(
        "acesso/entrar.html",
        status=503 if ours else 200,
        kept=False,
        forms_to_govbr=True,
        failure=failure,
        volta=volta,
    )
    if ours:
        response.headers["Retry-After"] = str(OutOfReach.retry_after)
    return response


@bp.post("/entrar")
@public
def comecar() -> ResponseReturnValue:
    """To gov.br, with a state that only this browser can bring back."""
    volta = _asked_for(request.form.get("voltar", ""))
    try:
        permit(entering, watched=nothing)
        return _send_to_govbr(volta)
    except FAILURES as error:
        return _fail(error, volta)


@bp.get("/entrar/retorno")
@public
def retorno() -> ResponseReturnValue:
    """Where gov.br sends people back to. Whatever happens, the answer is another address: this
    one has a code in it."""
    volta = ""
    try:
        permit(returning, watched=nothing)
        if not request.args.keys() & {"code", "error", "state"}:
            return _come_back_from_the_catalogue()
        claimed = service.claim(
            db.session(),
            current_tenant().slug,
            attempt_token() or "",
            request.args.get("state", ""),
            local_now(),
        )
        db.session.commit()
        if claimed is None:
            return _repeat()
        volta = claimed
        return _finish(volta)
    except FAILURES as error:
        return _fail(error, volta)


@bp.post("/sair")
@personal
def sair() -> ResponseReturnValue:
    """Ours first: whatever becomes of gov.br's page, this session is over."""
    tenant = current_tenant()
    account = service.sign_out(db.session(), tenant.slug, session_token() or "")
    if account is not None:
        note(Event.SESSION_ENDED, account, "logout")
    db.session.commit()
    response = send_to(provider_of(tenant).logout_url(f"{tenant.endereco}/saiu"), 303)
    drop_session(response)
    return response


@bp.get("/saiu")
@public
def saiu() -> ResponseReturnValue:
    """The address registered at gov.br as the one to come to after its logout; also where people
    come who may still be in there: their account was deleted, or their session could not be."""
    tenant = current_tenant()
    return page(
        "acesso/saiu.html",
        deleted=request.args.get("conta") == "excluida",
        left_open=request.args.get("sessao") == "aberta",
        govbr_logout=provider_of(tenant).logout_url(f"{tenant.endereco}/saiu"),
    )


def _send_to_govbr(volta: str) -> Response:
    tenant, browser = current_tenant(), attempt_token() or new_token()
    attempt = service.new_attempt(keyring())
    address = provider_of(tenant).authorization_url(attempt.state, attempt.nonce, attempt.verifier)
    # Written when gov.br has answered: it may take its time, and SQLite has one writer.
    service.begin(db.session(), keyring(), tenant.slug, browser, attempt, volta, local_now())
    db.session.commit()
    response = send_to(address, 303)
    set_attempt(response, browser)
    return response


def _finish(volta: str) -> Response:
    """A new session with a new token; the one that this browser had, if any, is over."""
    tenant, session, now = current_tenant(), db.session(), local_now()
    provider = provider_of(tenant)
    if error := request.args.get("error"):
        raise LoginFailed(Why.REFUSED if error == "access_denied" else Why.PROVIDER_ERROR)
    # RFC 9207: who answers must be who was asked. gov.br does not say it.
    issuer = provider.settings.issuer
    if request.args.get("iss", issuer) != issuer:
        raise LoginFailed(Why.ISSUER)
    code = request.args.get("code", "")
    if not 0 < len(code) <= LONGEST_CODE:
        raise LoginFailed(Why.PROVIDER_ERROR)
    attempt = service.resume(keyring(), request.args["state"])
    pessoa = provider.fetch_pessoa(code, attempt.nonce, attempt.verifier)
    if before := session_token():
        service.sign_out(session, tenant.slug, before)
    device = name_device(request.user_agent.string)
    token, account = service.sign_in(session, keyring(), tenant.slug, pessoa, device, now)
    note(Event.LOGIN, account, pessoa.nivel.word)
    claimed = claim_draft(volta, account, now)
    session.commit()
    if not claimed:
        volta = url_for("pedidos.lista")
    response = send_to(_asked_for(volta) or url_for("conta.conta"), 303)
    set_session(response, token)
    if claimed:
        drop_attempt(response)
    return response


def _repeat() -> Response:
    """A return that was used already, as after a reload; or one that nobody here began."""
    if find_viewer() is not None:
        return send_to(url_for("conta.conta"), 303)
    raise LoginFailed(Why.STATE)


def _come_back_from_the_catalogue() -> Response:
    """gov.br's catalogue sends people back without a word: only a new id_token says what has
    changed. For somebody who did not come from there, the button."""
    viewer = find_viewer()
    wish = service.take_wish(db.session(), current_tenant().slug, viewer) if viewer else None
    db.session.commit()
    if wish is None:
        return send_to(url_for(".entrar"), 303)
    return _send_to_govbr(_asked_for(wish))


def _fail(error: Reason, volta: str) -> Response:
    """To the page that says what to do. Our log and the audit have one word about it."""
    db.session.rollback()
    match error:
        case LoginFailed(why=reason):
            why = reason.value
        case TooManyRequests():
            why = "too-many"
        case _:
            why = "not-kept"
            logger.error("out_of_reach", **describe(error))
    logger.warning("login_failed", why=why)
    if why != "not-kept":  # the audit is in the same database, and would make them wait once more
        _note_refused(why)
    return send_to(url_for(".entrar", falha=failure_of(error).value, voltar=volta or None), 303)


def _note_refused(why: str) -> None:
    """Nobody has entered, whether that can be kept or not."""
    try:
        note(Event.LOGIN_REFUSED, None, why)
        db.session.commit()
    except AWAY as error:
        db.session.rollback()
        logger.error("out_of_reach", **describe(error))


def _asked_for(address: str) -> str:
    """A page of ours to come back to; empty for anything else, and for the pages of entering."""
    if not is_ours(address) or address.startswith(("/entrar", "/saiu")):
        return ""
    return address


def _is_by_another_name() -> bool:
    """Whether this is a host of the tenant's that gov.br does not send people back to: the cookie
    that ties a login to its browser would stay here."""
    tenant = current_tenant()
    registered = urlsplit(tenant.endereco).hostname
    return registered in tenant.hosts and request.host.partition(":")[0] != registered


def _referer() -> str:
    here = urlsplit(request.headers.get("Referer", ""))
    if here.netloc != request.host:
        return ""
    return here._replace(scheme="", netloc="", fragment="").geturl()
