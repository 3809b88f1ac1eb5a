"""The client against the invented gov.br, over real HTTP on this machine."""

import threading
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import pytest

from portal.demo.govbr.faults import Fault
from portal.demo.govbr.people import PEOPLE, Person
from portal.demo.govbr.server import Simulator
from portal.govbr import client, http
from portal.govbr.client import Provider
from portal.govbr.values import LoginFailed, Nivel, Pessoa, Why
from portal.tenancy import Govbr
from tests.integration.govbr.conftest import BACK, GONE, MARIA, Citizen, query_of

STATE, NONCE, VERIFIER = "a-state", "a-nonce", "v" * 43


@pytest.fixture
def provider(settings: Govbr) -> Provider:
    return Provider(settings, BACK, threading.Semaphore(2))


Login = Callable[..., Pessoa]


@pytest.fixture
def login(citizen: Citizen) -> Login:
    def run(provider: Provider, cpf: str = MARIA, nonce: str = NONCE) -> Pessoa:
        back = query_of(citizen.authorize(provider.authorization_url(STATE, NONCE, VERIFIER), cpf))
        assert back["state"] == STATE
        return provider.fetch_pessoa(back["code"], nonce, VERIFIER)

    return run


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.about)
def test_each_invented_person_is_who_they_are(
    provider: Provider, login: Login, person: Person
) -> None:
    pessoa = login(provider, person.cpf)
    assert pessoa.cpf == person.cpf
    assert pessoa.nome == (person.nome_social or person.nome)
    assert (
        pessoa.nivel.word == {"bronze": "bronze", "silver": "prata", "gold": "ouro"}[person.level]
    )
    assert pessoa.amr == person.amr
    assert pessoa.issuer == provider.settings.issuer


def test_what_is_asked_has_all_that_gov_br_demands(provider: Provider) -> None:
    url = provider.authorization_url(STATE, NONCE, VERIFIER)
    assert url.startswith(f"{provider.settings.issuer}authorize?")
    asked = query_of(url)
    assert len(asked.pop("code_challenge")) == 43
    assert asked == {
        "response_type": "code",
        "client_id": provider.settings.client_id,
        "redirect_uri": BACK,
        "scope": "openid profile govbr_confiabilidades_idtoken govbr_empresa",
        "state": STATE,
        "nonce": NONCE,
        "code_challenge_method": "S256",
    }
    assert "+" in url
    assert "%2B" not in url
    assert VERIFIER not in url


def test_the_way_out_has_the_registered_address_and_nothing_else(provider: Provider) -> None:
    url = provider.logout_url(GONE)
    assert url.startswith(f"{provider.settings.issuer}logout?")
    assert query_of(url) == {"post_logout_redirect_uri": GONE}


def test_endpoints_that_are_given_need_no_discovery(
    simulator: Simulator, settings: Govbr, login: Login
) -> None:
    issuer = settings.issuer
    given = replace(
        settings,
        authorization_endpoint=f"{issuer}authorize/",
        token_endpoint=f"{issuer}token",
        jwks_uri=f"{issuer}jwk",
    )
    simulator.govbr.fail(Fault.ERROR, "/.well-known/openid-configuration")
    provider = Provider(given, BACK, threading.Semaphore(1))
    assert login(provider).cpf == MARIA
    # Nor is the issuer any less exact then.
    for fault in (Fault.ISSUER, Fault.ISSUER_SLASH):
        simulator.govbr.fail(fault)
        with pytest.raises(LoginFailed) as failed:
            login(provider)
        assert failed.value.why is Why.ISSUER


