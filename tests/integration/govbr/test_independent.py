"""The same login at a certified server that knows neither Authlib nor our invented gov.br, so that
client and simulator do not merely agree with each other."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from threading import Semaphore

import pytest
import requests

from portal.govbr.client import Provider
from portal.govbr.values import LoginFailed, Nivel, Pessoa, Why
from portal.tenancy import Govbr
from tests.app import TENANTS, MakeApp, client_of
from tests.integration.govbr.conftest import (
    BACK,
    CLIENT_ID,
    SECRET,
    come_back,
    cookie_of,
    query_of,
    start,
    table_of,
)
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.skips import OIDC_SERVER, need

FOLDER = Path(__file__).resolve().parents[2] / "oidc"
CPF = "39053344705"
STATE, NONCE, VERIFIER = "a-state", "a-nonce", "v" * 43


class OidcServer:
    """One that is started, and may be started again with another key under the same name."""

    def __init__(self) -> None:
        there = (FOLDER / "node_modules/oidc-provider").is_dir()
        self._node = need(OIDC_SERVER, shutil.which("node") if there else None)
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        given = {"port": self.port, "client_id": CLIENT_ID, "client_secret": SECRET,
                 "redirect_uri": BACK, "level": "silver"}  # fmt: skip
        self._process = subprocess.Popen(
            [self._node, "server.mjs", json.dumps(given)],
            cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert any(line == "ready\n" for line in self._process.stdout), "it did not start"

    def stop(self) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()


@pytest.fixture(scope="module")
def server() -> Iterator[OidcServer]:
    server = OidcServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(server: OidcServer) -> Govbr:
    issuer = f"http://127.0.0.1:{server.port}/"
    return Govbr(
        issuer=issuer,
        client_id=CLIENT_ID,
        client_secret=SECRET,
        scopes=("openid", "profile", "govbr_confiabilidades_idtoken"),
        logout=f"{issuer}logout",
        catalogo=f"{issuer}niveis",
    )


@pytest.fixture
def provider(settings: Govbr) -> Provider:
    return Provider(settings, BACK, Semaphore(1))


def authorize(url: str, cpf: str = CPF, *, cancel: bool = False) -> str:
    """Enter and authorise at its own pages: where it sends the browser back to."""
    with requests.Session() as browser:
        answer = browser.get(url, allow_redirects=False, timeout=PATIENCE)
        while True:
            location = answer.headers.get("Location", "")
            if location.startswith("https://"):
                return location
            if location:
                url = requests.compat.urljoin(url, location)
                answer = browser.get(url, allow_redirects=False, timeout=PATIENCE)
                continue
            link = r'href="([^"]*/abort)"' if cancel else r'action="([^"]*/interaction/[^"]*)"'
            found = re.search(link, answer.text)
            prompt = re.search(r'"prompt" value="(\w+)"', answer.text)
            assert found, answer.text
            assert prompt, answer.text
            form = {"prompt": prompt[1], "login": cpf, "password": "any"}
            url = unescape(found[1])
            answer = browser.request(
                "GET" if cancel else "POST", url, data=form, allow_redirects=False, timeout=PATIENCE
            )


def login(provider: Provider, cpf: str = CPF, nonce: str = NONCE) -> Pessoa:
    back = query_of(authorize(provider.authorization_url(STATE, NONCE, VERIFIER), cpf))
    assert back["state"] == STATE
    return provider.fetch_pessoa(back["code"], nonce, VERIFIER)


def test_who_enters_there_is_known_here(provider: Provider) -> None:
    pessoa = login(provider)
    assert (pessoa.cpf, pessoa.nome) == (CPF, "Pessoa de Outro Servidor")
    assert pessoa.nivel is Nivel.PRATA


def test_a_whole_login_through_the_portal(make_app: MakeApp, settings: Govbr) -> None:
    app = make_app(TENANTS + table_of(settings), demo=True, secrets={"GOVBR_SECRET": SECRET})
    visitor = client_of(app)
    back = come_back(visitor, authorize(start(visitor, "/mapa")))
    assert back.headers["Location"] == "/mapa"
    assert cookie_of(visitor) is not None
    assert "***.533.447-**" in visitor.get("/minha-conta").text


def test_who_cancels_comes_back_with_a_refusal(make_app: MakeApp, settings: Govbr) -> None:
    app = make_app(TENANTS + table_of(settings), demo=True, secrets={"GOVBR_SECRET": SECRET})
    visitor = client_of(app)
    back = come_back(visitor, authorize(start(visitor), cancel=True))
    assert back.headers["Location"] == "/entrar?falha=recusada"


def test_its_word_about_who_it_is_must_be_the_issuer(make_app: MakeApp, settings: Govbr) -> None:
    """RFC 9207, which it keeps to: what answers must be what was asked."""
    app = make_app(TENANTS + table_of(settings), demo=True, secrets={"GOVBR_SECRET": SECRET})
    visitor = client_of(app)
    address = authorize(start(visitor))
    assert query_of(address)["iss"] == settings.issuer
    wrong = re.sub(r"iss=[^&]*", "iss=https%3A%2F%2Fevil.example%2F", address)
    assert come_back(visitor, wrong).headers["Location"] == "/entrar?falha=configuracao"


@pytest.mark.parametrize("cpf", ["12345678900", "maria", "390.533.447-05"])
def test_a_name_that_is_no_cpf_is_refused(provider: Provider, cpf: str) -> None:
    with pytest.raises(LoginFailed) as failed:
        login(provider, cpf)
    assert failed.value.why is Why.SUBJECT


def test_it_refuses_what_gov_br_refuses(provider: Provider, settings: Govbr) -> None:
    def code() -> str:
        return query_of(authorize(provider.authorization_url(STATE, NONCE, VERIFIER)))["code"]

    used = code()
    provider.fetch_pessoa(used, NONCE, VERIFIER)
    stranger = Provider(replace(settings, client_secret="wrong"), BACK, Semaphore(1))
    for who, what, verifier, why in (
        (provider, used, VERIFIER, Why.CODE),
        (provider, code(), "w" * 43, Why.CODE),
        (stranger, code(), VERIFIER, Why.CREDENTIALS),
    ):
        with pytest.raises(LoginFailed) as failed:
            who.fetch_pessoa(what, NONCE, verifier)
        assert failed.value.why is why


def test_another_nonce_is_refused(provider: Provider) -> None:
    with pytest.raises(LoginFailed) as failed:
        login(provider, nonce="another")
    assert failed.value.why is Why.NONCE


def test_an_issuer_that_differs_by_its_slash_is_another(settings: Govbr) -> None:
    other = replace(settings, issuer=settings.issuer.removesuffix("/"))
    with pytest.raises(LoginFailed) as failed:
        login(Provider(other, BACK, Semaphore(1)))
    assert failed.value.why is Why.DISCOVERY


def test_a_new_key_under_the_old_name_heals_by_itself(
    server: OidcServer, provider: Provider
) -> None:
    login(provider)
    server.stop()
    server.start()
    assert login(provider)
