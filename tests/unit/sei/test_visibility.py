"""Every rule of what may be shown, by its place in the notes on SEI's database.

What a row alone decides is asked of the function that decides it; what SQL decides is asked of a
SEI set up for it, through the service.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.demo.town import TEST_UNIT
from portal.errors import NotFound
from portal.sei import visibility
from portal.sei.values import (
    Anexado,
    Associacao,
    EstadoProtocolo,
    HipoteseLegal,
    NaoInformada,
    Neighbour,
    NivelAcesso,
    Opening,
    StaDocumento,
    TipoProtocolo,
)
from portal.sei.visibility import Link, Rules
from portal.tenancy import Visibilidade
from tests.unit.sei.conftest import (
    HOJE,
    WALL_CLOCK,
    Scene,
    make_andamento,
    make_facts,
    make_other_processo,
    make_procedimento,
    make_referenced,
    make_rules,
    number_of,
)

PUBLICO, RESTRITO, SIGILOSO = NivelAcesso
A_DAY = timedelta(days=1)
EVERYTHING = {
    "mostra_restritos": True,
    "documentos_de_restritos": True,
    "andamentos_de_restritos": True,
}
ABERTO_AO_PUBLICO = {
    "METADADOS_PROCESSO_RESTRITO": "S",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S",
}


# The rules of one request (4.5)


def rules_of(
    parametros: dict[str, str | None] | None = None, teste: str | None = None, **options: Any
) -> Rules:
    return visibility.rules(Visibilidade(**options), parametros, teste, HOJE)


METADADOS = {"METADADOS_PROCESSO_RESTRITO": "S"}
LISTAS = {"LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S", "LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S"}
CLOSED = make_rules(restritos=False)
OPEN = make_rules(documentos_de_restritos=True, andamentos_de_restritos=True)


@pytest.mark.parametrize(
    ("parametros", "options", "expected"),
    [
        pytest.param(None, {}, make_rules(), id="4.5 no table: the tenant's defaults"),
        pytest.param(None, {"mostra_restritos": False}, CLOSED, id="4.5 no table: no restritos"),
        pytest.param(None, EVERYTHING, OPEN, id="4.5 no table: the tenant opens all"),
        pytest.param(
            None,
            EVERYTHING | {"mostra_restritos": False},
            CLOSED,
            id="4.1(3) no table: nothing is listed of what may not be named",
        ),
        pytest.param({}, {}, CLOSED, id="4.5 empty table: closed"),
        pytest.param({}, EVERYTHING, CLOSED, id="4.5 empty table against an open tenant: obeyed"),
        pytest.param(METADADOS, {}, make_rules(), id="4.1(3) METADADOS=S"),
        pytest.param(
            METADADOS, {"mostra_restritos": False}, make_rules(), id="4.5 METADADOS=S wins"
        ),
        pytest.param(
            {"METADADOS_PROCESSO_RESTRITO": "N"}, EVERYTHING, CLOSED, id="4.1(3) METADADOS=N"
        ),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": None}, {}, CLOSED, id="4.1(3) METADADOS null"),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": ""}, {}, CLOSED, id="4.1(3) METADADOS empty"),
        pytest.param(
            {"METADADOS_PROCESSO_RESTRITO": "Sim"}, {}, CLOSED, id="4.1(3) METADADOS not S"
        ),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": "1"}, {}, CLOSED, id="4.1(3) METADADOS 1"),
        pytest.param(METADADOS | LISTAS, {}, OPEN, id="4.1(5)(6) both lists S"),
        pytest.param(LISTAS, {}, CLOSED, id="4.1(3) lists S but METADADOS missing: closed"),
        pytest.param(
            METADADOS | {"LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S"},
            {},
            make_rules(documentos_de_restritos=True),
            id="4.1(5) documents S, andamentos missing",
        ),
        pytest.param(
            METADADOS | {"LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S"},
            {},
            make_rules(andamentos_de_restritos=True),
            id="4.1(6) andamentos S, documents missing",
        ),
        pytest.param(
            METADADOS | dict.fromkeys(LISTAS, "N"), EVERYTHING, make_rules(), id="4.1(5)(6) both N"
        ),
    ],
)
def test_the_site_s_published_choice_comes_before_the_tenant_s(
    parametros: dict[str, str | None] | None, options: dict[str, Any], expected: Rules
) -> None:
    assert rules_of(parametros, **options) == expected


@pytest.mark.parametrize("parametros", [None, {}, METADADOS])
def test_the_especificacao_is_the_tenant_s_choice_alone(
    parametros: dict[str, str | None] | None,
) -> None:
    assert not rules_of(parametros).descricao
    assert rules_of(parametros, mostra_descricao=True).descricao


@pytest.mark.parametrize(
    ("valor", "expected"),
    [
        pytest.param("2024-01-31", date(2024, 1, 31), id="4.3 past"),
        pytest.param(" 2024-01-31 ", date(2024, 1, 31), id="4.3 with blanks"),
        pytest.param(HOJE.isoformat(), HOJE, id="4.3 today is not in the future"),
        pytest.param((HOJE + A_DAY).isoformat(), None, id="4.3 future: ignored"),
        pytest.param("2999-01-01", None, id="4.3 far future: ignored"),
        pytest.param("31/01/2024", None, id="4.3 garbage: another format"),
        pytest.param("2024-02-30", None, id="4.3 garbage: no such day"),
        pytest.param("ontem", None, id="4.3 garbage"),
        pytest.param("", None, id="4.3 empty"),
        pytest.param(None, None, id="4.3 null"),
    ],
)
def test_the_cut_off_date_of_pesquisa_publica(valor: str | None, expected: date | None) -> None:
    assert rules_of({"DATA_CORTE": valor}).data_corte == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(HOJE - A_DAY, HOJE - A_DAY), (HOJE, HOJE), (HOJE + A_DAY, None), (None, None)],
)
def test_the_cut_off_date_of_a_tenant(day: date | None, expected: date | None) -> None:
    assert rules_of(None, data_corte=day).data_corte == expected


@pytest.mark.parametrize(
    ("valor", "expected"),
    [("110000001", 110000001), (" 7 ", 7), ("", None), (None, None), ("TESTE", None), ("-1", None)],
)
def test_the_test_unit_is_a_number_or_none(valor: str | None, expected: int | None) -> None:
    assert rules_of(None, valor).unidade_teste == expected


# Whether a processo may be named (4.1)


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


def of_another_orgao(sei: SeiBuilder) -> Processo:
    return sei.processo(unidade="CM-PROTOCOLO")


def of_the_test_unit(sei: SeiBuilder) -> Processo:
    return sei.processo(unidade=TEST_UNIT)


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


@pytest.mark.parametrize(
    ("parametros", "named"),
    [
        pytest.param({}, False, id="4.5 table there, key missing"),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": "N"}, False, id="4.1(3) METADADOS=N"),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": None}, False, id="4.1(3) METADADOS null"),
        pytest.param({"METADADOS_PROCESSO_RESTRITO": "S"}, True, id="4.1(3) METADADOS=S"),
    ],
)
def test_a_restrito_is_named_as_the_city_published(
    scene: Scene, parametros: dict[str, str | None], named: bool
) -> None:
    """4.5: read from the table at every request, against what the tenant says."""
    processo = scene.sei.processo(nivel="1")
    scene.configure(mostra_restritos=not named)
    scene.publish(**parametros)
    if named:
        assert scene.track(processo).situacao == NaoInformada()
    else:
        with pytest.raises(NotFound):
            scene.track(processo)
    assert bool(scene.find(processo.numero)) is named


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


@pytest.mark.parametrize(
    ("parametros", "documentos", "andamentos"),
    [
        pytest.param({}, False, False, id="4.1(5)(6) both missing"),
        pytest.param({"LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S"}, True, False, id="4.1(5) S"),
        pytest.param({"LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S"}, False, True, id="4.1(6) S"),
        pytest.param(LISTAS, True, True, id="4.1(5)(6) both S"),
        pytest.param(dict.fromkeys(LISTAS, "N"), False, False, id="4.1(5)(6) both N"),
        pytest.param(dict.fromkeys(LISTAS), False, False, id="4.1(5)(6) both null"),
    ],
)
def test_the_lists_of_a_restrito_are_those_the_city_publishes(
    scene: Scene, parametros: dict[str, str | None], documentos: bool, andamentos: bool
) -> None:
    processo = scene.sei.processo(nivel="1", interessados=["Ana Lima"], descricao="De Ana")
    documento = scene.sei.documento(processo)
    scene.publish(**METADADOS, **parametros)
    tracking = scene.track(processo)
    assert (tracking.contents is not None) is documentos
    assert (tracking.history is not None) is andamentos
    assert (tracking.procedimento.autuacao is not None) is andamentos
    assert (tracking.situacao != NaoInformada()) is andamentos
    # Whatever the city publishes, names and free text of a restrito are for nobody.
    assert tracking.interessados == ()
    assert tracking.procedimento.descricao is None
    if documentos:
        assert scene.documento(processo, documento.numero).numero_sei == documento.numero
    else:
        with pytest.raises(NotFound):
            scene.documento(processo, documento.numero)


@pytest.mark.parametrize("parametros", [{}, dict.fromkeys(ABERTO_AO_PUBLICO, "N")])
def test_the_lists_of_a_publico_are_always_on(
    scene: Scene, parametros: dict[str, str | None]
) -> None:
    """4.5: "The two `_PUBLICO` are treated as always on"."""
    processo = scene.sei.processo(interessados=["Ana Lima"])
    documento = scene.sei.documento(processo)
    scene.publish(
        LISTA_ANDAMENTO_PROCESSO_PUBLICO="N", LISTA_DOCUMENTO_PROCESSO_PUBLICO="N", **parametros
    )
    tracking = scene.track(processo)
    assert scene.listed(processo) == [documento.numero]
    assert tracking.history is not None
    assert tracking.interessados == ("Ana Lima",)


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


# Andamentos (3.1)

PESSOAIS = [50, 52, *range(61, 65), *range(66, 82), *range(86, 91), *range(117, 122), 127]
DE_PETICIONAMENTO = [
    "MD_PET_INTIMACAO_EXPEDIDA",
    "MD_PET_INTIMACAO_CUMPRIDA",
    "MD_PET_PETICIONAMENTO_EFETIVADO",
    "MD_PET_INTIMACAO_PRORROGACAO_AUTOMATICA_PRAZO_EXT",
]


def show_all_tarefas(scene: Scene) -> None:
    """As a site may, in Administração → Histórico."""
    scene.alter("UPDATE tarefa SET sin_historico_resumido = 'S', sin_consulta_processual = 'S'")


@pytest.mark.parametrize("consulta_processual", [False, True])
@pytest.mark.parametrize(
    "tarefa",
    [
        *(pytest.param(t, id=f"3.1 personal {t}") for t in PESSOAIS),
        *(pytest.param(t, id=f"10.4 {t}") for t in DE_PETICIONAMENTO),
    ],
)
def test_a_personal_andamento_is_never_shown_whatever_its_flags(
    scene: Scene, tarefa: int | str, consulta_processual: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(
        processo,
        tarefa,
        **dict.fromkeys(
            ("USUARIO", "INTERESSADO", "DESTINATARIO_NOME", "USUARIO_EXTERNO_NOME", "MOTIVO"),
            "Ana Lima",
        ),
    )
    show_all_tarefas(scene)
    scene.configure(consulta_processual=consulta_processual)
    assert [e.sentence for e in scene.steps(processo)] == ["Processo aberto no Protocolo Geral"]


@pytest.mark.parametrize(
    ("modulo", "shown"),
    [
        pytest.param("MD_PET_INTIMACAO_RESPONDIDA", False, id="10.4 seen in code only"),
        pytest.param("MD_PET_DE_AMANHA", False, id="10.4 whatever Peticionamento adds"),
        pytest.param("MDXPETXOUTRO", True, id="10.4 an underscore is an underscore"),
        pytest.param("MD_PESQ_OUTRO", True, id="10.4 another module"),
        pytest.param("X_MD_PET_OUTRO", True, id="10.4 only at the beginning"),
    ],
)
def test_modules_are_told_apart_by_the_beginning_of_their_name(
    scene: Scene, modulo: str, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(f"UPDATE tarefa SET id_tarefa_modulo = '{modulo}' WHERE id_tarefa = 65")
    assert ("Da unidade" in scene.told(processo)) is shown


@pytest.mark.parametrize("consulta_processual", [False, True])
def test_an_andamento_without_a_tarefa_is_shown(scene: Scene, consulta_processual: bool) -> None:
    """3.1(1), 3.1(3), 11(15)"""
    processo = scene.sei.processo()
    orphan = scene.sei.andamento(processo, None)
    scene.configure(consulta_processual=consulta_processual)
    assert orphan.id in [e.id_atividade for e in scene.steps(processo)]


FLAGS = pytest.mark.parametrize(
    ("resumido", "processual", "option", "shown"),
    [
        pytest.param("S", "N", False, True, id="3.1(1) resumido S"),
        pytest.param("N", "S", False, False, id="3.1(1) resumido N"),
        pytest.param("S", "N", True, False, id="3.1(3) consulta processual N"),
        pytest.param("N", "S", True, True, id="3.1(3) consulta processual S"),
        pytest.param("S", "S", True, True, id="3.1 both S"),
        pytest.param("N", "N", False, False, id="3.1 neither"),
        pytest.param("N", "N", True, False, id="3.1 neither, consulta processual"),
    ],
)


@FLAGS
def test_the_flags_are_read_from_the_table(
    scene: Scene, resumido: str, processual: str, option: bool, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(
        f"UPDATE tarefa SET sin_historico_resumido = '{resumido}', "
        f"sin_consulta_processual = '{processual}' WHERE id_tarefa = 65"
    )
    scene.configure(consulta_processual=option)
    assert ("Da unidade" in scene.told(processo)) is shown


@pytest.mark.parametrize(
    ("resumido", "option", "shown"),
    [
        pytest.param("S", True, True, id="3.1(3) column absent: resumido S"),
        pytest.param("N", True, False, id="3.1(3) column absent: resumido N"),
        pytest.param("S", False, True, id="3.1(1) column absent and not asked for"),
    ],
)
def test_without_the_column_of_consulta_processual_the_resumed_history_holds(
    scene: Scene, resumido: str, option: bool, shown: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.andamento(processo, 65, DESCRICAO="Da unidade")
    scene.alter(f"UPDATE tarefa SET sin_historico_resumido = '{resumido}' WHERE id_tarefa = 65")
    scene.alter("ALTER TABLE tarefa DROP COLUMN sin_consulta_processual")
    scene.configure(consulta_processual=option)
    assert ("Da unidade" in scene.told(processo)) is shown


# What an andamento points at

SIGNED = make_referenced()
UNSIGNED = make_referenced(assinado=False)
AUTOMATIC = make_referenced(assinado=False)
EXTERNAL = make_referenced(tipo_protocolo=TipoProtocolo.RECEBIDO, assinado=False)
DOC_RESTRITO = make_referenced(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO)
DOC_IN_RESTRITO = make_referenced(nivel_acesso_global=RESTRITO)
DOC_SIGILOSO = make_referenced(nivel_acesso_local=SIGILOSO, nivel_acesso_global=SIGILOSO)
DOC_IN_SIGILOSO = make_referenced(nivel_acesso_global=SIGILOSO)


@pytest.mark.parametrize(
    ("target", "rules", "shown"),
    [
        pytest.param(None, make_rules(), True, id="3.1(1) no longer exists"),
        pytest.param(SIGNED, make_rules(), True, id="3.1(1) signed"),
        pytest.param(EXTERNAL, make_rules(), True, id="3.1(1) external"),
        pytest.param(AUTOMATIC, OPEN, False, id="3.1(1), 10.1 automatic and unsigned"),
        *(
            pytest.param(
                make_referenced(assinado=assinado),
                OPEN,
                assinado,
                id=f"3.1(1) G, {'signed' if assinado else 'unsigned'}",
            )
            for assinado in (True, False)
        ),
        pytest.param(DOC_RESTRITO, make_rules(), False, id="4.2 restrito, not listed"),
        pytest.param(DOC_RESTRITO, OPEN, True, id="4.2 restrito, listed"),
        pytest.param(DOC_IN_RESTRITO, make_rules(), False, id="4.2 in a restrito, not listed"),
        pytest.param(DOC_IN_RESTRITO, OPEN, True, id="4.2 in a restrito, listed"),
        pytest.param(DOC_SIGILOSO, OPEN, False, id="4.1(2) sigiloso"),
        pytest.param(DOC_IN_SIGILOSO, OPEN, False, id="4.1(2) in a sigiloso"),
    ],
)
@pytest.mark.parametrize("how", ["by id", "by number", "second of two"])
def test_an_andamento_goes_with_the_document_it_names(
    target: Any, rules: Rules, shown: bool, how: str
) -> None:
    by_id, by_number = ("0000501", "501"), ("0000501", None)
    documento: Any = by_number if how == "by number" else by_id
    if how == "second of two":
        documento = [("0000500", "500"), by_id]
    found = {"500": SIGNED} if target is None else {"500": SIGNED, "501": target, "0000501": target}
    andamento = make_andamento("Assinado @DOCUMENTO@", 5, DOCUMENTO=documento)
    assert visibility.may_show_andamento(andamento, found, rules, frozenset()) is shown


PROCESSO_RESTRITO = make_other_processo(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO)
PROCESSO_SIGILOSO = make_other_processo(nivel_acesso_local=SIGILOSO, nivel_acesso_global=SIGILOSO)
NONE_OF_RESTRITOS = make_rules(restritos=False)


@pytest.mark.parametrize("tarefa", [18, 19, 42, 43, 44, 45, 101, 102, 103, 104, 113, 114, 124])
@pytest.mark.parametrize(
    ("target", "rules", "orgaos", "shown"),
    [
        pytest.param(make_other_processo(), make_rules(), (), True, id="3.1 público"),
        pytest.param(None, OPEN, (), False, id="3.1 unknown number"),
        pytest.param(SIGNED, OPEN, (), False, id="3.1 a document's number"),
        pytest.param(PROCESSO_SIGILOSO, OPEN, (), False, id="3.1 sigiloso"),
        pytest.param(PROCESSO_RESTRITO, OPEN, (), True, id="4.1(3) restrito, METADADOS=S"),
        pytest.param(PROCESSO_RESTRITO, NONE_OF_RESTRITOS, (), False, id="4.1(3) METADADOS=N"),
        pytest.param(make_other_processo(), make_rules(), (0,), True, id="8 of our órgão"),
        pytest.param(make_other_processo(), make_rules(), (1,), False, id="8 of another órgão"),
        pytest.param(
            make_other_processo(), make_rules(unidade_teste=7), (), False, id="9.4 of the test unit"
        ),
    ],
)
def test_an_andamento_goes_with_the_processo_it_names(
    tarefa: int, target: Any, rules: Rules, orgaos: tuple[int, ...], shown: bool
) -> None:
    number = "9310.01.0000009/2026-31"
    for origem in ("900", None):
        andamento = make_andamento("De @PROCESSO@", tarefa, PROCESSO=(number, origem))
        found = {} if target is None else {"900": target, number: target}
        asked = visibility.may_show_andamento(andamento, found, rules, frozenset(orgaos))
        assert asked is shown


def test_an_andamento_with_nothing_to_point_at_is_shown() -> None:
    andamento = make_andamento("Sobrestamento.\n@MOTIVO@", 20, MOTIVO="0000501")
    assert visibility.may_show_andamento(andamento, {"0000501": UNSIGNED}, CLOSED, frozenset())


def draft_by_id(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": draft}


def draft_by_number(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (draft.numero, None)}


def draft_by_empty_id(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (draft.numero, "")}


def draft_by_number_with_blanks(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (f" {draft.numero} ", None)}


def draft_by_id_with_blanks(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (None, f" {draft.id} ")}


def draft_by_number_and_dead_id(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (draft.numero, "888888")}


def draft_by_number_and_odd_id(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": (draft.numero, "Parecer")}


def draft_second(draft: Documento) -> dict[str, Any]:
    return {"DOCUMENTO": [draft.processo.documentos[0], draft]}


@pytest.mark.parametrize("consulta_processual", [False, True])
@pytest.mark.parametrize(
    "naming",
    [
        pytest.param(draft_by_id, id="3.1(1) by id"),
        pytest.param(draft_by_number, id="3.1(1) by number, id_origem null"),
        pytest.param(draft_by_empty_id, id="11(30) by number, id_origem empty"),
        pytest.param(draft_by_number_with_blanks, id="3.1(1) by number with blanks"),
        pytest.param(draft_by_id_with_blanks, id="11(19) by id with blanks"),
        pytest.param(draft_by_number_and_dead_id, id="3.1(1) by number, id_origem of nothing"),
        pytest.param(draft_by_number_and_odd_id, id="11(19) by number, id_origem not a number"),
        pytest.param(draft_second, id="3.1(1) as the second DOCUMENTO"),
    ],
)
def test_no_andamento_that_names_a_draft_is_shown(
    scene: Scene, naming: Callable[[Documento], dict[str, Any]], consulta_processual: bool
) -> None:
    processo = scene.sei.processo()
    scene.sei.documento(processo)
    draft = scene.sei.minuta(processo)
    named = scene.sei.andamento(processo, 7, MOTIVO="Publicação", **naming(draft))
    show_all_tarefas(scene)
    scene.configure(consulta_processual=consulta_processual)
    assert named.id not in [e.id_atividade for e in scene.steps(processo)]
    assert draft.numero not in repr(scene.track(processo))


@pytest.mark.parametrize(
    ("sign", "shown"),
    [
        pytest.param({}, True, id="7 sin_ativo S"),
        pytest.param({"active": False}, False, id="7 sin_ativo N does not count"),
    ],
)
def test_only_a_signature_that_counts_makes_a_document_of_a_draft(
    scene: Scene, sign: dict[str, Any], shown: bool
) -> None:
    processo = scene.sei.processo()
    draft = scene.sei.minuta(processo)
    scene.sei.sign(draft, **sign)
    named = scene.sei.andamento(processo, 7, DOCUMENTO=draft)
    assert (named.id in [e.id_atividade for e in scene.steps(processo)]) is shown
    assert (draft.numero in scene.listed(processo)) is shown
    assert bool(scene.find(draft.numero)) is shown


def test_the_e_mail_and_the_receipt_are_listed_but_their_andamentos_are_not(scene: Scene) -> None:
    """10.1: "listed by 4.2, but its andamentos are dropped by 3.1(1)"."""
    processo = scene.sei.processo()
    email = scene.sei.automatico(processo)
    assert scene.listed(processo) == [email.numero]
    assert [t for t in scene.told(processo) if email.numero in t or "correspondência" in t] == []


OTHERS = [
    pytest.param(lambda sei: sei.processo(), {}, True, id="3.1 público"),
    pytest.param(lambda sei: sei.processo(nivel="2"), EVERYTHING, False, id="3.1 sigiloso"),
    pytest.param(lambda sei: sei.processo(nivel="1"), {}, True, id="4.1(3) restrito, METADADOS=S"),
    pytest.param(
        lambda sei: sei.processo(nivel="1"),
        {"mostra_restritos": False},
        False,
        id="4.1(3) METADADOS=N",
    ),
    pytest.param(of_another_orgao, {"orgaos": [0]}, False, id="8 of another órgão"),
    pytest.param(of_the_test_unit, {}, False, id="9.4 of the test unit"),
    pytest.param(lambda sei: ("9310.01.7777777/2026-01", None), {}, False, id="3.1 unknown number"),
    pytest.param(lambda sei: ("9310.01.7777777/2026-01", "77777"), {}, False, id="3.1 unknown id"),
]


@pytest.mark.parametrize("tarefa", [18, 19, 103])
@pytest.mark.parametrize(("make", "options", "shown"), OTHERS)
def test_a_history_names_another_processo_only_if_it_may_be_named(
    scene: Scene,
    make: Callable[[SeiBuilder], Any],
    options: dict[str, Any],
    shown: bool,
    tarefa: int,
) -> None:
    processo = scene.sei.processo()
    other = make(scene.sei)
    number = other.numero if isinstance(other, Processo) else other[0]
    named = scene.sei.andamento(processo, tarefa, PROCESSO=other)
    show_all_tarefas(scene)
    scene.configure(**options)
    assert (named.id in [e.id_atividade for e in scene.steps(processo)]) is shown
    assert (number in repr(scene.track(processo))) is shown


@pytest.mark.parametrize("tarefa", [7, 84, 101])
def test_a_row_that_points_two_ways_says_nothing_of_what_may_not_be_named(
    scene: Scene, tarefa: int
) -> None:
    """3.2: `valor` is the number and `id_origem` the id; should they disagree, neither leaks"""
    sei = scene.sei
    processo, other, hidden = sei.processo(), sei.processo(), sei.processo(nivel="2")
    signed, draft = sei.documento(processo), sei.minuta(processo)
    sei.andamento(processo, tarefa, DOCUMENTO=(draft.numero, signed.id))
    sei.andamento(processo, tarefa, DOCUMENTO=(signed.numero, draft.id))
    sei.andamento(processo, tarefa, PROCESSO=(hidden.numero, other.id))
    sei.andamento(processo, tarefa, PROCESSO=(other.numero, hidden.id))
    show_all_tarefas(scene)
    said = repr(scene.track(processo))
    assert draft.numero not in said
    assert hidden.numero not in said


# Which documents are listed (4.2)


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


def test_a_signature_without_its_andamento_counts_and_has_no_date(scene: Scene) -> None:
    """11(15): `assinatura.id_atividade` may be null"""
    processo = scene.sei.processo(autuacao=datetime(2026, 3, 2, 9))
    draft = scene.sei.minuta(processo, when=datetime(2026, 3, 3, 9))
    scene.sei.sign(draft, with_andamento=False)
    documento = scene.documento(processo, draft.numero)
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


# Anexados (4.2)


@pytest.mark.parametrize(
    ("parent", "child", "options", "expected"),
    [
        pytest.param({}, {}, {}, "linked", id="4.2 both local 0"),
        pytest.param({"nivel": "1"}, {}, EVERYTHING, "named", id="4.2 parent local 1"),
        pytest.param({}, {"nivel": "1"}, EVERYTHING, "named", id="4.2 anexado local 1"),
        pytest.param({"nivel": "1"}, {"nivel": "1"}, EVERYTHING, "named", id="4.2 both local 1"),
        pytest.param(
            {}, {"unidade": "CM-PROTOCOLO"}, {"orgaos": [0]}, None, id="8 of another órgão"
        ),
        pytest.param({}, {"unidade": "CM-PROTOCOLO"}, {}, "linked", id="8 of any órgão"),
        pytest.param(
            {}, {"unidade": TEST_UNIT}, {}, None, id="9.4 of the test unit: out of every list"
        ),
    ],
)
def test_an_anexado_is_listed_by_number_and_tipo(
    scene: Scene,
    parent: dict[str, Any],
    child: dict[str, Any],
    options: dict[str, Any],
    expected: str | None,
) -> None:
    one, other = scene.sei.processo(**parent), scene.sei.processo(**child)
    scene.sei.attach(other, one)
    scene.configure(**options)
    documentos = scene.track(one).contents
    assert documentos is not None
    chave = other.chave if expected == "linked" else None
    itens = [(i.formatado, i.chave, i.tipo) for i in documentos.items if isinstance(i, Neighbour)]
    said = (other.numero, chave, "IPTU: Revisão de Lançamento")
    assert itens == ([] if expected is None else [said])


@pytest.mark.parametrize(
    ("nivel", "hipotese"),
    [
        pytest.param("0", None, id="4.2 anexado local 0"),
        pytest.param(
            "1",
            HipoteseLegal("Informação Pessoal", "Art. 31 da Lei nº 12.527/2011"),
            id="4.2 anexado local 1: its hipótese legal",
        ),
    ],
)
def test_an_anexado_that_is_restrito_says_why(
    scene: Scene, nivel: str, hipotese: HipoteseLegal | None
) -> None:
    one = scene.sei.processo()
    other = scene.sei.processo(nivel=nivel, hipotese="Informação Pessoal" if hipotese else None)
    scene.sei.attach(other, one)
    scene.configure(**EVERYTHING)
    documentos = scene.track(one).contents
    assert documentos is not None
    (neighbour,) = documentos.items
    assert isinstance(neighbour, Neighbour)
    assert neighbour.hipotese_legal == hipotese


@pytest.mark.parametrize(
    ("parent", "child", "options", "expected"),
    [
        pytest.param({}, {}, {}, "named", id="4.1 anexado to a público"),
        pytest.param({"nivel": "1"}, {}, EVERYTHING, "named", id="4.1(3) to a restrito"),
        pytest.param(
            {"unidade": "CM-PROTOCOLO"}, {}, {"orgaos": [0]}, "unnamed", id="8 to another órgão"
        ),
        pytest.param({"unidade": TEST_UNIT}, {}, {}, "unnamed", id="9.4 to one of the test unit"),
        pytest.param(
            {"nivel": "1"}, {}, {}, "unsaid", id="11(14) to a restrito: so restrito itself"
        ),
    ],
)
def test_where_an_anexado_went_is_said_when_it_may_be_named(
    scene: Scene,
    parent: dict[str, Any],
    child: dict[str, Any],
    options: dict[str, Any],
    expected: str,
) -> None:
    one, other = scene.sei.processo(**parent), scene.sei.processo(**child)
    scene.sei.attach(other, one)
    scene.configure(**options)
    named = Neighbour(one.numero, one.chave, "IPTU: Revisão de Lançamento")
    assert (
        scene.track(other).situacao
        == ({"named": Anexado(named), "unnamed": Anexado(None), "unsaid": NaoInformada()}[expected])
    )
    assert (one.numero in repr(scene.track(other))) is (expected == "named")


def test_what_is_anexado_to_a_sigiloso_is_not_found(scene: Scene) -> None:
    """11(14): it inherits the global of the other's group"""
    one, other = scene.sei.processo(nivel="2"), scene.sei.processo()
    scene.sei.attach(other, one)
    with pytest.raises(NotFound):
        scene.track(other)


