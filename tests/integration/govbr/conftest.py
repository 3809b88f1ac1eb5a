"""An invented gov.br that really listens, and a person with a browser in front of it."""

import re
import threading
from collections.abc import Iterator
from html import unescape
from itertools import cycle
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from flask import Flask
from werkzeug.test import TestResponse

from portal.demo.govbr import tokens
from portal.demo.govbr.protocol import Client
from portal.demo.govbr.server import Simulator
from portal.tenancy import Govbr
from tests.app import HOST, TENANTS, MakeApp, Visitor, client_of
from tests.patience import PATIENCE

CLIENT_ID = "h-acacias.teste.example"
SECRET = "an-invented-secret-of-an-invented-client"
BACK = f"https://{HOST}/entrar/retorno"
GONE = f"https://{HOST}/saiu"
SESSION, ATTEMPT = "__Host-sessao", "__Host-entrada"
ANTONIO, CAMILA = "99900006542", "99900007603"
MARIA, FRANCISCA = "99900001079", "99900003284"


@pytest.fixture(scope="session")
def keys() -> Iterator[RSAPrivateKey]:
    """More than one gov.br has in a test, over and over: to make two takes longer than a test."""
    return cycle([tokens._new_key() for _ in range(6)])


@pytest.fixture
def simulator(
    keys: Iterator[RSAPrivateKey], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Simulator]:
    monkeypatch.setattr(tokens, "_new_key", lambda: next(keys))
    server = Simulator(silence=PATIENCE)
    server.register(Client(CLIENT_ID, SECRET, frozenset({BACK}), frozenset({GONE})))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settings(simulator: Simulator) -> Govbr:
    """How a tenant would be registered at it."""
    issuer = simulator.govbr.issuer
    return Govbr(
        issuer=issuer,
        client_id=CLIENT_ID,
        client_secret=SECRET,
        scopes=("openid", "profile", "govbr_confiabilidades_idtoken", "govbr_empresa"),
        api=f"{issuer}api",
        logout=f"{issuer}logout",
        catalogo=f"{issuer}confiabilidades",
    )


class Citizen:
    """A browser at gov.br, which stops where it would leave for the portal."""

    def __init__(self) -> None:
        self.http = requests.Session()

    def authorize(self, url: str, cpf: str = MARIA, *, consent: bool = True) -> str:
        """Enter and authorise as a person does: the address that the browser is sent back to."""
        at = self._follow(url)
        while not isinstance(at, str):
            pedido = re.search(r'name="pedido" value="([^"]*)"', at.text)
            assert pedido, at.text
            form = {"pedido": unescape(pedido[1])}
            if "/login" in at.text:
                at = self._post(at, "/login", form | {"cpf": cpf})
            else:
                at = self._post(at, "/consent", form | {"resposta": "sim" if consent else "nao"})
        return at

    def _post(
        self, page: requests.Response, path: str, form: dict[str, str]
    ) -> requests.Response | str:
        parts = urlsplit(page.url)
        answer = self.http.post(
            f"{parts.scheme}://{parts.netloc}{path}",
            form, allow_redirects=False, timeout=PATIENCE,
        )  # fmt: skip
        assert answer.status_code == 303, answer.text
        return self._follow(self._absolute(page.url, answer))

    def _follow(self, url: str) -> requests.Response | str:
        while urlsplit(url).hostname == "127.0.0.1":
            answer = self.http.get(url, allow_redirects=False, timeout=PATIENCE)
            if answer.status_code != 303:
                return answer
            url = self._absolute(url, answer)
        return url

    @staticmethod
    def _absolute(base: str, answer: requests.Response) -> str:
        return requests.compat.urljoin(base, answer.headers["Location"])


@pytest.fixture
def citizen() -> Iterator[Citizen]:
    citizen = Citizen()
    yield citizen
    citizen.http.close()


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


# The portal of the same tenant, with its gov.br


def table_of(settings: Govbr, slug: str = "acacias") -> str:
    """How an operator would write it into tenants.toml."""
    return f"""
[{slug}.govbr]
issuer = "{settings.issuer}"
client_id = "{settings.client_id}"
client_secret = "env:GOVBR_SECRET"
catalogo = "{settings.catalogo}"
scopes = {list(settings.scopes)}
{f'api = "{settings.api}"' if settings.api else ""}
"""


@pytest.fixture
def app(make_app: MakeApp, settings: Govbr) -> Flask:
    return make_app(TENANTS + table_of(settings), demo=True, secrets={"GOVBR_SECRET": SECRET})


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return client_of(app)


def cookie_of(visitor: Visitor, name: str = SESSION) -> str | None:
    cookie = visitor.get_cookie(name, visitor.host)
    return cookie.value if cookie is not None else None


def start(visitor: Visitor, volta: str = "") -> str:
    """Press the button: the address at gov.br that it leads to."""
    answer = visitor.post("/entrar", data={"voltar": volta})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def come_back(visitor: Visitor, address: str) -> TestResponse:
    """As the browser does, which gov.br has sent to us."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == BACK
    return visitor.get(f"{parts.path}?{parts.query}")


def enter(visitor: Visitor, citizen: Citizen, cpf: str = MARIA, volta: str = "") -> TestResponse:
    """A whole login."""
    return come_back(visitor, citizen.authorize(start(visitor, volta), cpf))


def csrf_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf" value="([^"]*)"', page.text)
    assert found, page.text
    return found[1]
