"""Who may call a view: nobody, unless it says `@public`, or `@personal` for who is signed in."""

from collections.abc import Callable
from typing import TypeVar

from flask import current_app, request

from portal.errors import NotFound, Refused
from portal.govbr.values import Nivel
from portal.tenancy import Tenant
from portal.web.signin import check_form, check_viewer, find_viewer
from portal.web.tenant import current_tenant, find_tenant

V = TypeVar("V", bound=Callable[..., object])

FIELDS = 1024 * 1024
"""Bytes of such a form's fields, and of the piece of a file that was just read."""
PARTS = 200
"""Of such a form: its fields, and the files of each."""

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


def public(view: V) -> V:
    """Open a view to everybody who asks one of the tenants."""
    view.is_public = True  # type: ignore[attr-defined] # functions take attributes
    return view


def anybodys(view: V) -> V:
    """Open a view to everybody for what is theirs, signed in or not: a draft that was begun before
    its login. The form of who is signed in carries its token."""
    view.is_anybodys = True  # type: ignore[attr-defined] # as above
    return public(view)


def hostless(view: V) -> V:
    """Open a view to everybody, on whatever host: for the machine that looks after us."""
    view.is_hostless = True  # type: ignore[attr-defined] # as above
    return public(view)


def takes(most: Callable[[Tenant], int]) -> Callable[[V], V]:
    """Let a view be sent more than the few kilobytes that every other may be: so many bytes."""

    def decorate(view: V) -> V:
        view.most = most  # type: ignore[attr-defined] # as above
        return view

    return decorate


def check_access() -> None:
    """Before each request: the host is a tenant's, the view is open to this viewer, nobody else's
    page sent it.

    Of a public view, it runs before any query. Raises UnknownHost, NotFound or Refused, and what
    `check_viewer` does.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "is_hostless", False):
        current_tenant()
    if view is None:
        return  # no such address, or not by this method: Flask says which
    nivel: Nivel | None = getattr(view, "nivel", None)
    if nivel is not None and current_tenant().govbr is None:
        raise NotFound("nobody signs in here")
    if nivel is None and not getattr(view, "is_public", False):
        raise NotFound(f"{request.endpoint} is not open")
    most = getattr(view, "most", None)
    if most is not None:
        request.max_content_length = most(current_tenant())
        request.max_form_memory_size = FIELDS
        request.max_form_parts = PARTS
    safe = request.method in SAFE_METHODS
    if not safe and not _sent_by_us():
        raise Refused("sent by another site")
    if nivel is not None:
        check_viewer(nivel, safe)
    elif not safe and getattr(view, "is_anybodys", False) and (viewer := find_viewer()):
        check_form(viewer)


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
