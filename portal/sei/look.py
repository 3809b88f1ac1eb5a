"""The look-up of a number: the processos that may be named, and what may be asked of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf

from sqlalchemy import Connection

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.sei import tramites, visibility
from portal.sei.andamentos import narrate, narrate_tramite
from portal.sei.contents import Holder, show_page
from portal.sei.installation import installation_of
from portal.sei.names import Names
from portal.sei.queries import andamentos as andamento_rows
from portal.sei.queries import documentos as documento_rows
from portal.sei.queries import processos
from portal.sei.queries.acessos import list_grants
from portal.sei.queries.documentos import Item
from portal.sei.queries.links import RELACIONADOS, list_links
from portal.sei.queries.matches import Match
from portal.sei.queries.names import names_of
from portal.sei.queries.processos import Record
from portal.sei.queries.rows import PAGE_SIZE, READ_SIZE
from portal.sei.queries.stays import list_stays
from portal.sei.text import mask
from portal.sei.values import (
    AND_OTHERS,
    ANYONE,
    Andamento,
    Associacao,
    Contents,
    EstadoProtocolo,
    History,
    NaoInformada,
    Neighbour,
    NivelAcesso,
    Procedimento,
    Situacao,
    Step,
    Viewer,
)
from portal.sei.visibility import NOTHING, Grant, Link, Listing, Referenced, Rules
from portal.sei.vocabulary import Vocabulary, read_vocabulary
from portal.sei.whereabouts import situate
from portal.tenancy import Tenant


@dataclass(frozen=True)
class Look:
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
    grant: Grant = NOTHING
    """What an acesso externo of the viewer opens of it."""

    @cached_property
    def processo(self) -> Procedimento:
        return self.record.tell(self.names)

    @property
    def shown(self) -> Procedimento:
        """Its own row, without what this viewer may not see."""
        return visibility.shown(self.processo, self.rules, self.grant)

    @property
    def is_granted(self) -> bool:
        """Whether it is a restrito, and something of it is opened to this viewer alone."""
        restrito = self.record.processo.nivel_acesso_global is NivelAcesso.RESTRITO
        return restrito and bool(self.grant)

    @property
    def listing(self) -> Listing:
        """Which of its documents are listed."""
        return visibility.list_which(self.record, self.rules, self.grant)

    @property
    def _key(self) -> int:
        return self.record.processo.id_protocolo

    def links(self) -> tuple[Link, ...]:
        """What it hangs on and what is related to it, whether or not those may be named."""
        if not (visibility.may_say_where(self.record, self.rules, self.grant) or self.listing):
            return ()
        return list_links(self.sei, self.names, self._key)

    def history(
        self, oldest_first: bool, main_only: bool, before: int | None
    ) -> tuple[History | None, tuple[tramites.Trip, ...]]:
        """A page of the timeline, and every trâmite of the processo whatever page it is on."""
        if not visibility.may_list_andamentos(self.record, self.rules, self.grant):
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
        if not visibility.may_say_where(self.record, self.rules, self.grant):
            return NaoInformada()
        tied_to = self._named(_hangs_on(self.processo, links)[:1])
        # Where one that is joined to another, or disposed of, has been is never said.
        settled = self.processo.eliminado or self.processo.estado is EstadoProtocolo.ANEXADO
        stays, waiting = (
            ((), None) if settled else list_stays(self.sei, self.names, self._key, self.tenant.fuso)
        )
        return situate(self.processo, tied_to[0] if tied_to else None, stays, waiting, trips)

    def interessados(self) -> tuple[str, ...]:
        if not visibility.may_show_interessados(self.record, self.grant):
            return ()
        names = processos.list_interessados(self.sei, self._key)
        more = (AND_OTHERS,) if len(names) > processos.INTERESSADOS else ()
        return (*(mask(nome) for nome in names[: processos.INTERESSADOS]), *more)

    def contents(self, links: Sequence[Link], after: int | None) -> Contents | None:
        if not self.listing:
            return None
        return show_page(self.holder(links), self.items(after=after))

    def holder(self, links: Sequence[Link]) -> Holder:
        """The processo as what closes the documents in it."""
        closed = visibility.parent_closed(self.processo.estado, links)
        return Holder(self.processo, closed, self.record.personal_series, self.rules, self.grant)

    def items(self, after: int | None = None) -> list[Item]:
        """A page of documents and anexados, and one more when there is another page."""
        if not self.listing:
            return []
        return documento_rows.list_items(self._asked, after)

    def find_item(self, numero_sei: str) -> Item | None:
        """The listed document of one número SEI."""
        if not self.listing:
            return None
        return documento_rows.find_item(self._asked, numero_sei)

    @property
    def _asked(self) -> documento_rows.Asked:
        return documento_rows.Asked(
            sei=self.sei,
            installation=installation_of(self.sei),
            names=self.names,
            zone=self.tenant.fuso,
            rules=self.rules,
            orgaos=self.tenant.orgaos,
            id_procedimento=self._key,
            holds=self.record.holds,
            listing=self.listing,
            grant=self.grant,
        )

    def relacionados(self, links: Sequence[Link]) -> tuple[Neighbour, ...]:
        if not visibility.may_list_relacionados(self.listing):
            return ()
        related = [link.other for link in links if link.associacao is Associacao.RELACIONADO]
        return self._named(related[:RELACIONADOS])

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
        whole = self._key if self.grant.integral else None
        return [
            a
            for a in andamentos
            if visibility.may_show_andamento(a, referenced, rules, orgaos, whole)
        ]


def look_up(
    tenant: Tenant,
    sei: Connection,
    numero: NumeroProtocolo,
    now: datetime,
    viewer: Viewer = ANYONE,
) -> list[Look]:
    """The processos of this number that may be named, at least one; else raises `NotFound`."""
    installation = installation_of(sei)
    records = processos.list_records(sei, installation, numero.chave, tenant.orgaos)
    keys = [record.processo.id_protocolo for record in records]
    grants = list_grants(sei, installation, viewer, keys, now)
    ruled = [
        (record, rules_of(tenant, record, now), grants.get(key, NOTHING))
        for key, record in zip(keys, records, strict=True)
    ]
    named = [
        (record, rules, grant)
        for record, rules, grant in ruled
        if visibility.may_name(record.processo, rules, grant)
    ]
    if not named:
        raise NotFound
    # The documents of a giant may take a question more: it leaves the words to other pages.
    giant = any(record.holds > documento_rows.WALK for record, _, _ in named)
    names = names_of(sei, max_age=inf if giant else None)
    return [Look(tenant, sei, names, record, rules, now, grant) for record, rules, grant in named]


def rules_of(tenant: Tenant, row: Record | Match, now: datetime) -> Rules:
    """The rules that a row read from SEI is under."""
    return visibility.rules(tenant.visibilidade, row.parametros, row.unidade_teste, now.date())


def _hangs_on(processo: Procedimento, links: Iterable[Link]) -> list[Referenced | None]:
    """The processo it is anexado to, then the one it waits for."""
    kinds = {Associacao.ANEXADO}
    if processo.estado is EstadoProtocolo.SOBRESTADO:
        kinds.add(Associacao.SOBRESTADO)
    return [link.other for link in links if link.associacao in kinds]


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
