"""Trâmites, from the andamentos in SEI to the answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.demo import tramites as demo
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.tramites import AGUAS, PROMOTORIA
from portal.sei.values import ComOutroOrgao, EmAndamento, EstadoTramite
from tests.unit.sei.conftest import A_DAY, FUSO, NOW, WALL_CLOCK, Scene, at, instant

S = EstadoTramite


def sent(sei: SeiBuilder) -> Processo:
    processo = sei.processo(autuacao=at(2))
    demo.send_out(sei, processo, PROMOTORIA, at(16))
    return processo


def sent_long_ago(sei: SeiBuilder) -> Processo:
    processo = sei.processo(autuacao=at(2))
    demo.send_out(sei, processo, PROMOTORIA, at(9))
    return processo


def received_there(sei: SeiBuilder) -> Processo:
    processo = sent(sei)
    demo.deliver(sei, processo, PROMOTORIA, at(17))
    return processo


def refused(sei: SeiBuilder) -> Processo:
    processo = sent(sei)
    demo.refuse(sei, processo, PROMOTORIA, when=at(17))
    return processo


def cancelled(sei: SeiBuilder) -> Processo:
    processo = sent(sei)
    demo.cancel(sei, processo, at(17))
    return processo


def aborted(sei: SeiBuilder) -> Processo:
    processo = sent(sei)
    demo.abort(sei, processo, at(17))
    return processo


def arrived(sei: SeiBuilder) -> Processo:
    processo = sei.processo("2980.01.0000007/2025-11", generated=False, autuacao=at(2))
    demo.arrive(sei, processo, AGUAS, at(3))
    return processo


def back(sei: SeiBuilder) -> Processo:
    processo = received_there(sei)
    demo.arrive(sei, processo, PROMOTORIA, at(19))
    return processo


def refused_and_sent_again(sei: SeiBuilder) -> Processo:
    processo = refused(sei)
    demo.send_out(sei, processo, PROMOTORIA, at(18))
    return processo


@pytest.mark.parametrize(
    ("make", "situacao", "tramites"),
    [
        pytest.param(sent, S.EM_TRANSITO, [S.EM_TRANSITO], id="em trânsito"),
        pytest.param(sent_long_ago, S.EM_VERIFICACAO, [S.EM_VERIFICACAO], id="em verificação"),
        pytest.param(received_there, S.RECEBIDO_LA, [S.RECEBIDO_LA], id="recebido lá"),
        pytest.param(refused, None, [S.RECUSADO], id="recusado"),
        pytest.param(cancelled, None, [S.CANCELADO], id="cancelado"),
        pytest.param(aborted, None, [S.NAO_SAIU], id="não saiu"),
        pytest.param(arrived, None, [S.RECEBIDO_AQUI], id="recebido aqui"),
        pytest.param(back, None, [S.RECEBIDO_LA, S.RECEBIDO_AQUI], id="foi e voltou"),
        pytest.param(
            refused_and_sent_again,
            S.EM_TRANSITO,
            [S.RECUSADO, S.EM_TRANSITO],
            id="recusado e enviado de novo",
        ),
    ],
)
def test_a_tramite_is_one_entry_and_says_where_the_processo_is(
    scene: Scene,
    make: Callable[[SeiBuilder], Processo],
    situacao: EstadoTramite | None,
    tramites: list[EstadoTramite],
) -> None:
    processo = make(scene.sei)
    tracking = scene.track(processo)
    if situacao is None:
        assert isinstance(tracking.situacao, EmAndamento)
    else:
        assert isinstance(tracking.situacao, ComOutroOrgao)
        assert tracking.situacao.tramite.estado is situacao
        assert tracking.situacao.tramite.orgao == f"{PROMOTORIA.unidade}, {PROMOTORIA.repositorio}"
    steps = scene.steps(processo)
    assert [e.tramite.estado for e in steps if e.tramite] == tramites
    assert len([e for e in steps if e.kind == "externo"]) == len(tramites)
    for order in (True, False):
        main = scene.steps(processo, main_only=order)
        assert [e.tramite.estado for e in main if e.tramite] == tramites


def test_a_processo_from_outside_says_where_it_came_from(scene: Scene) -> None:
    processo = arrived(scene.sei)
    came = scene.track(processo).came_from
    assert came is not None
    assert came.orgao == f"{AGUAS.unidade}, {AGUAS.repositorio}"
    assert (came.sent_at, came.decided_at) == (None, instant(3))
    assert scene.track(scene.sei.processo()).came_from is None


def test_a_processo_open_here_while_a_copy_is_away_is_here(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.andamento(processo, "PEN_PROCESSO_EXPEDIDO", when=at(16), UNIDADE_DESTINO="TJMG")
    sei.andamento(processo, "PEN_OPERACAO_EXTERNA", when=at(17), UNIDADE_DESTINO="TJMG")
    sei.reopen(processo, when=at(18))
    assert scene.open_in(processo) == [("PROTOCOLO", instant(18))]


def test_a_processo_that_is_locked_and_was_sent_is_away_whatever_is_left_open(scene: Scene) -> None:
    """9.3, 11(28)"""
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.lock(processo, at(16))
    sei.andamento(
        processo, "PEN_PROCESSO_EXPEDIDO", when=at(16), stays_open=True, UNIDADE_DESTINO="TJMG"
    )
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, ComOutroOrgao)
    assert situacao.tramite.orgao == "TJMG"


def test_a_tramite_is_told_whatever_history_the_tenant_uses(scene: Scene) -> None:
    """9.3, tramita 12: its flag for Consulta Processual is N in every SEI."""
    processo = received_there(scene.sei)
    plain = scene.track(processo)
    scene.configure(consulta_processual=True)
    tracking = scene.track(processo)
    assert isinstance(tracking.situacao, ComOutroOrgao)
    assert tracking.situacao == plain.situacao
    assert [e.tramite for e in scene.steps(processo) if e.tramite] == [tracking.situacao.tramite]


@pytest.mark.parametrize("between", [0, 45, 49, 50, 51, 120])
@pytest.mark.parametrize("oldest_first", [True, False])
def test_a_tramite_is_one_entry_even_when_its_two_andamentos_are_pages_apart(
    scene: Scene, between: int, oldest_first: bool
) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2, month=1))
    demo.send_out(sei, processo, PROMOTORIA, at(3, month=1))
    start = at(4, month=1)
    for n in range(between):
        sei.andamento(processo, 65, when=start + n * timedelta(hours=1), DESCRICAO=f"Nota {n}")
    demo.deliver(sei, processo, PROMOTORIA, at(16))
    seen = scene.walk(processo, oldest_first=oldest_first)
    told = [e for page in seen for e in page.steps]
    (trip,) = [e.tramite for e in told if e.tramite is not None]
    assert trip.estado is S.RECEBIDO_LA
    assert (trip.sent_at, trip.decided_at) == (instant(3, month=1), instant(16))
    assert len([e for e in told if e.kind == "externo"]) == 1
    assert len(told) == len({e.id_atividade for e in told}) == between + 2


def test_a_city_cannot_take_a_tramite_out_of_the_main_steps(scene: Scene, tmp_path: Any) -> None:
    """Where the processo is must not depend on what the reader chose to see."""
    file = tmp_path / "frases.toml"
    file.write_text(
        '[modulo.PEN_OPERACAO_EXTERNA]\nfrase = "Entregue"\nprincipal = false\n', "utf-8"
    )
    scene.configure(tarefas=file)
    processo = received_there(scene.sei)
    for main_only in (True, False):
        tracking = scene.track(processo, main_only=main_only)
        assert isinstance(tracking.situacao, ComOutroOrgao)
        assert [
            e.tramite.estado for e in scene.steps(processo, main_only=main_only) if e.tramite
        ] == [S.RECEBIDO_LA]


def test_now_is_an_argument(scene: Scene) -> None:
    processo = sent(scene.sei)
    later = scene.answer(processo, now=NOW + 30 * A_DAY)
    assert later.situacao.tramite.estado is S.EM_VERIFICACAO
    assert WALL_CLOCK.replace(tzinfo=FUSO) == NOW
