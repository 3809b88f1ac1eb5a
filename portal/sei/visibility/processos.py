"""Which processos may be named, on their own page and on others, and what of them may be said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from portal.sei.installation import Installation
from portal.sei.tables import (
    protocolo,
    rel_protocolo_protocolo,
    unidade,
)
from portal.sei.text import mask
from portal.sei.values import (
    Associacao,
    EstadoProtocolo,
    NivelAcesso,
    Procedimento,
    TipoProtocolo,
)
from portal.sei.visibility.acessos import NOTHING, Grant, Listing
from portal.sei.visibility.choices import Rules


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
    id_procedimento: int | None = None
    """The processo that a document is in, where an andamento named it."""


@dataclass(frozen=True, slots=True)
class Link:
    """An association with another processo, which may be missing."""

    associacao: Associacao
    other: Referenced | None
    closed: bool
    """This one is anexado to it, and it, or one that it is anexado to in turn, is not público."""


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
    p = protocolo.c
    return and_(
        p.sta_protocolo == TipoProtocolo.PROCESSO.value,
        p.sta_nivel_acesso_global == NivelAcesso.PUBLICO.value,
        p.sta_nivel_acesso_local == NivelAcesso.PUBLICO.value,
        *_of_the_tenant(installation, orgaos, teste),
    )


def granted_criterion(
    installation: Installation, orgaos: frozenset[int], teste: int | None
) -> ColumnElement[bool]:
    """Rows of `protocolo` that are processos which a person may be told of who has an acesso
    externo to them: a restrito too, and a sigiloso never."""
    p = protocolo.c
    known = (NivelAcesso.PUBLICO.value, NivelAcesso.RESTRITO.value)
    return and_(
        p.sta_protocolo == TipoProtocolo.PROCESSO.value,
        p.sta_nivel_acesso_global.in_(known),
        p.sta_nivel_acesso_local.in_(known),
        *_of_the_tenant(installation, orgaos, teste),
    )


def _of_the_tenant(
    installation: Installation, orgaos: frozenset[int], teste: int | None
) -> list[ColumnElement[bool]]:
    """Not disposed of, not of the test unit, and of the tenant's órgãos."""
    p, geradora = protocolo.c, unidade.alias("geradora")
    criteria: list[ColumnElement[bool]] = []
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
    return criteria


def may_name(processo: Referenced, rules: Rules, grant: Grant = NOTHING) -> bool:
    """Whether a processo that was read may be said to exist (4.1)."""
    if NivelAcesso.SIGILOSO in (processo.nivel_acesso_global, processo.nivel_acesso_local):
        return False
    if processo.nivel_acesso_global is NivelAcesso.RESTRITO and not (rules.restritos or grant):
        return False
    return rules.unidade_teste is None or processo.id_unidade_geradora != rules.unidade_teste


def may_confirm(processo: Referenced, rules: Rules) -> bool:
    """Whether a document of this processo may be called authentic. Whoever has its codes has the
    paper, so that a restrito says nothing new, whether or not the site names restritos."""
    return may_name(processo, replace(rules, restritos=True))


def may_name_other(found: Referenced | None, rules: Rules, orgaos: frozenset[int]) -> bool:
    """Whether *another* processo may be named on this one's page; None is one that is not there."""
    return (
        found is not None
        and found.tipo_protocolo is TipoProtocolo.PROCESSO
        and (not orgaos or found.id_orgao in orgaos)
        and may_name(found, rules)
    )


class Levels(Protocol):
    """What decides about a processo: a row that was read has it before any word is known."""

    @property
    def nivel_acesso_global(self) -> NivelAcesso: ...
    @property
    def eliminado(self) -> bool: ...


def may_list_andamentos(processo: Levels, rules: Rules, grant: Grant = NOTHING) -> bool:
    """4.1(6); of a processo whose content was disposed of, metadata only."""
    return not processo.eliminado and may_say_where(processo, rules, grant)


def list_which(processo: Levels, rules: Rules, grant: Grant = NOTHING) -> Listing:
    """4.1(5); of a processo whose content was disposed of, metadata only."""
    listing = Listing(0)
    if processo.eliminado:
        return listing
    if processo.nivel_acesso_global is NivelAcesso.PUBLICO or rules.documentos_de_restritos:
        listing |= Listing.PUBLIC
    if grant.integral:
        return listing | Listing.WHOLE
    return listing | Listing.GRANTED if grant.documentos else listing


def may_list_relacionados(listing: Listing) -> bool:
    """Whether the processos related to one are told of: to who sees all that is in it."""
    return bool(listing & (Listing.PUBLIC | Listing.WHOLE))


def may_show_interessados(processo: Levels, grant: Grant = NOTHING) -> bool:
    """Only on a público. Pesquisa Pública shows them on a restrito too; nobody needs that."""
    return processo.nivel_acesso_global is NivelAcesso.PUBLICO or grant.integral


def may_say_where(processo: Levels, rules: Rules, grant: Grant = NOTHING) -> bool:
    """Whether its state, dates and units may be said: what the history would tell anyway."""
    return (
        processo.nivel_acesso_global is NivelAcesso.PUBLICO
        or rules.andamentos_de_restritos
        or grant.integral
    )


def may_link_anexado(nivel_acesso_local: NivelAcesso, processo: Procedimento) -> bool:
    """Whether an anexado opens from the list of `processo`: when both are públicos themselves
    (4.2)."""
    return NivelAcesso.PUBLICO is nivel_acesso_local is processo.nivel_acesso_local


def shown(processo: Procedimento, rules: Rules, grant: Grant = NOTHING) -> Procedimento:
    """The processo without what this viewer may not see of it.

    Of a restrito: number, tipo, órgão and hipótese legal at most, unless the site publishes the
    history of restritos. `descricao` is free text, shown on públicos where the tenant chose so.
    """
    if not may_say_where(processo, rules, grant):
        return replace(
            processo,
            estado=EstadoProtocolo.NORMAL,
            autuacao=None,
            unidade_geradora=None,
            concluded_on=None,
            eliminado=False,
            descricao=None,
        )
    if not rules.descricao or not may_show_interessados(processo, grant):
        return replace(processo, descricao=None)
    return replace(processo, descricao=mask(processo.descricao or "") or None)


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
