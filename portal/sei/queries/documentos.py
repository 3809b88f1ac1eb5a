"""What a processo holds: its documents, with who signed them, and the processos anexados."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Connection,
    String,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from portal.sei import visibility
from portal.sei.installation import Installation
from portal.sei.names import Names
from portal.sei.queries.rows import (
    LARGEST_ID,
    PAGE_SIZE,
    Answer,
    Question,
    aware,
    flag,
    forma_of,
    or_null,
    settled,
    sta_documento_of,
)
from portal.sei.tables import (
    anexo,
    assinatura,
    atividade,
    documento,
    procedimento,
    protocolo,
    rel_protocolo_protocolo,
    unidade,
)
from portal.sei.text import mask
from portal.sei.values import (
    HipoteseLegal,
    NivelAcesso,
    Signatario,
    StaDocumento,
    TipoProtocolo,
)
from portal.sei.visibility import DocumentFacts, Rules

WALK = 4 * PAGE_SIZE + 1
"""Things of a processo looked at for a page of those that are listed."""

_PROCESSO = bindparam("id_procedimento", type_=BigInteger)


@dataclass(frozen=True, slots=True)
class Item:
    """A document or an anexado processo in a processo's list, with what decides its opening."""

    id_protocolo: int
    formatado: str
    chave: str
    nivel_acesso_local: NivelAcesso
    hipotese_legal: HipoteseLegal | None
    data: date
    included_on: date
    nome: str
    """The série of a document, the tipo of an anexado."""
    numero: str | None
    conferencia: str | None
    facts: DocumentFacts | None
    """None for an anexado."""
    signatarios: tuple[Signatario, ...]
    arquivo: str | None
    tamanho: int | None
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A processo whose documents are asked for, and by what rules."""

    sei: Connection
    installation: Installation
    names: Names
    zone: ZoneInfo
    rules: Rules
    orgaos: frozenset[int]
    id_procedimento: int
    holds: int
    """How many things it holds, listed or not."""


class Reach(Enum):
    """Which of the things that a processo holds are looked at, to find those of one page."""

    ONE = "one"
    """The document of one número SEI."""
    NEXT = "next"
    """The next `WALK`, whatever they are: of a giant, a tenth."""
    REST = "rest"
    """All that follow."""


@lru_cache
def select_items(
    installation: Installation, rules: Rules, orgaos: frozenset[int], reach: Reach
) -> Question:
    """A page of documents and anexados in SEI's order, one row per signature of each."""
    i = _page(installation, rules, orgaos, reach).subquery("item")
    assinado = and_(
        assinatura.c.id_documento == i.c.id_protocolo, visibility.assinatura_criterion()
    )
    arquivado = and_(
        anexo.c.id_protocolo == i.c.id_protocolo,
        anexo.c.sin_ativo == "S",
        i.c.sta_protocolo == TipoProtocolo.RECEBIDO.value,
    )
    return settled(
        select(
            i,
            procedimento.c.id_tipo_procedimento,
            anexo.c.nome.label("arquivo"),
            anexo.c.tamanho,
            assinatura.c.id_assinatura,
            assinatura.c.nome.label("signatario"),
            assinatura.c.tratamento,
            assinatura.c.sta_forma_autenticacao,
            atividade.c.dth_abertura,
        )
        .select_from(i)
        .outerjoin(procedimento, procedimento.c.id_procedimento == i.c.id_protocolo)
        .outerjoin(anexo, arquivado)
        .outerjoin(assinatura, assinado)
        .outerjoin(atividade, atividade.c.id_atividade == assinatura.c.id_atividade)
        .order_by(
            i.c.sequencia,
            i.c.id_rel_protocolo_protocolo,
            assinatura.c.id_assinatura,
            anexo.c.id_anexo,
        )
    )


def _page(
    installation: Installation, rules: Rules, orgaos: frozenset[int], reach: Reach
) -> Question:
    """The rows of one page, or those of one document; one more says that there is more."""
    held = _held(rules, orgaos, reach).subquery("held").c
    p, d = protocolo.c, documento.c
    page = _listed(
        held.id_protocolo_2,
        held.sta_associacao,
        rules,
        orgaos,
        held.sequencia,
        held.id_rel_protocolo_protocolo,
        p.id_protocolo,
        p.protocolo_formatado,
        p.protocolo_formatado_pesquisa,
        p.sta_nivel_acesso_local,
        p.sta_nivel_acesso_global,
        p.id_hipotese_legal,
        p.dta_geracao,
        p.dta_inclusao,
        p.sta_protocolo,
        d.id_serie,
        d.numero,
        d.sta_documento,
        d.id_tipo_conferencia,
        or_null(installation, p.sin_eliminado),
        flag(visibility.intimacao_pendente(installation)).label("intimacao"),
    ).order_by(held.sequencia, held.id_rel_protocolo_protocolo)
    if reach is Reach.ONE:
        numero_sei = bindparam("numero_sei", type_=String(50))
        return page.where(p.protocolo_formatado == numero_sei).limit(2)
    return page.limit(PAGE_SIZE + 1)


def _listed(
    key: Any, sta_associacao: Any, rules: Rules, orgaos: frozenset[int], *columns: Any
) -> Question:
    """Columns of the things that a processo holds and its list may have."""
    return (
        select(*columns)
        .join(protocolo, protocolo.c.id_protocolo == key)
        .join(unidade, unidade.c.id_unidade == protocolo.c.id_unidade_geradora)
        .outerjoin(documento, documento.c.id_documento == protocolo.c.id_protocolo)
        .where(visibility.item_criterion(sta_associacao, rules, orgaos))
    )


