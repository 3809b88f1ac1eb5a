"""What the search page asks of SEI: processos by what is known of them.

One connection and a bounded number of bounded questions, whatever the filters and however large
SEI is: some six, and by a name one more for each `AT_ONCE` processos that were looked at.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from portal.readonly import Kept, reading, was_stopped
from portal.sei.extent import Floor
from portal.sei.filters import LAST_STEP, Filters, Place, end, start
from portal.sei.installation import installation_of
from portal.sei.person_names import is_named, read_words
from portal.sei.queries import choices
from portal.sei.queries.endings import MOST_ENDINGS, count_endings
from portal.sei.queries.found import list_found, list_places
from portal.sei.queries.interessados import list_interessados_of
from portal.sei.queries.names import names_of
from portal.sei.queries.parametros import find_unidade_teste
from portal.sei.queries.scope import Scope
from portal.sei.queries.walks import count_walked, find_reach, list_walked
from portal.sei.results import MOST_COUNTED, Choices, Found, Results, TooMany
from portal.sei.text import mask
from portal.sei.values import AND_OTHERS
from portal.tenancy import Tenant

PAGE_SIZE = 20
MOST_NAMESAKES = 50
"""Processos that a name may leave on all pages of a search, before more of it is asked for."""
LIFETIME = timedelta(minutes=10)
"""How long the lists to choose from are kept: one tipo more or less hides no processo."""
MOST_SHOWN = 5
"""Interessados of one processo whom a list names; its own page has more of them."""


class _Path(NamedTuple):
    """From where to where a search looks."""

    newest: Place
    oldest: Place


class _Stretch(NamedTuple):
    """What was found on a path."""

    items: tuple[Found, ...]
    more: Place | None = None
    """There are more, below this place."""
    unread: Place | None = None
    """Nothing below this place was read."""


def search_processos(
    tenant: Tenant, filters: Filters, after: Place | None = None, *, today: date
) -> Results | TooMany:
    """A page of públicos that meet the filters, newest autuação first, below a place.

    By an interessado's name, it is everything as far as the search looked. Raises `Unavailable`
    when SEI does not answer.
    """
    newest = min(after or start(filters), start(filters))
    find = _find_named if filters.interessado else _find
    with reading(tenant.sei) as sei:
        scope = _scope(tenant, sei)
        if filters.ending and count_endings(sei, scope, filters.ending) > MOST_ENDINGS:
            return TooMany.ENDINGS
        known = kept_choices(tenant).get(sei)
        floor = Floor(known.extent if known else None, today)
        bottom, is_last = _find_bottom(sei, scope, filters, newest, floor)
        path = _Path(newest, bottom)
        found = find(sei, scope, filters, path)
        if found is None:
            return TooMany.NAMESAKES
        total = len(found.items)
        if found.more and after is None:
            most = MOST_COUNTED + 1 - PAGE_SIZE
            total = PAGE_SIZE + count_walked(sei, scope, filters, found.more, bottom, most)
        keys = [item.id_protocolo for item in found.items]
        places = list_places(sei, keys) if keys else {}
        several_orgaos = names_of(sei).has_several_orgaos()
    unread = found.unread or (None if is_last else bottom)
    unseen = None if found.more else unread
    if unseen:
        listed = newest.listed + total if filters.interessado else 0
        unseen = replace(unseen, step=min(newest.step + 1, LAST_STEP), listed=listed)
    return Results(
        items=tuple(replace(item, open_in=places.get(item.id_protocolo)) for item in found.items),
        more=found.more,
        unseen=unseen,
        total=total,
        partial=unread is not None,
        several_orgaos=several_orgaos,
    )


def _find_bottom(
    sei: Connection, scope: Scope, filters: Filters, newest: Place, floor: Floor
) -> tuple[Place, bool]:
    """How far down from `newest` to look, and whether nothing is left below that."""
    oldest = end(filters)
    if filters.ending:
        return oldest, True
    oldest = max(oldest, floor.end)
    lowest = max(oldest, floor.below(newest))
    near = max(lowest, floor.near(newest))
    reach = find_reach(sei, scope, newest, near)
    if reach is None and near != lowest:
        reach = find_reach(sei, scope, newest, lowest)
    return reach or lowest, reach is None and lowest == oldest


def list_choices(tenant: Tenant) -> Choices | None:
    """What is worth choosing; None where SEI needs too long to tell, which is not asked again for
    some minutes. Raises `Unavailable` when SEI does not answer."""
    with reading(tenant.sei) as sei:
        return kept_choices(tenant).get(sei)


@lru_cache(maxsize=256)
def kept_choices(tenant: Tenant) -> Kept[Choices | None]:
    """The lists of a tenant, which may share its SEI with others."""

    def read(sei: Connection) -> Choices | None:
        try:
            return choices.list_choices(sei, _scope(tenant, sei))
        except DBAPIError as error:
            if was_stopped(error):
                return None
            raise

    return Kept(read, LIFETIME.total_seconds())


def _find(sei: Connection, scope: Scope, filters: Filters, path: _Path) -> _Stretch:
    places = list_walked(sei, scope, filters, *path, PAGE_SIZE + 1)
    shown = [place.id_protocolo for place in places[:PAGE_SIZE]]
    items = list_found(sei, scope, shown) if shown else ()
    more = places[PAGE_SIZE - 1] if len(places) > PAGE_SIZE else None
    return _Stretch(items, more=more)


def _find_named(sei: Connection, scope: Scope, filters: Filters, path: _Path) -> _Stretch | None:
    """What an interessado of this name asked for; None when it is too much, with what the search
    has listed before. The address says how much that is: who changes it could as well change the
    period, and how often names are asked for is limited."""
    words = read_words(filters.interessado)
    read = list_interessados_of(sei, scope, filters, *path)
    meant: dict[int, tuple[str, ...]] = {}
    for key, names in read.names.items():
        # By what is shown of a name: nobody shall guess an e-mail in it, word by word.
        if those := tuple(nome for nome in map(mask, names) if is_named(words, nome)):
            meant[key] = those
    if path.newest.listed + len(meant) > MOST_NAMESAKES:
        return None
    found = list_found(sei, scope, meant) if meant else ()
    return _Stretch(
        tuple(replace(item, interessados=_shown(meant[item.id_protocolo])) for item in found),
        unread=read.unread,
    )


def _shown(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= MOST_SHOWN else (*names[:MOST_SHOWN], AND_OTHERS)


def _scope(tenant: Tenant, sei: Connection) -> Scope:
    return Scope(installation_of(sei), tenant.orgaos, find_unidade_teste(sei))
