"""What a person has to do, and did, by SEI's own Peticionamento.

That there is an intimação may be said to whom it is addressed, and never what is in it (10.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from portal.readonly import reading
from portal.sei import visibility
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
    Prazo,
    Recibo,
    Resposta,
    TipoPeticao,
    Viewer,
)
from portal.tenancy import Tenant


def list_peticionamento(tenant: Tenant, viewer: Viewer, now: datetime) -> Peticionamento:
    """The viewer's intimações that wait for them, what has its day first, and their recibos, the
    newest first.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not viewer.contatos:
        return Peticionamento((), ())
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        scope = Scope(installation, tenant.orgaos, find_unidade_teste(sei))
        waiting, more_waiting = _list_waiting(sei, scope, viewer, now)
        done, more_done = _list_done(sei, scope, viewer)
        opened = _list_opened(sei, scope, viewer, now, (*(waiting or ()), *(done or ())))
        told = _Told(names_of(sei), opened, tenant.fuso)
        return Peticionamento(
            None if waiting is None else _intimacoes(sei, scope, waiting, told),
            None if done is None else tuple(_recibo(row, told) for row in done),
            more_intimacoes=more_waiting,
            more_recibos=more_done,
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What rows are told in."""

    names: Names
    opened: frozenset[int]
    """Processos that the viewer's acessos open."""
    zone: ZoneInfo

    def name(self, about: rows.About) -> Neighbour | None:
        """The processo, when anybody finds it or an acesso externo opens it."""
        if not (about.public or (about.known and about.id_protocolo in self.opened)):
            return None
        return Neighbour(about.formatado, about.chave, self.names.tipo(about.id_tipo_procedimento))


def _list_waiting(
    sei: Connection, scope: Scope, viewer: Viewer, now: datetime
) -> tuple[Sequence[rows.IntimacaoRow] | None, bool]:
    """And whether there are more; None where this SEI has none to read."""
    if not rows.has_intimacoes(scope.installation):
        return None, False
    if not viewer.notified:
        return (), False
    found, more = rows.list_intimacoes(sei, scope, viewer, now)
    only = viewer.only
    return [row for row in found if only is None or row.about.id_protocolo in only], more


def _list_done(
    sei: Connection, scope: Scope, viewer: Viewer
) -> tuple[Sequence[rows.ReciboRow] | None, bool]:
    """And whether there are more; None where this SEI has none to read."""
    if not rows.has_recibos(scope.installation):
        return None, False
    if not visibility.may_list_recibos(viewer):
        return (), False
    return rows.list_recibos(sei, scope, viewer)


def _list_opened(
    sei: Connection,
    scope: Scope,
    viewer: Viewer,
    now: datetime,
    found: Iterable[rows.IntimacaoRow | rows.ReciboRow],
) -> frozenset[int]:
    keys = {row.about.id_protocolo for row in found}
    return frozenset(list_grants(sei, scope.installation, viewer, keys, now))


def _intimacoes(
    sei: Connection, scope: Scope, waiting: Sequence[rows.IntimacaoRow], told: _Told
) -> tuple[Intimacao, ...]:
    pending = {row.id_intimacao for row in waiting if row.pending}
    days = rows.find_prazo(sei, scope) if pending else None
    prazos = rows.list_prazos(sei, scope.installation, pending) if pending else {}
    found = [_intimacao(row, days, prazos.get(row.id_intimacao, ()), told) for row in waiting]
    return tuple(sorted(found, key=lambda one: one.day or date.max))


def _intimacao(
    row: rows.IntimacaoRow, days: int | None, prazos: Sequence[Prazo], told: _Told
) -> Intimacao:
    tacit = row.tacit.date() if row.pending and row.tacit else None
    return Intimacao(
        tipo=mask(row.tipo),
        expedida=row.expedida.replace(tzinfo=told.zone),
        resposta=Resposta(row.resposta),
        pending=row.pending,
        tacit_on=tacit,
        tacit_days=days if row.pending and tacit is None else None,
        prazos=tuple(prazos) if row.pending else (),
        due=row.due.date() if not row.pending and row.due else None,
        processo=told.name(row.about),
        documento=row.documento,
    )


def _recibo(row: rows.ReciboRow, told: _Told) -> Recibo:
    return Recibo(TipoPeticao(row.tipo), row.moment.replace(tzinfo=told.zone), told.name(row.about))
