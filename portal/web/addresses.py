"""Addresses: sending people to another one, and whether one from outside is ours."""

from flask import Response, current_app
from werkzeug.exceptions import HTTPException

LONGEST = 2000


def send_to(address: str, status: int) -> Response:
    """A redirect. Without Flask's page about it, which is in English; nobody sees one anyway.

    A permanent one depends on the address alone, and may be kept like any page.
    """
    headers = {"Location": address, "Cache-Control": "no-cache" if status == 308 else "no-store"}
    return Response(b"", status, headers, mimetype="text/plain")


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
