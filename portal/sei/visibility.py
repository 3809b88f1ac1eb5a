"""What the public may see of SEI. This module decides, and no other.

Two kinds of rule live here. A *criterion* is SQL, for what must not even be read: an unsigned
draft that is filtered late still shows as a gap in a list. A function that starts with `may_`
judges rows already read. Section numbers are of the research notes on SEI's database; the facts
in them are proved by the open module Pesquisa Pública (anatelgovbr/mod-sei-pesquisa).

Where SEI's own public pages show more than a portal needs to (names on a restrito, e-mails in an
andamento), the stricter reading is taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, or_, select

from portal.sei.installation import Installation
from portal.sei.tables import (
    assinatura,
    documento,
    md_pet_int_aceite,
    md_pet_int_protocolo,
    md_pet_int_rel_dest,
    protocolo,
    rel_protocolo_protocolo,
    tarefa,
    unidade,
)
from portal.sei.text import public
from portal.sei.values import (
    Andamento,
    Associacao,
    Atributo,
    EstadoProtocolo,
    NivelAcesso,
    Opening,
    Procedimento,
    StaDocumento,
    TipoProtocolo,
)

PESQUISA_PARAMETROS = (
    "METADADOS_PROCESSO_RESTRITO",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO",
    "DATA_CORTE",
)
"""The keys of `md_pesq_parametro` that we obey (4.5)."""

PERSONAL_TAREFAS = frozenset(
    # Acesso externo and assinatura externa: a citizen's name and e-mail (3.1).
    {50, 52, 86, 87, 88, 89, 90}
    # Credenciais: that a processo was sigiloso, and whose eyes saw it. SEI writes them on
    # sigilosos only, but they stay when a processo is opened to the public later.
    | {*range(61, 65), *range(66, 82), *range(117, 122), 127}
)
SERVIDOR_ATRIBUTOS = frozenset({"USUARIO", "USUARIO_ANULACAO", "USUARIO_EMULADOR"})
PESSOA_ATRIBUTOS = frozenset({"INTERESSADO", "DESTINATARIO_NOME", "USUARIO_EXTERNO_NOME"})
EMAIL_ATRIBUTOS = frozenset({"DESTINATARIO_EMAIL", "USUARIO_EXTERNO_SIGLA"})
"""Attributes of an andamento that are never shown, whatever a template says: who acted, who was
written to, and where."""

PERSONAL_MODULOS = "MD_PET_"
"""Peticionamento's tarefas carry the petitioner's name (10.4)."""


class Options(Protocol):
    """What a tenant decides about visibility where its SEI has not decided already."""

    @property
    def mostra_restritos(self) -> bool: ...
    @property
    def documentos_de_restritos(self) -> bool: ...
    @property
    def andamentos_de_restritos(self) -> bool: ...
    @property
    def mostra_descricao(self) -> bool: ...
    @property
    def data_corte(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one request: the tenant's options under the site's own published choice."""

    restritos: bool
    """A restrito may be named (`METADADOS_PROCESSO_RESTRITO`)."""
    documentos_de_restritos: bool
    andamentos_de_restritos: bool
    descricao: bool
    data_corte: date | None
    """Documents included before it do not open; None for all."""
    unidade_teste: int | None
    """Processos that this unit opened are nobody's business (`ID_UNIDADE_TESTE`)."""


def rules(
    options: Options, parametros: Mapping[str, str | None] | None, teste: str | None, today: date
) -> Rules:
    """Join a tenant's options with `md_pesq_parametro`, which wins: it is the city's own choice.

    `parametros` is None when SEI has no such table. A key that is absent from the table counts as
    the module counts it: not 'S', so closed. A DATA_CORTE in the future, or that is no date, is
    ignored (4.3).
    """
    unidade_teste = id_of_teste(teste)
    if parametros is None:
        return Rules(
            restritos=options.mostra_restritos,
            documentos_de_restritos=options.mostra_restritos and options.documentos_de_restritos,
            andamentos_de_restritos=options.mostra_restritos and options.andamentos_de_restritos,
            descricao=options.mostra_descricao,
            data_corte=_past(options.data_corte, today),
            unidade_teste=unidade_teste,
        )
    restritos = parametros.get("METADADOS_PROCESSO_RESTRITO") == "S"
    return Rules(
        restritos=restritos,
        documentos_de_restritos=restritos
        and parametros.get("LISTA_DOCUMENTO_PROCESSO_RESTRITO") == "S",
        andamentos_de_restritos=restritos
        and parametros.get("LISTA_ANDAMENTO_PROCESSO_RESTRITO") == "S",
        descricao=options.mostra_descricao,
        data_corte=_past(
            _iso_date(parametros["DATA_CORTE"])
            if "DATA_CORTE" in parametros
            else options.data_corte,
            today,
        ),
        unidade_teste=unidade_teste,
    )