# When a document opens (4.3)

RESTRITO_LOCAL = make_procedimento(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO)
RESTRITO_GLOBAL = make_procedimento(nivel_acesso_global=RESTRITO)
IN_RESTRITO = make_facts(nivel_acesso_global=RESTRITO)
EMAIL, OUVIDORIA = 30, 86
SERIES = frozenset({EMAIL, OUVIDORIA})


def automatic_facts(id_serie: int) -> visibility.DocumentFacts:
    return make_facts(sta_documento=StaDocumento.AUTOMATICO, id_serie=id_serie)


def on(day: date) -> visibility.DocumentFacts:
    return make_facts(included_on=day)


CUT = date(2026, 3, 1)
SINCE = make_rules(data_corte=CUT)

OPENS = [
    pytest.param(make_facts(), {}, {}, Opening.OPENS, id="4.3 nothing against it"),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL},
        {"rules": OPEN},
        Opening.OPENS,
        id="4.3 local 0 in a local 0 whose global is 1, listed",
    ),
    pytest.param(automatic_facts(169), {}, {}, Opening.OPENS, id="4.2 A of another série"),
    pytest.param(
        make_facts(id_serie=EMAIL), {}, {}, Opening.OPENS, id="11(18) the série alone is not enough"
    ),
    pytest.param(on(CUT), {}, {"rules": SINCE}, Opening.OPENS, id="4.3 DATA_CORTE: on the day"),
    pytest.param(on(CUT + A_DAY), {}, {"rules": SINCE}, Opening.OPENS, id="4.3 DATA_CORTE: after"),
    *(
        pytest.param(
            make_facts(),
            {"processo": make_procedimento(estado=e)},
            {},
            Opening.OPENS,
            id=f"11(11) state is not secrecy: {e.name.lower()}",
        )
        for e in EstadoProtocolo
    ),
    pytest.param(
        make_facts(),
        {"processo": make_procedimento(eliminado=True)},
        {},
        Opening.ELIMINADO,
        id="4.1 eliminado",
    ),
    pytest.param(
        make_facts(nivel_acesso_local=RESTRITO, nivel_acesso_global=RESTRITO),
        {"processo": RESTRITO_GLOBAL},
        {"rules": OPEN},
        Opening.RESTRITO,
        id="4.3 local 1",
    ),
    pytest.param(
        make_facts(nivel_acesso_local=SIGILOSO, nivel_acesso_global=SIGILOSO),
        {},
        {"rules": OPEN},
        Opening.RESTRITO,
        id="4.3 local 2",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_LOCAL},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 the processo's local 1",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL},
        {},
        Opening.PROCESSO_RESTRITO,
        id="4.3 global 1 and LISTA_DOCUMENTO not S",
    ),
    pytest.param(
        make_facts(nivel_acesso_global=SIGILOSO),
        {},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 global 2",
    ),
    pytest.param(
        make_facts(),
        {"parent_closed": True},
        {},
        Opening.PROCESSO_RESTRITO,
        id="4.3 anexado to a restrito",
    ),
    pytest.param(
        IN_RESTRITO,
        {"processo": RESTRITO_GLOBAL, "parent_closed": True},
        {"rules": OPEN},
        Opening.PROCESSO_RESTRITO,
        id="4.3 anexado to a restrito, listed",
    ),
    pytest.param(
        automatic_facts(EMAIL),
        {},
        {"rules": OPEN},
        Opening.PERSONAL,
        id="11(18) A of ID_SERIE_EMAIL",
    ),
    pytest.param(
        automatic_facts(OUVIDORIA),
        {},
        {"rules": OPEN},
        Opening.PERSONAL,
        id="11(18) A of ID_SERIE_OUVIDORIA",
    ),
    pytest.param(
        make_facts(intimacao_pendente=True),
        {},
        {"rules": OPEN},
        Opening.UNREAD_INTIMACAO,
        id="10.2 intimação not fulfilled",
    ),
    pytest.param(
        on(CUT - A_DAY),
        {},
        {"rules": SINCE},
        Opening.BEFORE_DATA_CORTE,
        id="4.3 before DATA_CORTE",
    ),
]


