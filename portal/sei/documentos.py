"""What the pages ask of SEI about documents: one that is listed, one that opens, all that open."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import visibility
from portal.sei.contents import show_documento
from portal.sei.look import Look, look_up
from portal.sei.queries.conteudos import find_conteudo
from portal.sei.twins import choose
from portal.sei.values import (
    Ambiguous,
    Conteudo,
    Documento,
    ListedDocumento,
    Neighbour,
    OpenDocumentos,
    Opening,
)
from portal.tenancy import Tenant

LOOKED_AT = 10
"""Items of a processo, open or not, for each document that a package may have."""


def get_documento(
    tenant: Tenant,
    numero: NumeroProtocolo,
    numero_sei: str,
    *,
    now: datetime,
    with_page: bool = False,
) -> ListedDocumento:
    """A listed document of a processo, whether or not it opens; its HTML only `with_page`.

    Raises `NotFound` for a draft, a cancelled one, one of another processo, and whatever the list
    of documents does not hold; `Unavailable` when SEI does not answer.
    """
    # Nothing else is a número SEI, and engines disagree about what else equals one.
    exact = numero_sei if numero_sei.isascii() and numero_sei.isalnum() else ""
    with reading(tenant.sei) as sei:
        looks = look_up(tenant, sei, numero, now)
        for look in looks:
            listed = _find_listed(look, exact, with_page=with_page)
            if listed is not None:
                return replace(listed, chosen=len(looks) > 1)
    raise NotFound


def open_documento(
    tenant: Tenant, numero: NumeroProtocolo, numero_sei: str, *, now: datetime
) -> tuple[Documento, Conteudo]:
    """A document that opens to the public at this moment, with what is in it.

    Raises `NotFound` for every other, and `Unavailable` when SEI does not answer.
    """
    listed = get_documento(tenant, numero, numero_sei, now=now, with_page=True)
    if listed.conteudo is None:
        raise NotFound
    return listed.documento, listed.conteudo


def list_open(
    tenant: Tenant, numero: NumeroProtocolo, *, now: datetime, most: int, formatado: str | None
) -> OpenDocumentos | Ambiguous:
    """The documents of a processo that open, `most` of them, in SEI's order.

    `formatado` chooses among processos that share their letters and digits.
    No more than `LOOKED_AT` times `most` items are read to find them, some tens of questions.
    Raises `NotFound`, and `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        meant = choose(tenant, sei, numero, formatado, now)
        if isinstance(meant, Ambiguous):
            return meant
        look = meant.look
        found, complete = _take_open(_walk(look), most)
        processo = visibility.shown(look.processo, look.rules)
    return OpenDocumentos(processo, found, complete, chosen=meant.among_others)


def _find_listed(look: Look, numero_sei: str, *, with_page: bool) -> ListedDocumento | None:
    item = look.find_item(numero_sei)
    if item is None or item.facts is None:
        return None
    shown = show_documento(look.holder(look.links()), item, item.facts)
    conteudo = None
    if shown.opening is Opening.OPENS:
        conteudo = find_conteudo(look.sei, look.rules, item.id_protocolo, with_page=with_page)
    return ListedDocumento(visibility.shown(look.processo, look.rules), shown, conteudo)


def _take_open(
    items: Iterable[Documento | Neighbour], most: int
) -> tuple[tuple[Documento, ...], bool]:
    """Those that open, and whether they are all."""
    found: list[Documento] = []
    for place, item in enumerate(items):
        if place == LOOKED_AT * most:
            return tuple(found), False
        if isinstance(item, Documento) and item.opening is Opening.OPENS:
            if len(found) == most:
                return tuple(found), False
            found.append(item)
    return tuple(found), True


def _walk(look: Look) -> Iterator[Documento | Neighbour]:
    """Page after page, as long as somebody asks."""
    links = look.links()
    cursor: int | None = None
    while (contents := look.contents(links, cursor)) is not None:
        yield from contents.items
        cursor = contents.next_cursor
        if cursor is None:
            return
