"""Where a person raises the level of their account."""

from urllib.parse import urlencode

from portal.govbr.values import Nivel
from portal.tenancy import Tenant


def catalogue_url(tenant: Tenant, nivel: Nivel) -> str | None:
    """gov.br's catalogue, told which levels are enough; None where nobody can raise one.

    It sends the browser back to the address that is registered, without saying what has changed.
    """
    if tenant.govbr is None or tenant.govbr.catalogo is None:
        return None
    enough = [str(int(level)) for level in Nivel if level >= nivel]
    query = {
        "client_id": tenant.govbr.client_id,
        "niveis": f"({'/'.join(enough)})" if len(enough) > 1 else enough[0],
        "redirect_uri": f"{tenant.endereco}/entrar/retorno",
    }
    return f"{tenant.govbr.catalogo}?{urlencode(query, safe='()/')}"
