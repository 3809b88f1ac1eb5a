"""Failures turned into pages, or into a few lines where programs read. Nothing else in the portal
decides what a failure looks like.

A page of the 500s names the request, so that the operator finds it in the log. No other does: what
is not found must look the same to the byte, whatever the reason.
"""

from flask import Flask, Response, request, url_for
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.db import AWAY, db
from portal.errors import (
    FilesAway,
    LeftAlone,
    LevelNeeded,
    NotFound,
    OutOfReach,
    PortalError,
    Refused,
    SignInNeeded,
    TooManyRequests,
    Unavailable,
    UnknownHost,
)
from portal.govbr.values import Nivel
from portal.web import metrics
from portal.web.addresses import send_to
from portal.web.fragments import page, start_again
from portal.web.levels import catalogue_url
from portal.web.log import describe, logger, request_id
from portal.web.programs import is_for_programs, refuse
from portal.web.signin import drop_session, get_viewer
from portal.web.tenant import current_tenant, find_tenant

PAGES = (400, 404, 405, 429, 500, 503)
"""Those that have words of their own in `templates/erros/`; other 4xx use those of 400."""

LAST_RESORT = "O portal falhou. Tente de novo em alguns minutos.\n"


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(PortalError, _portal_error)
    for kind in AWAY:
        app.register_error_handler(kind, _out_of_reach)
    app.register_error_handler(Exception, _surprise)


def _http_error(error: HTTPException) -> Response:
    """What Werkzeug refuses by itself."""
    response = _error_page(error.code or InternalServerError.code)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def _portal_error(error: PortalError) -> Response:
    match error:
        case NotFound():
            return _error_page(404)
        case Refused() | UnknownHost():
            return _error_page(400)
        case SignInNeeded():
            return _to_the_entrance()
        case LevelNeeded(nivel=nivel):
            return _level_page(Nivel(nivel))
        case FilesAway(retry_after=seconds):
            db.session.rollback()
            logger.error("files_away", **describe(error))
            return _error_page(503, seconds, "arquivos")
        case OutOfReach():
            return _out_of_reach(error)
        case TooManyRequests(retry_after=seconds):
            return _error_page(429, seconds)
        case Unavailable(retry_after=seconds):
            tenant = find_tenant()
            slug = tenant.slug if tenant is not None else ""
            metrics.unavailable.labels(slug).inc()
            if isinstance(error, LeftAlone):
                metrics.spared.labels(slug).inc()
            logger.error("unavailable", **describe(error))
            return _error_page(503, seconds)
    return _surprise(error)


def _to_the_entrance() -> Response:
    """And back to this page afterwards, if it can be asked for again."""
    volta = request.full_path.removesuffix("?") if request.method == "GET" else None
    address = url_for("acesso.entrar", voltar=volta)
    return start_again(address)


def _level_page(asked: Nivel) -> Response:
    viewer = get_viewer()
    return page(
        "acesso/nivel.html",
        status=403,
        asked=asked,
        mine=viewer.nivel,
        catalogue=catalogue_url(current_tenant(), asked),
    )


def _out_of_reach(error: Exception) -> Response:
    """Nothing was changed. Who wanted to leave does leave this browser, where the next person may
    be waiting for it."""
    db.session.rollback()
    logger.error("out_of_reach", **describe(error))
    if request.endpoint == "acesso.sair":
        response = send_to(url_for("acesso.saiu", sessao="aberta"), 303)
        drop_session(response)
        return response
    return _error_page(503, OutOfReach.retry_after, "conta")


def _surprise(error: Exception) -> Response:
    logger.error("surprise", **describe(error))
    return _error_page(InternalServerError.code)


def _error_page(status: int, retry_after: int | None = None, words: str | None = None) -> Response:
    """`words` is the template's name where the status alone does not say what happened."""
    code = request_id() if status >= 500 else None
    try:
        if is_for_programs():
            response = refuse(status, code)
        else:
            response = page(
                f"erros/{words or _words(status)}.html",
                status=status,
                pedido=code,
                repetir=request.full_path.removesuffix("?") if request.method == "GET" else None,
                retry_after=retry_after,
            )
    except Exception as error:
        logger.error("surprise", **describe(error))
        return Response(LAST_RESORT, 500, {"Cache-Control": "no-store"}, mimetype="text/plain")
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _words(status: int) -> str:
    """The template that explains it; where no tenant answers, nothing else can be said."""
    if find_tenant() is None:
        return "sem_portal"
    return str(status if status in PAGES else 400 if status < 500 else 500)
