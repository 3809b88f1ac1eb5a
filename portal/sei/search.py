"""What the search page asks of SEI: processos by what is known of them.

One connection and a bounded number of bounded questions, whatever the filters and however large
SEI is: some six, and by a name one more for each `AT_ONCE` processos that were looked at.
"""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from portal.readonly import Kept, reading
from portal.sei.filters import LAST_STEP, Filters, Place, end, start
from portal.sei.installation import installation_of
from portal.sei.person_names import is_named, read_words
from portal.sei.queries import choices
from portal.sei.queries import search as rows
from portal.sei.queries.interessados import list_interessados_of
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.search import MOST_ENDINGS, MOST_NAMESAKES, PAGE_SIZE, Scope
from portal.sei.results import Choices, Found, Results, TooMany
from portal.sei.text import mask
from portal.sei.values import AND_OTHERS
from portal.tenancy import Tenant

LIFETIME = timedelta(minutes=10)
"""How long the lists to choose from are kept: one tipo more or less hides no processo."""
MOST_SHOWN = 5
"""Interessados of one processo whom a list names; its own page has more of them."""


class _Stretch(NamedTuple):
    """What was found between two places."""

    items: tuple[Found, ...]
    more: Place | None = None
    """There are more, below this place."""
    unread: Place | None = None
    """Nothing below this place was read."""


def search_processos(
    tenant: Tenant, filters: Filters, after: Place | None = None
) -> Results | TooMany:
    """A page of públicos that meet the filters, newest autuação first, below a place.

    By an interessado's name, it is everything as far as the search looked. Raises `Unavailable`
    when SEI does not answer.
    """
    newest, oldest = start(filters), end(filters)
    if after is not None and after < newest:
        newest = after
    find = _find_named if filters.interessado else _find
    with reading(tenant.sei) as sei:
        scope = _scope(tenant, sei)
        if filters.ending and rows.count_endings(sei, scope, filters) > MOST_ENDINGS:
            return TooMany.ENDINGS
        reach = None if filters.ending else rows.find_reach(sei, scope, newest, oldest)
        found = find(sei, scope, filters, newest, reach or oldest)
        if found is None:
            return TooMany.NAMESAKES
        keys = [item.id_protocolo for item in found.items]
        places = rows.list_places(sei, keys) if keys else {}
        several_orgaos = names_of(sei).has_several_orgaos()
    unseen = None if found.more else found.unread or reach
    return Results(
        items=tuple(replace(item, open_in=places.get(item.id_protocolo)) for item in found.items),
        more=found.more,
        unseen=replace(unseen, step=min(unseen.step + 1, LAST_STEP)) if unseen else None,
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


def _find(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place
) -> _Stretch | None:
    found = rows.list_found(sei, scope, filters, newest, oldest)
    items = found[:PAGE_SIZE]
    if len(found) == len(items):
        return _Stretch(items)
    last = items[-1]
    return _Stretch(items, more=Place(last.dta_geracao, last.id_protocolo, newest.step))


def _find_named(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, oldest: Place
) -> _Stretch | None:
    """What an interessado of this name asked for; None when it is too much."""
    words = read_words(filters.interessado)
    read = list_interessados_of(sei, scope, filters, newest, oldest)
    meant: dict[int, tuple[str, ...]] = {}
    for key, names in read.names.items():
        # By what is shown of a name: nobody shall guess an e-mail in it, word by word.
        if those := tuple(nome for nome in map(mask, names) if is_named(words, nome)):
            meant[key] = those
    if len(meant) > MOST_NAMESAKES:
        return None
    found = rows.list_among(sei, scope, filters, newest, oldest, meant) if meant else ()
    return _Stretch(
        tuple(replace(item, interessados=_shown(meant[item.id_protocolo])) for item in found),
        unread=read.unread,
    )


def _shown(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= MOST_SHOWN else (*names[:MOST_SHOWN], AND_OTHERS)


def _scope(tenant: Tenant, sei: Connection) -> Scope:
    return Scope(installation_of(sei), tenant.orgaos, find_unidade_teste(sei))
