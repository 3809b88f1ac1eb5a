"""The invented gov.br refuses what the real one does, and is nowhere but on this machine."""

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from portal.cpf import is_cpf
from portal.demo.govbr.people import PEOPLE
from portal.demo.govbr.protocol import (
    BackToClient,
    Client,
    GovBr,
    Refused,
    TokenRefused,
    _challenge,
)
from portal.demo.govbr.server import COOKIE, HOST, Simulator
from portal.demo.govbr.tokens import KID, Grant, id_token_claims

BACK, GONE = "https://portal.example/entrar/retorno", "https://portal.example/saiu"
CLIENT = Client("h-portal", "secret", frozenset({BACK}), frozenset({GONE}))
VERIFIER = "v" * 43
ASKED = {
    "response_type": "code",
    "client_id": "h-portal",
    "redirect_uri": BACK,
    "scope": "openid profile",
    "state": "s",
    "nonce": "n",
    "code_challenge": _challenge(VERIFIER),
    "code_challenge_method": "S256",
}
BASIC = f"Basic {b64encode(b'h-portal:secret').decode()}"
MARIA = PEOPLE[0]


@pytest.fixture(scope="module")
def govbr() -> GovBr:
    return GovBr("http://127.0.0.1:9/", [CLIENT])


def test_its_people_are_many_kinds_and_nobody(govbr: GovBr) -> None:
    assert all(is_cpf(person.cpf) for person in PEOPLE)
    assert len({person.cpf for person in PEOPLE}) == len(PEOPLE)
    assert {person.level for person in PEOPLE} == {"bronze", "silver", "gold"}
    assert any(person.cpf.startswith("0") for person in PEOPLE)
    assert any(person.nome_social for person in PEOPLE)
    assert any(person.email and not person.email_verified for person in PEOPLE)
    assert any(person.cnpj for person in PEOPLE)
    assert {c.atuacao for person in PEOPLE for c in person.companies} == {"SOCIO", None}


@pytest.mark.parametrize(
    "changes",
    [{"client_id": "h-portal "}, {"client_id": ""}, {"redirect_uri": f"{BACK}/"},
     {"redirect_uri": "https://evil.example/"}],
)  # fmt: skip
def test_a_stranger_is_not_sent_back_anywhere(govbr: GovBr, changes: dict[str, str]) -> None:
    with pytest.raises(Refused):
        govbr.check_request(ASKED | changes)


@pytest.mark.parametrize(
    "changes",
    [{"code_challenge": ""}, {"code_challenge_method": "plain"}, {"code_challenge": "short"},
     {"nonce": ""}, {"state": ""}, {"scope": "profile"}, {"response_type": "token"}],
)  # fmt: skip
def test_a_request_that_lacks_something_goes_back_with_an_error(
    govbr: GovBr, changes: dict[str, str]
) -> None:
    with pytest.raises(BackToClient) as back:
        govbr.check_request(ASKED | changes)
    assert back.value.address.startswith(f"{BACK}?error=")


