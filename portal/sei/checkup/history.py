"""Which andamentos this SEI lets the portal tell."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from portal.sei.checkup.findings import Finding, amount, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import tarefa
from portal.tenancy import Tenant


def check_consulta_processual(
    sei: Connection, installation: Installation, tenant: Tenant
) -> Iterator[Finding]:
    """The tenant's option against what SEI has: before 4.1 nobody could mark a tarefa for it."""
    subject = "etapas mostradas"
    if not tenant.visibilidade.consulta_processual:
        yield ok(subject, "as do histórico resumido")
        return
    marked = tarefa.c.sin_consulta_processual
    if not installation.has(marked):
        yield warn(
            subject,
            "consulta_processual = true, mas este SEI não tem essa marca (é do 4.1 em diante, ou a"
            " conta não a lê): o portal usa as do histórico resumido",
        )
        return
    found = sei.scalar(select(func.count()).select_from(tarefa).where(marked == "S")) or 0
    if found:
        yield ok(subject, f"as da Consulta Processual ({amount(found)} tarefas marcadas)")
    else:
        yield warn(
            subject,
            "consulta_processual = true, mas nenhuma tarefa está marcada: o histórico só tem"
            " trâmites",
        )


def check_modulos(
    sei: Connection, _installation: Installation, _tenant: Tenant
) -> Iterator[Finding]:
    """The andamentos of modules: Tramita's must be in the resumed history to be seen,
    whatever the tenant uses for the others."""
    t = tarefa.c
    rows = sei.execute(
        select(t.id_tarefa_modulo, t.sin_historico_resumido)
        .where(t.id_tarefa_modulo.is_not(None))
        .order_by(t.id_tarefa_modulo)
    ).all()
    hidden = [row[0] for row in rows if str(row[0]).startswith("PEN_") and row[1] != "S"]
    if hidden:
        yield warn(
            "tarefas de módulos",
            f"{listing(hidden)} fora do histórico resumido: o portal não mostrará esses trâmites"
            " (no SEI, Administração, Histórico)",
        )
    else:
        yield ok("tarefas de módulos", amount(len(rows)))
