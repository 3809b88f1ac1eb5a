"""What a processo holds, as this viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.sei import visibility
from portal.sei.queries.documentos import Item
from portal.sei.queries.rows import PAGE_SIZE
from portal.sei.text import mask
from portal.sei.values import (
    Contents,
    Documento,
    Neighbour,
    NivelAcesso,
    Opening,
    Procedimento,
    StaDocumento,
)
from portal.sei.visibility import NOTHING, DocumentFacts, Grant, Rules


@dataclass(frozen=True, slots=True)
class Holder:
    """The processo that holds the documents, with what closes them all."""

    procedimento: Procedimento
    parent_closed: bool
    personal_series: frozenset[int] | None
    rules: Rules
    grant: Grant = NOTHING


def show_page(holder: Holder, items: Sequence[Item]) -> Contents:
    """A page of `items`, which has one more when there is another page."""
    page = items[:PAGE_SIZE]
    return Contents(
        items=tuple(
            _anexado(holder, item)
            if item.facts is None
            else show_documento(holder, item, item.facts)
            for item in page
        ),
        next_cursor=page[-1].id_protocolo if len(items) > PAGE_SIZE else None,
    )


def show_documento(holder: Holder, item: Item, facts: DocumentFacts) -> Documento:
    """A listed document, with whether it opens."""
    granted = holder.grant.opens(item.id_protocolo)
    opening = visibility.judge_opening(
        facts,
        holder.procedimento,
        holder.parent_closed,
        holder.personal_series,
        holder.rules,
        granted,
    )
    opens = opening is Opening.OPENS
    described = visibility.may_describe_documento(item.nivel_acesso_local, granted)
    return Documento(
        numero_sei=item.formatado,
        serie=mask(item.nome),
        numero=mask(item.numero) if item.numero and described else None,
        data=item.data,
        externo=facts.sta_documento is StaDocumento.EXTERNO,
        signatarios=item.signatarios if described else (),
        opening=opening,
        hipotese_legal=item.hipotese_legal,
        conferencia=item.conferencia if described else None,
        arquivo=mask(item.arquivo) if opens and item.arquivo else None,
        tamanho=item.tamanho if opens else None,
        included_on=item.included_on,
        granted=granted and holder.procedimento.nivel_acesso_global is NivelAcesso.RESTRITO,
    )


def _anexado(holder: Holder, item: Item) -> Neighbour:
    restrito = item.nivel_acesso_local is not NivelAcesso.PUBLICO
    opens = visibility.may_link_anexado(item.nivel_acesso_local, holder.procedimento)
    return Neighbour(
        item.formatado,
        item.chave if opens else None,
        item.nome,
        item.hipotese_legal if restrito else None,
    )
