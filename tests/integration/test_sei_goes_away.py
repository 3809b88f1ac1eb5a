"""A SEI that fails in every way a server can: the page says so in time, and nothing else suffers.

Being unplugged, killed and started again are in `web/test_sei_away.py`.
"""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from flask import Flask
from prometheus_client import REGISTRY
from sqlalchemy import URL, Engine, create_engine, event, text
from werkzeug.test import TestResponse

from portal.demo.builder import SeiBuilder
from portal.readonly import drivers, open_readonly
from portal.tenancy import values
from tests.app import OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, Visitor, client_of
from tests.integration.cable import Cable
from tests.integration.engines import PORTS, SERVERS, writing
from tests.integration.sei.addresses import ASKS_NOTHING, ASKS_SEI
from tests.patience import PATIENCE, ends_by_itself, wait_until

NUMERO = "9310.01.0056405/2026-74"
CHAVE = "9310010056405202674"
INTERESSADA = "Zulmira Quaresma Bittencourt"

STATEMENT, CONNECT, GRACE = 0.8, 2.0, 0.4
"""Seconds that the portal waits in these tests, instead of its usual 5, 3 and 1: long enough for
an answer on a busy machine."""

THREADS = 8
"""Requests that the portal answers at once."""
PLENTY = 4 * len(ASKS_SEI)
"""As many as it takes for every address to wait for SEI, to which two tenants have a quarter."""

