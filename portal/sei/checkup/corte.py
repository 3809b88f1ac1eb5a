"""Whether the day from which documents open can be told."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from portal.sei import visibility
from portal.sei.checkup.findings import Finding, fail, ok
from portal.sei.installation import Installation
from portal.sei.tables import md_pesq_parametro
from portal.sei.text import iso_day
from portal.tenancy import Tenant


def check_data_corte(
    sei: Connection, installation: Installation, tenant: Tenant
) -> Iterator[Finding]:
    """A DATA_CORTE that is no date closes documents, for nobody knows which it meant to open."""
    p = md_pesq_parametro.c
    said = None
    if installation.has(md_pesq_parametro):
        said = sei.scalar(select(p.valor).where(p.nome == visibility.DATA_CORTE))
    day = (said or "").strip()
    if day and iso_day(day) is None:
        yield fail(
            "data de corte",
            f"DATA_CORTE da Pesquisa Pública é “{day}”, e não uma data como 2026-01-31: até que"
            " seja, vale a data_corte do tenant e, sem ela, nenhum documento abre",
        )
    else:
        yield ok("data de corte", day or str(tenant.visibilidade.data_corte or "nenhuma"))
