"""The switch for high contrast, which works without a script: a form, and the only cookie."""

from urllib.parse import urlsplit

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.web.access import public
from portal.web.addresses import is_ours, send_to
from portal.web.fragments import HIGH_CONTRAST
from portal.web.tenant import current_tenant

bp = Blueprint("contraste", __name__)

A_YEAR = 365 * 24 * 3600


@bp.post("/contraste")
@public
def contraste() -> ResponseReturnValue:
    """Remember the choice, and back to the page it was made on."""
    response = send_to(_back(), 303)
    secure = current_tenant().https
    if request.form.get("contraste") == HIGH_CONTRAST:
        response.set_cookie(
            "contraste", HIGH_CONTRAST, A_YEAR, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie("contraste", secure=secure, httponly=True, samesite="Lax")
    return response


def _back() -> str:
    """Where the reader is. The form was written with the page, and htmx may have changed the
    address since; what the browser says of it comes first."""
    here = urlsplit(request.headers.get("Referer", ""))
    if here.netloc == request.host:
        address = here._replace(scheme="", netloc="", fragment="").geturl()
        if is_ours(address):
            return address
    address = request.form.get("voltar", "")
    return address if is_ours(address) else "/"
