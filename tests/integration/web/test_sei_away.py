"""SEI goes away under a page and comes back: a clear 503 meanwhile, never an empty list."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, create_engine, text
from werkzeug.test import TestResponse

from portal.demo.builder import SeiBuilder
from portal.readonly import open_readonly
from portal.tenancy import values
from tests.app import TENANTS, MakeApp, Visitor, client_of
from tests.integration.cable import Cable
from tests.integration.engines import PORTS, SERVERS, writing
from tests.integration.own_server import OwnServer, own_server
from tests.patience import ends_by_itself

NUMERO = "9310.01.0056405/2026-74"
CHAVE = "9310010056405202674"
# Every public address that asks SEI.
ADDRESSES = (
    f"/processos/{CHAVE}",
    f"/processos?numero={NUMERO}",
    f"/processos/{CHAVE}?ordem=antigas&ver=tudo",
)


def set_scene(url: URL) -> None:
    with writing(url, lasting=True) as connection:
        sei = SeiBuilder(connection, create=True)
        sei.documento(sei.processo(NUMERO), "Parecer")
        sei.flush()


@pytest.fixture(autouse=True)
def _asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SEI that was away is not left alone for some seconds first."""
    monkeypatch.setattr(values, "open_readonly", partial(open_readonly, rest=0))


def app_on(url: URL, make_app: MakeApp) -> Flask:
    secret = url.render_as_string(hide_password=False)
    tenants = TENANTS.replace("sqlite:///sei.db", "env:SEI_URL")
    return make_app(tenants, secrets={"SEI_URL": secret})


def assert_shown(response: TestResponse) -> None:
    assert response.status_code == 200
    assert NUMERO in response.text


def assert_away(response: TestResponse) -> None:
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "não está respondendo" in response.text
    assert "Traceback" not in response.text


@pytest.fixture
def cable(blank_url: URL) -> Iterator[Cable]:
    host = str(blank_url.host)
    with Cable(host, blank_url.port or PORTS[blank_url.get_backend_name()]) as cable:
        yield cable


@pytest.fixture
def visitor(blank_url: URL, cable: Cable, make_app: MakeApp) -> Visitor:
    set_scene(blank_url)
    return client_of(app_on(blank_url.set(host="127.0.0.1", port=cable.port), make_app))


on_servers = pytest.mark.parametrize("_blank_schema", SERVERS, indirect=True)


@on_servers
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
def test_a_sei_that_goes_away_is_said_at_once_and_forgotten_when_it_is_back(
    visitor: Visitor, cable: Cable, headers: dict[str, str]
) -> None:
    assert_shown(visitor.get(ADDRESSES[0], headers=headers))
    cable.cut()
    for address in ADDRESSES:
        with ends_by_itself():
            assert_away(visitor.get(address, headers=headers))
    cable.mend()
    assert_shown(visitor.get(ADDRESSES[0], headers=headers))


@on_servers
def test_what_was_shown_before_is_not_shown_from_memory(visitor: Visitor, cable: Cable) -> None:
    etag = visitor.get(ADDRESSES[0]).headers["ETag"]
    assert visitor.get(ADDRESSES[0], headers={"If-None-Match": etag}).status_code == 304
    cable.cut()
    assert_away(visitor.get(ADDRESSES[0], headers={"If-None-Match": etag}))


@on_servers
def test_a_list_that_sei_is_too_slow_to_give_closes_nothing_else(
    blank_url: URL, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever alters a table of SEI holds it meanwhile; nobody alters this one here."""
    impatient = partial(open_readonly, rest=0, statement_timeout=0.5)
    monkeypatch.setattr(values, "open_readonly", impatient)
    set_scene(blank_url)
    visitor = client_of(app_on(blank_url, make_app))
    assert_shown(visitor.get(ADDRESSES[0]))  # and so the names of everything are known
    engine = create_engine(blank_url)
    with engine.connect() as connection:
        held = (
            "TABLES tipo_procedimento WRITE"
            if "mysql" in str(blank_url)
            else "TABLE tipo_procedimento"
        )
        connection.execute(text(f"LOCK {held}"))
        with ends_by_itself():
            response = visitor.get("/processos")
        assert response.status_code == 200
        assert "As listas de assuntos e de unidades não carregaram." in response.text
        assert_shown(visitor.get("/processos?ate=2199-12-31"))
    engine.dispose()


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[OwnServer]:
    # pytest's own folders are root's alone when root runs the tests.
    with (
        # A server that was killed may have children that still write as they end.
        tempfile.TemporaryDirectory(prefix="portal-test-", ignore_cleanup_errors=True) as folder,
        own_server(request.param, Path(folder)) as server,
    ):
        yield server


def test_a_server_killed_and_started_again_under_the_page(
    server: OwnServer, make_app: MakeApp
) -> None:
    set_scene(server.url)
    visitor = client_of(app_on(server.url, make_app))
    assert_shown(visitor.get(ADDRESSES[0]))
    server.kill()
    for _ in range(3):
        assert_away(visitor.get(ADDRESSES[0]))
    server.start()
    for _ in range(3):
        assert_shown(visitor.get(ADDRESSES[0]))
