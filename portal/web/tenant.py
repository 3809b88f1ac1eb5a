"""Which tenant a request is for."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, cast

from flask import current_app, request

from portal.errors import UnknownHost
from portal.tenancy import Tenant, Tenants

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Clock = Callable[[tzinfo], datetime]
"""Tells this moment in a zone; `datetime.now` outside of tests."""

TENANT = "portal.tenant"
"""Where the WSGI environment has the tenant, or None when no tenant answers on the host."""


class TenantByHost:
    """Finds the tenant before anything is served, static files included.

    A request for a stranger's host goes past the files to the application, which refuses it.
    """

    def __init__(
        self, tenants: Tenants, application: "WSGIApplication", files: "WSGIApplication"
    ) -> None:
        self._tenants = tenants
        self._application = application
        self._files = files

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        tenant = self._tenants.for_host(environ.get("HTTP_HOST"))
        environ[TENANT] = tenant
        serve = self._files if tenant is not None else self._application
        return serve(environ, start_response)


def find_tenant() -> Tenant | None:
    """The tenant of this request; None on a host of nobody's."""
    return cast("Tenant | None", request.environ[TENANT])


def current_tenant() -> Tenant:
    """The tenant of this request. Raises UnknownHost on a host of nobody's."""
    tenant = find_tenant()
    if tenant is None:
        raise UnknownHost
    return tenant


def local_now() -> datetime:
    """This moment on the tenant's wall clock."""
    clock = cast(Clock, current_app.extensions["clock"])
    return clock(current_tenant().fuso)


def all_tenants() -> Tenants:
    """Every tenant of this portal, for commands and for what is told of the portal itself."""
    return cast(Tenants, current_app.extensions["tenants"])
