"""Tenants: the municípios a portal serves, who answers on which host, and `tenants.toml`."""

from portal.tenancy.toml import read_tenants
from portal.tenancy.values import (
    Brasao,
    Contato,
    Encarregado,
    Govbr,
    Limites,
    Protocolo,
    Tenant,
    Tenants,
    Visibilidade,
)

__all__ = [
    "Brasao",
    "Contato",
    "Encarregado",
    "Govbr",
    "Limites",
    "Protocolo",
    "Tenant",
    "Tenants",
    "Visibilidade",
    "read_tenants",
]
