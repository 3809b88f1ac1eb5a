"""What a person has to do, and did, by SEI's own Peticionamento.

That there is an intimação may be said to whom it is addressed, and never what is in it (10.2).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.readonly import reading
from portal.sei.installation import installation_of
from portal.sei.names import Names
from portal.sei.queries import peticoes as rows
from portal.sei.queries.acessos import list_grants
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.scope import Scope
from portal.sei.text import mask
from portal.sei.values import (
    Intimacao,
    Neighbour,
    Peticionamento,
    Recibo,
    Resposta,
    TipoPeticao,
    Viewer,
)
from portal.tenancy import Tenant


def list_peticionamento(tenant: Tenant, viewer: Viewer, now: datetime) -> Peticionamento:
    """The viewer's intimações that wait for them, and their recibos; the newest first.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not viewer.contatos:
        return Peticionamento((), ())
    with reading(tenant.sei) as sei:
        installation, names = installation_of(sei), names_of(sei)
        scope = Scope(installation, tenant.orgaos, find_unidade_teste(sei))
        waiting = done = None
        if rows.has_intimacoes(installation):
            found = rows.list_intimacoes(sei, scope, viewer, now)
            waiting = [row for row in found if _is_within(row.about, viewer)]
        if rows.has_recibos(installation):
            sent = rows.list_recibos(sei, scope, viewer)
            done = [row for row in sent if _is_within(row.about, viewer)]
        days = rows.find_prazo(sei, scope) if waiting else None
        keys = {row.about.id_protocolo for row in waiting or ()}
        keys |= {row.about.id_protocolo for row in done or ()}
        opened = frozenset(list_grants(sei, installation, viewer, keys, now))
        return Peticionamento(
            intimacoes=None
            if waiting is None
            else tuple(_intimacao(row, names, opened, days, tenant.fuso) for row in waiting),
            recibos=None
            if done is None
            else tuple(_recibo(row, names, opened, tenant.fuso) for row in done),
        )


def _intimacao(
    row: rows.IntimacaoRow,
    names: Names,
    opened: frozenset[int],
    days: int | None,
    zone: ZoneInfo,
) -> Intimacao:
    tacit = row.tacit.date() if row.pending and row.tacit else None
    return Intimacao(
        tipo=mask(row.tipo),
        expedida=row.expedida.replace(tzinfo=zone),
        resposta=Resposta(row.resposta),
        pending=row.pending,
        tacit_on=tacit,
        tacit_days=days if row.pending and tacit is None else None,
        due=row.due.date() if not row.pending and row.due else None,
        processo=_named(row.about, names, opened),
        documento=row.documento,
    )


def _recibo(row: rows.ReciboRow, names: Names, opened: frozenset[int], zone: ZoneInfo) -> Recibo:
    return Recibo(
        TipoPeticao(row.tipo),
        row.moment.replace(tzinfo=zone),
        _named(row.about, names, opened),
    )


def _is_within(about: rows.About, viewer: Viewer) -> bool:
    return viewer.only is None or about.id_protocolo in viewer.only


def _named(about: rows.About, names: Names, opened: frozenset[int]) -> Neighbour | None:
    """The processo, when anybody finds it or an acesso externo opens it."""
    if not (about.public or (about.known and about.id_protocolo in opened)):
        return None
    return Neighbour(about.formatado, about.chave, names.tipo(about.id_tipo_procedimento))
