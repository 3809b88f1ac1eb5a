"""Authenticity: whether a paper is what it says, by the two codes printed on it."""

from typing import Final

import msgspec
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.sei.authenticity import Genuine, Unconfirmed, confirm, read_codes
from portal.web.access import public
from portal.web.extract import extract_confirmation
from portal.web.fragments import page
from portal.web.limits import confirmation, limited
from portal.web.links import Links
from portal.web.programs import refuse, send
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("autenticidade", __name__)

MISTAKEN: Final = {
    "codigo": "Confira: são só algarismos, como 0001234",
    "crc": "Confira: são 8 algarismos ou letras de A a F, como 0A1B2C3D",
}
"""What may be wrong with a pair of codes; which of the two it is, is not judged."""


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    """An address with both codes is for who has the paper."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/autenticidade")
@public
def autenticidade() -> ResponseReturnValue:
    """The form, or the answer: a QR code can carry its address."""
    codigo, crc = _typed()
    if not request.args.keys() & {"codigo", "crc"}:
        return page("autenticidade/formulario.html", codigo="", crc="", mistaken=False)
    return _answer(codigo, crc)


@limited(confirmation)
def _answer(codigo: str, crc: str) -> ResponseReturnValue:
    codes = read_codes(codigo, crc)
    if codes is None:
        return page(
            "autenticidade/formulario.html", status=422, codigo=codigo, crc=crc, mistaken=True
        )
    answer = confirm(current_tenant(), codes, local_now())
    return page(
        "autenticidade/resultado.html",
        status=404 if isinstance(answer, Unconfirmed) else 200,
        codes=codes,
        answer=answer,
        links=Links.to(answer.listed) if isinstance(answer, Genuine) else None,
        outcome=type(answer).__name__,
    )


@bp.get("/autenticidade.json")
@public
@limited(confirmation)
def dados() -> ResponseReturnValue:
    """The answer for programs. Not for pages of other sites: those could have their visitors try
    codes for them, each from an address of its own."""
    codes = read_codes(*_typed())
    if codes is None:
        return refuse(422, errors=MISTAKEN)
    answer = confirm(current_tenant(), codes, local_now())
    if isinstance(answer, Unconfirmed):
        raise NotFound
    return send(msgspec.json.encode(extract_confirmation(answer, current_tenant())))


def _typed() -> tuple[str, str]:
    return request.args.get("codigo", "").strip(), request.args.get("crc", "").strip()
