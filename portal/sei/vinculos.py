"""For whom a person may act by what SEI has, and who looks when they do.

Who acts for a company finds the processos that name it, as anybody does who has the number. A
representation that is limited to some processos gives no other. What somebody may do for whom is
asked anew each time, since it may be revoked at any moment.
"""

from dataclasses import replace
from datetime import datetime

from portal.cpf import Cpf
from portal.readonly import reading
from portal.sei import visibility
from portal.sei.installation import installation_of
from portal.sei.names import Names
from portal.sei.people import recognize
from portal.sei.queries import vinculos as rows
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.rows import Answer
from portal.sei.queries.scope import Scope
from portal.sei.values import Identity, Neighbour, Offer, Recognition, Slow, Viewer, Vinculo
from portal.tenancy import Tenant


def list_vinculos(tenant: Tenant, viewer: Viewer, now: datetime) -> tuple[Offer, ...] | None:
    """For whom the viewer may act today; None where SEI has no such tables to read.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not viewer.contatos:
        return ()
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        if not rows.has_vinculos(installation):
            return None
        found = list(rows.list_vinculos(sei, installation, viewer, now))
        limits = frozenset[int]().union(*(v.processos or () for v in found))
        names, named = names_of(sei), dict[int, Answer]()
        if limits:
            scope = Scope(installation, tenant.orgaos, find_unidade_teste(sei))
            named = {row.id_protocolo: row for row in rows.list_limits(sei, scope, limits)}
        ids = [vinculo.id_representacao for vinculo in found]
        poderes = rows.list_poderes(sei, ids) if ids and rows.has_poderes(installation) else {}
        return tuple(
            Offer(
                vinculo,
                tuple(
                    _neighbour(named[key], names)
                    for key in sorted(vinculo.processos or ())
                    if key in named
                ),
                tuple(poderes.get(vinculo.id_representacao, ())),
            )
            for vinculo in found
        )


def find_vinculo(tenant: Tenant, cpf: Cpf, id_representacao: int, now: datetime) -> Vinculo | None:
    """The person's vínculo of this id, by one SELECT; None when they have no such one today.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        if not rows.has_vinculos(installation):
            return None
        return rows.find_vinculo(sei, installation, cpf, id_representacao, now)


def represent(tenant: Tenant, identity: Identity) -> Recognition:
    """Who looks for a company by gov.br's word alone: SEI does not say who gets its intimações."""
    found = recognize(tenant, identity)
    if isinstance(found, Slow):
        return found
    return replace(found, represented=True, notified=False)


def represent_by(tenant: Tenant, vinculo: Vinculo) -> Recognition:
    """Who looks when somebody acts by a vínculo: all contatos with the number of who is
    represented, since units type companies in anew as they do with people."""
    contatos = frozenset({vinculo.id_contato})
    if vinculo.identity is not None:
        found = recognize(tenant, vinculo.identity)
        if isinstance(found, Slow):
            return found
        contatos |= found.contatos
    return Viewer(
        contatos,
        represented=True,
        notified=visibility.may_be_notified(vinculo.tipo),
        only=vinculo.processos,
    )


def _neighbour(row: Answer, names: Names) -> Neighbour:
    return Neighbour(
        row.protocolo_formatado,
        row.protocolo_formatado_pesquisa.upper(),
        names.tipo(row.id_tipo_procedimento),
    )
