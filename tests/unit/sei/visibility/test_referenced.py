"""An andamento goes with the documents and processos that it names (3.1)."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.sei import visibility
from portal.sei.values import TipoProtocolo
from portal.sei.visibility import Rules
from tests.unit.sei.conftest import Scene
from tests.unit.sei.makers import make_andamento, make_other_processo, make_referenced, make_rules
from tests.unit.sei.visibility.scenes import (
    CLOSED,
    EVERYTHING,
    OPEN,
    RESTRITO,
    SIGILOSO,
    of_another_orgao,
    of_the_test_unit,
    show_all_tarefas,
)

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
