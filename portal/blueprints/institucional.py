"""Pages that a public body owes: accessibility, privacy, open data, its words, the map."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.web.access import public
from portal.web.fragments import page
from portal.web.hipoteses import list_hipoteses
from portal.web.open_data import VERSION

bp = Blueprint("institucional", __name__)


@bp.get("/acessibilidade")
@public
def acessibilidade() -> ResponseReturnValue:
    return page("institucional/acessibilidade.html", fragment="conteudo")


@bp.get("/privacidade")
@public
def privacidade() -> ResponseReturnValue:
    return page("institucional/privacidade.html", fragment="conteudo")


@bp.get("/dados-abertos")
@public
def dados_abertos() -> ResponseReturnValue:
    return page("institucional/dados_abertos.html", fragment="conteudo", versao=VERSION)


@bp.get("/entenda")
@public
def entenda() -> ResponseReturnValue:
    return page("institucional/entenda.html", fragment="conteudo", hipoteses=list_hipoteses())


@bp.get("/mapa")
@public
def mapa() -> ResponseReturnValue:
    return page("institucional/mapa.html", fragment="conteudo")
