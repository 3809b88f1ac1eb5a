"""Where a processo is, on a SEI set up for each question."""

from datetime import date
from typing import Any

import pytest

from portal.demo import tramites as demo
from portal.demo.town import TEST_UNIT
from portal.demo.tramites import PROMOTORIA
from portal.sei.values import (
    Anexado,
    Bloqueado,
    Concluido,
    Eliminado,
    EmAndamento,
    Neighbour,
    Sobrestado,
)
from tests.unit.sei.conftest import TIPO, Scene, at, instant


def test_a_new_processo_is_where_it_was_opened(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(2))]


def test_since_is_when_it_arrived_and_not_when_it_was_received_nor_touched(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(5), received=at(6))
    sei.andamento(processo, 65, when=at(9), DESCRICAO="Em análise")
    sei.documento(processo, when=at(10))
    assert scene.open_in(processo) == [("SEFAZ", instant(5))]


def test_since_is_the_last_arrival_of_several(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(4))
    sei.forward(processo, "PROTOCOLO", when=at(6))
    sei.forward(processo, "SEFAZ", when=at(8))
    assert scene.open_in(processo) == [("SEFAZ", instant(8))]


def test_since_is_the_reopening(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.conclude(processo, when=at(4))
    sei.reopen(processo, when=at(9))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(9))]


def test_since_is_the_end_of_an_anexacao(scene: Scene) -> None:
    sei = scene.sei
    processo, other = sei.processo(autuacao=at(2)), sei.processo()
    sei.attach(processo, other, when=at(4))
    sei.detach(processo, when=at(9))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(9))]


def test_since_is_the_return_from_another_body(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    demo.send_out(sei, processo, PROMOTORIA, at(4))
    demo.deliver(sei, processo, PROMOTORIA, at(5))
    demo.arrive(sei, processo, PROMOTORIA, at(16))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(16))]


def test_a_processo_without_any_arrival_is_since_its_first_andamento_there(scene: Scene) -> None:
    processo = scene.sei.processo(generated=False, autuacao=at(2))
    scene.sei.andamento(processo, 65, when=at(3), stays_open=True, DESCRICAO="Migrado")
    scene.sei.andamento(processo, 65, when=at(7), DESCRICAO="Em análise")
    assert scene.open_in(processo) == [("PROTOCOLO", instant(3))]


def test_several_units_are_told_last_arrival_first(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(4), keep_open=True)
    sei.forward(processo, "PGM", origem="SEFAZ", when=at(6), keep_open=True)
    sei.forward(processo, "CGM", origem="PGM", when=at(7), keep_open=True)
    sei.conclude(processo, "PGM", when=at(9))
    assert scene.open_in(processo) == [
        ("CGM", instant(7)),
        ("SEFAZ", instant(4)),
        ("PROTOCOLO", instant(2)),
    ]


def test_sent_but_not_yet_received_is_at_the_destination(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.send(processo, "SEFAZ", when=at(5))
    assert scene.open_in(processo) == [("SEFAZ", instant(5))]


def test_a_concluded_processo_says_where_and_when(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(4), keep_open=True)
    sei.conclude(processo, "PROTOCOLO", at(6))
    sei.conclude(processo, "SEFAZ", at(9))
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, Concluido)
    assert situacao.unidade is not None
    assert (situacao.unidade.sigla, situacao.on) == ("SEFAZ", date(2026, 3, 9))


def test_a_concluded_processo_of_sei_3_1_says_the_same(scene: Scene) -> None:
    """`dta_conclusao` is of 4.1 on."""
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.conclude(processo, when=at(9))
    scene.alter("DROP INDEX i01_procedimento")
    scene.alter("ALTER TABLE procedimento DROP COLUMN dta_conclusao")
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, Concluido)
    assert situacao.on == date(2026, 3, 9)


def test_a_processo_without_any_andamento_is_concluded_nobody_knows_where(scene: Scene) -> None:
    processo = scene.sei.processo(generated=False)
    assert scene.track(processo).situacao == Concluido(None, None)


def test_a_sobrestado_says_since_when(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.suspend(processo, when=at(5))
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, Sobrestado)
    assert situacao.unidade is not None
    assert (situacao.unidade.sigla, situacao.since) == ("PROTOCOLO", instant(5))
    assert situacao.waits_for is None


@pytest.mark.parametrize(
    ("por", "options", "named"),
    [
        ({}, {}, True),
        ({"nivel": "1"}, {}, True),
        ({"nivel": "1"}, {"mostra_restritos": False}, False),
        ({"nivel": "2"}, {}, False),
        ({"unidade": "CM-PROTOCOLO"}, {"orgaos": [0]}, False),
        ({"unidade": TEST_UNIT}, {}, False),
    ],
)
def test_a_sobrestado_names_what_it_waits_for_when_that_may_be_named(
    scene: Scene, por: dict[str, Any], options: dict[str, Any], named: bool
) -> None:
    processo, other = scene.sei.processo(autuacao=at(2)), scene.sei.processo(**por)
    scene.sei.suspend(processo, waiting_for=other, when=at(5))
    scene.configure(**options)
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, Sobrestado)
    assert situacao.since == instant(5)
    assert situacao.waits_for == (Neighbour(other.numero, other.chave, TIPO) if named else None)
    assert (other.numero in repr(scene.track(processo))) is named


def test_a_sobrestado_that_was_resumed_goes_on(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.suspend(processo, when=at(5))
    scene.sei.resume(processo, when=at(8))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(2))]


def test_an_anexado_says_to_which(scene: Scene) -> None:
    one, other = scene.sei.processo(), scene.sei.processo()
    scene.sei.attach(one, other)
    assert scene.track(one).situacao == Anexado(Neighbour(other.numero, other.chave, TIPO))
    assert isinstance(scene.track(other).situacao, EmAndamento)


def test_a_processo_locked_by_hand_is_in_no_tramite(scene: Scene) -> None:
    """9.3: state 4 is no proof of a trâmite."""
    processo = scene.sei.processo()
    scene.sei.lock(processo)
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, Bloqueado)
    assert situacao.unidade is not None
    assert situacao.unidade.sigla == "PROTOCOLO"


def test_an_eliminado_says_only_that(scene: Scene) -> None:
    processo = scene.sei.processo()
    scene.sei.dispose(processo)
    assert scene.track(processo).situacao == Eliminado()


def test_a_processo_of_ours_may_be_in_a_unit_of_another_orgao(scene: Scene) -> None:
    """8: it is the órgão that opened it that counts."""
    scene.configure(orgaos=[0])
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.forward(processo, "CM-LEGISLATIVA", when=at(5))
    assert scene.open_in(processo) == [("CM-LEGISLATIVA", instant(5))]