SPOILED = {
    Fault.NONCE: Why.NONCE,
    Fault.AUDIENCE: Why.AUDIENCE,
    Fault.AUDIENCE_SHARED: Why.AUDIENCE,
    Fault.ISSUER: Why.ISSUER,
    Fault.ISSUER_SLASH: Why.ISSUER,
    Fault.SIGNATURE: Why.SIGNATURE,
    Fault.ALGORITHM: Why.ALGORITHM,
    Fault.UNSIGNED: Why.ALGORITHM,
    Fault.EXPIRED: Why.EXPIRED,
    Fault.SUBJECT: Why.SUBJECT,
    Fault.NO_ID_TOKEN: Why.NO_ID_TOKEN,
    Fault.CODE: Why.CODE,
    Fault.UNAUTHORIZED: Why.CREDENTIALS,
    Fault.FORBIDDEN: Why.AWAY,
    Fault.ERROR: Why.AWAY,
    Fault.HTML: Why.MALFORMED,
    Fault.MALFORMED: Why.MALFORMED,
    Fault.HUGE: Why.MALFORMED,
    Fault.REDIRECT: Why.MALFORMED,
    Fault.RESET: Why.AWAY,
    Fault.CUT: Why.AWAY,
    Fault.SLOW: Why.SLOW,
    Fault.STALL: Why.SLOW,
}


def test_every_fault_of_a_token_is_tried() -> None:
    assert SPOILED.keys() == set(Fault) - {Fault.DENIED, Fault.BACK_EMPTY}


@pytest.mark.parametrize("fault", SPOILED)
def test_what_is_wrong_with_the_token_answer_is_found_and_the_next_login_is_well(
    monkeypatch: pytest.MonkeyPatch,
    simulator: Simulator,
    provider: Provider,
    login: Login,
    fault: Fault,
) -> None:
    monkeypatch.setattr(http, "READ", 0.3)
    simulator.govbr.fail(fault)
    with pytest.raises(LoginFailed) as failed:
        login(provider)
    assert failed.value.why is SPOILED[fault]
    simulator.govbr.fail(None)
    assert login(provider).cpf == MARIA


WIRE = (Fault.ERROR, Fault.HTML, Fault.MALFORMED, Fault.HUGE, Fault.REDIRECT, Fault.RESET)


@pytest.mark.parametrize("place", ["/.well-known/openid-configuration", "/jwk"])
@pytest.mark.parametrize("fault", WIRE)
def test_discovery_and_keys_may_fail_too_and_are_asked_again(
    simulator: Simulator, provider: Provider, login: Login, fault: Fault, place: str
) -> None:
    simulator.govbr.fail(fault, place)
    with pytest.raises(LoginFailed) as failed:
        login(provider)
    assert failed.value.why in (Why.AWAY, Why.MALFORMED)
    simulator.govbr.fail(None)
    assert login(provider).cpf == MARIA


def test_a_provider_that_is_not_there_is_told(settings: Govbr) -> None:
    away = replace(settings, issuer="http://127.0.0.1:1/")
    with pytest.raises(LoginFailed) as failed:
        Provider(away, BACK, threading.Semaphore(1)).authorization_url(STATE, NONCE, VERIFIER)
    assert failed.value.why is Why.AWAY


def test_a_discovery_of_another_issuer_is_refused(settings: Govbr) -> None:
    other = replace(settings, issuer=settings.issuer.removesuffix("/"))
    with pytest.raises(LoginFailed) as failed:
        Provider(other, BACK, threading.Semaphore(1)).authorization_url(STATE, NONCE, VERIFIER)
    assert failed.value.why is Why.DISCOVERY


def test_a_code_works_once_and_only_with_its_verifier(provider: Provider, citizen: Citizen) -> None:
    def code() -> str:
        url = provider.authorization_url(STATE, NONCE, VERIFIER)
        return query_of(citizen.authorize(url))["code"]

    used = code()
    assert provider.fetch_pessoa(used, NONCE, VERIFIER).cpf == MARIA
    for again, verifier in ((used, VERIFIER), (code(), "w" * 43), ("invented", VERIFIER)):
        with pytest.raises(LoginFailed) as failed:
            provider.fetch_pessoa(again, NONCE, verifier)
        assert failed.value.why is Why.CODE


