"""A portal that is really served, a phone that really asks, and the tools that judge its pages.

The SEI is the demo, built at this moment; its named cases are in `site.numeros`. A page is as wide
as a small phone; `page` has JavaScript and `plain_page` has none. Both fail the test when the
browser's console has an error, which is also how a breach of the content policy shows.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeAlias
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from portal.demo.generator import generate
from portal.protocolo.receipts import issue
from tests.browser.looks import NO_MEDIA, SCREENS, look, measure
from tests.integration.protocolo.makers import KEYRING, sent_file, submit
from tests.patience import PATIENCE
from tests.ports import free_port
from tests.skips import CHROMIUM, JAVA, NODE_TOOLS, need

ROOT = Path(__file__).resolve().parents[2]
NODE_MODULES = Path(__file__).parent / "node_modules"

# Nothing that would leave this machine: Chromium asks for updates and lists by itself.
ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

SERVICOS = ROOT / "portal" / "demo" / "servicos.toml"

SLUG = "vale-das-acacias"
SENT = b"%PDF-1.7 what was sent"

TENANTS = """
[vale-das-acacias]
nome = "Prefeitura de Vale das Acácias"
hosts = ["127.0.0.1"]
endereco = "{address}"
cor = "#1f6b3a"
encarregado = {{ nome = "Ana Lima", email = "encarregada@vale.example" }}
sei = "sqlite:///sei.db"
repositorio = "repositorio"

[vale-das-acacias.limites]
pesquisas_por_minuto = 10000
pesquisas_por_hora = 100000
faltas_por_10_minutos = 10000
consultas_por_minuto = 10000
conferencias_por_10_minutos = 10000
total_por_minuto = 100000
"""


@dataclass(frozen=True)
class Site:
    """A portal that answers."""

    address: str
    """`http://127.0.0.1:<port>`, without a final slash."""
    numeros: Mapping[str, str]
    """Numbers of the demo's named cases, as SEI writes them."""
    sei: Path
    """The demo's database."""
    recibo: str
    """The code of a receipt."""

    def processo(self, name: str) -> str:
        """The address of a named case's page."""
        digits = "".join(c for c in self.numeros[name] if c.isalnum())
        return f"{self.address}/processos/{digits}"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """gunicorn, as `make demo` runs it, on a port of its own and with its own instance folder."""
    with serving(tmp_path_factory.mktemp("instance"), servicos=SERVICOS) as site:
        yield site


@contextmanager
def serving(
    instance: Path,
    tenants: str = TENANTS,
    env: Mapping[str, str] | None = None,
    servicos: Path | None = None,
) -> Iterator[Site]:
    """Build the demo in `instance` and serve it; for a test that needs another deployment."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    (instance / "tenants.toml").write_text(tenants.format(address=address), "utf-8")
    numeros = _build_demo(instance / "sei.db")
    environment = {
        **os.environ,
        "PORTAL_INSTANCE": str(instance),
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(32),
        "PORTAL_BIND": f"127.0.0.1:{port}",
        "PORTAL_METRICS_PORT": "0",
        "PORTAL_ENV": "demo",
        **(env or {}),
    }
    for variable in ("PORTAL_TENANTS", "PORTAL_DATABASE_URL", "PORTAL_SECRET_KEY_FILE"):
        if variable not in (env or {}):
            environment.pop(variable, None)
    tool = Path(sys.executable).parent
    commands = [["db", "upgrade"]]
    if servicos:
        commands.append(["servicos", "import", str(servicos)])
    for command in commands:
        subprocess.run(
            [tool / "flask", "--app", "wsgi", *command],
            cwd=ROOT, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    recibo = _submit(instance / "portal.sqlite3")
    with (instance / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [tool / "gunicorn", "wsgi:app"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        _wait_for(f"{address}/saude", server, instance / "server.log")
        yield Site(address, numeros, instance / "sei.db", recibo)
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _build_demo(file: Path) -> Mapping[str, str]:
    agora = datetime.now(ZoneInfo("America/Sao_Paulo")).replace(tzinfo=None, microsecond=0)
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            return generate(
                connection, now=agora, giant=True, repositorio=file.with_name("repositorio")
            ).examples
    finally:
        engine.dispose()


def _submit(file: Path) -> str:
    """The code of the receipt of a petition of one file, whose bytes are `SENT`. What else it says
    is sealed with a key of the tests, since nobody reads it."""
    engine = create_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        files = (sent_file("requerimento.pdf", SENT),)
        codigo = issue(session, KEYRING, SLUG, submit(session, tenant=SLUG, files=files))
        session.commit()
    engine.dispose()
    return codigo


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = monotonic() + 4 * PATIENCE
    while server.poll() is None and monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


# The browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, as it is installed on this machine."""
    path = need(CHROMIUM, shutil.which("chromium"))
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            timeout=4 * PATIENCE * 1000,
            args=ARGUMENTS,
            chromium_sandbox=os.geteuid() != 0,
        )
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


