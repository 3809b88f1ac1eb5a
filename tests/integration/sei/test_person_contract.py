"""What a person sees, on every engine, on SEI's own databases and in its other versions."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import URL

from portal.cpf import Cpf
from portal.demo import citizens
from portal.demo.citizens import CITIZENS, Citizen
from portal.sei.mine import list_mine
from portal.sei.people import recognize
from portal.sei.peticoes import list_peticionamento
from portal.sei.results import Mine, Reason
from portal.sei.values import (
    Cnpj,
    Contagem,
    Contents,
    Documento,
    Offer,
    Opening,
    Tracking,
    Viewer,
)
from portal.sei.vinculos import find_vinculo, list_vinculos, represent, represent_by
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
        ("Cumprimento de Exigência", True, True),
        ("Ciência", True, True),
    ]
    assert [[(p.many, p.unit) for p in i.prazos] for i in found.intimacoes] == [
        [],
        [(15, Contagem.DIAS_UTEIS)],
        [],
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
    (listed, given), (wanted, powers) = _companies(other_version), _companies(baseline)
    assert listed == wanted
    # SEI's own databases have no module.
    assert given in (powers, [[], [], []])
    assert len(_companies(baseline)[0]) == 2


def test_what_representatives_get_is_worth_comparing(baseline: Tenant) -> None:
    listed, given = _companies(baseline)
    assert len(listed) == 2
    antonio, camila, vicente = given
    (whole,) = antonio
    assert (whole[0].vinculo.processos, whole[1], len(whole[2])) == (True, listed, 1)
    # Of two processos in one procuração the público is listed, and she is told of no intimação.
    some, of_joao = camila
    assert (some[0].poderes, some[1], some[2]) == (("Acompanhar o processo",), listed[:1], ())
    assert len(some[0].processos) == 1
    assert len(of_joao[1]) == 1
    # The one that is over is not there.
    assert [offer.vinculo.identity for offer, _, _ in vicente] == [Cnpj(citizens.ACME.cnpj)]


def _companies(tenant: Tenant) -> tuple[list[str], list[list[tuple[Offer, list[str], Any]]]]:
    """ACME's processos, and for whom three people may act, with what they get by it."""
    acme = represent(tenant, Cnpj(citizens.ACME.cnpj))
    assert isinstance(acme, Viewer)
    given = []
    for citizen in (citizens.ANTONIO, citizens.CAMILA, citizens.VICENTE):
        person = recognize(tenant, Cpf(citizen.cpf))
        assert isinstance(person, Viewer)
        offers = list_vinculos(tenant, person, NOW) or ()
        given.append([_given(tenant, Cpf(citizen.cpf), offer) for offer in offers])
    return _numbers_of(tenant, acme), given


def _given(tenant: Tenant, cpf: Cpf, offer: Offer) -> tuple[Offer, list[str], Any]:
    """An offer without its ids, and the processos and intimações of who takes it."""
    vinculo = find_vinculo(tenant, cpf, offer.vinculo.id_representacao, NOW)
    assert vinculo == offer.vinculo
    acting = represent_by(tenant, vinculo)
    assert isinstance(acting, Viewer)
    found = list_peticionamento(tenant, acting, NOW).intimacoes or ()
    # An older module keeps the rule of the day, and not the day.
    waiting = tuple(replace(one, tacit_on=None, tacit_days=None) for one in found)
    plain = replace(
        vinculo, id_representacao=0, id_contato=0, processos=cast(Any, vinculo.processos is None)
    )
    told: Offer = as_latin1(replace(offer, vinculo=plain))
    return told, _numbers_of(tenant, acting), as_latin1(waiting)


def _numbers_of(tenant: Tenant, viewer: Viewer) -> list[str]:
    return [entry.formatado for entry in list_mine(tenant, viewer, now=NOW).entries]
