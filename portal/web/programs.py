"""Answers for programs: how they are sent, refused, and opened to pages of every site."""

from typing import Final

import msgspec
from flask import Response, request

from portal.web.editions import Edition
from portal.web.open_data import Escolhas, Problema

ENDINGS: Final = (".json", ".atom", ".ics")
"""Of the addresses that programs read; on the others a failure is a page."""

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"

PROBLEMS: Final = {
    400: ("Pedido inválido", "Confira o endereço."),
    404: ("Não encontrado", "Não há nada público neste endereço."),
    405: ("Método não aceito", "Estes endereços só respondem a GET."),
    422: ("Parâmetros errados", "Corrija o que `erros` diz de cada parâmetro."),
    429: ("Consultas demais", "Espere os segundos de Retry-After e tente de novo."),
    500: ("Falha do portal", "O problema já ficou registrado. Tente de novo em alguns minutos."),
    503: ("SEI fora do ar", "O SEI não está respondendo. Espere os segundos de Retry-After."),
}
"""By status; other 4xx use the words of 400, other 5xx those of 500."""

CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    # All others that a browser asks leave for are of no use here.
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def is_for_programs() -> bool:
    """Whether this request is for an address that programs read."""
    return request.path.endswith(ENDINGS)


def send(body: bytes, mimetype: str = JSON) -> Response:
    """An answer that may be kept, but is asked for again each time; 304 when it is the same."""
    edition = Edition.of(body)
    return edition.unchanged() or Response(
        body, headers=edition.headers, content_type=_content_type(mimetype)
    )


def send_choices(escolhas: Escolhas) -> Response:
    """Several processos answer, and none before another: 300, for the program to choose."""
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(escolhas), 300, headers, content_type=JSON)


def refuse(status: int, code: str | None = None, errors: dict[str, str] | None = None) -> Response:
    """A failure (RFC 9457). `code` names the request in our log; `errors` are by parameter."""
    title, detail = PROBLEMS.get(status) or PROBLEMS[400 if status < 500 else 500]
    problem = Problema(
        title=title,
        status=status,
        detail=detail,
        codigo=code or msgspec.UNSET,
        erros=errors or msgspec.UNSET,
    )
    headers = {"Cache-Control": "no-store"}
    return Response(msgspec.json.encode(problem), status, headers, content_type=PROBLEM)


def open_to_every_site(response: Response) -> Response:
    """Let pages of every site read it. There is nothing in it that a cookie would change."""
    response.headers.update(CORS)
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    return response


def _content_type(mimetype: str) -> str:
    """With its charset, which JSON is without (RFC 8259): there it can only be UTF-8."""
    return mimetype if mimetype.endswith("json") else f"{mimetype}; charset=utf-8"