def id_of_teste(valor: str | None) -> int | None:
    """The unit that `ID_UNIDADE_TESTE` names; None when it names none."""
    return int(valor) if valor and valor.strip().isdecimal() else None


def _iso_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _past(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


# Processos


def procedimento_criterion(
    orgaos: frozenset[int], processo: FromClause = protocolo
) -> ColumnElement[bool]:
    """Rows of `processo` (joined to `unidade`) that are processos somebody may hear of.

    A sigiloso is not read at all (4.1), nor is what another órgão opened when the tenant is some
    of the órgãos of a shared SEI. No órgão given means all; 0 is a real one.
    """
    criterion = and_(
        processo.c.sta_protocolo == TipoProtocolo.PROCESSO.value,
        processo.c.sta_nivel_acesso_global.in_(
            (NivelAcesso.PUBLICO.value, NivelAcesso.RESTRITO.value)
        ),
        # Global is the highest level of the whole group. Should a row ever contradict that,
        # the closed reading holds.
        processo.c.sta_nivel_acesso_local != NivelAcesso.SIGILOSO.value,
    )
    return and_(criterion, unidade.c.id_orgao.in_(sorted(orgaos))) if orgaos else criterion


def search_criterion(
    installation: Installation, orgaos: frozenset[int], teste: int | None
) -> ColumnElement[bool]:
    """Rows of `protocolo` that are processos which a search by anything but the number may list.

    Only públicos: that a restrito has some tipo, unit or date is more than its own page says. What
    was disposed of has no history to be found by. The other criteria of `may_name` are asked of
    the row too, since a processo left out later would leave a gap in the page.
    """
    p, geradora = protocolo.c, unidade.alias("geradora")
    criteria = [
        p.sta_protocolo == TipoProtocolo.PROCESSO.value,
        p.sta_nivel_acesso_global == NivelAcesso.PUBLICO.value,
        p.sta_nivel_acesso_local == NivelAcesso.PUBLICO.value,
    ]
    if installation.has(p.sin_eliminado):
        criteria.append(p.sin_eliminado != "S")
    if teste is not None:
        criteria.append(p.id_unidade_geradora != teste)
    if orgaos:
        orgao = (
            select(geradora.c.id_orgao)
            .where(geradora.c.id_unidade == p.id_unidade_geradora)
            .scalar_subquery()
        )
        criteria.append(orgao.in_(sorted(orgaos)))
    return and_(*criteria)


@dataclass(frozen=True, slots=True)
class Referenced:
    """A protocolo that an andamento, a search or another processo points at."""

    id_protocolo: int
    formatado: str
    chave: str
    tipo_protocolo: TipoProtocolo
    nivel_acesso_local: NivelAcesso
    nivel_acesso_global: NivelAcesso
    id_orgao: int
    id_unidade_geradora: int
    nome: str | None
    """Name of the série of a document, of the tipo of a processo."""
    assinado: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An association with another processo, which may be missing."""

    associacao: Associacao
    other: Referenced | None
    closed: bool
    """This one is anexado to it, and it, or one that it is anexado to in turn, is not público."""


def may_name(processo: Procedimento | Referenced, rules: Rules) -> bool:
    """Whether a processo that was read may be said to exist (4.1)."""
    if processo.nivel_acesso_global is NivelAcesso.SIGILOSO:
        return False
    if processo.nivel_acesso_local is NivelAcesso.SIGILOSO:
        return False
    if processo.nivel_acesso_global is NivelAcesso.RESTRITO and not rules.restritos:
        return False
    geradora = (
        processo.id_unidade_geradora
        if isinstance(processo, Referenced)
        else processo.unidade_geradora and processo.unidade_geradora.id_unidade
    )
    return rules.unidade_teste is None or geradora != rules.unidade_teste


def may_name_other(found: Referenced | None, rules: Rules, orgaos: frozenset[int]) -> bool:
    """Whether *another* processo may be named on this one's page; None is one that is not there."""
    return (
        found is not None
        and found.tipo_protocolo is TipoProtocolo.PROCESSO
        and (not orgaos or found.id_orgao in orgaos)
        and may_name(found, rules)
    )


def may_answer(typed: Referenced, processo: Referenced, eliminado: bool, rules: Rules) -> bool:
    """Whether a typed number may lead to `processo`: its own, or that of a document in it."""
    if not may_name(processo, rules):
        return False
    if typed.tipo_protocolo is TipoProtocolo.PROCESSO:
        return True
    return not eliminado and may_name_documento(typed, rules)


def may_list_andamentos(processo: Procedimento, rules: Rules) -> bool:
    """4.1(6); of a processo whose content was disposed of, metadata only."""
    return not processo.eliminado and may_say_where(processo, rules)


def may_list_documentos(processo: Procedimento, rules: Rules) -> bool:
    """4.1(5); of a processo whose content was disposed of, metadata only."""
    return not processo.eliminado and (
        processo.nivel_acesso_global is NivelAcesso.PUBLICO or rules.documentos_de_restritos
    )


def may_show_interessados(processo: Procedimento) -> bool:
    """Only on a público. Pesquisa Pública shows them on a restrito too; nobody needs that."""
    return processo.nivel_acesso_global is NivelAcesso.PUBLICO


def may_say_where(processo: Procedimento, rules: Rules) -> bool:
    """Whether its state, dates and units may be said: what the history would tell anyway."""
    return processo.nivel_acesso_global is NivelAcesso.PUBLICO or rules.andamentos_de_restritos


def shown(processo: Procedimento, rules: Rules) -> Procedimento:
    """The processo without what this viewer may not see of it.

    Of a restrito: number, tipo, órgão and hipótese legal at most, unless the site publishes the
    history of restritos. `descricao` is free text, shown on públicos where the tenant chose so.
    """
    if not may_say_where(processo, rules):
        return replace(
            processo,
            estado=EstadoProtocolo.NORMAL,
            autuacao=None,
            unidade_geradora=None,
            concluded_on=None,
            eliminado=False,
            descricao=None,
        )
    if not rules.descricao or processo.nivel_acesso_global is not NivelAcesso.PUBLICO:
        return replace(processo, descricao=None)
    return replace(processo, descricao=public(processo.descricao or "") or None)


# Andamentos


def andamento_criterion(
    installation: Installation, consulta_processual: bool
) -> ColumnElement[bool]:
    """Rows of `atividade` (outer-joined to `tarefa`) that a public history may hold (3.1).

    The flag is SEI's own data: that of Consulta Processual where the tenant uses it and the column
    exists (4.1), else that of the resumed history. Rows without a tarefa are in both.
    """
    if consulta_processual and installation.has(tarefa.c.sin_consulta_processual):
        flag = tarefa.c.sin_consulta_processual
    else:
        flag = tarefa.c.sin_historico_resumido
    return or_(
        tarefa.c.id_tarefa.is_(None),
        and_(
            flag == "S",
            tarefa.c.id_tarefa.not_in(sorted(PERSONAL_TAREFAS)),
            or_(
                tarefa.c.id_tarefa_modulo.is_(None),
                tarefa.c.id_tarefa_modulo.not_like(
                    PERSONAL_MODULOS.replace("_", "~_") + "%", escape="~"
                ),
            ),
        ),
    )


def may_show_andamento(
    andamento: Andamento,
    referenced: Mapping[str, Referenced],
    rules: Rules,
    orgaos: frozenset[int],
) -> bool:
    """Whether an andamento of a history that may be listed may be shown itself.

    `referenced` has what the attributes name, by id and by number.
    An unsigned draft drops every andamento that names it (3.1); so does a document of a level that
    is not listed here, and a processo that may not be named: a sentence with a hole in it would
    say that something is there. A number that leads to no processo may be that of a sigiloso which
    has another now, so it drops the andamento too; and so does the level of sigiloso, which a
    processo that is público today may once have had.
    """
    for atributo in andamento.atributos:
        if atributo.nome == "NIVEL_ACESSO" and atributo.id_origem == NivelAcesso.SIGILOSO:
            return False
        if atributo.nome not in ("DOCUMENTO", "PROCESSO"):
            continue
        targets = resolve(atributo, referenced)
        if atributo.nome == "PROCESSO":
            if not targets or not all(may_name_other(target, rules, orgaos) for target in targets):
                return False
        elif not all(may_name_documento(target, rules) for target in targets):
            return False
    return True


def resolve(atributo: Atributo, referenced: Mapping[str, Referenced]) -> tuple[Referenced, ...]:
    """What the attribute names by its id, then by its number: usually one row, under both.

    Empty when neither leads anywhere. A row that points two ways names both.
    """
    found = (referenced.get(str(atributo.target_id)), referenced.get(atributo.target_numero))
    return tuple(dict.fromkeys(target for target in found if target is not None))


def may_name_documento(target: Referenced, rules: Rules) -> bool:
    """Whether a document's number may be said outside the list of its own processo."""
    if NivelAcesso.SIGILOSO in (target.nivel_acesso_global, target.nivel_acesso_local):
        return False
    if (
        NivelAcesso.RESTRITO in (target.nivel_acesso_global, target.nivel_acesso_local)
        and not rules.documentos_de_restritos
    ):
        return False
    # Automatic forms are listed without a signature, but not told of in the history (3.1, 10.1).
    return target.tipo_protocolo is not TipoProtocolo.GERADO or target.assinado


# Documents


def assinado() -> ColumnElement[bool]:
    """The document (of the enclosing SELECT) has a signature that counts (7)."""
    return exists(
        select(assinatura.c.id_assinatura).where(
            assinatura.c.id_documento == documento.c.id_documento, assinatura.c.sin_ativo == "S"
        )
    )


def item_criterion(rules: Rules, orgaos: frozenset[int]) -> ColumnElement[bool]:
    """Rows of `rel_protocolo_protocolo` that a list of documents and anexados holds (4.2).

    Joined to the `protocolo` it contains and that one's `unidade`, outer-joined to `documento`.
    Published without a signature is left out: we err on the closed side.
    """
    anexado = rel_protocolo_protocolo.c.sta_associacao == Associacao.ANEXADO.value
    if orgaos:
        anexado = and_(anexado, unidade.c.id_orgao.in_(sorted(orgaos)))
    if rules.unidade_teste is not None:
        anexado = and_(anexado, unidade.c.id_unidade != rules.unidade_teste)
    levels = (
        (NivelAcesso.PUBLICO.value, NivelAcesso.RESTRITO.value)
        if rules.documentos_de_restritos
        else (NivelAcesso.PUBLICO.value,)
    )
    return and_(
        protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        protocolo.c.sta_nivel_acesso_global.in_(levels),
        protocolo.c.sta_nivel_acesso_local.in_(levels),
        or_(
            anexado,
            and_(
                rel_protocolo_protocolo.c.sta_associacao == Associacao.DOCUMENTO.value,
                documento_criterion(),
            ),
        ),
    )


def match_criterion() -> ColumnElement[bool]:
    """Rows of `protocolo` that a typed number may lead to: processos, and documents that their
    processo lists. Outer-joined to `documento` and its row of `rel_protocolo_protocolo`."""
    return or_(
        protocolo.c.sta_protocolo == TipoProtocolo.PROCESSO.value,
        and_(
            rel_protocolo_protocolo.c.id_rel_protocolo_protocolo.is_not(None),
            protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
            documento_criterion(),
        ),
    )


def documento_criterion() -> ColumnElement[bool]:
    """Not a draft: external and automatic ones always, the rest when signed."""
    return or_(
        documento.c.sta_documento.in_((StaDocumento.EXTERNO.value, StaDocumento.AUTOMATICO.value)),
        and_(
            documento.c.sta_documento.in_(
                (StaDocumento.INTERNO.value, StaDocumento.FORMULARIO.value, StaDocumento.EDOC.value)
            ),
            assinado(),
        ),
    )


def intimacao_pendente(installation: Installation) -> ColumnElement[bool]:
    """An intimação on the document that some addressee has not read yet closes it (10.2)."""
    if not installation.has(md_pet_int_protocolo, md_pet_int_rel_dest, md_pet_int_aceite):
        return false()
    aceite = exists(
        select(md_pet_int_aceite.c.id_md_pet_int_rel_dest).where(
            md_pet_int_aceite.c.id_md_pet_int_rel_dest
            == md_pet_int_rel_dest.c.id_md_pet_int_rel_dest
        )
    )
    return exists(
        select(md_pet_int_protocolo.c.id_protocolo)
        .join(
            md_pet_int_rel_dest,
            md_pet_int_rel_dest.c.id_md_pet_intimacao == md_pet_int_protocolo.c.id_md_pet_intimacao,
        )
        .where(md_pet_int_protocolo.c.id_protocolo == protocolo.c.id_protocolo, ~aceite)
    )


def closed_chain(anexador: FromClause, levels: int = 3) -> ColumnElement[bool]:
    """A processo, or one that it is anexado to, directly or through others, is not público (4.3).

    SEI joins a processo to one that is not itself anexado; three levels are more than it makes.
    """
    closed = anexador.c.sta_nivel_acesso_global != NivelAcesso.PUBLICO.value
    if levels == 1:
        return closed
    ligacao, above = rel_protocolo_protocolo.alias(), protocolo.alias()
    return or_(
        closed,
        exists(
            select(ligacao.c.id_rel_protocolo_protocolo)
            .join(above, above.c.id_protocolo == ligacao.c.id_protocolo_1)
            .where(
                ligacao.c.id_protocolo_2 == anexador.c.id_protocolo,
                ligacao.c.sta_associacao == Associacao.ANEXADO.value,
                closed_chain(above, levels - 1),
            )
        ),
    )


def parent_closed(estado: EstadoProtocolo, links: Iterable[Link]) -> bool:
    """Whether a processo's documents are closed by one that it is anexado to.

    An anexado whose other half is missing stays closed.
    """
    parents = [link for link in links if link.associacao is Associacao.ANEXADO]
    if not parents:
        return estado is EstadoProtocolo.ANEXADO
    return any(link.closed or link.other is None for link in parents)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What decides whether a listed document opens."""

    nivel_acesso_local: NivelAcesso
    nivel_acesso_global: NivelAcesso
    sta_documento: StaDocumento
    id_serie: int
    included_on: date
    intimacao_pendente: bool
    eliminado: bool = False


def judge_opening(
    facts: DocumentFacts,
    processo: Procedimento,
    parent_closed: bool,
    personal_series: frozenset[int],
    rules: Rules,
) -> Opening:
    """Whether a listed document opens to the public (4.3), and the first reason why not.

    `parent_closed` is True when the processo is anexado to one that is not público;
    `personal_series` are those of e-mails and ouvidoria (11, item 18).
    """
    if processo.eliminado or facts.eliminado:
        return Opening.ELIMINADO
    if facts.nivel_acesso_local is not NivelAcesso.PUBLICO:
        return Opening.RESTRITO
    if (
        processo.nivel_acesso_local is not NivelAcesso.PUBLICO
        or facts.nivel_acesso_global is NivelAcesso.SIGILOSO
        or parent_closed
        or (
            facts.nivel_acesso_global is not NivelAcesso.PUBLICO
            and not rules.documentos_de_restritos
        )
    ):
        return Opening.PROCESSO_RESTRITO
    if facts.sta_documento is StaDocumento.AUTOMATICO and facts.id_serie in personal_series:
        return Opening.PERSONAL
    if facts.intimacao_pendente:
        return Opening.UNREAD_INTIMACAO
    if rules.data_corte is not None and facts.included_on < rules.data_corte:
        return Opening.BEFORE_DATA_CORTE
    return Opening.OPENS


def may_describe_documento(nivel_acesso_local: NivelAcesso) -> bool:
    """Whether more of a listed document may be said than number, série, date and hipótese legal:
    people's names stand in the rest."""
    return nivel_acesso_local is NivelAcesso.PUBLICO


def may_link_anexado(nivel_acesso_local: NivelAcesso, processo: Procedimento) -> bool:
    """Whether an anexado opens from the list of `processo`: when both are públicos themselves
    (4.2)."""
    return NivelAcesso.PUBLICO is nivel_acesso_local is processo.nivel_acesso_local


def may_tell_motivo(id_tarefa_modulo: str | None) -> bool:
    """The reason of a refusal at Tramita is a machine's: server paths, file names, people."""
    return id_tarefa_modulo != "PEN_PROCESSO_RECUSADO"