def opens(facts: visibility.DocumentFacts, **changes: Any) -> Opening:
    usual = {
        "processo": make_procedimento(),
        "parent_closed": False,
        "personal_series": SERIES,
        "rules": make_rules(),
    }
    return visibility.judge_opening(facts, **(usual | changes))


@pytest.mark.parametrize(("facts", "around", "rules", "expected"), OPENS)
def test_whether_a_document_opens(
    facts: visibility.DocumentFacts,
    around: dict[str, Any],
    rules: dict[str, Any],
    expected: Opening,
) -> None:
    assert opens(facts, **around, **rules) is expected


def test_the_first_reason_is_the_one_that_is_told() -> None:
    """What the law says of a document goes before what a parameter does."""
    facts: dict[str, Any] = {
        "nivel_acesso_local": RESTRITO,
        "nivel_acesso_global": RESTRITO,
        "sta_documento": StaDocumento.AUTOMATICO,
        "id_serie": EMAIL,
        "included_on": CUT - A_DAY,
        "intimacao_pendente": True,
    }
    around: dict[str, Any] = {
        "processo": make_procedimento(nivel_acesso_local=RESTRITO, eliminado=True),
        "rules": SINCE,
    }
    told = [opens(make_facts(**facts), **around)]
    around["processo"] = make_procedimento(nivel_acesso_local=RESTRITO)
    told.append(opens(make_facts(**facts), **around))
    facts |= {"nivel_acesso_local": PUBLICO}
    told.append(opens(make_facts(**facts), **around))
    facts |= {"nivel_acesso_global": PUBLICO}
    around["processo"] = make_procedimento()
    for reason in ("sta_documento", "intimacao_pendente", "included_on"):
        told.append(opens(make_facts(**facts), **around))
        del facts[reason]
    told.append(opens(make_facts(**facts), **around))
    assert told == [
        Opening.ELIMINADO,
        Opening.RESTRITO,
        Opening.PROCESSO_RESTRITO,
        Opening.PERSONAL,
        Opening.UNREAD_INTIMACAO,
        Opening.BEFORE_DATA_CORTE,
        Opening.OPENS,
    ]


