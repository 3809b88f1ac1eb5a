"""Addresses: sending people to another one, and whether one from outside is ours."""

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException, NotFound

LONGEST = 2000


def init_app(app: Flask) -> None:
    app.before_request(_drop_final_slash)


def send_to(address: str, status: int) -> Response:
    """A redirect. Without Flask's page about it, which is in English; nobody sees one anyway.

    A permanent one depends on the address alone, and may be kept like any page.
    """
    headers = {"Location": address, "Cache-Control": "no-cache" if status == 308 else "no-store"}
    return Response(b"", status, headers, mimetype="text/plain")


def _drop_final_slash() -> Response | None:
    """To the page of this name without it, where there is one."""
    if not isinstance(request.routing_exception, NotFound) or not request.path.endswith("/"):
        return None
    address = request.path.removesuffix("/")
    if not is_ours(address):
        return None
    query = request.query_string.decode("ascii", "replace")
    return send_to(f"{address}?{query}" if query else address, 308)


def is_ours(address: str) -> bool:
    """A path of ours, with or without a query, that can be opened.

    Exactly one slash at the start, no backslash and nothing that is not printed: browsers take
    `//elsewhere`, `/\\elsewhere` and `/<tab>/elsewhere` for another site.
    """
    if not 1 <= len(address) <= LONGEST or not address.isprintable():
        return False
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return False
    path = address.partition("?")[0].partition("#")[0]
    try:
        current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return False
    return True
