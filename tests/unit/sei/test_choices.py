"""What a search offers to choose from: what públicos have, and SEI still uses."""

from datetime import timedelta

import pytest

from portal.sei.queries import choices
from portal.sei.results import Choices
from portal.sei.search import kept_choices, list_choices
from tests.unit.sei.conftest import WALL_CLOCK, Scene


def offered(scene: Scene) -> Choices:
    known = list_choices(scene.tenant)
    assert known is not None
    return known


def test_the_lists_to_choose_from_are_asked_for_once_in_a_while(scene: Scene) -> None:
    first = scene.sei.processo()
    scene.save()
    before = offered(scene)
    assert [tipo.nome for tipo in before.tipos] == [first.tipo]
    scene.sei.processo(tipo="Obras: Alvará de Construção")
    scene.save()
    assert offered(scene) == before
    kept_choices(scene.tenant).forget(scene.tenant.sei)
    assert len(offered(scene).tipos) == 2


def test_the_units_to_choose_from_are_where_the_newest_publicos_are_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many others, públicos or not, a unit has or had: they are not gone through."""
    monkeypatch.setattr(choices, "NEWEST", 2)
    days = [WALL_CLOCK - timedelta(days=n) for n in range(3)]
    done = scene.sei.processo(unidade="SEFAZ", autuacao=days[0])
    scene.sei.processo(unidade="PROTOCOLO", autuacao=days[1])
    scene.sei.processo(unidade="SEOBRAS", autuacao=days[2])
    scene.sei.conclude(done)
    scene.save()
    units = offered(scene)
    assert [u.sigla for u in units.open_in] == ["PROTOCOLO"]
    assert {u.sigla for u in units.opened_by} == {"SEFAZ", "PROTOCOLO"}


@pytest.mark.parametrize("level", ["0", "1"])
def test_what_is_no_longer_in_use_is_not_offered(scene: Scene, level: str) -> None:
    used = scene.sei.processo(unidade="SEFAZ", nivel=level)
    retired = scene.sei.processo(unidade="SEOBRAS", tipo="Obras: Alvará de Construção")
    scene.save()
    tipo, unidade = retired.details["id_tipo_procedimento"], retired.row["id_unidade_geradora"]
    scene.alter(f"UPDATE tipo_procedimento SET sin_ativo = 'N' WHERE id_tipo_procedimento = {tipo}")
    scene.alter(f"UPDATE unidade SET sin_ativo = 'N' WHERE id_unidade = {unidade}")
    scene.save()
    found = offered(scene)
    publico = level == "0"
    assert [t.nome for t in found.tipos] == [used.tipo] * publico
    assert [u.sigla for u in found.opened_by] == ["SEFAZ"] * publico
    assert [u.sigla for u in found.open_in] == ["SEFAZ"] * publico
