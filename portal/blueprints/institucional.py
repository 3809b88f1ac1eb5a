"""Pages that a public body owes: accessibility, privacy, and the map of the site."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.web.access import public
from portal.web.fragments import page

bp = Blueprint("institucional", __name__)


@bp.get("/acessibilidade")
@public
def acessibilidade() -> ResponseReturnValue:
    return page("institucional/acessibilidade.html", fragment="conteudo")


@bp.get("/privacidade")
@public
def privacidade() -> ResponseReturnValue:
    return page("institucional/privacidade.html", fragment="conteudo")


@bp.get("/mapa")
@public
def mapa() -> ResponseReturnValue:
    return page("institucional/mapa.html", fragment="conteudo")