@pytest.mark.parametrize(
    ("authorization", "changes", "error"),
    [
        (None, {}, "unauthorized"),
        ("Bearer abc", {}, "unauthorized"),
        ("Basic ç", {}, "unauthorized"),
        (BASIC, {"client_secret": "secret"}, "unauthorized"),
        (f"Basic {b64encode(b'h-portal:wrong').decode()}", {}, ""),
        (f"Basic {b64encode(b'h-portal:secret ').decode()}", {}, ""),
        (BASIC, {"grant_type": "password"}, "unsupported_grant_type"),
        (BASIC, {"code": "invented"}, "invalid_grant"),
        (BASIC, {"redirect_uri": GONE}, "invalid_grant"),
        (BASIC, {"code_verifier": "w" * 43}, "invalid_grant"),
        (BASIC, {"code_verifier": ""}, "invalid_grant"),
    ],
)
def test_a_code_is_exchanged_by_its_client_alone(
    govbr: GovBr, authorization: str | None, changes: dict[str, str], error: str
) -> None:
    session = govbr.sessions[govbr.enter(MARIA.cpf)]
    form = {
        "grant_type": "authorization_code",
        "code": govbr.issue_code(CLIENT, session, ASKED),
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    with pytest.raises(TokenRefused) as refused:
        govbr.exchange(authorization, form | changes)
    assert refused.value.error == error


def test_a_code_is_exchanged_once(govbr: GovBr) -> None:
    session = govbr.sessions[govbr.enter(MARIA.cpf)]
    form = {
        "grant_type": "authorization_code",
        "code": govbr.issue_code(CLIENT, session, ASKED),
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
    }
    answer = govbr.exchange(BASIC, form)
    assert answer.keys() == {"access_token", "id_token", "token_type", "expires_in", "scope"}
    assert answer["expires_in"] == 3599
    with pytest.raises(TokenRefused):
        govbr.exchange(BASIC, form)


def test_claims_are_as_odd_as_the_real_ones(govbr: GovBr) -> None:
    scopes = ("openid", "email", "profile", "govbr_confiabilidades_idtoken")

    def claims(cpf: str) -> dict[str, object]:
        person = next(p for p in PEOPLE if p.cpf == cpf)
        grant = Grant("h-portal", "secret", person, person.level, scopes, "n", 1)
        return id_token_claims(grant, govbr.issuer, 600, None)

    maria, debora, vicente = claims("99900001079"), claims("99900005490"), claims("99900008677")
    assert maria["email_verified"] == "true"
    assert maria["kid"] == KID
    assert maria["scope"] == list(scopes)
    assert "email" not in debora
    assert debora["email_verified"] == "false"
    assert vicente["cnpj"] == "11.222.333/0001-81"
    assert not {"at_hash", "azp", "nbf", "sid"} & maria.keys()
    assert "reliability_info" in maria


def test_a_level_goes_up_and_never_down(govbr: GovBr) -> None:
    person = PEOPLE[2]
    govbr.raise_level(person, "silver")
    govbr.raise_level(person, "bronze")
    assert govbr.level_of(person) == "silver"


# Served


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    server = Simulator()
    server.register(CLIENT)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(
    simulator: Simulator, path: str, form: dict[str, str] | None = None, **headers: str
) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(HOST, simulator.server_address[1], timeout=30)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    body = None if form is None else urlencode(form)
    connection.request("GET" if form is None else "POST", path, body, sent)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


def test_it_listens_on_this_machine_and_under_its_own_name_only(simulator: Simulator) -> None:
    assert simulator.server_address[0] == "127.0.0.1"
    response, text = ask(simulator, "/", Host="gov.br.evil.example")
    assert (response.status, text) == (421, "")


def test_every_page_of_it_says_that_it_is_none(simulator: Simulator) -> None:
    for path in ("/", "/simulador", f"/authorize?{urlencode(ASKED)}", "/nada", "/logout"):
        _, text = ask(simulator, path)
        assert "Simulação do gov.br: pessoas inventadas" in text, path


def test_discovery_has_no_end_of_session_and_keys_have_no_use(simulator: Simulator) -> None:
    document = json.loads(ask(simulator, "/.well-known/openid-configuration")[1])
    assert document["issuer"].endswith("/")
    assert "end_session_endpoint" not in document
    [key] = json.loads(ask(simulator, "/jwk/")[1])["keys"]
    assert key.keys() == {"kty", "e", "kid", "alg", "n"}


def test_a_silent_request_needs_somebody_inside(simulator: Simulator) -> None:
    silent = f"/authorize?{urlencode(ASKED | {'prompt': 'none'})}"
    response, _ = ask(simulator, silent)
    assert parse_qs(urlsplit(response.headers["Location"]).query)["error"] == ["login_required"]
    simulator.govbr.consents.add(("h-portal", MARIA.cpf))
    response, _ = ask(simulator, silent, Cookie=f"{COOKIE}={simulator.govbr.enter(MARIA.cpf)}")
    assert "code" in parse_qs(urlsplit(response.headers["Location"]).query)


@pytest.mark.parametrize("address", [f"{GONE}?x=1", f"{GONE}/", "https://evil.example/", ""])
def test_only_the_registered_address_ends_the_session(simulator: Simulator, address: str) -> None:
    token = simulator.govbr.enter(MARIA.cpf)
    query = urlencode({"post_logout_redirect_uri": address})
    response, text = ask(simulator, f"/logout?{query}", Cookie=f"{COOKIE}={token}")
    assert response.status == 200
    assert "Você continua no gov.br" in text
    assert token in simulator.govbr.sessions
    query = urlencode({"post_logout_redirect_uri": GONE})
    response, _ = ask(simulator, f"/logout?{query}", Cookie=f"{COOKIE}={token}")
    assert response.headers["Location"] == GONE
    assert token not in simulator.govbr.sessions


def token_of(simulator: Simulator, cpf: str, scope: str) -> str:
    govbr = simulator.govbr
    asked = ASKED | {"scope": f"openid {scope}"}
    code = govbr.issue_code(CLIENT, govbr.sessions[govbr.enter(cpf)], asked)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK,
            "code_verifier": VERIFIER}  # fmt: skip
    return str(govbr.exchange(BASIC, form)["access_token"])


def test_companies_are_told_to_their_people_alone(simulator: Simulator) -> None:
    antonio, camila = "99900006542", "99900007603"
    token = f"Bearer {token_of(simulator, antonio, 'govbr_empresa')}"
    path = "/api/empresas/v2/empresas"
    own = json.loads(
        ask(simulator, f"{path}?filtrar-por-participante={antonio}", Authorization=token)[1]
    )
    assert [company["cnpj"] for company in own] == ["11222333000181"]
    link = json.loads(
        ask(simulator, f"{path}/11222333000181/participantes/{antonio}", Authorization=token)[1]
    )
    assert (link["atuacao"], link["cadastrador"]) == ("SOCIO", "true")
    response, _ = ask(simulator, f"{path}?filtrar-por-participante={camila}", Authorization=token)
    assert response.status == 403
    weak = f"Bearer {token_of(simulator, antonio, 'profile')}"
    response, text = ask(
        simulator, f"{path}?filtrar-por-participante={antonio}", Authorization=weak
    )
    assert response.status == 401
    assert json.loads(text)["erro_description"] == "ACCESSTOKEN_SCOPE_MUSTCONTAINSEXPECTEDSCOPE"
    token = f"Bearer {token_of(simulator, camila, 'govbr_empresa')}"
    link = json.loads(
        ask(simulator, f"{path}/11444777000161/participantes/{camila}", Authorization=token)[1]
    )
    assert "atuacao" not in link
    assert link["dataExpiracao"] < "2026"


@pytest.mark.parametrize("authorization", ["", "Bearer invented", "Basic abc"])
def test_without_a_token_nothing_is_told(simulator: Simulator, authorization: str) -> None:
    for path in ("/userinfo", "/api/empresas/v2/empresas", "/api/nada"):
        response, _ = ask(simulator, path, Authorization=authorization)
        assert response.status == 401


def test_userinfo_has_true_booleans_and_no_level(simulator: Simulator) -> None:
    token = f"Bearer {token_of(simulator, MARIA.cpf, 'email profile')}"
    answer = json.loads(ask(simulator, "/userinfo", Authorization=token)[1])
    assert answer == {
        "sub": MARIA.cpf,
        "name": MARIA.nome,
        "email": MARIA.email,
        "email_verified": True,
    }
