"""A person's own list: which processos are in it, why, in what order, and what is told of each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.demo.town import TEST_UNIT
from portal.sei import mine
from portal.sei.filters import Place, State
from portal.sei.mine import Wanted, list_mine
from portal.sei.queries import participations
from portal.sei.results import Because, Entry, Mine, Reason
from portal.sei.values import ANYONE, EstadoProtocolo, Viewer
from tests.unit.sei.conftest import HOJE, NOW, Scene, at, counting, instant

Rosa = int


def ask(scene: Scene, rosa: Rosa, **options: Any) -> Mine:
    scene.save()
    return list_mine(scene.tenant, Viewer(frozenset({rosa})), now=NOW, **options)


def numbers(found: Mine) -> list[str]:
    return [entry.formatado for entry in found.entries]


def on_processo(participacao: str = "I", **options: Any) -> Callable[[SeiBuilder, Rosa], Processo]:
    def make(sei: SeiBuilder, rosa: Rosa) -> Processo:
        processo = sei.processo(**options)
        sei.interessado(processo, rosa, participacao)
        return processo

    return make


def on_paper(
    make: Callable[[SeiBuilder, Processo], Documento], participacao: str = "D", **options: Any
) -> Callable[[SeiBuilder, Rosa], Processo]:
    def named(sei: SeiBuilder, rosa: Rosa) -> Processo:
        processo = sei.processo(**options)
        sei.interessado(make(sei, processo), rosa, participacao)
        return processo

    return named


def cancelled(sei: SeiBuilder, processo: Processo) -> Documento:
    documento = sei.documento(processo)
    sei.cancel(documento)
    return documento


def restricted(sei: SeiBuilder, processo: Processo) -> Documento:
    return sei.externo(processo, nivel="1")


def local_only(sei: SeiBuilder, processo: Processo) -> Documento:
    documento = sei.externo(processo)
    documento.row["sta_nivel_acesso_local"] = "1"
    return documento


def disposed_of(sei: SeiBuilder, rosa: Rosa) -> Processo:
    processo = on_processo()(sei, rosa)
    sei.conclude(processo)
    sei.dispose(processo)
    return processo


def opened(nivel: str, papers: int | None = None, **options: Any) -> Any:
    """By an acesso externo, whole or to so many documents."""

    def make(sei: SeiBuilder, rosa: Rosa) -> Processo:
        processo = sei.processo(nivel=nivel)
        documentos = [sei.documento(processo) for _ in range(papers or 0)]
        sei.usuario_externo(rosa)
        given = None if papers is None else documentos
        sei.acesso_externo(processo, rosa, given, **options)
        return processo

    return make


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(on_processo(), Reason.INTERESSADO, id="6(3) I of a processo"),
        pytest.param(on_processo(participacao="R"), Reason.REMETENTE, id="R of a processo"),
        pytest.param(on_processo(participacao="D"), Reason.DESTINATARIO, id="D of a processo"),
        pytest.param(on_processo(participacao="A"), None, id="6(5) A is no reason by itself"),
        pytest.param(on_processo(participacao="Z"), None, id="an unknown participação"),
        pytest.param(on_processo(nivel="1"), None, id="6(3) I of a restrito"),
        pytest.param(on_processo(nivel="2"), None, id="6(3) I of a sigiloso"),
        pytest.param(on_processo(unidade=TEST_UNIT), None, id="9.4 of the test unit"),
        pytest.param(on_processo(unidade="CM-PROTOCOLO"), None, id="8 of another órgão"),
        pytest.param(disposed_of, None, id="disposed of"),
        pytest.param(on_paper(SeiBuilder.documento), Reason.DESTINATARIO, id="6(3) D of a paper"),
        pytest.param(on_paper(SeiBuilder.externo, "R"), Reason.REMETENTE, id="6(3) R of a paper"),
        pytest.param(on_paper(SeiBuilder.externo, "I"), Reason.INTERESSADO, id="6(3) I of a paper"),
        pytest.param(on_paper(SeiBuilder.minuta), None, id="4.2 of a draft"),
        pytest.param(on_paper(cancelled), None, id="4.2 of a cancelled paper"),
        pytest.param(on_paper(restricted), None, id="of a restrito paper"),
        pytest.param(on_paper(local_only), None, id="7 of a paper restrito in its local only"),
        pytest.param(on_paper(SeiBuilder.externo, nivel="1"), None, id="of a paper in a restrito"),
        pytest.param(opened("0"), Reason.ACESSO_EXTERNO, id="6(5) of a público"),
        pytest.param(opened("1"), Reason.ACESSO_EXTERNO, id="6(5) of a restrito"),
        pytest.param(opened("1", 1), Reason.ACESSO_EXTERNO, id="6(5) parcial"),
        pytest.param(opened("1", 0), None, id="6(5) parcial that lists nothing"),
        pytest.param(opened("2"), None, id="6 of a sigiloso"),
        pytest.param(opened("1", active=False), None, id="6(5) cancelled"),
        pytest.param(opened("1", until=HOJE - timedelta(days=1)), None, id="6(5) over"),
    ],
)
def test_which_processos_are_listed_and_why(
    scene: Scene, make: Callable[[SeiBuilder, Rosa], Processo], reason: Reason | None
) -> None:
    # That a site names restritos is no reason to tell anybody that one is about them.
    scene.configure(orgaos=[0], mostra_restritos=True, documentos_de_restritos=True)
    rosa = scene.sei.contato("Rosa Lima")
    processo = make(scene.sei, rosa)
    found = ask(scene, rosa)
    assert numbers(found) == ([processo.numero] if reason else [])
    assert [b.reason for entry in found.entries for b in entry.because] == (
        [reason] if reason else []
    )
    assert found.total == len(found.entries)


def test_anybody_else_has_none(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    on_processo()(scene.sei, rosa)
    assert ask(scene, scene.sei.contato("Rosa Lima")).entries == ()
    assert list_mine(scene.tenant, ANYONE, now=NOW).entries == ()


def test_a_processo_is_listed_once_with_every_reason(scene: Scene) -> None:
    sei = scene.sei
    rosa = sei.contato("Rosa Lima")
    processo = on_processo()(sei, rosa)
    for _ in range(2):
        sei.interessado(sei.documento(processo), rosa, "D")
    sei.usuario_externo(rosa)
    sei.acesso_externo(processo, rosa, [processo.documentos[0]])
    sei.acesso_externo(processo, rosa, until=HOJE)
    (entry,) = ask(scene, rosa).entries
    assert entry.because == (
        Because(Reason.INTERESSADO),
        Because(Reason.DESTINATARIO),
        Because(Reason.ACESSO_EXTERNO, HOJE, integral=True),
    )


def test_several_contatos_are_one_person(scene: Scene) -> None:
    some = [scene.sei.contato("Rosa Lima", active=active) for active in (True, False)]
    wanted = {on_processo()(scene.sei, rosa).numero for rosa in some}
    scene.save()
    found = list_mine(scene.tenant, Viewer(frozenset(some)), now=NOW)
    assert set(numbers(found)) == wanted


def test_of_a_restrito_nothing_is_told_that_its_page_does_not_say(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    opened("1", 1)(scene.sei, rosa)
    whole = opened("1")(scene.sei, rosa)
    by_number = {entry.formatado: entry for entry in ask(scene, rosa).entries}
    entry = by_number.pop(whole.numero)
    assert (entry.restrito, entry.estado, entry.state) == (
        True,
        EstadoProtocolo.NORMAL,
        State.EM_ANDAMENTO,
    )
    assert entry.moved
    assert entry.open_in
    (entry,) = by_number.values()
    assert (entry.estado, entry.autuacao, entry.moved, entry.open_in) == (None,) * 4
    assert entry.state is None


def test_what_happened_last_is_first_and_what_only_a_draft_tells_does_not_count(
    scene: Scene,
) -> None:
    sei = scene.sei
    rosa = sei.contato("Rosa Lima")
    old, new = (sei.processo(autuacao=at(1), interessados=[rosa]) for _ in range(2))
    sei.andamento(old, 65, when=at(5), DESCRICAO="Vistoria")
    draft = sei.minuta(old, when=at(6))
    sei.andamento(old, 7, when=at(18), DOCUMENTO=draft)
    sei.andamento(old, 50, when=at(19), DESTINATARIO_NOME="Ivo")
    sei.andamento(new, 65, when=at(9), DESCRICAO="Vistoria")
    found = ask(scene, rosa)
    assert numbers(found) == [new.numero, old.numero]
    assert [entry.moved for entry in found.entries] == [instant(9), instant(5)]


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        (Wanted(state=State.EM_ANDAMENTO), 0),
        (Wanted(state=State.CONCLUIDO), 1),
        (Wanted(state=State.SOBRESTADO), 2),
        (Wanted(reason=Reason.DESTINATARIO), 3),
        (Wanted(State.CONCLUIDO, Reason.DESTINATARIO), 3),
    ],
)
def test_a_list_can_be_narrowed(scene: Scene, wanted: Wanted, place: int) -> None:
    sei = scene.sei
    rosa = sei.contato("Rosa Lima")
    some = [on_processo()(sei, rosa) for _ in range(3)]
    some.append(on_paper(SeiBuilder.documento)(sei, rosa))
    sei.conclude(some[1])
    sei.suspend(some[2])
    sei.conclude(some[3])
    found = ask(scene, rosa, wanted=wanted)
    assert some[place].numero in numbers(found)
    assert found.total == (2 if wanted == Wanted(state=State.CONCLUIDO) else 1)


def test_pages_join_without_a_gap_or_a_repeat(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "PAGE_SIZE", 3)
    sei = scene.sei
    rosa = sei.contato("Rosa Lima")
    some = [sei.processo(autuacao=at(1 + n // 2), interessados=[rosa]) for n in range(8)]
    some.append(opened("1", 1)(sei, rosa))
    walked: list[Entry] = []
    after: Place | None = None
    for _ in range(3):
        found = ask(scene, rosa, after=after)
        assert found.total == 9
        walked += found.entries
        after = found.more
    assert after is None
    assert sorted(e.formatado for e in walked) == sorted(p.numero for p in some)
    moments = [e.moved for e in walked[:-1]]
    assert moments == sorted(moments, key=lambda m: m or NOW, reverse=True)


def test_of_very_many_only_the_newest_are_looked_at_and_that_is_said(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mine, "MOST", 2)
    rosa = scene.sei.contato("Rosa Lima")
    some = [on_processo()(scene.sei, rosa) for _ in range(3)]
    found = ask(scene, rosa)
    assert not found.complete
    assert set(numbers(found)) == {processo.numero for processo in some[1:]}
    assert participations.MOST > 100


def test_a_long_list_costs_what_a_short_one_does(scene: Scene) -> None:
    rosa = scene.sei.contato("Rosa Lima")
    costs = []
    for many in (1, 1, 30):  # the first also asks what the installation has, and for words
        for _ in range(many):
            on_processo()(scene.sei, rosa)
        scene.save()
        ask(scene, rosa)
        with counting(scene.tenant.sei) as sent:
            list_mine(scene.tenant, Viewer(frozenset({rosa})), now=NOW)
        costs.append(len(sent))
    assert costs[1] == costs[2] <= 6
