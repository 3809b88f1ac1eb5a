"""The list of what a processo holds, page after page."""

import pytest

from portal.demo.protocolos import Processo
from tests.unit.sei.conftest import TWO, Scene, at, number_of


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