def test_a_reason_is_told_for_every_way_of_staying_closed() -> None:
    assert {param.values[-1] for param in OPENS} == set(Opening)


@pytest.mark.parametrize(
    ("destinatarios", "cumpridas", "opening"),
    [
        pytest.param(["Zuleica"], 0, Opening.UNREAD_INTIMACAO, id="10.2 not read"),
        pytest.param(["Zuleica"], 1, Opening.OPENS, id="10.2 read"),
        pytest.param(["Zuleica", "Rui"], 0, Opening.UNREAD_INTIMACAO, id="10.2 neither read it"),
        pytest.param(
            ["Zuleica", "Rui"], 1, Opening.UNREAD_INTIMACAO, id="10.2 fewer aceites than addressees"
        ),
        pytest.param(["Zuleica", "Rui"], 2, Opening.OPENS, id="10.2 both read it"),
    ],
)
def test_an_intimacao_keeps_its_documents_closed_until_everyone_has_read_it(
    scene: Scene, destinatarios: list[str], cumpridas: int, opening: Opening
) -> None:
    """10.2: principal and annexes are rows alike"""
    sei = scene.sei
    processo = sei.processo()
    main, anexo, other = sei.documento(processo), sei.externo(processo), sei.externo(processo)
    sei.intimacao([main, anexo], destinatarios, fulfilled=cumpridas)
    for documento in (main, anexo):
        found = scene.documento(processo, documento.numero)
        assert found.opening is opening
        assert (found.arquivo is None) or found.opening is Opening.OPENS
    assert scene.documento(processo, other.numero).opening is Opening.OPENS
    assert "Zuleica" not in repr(scene.track(processo))


