"""What a document's own page says, and which documents have one."""

from datetime import date

import pytest

from portal.errors import NotFound
from portal.sei.values import Documento, FormaAutenticacao, Signatario
from tests.unit.sei.conftest import TWO, Scene, at, instant


def test_a_document_made_in_sei_says_who_signed_it_and_when(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo()
    draft = sei.minuta(processo, "Parecer", numero="12/2026", when=at(3))
    sei.sign(draft, "Ana Lima", "Procuradora", when=at(4))
    sei.sign(draft, "Rui Sá", "Fiscal", when=at(6))
    sei.sign(draft, "Eva Paz", "Chefe", active=False, when=at(7))
    documento = scene.documento(processo, draft.numero)
    assert (documento.serie, documento.numero, documento.externo) == ("Parecer", "12/2026", False)
    assert documento.signatarios == (
        Signatario("Ana Lima", "Procuradora", instant(4), False, FormaAutenticacao.SENHA),
        Signatario("Rui Sá", "Fiscal", instant(6), False, FormaAutenticacao.SENHA),
    )
    assert documento.data == documento.included_on == date(2026, 3, 4)
    assert (documento.arquivo, documento.conferencia) == (None, None)


def test_a_document_from_outside_says_what_is_on_the_paper(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo()
    externo = sei.externo(
        processo,
        "RG",
        file_name="rg.pdf",
        content=b"%PDF-1.4",
        dated=date(2019, 5, 4),
        conferencia="Cópia Simples",
        when=at(5),
    )
    sei.sign(externo, "Ana Lima", "Protocolo", when=at(6))
    documento = scene.documento(processo, externo.numero)
    assert documento.externo
    assert (documento.data, documento.included_on) == (date(2019, 5, 4), date(2026, 3, 5))
    assert (documento.arquivo, documento.tamanho) == ("rg.pdf", 8)
    assert documento.conferencia == "Cópia Simples"
    assert documento.signatarios == (
        Signatario("Ana Lima", "Protocolo", instant(6), True, FormaAutenticacao.SENHA),
    )


def test_a_document_s_page_is_the_list_s_own_item(scene: Scene) -> None:
    processo = scene.sei.processo()
    scene.sei.documento(processo, signers=TWO)
    scene.sei.externo(processo)
    documentos = scene.track(processo).contents
    assert documentos is not None
    for item in documentos.items:
        assert isinstance(item, Documento)
        assert scene.documento(processo, item.numero_sei) == item


@pytest.mark.parametrize(
    "typed", ["", "0", "4", "00000419", " 0000419", "0000419 ", "x", "0000419'"]
)
def test_a_document_is_asked_for_by_its_whole_number(scene: Scene, typed: str) -> None:
    processo = scene.sei.processo()
    assert scene.sei.externo(processo).numero == "0000419"
    with pytest.raises(NotFound):
        scene.documento(processo, typed)


def test_a_document_is_not_found_in_another_processo(scene: Scene) -> None:
    one, other = scene.sei.processo(), scene.sei.processo()
    documento = scene.sei.externo(one)
    with pytest.raises(NotFound):
        scene.documento(other, documento.numero)


def test_an_anexado_has_no_page_of_a_document(scene: Scene) -> None:
    one, other = scene.sei.processo(), scene.sei.processo()
    scene.sei.attach(other, one)
    with pytest.raises(NotFound):
        scene.documento(one, other.numero)