def _held(rules: Rules, orgaos: frozenset[int], reach: Reach) -> Question:
    """What the processo holds, listed or not, after the last thing of the page before."""
    r = rel_protocolo_protocolo.c
    held: Question = select(
        r.sequencia, r.id_rel_protocolo_protocolo, r.id_protocolo_2, r.sta_associacao
    ).where(r.id_protocolo_1 == _PROCESSO)
    if reach is Reach.ONE:
        return held
    last = _place(rules, orgaos).subquery("last").c
    held = held.where(
        or_(
            r.sequencia > last.sequencia,
            and_(r.sequencia == last.sequencia, r.id_rel_protocolo_protocolo > last.id_rel),
        ),
    )
    if reach is Reach.REST:
        return held
    return held.order_by(r.sequencia, r.id_rel_protocolo_protocolo).limit(WALK)


def _place(rules: Rules, orgaos: frozenset[int]) -> Question:
    """Where the last thing of the page before stands, in one row; before all others when the list
    has no such thing.

    Looked up each time: a place in an address would tell how many things before it may not be seen.
    """
    last = bindparam("last", type_=BigInteger)
    r = rel_protocolo_protocolo.alias().c
    return _listed(
        r.id_protocolo_2,
        r.sta_associacao,
        rules,
        orgaos,
        func.coalesce(func.max(r.sequencia), -LARGEST_ID).label("sequencia"),
        func.coalesce(func.max(r.id_rel_protocolo_protocolo), -1).label("id_rel"),
    ).where(r.id_protocolo_1 == _PROCESSO, r.id_protocolo_2 == last)


def list_items(asked: Asked, after: int | None) -> list[Item]:
    """What the processo holds, in SEI's order; one more than a page when there is another page.

    `after` is the `id_protocolo` of the last item of the page before; one that is not listed
    starts from the beginning. A long list costs what a short one does, since only the next
    `WALK` things are looked at. Where they leave the page short, all that follow are, in a second
    SELECT: a page must not end sooner where something may not be seen.
    """
    found: list[Item] = []
    for reach in (Reach.NEXT, Reach.REST):
        found = _items(asked, reach, {"last": -1 if after is None else after})
        if asked.holds <= WALK or len(found) > PAGE_SIZE:
            break
    return found


def find_item(asked: Asked, numero_sei: str) -> Item | None:
    """The listed document of this número SEI."""
    found = _items(asked, Reach.ONE, {"numero_sei": numero_sei})
    return next((item for item in found if item.facts is not None), None)


def _items(asked: Asked, reach: Reach, parameters: Mapping[str, Any]) -> list[Item]:
    statement = select_items(asked.installation, asked.rules, asked.orgaos, reach)
    grouped: dict[int, list[Answer]] = {}
    for row in asked.sei.execute(
        statement, {"id_procedimento": asked.id_procedimento, **parameters}
    ):
        grouped.setdefault(row.id_rel_protocolo_protocolo, []).append(row)
    return [_item(rows, asked.names, asked.zone) for rows in grouped.values()]


def _item(rows: Sequence[Answer], names: Names, zone: ZoneInfo) -> Item:
    row = rows[0]
    assinaturas = {r.id_assinatura: r for r in rows if r.id_assinatura is not None}
    signatarios = tuple(
        Signatario(
            nome=mask(a.signatario),
            cargo=mask(a.tratamento),
            moment=aware(a.dth_abertura, zone),
            autenticacao=row.sta_protocolo == TipoProtocolo.RECEBIDO.value,
            forma=forma_of(a.sta_forma_autenticacao),
        )
        for a in assinaturas.values()
    )
    data, included_on = _dates(row, signatarios)
    sta_documento = sta_documento_of(row.sta_documento)
    return Item(
        id_protocolo=row.id_protocolo,
        formatado=row.protocolo_formatado,
        chave=row.protocolo_formatado_pesquisa.upper(),
        nivel_acesso_local=NivelAcesso(row.sta_nivel_acesso_local),
        hipotese_legal=names.hipotese(row.id_hipotese_legal),
        data=data,
        included_on=included_on,
        nome=_name(row, names),
        numero=row.numero or None,
        conferencia=names.conferencia(row.id_tipo_conferencia),
        facts=None
        if sta_documento is None
        else DocumentFacts(
            nivel_acesso_local=NivelAcesso(row.sta_nivel_acesso_local),
            nivel_acesso_global=NivelAcesso(row.sta_nivel_acesso_global),
            sta_documento=sta_documento,
            id_serie=row.id_serie,
            included_on=included_on,
            intimacao_pendente=row.intimacao == 1,
            eliminado=row.sin_eliminado == "S",
        ),
        signatarios=signatarios,
        arquivo=row.arquivo,
        tamanho=row.tamanho,
    )


def _name(row: Answer, names: Names) -> str:
    if row.id_serie is not None:
        return names.serie(row.id_serie)
    return "" if row.id_tipo_procedimento is None else names.tipo(row.id_tipo_procedimento)


def _dates(row: Answer, signatarios: Sequence[Signatario]) -> tuple[date, date]:
    """The two dates a document goes by, its own and that of its inclusion (4.3).

    Written in SEI's editor or in a form, both are the day of its first signature. Of all others,
    they are the day on the paper and the day it was registered.
    """
    if sta_documento_of(row.sta_documento) not in (StaDocumento.INTERNO, StaDocumento.FORMULARIO):
        return row.dta_geracao.date(), row.dta_inclusao.date()
    assinado = signatarios[0].moment if signatarios else None
    day = row.dta_geracao.date() if assinado is None else assinado.date()
    return day, day
