"""What the pages ask of SEI: find what was typed, track a processo, read about a document.

Each function opens one connection, asks a constant number of questions whatever the processo's
size, and returns only what the public may see. What may not be said to exist raises `NotFound`
after the same single question as what does not exist.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import tramites, visibility
from portal.sei.andamentos import Vocabulary, narrate, narrate_tramite, vocabulary
from portal.sei.installation import Installation, installation_of
from portal.sei.queries import andamentos as andamento_rows
from portal.sei.queries import documentos as documento_rows
from portal.sei.queries import matches, processos
from portal.sei.queries.documentos import Item
from portal.sei.queries.processos import Record
from portal.sei.queries.rows import POR_PAGINA
from portal.sei.texto import public
from portal.sei.values import (
    Abertura,
    Achado,
    Ambigua,
    Andamento,
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Consulta,
    Documento,
    DocumentoDoProcesso,
    Eliminado,
    EmAndamento,
    EstadoProtocolo,
    Evento,
    Historico,
    ListaDocumentos,
    NaoInformada,
    NivelAcesso,
    Passagem,
    Procedimento,
    Situacao,
    Sobrestado,
    StaDocumento,
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
        encontrados = matches.list_matches(sei, installation_of(sei), tuple(order), tenant.orgaos)
    found: list[tuple[int, Achado]] = []
    for match in encontrados:
        rules = visibility.rules(
            tenant.visibilidade, match.parametros, match.unidade_teste, agora.date()
        )
        documento = match.digitado.tipo_protocolo is not TipoProtocolo.PROCESSO
        if not visibility.may_name(match.processo, rules):
            continue
        if documento and (
            match.eliminado or not visibility.may_name_documento(match.digitado, rules)
        ):
            continue
        achado = Achado(
            chave=match.processo.chave,
            formatado=match.processo.formatado,
            tipo=match.processo.nome or "",
            documento=match.digitado.formatado if documento else None,
        )
        found.append((order.get(match.digitado.chave, len(order)), achado))
    best = min((place for place, _ in found), default=0)
    achados = tuple(dict.fromkeys(achado for place, achado in found if place == best))
    return tuple(a for a in achados if a.formatado == digitado) or achados


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
    list of documents before. Raises `NotFound`, and `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        records, rules = _records(tenant, sei, installation, numero, agora)
        chosen = [r for r in records if r.procedimento.formatado == formatado] or records
        if len(chosen) > 1:
            return Ambigua(tuple(_achado(record.procedimento) for record in chosen))
        record = chosen[0]
        processo = record.procedimento
        historico: Historico | None = None
        trips: tuple[tramites.Trip, ...] = ()
        passagens: tuple[Passagem, ...] = ()
        espera: datetime | None = None
        if visibility.may_list_andamentos(processo, rules):
            historico, trips = _historico(
                tenant,
                sei,
                installation,
                processo,
                rules,
                agora=agora,
                antigas_primeiro=antigas_primeiro,
                so_principal=so_principal,
                depois=antes,
            )
            passagens, espera = processos.list_passagens(sei, processo.id_procedimento, tenant.fuso)
        documentos = None
        relacionados: tuple[Referenced, ...] = ()
        if visibility.may_list_documentos(processo, rules):
            itens = documento_rows.list_itens(
                sei,
                installation,
                processo.id_procedimento,
                tenant.fuso,
                rules,
                tenant.orgaos,
                depois=documentos_depois,
            )
            documentos = _documentos(record, itens, rules)
            relacionados = processos.list_relacionados(sei, processo.id_procedimento)
        interessados: tuple[str, ...] = ()
        if visibility.may_show_interessados(processo):
            interessados = processos.list_interessados(sei, processo.id_procedimento)
    return Consulta(
        procedimento=visibility.shown(processo, rules),
        situacao=_situacao(tenant, record, rules, passagens, espera, trips),
        veio_de=tramites.origin(trips),
        interessados=tuple(public(nome) for nome in interessados),
        historico=historico,
        documentos=documentos,
        relacionados=tuple(
            Vizinho(other.formatado, other.chave, other.nome)
            for other in relacionados
            if visibility.may_name_other(other, rules, tenant.orgaos)
        ),
        varios_orgaos=record.orgaos > 1,
    )


def get_documento(
    tenant: Tenant, numero: NumeroProtocolo, numero_sei: str, *, agora: datetime
) -> DocumentoDoProcesso:
    """A listed document of a processo, whether or not it opens.

    Raises `NotFound` for a draft, a cancelled one, one of another processo, and whatever the list
    of documents does not hold; `Unavailable` when SEI does not answer.
    """
    with reading(tenant.sei) as sei:
        installation = installation_of(sei)
        records, rules = _records(tenant, sei, installation, numero, agora)
        for record in records:
            processo = record.procedimento
            if not visibility.may_list_documentos(processo, rules):
                continue
            itens = documento_rows.list_itens(
                sei,
                installation,
                processo.id_procedimento,
                tenant.fuso,
                rules,
                tenant.orgaos,
                numero_sei=numero_sei,
            )
            for item in _documentos(record, itens, rules).itens:
                if isinstance(item, Documento):
                    return DocumentoDoProcesso(visibility.shown(processo, rules), item)
    raise NotFound


def _records(
    tenant: Tenant,
    sei: Connection,
    installation: Installation,
    numero: NumeroProtocolo,
    agora: datetime,
) -> tuple[list[Record], Rules]:
    """The processos of this number that may be named, at least one, and their rules."""
    records = processos.list_records(sei, installation, numero.chave, tenant.orgaos)
    if records:
        rules = visibility.rules(
            tenant.visibilidade, records[0].parametros, records[0].unidade_teste, agora.date()
        )
        named = [r for r in records if visibility.may_name(r.procedimento, rules)]
        if named:
            return named, rules
    raise NotFound


def _historico(
    tenant: Tenant,
    sei: Connection,
    installation: Installation,
    processo: Procedimento,
    rules: Rules,
    *,
    agora: datetime,
    antigas_primeiro: bool,
    so_principal: bool,
    depois: int | None,
) -> tuple[Historico, tuple[tramites.Trip, ...]]:
    """A page of the timeline, and every trâmite of the processo whatever page it is on."""
    words = vocabulary(tenant.tarefas)
    page, sent = andamento_rows.list_andamentos(
        sei,
        installation,
        processo.id_procedimento,
        tenant.fuso,
        consulta_processual=tenant.visibilidade.consulta_processual,
        antigas_primeiro=antigas_primeiro,
        depois=depois,
        sem_tarefas=words.minor_tarefas if so_principal else frozenset(),
        sem_modulos=words.minor_modulos - tramites.MODULOS if so_principal else frozenset(),
        tramites=tramites.MODULOS,
    )
    referenced = andamento_rows.list_referenced(sei, {*page, *sent})

    def shown(andamentos: Sequence[Andamento]) -> list[Andamento]:
        return [
            a
            for a in andamentos
            if visibility.may_show_andamento(a, referenced, rules, tenant.orgaos)
        ]

    trips = tramites.pair(shown(sent), agora)
    eventos = _eventos(shown(page[:POR_PAGINA]), trips, referenced, words)
    proximo = page[POR_PAGINA - 1].id_atividade if len(page) > POR_PAGINA else None
    return Historico(eventos, proximo), trips


def _eventos(
    andamentos: Sequence[Andamento],
    trips: Sequence[tramites.Trip],
    referenced: dict[str, Referenced],
    words: Vocabulary,
) -> tuple[Evento, ...]:
    """The andamentos told; a trâmite once, at its outcome or, while it has none, its sending."""
    told = {trip.id_atividade: trip.tramite for trip in trips}
    absorbed = {trip.absorbed for trip in trips}
    return tuple(
        narrate_tramite(a, told[a.id_atividade], referenced, words)
        if a.id_atividade in told
        else narrate(a, referenced, words)
        for a in andamentos
        if a.id_atividade not in absorbed
    )


def _documentos(record: Record, itens: Sequence[Item], rules: Rules) -> ListaDocumentos:
    """A page of what the processo holds, each with whether it opens."""
    page = itens[:POR_PAGINA]
    return ListaDocumentos(
        itens=tuple(_item(record, item, rules) for item in page),
        proximo=page[-1].cursor if len(itens) > POR_PAGINA else None,
    )


def _item(record: Record, item: Item, rules: Rules) -> Documento | Vizinho:
    processo = record.procedimento
    if item.facts is None:
        closed = item.nivel_acesso_local is not NivelAcesso.PUBLICO
        opens = not closed and processo.nivel_acesso_local is NivelAcesso.PUBLICO
        return Vizinho(
            item.formatado,
            item.chave if opens else None,
            item.nome,
            item.hipotese_legal if closed else None,
        )
    abertura = visibility.abertura(
        item.facts, processo, record.anexador_fechado, record.series_pessoais, rules
    )
    opens = abertura is Abertura.ABRE
    # Of a restrito: number, série, date and hipótese legal. People's names stand in the rest.
    restrito = item.nivel_acesso_local is not NivelAcesso.PUBLICO
    return Documento(
        numero_sei=item.formatado,
        serie=public(item.nome),
        numero=public(item.numero) if item.numero and not restrito else None,
        data=item.data,
        externo=item.facts.sta_documento is StaDocumento.EXTERNO,
        signatarios=() if restrito else item.signatarios,
        abertura=abertura,
        hipotese_legal=item.hipotese_legal,
        conferencia=None if restrito else item.conferencia,
        arquivo=public(item.arquivo) if opens and item.arquivo else None,
        tamanho=item.tamanho if opens else None,
        incluido_em=item.incluido_em,
    )


def _situacao(
    tenant: Tenant,
    record: Record,
    rules: Rules,
    passagens: Sequence[Passagem],
    espera: datetime | None,
    trips: Sequence[tramites.Trip],
) -> Situacao:
    """Where the processo is now. A trâmite still counts only while no unit here has it open."""
    processo = record.procedimento
    if not visibility.may_say_where(processo, rules):
        return NaoInformada()
    if processo.eliminado:
        return Eliminado()
    ligado_a = _vizinho(tenant, record.ligado_a, rules)
    if processo.estado is EstadoProtocolo.ANEXADO:
        return Anexado(ligado_a)
    abertas = tuple(p for p in passagens if p.aberto)
    away = tramites.away(trips)
    locked = processo.estado in (EstadoProtocolo.BLOQUEADO, EstadoProtocolo.EM_PROCESSAMENTO)
    if away is not None and (locked or not abertas):
        return ComOutroOrgao(away)
    unidade = (abertas or tuple(passagens))[0].unidade if passagens else None
    if processo.estado is EstadoProtocolo.SOBRESTADO:
        return Sobrestado(unidade, espera, ligado_a)
    if locked:
        return Bloqueado(unidade)
    if abertas:
        return EmAndamento(abertas)
    return _concluido(processo, passagens, tenant.fuso)


def _concluido(processo: Procedimento, passagens: Sequence[Passagem], zone: ZoneInfo) -> Concluido:
    last = max(
        (p for p in passagens if p.ultima_conclusao is not None),
        key=lambda p: p.ultima_conclusao or datetime.min.replace(tzinfo=zone),
        default=None,
    )
    if last is None or last.ultima_conclusao is None:
        return Concluido(None, processo.concluido_em)
    return Concluido(last.unidade, processo.concluido_em or last.ultima_conclusao.date())


def _vizinho(tenant: Tenant, found: Referenced | None, rules: Rules) -> Vizinho | None:
    if found is None or not visibility.may_name_other(found, rules, tenant.orgaos):
        return None
    return Vizinho(found.formatado, found.chave, found.nome)


def _achado(processo: Procedimento) -> Achado:
    return Achado(processo.chave, processo.formatado, processo.tipo, None)
