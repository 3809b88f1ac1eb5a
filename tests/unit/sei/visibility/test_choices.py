"""What a city chose to publish, in its SEI or in the portal, and what that opens (4.1, 4.3, 4.5).

A rule goes by its place in the notes on SEI's database.
"""

from datetime import date
from typing import Any

import pytest

from portal.errors import NotFound
from portal.sei import visibility
from portal.sei.values import NaoInformada
from portal.sei.visibility import Rules
from portal.tenancy import Visibilidade
from tests.unit.sei.conftest import A_DAY, HOJE, WALL_CLOCK, Scene
from tests.unit.sei.makers import make_rules
from tests.unit.sei.visibility.scenes import CLOSED, EVERYTHING, OPEN

ABERTO_AO_PUBLICO = {
    "METADADOS_PROCESSO_RESTRITO": "S",
    "LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S",
    "LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S",
}


def rules_of(
    parametros: dict[str, str | None] | None = None, teste: str | None = None, **options: Any
) -> Rules:
    return visibility.rules(Visibilidade(**options), parametros, teste, HOJE)


METADADOS = {"METADADOS_PROCESSO_RESTRITO": "S"}
LISTAS = {"LISTA_DOCUMENTO_PROCESSO_RESTRITO": "S", "LISTA_ANDAMENTO_PROCESSO_RESTRITO": "S"}


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
        pytest.param("31/01/2024", date.max, id="4.3 another format: nothing opens"),
        pytest.param("20240131", date.max, id="4.3 another format that Python reads"),
        pytest.param("2024-02-30", date.max, id="4.3 no such day: nothing opens"),
        pytest.param("ontem", date.max, id="4.3 no date: nothing opens"),
        pytest.param("", None, id="4.3 empty"),
        pytest.param("  ", None, id="4.3 blank"),
        pytest.param(None, None, id="4.3 null"),
    ],
)
def test_the_cut_off_date_of_pesquisa_publica(valor: str | None, expected: date | None) -> None:
    assert rules_of({"DATA_CORTE": valor}).data_corte == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(HOJE - A_DAY, HOJE - A_DAY), (HOJE + A_DAY, date.max)]
)
def test_the_cut_off_date_of_a_tenant_counts_where_the_site_s_is_no_date(
    day: date, expected: date
) -> None:
    assert rules_of({"DATA_CORTE": "31/01/2024"}, data_corte=day).data_corte == expected


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


# What that opens


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


def test_the_clock_of_the_scene_is_the_day_the_rules_are_of() -> None:
    assert WALL_CLOCK.date() == HOJE