def test_of_two_intimacoes_on_a_document_one_unread_closes_it(scene: Scene) -> None:
    """10.2"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.sei.intimacao([documento], ["Zuleica"], fulfilled=1)
    scene.sei.intimacao([documento], ["Rui"])
    assert scene.documento(processo, documento.numero).opening is Opening.UNREAD_INTIMACAO


@pytest.mark.parametrize(
    "table", ["md_pet_int_protocolo", "md_pet_int_rel_dest", "md_pet_int_aceite"]
)
@pytest.mark.parametrize(
    ("installed", "opening"), [(True, Opening.UNREAD_INTIMACAO), (False, Opening.OPENS)]
)
def test_intimacoes_that_cannot_be_read_close_documents_where_there_may_be_any(
    scene: Scene, table: str, installed: bool, opening: Opening
) -> None:
    """10.2 tables absent, 9.4 the module's key"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    scene.alter(f"DROP TABLE {table}")
    if not installed:
        scene.alter("DELETE FROM infra_parametro WHERE nome = 'VERSAO_MODULO_PETICIONAMENTO'")
    assert scene.documento(processo, documento.numero).opening is opening


@pytest.mark.parametrize(
    ("serie", "opening"),
    [
        pytest.param("E-mail", Opening.PERSONAL, id="11(18) e-mail"),
        pytest.param("Formulário de Ouvidoria", Opening.PERSONAL, id="11(18) ouvidoria"),
        pytest.param("Recibo", Opening.OPENS, id="11(18) receipt"),
    ],
)
def test_what_citizens_wrote_to_ouvidoria_or_by_email_stays_closed(
    scene: Scene, serie: str, opening: Opening
) -> None:
    processo = scene.sei.processo()
    documento = scene.sei.automatico(processo, serie)
    assert scene.documento(processo, documento.numero).opening is opening


