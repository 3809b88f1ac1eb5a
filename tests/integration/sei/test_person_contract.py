"""What a person sees, on every engine, on SEI's own databases and in its other versions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import URL

from portal.demo import citizens
from portal.demo.citizens import CITIZENS, Citizen
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.results import Mine, Reason
from portal.sei.values import Cnpj, Contents, Cpf, Documento, Opening, Tracking, Viewer
from portal.sei.vinculos import list_vinculos
from portal.tenancy import Tenant
from tests.integration.engines import SERVERS
from tests.integration.sei.answers import as_latin1, ask_person
from tests.integration.sei.town import NOW, counting, town

A_CITIZEN = pytest.mark.parametrize("citizen", CITIZENS, ids=lambda citizen: citizen.nome)
MOST_SELECTS = 7
"""Of a list, however long: its own five, and now and then the words and the catalogue."""


@pytest.fixture(scope="module")
def on_a_server(sei_url: URL) -> Iterator[Tenant]:
    with town(sei_url) as tenant:
        yield tenant


@pytest.fixture(scope="module")
def on_genuine(genuine_url: URL) -> Iterator[Tenant]:
    with town(genuine_url) as tenant:
        yield tenant


@pytest.fixture(scope="module")
def other_version(variant_url: URL) -> Iterator[Tenant]:
    with town(variant_url) as tenant:
        yield tenant


@pytest.mark.parametrize("sei_url", SERVERS, indirect=True)
@A_CITIZEN
def test_every_engine_gives_a_person_the_same(
    citizen: Citizen, on_a_server: Tenant, baseline: Tenant
) -> None:
    assert _without_ids(on_a_server, citizen) == _without_ids(baseline, citizen)


@A_CITIZEN
def test_seis_own_databases_give_a_person_the_same(
    citizen: Citizen, on_genuine: Tenant, baseline: Tenant
) -> None:
    assert _without_ids(on_genuine, citizen) == _without_ids(baseline, citizen)


@A_CITIZEN
def test_other_versions_give_a_person_the_same_list(
    citizen: Citizen, other_version: Tenant, baseline: Tenant
) -> None:
    assert _list(other_version, citizen) == _list(baseline, citizen)


def test_what_is_compared_is_worth_comparing(baseline: Tenant) -> None:
    lists = {citizen: _list(baseline, citizen) for citizen in CITIZENS}
    reasons = {b.reason for found in lists.values() for e in found.entries for b in e.because}
    assert reasons == set(Reason)
    assert len(lists[citizens.MARIA].entries) >= 5
    assert {e.restrito for e in lists[citizens.MARIA].entries} == {True, False}
    assert len(lists[citizens.JOAO].entries) == 1
    assert lists[citizens.DEBORA].entries == lists[citizens.LETICIA].entries == ()
    for citizen, papers in ((citizens.MARIA, 3), (citizens.JOSE, 2)):
        (restrito,) = [e.formatado for e in lists[citizen].entries if e.restrito]
        tracking = ask_person(baseline, citizen.cpf)[restrito]
        assert isinstance(tracking, Tracking)
        assert isinstance(tracking.contents, Contents)
        assert {d.opening for d in tracking.contents.items if isinstance(d, Documento)} == {
            Opening.OPENS
        }
        assert len(tracking.contents.items) == papers


def test_maria_has_something_to_do_and_something_done(baseline: Tenant) -> None:
    found = ask_person(baseline, citizens.MARIA.cpf)["peticionamento"]
    assert [(i.tipo, i.pending, i.due is None) for i in found.intimacoes] == [
        ("Cumprimento de Exigência", False, False),
        ("Ciência", True, True),
    ]
    assert len(found.recibos) == 2
    assert all(part.processo for part in (*found.intimacoes, *found.recibos))


def test_a_list_costs_few_selects(baseline: Tenant) -> None:
    viewer = recognize(baseline, Cpf(citizens.MARIA.cpf))
    assert isinstance(viewer, Viewer)
    with counting(baseline.sei) as sent:
        list_mine(baseline, viewer, now=NOW)
    assert len(sent) <= MOST_SELECTS


def _list(tenant: Tenant, citizen: Citizen) -> Mine:
    found: Mine = _without_ids(tenant, citizen)["mine"]
    return found


def _without_ids(tenant: Tenant, citizen: Citizen) -> dict[str, Any]:
    """Ids go on after a genuine database's own."""
    answers: dict[str, Any] = as_latin1(ask_person(tenant, citizen.cpf))
    mine = answers["mine"]
    return answers | {
        "mine": replace(
            mine, entries=tuple(replace(entry, id_protocolo=0) for entry in mine.entries)
        )
    }


@pytest.mark.parametrize("sei_url", SERVERS, indirect=True)
def test_every_engine_has_the_same_companies(on_a_server: Tenant, baseline: Tenant) -> None:
    assert _companies(on_a_server) == _companies(baseline)


def test_other_versions_have_the_same_companies(other_version: Tenant, baseline: Tenant) -> None:
    """A CNPJ is a number until 5.0, and a text since then."""
    assert _companies(other_version)[0] == _companies(baseline)[0]
    assert len(_companies(baseline)[0]) == 2
    assert [len(found) for found in _companies(baseline)[1]] == [1, 1, 1]


def _companies(tenant: Tenant) -> tuple[list[str], list[list[tuple[str, Any, bool]]]]:
    """ACME's processos, and for whom three people may act."""
    acme = recognize(tenant, Cnpj(citizens.ACME.cnpj))
    assert isinstance(acme, Viewer)
    listed = [entry.formatado for entry in list_mine(tenant, acme, now=NOW).entries]
    vinculos = []
    for citizen in (citizens.ANTONIO, citizens.CAMILA, citizens.VICENTE):
        person = recognize(tenant, Cpf(citizen.cpf))
        assert isinstance(person, Viewer)
        found = [offer.vinculo for offer in list_vinculos(tenant, person, NOW) or ()]
        vinculos.append([(as_latin1(v.nome), v.identity, v.processos is None) for v in found])
    return listed, vinculos
