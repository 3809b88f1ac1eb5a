"""What a typed number leads to, and the processo that is meant."""

from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.town import TEST_UNIT
from portal.sei import service
from portal.sei.values import Ambiguous, Hit, Tracking
from tests.unit.sei.conftest import NOW, TIPO, Scene, counting, numero_of


def test_a_processo_is_found_however_it_is_typed(scene: Scene) -> None:
    processo = scene.sei.processo()
    found = (Hit(processo.chave, processo.numero, TIPO, None),)
    for typed in (processo.numero, processo.chave, f"Processo nº {processo.numero}, de 2026"):
        assert scene.find(typed) == found


def test_a_document_s_number_leads_to_its_processo_with_its_zeros_or_without(scene: Scene) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.externo(processo)
    found = (Hit(processo.chave, processo.numero, TIPO, documento.numero),)
    assert documento.numero.startswith("0000")
    for typed in (documento.numero, documento.numero.lstrip("0"), f"documento {documento.numero}"):
        assert scene.find(typed) == found


def test_a_draft_s_number_leads_nowhere(scene: Scene) -> None:
    draft = scene.sei.minuta(scene.sei.processo())
    for typed in (draft.numero, draft.numero.lstrip("0")):
        assert scene.find(typed) == ()


def test_nothing_typed_is_nothing_found_and_nothing_asked(scene: Scene) -> None:
    scene.save()
    with counting(scene.tenant.sei) as statements:
        assert service.list_hits(scene.tenant, (), NOW) == ()
    assert statements == []


def test_the_best_candidate_that_leads_somewhere_is_the_answer(scene: Scene) -> None:
    sei = scene.sei
    one, other = sei.processo(), sei.processo()
    hidden = sei.processo(nivel="2")
    scene.save()
    candidates = [numero_of(p) for p in (hidden, one, other)]
    found = service.list_hits(scene.tenant, candidates, NOW)
    assert [a.chave for a in found] == [one.chave]
    found = service.list_hits(scene.tenant, candidates[::-1], NOW)
    assert [a.chave for a in found] == [other.chave]


def two_of_one_number(sei: SeiBuilder, **second: Any) -> tuple[Processo, Processo]:
    return sei.processo("SEI-070002/013015/2024"), sei.processo("SEI-0700020/13015/2024", **second)


def test_a_number_that_two_processos_share_lets_the_reader_choose(scene: Scene) -> None:
    """5.1: possible since 4.0"""
    one, other = two_of_one_number(scene.sei)
    assert one.chave == other.chave == "SEI0700020130152024"
    both = tuple(Hit(p.chave, p.numero, TIPO, None) for p in (one, other))
    assert scene.answer(one) == Ambiguous(both)
    assert scene.find(one.numero) == both
    for processo in (one, other):
        chosen = scene.answer(processo, formatado=processo.numero)
        assert isinstance(chosen, Tracking)
        assert chosen.procedimento.formatado == processo.numero
    assert scene.answer(one, formatado="outro") == Ambiguous(both)


@pytest.mark.parametrize("second", [{"nivel": "2"}, {"unidade": TEST_UNIT}])
def test_a_number_shared_with_one_that_may_not_be_named_is_not_ambiguous(
    scene: Scene, second: dict[str, Any]
) -> None:
    one, other = two_of_one_number(scene.sei, **second)
    assert scene.track(one).procedimento.formatado == one.numero
    assert scene.answer(one, formatado=other.numero).procedimento.formatado == one.numero
    assert [a.formatado for a in scene.find(one.numero)] == [one.numero]


def test_a_document_of_either_processo_of_a_shared_number_is_found(scene: Scene) -> None:
    one, other = two_of_one_number(scene.sei)
    first, second = scene.sei.externo(one), scene.sei.externo(other)
    for documento in (first, second):
        assert scene.documento(one, documento.numero).numero_sei == documento.numero


# Several órgãos


def test_with_several_orgaos_in_one_sei_the_page_says_so(scene: Scene) -> None:
    processo = scene.sei.processo()
    assert scene.track(processo).several_orgaos


def test_with_one_active_orgao_it_does_not(scene: Scene) -> None:
    processo = scene.sei.processo()
    scene.alter("UPDATE orgao SET sin_ativo = 'N' WHERE id_orgao = 1")
    assert not scene.track(processo).several_orgaos
