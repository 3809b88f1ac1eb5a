"""Which documents are listed (4.2), and where their numbers lead (5.1)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.demo.town import TEST_UNIT
from portal.errors import NotFound
from portal.sei.values import Opening, StaDocumento
from tests.unit.sei.conftest import Scene, number_of
from tests.unit.sei.visibility.scenes import EVERYTHING, show_all_tarefas


def cancelled(make: Callable[[SeiBuilder, Processo], Documento]) -> Any:
    def made(sei: SeiBuilder, processo: Processo) -> Documento:
        documento = make(sei, processo)
        sei.cancel(documento)
        return documento

    return made


def signed(sta: StaDocumento) -> Callable[[SeiBuilder, Processo], Documento]:
    return lambda sei, processo: sei.documento(processo, sta=sta)


def unsigned(sta: StaDocumento) -> Callable[[SeiBuilder, Processo], Documento]:
    return lambda sei, processo: sei.minuta(processo, sta=sta)


def inactive(sta: StaDocumento) -> Callable[[SeiBuilder, Processo], Documento]:
    def made(sei: SeiBuilder, processo: Processo) -> Documento:
        documento = sei.minuta(processo, sta=sta)
        sei.sign(documento, active=False)
        sei.sign(documento, "Rui Sá", active=False, with_andamento=False)
        return documento

    return made


def external(sei: SeiBuilder, processo: Processo) -> Documento:
    return sei.externo(processo)


def automatic(sei: SeiBuilder, processo: Processo) -> Documento:
    return sei.automatico(processo, "Recibo")


def frozen_draft(sei: SeiBuilder, processo: Processo) -> Documento:
    documento = sei.minuta(processo)
    documento.details["sin_bloqueado"] = "S"
    return documento


GENERATED = [StaDocumento.INTERNO, StaDocumento.FORMULARIO, StaDocumento.EDOC]


@pytest.mark.parametrize(
    ("make", "listed"),
    [
        pytest.param(external, True, id="4.2 X"),
        pytest.param(automatic, True, id="4.2 A, 11(18)"),
        *(pytest.param(signed(s), True, id=f"4.2 {s.value} signed") for s in GENERATED),
        *(pytest.param(unsigned(s), False, id=f"4.2 {s.value} unsigned") for s in GENERATED),
        *(pytest.param(inactive(s), False, id=f"7 {s.value} sin_ativo N only") for s in GENERATED),
        pytest.param(cancelled(external), False, id="4.2 X cancelled"),
        pytest.param(cancelled(automatic), False, id="4.2 A cancelled"),
        *(
            pytest.param(cancelled(signed(s)), False, id=f"4.2 {s.value} cancelled")
            for s in GENERATED
        ),
        *(
            pytest.param(cancelled(unsigned(s)), False, id=f"4.2 {s.value} unsigned, cancelled")
            for s in GENERATED
        ),
        pytest.param(frozen_draft, False, id="11(11) sin_bloqueado is no signature"),
    ],
)
def test_which_documents_are_listed_opened_and_found(
    scene: Scene, make: Callable[[SeiBuilder, Processo], Documento], listed: bool
) -> None:
    processo = scene.sei.processo()
    documento = make(scene.sei, processo)
    assert scene.listed(processo) == ([documento.numero] if listed else [])
    assert bool(scene.find(documento.numero)) is listed
    if listed:
        assert scene.documento(processo, documento.numero).numero_sei == documento.numero
    else:
        with pytest.raises(NotFound):
            scene.documento(processo, documento.numero)


def test_a_signature_still_being_made_is_none(scene: Scene) -> None:
    """7: until it is made with the certificate, `id_atividade` is null"""
    processo = scene.sei.processo()
    draft, half = scene.sei.minuta(processo), scene.sei.documento(processo)
    scanned = scene.sei.externo(processo)
    for documento in (draft, half, scanned):
        scene.sei.sign(documento, "Rui Sá", forma="C", with_andamento=False)
    assert scene.listed(processo) == [half.numero, scanned.numero]
    assert scene.find(draft.numero) == ()
    assert "Rui Sá" not in repr(scene.track(processo))


def test_a_signature_whose_andamento_is_gone_has_no_date(scene: Scene) -> None:
    """11(15): outer joins"""
    processo = scene.sei.processo(autuacao=datetime(2026, 3, 2, 9))
    signed = scene.sei.documento(processo, when=datetime(2026, 3, 3, 9))
    scene.sei.flush()
    scene.alter("DELETE FROM atividade WHERE id_tarefa = 5")
    documento = scene.documento(processo, signed.numero)
    assert [s.moment for s in documento.signatarios] == [None]
    assert documento.data == documento.included_on == date(2026, 3, 3)


def test_a_moved_document_is_listed_where_it_is_now(scene: Scene) -> None:
    """4.2 association 6, 11(12)"""
    sei = scene.sei
    old, new = sei.processo(), sei.processo()
    documento = sei.documento(old)
    sei.move(documento, new)
    assert scene.listed(old) == []
    assert scene.listed(new) == [documento.numero]
    assert [a.chave for a in scene.find(documento.numero)] == [new.chave]
    with pytest.raises(NotFound):
        scene.documento(old, documento.numero)


@pytest.mark.parametrize(
    ("nivel", "options", "shown"),
    [
        pytest.param("0", {}, True, id="3.1 moved to a público"),
        pytest.param("2", EVERYTHING, False, id="4.1(2) moved to a sigiloso"),
        pytest.param("1", {}, False, id="4.2 moved to a restrito whose documents are not listed"),
    ],
)
def test_that_a_document_was_moved_is_said_only_of_where_it_may_be_named(
    scene: Scene, nivel: str, options: dict[str, Any], shown: bool
) -> None:
    sei = scene.sei
    old, new = sei.processo(), sei.processo(nivel=nivel)
    documento = sei.documento(old)
    sei.move(documento, new)
    show_all_tarefas(scene)
    scene.configure(**options)
    assert (documento.numero in repr(scene.track(old))) is shown


@pytest.mark.parametrize("associacao", ["3", "4", "5", "6", "7", "8"])
def test_other_associations_are_not_listed(scene: Scene, associacao: str) -> None:
    """4.2: 3 relacionado, 4 sobrestado, 5 desanexado, 6 movido, 7 circular"""
    sei = scene.sei
    processo, other = sei.processo(), sei.processo()
    sei.documento(other)
    sei.attach(other, processo)
    documento = sei.documento(processo)
    for row in processo.contained:
        row["sta_associacao"] = associacao
    other.row["sta_estado"] = "0"
    assert scene.listed(processo) == []
    assert scene.find(documento.numero) == ()


def test_a_desanexado_is_not_listed_any_more(scene: Scene) -> None:
    """4.2 association 5"""
    sei = scene.sei
    parent, child = sei.processo(), sei.processo()
    sei.attach(child, parent)
    assert scene.listed(parent) == [child.numero]
    sei.detach(child)
    assert scene.listed(parent) == []


def test_drafts_leave_no_gap_and_no_count(scene: Scene) -> None:
    """11(9)"""
    sei = scene.sei
    processo = sei.processo()
    numbers = []
    for n in range(60):
        sei.minuta(processo)
        if n % 2:
            numbers.append(sei.documento(processo).numero)
    documentos = scene.track(processo).contents
    assert documentos is not None
    assert [number_of(item) for item in documentos.items] == numbers
    assert documentos.next_cursor is None


@pytest.mark.parametrize(
    ("nivel", "listed"),
    [pytest.param("1", True, id="4.2 local 1"), pytest.param("0", True, id="4.2 local 0")],
)
def test_where_restritos_are_listed_each_document_shows_its_own_metadata(
    scene: Scene, nivel: str, listed: bool
) -> None:
    processo = scene.sei.processo(nivel="1")
    numero = scene.sei.externo(
        processo,
        "RG",
        nivel=nivel,
        hipotese="Informação Pessoal" if nivel == "1" else None,
        dated=date(2025, 12, 1),
        file_name="rg.pdf",
    ).numero
    scene.configure(**EVERYTHING)
    documento = scene.documento(processo, numero)
    assert (documento.serie, documento.data) == ("RG", date(2025, 12, 1))
    assert (documento.hipotese_legal is not None) is (nivel == "1")
    assert (documento.arquivo, documento.tamanho) == (None, None)
    assert documento.opening is not Opening.OPENS


@pytest.mark.parametrize("eliminado", ["N", "S"])
@pytest.mark.parametrize("field", ["signatarios", "numero", "conferencia", "arquivo", "tamanho"])
def test_a_listed_restrito_shows_number_serie_date_and_hipotese_legal_only(
    scene: Scene, field: str, eliminado: str
) -> None:
    """4.2, its last line: a name in the tree or a signer may be the very secret"""
    processo = scene.sei.processo()
    externo = scene.sei.externo(
        processo, "RG", nivel="1", numero="Zuleica Prado", conferencia="Cópia Simples"
    )
    scene.sei.sign(externo, "Zuleica Prado", "Requerente")
    externo.row["sin_eliminado"] = eliminado
    scene.configure(**EVERYTHING)
    assert not getattr(scene.documento(processo, externo.numero), field)


def test_a_sigiloso_document_is_not_listed_even_where_rows_contradict(scene: Scene) -> None:
    """4.1(2): the group would be sigiloso; should a row say otherwise, the closed side holds."""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    documento.row["sta_nivel_acesso_local"] = "2"
    scene.configure(**EVERYTHING)
    assert scene.listed(processo) == []
    assert scene.find(documento.numero) == ()


# A code is reported and not proved (2): one that nobody knows closes, and breaks nothing


def test_a_document_of_an_unknown_kind_is_not_shown(scene: Scene) -> None:
    processo = scene.sei.processo()
    signed, draft = scene.sei.documento(processo), scene.sei.minuta(processo)
    for documento in (signed, draft):
        documento.details["sta_documento"] = "Z"
        scene.sei.andamento(processo, 7, DOCUMENTO=documento)
    assert scene.listed(processo) == []
    assert draft.numero not in repr(scene.track(processo))
    assert scene.find(signed.numero) == ()


# Numbers of documents (5.1)


@pytest.mark.parametrize(
    ("nivel", "of_document", "options", "found"),
    [
        pytest.param("0", "0", {}, True, id="5.1 público"),
        pytest.param("1", "0", {}, False, id="4.1(5) of a restrito whose documents are not listed"),
        pytest.param("1", "0", EVERYTHING, True, id="4.1(5) of a restrito whose documents are"),
        pytest.param("0", "1", {}, False, id="4.1(5) restrito document, not listed"),
        pytest.param("0", "1", EVERYTHING, True, id="4.1(5) restrito document, listed"),
        pytest.param("1", "0", {"mostra_restritos": False}, False, id="4.1(3) METADADOS=N"),
        pytest.param("2", "0", EVERYTHING, False, id="4.1(2) of a sigiloso"),
        pytest.param("0", "2", EVERYTHING, False, id="4.1(2) sigiloso document"),
    ],
)
def test_a_document_s_number_leads_where_the_document_is_listed(
    scene: Scene, nivel: str, of_document: str, options: dict[str, Any], found: bool
) -> None:
    processo = scene.sei.processo(nivel=nivel)
    documento = scene.sei.documento(processo, nivel=of_document)
    scene.configure(**options)
    assert [a.documento for a in scene.find(documento.numero)] == [documento.numero] * found


@pytest.mark.parametrize(
    ("unidade", "orgaos", "found"),
    [
        pytest.param("CM-PROTOCOLO", [0], False, id="8 of another órgão"),
        pytest.param("CM-PROTOCOLO", [1], True, id="8 of our órgão"),
        pytest.param(TEST_UNIT, [], False, id="9.4 of the test unit"),
    ],
)
def test_a_document_s_number_leads_to_processos_of_the_tenant_only(
    scene: Scene, unidade: str | int, orgaos: list[int], found: bool
) -> None:
    processo = scene.sei.processo(unidade=unidade)
    documento = scene.sei.documento(processo)
    scene.configure(orgaos=orgaos)
    assert bool(scene.find(documento.numero)) is found


def test_a_document_s_number_leads_nowhere_when_its_processo_was_disposed_of(scene: Scene) -> None:
    """4.1 `sin_eliminado='S'`: metadata only, and a list of documents is not"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.sei.dispose(processo)
    assert scene.find(documento.numero) == ()
    assert [a.chave for a in scene.find(processo.numero)] == [processo.chave]
