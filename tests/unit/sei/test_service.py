"""What the pages ask of SEI, on a SEI set up for each question."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.demo import tramites as demo
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.town import TEST_UNIT
from portal.demo.tramites import AGUAS, PROMOTORIA
from portal.errors import NotFound, Unavailable
from portal.sei import documentos, service, tables
from portal.sei.queries.names import KEPT
from portal.sei.values import (
    Ambiguous,
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Documento,
    Eliminado,
    EmAndamento,
    EstadoTramite,
    FormaAutenticacao,
    History,
    Hit,
    Neighbour,
    Signatario,
    Sobrestado,
    Tracking,
)
from tests.unit.sei.conftest import (
    A_DAY,
    FUSO,
    NOW,
    WALL_CLOCK,
    Scene,
    counting,
    number_of,
    numero_of,
)

TIPO = "IPTU: Revisão de Lançamento"
TWO = [("Ana Lima", "Chefe"), ("Rui Sá", "Fiscal")]
S = EstadoTramite


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    """A moment of this year, as SEI writes it."""
    return datetime(2026, month, day, hour)


def instant(day: int, hour: int = 10, month: int = 3) -> datetime:
    """The same as the portal says it."""
    return at(day, hour, month).replace(tzinfo=FUSO)


def aberto_em(scene: Scene, processo: Processo) -> list[tuple[str, datetime]]:
    situacao = scene.track(processo).situacao
    assert isinstance(situacao, EmAndamento)
    return [(p.unidade.sigla, p.since) for p in situacao.stays]


# Where it is


def test_a_new_processo_is_where_it_was_opened(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(2))]


def test_since_is_when_it_arrived_and_not_when_it_was_received_nor_touched(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(5), received=at(6))
    sei.andamento(processo, 65, when=at(9), DESCRICAO="Em análise")
    sei.documento(processo, when=at(10))
    assert aberto_em(scene, processo) == [("SEFAZ", instant(5))]


def test_since_is_the_last_arrival_of_several(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(4))
    sei.forward(processo, "PROTOCOLO", when=at(6))
    sei.forward(processo, "SEFAZ", when=at(8))
    assert aberto_em(scene, processo) == [("SEFAZ", instant(8))]


def test_since_is_the_reopening(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.conclude(processo, when=at(4))
    sei.reopen(processo, when=at(9))
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(9))]


def test_since_is_the_end_of_an_anexacao(scene: Scene) -> None:
    sei = scene.sei
    processo, other = sei.processo(autuacao=at(2)), sei.processo()
    sei.attach(processo, other, when=at(4))
    sei.detach(processo, when=at(9))
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(9))]


def test_since_is_the_return_from_another_body(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    demo.send_out(sei, processo, PROMOTORIA, at(4))
    demo.deliver(sei, processo, PROMOTORIA, at(5))
    demo.arrive(sei, processo, PROMOTORIA, at(16))
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(16))]


def test_a_processo_without_any_arrival_is_since_its_first_andamento_there(scene: Scene) -> None:
    processo = scene.sei.processo(generated=False, autuacao=at(2))
    scene.sei.andamento(processo, 65, when=at(3), stays_open=True, DESCRICAO="Migrado")
    scene.sei.andamento(processo, 65, when=at(7), DESCRICAO="Em análise")
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(3))]


def test_several_units_are_told_last_arrival_first(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(autuacao=at(2))
    sei.forward(processo, "SEFAZ", when=at(4), keep_open=True)
    sei.forward(processo, "PGM", origem="SEFAZ", when=at(6), keep_open=True)
    sei.forward(processo, "CGM", origem="PGM", when=at(7), keep_open=True)
    sei.conclude(processo, "PGM", when=at(9))
    assert aberto_em(scene, processo) == [
        ("CGM", instant(7)),
        ("SEFAZ", instant(4)),
        ("PROTOCOLO", instant(2)),
    ]


def test_sent_but_not_yet_received_is_at_the_destination(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.send(processo, "SEFAZ", when=at(5))
    assert aberto_em(scene, processo) == [("SEFAZ", instant(5))]


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
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(2))]


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


# Trâmites, from the andamentos to the answer


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
    assert aberto_em(scene, processo) == [("PROTOCOLO", instant(18))]


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


def test_with_consulta_processual_tramites_are_not_in_the_history(scene: Scene) -> None:
    """tramita 12: their flag is N, so the city's choice hides them; the lock stays."""
    processo = received_there(scene.sei)
    scene.configure(consulta_processual=True)
    tracking = scene.track(processo)
    assert isinstance(tracking.situacao, Bloqueado)
    assert [e for e in scene.steps(processo) if e.tramite] == []


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
    seen = walk(scene, processo, oldest_first=oldest_first)
    told = [e for page in seen for e in page.steps]
    (trip,) = [e.tramite for e in told if e.tramite is not None]
    assert trip.estado is S.RECEBIDO_LA
    assert (trip.sent_at, trip.decided_at) == (instant(3, month=1), instant(16))
    assert len([e for e in told if e.kind == "externo"]) == 1
    assert len(told) == len({e.id_atividade for e in told}) == between + 2