# What is said when SEI answers that there is nothing. Of a SEI that does not answer it would be
# read as "you have no processo".
NOTHING = (
    "Não encontramos", "Não encontrado", "Nenhuma etapa", "Nenhum documento", "Não há mais"
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """A processo with everything that its pages ask for, in a SEI that can be unplugged."""

    url: URL
    """The server itself."""
    cable: Cable
    app: Flask
    documento: str

    @property
    def visitor(self) -> Visitor:
        return client_of(self.app)

    @property
    def engine(self) -> Engine:
        """The portal's."""
        engine: Engine = self.app.extensions["tenants"].get("acacias").sei
        return engine

    def addresses(self) -> list[str]:
        """Each one that asks SEI."""
        return [a.format(chave=CHAVE, numero=self.documento) for a in ASKS_SEI.values()]


@pytest.fixture
def statement_timeout() -> float:
    return STATEMENT


@pytest.fixture
def connect_timeout() -> float:
    return CONNECT


@pytest.fixture
def rest() -> float:
    """It is asked again at once, unless a test is about leaving it alone."""
    return 0


@pytest.fixture
def threads() -> int:
    return THREADS


@pytest.fixture
def scene(
    blank_url: URL,
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    statement_timeout: float,
    connect_timeout: float,
    rest: float,
    threads: int,
) -> Iterator[Scene]:
    open_sei = partial(
        open_readonly,
        statement_timeout=statement_timeout,
        connect_timeout=connect_timeout,
        rest=rest,
    )
    monkeypatch.setattr(values, "open_readonly", open_sei)
    monkeypatch.setattr(drivers, "GRACE", GRACE)
    with writing(blank_url) as connection:
        sei = SeiBuilder(connection)
        processo = sei.processo(NUMERO, interessados=[INTERESSADA])
        documento = sei.documento(processo, "Parecer")
        sei.forward(processo, "SEFAZ")
        sei.flush()
    port = blank_url.port or PORTS[blank_url.get_backend_name()]
    with Cable(str(blank_url.host), port) as cable:
        app = _app(make_app, blank_url.set(host="127.0.0.1", port=cable.port), threads)
        yield Scene(blank_url, cable, app, documento.numero)
        cable.thaw()


def _app(make_app: MakeApp, url: URL, threads: int = THREADS) -> Flask:
    """A portal of two tenants, the first on this server."""
    first = TENANTS.replace("sqlite:///sei.db", "env:SEI_URL")
    secret = url.render_as_string(hide_password=False)
    return make_app(first + OTHER_TENANT, secrets={"SEI_URL": secret}, threads=threads)


def ask_all(scene: Scene) -> list[TestResponse]:
    """Every address at the same time, each in a thread and on a connection of its own."""
    addresses = scene.addresses()
    # Or one would be sent away that waited for another, and not for SEI.
    assert scene.engine.pool.size() >= len(addresses)  # type: ignore[attr-defined] # a QueuePool has it
    with ThreadPoolExecutor(len(addresses)) as crowd:
        return list(crowd.map(lambda address: scene.visitor.get(address), addresses))


def assert_shown(response: TestResponse) -> None:
    path = response.request.path
    if path == "/processos":
        assert response.status_code == 303
        assert CHAVE in response.headers["Location"]
    elif path.startswith("/autenticidade") or path.endswith("/arquivo"):
        # The code is nobody's; what was made in SEI is a page and no file.
        assert response.status_code == 404
    else:
        assert response.status_code == 200
        if not path.endswith(("/texto", ".zip")):  # those have what was written, and no number
            assert NUMERO in response.text.replace("\r\n ", "")


def assert_away(response: TestResponse) -> None:
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    programs = response.mimetype == "application/problem+json"
    assert ("SEI fora do ar" if programs else "não está respondendo") in response.text
    assert not [said for said in NOTHING if said in response.text]
    assert NUMERO not in response.text


on_servers = pytest.mark.parametrize("_blank_schema", SERVERS, indirect=True)


@on_servers
@pytest.mark.parametrize("threads", [PLENTY])
def test_a_sei_that_freezes_is_given_up_on_every_page_and_found_again(scene: Scene) -> None:
    assert_shown(scene.visitor.get(scene.addresses()[1]))
    scene.cable.freeze()
    with ends_by_itself():
        for response in ask_all(scene):
            assert_away(response)
    scene.cable.thaw()
    for address in scene.addresses():
        assert_shown(scene.visitor.get(address))


@on_servers
def test_a_sei_that_accepts_and_never_says_a_word_is_given_up(
    scene: Scene, make_app: MakeApp
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        app = _app(make_app, scene.url.set(host="127.0.0.1", port=mute.getsockname()[1]))
        with ends_by_itself():
            assert_away(client_of(app).get(scene.addresses()[0], headers={"HX-Request": "true"}))


@on_servers
@pytest.mark.parametrize("threads", [PLENTY])
def test_a_question_that_takes_too_long_is_given_up(scene: Scene) -> None:
    assert_shown(scene.visitor.get(scene.addresses()[1]))
    with locked(scene.url), ends_by_itself():
        for response in ask_all(scene):
            assert_away(response)
    for address in scene.addresses():
        assert_shown(scene.visitor.get(address))


@on_servers
def test_a_connection_that_the_operator_ends_is_not_noticed(scene: Scene) -> None:
    for address in scene.addresses():
        assert_shown(scene.visitor.get(address))
        assert kill_connections(scene) > 0
        assert_shown(scene.visitor.get(address))


@on_servers
def test_a_connection_that_ends_under_a_page_is_said_and_the_next_page_is_whole(
    scene: Scene,
) -> None:
    """Whichever of the page's questions is the last one that SEI answers."""
    address = scene.addresses()[1]
    assert_shown(scene.visitor.get(address))
    with stopping(scene.engine, after=99, stop=lambda: None) as asked:
        whole = scene.visitor.get(address).text
    assert len(asked) > 3
    for answered in range(1, len(asked)):
        with stopping(scene.engine, answered, partial(kill_connections, scene)):
            assert_away(scene.visitor.get(address))
        assert scene.visitor.get(address).text == whole


@on_servers
def test_an_account_that_sei_refuses_is_a_sei_away_and_its_password_stays_secret(
    scene: Scene, make_app: MakeApp, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    refused = scene.url.set(username="ninguem_portal", password="s3gr3d0-do-sei")
    app = _app(make_app, refused)
    for address in scene.addresses():
        response = client_of(app).get(address)
        assert_away(response)
        assert "s3gr3d0" not in response.text
    assert b"s3gr3d0" not in b"".join(capsysbinary.readouterr())


@on_servers
@pytest.mark.parametrize(
    ("table", "column"), [("md_pet_int_aceite", ""), ("protocolo", "sin_eliminado")]
)
def test_what_vanishes_under_a_running_portal_costs_one_page(
    scene: Scene, table: str, column: str
) -> None:
    """A module that is removed, an upgrade: the next page looks at what this SEI has now."""
    address = scene.addresses()[1]
    column_of = f"{table} RENAME COLUMN {{}} TO {{}}"
    rename = f"ALTER TABLE {column_of if column else '{} RENAME TO {}'}"
    there, gone = column or table, "removed"
    assert_shown(scene.visitor.get(address))
    with writing(scene.url) as operator:
        operator.execute(text(rename.format(there, gone)))
    try:
        assert_away(scene.visitor.get(address))
        assert_shown(scene.visitor.get(address))
    finally:
        with writing(scene.url) as operator:
            operator.execute(text(rename.format(gone, there)))


@on_servers
@pytest.mark.parametrize("statement_timeout", [10 * PATIENCE])
def test_a_sei_that_freezes_holds_up_no_other_page_and_no_other_tenant(scene: Scene) -> None:
    other = client_of(scene.app, OTHER_HOST)
    processo = scene.addresses()[1]
    others = [address.format(chave=CHAVE) for address in ASKS_NOTHING.values()]
    usual = [scene.visitor.get(address).status_code for address in others]
    assert_shown(scene.visitor.get(processo))
    scene.cable.freeze()
    asked = scene.cable.messages
    with ThreadPoolExecutor(1) as waiting, ends_by_itself():
        answer = waiting.submit(scene.visitor.get, processo)
        try:
            wait_until(lambda: scene.cable.held)
            assert [scene.visitor.get(address).status_code for address in others] == usual
            # A SEI without this processo, and one that answers.
            assert other.get(processo).status_code == 404
            assert not answer.done()
        finally:
            scene.cable.cut()
        assert_away(answer.result())
    assert scene.cable.messages == asked


@on_servers
def test_a_crowd_before_a_frozen_sei_is_sent_away_together_and_leaves_nothing_behind(
    scene: Scene,
) -> None:
    address = scene.addresses()[1]
    assert_shown(scene.visitor.get(address))
    scene.cable.freeze()
    with ThreadPoolExecutor(24) as crowd, ends_by_itself():
        for response in crowd.map(lambda _: scene.visitor.get(address), range(24)):
            assert_away(response)
    scene.cable.thaw()
    assert scene.engine.pool.checkedout() == 0  # type: ignore[attr-defined] # a QueuePool has it
    with ThreadPoolExecutor(8) as crowd:
        for response in crowd.map(lambda _: scene.visitor.get(address), range(24)):
            assert_shown(response)


@on_servers
@pytest.mark.parametrize("statement_timeout", [10 * PATIENCE])
@pytest.mark.parametrize("connect_timeout", [10 * PATIENCE])
@pytest.mark.parametrize("rest", [10 * PATIENCE])
def test_a_crowd_before_a_frozen_sei_leaves_threads_to_another_tenant(scene: Scene) -> None:
    other = client_of(scene.app, OTHER_HOST)
    processo = scene.addresses()[1]
    assert_shown(scene.visitor.get(processo))
    spared = count_spared()
    scene.cable.freeze()
    with ThreadPoolExecutor(THREADS) as server, ends_by_itself():
        crowd = [server.submit(scene.visitor.get, processo) for _ in range(5 * THREADS)]
        pages = [server.submit(other.get, address) for address in ("/", processo)]
        try:
            assert [page.result(PATIENCE).status_code for page in pages] == [200, 404]
            # A quarter of the threads, of a portal of two tenants, still wait for SEI, and all
            # others were sent away.
            assert [answer.done() for answer in crowd].count(False) == THREADS // 4
        finally:
            scene.cable.cut()
        for answer in crowd:
            assert_away(answer.result())
    # Of the first ones, some wait for a connection. Nobody waits any more when they gave it up.
    assert count_spared() - spared >= 4 * THREADS


def count_spared() -> float:
    return REGISTRY.get_sample_value("portal_spared_total", {"tenant": "acacias"}) or 0


@on_servers
@pytest.mark.parametrize("threads", [PLENTY])
def test_the_log_of_a_failure_names_no_processo_and_nobody(
    scene: Scene, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert_shown(scene.visitor.get(scene.addresses()[1]))
    with locked(scene.url):
        for response in ask_all(scene):
            assert_away(response)
    scene.cable.cut()
    for address in scene.addresses():
        assert_away(scene.visitor.get(address))
    logged = b"".join(capsysbinary.readouterr()).decode()
    assert logged.count('"unavailable"') == 2 * len(ASKS_SEI)
    for secret in (NUMERO, CHAVE, scene.documento, INTERESSADA, "SELECT"):
        assert secret not in logged


@contextmanager
def locked(url: URL) -> Iterator[None]:
    """While inside, whoever asks for a processo waits: as when somebody alters the table."""
    statement = {
        "mysql": "LOCK TABLES protocolo WRITE",
        "postgresql": "LOCK TABLE protocolo IN ACCESS EXCLUSIVE MODE",
    }[url.get_backend_name()]
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
            yield
    finally:
        engine.dispose()


def kill_connections(scene: Scene) -> int:
    """End every connection that goes through the cable, and say how many there were."""
    others, end = {
        "mysql": (
            "SELECT id FROM information_schema.processlist"
            " WHERE db = database() AND id <> connection_id()",
            "KILL {}",
        ),
        "postgresql": (
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'",
            "SELECT pg_terminate_backend({})",
        ),
    }[scene.url.get_backend_name()]
    engine = create_engine(scene.url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            ids = connection.scalars(text(others)).all()
            for number in ids:
                connection.execute(text(end.format(number)))
    finally:
        engine.dispose()
    scene.cable.wait_for_hang_up()
    return len(ids)


@contextmanager
def stopping(engine: Engine, after: int, stop: Callable[[], object]) -> Iterator[list[str]]:
    """Do something once SEI has answered so many questions; gives the questions asked."""
    asked: list[str] = []

    def note(connection, cursor, sql, parameters, context, many):  # type: ignore[no-untyped-def] # SQLAlchemy's own
        asked.append(sql)
        if len(asked) == after:
            stop()

    event.listen(engine, "after_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "after_cursor_execute", note)