def test_a_wrong_secret_is_told_as_ours(settings: Govbr, login: Login) -> None:
    wrong = Provider(replace(settings, client_secret="wrong"), BACK, threading.Semaphore(1))
    with pytest.raises(LoginFailed) as failed:
        login(wrong)
    assert failed.value.why is Why.CREDENTIALS


def test_somebody_who_refuses_comes_back_with_the_refusal(
    provider: Provider, citizen: Citizen
) -> None:
    url = provider.authorization_url(STATE, NONCE, VERIFIER)
    assert query_of(citizen.authorize(url, consent=False)) == {
        "error": "access_denied",
        "state": STATE,
    }


# Keys


@pytest.mark.parametrize("kid", [None, "rsa2"])
def test_a_key_that_was_replaced_heals_by_itself(
    simulator: Simulator, provider: Provider, login: Login, kid: str | None
) -> None:
    login(provider)
    simulator.govbr.signer.rotate(kid)
    assert login(provider).cpf == MARIA


def test_the_keys_are_fetched_again_once_a_minute_at_most(
    monkeypatch: pytest.MonkeyPatch, simulator: Simulator, provider: Provider, login: Login
) -> None:
    fetched: list[str] = []
    fetch = client._fetch_keys
    monkeypatch.setattr(client, "_fetch_keys", lambda s, uri: fetched.append(uri) or fetch(s, uri))
    simulator.govbr.fail(Fault.SIGNATURE)
    for _ in range(3):
        with pytest.raises(LoginFailed):
            login(provider)
    assert len(fetched) == 2
    simulator.govbr.fail(None)
    simulator.govbr.signer.rotate()
    with pytest.raises(LoginFailed):
        login(provider)
    monkeypatch.setattr(client, "KEYS_AGAIN", 0.0)
    assert login(provider).cpf == MARIA


@pytest.mark.parametrize("seconds", [60, 600])
def test_an_id_token_may_live_a_minute_or_ten(
    simulator: Simulator, provider: Provider, login: Login, seconds: int
) -> None:
    simulator.govbr.id_token_seconds = seconds
    assert login(provider).cpf == MARIA


def test_a_raised_level_is_in_the_next_id_token(
    simulator: Simulator, provider: Provider, login: Login
) -> None:
    francisca = "99900003284"
    assert login(provider, francisca).nivel is Nivel.BRONZE
    simulator.govbr.raise_level(next(p for p in PEOPLE if p.cpf == francisca), "silver")
    assert login(provider, francisca).nivel is Nivel.PRATA


def test_without_its_scope_there_is_no_level(settings: Govbr, login: Login) -> None:
    scopes = ("openid", "profile")
    provider = Provider(replace(settings, scopes=scopes), BACK, threading.Semaphore(1))
    assert login(provider).nivel is Nivel.NENHUM


def test_only_so_many_threads_wait_for_gov_br(
    monkeypatch: pytest.MonkeyPatch, settings: Govbr
) -> None:
    monkeypatch.setattr(client, "PATIENCE", 0.05)
    places = threading.Semaphore(1)
    provider = Provider(settings, BACK, places)
    with places:
        began = monotonic()
        with pytest.raises(LoginFailed) as failed:
            provider.authorization_url(STATE, NONCE, VERIFIER)
    assert failed.value.why is Why.BUSY
    assert monotonic() - began < 5
    assert provider.authorization_url(STATE, NONCE, VERIFIER)


def test_an_answer_that_drips_is_given_up(
    monkeypatch: pytest.MonkeyPatch, simulator: Simulator, provider: Provider
) -> None:
    monkeypatch.setattr(http, "WHOLE", -1.0)
    with pytest.raises(LoginFailed) as failed:
        provider.authorization_url(STATE, NONCE, VERIFIER)
    assert failed.value.why is Why.SLOW
