"""What the pages ask of SEI: find what was typed, track a processo, read about a document.

Each function opens one connection, asks a constant number of questions whatever the processo's
size, and returns only what the public may see. What may not be said to exist raises `NotFound`
after the same single question as what does not exist.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice

from sqlalchemy import Connection

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import tramites, visibility
from portal.sei.andamentos import narrate, narrate_tramite
from portal.sei.contents import Holder, show_documento, show_page
from portal.sei.installation import installation_of
from portal.sei.names import Names
from portal.sei.queries import andamentos as andamento_rows
from portal.sei.queries import conteudos, matches, processos
from portal.sei.queries import documentos as documento_rows
from portal.sei.queries.links import RELACIONADOS, list_links
from portal.sei.queries.names import names_of
from portal.sei.queries.processos import Record
from portal.sei.queries.rows import PAGE_SIZE, READ_SIZE
from portal.sei.queries.stays import list_stays
from portal.sei.text import public
from portal.sei.values import (
    AND_OTHERS,
    Ambiguous,
    Andamento,
    Associacao,
    Contents,
    Conteudo,
    Documento,
    EstadoProtocolo,
    History,
    Hit,
    ListedDocumento,
    NaoInformada,
    Neighbour,
    OpenDocumentos,
    Opening,
    Procedimento,
    Situacao,
    Step,
    TipoProtocolo,
    Tracking,
)
from portal.sei.visibility import Link, Referenced, Rules
from portal.sei.vocabulary import Vocabulary, read_vocabulary
from portal.sei.whereabouts import situate
from portal.tenancy import Tenant


def find(
    tenant: Tenant, candidates: Sequence[NumeroProtocolo], now: datetime, typed: str = ""
) -> tuple[Hit, ...]:
    """What a typed number may lead to; empty when to nothing public.

    A document's número SEI leads to its processo. Of several that answer to the best candidate,
    the one printed just as `typed` is the one meant; else the reader must choose. `now` is
    in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not candidates:
        return ()
    order = {numero.chave: place for place, numero in enumerate(candidates)}
    with reading(tenant.sei) as sei:
        found = matches.list_matches(sei, installation_of(sei), tuple(order), tenant.orgaos)
        named = [match for match in found if _may_answer(tenant, match, now)]
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
    contents_after: str | None = None,
) -> Tracking | Ambiguous:
    """Where a processo is, what happened and what is in it, for anyone who asks.

    `formatado` chooses among processos that share their letters and digits. `before` is the
    `id_atividade` that the page of history before ended at, `contents_after` the cursor of the
    list of documents before. `now` is in the tenant's zone. Raises `NotFound`, and
    `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        looks = _look_up(tenant, sei, numero, now)
        chosen = [look for look in looks if look.record.processo.formatado == formatado] or looks
        if len(chosen) > 1:
            return Ambiguous(
                tuple(
                    Hit(p.chave, p.formatado, p.tipo, None)
                    for p in (look.processo for look in chosen)
                )
            )
        look, links = chosen[0], chosen[0].links()
        history, trips = look.history(oldest_first, main_only, before)
        return Tracking(
            procedimento=visibility.shown(look.processo, look.rules),
            situacao=look.situacao(links, trips),
            came_from=tramites.origin(trips),
            interessados=look.interessados(),
            history=history,
            contents=look.contents(links, contents_after),
            several_orgaos=look.names.has_several_orgaos(),
            relacionados=look.relacionados(links),
        )


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
        for look in _look_up(tenant, sei, numero, now):
            listed = look.documento(exact, with_page=with_page)
            if listed is not None:
                return listed
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
    tenant: Tenant, numero: NumeroProtocolo, *, now: datetime, most: int
) -> OpenDocumentos:
    """The documents of a processo that open, `most` of them, in SEI's order.

    Raises `NotFound`, and `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        looks = _look_up(tenant, sei, numero, now)
        found = list(islice((d for look in looks for d in look.open_documentos()), most + 1))
    return OpenDocumentos(
        processo=" e ".join(look.record.processo.formatado for look in looks),
        documentos=tuple(found[:most]),
        complete=len(found) <= most,
    )


@dataclass(frozen=True)
class _Look:
    """One processo that may be named, under its rules, with the connection to ask more of it.

    What the rules do not open is empty, and is not asked for. Words are not asked for before one is
    needed: what may not be shown costs what does not exist costs.
    """

    tenant: Tenant
    sei: Connection
    names: Names
    record: Record
    rules: Rules
    now: datetime

    @cached_property
    def processo(self) -> Procedimento:
        return self.record.tell(self.names)

    @property
    def _key(self) -> int:
        return self.record.processo.id_protocolo

    def links(self) -> tuple[Link, ...]:
        """What it hangs on and what is related to it, whether or not those may be named."""
        if not (
            visibility.may_say_where(self.record, self.rules)
            or visibility.may_list_documentos(self.record, self.rules)
        ):
            return ()
        return list_links(self.sei, self.names, self._key)

    def history(
        self, oldest_first: bool, main_only: bool, before: int | None
    ) -> tuple[History | None, tuple[tramites.Trip, ...]]:
        """A page of the timeline, and every trâmite of the processo whatever page it is on."""
        if not visibility.may_list_andamentos(self.record, self.rules):
            return None, ()
        words = read_vocabulary(self.tenant.tarefas)
        page, sent = andamento_rows.list_andamentos(
            self.sei,
            installation_of(self.sei),
            self.names,
            self._key,
            self.tenant.fuso,
            consulta_processual=self.tenant.visibilidade.consulta_processual,
            oldest_first=oldest_first,
            after=before,
            without_tarefas=words.minor_tarefas if main_only else frozenset(),
            without_modulos=words.minor_modulos - tramites.MODULOS if main_only else frozenset(),
            tramites=tramites.MODULOS,
        )
        referenced = andamento_rows.list_referenced(self.sei, self.names, {*page, *sent})
        trips = tramites.pair(self._told(sent, referenced), self.now)
        told = self._told(page, referenced)
        shown = told[:PAGE_SIZE]
        last = shown[-1] if len(told) > PAGE_SIZE else page[-1] if len(page) == READ_SIZE else None
        next_cursor = None if last is None else last.id_atividade
        return History(_narrate(shown, trips, referenced, words), next_cursor), trips

    def situacao(self, links: Sequence[Link], trips: Sequence[tramites.Trip]) -> Situacao:
        if not visibility.may_say_where(self.record, self.rules):
            return NaoInformada()
        tied_to = self._named(_hangs_on(self.processo, links)[:1])
        # Where one that is joined to another, or disposed of, has been is never said.
        settled = self.processo.eliminado or self.processo.estado is EstadoProtocolo.ANEXADO
        stays, waiting = (
            ((), None) if settled else list_stays(self.sei, self.names, self._key, self.tenant.fuso)
        )
        return situate(self.processo, tied_to[0] if tied_to else None, stays, waiting, trips)

    def interessados(self) -> tuple[str, ...]:
        if not visibility.may_show_interessados(self.record):
            return ()
        names = processos.list_interessados(self.sei, self._key)
        more = (AND_OTHERS,) if len(names) > processos.INTERESSADOS else ()
        return (*(public(nome) for nome in names[: processos.INTERESSADOS]), *more)

    def contents(self, links: Sequence[Link], after: str | None) -> Contents | None:
        if not visibility.may_list_documentos(self.record, self.rules):
            return None
        return show_page(self._holder(links), self._items(after=after))

    def documento(self, numero_sei: str, *, with_page: bool) -> ListedDocumento | None:
        if not visibility.may_list_documentos(self.record, self.rules):
            return None
        for item in self._items(numero_sei=numero_sei):
            if item.facts is None:
                continue
            shown = show_documento(self._holder(self.links()), item, item.facts)
            conteudo = None
            if shown.opening is Opening.OPENS:
                conteudo = conteudos.find_conteudo(
                    self.sei, self.rules, item.id_protocolo, with_page=with_page
                )
            processo = visibility.shown(self.processo, self.rules)
            return ListedDocumento(processo, shown, conteudo)
        return None

    def open_documentos(self) -> Iterator[Documento]:
        """Page after page, as long as somebody asks."""
        links = self.links()
        cursor: str | None = None
        while (contents := self.contents(links, cursor)) is not None:
            for item in contents.items:
                if isinstance(item, Documento) and item.opening is Opening.OPENS:
                    yield item
            cursor = contents.next_cursor
            if cursor is None:
                return

    def relacionados(self, links: Sequence[Link]) -> tuple[Neighbour, ...]:
        if not visibility.may_list_documentos(self.record, self.rules):
            return ()
        related = [link.other for link in links if link.associacao is Associacao.RELACIONADO]
        return self._named(related[:RELACIONADOS])

    def _holder(self, links: Sequence[Link]) -> Holder:
        closed = visibility.parent_closed(self.processo.estado, links)
        return Holder(self.processo, closed, self.record.personal_series, self.rules)

    def _items(
        self, after: str | None = None, numero_sei: str | None = None
    ) -> list[documento_rows.Item]:
        return documento_rows.list_items(
            self.sei,
            installation_of(self.sei),
            self.names,
            self._key,
            self.tenant.fuso,
            self.rules,
            self.tenant.orgaos,
            after=after,
            numero_sei=numero_sei,
        )

    def _named(self, others: Iterable[Referenced | None]) -> tuple[Neighbour, ...]:
        return tuple(
            Neighbour(other.formatado, other.chave, other.nome)
            for other in others
            if other is not None
            and visibility.may_name_other(other, self.rules, self.tenant.orgaos)
        )

    def _told(
        self, andamentos: Sequence[Andamento], referenced: Mapping[str, Referenced]
    ) -> list[Andamento]:
        rules, orgaos = self.rules, self.tenant.orgaos
        return [
            a for a in andamentos if visibility.may_show_andamento(a, referenced, rules, orgaos)
        ]


def _look_up(
    tenant: Tenant, sei: Connection, numero: NumeroProtocolo, now: datetime
) -> list[_Look]:
    """The processos of this number that may be named, at least one; else raises `NotFound`."""
    records = processos.list_records(sei, installation_of(sei), numero.chave, tenant.orgaos)
    ruled = [(record, _rules(tenant, record, now)) for record in records]
    named = [
        (record, rules) for record, rules in ruled if visibility.may_name(record.processo, rules)
    ]
    if not named:
        raise NotFound
    names = names_of(sei)
    return [_Look(tenant, sei, names, record, rules, now) for record, rules in named]


def _hangs_on(processo: Procedimento, links: Iterable[Link]) -> list[Referenced | None]:
    """The processo it is anexado to, then the one it waits for."""
    kinds = {Associacao.ANEXADO}
    if processo.estado is EstadoProtocolo.SOBRESTADO:
        kinds.add(Associacao.SOBRESTADO)
    return [link.other for link in links if link.associacao in kinds]


def _rules(tenant: Tenant, row: Record | matches.Match, now: datetime) -> Rules:
    return visibility.rules(tenant.visibilidade, row.parametros, row.unidade_teste, now.date())


def _may_answer(tenant: Tenant, match: matches.Match, now: datetime) -> bool:
    rules = _rules(tenant, match, now)
    return visibility.may_answer(match.typed, match.processo, match.eliminado, rules)


def _hit(match: matches.Match, names: Names) -> Hit:
    documento = match.typed.tipo_protocolo is not TipoProtocolo.PROCESSO
    return Hit(
        chave=match.processo.chave,
        formatado=match.processo.formatado,
        tipo=names.tipo(match.id_tipo_procedimento),
        documento=match.typed.formatado if documento else None,
    )


def _narrate(
    andamentos: Sequence[Andamento],
    trips: Sequence[tramites.Trip],
    referenced: Mapping[str, Referenced],
    words: Vocabulary,
) -> tuple[Step, ...]:
    """The andamentos told; a trâmite once, at its outcome or, while it has none, its sending."""
    last = {trip.id_atividade: trip.tramite for trip in trips}
    absorbed = {trip.absorbed for trip in trips}
    return tuple(
        narrate_tramite(a, last[a.id_atividade], referenced, words)
        if a.id_atividade in last
        else narrate(a, referenced, words)
        for a in andamentos
        if a.id_atividade not in absorbed
    )
