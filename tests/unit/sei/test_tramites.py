"""Pairing what the Tramita module writes (sei-database 9.3, tramita 11.1)."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.sei.tramites import EXPEDIDO, MODULOS, OUTCOMES, RECEBIDO, Trip, away, origin, pair
from portal.sei.values import Andamento, EstadoTramite, Tramite
from tests.unit.sei.conftest import A_DAY, NOW
from tests.unit.sei.makers import make_andamento

EXTERNA, RECUSADO = "PEN_OPERACAO_EXTERNA", "PEN_PROCESSO_RECUSADO"
CANCELADO, ABORTADA = "PEN_PROCESSO_CANCELADO", "PEN_EXPEDICAO_PROCESSO_ABORTADA"
AN_HOUR = timedelta(hours=1)
T0 = NOW - 5 * A_DAY

S = EstadoTramite


def andamento(modulo: str, n: int, moment: datetime | None = None, **atributos: Any) -> Andamento:
    """The nth of a history that has one an hour."""
    usual: dict[str, Any] = {
        EXPEDIDO: {"UNIDADE_DESTINO": "2ª Promotoria", "REPOSITORIO_DESTINO": "Justiça"},
        EXTERNA: {"UNIDADE_DESTINO": "2ª Promotoria", "REPOSITORIO_DESTINO": "Justiça"},
        RECUSADO: {"UNIDADE_DESTINO": "2ª Promotoria"},
        RECEBIDO: {"ENTIDADE_ORIGEM": "IGAM", "REPOSITORIO_ORIGEM": "Estado"},
    }
    return make_andamento(
        "texto",
        1001,
        modulo=modulo,
        moment=moment or T0 + n * AN_HOUR,
        id_atividade=100 + n,
        **(atributos or usual.get(modulo, {})),
    )


def history(*modulos: str) -> list[Andamento]:
    return [andamento(modulo, n) for n, modulo in enumerate(modulos)]


def states(trips: tuple[Trip, ...]) -> list[EstadoTramite]:
    return [trip.tramite.estado for trip in trips]


@pytest.mark.parametrize(
    ("modulos", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([EXPEDIDO], [S.EM_TRANSITO], id="9.3 none yet: em trâmite"),
        pytest.param([EXPEDIDO, EXTERNA], [S.RECEBIDO_LA], id="9.3 received"),
        pytest.param([EXPEDIDO, RECUSADO], [S.RECUSADO], id="9.3 refused"),
        pytest.param([EXPEDIDO, CANCELADO], [S.CANCELADO], id="9.3 cancelled"),
        pytest.param([EXPEDIDO, ABORTADA], [S.NAO_SAIU], id="9.3 failed before leaving"),
        pytest.param([RECEBIDO], [S.RECEBIDO_AQUI], id="9.3 arrived"),
        pytest.param([EXTERNA], [S.RECEBIDO_LA], id="received, its sending unknown"),
        pytest.param([RECUSADO], [S.RECUSADO], id="refused, its sending unknown"),
        pytest.param([CANCELADO], [S.CANCELADO], id="cancelled, its sending unknown"),
        pytest.param([ABORTADA], [S.NAO_SAIU], id="aborted, its sending unknown"),
        pytest.param(
            [EXPEDIDO, EXPEDIDO],
            [S.EM_TRANSITO, S.EM_TRANSITO],
            id="11.1 two sendings, neither decided",
        ),
        pytest.param(
            [EXPEDIDO, EXPEDIDO, EXTERNA],
            [S.EM_TRANSITO, S.RECEBIDO_LA],
            id="11.1 before the next EXPEDIDO: the outcome is of the second",
        ),
        pytest.param(
            [EXPEDIDO, RECUSADO, EXPEDIDO, EXTERNA],
            [S.RECUSADO, S.RECEBIDO_LA],
            id="11.1 refused, then sent again and received",
        ),
        pytest.param(
            [EXPEDIDO, RECUSADO, EXTERNA],
            [S.RECUSADO, S.RECEBIDO_LA],
            id="11.1 the first outcome decides",
        ),
        pytest.param(
            [EXPEDIDO, EXTERNA, RECEBIDO], [S.RECEBIDO_LA, S.RECEBIDO_AQUI], id="9.3 sent and back"
        ),
        pytest.param(
            [RECEBIDO, EXPEDIDO, EXTERNA, RECEBIDO],
            [S.RECEBIDO_AQUI, S.RECEBIDO_LA, S.RECEBIDO_AQUI],
            id="9.3 came, went and came back",
        ),
        pytest.param(
            [EXPEDIDO, CANCELADO, EXPEDIDO],
            [S.CANCELADO, S.EM_TRANSITO],
            id="cancelled, on its way again",
        ),
        pytest.param(
            [EXPEDIDO, RECEBIDO],
            [S.RECEBIDO_LA, S.RECEBIDO_AQUI],
            id="back without a receipt: what came back had arrived",
        ),
        pytest.param(
            [EXPEDIDO, RECEBIDO, EXPEDIDO, EXTERNA],
            [S.RECEBIDO_LA, S.RECEBIDO_AQUI, S.RECEBIDO_LA],
            id="11.1 an outcome is never of the sending before the last",
        ),
        pytest.param(["PEN_DOCUMENTO_AVULSO_RECEBIDO"], [], id="a lone document makes no trâmite"),
        pytest.param(
            [EXPEDIDO, "PEN_REPRODUCAO_ULTIMO_TRAMITE_EXPEDIDO", EXTERNA],
            [S.RECEBIDO_LA],
            id="a repetition decides nothing",
        ),
    ],
)
def test_the_states_of_a_history(modulos: list[str], expected: list[EstadoTramite]) -> None:
    assert states(pair(history(*modulos), NOW)) == expected


@pytest.mark.parametrize("modulo", OUTCOMES)
def test_an_outcome_stands_for_its_sending_too(modulo: str) -> None:
    sent, decided = history(EXPEDIDO, modulo)
    (trip,) = pair([sent, decided], NOW)
    assert trip == Trip(
        Tramite(OUTCOMES[modulo], "2ª Promotoria, Justiça", sent.moment, decided.moment)
        if modulo != RECUSADO
        else Tramite(S.RECUSADO, "2ª Promotoria", sent.moment, decided.moment),
        decided.id_atividade,
        sent.id_atividade,
    )


def test_a_receipt_that_arrives_after_the_processo_came_back_is_of_its_own_sending() -> None:
    """11.1: an outcome is the first after the sending and before the next EXPEDIDO. Our SEI may
    collect the receipt late, when the processo is already back."""
    sent, _, receipt = events = history(EXPEDIDO, RECEBIDO, EXTERNA)
    trips = pair(events, NOW)
    assert len(trips) == 2
    assert set(states(trips)) == {S.RECEBIDO_LA, S.RECEBIDO_AQUI}
    (there,) = [t for t in trips if t.tramite.estado is S.RECEBIDO_LA]
    assert there.tramite.sent_at == sent.moment
    assert (there.id_atividade, there.absorbed) == (receipt.id_atividade, sent.id_atividade)


def test_a_pending_sending_stands_for_itself() -> None:
    (sent,) = history(EXPEDIDO)
    assert pair([sent], NOW) == (
        Trip(
            Tramite(S.EM_TRANSITO, "2ª Promotoria, Justiça", sent.moment, None),
            sent.id_atividade,
            None,
        ),
    )


def test_an_arrival_names_where_it_came_from() -> None:
    (arrived,) = history(RECEBIDO)
    assert pair([arrived], NOW) == (
        Trip(
            Tramite(S.RECEBIDO_AQUI, "IGAM, Estado", None, arrived.moment),
            arrived.id_atividade,
            None,
        ),
    )


@pytest.mark.parametrize(
    ("age", "estado"),
    [
        pytest.param(timedelta(0), S.EM_TRANSITO, id="just sent"),
        pytest.param(8 * A_DAY, S.EM_TRANSITO, id="11.1 eight days to the minute"),
        pytest.param(
            8 * A_DAY + timedelta(seconds=1), S.EM_VERIFICACAO, id="11.1 older than 8 days"
        ),
        pytest.param(400 * A_DAY, S.EM_VERIFICACAO, id="11.1 forgotten"),
        pytest.param(-AN_HOUR, S.EM_TRANSITO, id="SEI's clock is ahead of ours"),
    ],
)
def test_a_sending_without_outcome_ages(age: timedelta, estado: EstadoTramite) -> None:
    assert states(pair([andamento(EXPEDIDO, 0, NOW - age)], NOW)) == [estado]


def test_an_outcome_decides_however_late_it_is() -> None:
    sent = andamento(EXPEDIDO, 0, NOW - 40 * A_DAY)
    assert states(pair([sent, andamento(EXTERNA, 1, NOW)], NOW)) == [S.RECEBIDO_LA]


def test_within_one_minute_the_ids_say_which_came_first() -> None:
    events = [andamento(m, n, T0) for n, m in enumerate([EXPEDIDO, RECUSADO, EXPEDIDO, EXTERNA])]
    assert states(pair(reversed(events), NOW)) == [S.RECUSADO, S.RECEBIDO_LA]


def test_the_order_they_are_given_in_does_not_matter() -> None:
    events = history(RECEBIDO, EXPEDIDO, RECUSADO, EXPEDIDO, EXTERNA, RECEBIDO)
    assert pair(reversed(events), NOW) == pair(events, NOW)
    assert pair(events[::2] + events[1::2], NOW) == pair(events, NOW)


def test_every_andamento_is_told_exactly_once() -> None:
    events = history(EXTERNA, EXPEDIDO, EXPEDIDO, RECUSADO, RECEBIDO, EXPEDIDO, CANCELADO, EXPEDIDO)
    trips = pair(events, NOW)
    told = [i for t in trips for i in (t.id_atividade, t.absorbed) if i is not None]
    assert sorted(told) == [e.id_atividade for e in events]
    assert {e.tarefa.id_tarefa_modulo for e in events} <= MODULOS


@pytest.mark.parametrize(
    ("atributos", "orgao"),
    [
        ({"UNIDADE_DESTINO": "TJMG"}, "TJMG"),
        ({"REPOSITORIO_DESTINO": "Justiça"}, "Justiça"),
        ({"UNIDADE_DESTINO": "TJMG", "REPOSITORIO_DESTINO": "TJMG"}, "TJMG"),
        ({"UNIDADE_DESTINO": "  TJMG\r\n", "REPOSITORIO_DESTINO": None}, "TJMG"),
        ({"UNIDADE_DESTINO": "ana@tjmg.jus.br"}, "(e-mail omitido)"),
        ({"UNIDADE_DESTINO_HIRARQUIA": "só isto"}, ""),
        ({"OUTRO": "x"}, ""),
    ],
)
def test_the_other_body_is_its_unit_and_repositorio(atributos: dict[str, Any], orgao: str) -> None:
    (trip,) = pair([andamento(EXPEDIDO, 0, **atributos)], NOW)
    assert trip.tramite.orgao == orgao


def test_an_outcome_without_names_takes_those_of_its_sending() -> None:
    for modulo in (CANCELADO, ABORTADA):
        (trip,) = pair(history(EXPEDIDO, modulo), NOW)
        assert trip.tramite.orgao == "2ª Promotoria, Justiça"


def test_who_cancelled_it_is_not_taken_for_the_other_body() -> None:
    (trip,) = pair([andamento(CANCELADO, 0, USUARIO="Beatriz Nogueira Lopes")], NOW)
    assert trip.tramite.orgao == ""


@pytest.mark.parametrize(
    ("modulos", "where"),
    [
        pytest.param([], None, id="never sent"),
        pytest.param([EXPEDIDO], S.EM_TRANSITO, id="on its way"),
        pytest.param([EXPEDIDO, EXTERNA], S.RECEBIDO_LA, id="9.3 EXTERNA with no later RECEBIDO"),
        pytest.param([EXTERNA], S.RECEBIDO_LA, id="received, its sending unknown"),
        pytest.param([EXPEDIDO, EXTERNA, RECEBIDO], None, id="9.3 a later RECEBIDO: it is back"),
        pytest.param([EXPEDIDO, RECUSADO], None, id="refused: never left"),
        pytest.param([EXPEDIDO, CANCELADO], None, id="cancelled: never left"),
        pytest.param([EXPEDIDO, ABORTADA], None, id="failed: never left"),
        pytest.param([EXPEDIDO, RECEBIDO], None, id="back without a receipt"),
        pytest.param([EXPEDIDO, RECEBIDO, EXTERNA], None, id="back, and the receipt came late"),
        pytest.param([RECEBIDO], None, id="arrived: it is here"),
        pytest.param([RECEBIDO, EXPEDIDO], S.EM_TRANSITO, id="arrived and sent on"),
        pytest.param([EXPEDIDO, RECUSADO, EXPEDIDO], S.EM_TRANSITO, id="refused and sent again"),
        pytest.param([EXPEDIDO, EXTERNA, RECEBIDO, EXPEDIDO, RECUSADO], None, id="back, refused"),
    ],
)
def test_whether_it_is_away(modulos: list[str], where: EstadoTramite | None) -> None:
    found = away(pair(history(*modulos), NOW))
    assert (found and found.estado) == where


def test_one_that_is_late_is_still_away() -> None:
    found = away(pair([andamento(EXPEDIDO, 0, NOW - 9 * A_DAY)], NOW))
    assert found is not None
    assert found.estado is S.EM_VERIFICACAO


@pytest.mark.parametrize(
    ("modulos", "nth"),
    [
        pytest.param([], None, id="never arrived"),
        pytest.param([EXPEDIDO, EXTERNA], None, id="only sent"),
        pytest.param([RECEBIDO], 0, id="arrived"),
        pytest.param([RECEBIDO, EXPEDIDO, EXTERNA, RECEBIDO], 3, id="the last arrival counts"),
        pytest.param([RECEBIDO, EXPEDIDO], 0, id="arrived and sent on"),
    ],
)
def test_where_it_came_from(modulos: list[str], nth: int | None) -> None:
    events = history(*modulos)
    found = origin(pair(events, NOW))
    assert (found and found.decided_at) == (None if nth is None else events[nth].moment)
