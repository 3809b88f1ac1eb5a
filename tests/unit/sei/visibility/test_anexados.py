"""What is said of processos that are anexados, and what closes the documents in one (4.2-4.4)."""

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
    Opening,
)
from portal.sei.visibility import Link
from tests.unit.sei.conftest import Scene
from tests.unit.sei.makers import make_other_processo
from tests.unit.sei.visibility.scenes import EVERYTHING


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