@pytest.mark.parametrize(
    ("corte", "opening"),
    [
        pytest.param("2026-03-10", Opening.OPENS, id="4.3 on its day"),
        pytest.param("2026-03-11", Opening.BEFORE_DATA_CORTE, id="4.3 the day after"),
        pytest.param("2026-03-21", Opening.OPENS, id="4.3 future: ignored"),
        pytest.param("10/03/2026", Opening.OPENS, id="4.3 garbage: ignored"),
    ],
)
@pytest.mark.parametrize("externo", [True, False])
def test_the_cut_off_is_compared_with_the_day_of_inclusion(
    scene: Scene, corte: str, opening: Opening, externo: bool
) -> None:
    """4.3, the last paragraph: not with the date on the paper nor that of the draft"""
    sei = scene.sei
    processo = sei.processo()
    tenth = datetime(2026, 3, 10, 11)
    if externo:
        documento = sei.externo(processo, dated=date(2019, 5, 4), when=tenth)
    else:
        documento = sei.minuta(processo, when=datetime(2026, 2, 20, 9))
        sei.sign(documento, when=tenth)
        sei.sign(documento, "Rui Sá", when=tenth + A_DAY)
    scene.publish(DATA_CORTE=corte)
    found = scene.documento(processo, documento.numero)
    assert found.opening is opening
    assert found.included_on == tenth.date()
    assert found.data == (date(2019, 5, 4) if externo else tenth.date())


