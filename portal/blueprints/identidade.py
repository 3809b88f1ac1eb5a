"""Files that differ from tenant to tenant: its stylesheet, its brasão, what robots may read."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.web.access import public
from portal.web.assets import FOREVER, draw_icon, find_unbuilt
from portal.web.tenant import current_tenant

bp = Blueprint("identidade", __name__)

A_DAY = "public, max-age=86400"

# Each page of a processo also says `noindex`, for robots that come by a link. This line is for
# those that ask first: no search engine should make SEI look up every number it guesses.
ROBOTS = """\
User-agent: *
Disallow: /processos
Disallow: /autenticidade?
"""


@bp.get("/tema-<digest>.css")
@bp.get("/conta-<digest>.css")
@bp.get("/pedido-<digest>.css")
@bp.get("/envio-<digest>.js")
@bp.get("/portal-<digest>.js")
@bp.get("/recibo-<digest>.js")
@bp.get("/sessao-<digest>.js")
@public
def unbuilt(digest: str) -> ResponseReturnValue:
    """A stylesheet or a script that was not written to a file by `flask assets build`."""
    content = find_unbuilt(request.path)
    if content is None:
        raise NotFound
    mimetype = "text/css" if request.path.endswith(".css") else "text/javascript"
    return Response(content, headers={"Cache-Control": FOREVER}, mimetype=mimetype)


@bp.get("/brasao-<digest>")
@public
def brasao(digest: str) -> ResponseReturnValue:
    """The coat of arms, unless it was written to a file too."""
    image = current_tenant().brasao
    if image is None or image.digest != digest:
        raise NotFound
    return Response(image.conteudo, headers={"Cache-Control": FOREVER}, mimetype=image.mimetype)


@bp.get("/favicon.ico")
@public
def favicon() -> ResponseReturnValue:
    """A drawing in the tenant's colour. Browsers ask for it whether or not a page names it."""
    icon = draw_icon(current_tenant())
    return Response(icon, headers={"Cache-Control": A_DAY}, mimetype="image/svg+xml")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    return Response(ROBOTS, headers={"Cache-Control": A_DAY}, mimetype="text/plain")
