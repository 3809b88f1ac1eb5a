"""Who may call a view: nobody, unless it says `@public`."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request

from portal.errors import NotFound, Refused
from portal.web.tenant import current_tenant, find_tenant

V = TypeVar("V", bound=Callable[..., object])

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def public(view: V) -> V:
    """Open a view to everybody who asks one of the tenants."""
    view.is_public = True  # type: ignore[attr-defined] # functions take attributes
    return view


def hostless(view: V) -> V:
    """Open a view to everybody, on whatever host: for the machine that looks after us."""
    view.is_hostless = True  # type: ignore[attr-defined] # as above
    return public(view)


def check_access() -> None:
    """Before each request: the host is a tenant's, the view is open, nobody else's page sent it.

    Runs before any query. Raises UnknownHost, NotFound or Refused.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "is_hostless", False):
        current_tenant()
    if view is None:
        return  # no such address, or not by this method: Flask says which
    if not getattr(view, "is_public", False):
        raise NotFound(f"{request.endpoint} is not open")
    if request.method not in SAFE_METHODS and not _sent_by_us():
        raise Refused("sent by another site")


def _sent_by_us() -> bool:
    """Whether a form came from our own page.

    Browsers say so themselves in `Sec-Fetch-Site`; those of before 2023 say `Origin` at least.
    What sends neither is no browser, and carries nobody's cookies.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    tenant = find_tenant()
    if origin is None or tenant is None:
        return origin is None
    return origin.partition("://")[2].lower() == request.host
