"""Receipts, checked by anybody who has the code: what came and when, never from whom."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.db import db
from portal.errors import NotFound
from portal.protocolo.receipts import Checked, check_receipt, read_code
from portal.web.access import public
from portal.web.addresses import send_to
from portal.web.downloads import download
from portal.web.fragments import page
from portal.web.limits import checking, drawing, limited
from portal.web.qr import draw_qr
from portal.web.received import LARGEST, TooLarge, digest_of
from portal.web.tenant import current_tenant

bp = Blueprint("recibos", __name__)

A_DAY = "public, max-age=86400"


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/recibos")
@public
def formulario() -> ResponseReturnValue:
    """The form; with a code, to the address of its receipt."""
    typed = request.args.get("codigo", "").strip()
    codigo = read_code(typed)
    if codigo is not None:
        return send_to(f"/recibos/{codigo}", 303)
    mistaken = "codigo" in request.args
    return page(
        "recibos/formulario.html", status=422 if mistaken else 200, typed=typed, mistaken=mistaken
    )


@bp.get("/recibos/<codigo>")
@public
@limited(checking)
def recibo(codigo: str) -> ResponseReturnValue:
    read = read_code(codigo)
    if read is not None and read != codigo:
        return send_to(f"/recibos/{read}", 308)
    try:
        return _tell(_find(codigo))
    except NotFound:
        return page("recibos/nao_encontrado.html", status=404, typed=codigo)


@bp.post("/recibos/<codigo>")
@public
@limited(checking)
@download
def conferir(codigo: str) -> Response:
    """Whether a file is in the receipt, for browsers that cannot find it out by themselves."""
    checked = _find(codigo)
    try:
        digest = digest_of("arquivo")
    except TooLarge:
        return _tell(checked, "grande", status=413)
    if digest is None:
        return _tell(checked, "falta", status=422)
    place = checked.hashes.index(digest) + 1 if digest in checked.hashes else None
    return _tell(checked, "igual" if place else "outro", place)


@bp.get("/recibos/<codigo>/qr.svg")
@public
@limited(drawing)
def qr(codigo: str) -> ResponseReturnValue:
    """The address of any code, there or not, as a picture."""
    read = read_code(codigo)
    if read is None:
        raise NotFound
    svg = draw_qr(f"{current_tenant().endereco}/recibos/{read}")
    return Response(svg, headers={"Cache-Control": A_DAY}, mimetype="image/svg+xml")


def _find(codigo: str) -> Checked:
    if read_code(codigo) != codigo:
        raise NotFound("no code")
    return check_receipt(db.session(), current_tenant().slug, codigo)


def _tell(
    checked: Checked, outcome: str = "", place: int | None = None, status: int = 200
) -> Response:
    return page(
        "recibos/recibo.html",
        status=status,
        kept=False,
        checked=checked,
        outcome=outcome,
        place=place,
        largest=LARGEST // 1_000_000,
    )
