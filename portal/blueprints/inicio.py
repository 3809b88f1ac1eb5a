"""The home page: one field."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.web.access import public
from portal.web.fragments import page

bp = Blueprint("inicio", __name__)


@bp.get("/")
@public
def inicio() -> ResponseReturnValue:
    return page("inicio.html")