PATIENT = """{
  const wait = setTimeout;
  window.setTimeout = (run, time, ...rest) => wait(run, time === 3000 ? 30000 : time, ...rest);
}"""
"""Lets htmx take its time."""


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[OpenPage]:
    """Makes pages in contexts of their own, with any option of Playwright's `new_context`."""
    errors: list[str] = []
    with ExitStack() as contexts:

        def open_one(*, quiet: bool = True, patient: bool = True, **options: Any) -> Page:
            """`quiet` is False where a test provokes errors in the console, `patient` where it
            measures how long a press waits for htmx: a machine that is busy is only slow."""
            context: BrowserContext = chromium.new_context(
                **{
                    "base_url": site.address,
                    "viewport": SCREENS["phone"],
                    "has_touch": True,
                    "locale": "pt-BR",
                    "timezone_id": "America/Sao_Paulo",
                    **options,
                }
            )
            contexts.callback(context.close)
            if patient:
                context.add_init_script(PATIENT)
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            if quiet:
                page.on("pageerror", lambda error: errors.append(str(error)))
                page.on(
                    "console",
                    lambda message: (
                        errors.append(message.text)
                        if message.type == "error" and "Failed to load resource" not in message.text
                        else None
                    ),
                )
            return page

        yield open_one
    assert errors == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A phone with JavaScript."""
    return open_page()


@pytest.fixture
def plain_page(open_page: OpenPage) -> Page:
    """The same phone without JavaScript."""
    return open_page(java_script_enabled=False)


@contextmanager
def watching(opened: Page) -> Iterator[None]:
    """As large as a phone, with nobody's settings; fails the test as `page` does."""
    errors: list[str] = []

    def note_error(error: Error) -> None:
        errors.append(str(error))

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    opened.set_viewport_size(SCREENS["phone"])
    opened.emulate_media(**NO_MEDIA)
    opened.on("pageerror", note_error)
    opened.on("console", note_message)
    yield
    opened.remove_listener("pageerror", note_error)
    opened.remove_listener("console", note_message)
    assert errors == []


# What judges a page


Axe: TypeAlias = Callable[[Page], list[str]]

AXE_LOOKS = ("light", "dark", "forced colours")
"""Of the other looks there are only colours to see, which `test_states` sees in all of them."""

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = """([tags, coloursOnly]) => {
  const colours = () => axe.getRules(tags).filter(rule => rule.tags.includes("cat.color"));
  return axe.run(document, {
    runOnly: coloursOnly ? colours().map(rule => rule.ruleId) : tags,
    resultTypes: ["violations"],
  });
}"""


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Runs axe-core on a page with JavaScript, on a phone and at a desk, in each of its looks.

    Every violation, WCAG 2.0 to 2.2 A and AA and best practice, as a line that names the look, the
    rule, the element and the reason.
    """
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    source = need(NODE_TOOLS, script if script.is_file() else None).read_text("utf-8")

    def run(page: Page) -> list[str]:
        page.evaluate(source)
        found: list[str] = []
        for screen, size in SCREENS.items():
            page.set_viewport_size(size)
            judged = ""
            for how in AXE_LOOKS:
                look(page, how)
                # What lies where it lay in another look, seen or hidden, differs in colours alone.
                layout = measure(page, "layout")
                violations = page.evaluate(RUN_AXE, [TAGS, layout == judged])["violations"]
                judged = layout
                found += [
                    f"{screen}, {how}: {rule['id']}: {node['target']}: {node['failureSummary']}"
                    for rule in violations
                    for node in rule["nodes"]
                ]
        return found

    return run


@pytest.fixture(scope="session")
def check_html(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Mapping[str, str]], list[str]]:
    """Runs the Nu HTML checker over whole pages, by name: all at once, since it starts slowly.

    Returns every error and warning as a line that begins with the page's name.
    """
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need(NODE_TOOLS, jar if jar.is_file() else None)
    java = need(JAVA, shutil.which("java"))

    def run(pages: Mapping[str, str]) -> list[str]:
        folder = tmp_path_factory.mktemp("html")
        for number, html in enumerate(pages.values()):
            (folder / f"{number}.html").write_text(html, "utf-8")
        checked = subprocess.run(
            [java, "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder],
            capture_output=True,
            check=True,
        )
        names = list(pages)
        return [
            f"{names[int(Path(m['url']).stem)]}: line {m.get('lastLine')}: {m['message']}"
            for m in json.loads(checked.stdout)["messages"]
            if m["type"] == "error" or m.get("subType") == "warning"
        ]

    return run
