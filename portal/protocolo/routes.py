"""The way to each tenant's SEI, opened when something is first to be brought there."""

from collections.abc import Iterable

from portal.protocolo.finder import SeiFinder
from portal.protocolo.gateway import Route
from portal.seiws.values import Access, Versao
from portal.tenancy import Protocolo, Tenant


class Routes:
    """Of all tenants; one that takes no petitions has none. For the one thread of a worker."""

    def __init__(self, tenants: Iterable[Tenant]) -> None:
        self._tenants = {tenant.slug: tenant for tenant in tenants}
        self._opened: dict[str, Route] = {}

    def __call__(self, slug: str) -> Route | None:
        tenant = self._tenants.get(slug)
        if tenant is None or tenant.protocolo is None:
            return None
        if slug not in self._opened:
            self._opened[slug] = _open(tenant, tenant.protocolo)
        return self._opened[slug]


def access_of(protocolo: Protocolo) -> Access:
    """What the operator wrote, as the client is told it."""
    return Access(
        endereco=protocolo.endereco,
        sigla=protocolo.sigla,
        chave=protocolo.chave,
        versao=Versao.parse(protocolo.versao),
        wsdl=protocolo.wsdl or "",
    )


def _open(tenant: Tenant, protocolo: Protocolo) -> Route:
    # Imported here: a web process, which has the way but never goes it, needs no SOAP.
    from portal.seiws.client import SeiWs

    access = access_of(protocolo)
    return Route(
        gateway=SeiWs(access),
        finder=SeiFinder(tenant),
        zone=tenant.fuso,
        inline=not access.versao.takes_id_arquivo,
    )
