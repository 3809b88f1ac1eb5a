"""A person's processos, those in which something happened last first.

Listed is what anybody could find and names the person, and what SEI opened to them. Not a restrito
that only names them: whom it is about is what makes it one (6). A number of questions that does not
grow with the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.readonly import reading
from portal.sei.filters import FIRST_DAY, MIDNIGHT, Place, State
from portal.sei.installation import installation_of
from portal.sei.names import Names
from portal.sei.queries.found import list_places
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.participations import (
    MOST,
    Participation,
    list_moved,
    list_participations,
)
from portal.sei.queries.scope import Scope
from portal.sei.results import Because, Entry, Mine, OpenIn, Reason
from portal.sei.values import Viewer
from portal.tenancy import Tenant

PAGE_SIZE = 20
_NEVER = datetime.combine(FIRST_DAY, MIDNIGHT)
_ORDER = tuple(Reason)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None asks for nothing."""

    state: State | None = None
    reason: Reason | None = None


def list_mine(
    tenant: Tenant,
    viewer: Viewer,
    *,
    now: datetime,
    wanted: Wanted = Wanted(),
    after: Place | None = None,
) -> Mine:
    """A page of the viewer's processos, below a place of the page before.

    `now` is in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        names = names_of(sei)
        if not viewer.contatos:
            return Mine((), None, 0, complete=True, several_orgaos=names.has_several_orgaos())
        installation = installation_of(sei)
        scope = Scope(installation, tenant.orgaos, find_unidade_teste(sei))
        all_of_them = _group(
            part
            for part in list_participations(sei, scope, viewer, now)
            if viewer.only is None or part.id_protocolo in viewer.only
        )
        newest = sorted(all_of_them, reverse=True)[:MOST]
        grouped = {key: all_of_them[key] for key in newest}
        told = [key for key, parts in grouped.items() if _is_told(parts)]
        consulta = tenant.visibilidade.consulta_processual
        moved = list_moved(sei, installation, consulta, told) if told else {}
        places = list_places(sei, told) if told else {}
        entries = [_entry(parts, names, tenant, moved, places) for parts in grouped.values()]
        return _page(
            [entry for entry in entries if _is_wanted(entry, wanted)],
            after,
            complete=len(all_of_them) <= MOST,
            several_orgaos=names.has_several_orgaos(),
        )


def _page(
    entries: list[Entry], after: Place | None, *, complete: bool, several_orgaos: bool
) -> Mine:
    entries.sort(key=_place, reverse=True)
    left = [entry for entry in entries if after is None or _place(entry) < after]
    page = left[:PAGE_SIZE]
    more = _place(page[-1]) if len(left) > len(page) else None
    return Mine(tuple(page), more, len(entries), complete, several_orgaos)


def _place(entry: Entry) -> Place:
    """On SEI's wall clock; what has not moved comes last."""
    moment = entry.moved.replace(tzinfo=None) if entry.moved else _NEVER
    return Place(moment, entry.id_protocolo)


def _group(parts: Iterable[Participation]) -> dict[int, list[Participation]]:
    grouped: dict[int, list[Participation]] = defaultdict(list)
    for part in parts:
        grouped[part.id_protocolo].append(part)
    return grouped


def _is_told(parts: list[Participation]) -> bool:
    """Whether what happens in it may be told: to everybody, or to who sees all of it."""
    return not parts[0].restrito or any(part.because.integral for part in parts)


def _entry(
    parts: list[Participation],
    names: Names,
    tenant: Tenant,
    moved: Mapping[int, datetime],
    places: Mapping[int, OpenIn],
) -> Entry:
    one, told = parts[0], _is_told(parts)
    moment = moved.get(one.id_protocolo)
    return Entry(
        id_protocolo=one.id_protocolo,
        chave=one.chave,
        formatado=one.formatado,
        tipo=names.tipo(one.id_tipo_procedimento),
        orgao=names.orgao_of(one.id_unidade_geradora),
        restrito=one.restrito,
        because=_reasons(part.because for part in parts),
        estado=one.estado if told else None,
        autuacao=one.dta_geracao.date() if told else None,
        moved=None if moment is None else moment.replace(tzinfo=tenant.fuso),
        open_in=places.get(one.id_protocolo),
    )


def _reasons(because: Iterable[Because]) -> tuple[Because, ...]:
    """Each reason once; of several acessos the one that opens most, and then longest."""
    best: dict[Reason, Because] = {}
    for each in because:
        known = best.get(each.reason)
        if known is None or _reach(each) > _reach(known):
            best[each.reason] = each
    return tuple(best[reason] for reason in _ORDER if reason in best)


def _reach(because: Because) -> tuple[bool, bool, str]:
    return because.integral, because.until is None, str(because.until or "")


def _is_wanted(entry: Entry, wanted: Wanted) -> bool:
    return (wanted.state is None or entry.state is wanted.state) and (
        wanted.reason is None or any(b.reason is wanted.reason for b in entry.because)
    )
