"""Which processos may be named, and what is said of one that is (4.1).

What a row alone decides is asked of the function that decides it; what SQL decides is asked of a
SEI set up for it, through the services.
"""

from collections.abc import Callable
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.errors import NotFound
from portal.sei import visibility
from portal.sei.values import EstadoProtocolo, HipoteseLegal, NaoInformada, NivelAcesso
from tests.unit.sei.conftest import Scene
from tests.unit.sei.makers import make_other_processo, make_referenced, make_rules
from tests.unit.sei.visibility.scenes import (
    EVERYTHING,
    PUBLICO,
    RESTRITO,
    SIGILOSO,
    of_another_orgao,
    of_the_test_unit,
    show_all_tarefas,
)


@pytest.mark.parametrize("restritos", [True, False])
@pytest.mark.parametrize("nivel_global", NivelAcesso)
@pytest.mark.parametrize("local", NivelAcesso)
def test_a_processo_is_named_by_its_global_level(
    local: NivelAcesso, nivel_global: NivelAcesso, restritos: bool
) -> None:
    """11(7); and whatever is sigiloso in any way is not, should the two levels contradict."""
    named = SIGILOSO not in (local, nivel_global) and (nivel_global is PUBLICO or restritos)
    levels = {"nivel_acesso_local": local, "nivel_acesso_global": nivel_global}
    rules = make_rules(restritos=restritos)
    assert visibility.may_name(make_other_processo(**levels), rules) is named
    other = make_other_processo(**levels)
    assert visibility.may_name_other(other, rules, frozenset()) is named


def test_a_processo_of_the_test_unit_is_not_named() -> None:
    """9.4, 11(29)"""
    rules = make_rules(unidade_teste=7)
    assert not visibility.may_name(make_other_processo(id_unidade_geradora=7), rules)
    assert visibility.may_name(make_other_processo(id_unidade_geradora=8), rules)


@pytest.mark.parametrize(
    ("orgaos", "named"),
    [
        pytest.param((), True, id="8 no list: all"),
        pytest.param((0,), True, id="8, 11(1) 0 is a real órgão"),
        pytest.param((1,), False, id="8 of another órgão"),
        pytest.param((0, 1), True, id="8 one of several"),
    ],
)
def test_another_processo_is_named_only_of_the_tenant_s_orgaos(
    orgaos: tuple[int, ...], named: bool
) -> None:
    other = make_other_processo(id_orgao=0)
    assert visibility.may_name_other(other, make_rules(), frozenset(orgaos)) is named


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(None, id="4.1(1) no such number"),
        pytest.param(make_referenced(), id="4.1(1) a document's number"),
    ],
)
def test_what_is_no_processo_is_not_named_as_one(found: Any) -> None:
    assert not visibility.may_name_other(found, make_rules(), frozenset())


def with_one_document(nivel: NivelAcesso) -> Callable[[SeiBuilder], Processo]:
    def make(sei: SeiBuilder) -> Processo:
        processo = sei.processo()
        sei.documento(processo, nivel=nivel)
        return processo

    return make


def eliminado(sei: SeiBuilder) -> Processo:
    processo = sei.processo()
    sei.dispose(processo)
    return processo


def contradictory(sei: SeiBuilder) -> Processo:
    processo = sei.processo()
    processo.row["sta_nivel_acesso_local"] = SIGILOSO.value
    return processo


def in_state(estado: EstadoProtocolo) -> Callable[[SeiBuilder], Processo]:
    def make(sei: SeiBuilder) -> Processo:
        processo = sei.processo()
        processo.row["sta_estado"] = estado.value
        return processo

    return make


