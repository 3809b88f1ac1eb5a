"""What a processo holds, as this viewer may see it."""

from collections.abc import Sequence

from portal.sei import visibility
from portal.sei.queries.documentos import Item
from portal.sei.queries.processos import Record
from portal.sei.queries.rows import PAGE_SIZE
from portal.sei.text import public
from portal.sei.values import (
    Contents,
    Documento,
    Neighbour,
    NivelAcesso,
    Opening,
    StaDocumento,
)
from portal.sei.visibility import DocumentFacts, Rules


def show_page(record: Record, itens: Sequence[Item], rules: Rules) -> Contents:
    """A page of `itens`, which has one more when there is another page."""
    page = itens[:PAGE_SIZE]
    return Contents(
        items=tuple(
            _anexado(record, item)
            if item.facts is None
            else show_documento(record, item, item.facts, rules)
            for item in page
        ),
        next_cursor=page[-1].cursor if len(itens) > PAGE_SIZE else None,
    )


def show_documento(record: Record, item: Item, facts: DocumentFacts, rules: Rules) -> Documento:
    """A listed document, with whether it opens.

    Of a restrito only number, série, date and hipótese legal: people's names stand in the rest.
    """
    opening = visibility.judge_opening(
        facts, record.procedimento, record.parent_closed, record.personal_series, rules
    )
    opens = opening is Opening.OPENS
    restrito = item.nivel_acesso_local is not NivelAcesso.PUBLICO
    return Documento(
        numero_sei=item.formatado,
        serie=public(item.nome),
        numero=public(item.numero) if item.numero and not restrito else None,
        data=item.data,
        externo=facts.sta_documento is StaDocumento.EXTERNO,
        signatarios=() if restrito else item.signatarios,
        opening=opening,
        hipotese_legal=item.hipotese_legal,
        conferencia=None if restrito else item.conferencia,
        arquivo=public(item.arquivo) if opens and item.arquivo else None,
        tamanho=item.tamanho if opens else None,
        included_on=item.included_on,
    )


def _anexado(record: Record, item: Item) -> Neighbour:
    """Number and tipo; a way in only when both are públicos themselves (4.2)."""
    closed = item.nivel_acesso_local is not NivelAcesso.PUBLICO
    opens = not closed and record.procedimento.nivel_acesso_local is NivelAcesso.PUBLICO
    return Neighbour(
        item.formatado,
        item.chave if opens else None,
        item.nome,
        item.hipotese_legal if closed else None,
    )
