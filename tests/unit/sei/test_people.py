"""Who a proved CPF is in SEI."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from portal.cpf import Cpf
from portal.errors import Unavailable
from portal.sei import people
from portal.sei.people import MOST_KEPT, Acquaintances, recognize
from portal.sei.values import Slow, Viewer
from tests.unit.sei.conftest import Scene, counting

ROSA = Cpf("00123456797")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class TimedOut(Exception):
    sqlstate = "57014"


def test_everybody_with_the_cpf_is_the_person_the_inactive_too(scene: Scene) -> None:
    hers = {
        scene.sei.contato("Rosa Lima", cpf=123456797),
        scene.sei.contato("ROSA DE LIMA", cpf=123456797, active=False),
    }
    scene.sei.contato("Ivo Reis", cpf=99900001079)
    scene.save()
    assert recognize(scene.tenant, ROSA) == Viewer(frozenset(hers))
    assert recognize(scene.tenant, Cpf("99900009720")) == Viewer()


def test_where_an_index_finds_a_cpf_nothing_is_kept(scene: Scene) -> None:
    known = Acquaintances()
    recognize(scene.tenant, ROSA, known)
    assert len(known) == 0


def test_before_4_1_somebody_is_kept_for_a_short_while(scene: Scene) -> None:
    scene.alter("ALTER TABLE protocolo DROP COLUMN sin_eliminado")
    clock = Clock()
    known = Acquaintances(clock)
    assert recognize(scene.tenant, ROSA, known) == Viewer()
    key = scene.sei.contato("Rosa Lima", cpf=123456797)
    scene.save()
    with counting(scene.tenant.sei) as sent:
        assert recognize(scene.tenant, ROSA, known) == Viewer()
    assert sent == []
    clock.now = people.LIFETIME
    assert recognize(scene.tenant, ROSA, known) == Viewer(frozenset({key}))


def test_the_same_person_at_another_tenant_is_another(scene: Scene) -> None:
    known = Acquaintances()
    known.keep(scene.tenant, ROSA, Viewer(frozenset({7})))
    scene.configure(slug="outro")
    assert known.find(scene.tenant, ROSA) is None


def test_only_so_many_are_kept_and_the_oldest_goes(scene: Scene) -> None:
    known = Acquaintances()
    for n in range(MOST_KEPT + 1):
        known.keep(scene.tenant, Cpf(f"{n:011d}"), Viewer())
    assert len(known) == MOST_KEPT
    assert known.find(scene.tenant, Cpf(f"{0:011d}")) is None


def test_too_slow_is_said_and_not_taken_for_nobody(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.alter("ALTER TABLE protocolo DROP COLUMN sin_eliminado")
    clock = Clock()
    known = Acquaintances(clock)
    asked = []

    def time_out(*_: Any) -> None:
        asked.append(1)
        raise OperationalError("SELECT", {}, TimedOut())

    monkeypatch.setattr(people, "list_contatos", time_out)
    assert recognize(scene.tenant, ROSA, known) == Slow()
    assert recognize(scene.tenant, ROSA, known) == Slow()
    assert len(asked) == 1
    clock.now = people.REST
    assert recognize(scene.tenant, ROSA, known) == Slow()
    assert len(asked) == 2


def test_a_sei_that_is_away_is_not_a_slow_one(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(people, "list_contatos", fail)
    with pytest.raises(Unavailable):
        recognize(scene.tenant, ROSA)
