"""Nothing of a login is in the log but that it failed, and one word of ours about why."""

import json
import logging
from urllib.parse import unquote

import pytest

from portal.demo.govbr.faults import AT_TOKEN, ON_THE_WIRE, Fault
from portal.demo.govbr.server import Simulator
from portal.govbr import http
from portal.govbr.values import Why
from tests.app import StoppedClock, Visitor
from tests.integration.govbr.conftest import (
    ANTONIO,
    ATTEMPT,
    CLIENT_ID,
    MARIA,
    SECRET,
    SESSION,
    Citizen,
    come_back,
    cookie_of,
    query_of,
)

COMPANIES = "/api/empresas/v2/empresas"
PLACES = {
    "/token": AT_TOKEN,
    "/.well-known/openid-configuration": ON_THE_WIRE,
    "/jwk": ON_THE_WIRE,
    COMPANIES: ON_THE_WIRE,
    "/authorize": frozenset({Fault.DENIED, Fault.BACK_EMPTY}),
}
PEOPLE = {MARIA: ("Maria", "Aparecida", "maria@pessoas.example"), ANTONIO: ("Antônio", "Padaria")}
OF_EVERY_LINE = {"event", "request", "tenant", "route", "level", "timestamp"}
MORE = {"request": {"method", "status", "ms"}, "login_failed": {"why"}}


def test_every_fault_has_its_place() -> None:
    assert frozenset(Fault) == PLACES["/token"] | PLACES["/authorize"]


@pytest.mark.parametrize("place", PLACES)
def test_a_failed_login_leaves_an_event_and_nothing_of_the_person(
    visitor: Visitor,
    citizen: Citizen,
    simulator: Simulator,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsysbinary: pytest.CaptureFixture[bytes],
    place: str,
) -> None:
    """Whatever libraries would like to say meanwhile: Authlib's Flask client says the verifier."""
    monkeypatch.setattr(http, "READ", 0.3)
    caplog.set_level(logging.DEBUG)
    cpf = ANTONIO if place == COMPANIES else MARIA
    secrets = {SECRET, CLIENT_ID, cpf, f"***.{cpf[3:6]}.{cpf[6:9]}-**", "eyJ", *PEOPLE[cpf]}
    failed = []
    for fault in sorted(PLACES[place]):
        clock.pass_(minutes=1)
        simulator.govbr.fail(fault, place)
        sent = visitor.post("/entrar", data={"voltar": "/processos?numero=123"})
        address = sent.headers["Location"]
        if address.startswith(simulator.govbr.issuer):
            asked = query_of(address)
            secrets |= {asked[name] for name in ("state", "nonce", "code_challenge")}
            back = citizen.authorize(address, cpf)
            secrets |= {query_of(back).get("code", "eyJ")}
            address = come_back(visitor, back).headers["Location"]
        secrets |= {c for c in (cookie_of(visitor, n) for n in (SESSION, ATTEMPT)) if c}
        visitor.get(address)
        failed.append("falha=" in address)
    # Companies are asked for when the person is known already: who enters does enter.
    assert set(failed) == ({False} if place == COMPANIES else {True} if place != "/authorize"
                           else {True, False})  # fmt: skip

    out = capsysbinary.readouterr().out.decode()
    for line in map(json.loads, out.splitlines()):
        assert line.keys() == OF_EVERY_LINE | MORE[line["event"]]
        assert line["event"] == "request" or line["why"] in set(Why)
    for secret in secrets:
        assert secret not in unquote(out)
