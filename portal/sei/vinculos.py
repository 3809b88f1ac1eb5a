"""For whom a person may act by what SEI has, and who looks when they do.

Who acts for a company sees what the company sees: what names it, and what was opened to it. A
representation that is limited to some processos opens no other. What somebody may do for whom is
asked anew each time, since it may be revoked at any moment.
"""

from datetime import datetime

from portal.errors import NotFound
from portal.readonly import reading
from portal.sei.installation import installation_of
from portal.sei.people import recognize
from portal.sei.queries.vinculos import has_vinculos
from portal.sei.queries.vinculos import list_vinculos as ask_vinculos
from portal.sei.values import Cnpj, Recognition, Slow, Viewer, Vinculo
from portal.tenancy import Tenant


def list_vinculos(tenant: Tenant, viewer: Viewer, now: datetime) -> tuple[Vinculo, ...] | None:
    """For whom the viewer may act today; None where SEI has no such tables to read.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not viewer.contatos:
        return ()
    with reading(tenant.sei) as sei:
        if not has_vinculos(installation_of(sei)):
            return None
        return tuple(ask_vinculos(sei, viewer, now))


def act_for(
    tenant: Tenant, viewer: Viewer, id_representacao: int, now: datetime
) -> tuple[Vinculo, Recognition]:
    """The vínculo of this id, and who looks when the viewer acts by it.

    Raises `NotFound` when the viewer has no such vínculo today.
    """
    for vinculo in list_vinculos(tenant, viewer, now) or ():
        if vinculo.id_representacao == id_representacao:
            return vinculo, _represented(tenant, vinculo)
    raise NotFound


def _represented(tenant: Tenant, vinculo: Vinculo) -> Recognition:
    """All contatos of the company: units type it in anew as they do with people."""
    contatos = frozenset({vinculo.id_contato})
    if vinculo.cnpj is not None:
        found = recognize(tenant, Cnpj(vinculo.cnpj))
        if isinstance(found, Slow):
            return found
        contatos |= found.contatos
    return Viewer(contatos, vinculo.processos)
