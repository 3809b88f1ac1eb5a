"""What a search may list, by every rule that closes a processo, and how it goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from portal.demo.protocolos import Processo
from portal.sei import extent
from portal.sei.filters import Filters, Place, State
from portal.sei.queries import choices, interessados, walks
from portal.sei.results import Results, TooMany
from portal.sei.search import kept_choices, list_choices, search_processos
from portal.sei.values import AND_OTHERS
from tests.unit.sei.conftest import WALL_CLOCK, Scene, counting

TODAY = WALL_CLOCK.date()
ALL = Filters(last_day=date(2199, 12, 31))
Change = Callable[[Scene, Processo], object]


def found(scene: Scene, filters: Filters = ALL, after: Place | None = None) -> list[str]:
    scene.save()
    results = search_processos(scene.tenant, filters, after, today=TODAY)
    assert isinstance(results, Results)
    return [item.formatado for item in results.items]


def test_a_publico_is_found(scene: Scene) -> None:
    processo = scene.sei.processo()
    assert found(scene) == [processo.numero]


CLOSED: dict[str, Change] = {
    "4.1(2): sigiloso": lambda scene, p: p.row.update(
        sta_nivel_acesso_global="2", sta_nivel_acesso_local="2"
    ),
    "2: sigiloso in its local level alone": lambda scene, p: p.row.update(
        sta_nivel_acesso_local="2"
    ),
    "4.1(3): restrito": lambda scene, p: p.row.update(
        sta_nivel_acesso_global="1", sta_nivel_acesso_local="1"
    ),
    "2: restrito by one of its documents": lambda scene, p: p.row.update(
        sta_nivel_acesso_global="1"
    ),
    "2: a level that nobody has documented": lambda scene, p: p.row.update(
        sta_nivel_acesso_global="7"
    ),
    "1.3: not a processo": lambda scene, p: p.row.update(sta_protocolo="G"),
    "4.1: its content was disposed of": lambda scene, p: scene.sei.dispose(p),
    "9.4: of the test unit": lambda scene, p: p.row.update(
        id_unidade_geradora=scene.sei.unidade("TESTE").id_unidade
    ),
    "8: of another órgão": lambda scene, p: scene.configure(orgaos=[1]),
}


@pytest.mark.parametrize("rule", CLOSED)
def test_what_is_closed_is_not_found_by_anything_and_offers_nothing(
    scene: Scene, rule: str
) -> None:
    """Also where restritos may be named and their history is published."""
    scene.configure(mostra_restritos=True, andamentos_de_restritos=True)
    processo = scene.sei.processo("1500.01.0001234/2026-56", interessados=["Ana Lima"])
    CLOSED[rule](scene, processo)
    tipo, unidade = processo.details["id_tipo_procedimento"], processo.row["id_unidade_geradora"]
    for filters in (
        ALL,
        Filters(tipo=tipo),
        Filters(opened_by=unidade),
        Filters(open_in=unidade),
        Filters(ending="123456"),
        Filters(ending="202656"),
        Filters(interessado="Ana Lima"),
        *(Filters(state=state) for state in State),
    ):
        assert found(scene, filters) == []
    choices = list_choices(scene.tenant)
    assert not choices.tipos
    assert not choices.opened_by
    assert not choices.open_in


def test_an_orgao_finds_its_own(scene: Scene) -> None:
    scene.configure(orgaos=[0])
    processo = scene.sei.processo()
    scene.sei.processo(unidade="CM-PROTOCOLO")
    assert found(scene) == [processo.numero]


def test_states_are_those_that_the_page_of_the_processo_tells(scene: Scene) -> None:
    sei = scene.sei
    going, done, waiting = sei.processo(), sei.processo(), sei.processo()
    locked, joined = sei.processo(), sei.processo()
    sei.conclude(done)
    sei.suspend(waiting, "Aguarda documento")
    sei.lock(locked)
    sei.attach(joined, going)
    assert found(scene, Filters(state=State.EM_ANDAMENTO)) == [going.numero]
    assert found(scene, Filters(state=State.CONCLUIDO)) == [done.numero]
    assert found(scene, Filters(state=State.SOBRESTADO)) == [waiting.numero]


def test_digits_that_leave_too_many_find_none_whatever_else_is_asked(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.sei.search.MOST_ENDINGS", 1)
    for n in range(2):
        scene.sei.processo(f"1500.01.000{n}123/2026-56")
    scene.save()
    for filters in (Filters(ending="123202656"), Filters(ending="123202656", tipo=1)):
        assert search_processos(scene.tenant, filters, today=TODAY) is TooMany.ENDINGS
    assert found(scene, Filters(ending="1123202656")) == ["1500.01.0001123/2026-56"]


def test_a_place_above_the_period_does_not_widen_it(scene: Scene) -> None:
    processo = scene.sei.processo(autuacao=datetime(2026, 3, 5, 9))
    scene.sei.processo(autuacao=datetime(2026, 3, 7, 9))
    filters = Filters(last_day=date(2026, 3, 6))
    assert found(scene, filters, Place(datetime(2199, 1, 1), 0)) == [processo.numero]


@pytest.mark.parametrize("rule", CLOSED)
def test_where_a_search_ends_tells_nothing_of_what_is_closed(
    scene: Scene, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the place, nor whether there is more, nor what may be chosen."""
    monkeypatch.setattr(walks, "REACH", 2)
    monkeypatch.setattr(choices, "NEWEST", 2)
    days = [WALL_CLOCK - timedelta(days=n) for n in range(7)]
    processos = [scene.sei.processo(autuacao=day) for day in days]
    hidden = scene.sei.processo(
        autuacao=days[1] + timedelta(hours=1), tipo="Obras: Alvará de Construção"
    )
    filters = Filters(state=State.SOBRESTADO)
    key = processos[3].row["id_protocolo"]
    places = [None, *(Place(day, key) for day in days)]
    CLOSED[rule](scene, hidden)
    closed = _answers(scene, filters, places)
    scene.alter(f"DELETE FROM protocolo WHERE id_protocolo = {hidden.row['id_protocolo']}")
    assert _answers(scene, filters, places) == closed


