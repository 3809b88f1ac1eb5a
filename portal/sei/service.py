"""What the pages ask of SEI: find what was typed, track a processo, read about a document.

Each function opens one connection, asks a constant number of questions whatever the processo's
size, and returns only what the public may see. What may not be said to exist raises `NotFound`
after the same single question as what does not exist.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import tramites, visibility
from portal.sei.andamentos import Vocabulary, narrate, narrate_tramite, vocabulary
from portal.sei.conteudo import show_documento, show_page
from portal.sei.installation import installation_of
from portal.sei.queries import andamentos as andamento_rows
from portal.sei.queries import documentos as documento_rows
from portal.sei.queries import matches, processos
from portal.sei.queries.processos import Record
from portal.sei.queries.rows import LIDOS, POR_PAGINA
from portal.sei.situacao import situate
from portal.sei.texto import public
from portal.sei.values import (
    Achado,
    Ambigua,
    Andamento,
    Consulta,
    Documento,
    DocumentoDoProcesso,
    Evento,
    Historico,
    ListaDocumentos,
    NaoInformada,
    Passagem,
    Procedimento,
    TipoProtocolo,
    Vizinho,
)
from portal.sei.visibility import Referenced, Rules
from portal.tenancy import Tenant


def find(
    tenant: Tenant, candidatos: Sequence[NumeroProtocolo], agora: datetime, digitado: str = ""
) -> tuple[Achado, ...]:
    """What a typed number may lead to; empty when to nothing public.

    A document's número SEI leads to its processo. Of several that answer to the best candidate,
    the one printed just as `digitado` is the one meant; else the reader must choose. `agora` is
    in the tenant's zone. Raises `Unavailable` when SEI does not answer.
    """
    if not candidatos:
        return ()
    order = {numero.chave: place for place, numero in enumerate(candidatos)}
    with reading(tenant.sei) as sei:
        found = matches.list_matches(sei, installation_of(sei), tuple(order), tenant.orgaos)
    named = [match for match in found if _may_answer(tenant, match, agora)]
    places = [order.get(match.digitado.chave, len(order)) for match in named]
    best = [m for m, place in zip(named, places, strict=True) if place == min(places)]
    achados = tuple(dict.fromkeys(_achado(match) for match in best))
    meant = tuple(replace(a, chosen=True) for a in achados if a.formatado == digitado)
    return meant if meant and len(achados) > 1 else achados


def track(
    tenant: Tenant,
    numero: NumeroProtocolo,
    *,
    agora: datetime,
    formatado: str | None = None,
    antigas_primeiro: bool = False,
    so_principal: bool = True,
    antes: int | None = None,
    documentos_depois: str | None = None,
) -> Consulta | Ambigua:
    """Where a processo is, what happened and what is in it, for anyone who asks.

    `formatado` chooses among processos that share their letters and digits. `antes` is the
    `id_atividade` that the page of history before ended at, `documentos_depois` the cursor of the
    list of documents before. `agora` is in the tenant's zone. Raises `NotFound`, and
    `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        looks = _look_up(tenant, sei, numero, agora)
        chosen = [look for look in looks if look.processo.formatado == formatado] or looks
        if len(chosen) > 1:
            return Ambigua(
                tuple(
                    Achado(p.chave, p.formatado, p.tipo, None)
                    for p in (look.processo for look in chosen)
                )
            )
        look = chosen[0]
        historico, trips = look.historico(antigas_primeiro, so_principal, antes)
        passagens, espera = look.passagens()
        return Consulta(
            procedimento=visibility.shown(look.processo, look.rules),
            situacao=situate(look.processo, look.ligado_a, passagens, espera, trips)
            if visibility.may_say_where(look.processo, look.rules)
            else NaoInformada(),
            veio_de=tramites.origin(trips),
            interessados=look.interessados(),
            historico=historico,
            documentos=look.documentos(documentos_depois),
            varios_orgaos=look.record.orgaos > 1,
            relacionados=look.relacionados(),
        )


def get_documento(
    tenant: Tenant, numero: NumeroProtocolo, numero_sei: str, *, agora: datetime
) -> DocumentoDoProcesso:
    """A listed document of a processo, whether or not it opens.

    Raises `NotFound` for a draft, a cancelled one, one of another processo, and whatever the list
    of documents does not hold; `Unavailable` when SEI does not answer.
    """
    # Nothing else is a número SEI, and engines disagree about what else equals one.
    exact = numero_sei if numero_sei.isascii() and numero_sei.isalnum() else ""
    with reading(tenant.sei) as sei:
        for look in _look_up(tenant, sei, numero, agora):
            documento = look.documento(exact)
            if documento is not None:
                return DocumentoDoProcesso(visibility.shown(look.processo, look.rules), documento)
    raise NotFound


@dataclass(frozen=True, slots=True)
class _Look:
    """One processo that may be named, under its rules, with the connection to ask more of it.

    What the rules do not open is empty, and is not asked for.
    """

    tenant: Tenant
    sei: Connection
    record: Record
    rules: Rules
    agora: datetime

    @property
    def processo(self) -> Procedimento:
        return self.record.procedimento

    @property
    def ligado_a(self) -> Vizinho | None:
        """The processo this one is anexado to or waits for, when that may be named."""
        found = self.record.ligado_a
        named = self._named(() if found is None else (found,))
        return named[0] if named else None

    def historico(
        self, antigas_primeiro: bool, so_principal: bool, antes: int | None
    ) -> tuple[Historico | None, tuple[tramites.Trip, ...]]:
        """A page of the timeline, and every trâmite of the processo whatever page it is on."""
        if not visibility.may_list_andamentos(self.processo, self.rules):
            return None, ()
        words = vocabulary(self.tenant.tarefas)
        page, sent = andamento_rows.list_andamentos(
            self.sei,
            installation_of(self.sei),
            self.processo.id_procedimento,
            self.tenant.fuso,
            consulta_processual=self.tenant.visibilidade.consulta_processual,
            antigas_primeiro=antigas_primeiro,
            depois=antes,
            sem_tarefas=words.minor_tarefas if so_principal else frozenset(),
            sem_modulos=words.minor_modulos - tramites.MODULOS if so_principal else frozenset(),
            tramites=tramites.MODULOS,
        )
        referenced = andamento_rows.list_referenced(self.sei, {*page, *sent})
        trips = tramites.pair(self._told(sent, referenced), self.agora)
        told = self._told(page, referenced)
        shown = told[:POR_PAGINA]
        last = shown[-1] if len(told) > POR_PAGINA else page[-1] if len(page) == LIDOS else None
        proximo = None if last is None else last.id_atividade
        return Historico(_narrate(shown, trips, referenced, words), proximo), trips

    def passagens(self) -> tuple[tuple[Passagem, ...], datetime | None]:
        if not visibility.may_list_andamentos(self.processo, self.rules):
            return (), None
        return processos.list_passagens(self.sei, self.processo.id_procedimento, self.tenant.fuso)

    def interessados(self) -> tuple[str, ...]:
        if not visibility.may_show_interessados(self.processo):
            return ()
        names = processos.list_interessados(self.sei, self.processo.id_procedimento)
        more = ("e outras pessoas",) if len(names) > processos.INTERESSADOS else ()
        return (*(public(nome) for nome in names[: processos.INTERESSADOS]), *more)

    def documentos(self, depois: str | None) -> ListaDocumentos | None:
        if not visibility.may_list_documentos(self.processo, self.rules):
            return None
        return show_page(self.record, self._itens(depois=depois), self.rules)

    def documento(self, numero_sei: str) -> Documento | None:
        if not visibility.may_list_documentos(self.processo, self.rules):
            return None
        for item in self._itens(numero_sei=numero_sei):
            if item.facts is not None:
                return show_documento(self.record, item, item.facts, self.rules)
        return None

    def relacionados(self) -> tuple[Vizinho, ...]:
        if not visibility.may_list_documentos(self.processo, self.rules):
            return ()
        return self._named(processos.list_relacionados(self.sei, self.processo.id_procedimento))

    def _itens(
        self, depois: str | None = None, numero_sei: str | None = None
    ) -> list[documento_rows.Item]:
        return documento_rows.list_itens(
            self.sei,
            installation_of(self.sei),
            self.processo.id_procedimento,
            self.tenant.fuso,
            self.rules,
            self.tenant.orgaos,
            depois=depois,
            numero_sei=numero_sei,
        )

    def _named(self, others: Sequence[Referenced]) -> tuple[Vizinho, ...]:
        return tuple(
            Vizinho(other.formatado, other.chave, other.nome)
            for other in others
            if visibility.may_name_other(other, self.rules, self.tenant.orgaos)
        )

    def _told(
        self, andamentos: Sequence[Andamento], referenced: Mapping[str, Referenced]
    ) -> list[Andamento]:
        rules, orgaos = self.rules, self.tenant.orgaos
        return [
            a for a in andamentos if visibility.may_show_andamento(a, referenced, rules, orgaos)
        ]


def _look_up(
    tenant: Tenant, sei: Connection, numero: NumeroProtocolo, agora: datetime
) -> list[_Look]:
    """The processos of this number that may be named, at least one; else raises `NotFound`."""
    looks = [
        _Look(tenant, sei, record, _rules(tenant, record, agora), agora)
        for record in processos.list_records(sei, installation_of(sei), numero.chave, tenant.orgaos)
    ]
    named = [look for look in looks if visibility.may_name(look.processo, look.rules)]
    if not named:
        raise NotFound
    return named


def _rules(tenant: Tenant, row: Record | matches.Match, agora: datetime) -> Rules:
    return visibility.rules(tenant.visibilidade, row.parametros, row.unidade_teste, agora.date())


def _may_answer(tenant: Tenant, match: matches.Match, agora: datetime) -> bool:
    rules = _rules(tenant, match, agora)
    if not visibility.may_name(match.processo, rules):
        return False
    if match.digitado.tipo_protocolo is TipoProtocolo.PROCESSO:
        return True
    return not match.eliminado and visibility.may_name_documento(match.digitado, rules)


def _achado(match: matches.Match) -> Achado:
    documento = match.digitado.tipo_protocolo is not TipoProtocolo.PROCESSO
    return Achado(
        chave=match.processo.chave,
        formatado=match.processo.formatado,
        tipo=match.processo.nome or "",
        documento=match.digitado.formatado if documento else None,
    )


def _narrate(
    andamentos: Sequence[Andamento],
    trips: Sequence[tramites.Trip],
    referenced: Mapping[str, Referenced],
    words: Vocabulary,
) -> tuple[Evento, ...]:
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
