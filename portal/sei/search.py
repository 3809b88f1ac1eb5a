"""What the search page asks of SEI: processos by what is known of them.

One connection and a constant number of bounded questions, whatever the filters and however large
SEI is.
"""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from sqlalchemy import Connection

from portal.readonly import Kept, reading
from portal.sei.filters import LAST_STEP, Filters, Place, end, start
from portal.sei.installation import installation_of
from portal.sei.queries import choices
from portal.sei.queries import search as rows
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.search import MOST_ENDINGS, PAGE_SIZE, Scope
from portal.sei.results import Choices, Results
from portal.tenancy import Tenant

LIFETIME = timedelta(minutes=10)
"""How long the lists to choose from are kept: one tipo more or less hides no processo."""


def search_processos(
    tenant: Tenant, filters: Filters, after: Place | None = None
) -> Results | None:
    """A page of públicos that meet the filters, newest autuação first, below a place.

    None when the last digits leave too many: more of them are needed, whatever the other filters.
    Raises `Unavailable` when SEI does not answer.
    """
    newest, oldest = start(filters), end(filters)
    if after is not None and after < newest:
        newest = after
    with reading(tenant.sei) as sei:
        scope = _scope(tenant, sei)
        if filters.ending and rows.count_endings(sei, scope, filters) > MOST_ENDINGS:
            return None
        reach = None if filters.ending else rows.find_reach(sei, scope, newest, oldest)
        found = rows.list_found(sei, scope, filters, newest, reach or oldest)
        items = found[:PAGE_SIZE]
        places = rows.list_places(sei, [item.id_protocolo for item in items]) if items else {}
        several_orgaos = names_of(sei).has_several_orgaos()
    last = items[-1] if len(found) > PAGE_SIZE else None
    return Results(
        items=tuple(replace(item, open_in=places.get(item.id_protocolo)) for item in items),
        more=Place(last.dta_geracao, last.id_protocolo, newest.step) if last else None,
        unseen=None if last or not reach else replace(reach, step=min(reach.step + 1, LAST_STEP)),
        several_orgaos=several_orgaos,
    )


def list_choices(tenant: Tenant) -> Choices:
    """What is worth choosing. Raises `Unavailable` when SEI does not answer."""
    with reading(tenant.sei) as sei:
        return kept_choices(tenant).get(sei)


@lru_cache(maxsize=256)
def kept_choices(tenant: Tenant) -> Kept[Choices]:
    """The lists of a tenant, which may share its SEI with others."""
    return Kept(
        lambda sei: choices.list_choices(sei, _scope(tenant, sei)), LIFETIME.total_seconds()
    )


def _scope(tenant: Tenant, sei: Connection) -> Scope:
    return Scope(installation_of(sei), tenant.orgaos, find_unidade_teste(sei))