@pytest.mark.parametrize("rule", CLOSED)
def test_where_the_calendar_ends_a_search_tells_nothing_of_what_is_closed(
    scene: Scene, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a SEI too large to be walked at once, closed processos being the first and the last."""
    monkeypatch.setattr(extent, "MOST_WALKED", 1)
    days = [WALL_CLOCK - timedelta(days=100 * n) for n in range(1, 5)]
    edges = [WALL_CLOCK - timedelta(days=10), WALL_CLOCK - timedelta(days=500)]
    hidden = [scene.sei.processo(autuacao=day) for day in edges]
    shown = [scene.sei.processo(autuacao=day) for day in days]
    for processo in hidden:
        CLOSED[rule](scene, processo)
    filters = Filters(state=State.EM_ANDAMENTO)
    key = shown[2].row["id_protocolo"]
    places = [None, *(Place(day, key) for day in days)]
    closed = _answers(scene, filters, places)
    first = closed[0]
    assert isinstance(first, Results)
    # Where the tenant is another órgão, nothing is shown.
    assert first.partial == bool(first.items)
    for processo in hidden:
        scene.alter(f"DELETE FROM protocolo WHERE id_protocolo = {processo.row['id_protocolo']}")
    assert _answers(scene, filters, places) == closed


def test_a_total_is_counted_once_and_says_when_there_are_more(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(25):
        scene.sei.processo(autuacao=WALL_CLOCK - timedelta(days=n))
    scene.sei.processo(nivel="1")
    scene.save()
    first = search_processos(scene.tenant, ALL, today=TODAY)
    assert isinstance(first, Results)
    assert (len(first.items), first.total, first.partial) == (20, 25, False)
    second = search_processos(scene.tenant, ALL, first.more, today=TODAY)
    assert isinstance(second, Results)
    assert len(second.items) == 5
    monkeypatch.setattr("portal.sei.search.MOST_COUNTED", 22)
    many = search_processos(scene.tenant, ALL, today=TODAY)
    assert isinstance(many, Results)
    assert many.total == 23


def test_where_the_lists_take_too_long_a_search_goes_by_the_calendar(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("statement timeout"))

    monkeypatch.setattr(choices, "list_choices", too_slow)
    near = scene.sei.processo(autuacao=WALL_CLOCK - timedelta(days=9))
    far = scene.sei.processo(autuacao=WALL_CLOCK - timedelta(days=40))
    scene.save()
    assert list_choices(scene.tenant) is None
    results = search_processos(scene.tenant, ALL, today=TODAY)
    assert isinstance(results, Results)
    assert ([item.formatado for item in results.items], results.total) == ([near.numero], 1)
    assert results.partial
    assert found(scene, after=results.unseen) == [far.numero]


def _answers(scene: Scene, filters: Filters, places: list[Place | None]) -> list[object]:
    scene.save()
    kept_choices(scene.tenant).forget(scene.tenant.sei)
    found = [search_processos(scene.tenant, filters, place, today=TODAY) for place in places]
    return [*found, list_choices(scene.tenant)]


ANA = Filters(interessado="ana lima")


def named(scene: Scene, filters: Filters = ANA) -> dict[str, tuple[str, ...]]:
    """Which processos a name finds, and whom each of them then names."""
    scene.save()
    results = search_processos(scene.tenant, filters, today=TODAY)
    assert isinstance(results, Results)
    return {item.formatado: item.interessados for item in results.items}


def test_a_name_finds_those_who_asked_and_nobody_else(scene: Scene) -> None:
    sei = scene.sei
    first = sei.processo(interessados=["ANA MARIA DE LIMA", "Rui Lima"])
    second = sei.processo(interessados=["Aná Lima"], autuacao=WALL_CLOCK - timedelta(days=9))
    other = sei.processo(interessados=["Ana Souza", "Lima Barreto"])
    sei.interessado(other, "Ana Lima", "R")
    sei.documento(other, signers=[("Ana Lima", "Fiscal")])
    sei.interessado(sei.documento(other), "Ana Lima")
    sei.processo()
    assert named(scene) == {
        first.numero: ("ANA MARIA DE LIMA",),
        second.numero: ("Aná Lima",),
    }


def test_a_name_is_one_condition_among_others(scene: Scene) -> None:
    sei = scene.sei
    going, done = (
        sei.processo(f"1500.01.000{n}/2026-5{n}", interessados=["Ana Lima"]) for n in "67"
    )
    sei.conclude(done)
    assert list(named(scene, replace(ANA, state=State.CONCLUIDO))) == [done.numero]
    assert list(named(scene, replace(ANA, ending="0006202656"))) == [going.numero]
    assert not named(scene, replace(ANA, last_day=date(2001, 1, 1)))


def test_what_is_masked_in_a_name_finds_nothing(scene: Scene) -> None:
    processo = scene.sei.processo(interessados=["Ana Lima 123.456.789-09, rui.sa@correio.example"])
    shown = ("Ana Lima ***.456.789-**, (e-mail omitido)",)
    assert named(scene) == {processo.numero: shown}
    for hidden in ("rui sa", "correio example", "ana correio"):
        assert not named(scene, Filters(interessado=hidden))


def test_of_many_namesakes_in_one_processo_a_few_are_shown(scene: Scene) -> None:
    processo = scene.sei.processo(interessados=[f"Ana Lima {letter}" for letter in "FEDCBA"])
    shown = named(scene)[processo.numero]
    assert shown == (*(f"Ana Lima {letter}" for letter in "FEDCB"), AND_OTHERS)


def test_a_name_that_leaves_too_many_is_refused_until_something_else_is_known(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.sei.search.MOST_NAMESAKES", 2)
    days = [WALL_CLOCK - timedelta(days=n) for n in range(3)]
    for day in days:
        scene.sei.processo(interessados=["Ana Lima"], autuacao=day)
    scene.save()
    assert search_processos(scene.tenant, ANA, today=TODAY) is TooMany.NAMESAKES
    assert len(named(scene, replace(ANA, first_day=days[1].date()))) == 2


def test_fifty_processos_of_one_name_are_one_page(scene: Scene) -> None:
    numbers = [scene.sei.processo(interessados=["Ana Lima"]).numero for _ in range(50)]
    assert sorted(named(scene)) == sorted(numbers)
    scene.sei.processo(interessados=["Ana Lima"])
    scene.save()
    assert search_processos(scene.tenant, ANA, today=TODAY) is TooMany.NAMESAKES


def test_what_a_name_found_on_earlier_pages_counts_with_the_rest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walks, "REACH", 1)
    monkeypatch.setattr("portal.sei.search.MOST_NAMESAKES", 2)
    for n in range(3):
        scene.sei.processo(interessados=["Ana Lima"], autuacao=WALL_CLOCK - timedelta(days=n))
    scene.save()
    first = search_processos(scene.tenant, ANA, today=TODAY)
    assert isinstance(first, Results)
    assert (len(first.items), str(first.unseen)[-2:]) == (2, "~2")
    assert search_processos(scene.tenant, ANA, first.unseen, today=TODAY) is TooMany.NAMESAKES
    other = search_processos(scene.tenant, ALL, first.unseen, today=TODAY)
    assert isinstance(other, Results)
    assert len(other.items) == 1


@pytest.mark.parametrize("at_once", [1, 3, 200])
@pytest.mark.parametrize("most", [1, 2, 3, 4, 100])
def test_however_few_names_are_read_at_once_each_processo_is_found_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, most: int, at_once: int
) -> None:
    """Of one with more names than may be read, by the first of them."""
    monkeypatch.setattr(interessados, "MOST_NAMES", most)
    monkeypatch.setattr(interessados, "AT_ONCE", at_once)
    wanted = []
    for n in range(4):
        day = WALL_CLOCK - timedelta(days=n)
        others = ["Rui Sá"] * n
        wanted.append(scene.sei.processo(interessados=["Ana Lima", *others], autuacao=day).numero)
        scene.sei.processo(autuacao=day)
    scene.save()
    seen: list[str] = []
    after = None
    for _ in range(20):
        results = search_processos(scene.tenant, ANA, after, today=TODAY)
        assert isinstance(results, Results)
        seen += [item.formatado for item in results.items]
        after = results.unseen
        if after is None:
            break
    assert seen == wanted


def test_where_nobody_of_the_name_asked_nothing_more_is_looked_up(scene: Scene) -> None:
    scene.sei.processo(interessados=["Rui Sá"])
    scene.save()
    search_processos(scene.tenant, ANA, today=TODAY)
    with counting(scene.tenant.sei) as in_vain:
        search_processos(scene.tenant, ANA, today=TODAY)
    scene.sei.processo(nivel="1", interessados=["Ana Lima"])
    scene.save()
    search_processos(scene.tenant, ANA, today=TODAY)
    with counting(scene.tenant.sei) as of_a_restrito:
        search_processos(scene.tenant, ANA, today=TODAY)
    assert of_a_restrito == in_vain
