import os

import pytest
from sqlalchemy import make_url

from portal.errors import NotFound
from portal.tenancy import Encarregado, Tenant, Tenants


def make(slug: str, *hosts: str) -> Tenant:
    return Tenant(
        slug=slug,
        nome=slug.title(),
        hosts=hosts,
        endereco=f"https://{hosts[0]}",
        cor="#1351b4",
        encarregado=Encarregado("Maria", "maria@exemplo.br"),
        sei_url=make_url("sqlite:////nowhere/sei.db"),
    )


ACACIAS = make("acacias", "acacias.br", "www.acacias.br")
IPES = make("ipes", "ipes.br")
BOTH = Tenants([ACACIAS, IPES])


@pytest.mark.parametrize(
    ("host", "tenant"),
    [
        ("acacias.br", ACACIAS),
        ("www.acacias.br", ACACIAS),
        ("ACACIAS.BR", ACACIAS),
        ("acacias.br:8443", ACACIAS),
        ("acacias.br.", ACACIAS),
        ("ipes.br", IPES),
    ],
)
def test_a_tenant_answers_on_its_hosts_however_they_are_spelt(host: str, tenant: Tenant) -> None:
    assert BOTH.for_host(host) is tenant


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        ":80",
        "outro.br",
        "acacias.br.evil.com",
        "evil.acacias.br",
        "maria@acacias.br",
        "acacias.br@evil.com",
        "acacias.br/",
        "acacias.br#",
        "acacias.br:",
        "acacias.br:http",
        "acacias.br:123456",
        "acacias.br, ipes.br",
        " acacias.br",
        "acacias..br",
        "acacias.br..",
        "acacias\u3002br",
        "acacias.br\n",
        "localhost",
        "127.0.0.1",
    ],
)
def test_nobody_answers_for_a_stranger(host: str | None) -> None:
    assert BOTH.for_host(host) is None


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]", "[::1]:8000"]
)
def test_a_tenant_that_is_alone_answers_on_this_machine_too(host: str) -> None:
    assert Tenants([IPES]).for_host(host) is IPES


def test_a_tenant_is_found_by_its_slug() -> None:
    assert BOTH.get("ipes") is IPES
    with pytest.raises(NotFound):
        BOTH.get("acácias")


def test_a_tenant_is_a_value() -> None:
    assert make("acacias", "acacias.br") == make("acacias", "acacias.br")
    assert len({make("acacias", "acacias.br"), make("acacias", "acacias.br")}) == 1


def test_its_engine_is_opened_once_and_only_when_it_is_used() -> None:
    tenant = make("acacias", "acacias.br")
    assert not tenant.opened
    assert tenant.sei is tenant.sei
    assert tenant.opened
    tenant.close()
    assert not tenant.opened


def test_another_process_opens_an_engine_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    tenant = make("acacias", "acacias.br")
    mine = tenant.sei
    monkeypatch.setattr(os, "getpid", lambda: 0)
    assert not tenant.opened
    assert tenant.sei is not mine
    tenant.close()
    monkeypatch.undo()
    tenant.close()
