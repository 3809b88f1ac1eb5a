"""Processos: looking for a number, reading where one is, and each document's own address."""

import re
from datetime import datetime

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.errors import NotFound
from portal.numero import Leitura, NumeroProtocolo, from_chave, read
from portal.sei import service
from portal.sei.values import Achado, Ambigua
from portal.web.access import public
from portal.web.addresses import send_to
from portal.web.fragments import ANSWER, page
from portal.web.limits import limited, lookup, search
from portal.web.qr import draw_qr
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("processos", __name__)

A_DAY = "public, max-age=86400"
PRINTED = re.compile(r"(.+?)(/(?:qr\.svg|documentos/[0-9A-Za-z]{1,50}))?", re.DOTALL)


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    """A processo is public for who has its number, not for who looks for a person's name."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/processos")
@public
@limited(search)
def busca() -> ResponseReturnValue:
    """What somebody typed: to the processo when it is one, else say what to do."""
    tenant = current_tenant()
    digitado = request.args.get("numero", "").strip()
    leitura = read(digitado, tenant.mascaras)
    achados = service.find(tenant, leitura.candidatos, local_now(), digitado)
    if len(achados) == 1:
        return send_to(_address(achados[0]), 303)
    status = 200 if achados else 404 if leitura.candidatos else 422
    return _found(status, leitura, achados, digitado)


@bp.get("/processos/<numero:numero>")
@public
@limited(lookup)
def processo(numero: NumeroProtocolo) -> ResponseReturnValue:
    tenant = current_tenant()
    agora = local_now()
    antigas = request.args.get("ordem") == "antigas"
    so_principal = request.args.get("ver") != "tudo"
    antes, documentos = _cursor("antes"), request.args.get("documentos")
    formatado = request.args.get("formatado")
    try:
        consulta = service.track(
            tenant,
            numero,
            agora=agora,
            formatado=formatado,
            antigas_primeiro=antigas,
            so_principal=so_principal,
            antes=antes,
            documentos_depois=documentos,
        )
    except NotFound:
        leitura = read(numero.chave, tenant.mascaras)
        return _found(404, leitura, (), numero.formatado)
    if isinstance(consulta, Ambigua):
        return _found(200, Leitura((numero,)), consulta.achados, numero.formatado)
    return page(
        "processos/processo.html",
        fragment=_asked_part(),
        etag=f"{consulta.fingerprint} {_moment(agora)}",
        consulta=consulta,
        agora=agora,
        ordem="antigas" if antigas else "recentes",
        so_principal=so_principal,
        antes=antes,
        documentos_depois=documentos,
        formatado=formatado,
        endereco=tenant.endereco + url_for(".processo", numero=numero),
    )


@bp.get("/processos/<numero:numero>/documentos/<string(maxlength=50):numero_sei>")
@public
@limited(lookup)
def documento(numero: NumeroProtocolo, numero_sei: str) -> ResponseReturnValue:
    agora = local_now()
    found = service.get_documento(current_tenant(), numero, numero_sei, agora=agora)
    return page(
        "processos/documento.html",
        procedimento=found.procedimento,
        documento=found.documento,
        agora=agora,
    )


@bp.get("/processos/<numero:numero>/qr.svg")
@public
@limited(lookup)
def qr(numero: NumeroProtocolo) -> ResponseReturnValue:
    """The address as a QR code, of any number: SEI is not asked whether there is such a one."""
    svg = draw_qr(current_tenant().endereco + url_for(".processo", numero=numero))
    return Response(svg, headers={"Cache-Control": A_DAY}, mimetype="image/svg+xml")


@bp.get("/processos/<path:texto>")
@public
def outra_grafia(texto: str) -> ResponseReturnValue:
    """A number as it is printed, with its dots and slashes: to its one permanent address."""
    printed, below = PRINTED.fullmatch(texto).groups("")  # type: ignore[union-attr] # .+ takes all
    numero = from_chave(printed, current_tenant().mascaras)
    if numero is None:
        raise NotFound
    query = request.query_string.decode("ascii", "replace")
    address = url_for(".processo", numero=numero) + below
    return send_to(f"{address}?{query}" if query else address, 308)


def _found(
    status: int, leitura: Leitura, achados: tuple[Achado, ...], digitado: str
) -> ResponseReturnValue:
    return page(
        "processos/busca.html", status=status, leitura=leitura, achados=achados, digitado=digitado
    )


def _address(achado: Achado) -> str:
    formatado = achado.formatado if achado.chosen else None
    return url_for(".processo", numero=NumeroProtocolo(achado.chave), formatado=formatado)


def _asked_part() -> str:
    """Which part of the page the address asks for, when htmx asks for a part."""
    if "documentos" in request.args:
        return "documentos"
    if request.args.keys() & {"antes", "ordem", "ver"}:
        return "historico"
    return ANSWER


def _moment(agora: datetime) -> str:
    """The page says when SEI was asked and how many days ago things were. Asked again within the
    same ten minutes, with nothing changed in SEI, the page the reader has is still true."""
    return f"{agora:%Y-%m-%d %H:}{agora.minute // 10}"


def _cursor(name: str) -> int | None:
    """A place in a list. What is not one counts as none: the page then starts where lists do."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None
