"""The check-up's order: from whether SEI answers to how it plans each of our queries."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from portal.errors import Unavailable
from portal.readonly import open_readonly, reading
from portal.sei.checkup import (
    account,
    confirmations,
    corte,
    history,
    indexes,
    plans,
    repository,
    server,
)
from portal.sei.checkup.findings import Finding, fail, warn
from portal.sei.installation import Installation, installation_of
from portal.tenancy import Tenant

PATIENCE = 60.0
"""Seconds for one question: here some of them read whole tables, which no page does."""

Step = Callable[[Connection, Installation, Tenant], Iterator[Finding]]

STEPS: tuple[tuple[str, Step], ...] = (
    ("módulos", server.list_modules),
    ("data de corte", corte.check_data_corte),
    ("codificação", server.check_charset),
    ("conta", account.check_account),
    ("índices", indexes.check_indexes),
    ("órgãos", confirmations.check_orgaos),
    ("etapas mostradas", history.check_consulta_processual),
    ("tarefas de módulos", history.check_modulos),
    ("dados", confirmations.check_data),
    ("arquivos", repository.check_repository),
    ("consultas", plans.check_plans),
)


def check(tenant: Tenant, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Every finding on the tenant's SEI, as it is found. `now` gives an aware instant.

    When SEI does not answer, or is no SEI, that is the last finding.
    """
    engine = open_readonly(tenant.sei_url, statement_timeout=PATIENCE, pool_size=2, max_overflow=0)
    try:
        with reading(engine) as sei:
            yield from server.check_server(sei)
            installation = installation_of(sei)
            lacking = list(server.check_tables(sei, installation))
            yield from lacking
            if any(finding.level is finding.level.FAIL for finding in lacking):
                return
            yield from server.check_clock(sei, tenant, now)
            for subject, step in STEPS:
                yield from _attempt(subject, step, sei, installation, tenant)
    except Unavailable as error:
        yield fail("conexão", f"o SEI não respondeu: {error}")
    finally:
        engine.dispose()


def _attempt(
    subject: str, step: Step, sei: Connection, installation: Installation, tenant: Tenant
) -> Iterator[Finding]:
    """One step; what the account may not see is said and does not stop the others."""
    try:
        yield from step(sei, installation, tenant)
    except (DBAPIError, Unavailable) as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        yield warn(subject, f"não foi possível verificar ({reason(error)})")


def reason(error: DBAPIError | Unavailable) -> str:
    """The database's own words, in one line and without the statement."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(said).split())[:200]
