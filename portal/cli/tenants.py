"""The tenants that a command is about."""

import click

from portal.errors import NotFound
from portal.tenancy import Tenant
from portal.web.tenant import all_tenants


def list_chosen(slug: str | None) -> list[Tenant]:
    """The one of that name; all of them when none is named."""
    tenants = all_tenants()
    if slug is None:
        return list(tenants)
    try:
        return [tenants.get(slug)]
    except NotFound:
        known = ", ".join(tenant.slug for tenant in tenants)
        raise click.BadParameter(f"não há esse tenant; há {known}", param_hint="--tenant") from None


def get_chosen(slug: str | None) -> Tenant:
    """The one of that name, or the only one that there is."""
    chosen = list_chosen(slug)
    if len(chosen) > 1:
        known = ", ".join(tenant.slug for tenant in chosen)
        raise click.BadParameter(f"escolha um destes: {known}", param_hint="--tenant")
    return chosen[0]
