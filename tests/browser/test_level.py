"""Somebody whose account gov.br knows too little: why, the way up, and back to what they wanted."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from portal.demo.govbr.protocol import Client
from portal.demo.govbr.server import Simulator
from portal.govbr.values import Nivel
from portal.web.fragments import page as render
from portal.web.signin import exige_nivel
from tests.app import MakeApp
from tests.browser.conftest import OpenPage
from tests.browser.looks import SCREENS, look, measure
from tests.browser.test_login import GOVBR, SECRET
from tests.ports import free_port

TENANTS = """
[acacias]
nome = "Prefeitura de Vale das Acácias"
hosts = ["127.0.0.1"]
endereco = "{address}"
cor = "#1351b4"
encarregado = {{ nome = "Maria do Carmo", email = "encarregada@acacias.mg.gov.br" }}
sei = "sqlite:///sei.db"
"""
WANTED = "/servico?passo=2"
FRANCISCA = "Francisca Alves Nogueira"


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    """A portal with a page that asks for prata, as nothing of the portal itself does yet. What the
    page shows stands for it: the map."""
    simulator, port = Simulator(), free_port()
    address = f"http://127.0.0.1:{port}"
    tables = TENANTS.format(address=address) + GOVBR.replace("vale-das-acacias", "acacias")
    app = make_app(
        tables.replace("{issuer}", simulator.govbr.issuer),
        demo=True,
        secrets={"GOVBR_SECRET": SECRET},
    )
    view = exige_nivel(Nivel.PRATA)(lambda: render("institucional/mapa.html"))
    app.add_url_rule("/servico", "servico", view)
    back, gone = frozenset({f"{address}/entrar/retorno"}), frozenset({f"{address}/saiu"})
    simulator.register(Client("h-vale.example", SECRET, back, gone))
    portal = make_server("127.0.0.1", port, app, threaded=True)
    servers = (simulator, portal)
    threads = [threading.Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    yield app
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def address(app: Flask) -> str:
    [tenant] = app.extensions["tenants"]
    return str(tenant.endereco)


def enter(page: Page) -> None:
    page.get_by_role("button", name="Entrar com gov.br").click()
    page.get_by_role("button", name=FRANCISCA).click()
    page.get_by_role("button", name="Autorizar").click()


def session_of(page: Page) -> str:
    return next((c["value"] for c in page.context.cookies() if c["name"] == "sessao"), "")


@pytest.mark.parametrize("with_script", [True, False])
def test_a_bronze_person_reads_why_raises_the_level_and_arrives(
    open_page: OpenPage, address: str, with_script: bool
) -> None:
    # A refusal is a 403, which a browser's console calls an error.
    page = open_page(base_url=address, java_script_enabled=with_script, quiet=False)
    page.goto(WANTED)
    enter(page)
    expect(page).to_have_url(f"{address}{WANTED}")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Este serviço pede uma conta gov.br prata ou ouro"
    )
    expect(page.locator("main")).to_contain_text("A sua é bronze.")
    expect(page.locator("main")).to_contain_text("O nível mostra que é você mesmo")
    before = session_of(page)

    # Who changes their mind goes on without it, and the way back is still there.
    page.get_by_role("link", name="Continuar sem este serviço").click()
    expect(page).to_have_url(f"{address}/minha-conta")
    page.go_back()

    page.get_by_role("link", name="Aumentar o nível no gov.br").click()
    page.get_by_role("button", name="Passar para prata").click()
    expect(page).to_have_url(f"{address}{WANTED}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mapa do site")
    # It was a login of its own: the session that was bronze is no more.
    assert before
    assert session_of(page) not in ("", before)
    page.goto("/minha-conta")
    expect(page.locator("main")).to_contain_text("prata")


def test_axe_finds_nothing_where_a_level_is_asked_for(
    open_page: OpenPage, address: str, axe: Callable[[Page], list[str]]
) -> None:
    page = open_page(base_url=address, quiet=False)
    page.goto(WANTED)
    enter(page)
    expect(page.get_by_role("link", name="Aumentar o nível no gov.br")).to_be_visible()
    found: list[str] = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        for how in ("light", "dark", "forced colours"):
            look(page, how)
            found += [f"{screen}, {how}: {line}" for line in axe(page)]
        found += [fault for fault in measure(page, "faults") if "<span.quem>" not in fault]
    assert not found, "\n".join(found)