FORBIDDEN = [
    pytest.param(lambda sei: "99999999999999999", {}, id="4.1(1) no such number"),
    pytest.param(
        lambda sei: sei.documento(sei.processo()).numero, {}, id="4.1(1) a document's number"
    ),
    pytest.param(lambda sei: sei.processo(nivel="2", grau="S"), {}, id="4.1(2) sigiloso"),
    pytest.param(lambda sei: sei.processo(nivel="2"), EVERYTHING, id="4.1(2) sigiloso, all open"),
    pytest.param(with_one_document(SIGILOSO), EVERYTHING, id="4.1(2) sigiloso by one document"),
    pytest.param(contradictory, EVERYTHING, id="4.1(2) local sigiloso, global público"),
    pytest.param(
        lambda sei: sei.processo(nivel="1"),
        {"mostra_restritos": False},
        id="4.1(3) restrito, METADADOS=N",
    ),
    pytest.param(
        with_one_document(RESTRITO),
        {"mostra_restritos": False},
        id="4.1(3) restrito by one document",
    ),
    pytest.param(of_the_test_unit, EVERYTHING, id="9.4 of the test unit"),
    pytest.param(of_another_orgao, {"orgaos": [0]}, id="8 of another órgão"),
    pytest.param(of_another_orgao, {"orgaos": [7, 0]}, id="8 of none of several órgãos"),
    pytest.param(lambda sei: sei.processo(), {"orgaos": [1]}, id="8, 11(1) of órgão 0, not listed"),
]
NAMED = [
    pytest.param(lambda sei: sei.processo(), {}, id="4.1(4) público"),
    pytest.param(lambda sei: sei.processo(nivel="1"), {}, id="4.1(3) restrito, METADADOS=S"),
    pytest.param(
        with_one_document(RESTRITO), {}, id="4.1(3) restrito by one document, METADADOS=S"
    ),
    pytest.param(of_another_orgao, {}, id="8 of any órgão when none is listed"),
    pytest.param(of_another_orgao, {"orgaos": [1]}, id="8 of the órgão listed"),
    pytest.param(lambda sei: sei.processo(), {"orgaos": [0]}, id="8, 11(1) of órgão 0, listed"),
    pytest.param(eliminado, {}, id="4.1 eliminado: metadata"),
    *(
        pytest.param(in_state(estado), {}, id=f"4.1 state does not hide: {estado.name.lower()}")
        for estado in EstadoProtocolo
        if estado is not EstadoProtocolo.CANCELADO
    ),
]


@pytest.mark.parametrize(("make", "options"), FORBIDDEN)
def test_a_processo_that_may_not_be_named_is_not_found(
    scene: Scene, make: Callable[[SeiBuilder], Any], options: dict[str, Any]
) -> None:
    what = make(scene.sei)
    scene.configure(**options)
    with pytest.raises(NotFound):
        scene.answer(what)
    if isinstance(what, Processo):
        assert scene.find(what.numero) == ()


@pytest.mark.parametrize(("make", "options"), NAMED)
def test_a_processo_that_may_be_named_is_found(
    scene: Scene, make: Callable[[SeiBuilder], Processo], options: dict[str, Any]
) -> None:
    processo = make(scene.sei)
    scene.configure(**options)
    assert scene.track(processo).procedimento.formatado == processo.numero
    assert [a.chave for a in scene.find(processo.numero)] == [processo.chave]


