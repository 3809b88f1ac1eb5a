"""Which documents may be named and listed, and which of them open."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, FromClause, and_, bindparam, exists, or_, select

from portal.sei.installation import Installation
from portal.sei.tables import (
    assinatura,
    documento,
    infra_parametro,
    md_pet_int_aceite,
    md_pet_int_protocolo,
    md_pet_int_rel_dest,
    protocolo,
    rel_protocolo_protocolo,
    unidade,
)
from portal.sei.values import (
    Associacao,
    EstadoProtocolo,
    NivelAcesso,
    Opening,
    Procedimento,
    StaDocumento,
    TipoProtocolo,
)
from portal.sei.visibility.acessos import NOTHING, Grant, Listing
from portal.sei.visibility.choices import Rules
from portal.sei.visibility.processos import Referenced, may_name

PETICIONAMENTO = "VERSAO_MODULO_PETICIONAMENTO"
"""The key that the module leaves in `infra_parametro` (9.4)."""


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


_KNOWN_LEVELS = (NivelAcesso.PUBLICO.value, NivelAcesso.RESTRITO.value)


def _listed_levels(rules: Rules) -> tuple[str, ...]:
    """Levels of the documents that a list may hold."""
    return _KNOWN_LEVELS if rules.documentos_de_restritos else (NivelAcesso.PUBLICO.value,)


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


def item_criterion(
    sta_associacao: ColumnElement[str],
    rules: Rules,
    orgaos: frozenset[int],
    listing: Listing = Listing.PUBLIC,
) -> ColumnElement[bool]:
    """Rows of `rel_protocolo_protocolo` that a list of documents and anexados holds (4.2).

    Given its `sta_associacao`, and joined to the `protocolo` it contains and that one's `unidade`,
    outer-joined to `documento`. Published without a signature is left out: we err on the closed
    side. The parameter `granted` has the documents that a parcial lists.
    """
    parts = []
    if Listing.PUBLIC in listing:
        parts.append(_public_item(sta_associacao, rules, orgaos))
    if Listing.WHOLE in listing:
        parts.append(_granted_item(sta_associacao))
    elif Listing.GRANTED in listing:
        granted = bindparam("granted", type_=BigInteger, expanding=True)
        parts.append(and_(_granted_item(sta_associacao), protocolo.c.id_protocolo.in_(granted)))
    return or_(*parts)


def _public_item(
    sta_associacao: ColumnElement[str], rules: Rules, orgaos: frozenset[int]
) -> ColumnElement[bool]:
    anexado = sta_associacao == Associacao.ANEXADO.value
    if orgaos:
        anexado = and_(anexado, unidade.c.id_orgao.in_(sorted(orgaos)))
    if rules.unidade_teste is not None:
        anexado = and_(anexado, unidade.c.id_unidade != rules.unidade_teste)
    levels = _listed_levels(rules)
    return and_(
        protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        protocolo.c.sta_nivel_acesso_global.in_(levels),
        protocolo.c.sta_nivel_acesso_local.in_(levels),
        or_(
            anexado,
            and_(
                sta_associacao == Associacao.DOCUMENTO.value,
                documento_criterion(),
            ),
        ),
    )


def _granted_item(sta_associacao: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(
        protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        protocolo.c.sta_nivel_acesso_global.in_(_KNOWN_LEVELS),
        protocolo.c.sta_nivel_acesso_local.in_(_KNOWN_LEVELS),
        sta_associacao == Associacao.DOCUMENTO.value,
        documento_criterion(),
    )


def naming_criterion(paper: FromClause) -> ColumnElement[bool]:
    """Rows of `documento` joined to their `paper` of `protocolo` that may tell whom they name:
    a draft to somebody does not exist for them yet, and no restrito says whom it is about (6)."""
    return and_(
        paper.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        paper.c.sta_nivel_acesso_local == NivelAcesso.PUBLICO.value,
        paper.c.sta_nivel_acesso_global == NivelAcesso.PUBLICO.value,
        documento_criterion(),
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


def conteudo_criterion(rules: Rules, granted: bool = False) -> ColumnElement[bool]:
    """Rows of `documento` joined to `protocolo` whose content may be read at all (4.3).

    What else closes a document is `judge_opening`'s to say; this is so that the bytes of a draft,
    of a cancelled one, or of a restrito that no acesso externo grants, never leave SEI.
    """
    if granted:
        return confirmation_criterion()
    return and_(
        protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        protocolo.c.sta_nivel_acesso_local == NivelAcesso.PUBLICO.value,
        protocolo.c.sta_nivel_acesso_global.in_(_listed_levels(rules)),
        documento_criterion(),
    )


def confirmation_criterion() -> ColumnElement[bool]:
    """Documents that may be confirmed to who has both codes of one (7): never a sigiloso, a draft
    or a cancelled one, of which not even the codes are read."""
    return and_(
        protocolo.c.sta_estado != EstadoProtocolo.CANCELADO.value,
        protocolo.c.sta_nivel_acesso_local.in_(_KNOWN_LEVELS),
        protocolo.c.sta_nivel_acesso_global.in_(_KNOWN_LEVELS),
        documento_criterion(),
    )


def assinado() -> ColumnElement[bool]:
    """The document (of the enclosing SELECT) has a signature that counts."""
    return exists(
        select(assinatura.c.id_assinatura).where(
            assinatura.c.id_documento == documento.c.id_documento, assinatura_criterion()
        )
    )


def assinatura_criterion() -> ColumnElement[bool]:
    """Rows of `assinatura` that count (7): not undone, and with the andamento of the signing, which
    one still being made with a certificate has not."""
    return and_(assinatura.c.sin_ativo == "S", assinatura.c.id_atividade.is_not(None))


def intimacao_pendente(installation: Installation) -> ColumnElement[bool]:
    """An intimação on the document that some addressee has not read yet closes it (10.2).

    Where Peticionamento is installed and its tables may not be read, any document may have one.
    """
    if not installation.has(md_pet_int_protocolo, md_pet_int_rel_dest, md_pet_int_aceite):
        return exists(
            select(infra_parametro.c.nome).where(infra_parametro.c.nome == PETICIONAMENTO)
        )
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


def may_name_documento(target: Referenced, rules: Rules, granted: bool = False) -> bool:
    """Whether a document's number may be said outside the list of its own processo; `granted`
    when an acesso externo opens it."""
    if NivelAcesso.SIGILOSO in (target.nivel_acesso_global, target.nivel_acesso_local):
        return False
    if NivelAcesso.RESTRITO in (target.nivel_acesso_global, target.nivel_acesso_local) and not (
        rules.documentos_de_restritos or granted
    ):
        return False
    # Automatic forms are listed without a signature, but not told of in the history (3.1, 10.1).
    return target.tipo_protocolo is not TipoProtocolo.GERADO or target.assinado


def may_answer(
    typed: Referenced,
    processo: Referenced,
    eliminado: bool,
    rules: Rules,
    grant: Grant = NOTHING,
) -> bool:
    """Whether a typed number may lead to `processo`: its own, or that of a document in it."""
    if not may_name(processo, rules, grant):
        return False
    if typed.tipo_protocolo is TipoProtocolo.PROCESSO:
        return True
    granted = grant.opens(typed.id_protocolo)
    return not eliminado and may_name_documento(typed, rules, granted)


def may_describe_documento(nivel_acesso_local: NivelAcesso, granted: bool = False) -> bool:
    """Whether more of a listed document may be said than number, série, date and hipótese legal:
    people's names stand in the rest."""
    return nivel_acesso_local is NivelAcesso.PUBLICO or granted


def judge_opening(
    facts: DocumentFacts,
    processo: Procedimento,
    parent_closed: bool,
    personal_series: frozenset[int] | None,
    rules: Rules,
    granted: bool = False,
) -> Opening:
    """Whether a listed document opens to the public (4.3), and the first reason why not.

    Of what keeps one closed that an acesso externo grants, only its disposal and an unread
    intimação are left.

    `parent_closed` is True when the processo is anexado to one that is not público;
    `personal_series` are those of e-mails and ouvidoria (11, item 18); when they are not known,
    any automatic document may be one.
    """
    if processo.eliminado or facts.eliminado:
        return Opening.ELIMINADO
    if granted:
        return Opening.UNREAD_INTIMACAO if facts.intimacao_pendente else Opening.OPENS
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
    if facts.sta_documento is StaDocumento.AUTOMATICO and (
        personal_series is None or facts.id_serie in personal_series
    ):
        return Opening.PERSONAL
    if facts.intimacao_pendente:
        return Opening.UNREAD_INTIMACAO
    if rules.data_corte is not None and facts.included_on < rules.data_corte:
        return Opening.BEFORE_DATA_CORTE
    return Opening.OPENS