def attached(
    sei: SeiBuilder, parent: dict[str, Any], child: dict[str, Any]
) -> tuple[Processo, Documento]:
    one, other = sei.processo(**parent), sei.processo(**child)
    documento = sei.externo(other)
    sei.attach(other, one)
    return other, documento


@pytest.mark.parametrize(
    ("parent", "options", "opening"),
    [
        pytest.param({}, {}, Opening.OPENS, id="4.3 anexado to a público"),
        pytest.param(
            {"nivel": "1"},
            EVERYTHING,
            Opening.PROCESSO_RESTRITO,
            id="4.3 anexado to a restrito, listed",
        ),
    ],
)
def test_what_is_in_an_anexado_opens_with_its_anexador(
    scene: Scene, parent: dict[str, Any], options: dict[str, Any], opening: Opening
) -> None:
    other, documento = attached(scene.sei, parent, {})
    scene.configure(**options)
    assert scene.documento(other, documento.numero).opening is opening


OPEN_PARENT = Link(Associacao.ANEXADO, make_other_processo(), closed=False)
CLOSED_PARENT = Link(Associacao.ANEXADO, make_other_processo(), closed=True)
NO_PARENT = Link(Associacao.ANEXADO, None, closed=False)
RELATED = Link(Associacao.RELACIONADO, None, closed=False)


