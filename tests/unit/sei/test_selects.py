"""How much is asked of SEI: constant, and the same for what may not be named."""

from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

import pytest

from portal.demo import tramites as demo
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.demo.town import TEST_UNIT
from portal.demo.tramites import PROMOTORIA
from portal.errors import NotFound, Unavailable
from portal.sei import documentos, service
from portal.sei.queries.documentos import WALK
from portal.sei.queries.names import KEPT, LIFETIME
from portal.sei.values import Tracking
from tests.unit.sei.conftest import NOW, Scene, at, counting, numero_of


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


def test_a_giant_whose_documents_are_asked_for_twice_leaves_the_words_to_others(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    processo = everything(scene.sei)
    for _ in range(WALK):
        scene.sei.minuta(processo)
    scene.track(processo)
    monkeypatch.setattr(KEPT, "_clock", lambda: monotonic() + 2 * LIFETIME)
    with counting(scene.tenant.sei) as statements:
        found = service.track(
            scene.tenant,
            numero_of(processo),
            now=NOW,
            main_only=False,
            contents_after=processo.documentos[-WALK - 1].id,
        )
    assert isinstance(found, Tracking)
    assert sum("held" in statement for statement in statements) == 2
    assert len(statements) == 8


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
            scene.tenant, numero, now=NOW, before=7, main_only=False, contents_after=1
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
        assert service.list_hits(scene.tenant, (numero_of(what),), NOW) == ()
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