def test_the_level_is_read_again_at_every_request(scene: Scene) -> None:
    """11(8)"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    assert scene.listed(processo) == [documento.numero]
    scene.sei.restrict(processo, SIGILOSO)
    with pytest.raises(NotFound):
        scene.track(processo)
    scene.sei.restrict(processo, PUBLICO)
    assert scene.listed(processo) == [documento.numero]


# What is said of a restrito, and of an eliminado


def test_of_a_restrito_only_number_tipo_orgao_and_hipotese_legal_are_said(scene: Scene) -> None:
    """4.1, "Portal:" and with it 4.1(4)"""
    sei = scene.sei
    processo = sei.processo(
        nivel="1",
        hipotese="Informação Pessoal",
        interessados=["Ana Lima"],
        descricao="Benefício de Ana Lima",
    )
    sei.documento(processo)
    sei.forward(processo, "SEFAZ")
    sei.conclude(processo)
    scene.configure(mostra_descricao=True)
    tracking = scene.track(processo)
    said = tracking.procedimento
    assert (said.formatado, said.tipo) == (processo.numero, "IPTU: Revisão de Lançamento")
    assert said.orgao == "Prefeitura Municipal de Vale das Acácias"
    assert said.nivel_acesso_global is RESTRITO
    assert said.hipotese_legal == HipoteseLegal(
        "Informação Pessoal", "Art. 31 da Lei nº 12.527/2011"
    )
    assert (said.autuacao, said.unidade_geradora, said.concluded_on) == (None, None, None)
    assert said.descricao is None
    assert said.estado is EstadoProtocolo.NORMAL
    assert tracking.situacao == NaoInformada()
    assert tracking.interessados == ()
    assert (tracking.history, tracking.contents, tracking.came_from) == (None, None, None)


@pytest.mark.parametrize(
    "estado", [e for e in EstadoProtocolo if e is not EstadoProtocolo.CANCELADO]
)
def test_the_state_of_a_restrito_is_not_said(scene: Scene, estado: EstadoProtocolo) -> None:
    """4.1, "Portal:" """
    processo = scene.sei.processo(nivel="1")
    processo.row["sta_estado"] = estado.value
    tracking = scene.track(processo)
    assert tracking.procedimento.estado is EstadoProtocolo.NORMAL
    assert tracking.situacao == NaoInformada()


def test_that_a_restrito_was_eliminado_is_not_said(scene: Scene) -> None:
    """4.1, "Portal:": its content is gone, but what is said stays number, tipo, órgão, hipótese."""
    processo = scene.sei.processo(nivel="1")
    scene.sei.dispose(processo)
    tracking = scene.track(processo)
    assert tracking.situacao == NaoInformada()
    assert not tracking.procedimento.eliminado


def test_a_restrito_by_one_document_has_no_hipotese_legal_of_its_own(scene: Scene) -> None:
    """4.1(4)"""
    processo = with_one_document(RESTRITO)(scene.sei)
    assert scene.track(processo).procedimento.hipotese_legal is None


def test_an_eliminado_shows_its_metadata_only(scene: Scene) -> None:
    """4.1, `sin_eliminado='S'`"""
    sei = scene.sei
    processo = sei.processo(interessados=["Ana Lima"])
    documento = sei.documento(processo)
    sei.dispose(processo)
    scene.configure(**EVERYTHING)
    tracking = scene.track(processo)
    assert (tracking.history, tracking.contents) == (None, None)
    assert tracking.procedimento.autuacao is not None
    with pytest.raises(NotFound):
        scene.documento(processo, documento.numero)


@pytest.mark.parametrize(
    ("opts_in", "nivel", "shown"),
    [
        pytest.param(False, "0", None, id="4.1 Portal: not unless the tenant opts in"),
        pytest.param(True, "0", "Rua das Flores, 10", id="4.1 Portal: the tenant opted in"),
        pytest.param(True, "1", None, id="4.1 Portal: never of a restrito"),
    ],
)
def test_the_especificacao_of_a_processo(
    scene: Scene, opts_in: bool, nivel: str, shown: str | None
) -> None:
    processo = scene.sei.processo(nivel=nivel, descricao="Rua das Flores, 10")
    scene.configure(mostra_descricao=opts_in, andamentos_de_restritos=True)
    assert scene.track(processo).procedimento.descricao == shown


def test_free_text_and_names_are_masked_wherever_they_come_from(scene: Scene) -> None:
    """11(10): personal data sits inside texts, names included."""
    sei = scene.sei
    typed = "Ana Lima\u202e CPF 123.456.789-09, ana@exemplo.com"
    masked = "Ana Lima CPF ***.456.789-**, (e-mail omitido)"
    processo = sei.processo(interessados=[typed], descricao=typed)
    sei.documento(processo, numero=typed[:50], signers=[(typed, typed)])
    externo = sei.externo(processo, file_name=f"{typed}.pdf")
    sei.andamento(processo, 65, DESCRICAO=typed)
    scene.configure(mostra_descricao=True)
    tracking = scene.track(processo)
    assert tracking.interessados == (masked,)
    assert tracking.procedimento.descricao == masked
    assert masked in scene.told(processo)
    assert scene.documento(processo, externo.numero).arquivo == (
        "Ana Lima CPF ***.456.789-**, (e-mail omitido)"
    )
    everything = repr(tracking)
    for secret in ("123.456.789", "ana@exemplo", "\u202e", "\\u202e"):
        assert secret not in everything


# Codes are reported and not proved (2): one that nobody knows closes, and breaks nothing


@pytest.mark.parametrize("estado", ["5", "7", "9"])
def test_a_processo_in_an_unknown_state_is_told_by_its_andamentos(
    scene: Scene, estado: str
) -> None:
    """4.1: "State does not hide" """
    processo = scene.sei.processo()
    processo.row["sta_estado"] = estado
    assert scene.track(processo).procedimento.formatado == processo.numero
    assert [e.sentence for e in scene.steps(processo)] == ["Processo aberto no Protocolo Geral"]


def test_a_processo_of_an_unknown_level_is_not_named(scene: Scene) -> None:
    processo, other = scene.sei.processo(), scene.sei.processo()
    named = scene.sei.andamento(other, 18, PROCESSO=processo)
    scene.sei.attach(processo, other)
    for column in ("local", "global"):
        processo.row[f"sta_nivel_acesso_{column}"] = "7"
    show_all_tarefas(scene)
    with pytest.raises(NotFound):
        scene.track(processo)
    assert named.id not in [e.id_atividade for e in scene.steps(other)]
    assert processo.numero not in repr(scene.track(other))
    assert scene.find(processo.numero) == ()


# Interessados (4.1)


def test_only_interessados_of_the_processo_are_named(scene: Scene) -> None:
    """4.1(4): participante `I`; remetente, destinatário and acesso externo are not"""
    sei = scene.sei
    processo = sei.processo(interessados=["Ana Lima", "Construtora Flores"])
    for code in "RDA":
        sei.interessado(processo, f"Pessoa {code}", code)
    sei.interessado(sei.documento(processo), "Rui Sá")
    assert scene.track(processo).interessados == ("Ana Lima", "Construtora Flores")