# The history


def walk(scene: Scene, processo: Processo, **options: Any) -> list[History]:
    """Every page, as a reader who goes on turning them."""
    pages: list[History] = []
    cursor: int | None = None
    while True:
        history = scene.track(processo, before=cursor, **options).history
        assert history is not None
        pages.append(history)
        cursor = history.next_cursor
        if cursor is None:
            return pages
        assert len(pages) < 20, "the pages never end"


def busy(sei: SeiBuilder, andamentos: int) -> Processo:
    """Opened, then as many andamentos more, three to a minute; every fourth is a minor step."""
    processo = sei.processo(autuacao=at(2, 9))
    for n in range(andamentos):
        quando = at(2, 9) + timedelta(minutes=1 + n // 3)
        if n % 4:
            sei.andamento(processo, 65, when=quando, DESCRICAO=f"Nota {n}")
        else:
            sei.andamento(processo, 48, when=quando)
    return processo


@pytest.mark.parametrize("oldest_first", [True, False])
@pytest.mark.parametrize("main_only", [True, False])
@pytest.mark.parametrize("andamentos", [0, 48, 49, 50, 99, 130])
def test_paging_shows_each_andamento_exactly_once(
    scene: Scene, andamentos: int, main_only: bool, oldest_first: bool
) -> None:
    processo = busy(scene.sei, andamentos)
    pages = walk(scene, processo, oldest_first=oldest_first, main_only=main_only)
    ids = [e.id_atividade for page in pages for e in page.steps]
    minor = {1 + n for n in range(1, andamentos + 1) if (n - 1) % 4 == 0} if main_only else set()
    expected = [i for i in range(1, andamentos + 2) if i not in minor]
    assert ids == (expected if oldest_first else expected[::-1])
    assert all(len(page.steps) == 50 for page in pages[:-1])
    assert pages[-1].steps
    if main_only:
        assert all(e.main for page in pages for e in page.steps)


def test_andamentos_that_may_not_be_shown_do_not_end_the_history(scene: Scene) -> None:
    """More than a page of them, in a row: the cursor goes on."""
    sei = scene.sei
    processo = sei.processo(autuacao=at(2, 9))
    draft = sei.minuta(processo)
    first = sei.andamento(processo, 65, DESCRICAO="Primeira")
    for _ in range(70):
        sei.andamento(processo, 7, when=processo.clock, DOCUMENTO=draft)
    last = sei.andamento(processo, 65, DESCRICAO="Última")
    for antigas in (True, False):
        pages = walk(scene, processo, oldest_first=antigas)
        ids = [e.id_atividade for page in pages for e in page.steps]
        expected = [1, first.id, last.id]
        assert ids == (expected if antigas else expected[::-1])


def test_a_cursor_of_nothing_gives_an_end_and_no_error(scene: Scene) -> None:
    processo = scene.sei.processo()
    for before in (0, 1, 2**31 - 1, 10**18 - 1):
        for antigas in (True, False):
            history = scene.track(processo, before=before, oldest_first=antigas).history
            assert history is not None
            assert history.next_cursor is None


def test_a_history_reads_as_a_letter_with_sei_s_own_text_beside_it(scene: Scene) -> None:
    sei = scene.sei
    processo, other = sei.processo(autuacao=at(2)), sei.processo()
    sei.forward(processo, "SEFAZ", when=at(4))
    parecer = sei.documento(processo, "Parecer")
    sei.andamento(
        processo, 7, MOTIVO="Publicação", DOCUMENTO=parecer, VEICULO="Diário", DATA="05/03/2026"
    )
    sei.suspend(processo, "Falta a planta, diz \u202eana@exemplo.com")
    sei.resume(processo)
    sei.andamento(processo, 101, PROCESSO=other)
    sei.conclude(processo)
    assert [(e.sentence, e.sei_text) for e in scene.steps(processo)] == [
        ("Processo aberto no Protocolo Geral", "Processo público gerado"),
        (
            "Enviado para a Secretaria Municipal de Fazenda",
            "Processo remetido pela unidade PROTOCOLO",
        ),
        ("Recebido na Secretaria Municipal de Fazenda", "Processo recebido na unidade"),
        (
            f"Documento {parecer.numero} (Parecer) publicado: Diário, 05/03/2026",
            f"Publicação do documento {parecer.numero} (Parecer) no veículo Diário de 05/03/2026",
        ),
        (
            "Processo parado, esperando (sobrestado)",
            "Sobrestamento.\nFalta a planta, diz (e-mail omitido)",
        ),
        ("Processo voltou a andar", "Remoção de sobrestamento"),
        (f"O processo {other.numero} foi juntado a este", f"Processo {other.numero} anexado"),
        (
            "Trabalho concluído na Secretaria Municipal de Fazenda",
            "Conclusão do processo na unidade",
        ),
    ]


def test_what_an_id_stands_for_is_looked_up(scene: Scene) -> None:
    """3.2: HIPOTESE_LEGAL, TIPO_CONFERENCIA and DOCUMENTO by their `id_origem`"""
    sei = scene.sei
    processo = sei.processo(nivel="1", hipotese="Informação Pessoal")
    externo = sei.externo(processo, "RG", conferencia="Cópia Simples")
    sei.andamento(processo, 107, HIPOTESE_LEGAL=(None, 4))
    sei.andamento(processo, 110, DOCUMENTO=externo, HIPOTESE_LEGAL=(None, None))
    sei.andamento(processo, 111, DOCUMENTO=externo, TIPO_CONFERENCIA=(None, 4))
    sei.andamento(processo, 13, DOCUMENTO=externo, TIPO_CONFERENCIA=(None, 999))
    scene.alter("UPDATE tarefa SET sin_historico_resumido = 'S'")
    scene.configure(documentos_de_restritos=True, andamentos_de_restritos=True)
    rg, lei = f"{externo.numero} (RG)", "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)"
    assert [" ".join(text.split()) for text in scene.told(processo)] == [
        f"Processo restrito gerado, {lei}",
        f"Registro de documento externo público {rg}, conferido com Cópia Simples",
        f"Alterada hipótese legal do processo para {lei}",
        f"Alterada hipótese legal do documento {rg} para não informada",
        f"Alterado tipo de conferência do documento {rg} para Cópia Simples",
        f"Registro de documento externo {rg}",
    ]


def test_before_its_first_known_name_a_unit_has_todays(scene: Scene) -> None:
    processo = scene.sei.processo(unidade="SEOBRAS", autuacao=datetime(2001, 5, 4, 9))
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS"]


def test_an_andamento_shows_the_name_its_unit_had_that_day(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(unidade="SEOBRAS", autuacao=datetime(2020, 5, 4, 9))
    sei.andamento(processo, 65, when=at(5), DESCRICAO="Hoje")
    old, new = scene.steps(processo)
    assert (old.unidade.sigla, new.unidade.sigla) == ("SEINFRA", "SEOBRAS")
    assert old.unidade.descricao == "Secretaria Municipal de Infraestrutura e Serviços Urbanos"


def test_where_sei_keeps_no_history_of_names_todays_name_is_shown(scene: Scene) -> None:
    """11(20), SEI 3.1"""
    processo = scene.sei.processo(unidade="SEOBRAS", autuacao=datetime(2020, 5, 4, 9))
    scene.alter("DROP TABLE unidade_historico")
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS"]


def name_unit(sei: SeiBuilder, sigla: str, since: datetime, until: datetime | None) -> None:
    """One more row of the history of SEOBRAS's names."""
    unidade = sei.unidade("SEOBRAS")
    sei.target.add(
        tables.unidade_historico,
        id_unidade_historico=sei.target.next_id(tables.unidade_historico),
        id_unidade=unidade.id_unidade,
        id_orgao=unidade.id_orgao,
        sigla=sigla,
        descricao=unidade.descricao,
        dta_inicio=since,
        dta_fim=until,
    )


def test_a_unit_renamed_twice_on_one_day_does_not_tell_its_andamentos_twice(scene: Scene) -> None:
    """1.8: unique on (dta_inicio, dta_fim, id), so two names may begin on one day."""
    sei = scene.sei
    name_unit(sei, "SEOB", datetime(2026, 1, 5), datetime(2026, 1, 5))
    name_unit(sei, "SEOBRAS", datetime(2026, 1, 5), None)
    processo = sei.processo(unidade="SEOBRAS", autuacao=at(2))
    sei.andamento(processo, 65, DESCRICAO="Em análise")
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS", "SEOBRAS"]
    assert len({e.id_atividade for e in scene.steps(processo)}) == 2


def test_an_older_name_that_was_written_down_later_is_not_the_newer(scene: Scene) -> None:
    """1.8: the name valid at `dth_abertura` goes by `dta_inicio`; ids say when it was typed in."""
    sei = scene.sei
    name_unit(sei, "SMOSU", datetime(2010, 1, 1), datetime(2015, 1, 4))
    processo = sei.processo(unidade="SEOBRAS", autuacao=datetime(2012, 5, 4, 9))
    sei.andamento(processo, 65, when=datetime(2020, 5, 4, 9), DESCRICAO="Em análise")
    sei.andamento(processo, 65, when=at(5), DESCRICAO="Em análise")
    siglas = [e.unidade.sigla for e in scene.steps(processo)]
    assert siglas == ["SMOSU", "SEINFRA", "SEOBRAS"]


def test_instants_are_of_the_tenant_s_zone(scene: Scene) -> None:
    """11(25)"""
    processo = scene.sei.processo(autuacao=at(2, 9))
    (event,) = scene.steps(processo)
    assert event.moment == instant(2, 9)
    assert event.moment.utcoffset() == timedelta(hours=-3)


# What is in it


def leaf_through(scene: Scene, processo: Processo) -> list[str]:
    numbers: list[str] = []
    cursor: str | None = None
    for _ in range(20):
        documentos = scene.track(processo, contents_after=cursor).contents
        assert documentos is not None
        assert len(documentos.items) <= 50
        numbers += [number_of(item) for item in documentos.items]
        cursor = documentos.next_cursor
        if cursor is None:
            return numbers
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("documentos", [0, 1, 49, 50, 51, 100, 125])
def test_paging_shows_each_document_exactly_once_and_in_sei_s_order(
    scene: Scene, documentos: int
) -> None:
    sei = scene.sei
    processo = sei.processo()
    expected = [
        sei.externo(processo, when=at(3)).numero
        if n % 3
        else sei.documento(processo, signers=TWO).numero
        for n in range(documentos)
    ]
    assert leaf_through(scene, processo) == expected


def test_documents_of_one_sequencia_are_neither_lost_nor_repeated(scene: Scene) -> None:
    """Whatever the order SEI's users gave them, even none."""
    sei = scene.sei
    processo = sei.processo()
    expected = [sei.externo(processo).numero for _ in range(120)]
    for n, row in enumerate(processo.contained):
        row["sequencia"] = 0 if n < 60 else 7
    assert leaf_through(scene, processo) == expected


def test_the_order_of_documents_is_that_of_the_sequencia(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo()
    numbers = [sei.externo(processo).numero for _ in range(3)]
    for row, sequencia in zip(processo.contained, (5, -2, 3), strict=True):
        row["sequencia"] = sequencia
    assert leaf_through(scene, processo) == [numbers[1], numbers[2], numbers[0]]


@pytest.mark.parametrize(
    "cursor", ["", "x", "1", "-", "1-x", "9" * 40, "1-" + "9" * 40, "-1-2", "٣-٤"]
)
def test_a_cursor_of_documents_that_is_none_starts_from_the_beginning(
    scene: Scene, cursor: str
) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.externo(processo)
    documentos = scene.track(processo, contents_after=cursor).contents
    assert documentos is not None
    assert [number_of(item) for item in documentos.items] == [documento.numero]


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


# What was typed


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
        assert service.find(scene.tenant, (), NOW) == ()
    assert statements == []


def test_the_best_candidate_that_leads_somewhere_is_the_answer(scene: Scene) -> None:
    sei = scene.sei
    one, other = sei.processo(), sei.processo()
    hidden = sei.processo(nivel="2")
    scene.save()
    candidates = [numero_of(p) for p in (hidden, one, other)]
    found = service.find(scene.tenant, candidates, NOW)
    assert [a.chave for a in found] == [one.chave]
    found = service.find(scene.tenant, candidates[::-1], NOW)
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


# How much is asked of SEI


def everything(sei: SeiBuilder) -> Processo:
    """A processo with whatever makes a page ask for more."""
    processo, other, waits = sei.processo(interessados=["Ana"]), sei.processo(), sei.processo()
    sei.documento(processo)
    sei.externo(processo, conferencia="Cópia Simples")
    sei.relate(processo, other)
    sei.attach(other, processo)
    demo.send_out(sei, processo, PROMOTORIA)
    demo.refuse(sei, processo, PROMOTORIA)
    sei.suspend(processo, waiting_for=waits)
    for n in range(130):
        sei.andamento(processo, 7, when=processo.clock, DOCUMENTO=processo.documentos[n % 2])
    for _ in range(60):
        sei.externo(processo, when=processo.clock)
    return processo


@pytest.mark.parametrize(
    "options", [{}, {"before": 60}, {"oldest_first": True}, {"main_only": True}]
)
@pytest.mark.parametrize("make", [everything, SeiBuilder.processo])
def test_a_page_takes_at_most_eight_selects_on_one_connection(
    scene: Scene, make: Callable[[SeiBuilder], Processo], options: dict[str, Any]
) -> None:
    processo = make(scene.sei)
    scene.track(processo)
    with counting(scene.tenant.sei) as statements:
        scene.track(processo, **options)
    assert 1 < len(statements) <= 8
    assert scene.tenant.sei.pool.checkedin() == 1


def test_a_bigger_processo_takes_no_more_selects(scene: Scene) -> None:
    processo = scene.sei.processo(interessados=["Ana"])
    scene.sei.documento(processo)
    scene.sei.andamento(processo, 7, DOCUMENTO=processo.documentos[0])
    counts = []
    for _ in range(2):
        scene.track(processo)
        with counting(scene.tenant.sei) as statements:
            scene.track(processo)
        counts.append(len(statements))
        for n in range(200):
            scene.sei.externo(processo, when=at(4))
            scene.sei.andamento(processo, 7, when=at(5), DOCUMENTO=processo.documentos[n])
    assert counts[0] == counts[1]


MISSES: list[Any] = [
    pytest.param(lambda sei: "99999999999999999", {}, id="absent"),
    pytest.param(lambda sei: sei.processo(nivel="2", grau="U"), {}, id="sigiloso"),
    pytest.param(lambda sei: sei.processo(nivel="1"), {"mostra_restritos": False}, id="restrito"),
    pytest.param(
        lambda sei: sei.processo(unidade="CM-PROTOCOLO"), {"orgaos": [0]}, id="other órgão"
    ),
    pytest.param(lambda sei: sei.processo(unidade=TEST_UNIT), {}, id="test unit"),
    pytest.param(lambda sei: sei.minuta(sei.processo()).numero, {}, id="a draft's number"),
    pytest.param(lambda sei: sei.externo(sei.processo()).numero, {}, id="a document's number"),
]


@pytest.mark.parametrize(("make", "options"), MISSES)
def test_every_miss_is_one_select_and_the_same_error(
    scene: Scene, make: Callable[[SeiBuilder], Any], options: dict[str, Any]
) -> None:
    what = make(scene.sei)
    known = scene.sei.processo()
    scene.configure(**options)
    with suppress(NotFound):
        scene.answer(known)  # the first question looks at the installation too
    numero = numero_of(what)
    asked: list[Callable[[], Any]] = [
        lambda: service.track(scene.tenant, numero, now=NOW),
        lambda: service.track(
            scene.tenant, numero, now=NOW, before=7, main_only=False, contents_after="1-1"
        ),
        lambda: documentos.get_documento(scene.tenant, numero, "0000419", now=NOW),
    ]
    for ask in asked:
        KEPT.forget(scene.tenant.sei)  # the words of a page are not asked for before there is one
        with counting(scene.tenant.sei) as statements, pytest.raises(NotFound) as missed:
            ask()
        assert len(statements) == 1
        assert missed.value.args == ()


@pytest.mark.parametrize(("make", "options"), MISSES[:5])
def test_looking_for_what_may_not_be_named_is_one_select_too(
    scene: Scene, make: Callable[[SeiBuilder], Any], options: dict[str, Any]
) -> None:
    what = make(scene.sei)
    known = scene.sei.processo()
    scene.configure(**options)
    scene.find(known.numero)
    with counting(scene.tenant.sei) as statements:
        assert service.find(scene.tenant, (numero_of(what),), NOW) == ()
    assert len(statements) == 1


def test_a_document_that_may_not_be_known_of_takes_as_many_selects_as_none(scene: Scene) -> None:
    sei = scene.sei
    processo, other = sei.processo(), sei.processo()
    cancelled = sei.externo(processo)
    sei.cancel(cancelled)
    missing = [
        "9999999",
        sei.minuta(processo).numero,
        cancelled.numero,
        sei.externo(other).numero,
        other.numero,
    ]
    scene.track(processo)
    counts = set()
    for numero_sei in missing:
        with counting(scene.tenant.sei) as statements, pytest.raises(NotFound):
            scene.documento(processo, numero_sei)
        counts.add(len(statements))
    assert counts == {2}


def test_a_sei_that_is_away_is_not_an_empty_answer(scene: Scene) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.externo(processo)
    scene.track(processo)
    scene.alter("ALTER TABLE protocolo RENAME TO outro")
    asked: list[Callable[[], Any]] = [
        lambda: scene.answer(processo),
        lambda: scene.find(processo.numero),
        lambda: scene.documento(processo, documento.numero),
    ]
    for ask in asked:
        with pytest.raises(Unavailable):
            ask()


# Several órgãos


def test_with_several_orgaos_in_one_sei_the_page_says_so(scene: Scene) -> None:
    processo = scene.sei.processo()
    assert scene.track(processo).several_orgaos


def test_with_one_active_orgao_it_does_not(scene: Scene) -> None:
    processo = scene.sei.processo()
    scene.alter("UPDATE orgao SET sin_ativo = 'N' WHERE id_orgao = 1")
    assert not scene.track(processo).several_orgaos


def test_a_processo_of_ours_may_be_in_a_unit_of_another_orgao(scene: Scene) -> None:
    """8: it is the órgão that opened it that counts."""
    scene.configure(orgaos=[0])
    processo = scene.sei.processo(autuacao=at(2))
    scene.sei.forward(processo, "CM-LEGISLATIVA", when=at(5))
    assert aberto_em(scene, processo) == [("CM-LEGISLATIVA", instant(5))]


# The city's own sentences


def test_the_tenant_s_own_sentences_are_told(scene: Scene, tmp_path: Any) -> None:
    file = tmp_path / "frases.toml"
    file.write_text('[tarefa.1]\nfrase = "Nasceu {na_unidade}"\nprincipal = false\n', "utf-8")
    scene.configure(tarefas=file)
    processo = scene.sei.processo()
    assert [e.sentence for e in scene.steps(processo)] == ["Nasceu no Protocolo Geral"]
    assert scene.steps(processo, main_only=True) == []


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
