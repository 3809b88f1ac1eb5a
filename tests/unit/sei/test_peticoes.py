"""A person's intimações and recibos: that they exist and until when, never what is in them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.town import TEST_UNIT
from portal.sei.peticoes import list_peticionamento
from portal.sei.queries import peticoes as rows
from portal.sei.values import (
    ANYONE,
    Contagem,
    Intimacao,
    Neighbour,
    Peticionamento,
    Prazo,
    Recibo,
    Resposta,
    TipoPeticao,
    Viewer,
)
from tests.unit.sei.conftest import HOJE, NOW, Scene, at, instant

DAY = timedelta(days=1)


def ask(scene: Scene, rosa: int) -> Peticionamento:
    scene.save()
    return list_peticionamento(scene.tenant, Viewer(frozenset({rosa})), NOW)


def intimacoes(scene: Scene, rosa: int) -> tuple[Intimacao, ...]:
    found = ask(scene, rosa).intimacoes
    assert found is not None
    return found


def neighbour(processo: Processo) -> Neighbour:
    return Neighbour(processo.numero, processo.chave, processo.tipo)


def notify(sei: SeiBuilder, rosa: int, nivel: str = "0", **options: Any) -> Processo:
    processo = sei.processo(nivel=nivel, autuacao=at(2))
    documento = sei.documento(processo, "Notificação", nivel=nivel, text=["Segredo da notificação"])
    sei.intimacao([documento], [rosa], **options)
    return processo


def test_of_an_intimacao_its_kind_and_its_days_are_said(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    processo = notify(scene.sei, rosa, tipo="Defesa", tacit=HOJE + DAY)
    (found,) = intimacoes(scene, rosa)
    expedida = scene.scalar("SELECT data_cadastro FROM md_pet_int_rel_dest")
    assert f"{found.expedida:%Y-%m-%d %H:%M}" == expedida[:16]
    assert (found.tipo, found.resposta, found.pending) == ("Defesa", Resposta.EXIGIDA, True)
    assert (found.tacit_on, found.tacit_days, found.due) == (HOJE + DAY, None, None)
    assert found.processo == neighbour(processo)
    assert found.documento == processo.documentos[0].numero
    assert "Segredo" not in repr(found)


def test_without_its_day_the_rule_is_said_when_there_is_only_one(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa)
    assert intimacoes(scene, rosa)[0].tacit_days is None
    scene.sei.prazo_tacito(10)
    assert intimacoes(scene, rosa)[0].tacit_days == 10
    scene.sei.prazo_tacito(5)
    assert intimacoes(scene, rosa)[0].tacit_days is None


@pytest.mark.parametrize(
    ("statement", "waits"),
    [
        pytest.param("", True, id="10.2 pendente"),
        pytest.param(
            "UPDATE md_pet_int_rel_dest SET sin_ativo = NULL", True, id="of before sin_ativo"
        ),
        pytest.param("UPDATE md_pet_int_rel_dest SET sin_ativo = 'N'", False, id="taken back"),
        *(
            pytest.param(
                f"UPDATE md_pet_int_rel_dest SET sta_situacao_intimacao = '{situacao}'",
                False,
                id=f"10.2 situação {situacao}, nothing to answer",
            )
            for situacao in "459"
        ),
        pytest.param(
            "INSERT INTO md_pet_int_aceite SELECT id_md_pet_int_rel_dest FROM md_pet_int_rel_dest",
            False,
            id="10.2 read, and the situação not yet written",
        ),
    ],
)
def test_which_intimacoes_wait(scene: Scene, statement: str, waits: bool) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa)
    if statement:
        scene.alter(statement)
    assert bool(intimacoes(scene, rosa)) is waits


@pytest.mark.parametrize("situacao", ["2", "3"])
@pytest.mark.parametrize(("resposta", "waits"), [("E", True), ("F", False), ("S", False)])
def test_what_must_be_answered_waits_without_a_last_day_too(
    scene: Scene, situacao: str, resposta: str, waits: bool
) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, fulfilled=1, resposta=resposta)
    scene.alter(f"UPDATE md_pet_int_rel_dest SET sta_situacao_intimacao = '{situacao}'")
    assert [(i.exigencia, i.due) for i in intimacoes(scene, rosa)] == ([(True, None)] * waits)


def test_an_answer_that_may_come_at_any_time_has_no_day(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, fulfilled=1, due=HOJE)
    scene.alter("UPDATE md_pet_int_rel_tpo_res_des SET data_limite = NULL")
    assert [(i.exigencia, i.due) for i in intimacoes(scene, rosa)] == [(True, None)]


@pytest.mark.parametrize(
    ("prazo", "unit"),
    [
        ((15, "U"), Contagem.DIAS_UTEIS),
        ((5, "D"), Contagem.DIAS),
        ((2, "M"), Contagem.MESES),
        ((1, "A"), Contagem.ANOS),
    ],
)
def test_how_long_there_is_to_answer_is_said_before_it_is_read(
    scene: Scene, prazo: tuple[int, str], unit: Contagem
) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, prazo=prazo)
    notify(scene.sei, rosa, fulfilled=1, due=HOJE, prazo=prazo)
    found = {i.pending: i.prazos for i in intimacoes(scene, rosa)}
    assert found == {True: (Prazo("Manifestação", prazo[0], unit),), False: ()}


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE md_pet_int_rel_tipo_resp SET sin_ativo = 'N'", []),
        ("DROP TABLE md_pet_int_tipo_resp", []),
        ("UPDATE md_pet_int_tipo_resp SET tipo_prazo_externo = NULL", [None]),
        ("UPDATE md_pet_int_tipo_resp SET tipo_prazo_externo = '?'", [None]),
        ("UPDATE md_pet_int_tipo_resp SET valor_prazo_externo = NULL", [None]),
    ],
)
def test_of_a_deadline_no_more_is_said_than_sei_does(
    scene: Scene, statement: str, said: list[None]
) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, prazo=(15, "U"))
    scene.alter(statement)
    assert [p.many for i in intimacoes(scene, rosa) for p in i.prazos] == said


def test_what_has_its_day_first_comes_first(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa)
    notify(scene.sei, rosa, tacit=HOJE + 9 * DAY)
    notify(scene.sei, rosa, fulfilled=1, due=HOJE + DAY)
    days = [intimacao.day for intimacao in intimacoes(scene, rosa)]
    assert days == [HOJE + DAY, HOJE + 9 * DAY, None]


@pytest.mark.parametrize(("many", "more"), [(2, False), (3, True)])
def test_of_very_many_the_newest_are_told_and_that_there_are_more(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, many: int, more: bool
) -> None:
    monkeypatch.setattr(rows, "MOST", 2)
    rows.select_intimacoes.cache_clear()
    rows.select_recibos.cache_clear()
    rosa = scene.sei.contato("Rosa Lima")
    usuario = scene.sei.usuario_externo(rosa)
    for _ in range(many):
        scene.sei.recibo(notify(scene.sei, rosa), usuario)
    found = ask(scene, rosa)
    rows.select_intimacoes.cache_clear()
    rows.select_recibos.cache_clear()
    assert found.intimacoes is not None
    assert found.recibos is not None
    assert (len(found.intimacoes), len(found.recibos)) == (2, 2)
    assert (found.more_intimacoes, found.more_recibos) == (more, more)


@pytest.mark.parametrize(
    ("due", "prorrogada", "said"),
    [
        (HOJE, None, HOJE),
        (HOJE - DAY, None, None),
        (HOJE - DAY, HOJE + DAY, HOJE + DAY),
        (HOJE + DAY, HOJE - DAY, None),
    ],
)
def test_what_was_read_waits_for_its_answer_until_its_day(
    scene: Scene, due: Any, prorrogada: Any, said: Any
) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, fulfilled=1, due=due)
    if prorrogada:
        scene.alter(
            "UPDATE md_pet_int_rel_tpo_res_des SET data_prorrogada ="
            f" '{prorrogada} 23:59:59.000000'"
        )
    found = intimacoes(scene, rosa)
    assert [(i.due, i.pending) for i in found] == ([(said, False)] if said else [])


def test_it_is_its_addressees_alone(scene: Scene) -> None:
    rosa, ivo = scene.sei.contato("Rosa Lima"), scene.sei.contato("Ivo Reis")
    processo = notify(scene.sei, rosa)
    scene.sei.interessado(processo, ivo)
    assert intimacoes(scene, ivo) == ()
    assert list_peticionamento(scene.tenant, ANYONE, NOW) == Peticionamento((), ())


def whole(sei: SeiBuilder, rosa: int, processo: Processo) -> None:
    sei.usuario_externo(rosa)
    sei.acesso_externo(processo, rosa)


@pytest.mark.parametrize(
    ("nivel", "opened", "named"),
    [
        ("0", False, True),
        ("1", False, False),
        ("1", True, True),
        ("2", False, False),
        ("2", True, False),
    ],
)
def test_the_processo_is_named_to_who_may_see_it(
    scene: Scene, nivel: str, opened: bool, named: bool
) -> None:
    scene.configure(mostra_restritos=True, documentos_de_restritos=True)
    rosa = scene.sei.contato("Rosa Lima")
    processo = notify(scene.sei, rosa, nivel)
    if opened:
        whole(scene.sei, rosa, processo)
    (found,) = intimacoes(scene, rosa)
    assert found.processo == (neighbour(processo) if named else None)
    assert found.documento == (processo.documentos[0].numero if nivel == "0" else None)
    if not named:
        assert processo.numero not in repr(found)


def test_another_orgaos_intimacao_is_not_the_tenants(scene: Scene) -> None:
    scene.configure(orgaos=[1])
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa)
    assert intimacoes(scene, rosa) == ()


def test_of_the_test_unit_no_number_is_said(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    processo = scene.sei.processo(unidade=TEST_UNIT)
    scene.sei.intimacao([scene.sei.documento(processo)], [rosa])
    (found,) = intimacoes(scene, rosa)
    assert (found.processo, found.documento) == (None, None)


def test_where_the_module_is_not_nothing_is_known(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    for table in ("md_pet_int_rel_tpo_res_des", "md_pet_rel_recibo_protoc"):
        scene.alter(f"DROP TABLE {table}")
    assert ask(scene, rosa) == Peticionamento(None, None)


def test_an_older_module_has_no_day(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    notify(scene.sei, rosa, tacit=HOJE)
    scene.alter("ALTER TABLE md_pet_int_rel_dest DROP COLUMN dta_prazo_tacito")
    assert [i.tacit_on for i in intimacoes(scene, rosa)] == [None]


def finished(sei: SeiBuilder, processo: Processo, usuario: int) -> None:
    sei.recibo(processo, usuario, "N")


def unfinished(sei: SeiBuilder, processo: Processo, usuario: int) -> None:
    sei.recibo(processo, usuario, "N", finished=False)


def of_another(sei: SeiBuilder, processo: Processo, usuario: int) -> None:
    sei.recibo(processo, sei.usuario_externo(sei.contato("Ivo Reis")), "N")


@pytest.mark.parametrize(
    ("make", "listed"), [(finished, True), (unfinished, False), (of_another, False)]
)
def test_a_recibo_is_of_who_sent_it_and_of_what_arrived(
    scene: Scene, make: Callable[[SeiBuilder, Processo, int], None], listed: bool
) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    usuario = scene.sei.usuario_externo(rosa)
    processo = scene.sei.processo(autuacao=at(9))
    make(scene.sei, processo, usuario)
    expected = Recibo(TipoPeticao.PROCESSO_NOVO, instant(9), neighbour(processo))
    assert ask(scene, rosa).recibos == ((expected,) if listed else ())


def test_a_recibo_names_no_restrito(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    processo = scene.sei.processo(nivel="1", autuacao=at(9))
    scene.sei.recibo(processo, scene.sei.usuario_externo(rosa), "?")
    assert ask(scene, rosa).recibos == (Recibo(TipoPeticao.OUTRA, instant(9), None),)