@pytest.mark.parametrize(
    ("estado", "links", "closed"),
    [
        pytest.param(EstadoProtocolo.NORMAL, [], False, id="anexado to none"),
        pytest.param(EstadoProtocolo.NORMAL, [RELATED], False, id="only related"),
        pytest.param(EstadoProtocolo.ANEXADO, [OPEN_PARENT], False, id="to a público"),
        pytest.param(EstadoProtocolo.ANEXADO, [CLOSED_PARENT], True, id="to one that is not"),
        pytest.param(EstadoProtocolo.NORMAL, [CLOSED_PARENT], True, id="whatever its state says"),
        pytest.param(EstadoProtocolo.ANEXADO, [OPEN_PARENT, CLOSED_PARENT], True, id="to two"),
        pytest.param(EstadoProtocolo.ANEXADO, [], True, id="to nobody knows whom"),
        pytest.param(EstadoProtocolo.ANEXADO, [RELATED], True, id="to none, and related"),
        pytest.param(EstadoProtocolo.ANEXADO, [NO_PARENT], True, id="to one that is missing"),
        pytest.param(EstadoProtocolo.ANEXADO, [OPEN_PARENT, NO_PARENT], True, id="one missing"),
    ],
)
def test_an_anexado_is_as_closed_as_what_it_is_anexado_to(
    estado: EstadoProtocolo, links: list[Link], closed: bool
) -> None:
    assert visibility.parent_closed(estado, links) is closed


def test_an_anexado_whose_anexador_is_not_there_stays_closed(scene: Scene) -> None:
    """4.3: "no processo it is anexado to with global <> 0" cannot be said of an unknown one"""
    processo = scene.sei.processo()
    documento = scene.sei.externo(processo)
    processo.row["sta_estado"] = "3"
    assert scene.documento(processo, documento.numero).opening is Opening.PROCESSO_RESTRITO


@pytest.mark.parametrize("estado", ["3", "0"])
def test_an_anexador_that_is_restrito_closes_even_where_levels_contradict(
    scene: Scene, estado: str
) -> None:
    """4.4: "is it anexado, and to what" is asked of `rel_protocolo_protocolo`"""
    other, documento = attached(scene.sei, {}, {})
    assert other.anexador is not None
    other.anexador.row["sta_nivel_acesso_global"] = "1"
    other.row["sta_estado"] = estado
    assert scene.documento(other, documento.numero).opening is Opening.PROCESSO_RESTRITO


def test_the_anexador_of_the_anexador_counts_too(scene: Scene) -> None:
    """4.4: "repeat upwards" """
    other, documento = attached(scene.sei, {}, {})
    top = scene.sei.processo()
    assert other.anexador is not None
    scene.sei.attach(other.anexador, top)
    top.row["sta_nivel_acesso_global"] = "1"
    assert scene.documento(other, documento.numero).opening is Opening.PROCESSO_RESTRITO


def test_a_document_that_was_disposed_of_by_itself_does_not_open(scene: Scene) -> None:
    """1.3 `sin_eliminado`: "records disposal done, content gone" is a column of documents too"""
    processo = scene.sei.processo()
    documento = scene.sei.documento(processo)
    documento.row["sin_eliminado"] = "S"
    assert scene.documento(processo, documento.numero).opening is not Opening.OPENS


# Codes are reported and not proved (2): one that nobody knows closes, and breaks nothing


def test_a_document_of_an_unknown_kind_is_not_shown(scene: Scene) -> None:
    processo = scene.sei.processo()
    signed, draft = scene.sei.documento(processo), scene.sei.minuta(processo)
    for documento in (signed, draft):
        documento.details["sta_documento"] = "Z"
        scene.sei.andamento(processo, 7, DOCUMENTO=documento)
    assert scene.listed(processo) == []
    assert draft.numero not in repr(scene.track(processo))
    assert scene.find(signed.numero) == ()


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


# Interessados (4.1)


def test_only_interessados_of_the_processo_are_named(scene: Scene) -> None:
    """4.1(4): participante `I`; remetente, destinatário and acesso externo are not"""
    sei = scene.sei
    processo = sei.processo(interessados=["Ana Lima", "Construtora Flores"])
    for code in "RDA":
        sei.interessado(processo, f"Pessoa {code}", code)
    sei.interessado(sei.documento(processo), "Rui Sá")
    assert scene.track(processo).interessados == ("Ana Lima", "Construtora Flores")


def test_the_clock_of_the_scene_is_the_day_the_rules_are_of() -> None:
    assert WALL_CLOCK.date() == HOJE
