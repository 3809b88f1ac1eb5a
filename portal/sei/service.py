"""What the pages ask of SEI: find what was typed, and track a processo.

Each function opens one connection, asks a constant number of questions whatever the processo's
size, and returns only what the viewer may see. What may not be said to exist raises `NotFound`
after the same questions as what does not exist: one, and one more of a person.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import tramites, visibility
from portal.sei.installation import installation_of
from portal.sei.look import rules_of
from portal.sei.names import Names
from portal.sei.queries import matches
from portal.sei.queries.acessos import list_grants
from portal.sei.queries.names import names_of
from portal.sei.twins import choose
from portal.sei.values import ANYONE, Ambiguous, Hit, TipoProtocolo, Tracking, Viewer
from portal.sei.visibility import NOTHING, Grant
from portal.tenancy import Tenant


def list_hits(
    tenant: Tenant,
    candidates: Sequence[NumeroProtocolo],
    now: datetime,
    typed: str = "",
    viewer: Viewer = ANYONE,
) -> tuple[Hit, ...]:
    """What a typed number may lead to; empty when to nothing that this viewer may see.

    A document's número SEI leads to its processo. Of several that answer to the best candidate,
    the one printed just as `typed` is the one meant; else the reader must choose. `now` is
    in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not candidates:
        return ()
    order = {numero.chave: place for place, numero in enumerate(candidates)}
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        found = matches.list_matches(sei, installation, tuple(order), tenant.orgaos)
        keys = {match.processo.id_protocolo for match in found}
        grants = list_grants(sei, installation, viewer, keys, now)
        named = [
            match
            for match in found
            if _may_answer(tenant, match, now, grants.get(match.processo.id_protocolo, NOTHING))
        ]
        places = [order.get(match.typed.chave, len(order)) for match in named]
        best = [m for m, place in zip(named, places, strict=True) if place == min(places)]
        names = names_of(sei)
        hits = tuple(dict.fromkeys(_hit(match, names) for match in best))
    meant = tuple(replace(hit, chosen=True) for hit in hits if hit.formatado == typed)
    return meant if meant and len(hits) > 1 else hits


def track(
    tenant: Tenant,
    numero: NumeroProtocolo,
    *,
    now: datetime,
    formatado: str | None = None,
    oldest_first: bool = False,
    main_only: bool = True,
    before: int | None = None,
    contents_after: int | None = None,
    viewer: Viewer = ANYONE,
) -> Tracking | Ambiguous:
    """Where a processo is, what happened and what is in it, as far as the viewer may see.

    `formatado` chooses among processos that share their letters and digits. `before` is the
    `id_atividade` that the page of history before ended at, `contents_after` the `id_protocolo`
    that the list of documents before did. `now` is in the tenant's zone. Raises `NotFound`, and
    `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        meant = choose(tenant, sei, numero, formatado, now, viewer)
        if isinstance(meant, Ambiguous):
            return meant
        look, links = meant.look, meant.look.links()
        history, trips = look.history(oldest_first, main_only, before)
        return Tracking(
            procedimento=look.shown,
            situacao=look.situacao(links, trips),
            came_from=tramites.origin(trips),
            interessados=look.interessados(),
            history=history,
            contents=look.contents(links, contents_after),
            several_orgaos=look.names.has_several_orgaos(),
            relacionados=look.relacionados(links),
            chosen=meant.among_others,
            granted=look.is_granted,
        )


def _may_answer(tenant: Tenant, match: matches.Match, now: datetime, grant: Grant) -> bool:
    rules = rules_of(tenant, match, now)
    return visibility.may_answer(match.typed, match.processo, match.eliminado, rules, grant)


def _hit(match: matches.Match, names: Names) -> Hit:
    documento = match.typed.tipo_protocolo is not TipoProtocolo.PROCESSO
    return Hit(
        chave=match.processo.chave,
        formatado=match.processo.formatado,
        tipo=names.tipo(match.id_tipo_procedimento),
        documento=match.typed.formatado if documento else None,
    )
