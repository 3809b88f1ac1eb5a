"""Somebody who files a petition on a phone: with a connection that breaks, and without a script."""

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, Request, Route, expect

from portal.demo.govbr.protocol import Client
from portal.demo.govbr.server import Simulator
from tests.browser.conftest import SERVICOS, TENANTS, Axe, OpenPage, Site, serving
from tests.browser.looks import SCREENS, measure
from tests.browser.test_login import GOVBR, SECRET
from tests.unit.arquivos import papers

SEIWS = """
[vale-das-acacias.protocolo]
endereco = "http://127.0.0.1:9/sei/ws/SeiWS.php"
sigla = "PORTAL"
chave = "env:SEI_CHAVE"
versao = "5.0.0"
"""
SECRETS = {"GOVBR_SECRET": SECRET, "SEI_CHAVE": "a key that is only in the tests"}

LARGE = papers.make_photo("PNG", (900, 900), compress_level=0)
"""Of more than one piece."""
PERSON = "Maria Aparecida Ferreira"
BAR = re.compile(rf"<span\.quem>|<bdi> {PERSON}$")


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A portal that takes petitions. The SEI behind it is away, which nobody here has to know."""
    simulator = Simulator()
    thread = threading.Thread(target=simulator.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    tenants = TENANTS + GOVBR.replace("{issuer}", simulator.govbr.issuer) + SEIWS
    tenants = tenants.replace("total_por_minuto", "entradas_por_minuto = 1000\ntotal_por_minuto")
    with serving(tmp_path_factory.mktemp("counter"), tenants, SECRETS, SERVICOS) as site:
        back = f"{site.address}/entrar/retorno"
        simulator.register(
            Client("h-vale.example", SECRET, frozenset({back}), frozenset({f"{site.address}/saiu"}))
        )
        yield site
    simulator.shutdown()
    simulator.server_close()
    thread.join()


def photo(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": content}


def begin(page: Page, servico: str) -> None:
    """From the page of the service, through gov.br, to the draft that is the person's own."""
    page.goto(f"/servicos/{servico}")
    page.get_by_role("button", name="Começar").first.click()
    page.get_by_role("button", name="Guardar e entrar com gov.br").click()
    page.get_by_role("button", name="Entrar com gov.br").click()
    page.get_by_role("button", name=PERSON).click()
    allow = page.get_by_role("button", name="Autorizar")
    expect(allow.or_(page.get_by_role("button", name="Conferir e enviar"))).to_be_visible()
    if allow.is_visible():
        allow.click()
    expect(page.get_by_role("button", name="Conferir e enviar")).to_be_visible()


def fill_in(page: Page) -> None:
    page.get_by_label("Onde fica a árvore").fill("Praça da Matriz, em frente ao 12")
    page.get_by_label("Na rua ou na praça").check()
    page.get_by_label("O que está acontecendo").fill("Um galho caiu na calçada.")


def send(page: Page) -> None:
    page.get_by_role("button", name="Conferir e enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confira e envie")
    page.get_by_label("Declaro").check()
    page.get_by_role("button", name="Enviar à prefeitura").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recebido em")


def test_a_photo_goes_on_where_its_connection_was_cut(open_page: OpenPage, counter: Site) -> None:
    page = open_page(base_url=counter.address, quiet=False)
    begin(page, "poda-de-arvore")
    fill_in(page)
    offsets: list[str] = []

    def cut(route: Route, request: Request) -> None:
        """Once the first piece has come, the next one finds no connection."""
        if request.method == "PATCH":
            offsets.append(request.headers["upload-offset"])
            if len(offsets) == 2:
                page.context.set_offline(True)
                route.abort("internetdisconnected")
                return
        route.continue_()

    page.route("**/arquivos/*", cut)
    fotos = page.locator("#doc-fotos")
    fotos.locator("input[type=file]").set_input_files(photo("árvore.png", LARGE))
    expect(fotos.locator(".vindo")).to_contain_text("Sem conexão")
    expect(page.locator("#anuncio")).to_contain_text("Sem conexão")
    page.context.set_offline(False)
    expect(fotos.locator(".arquivos")).to_contain_text("Recebido")
    expect(page.locator("#anuncio")).to_have_text("Arquivo recebido")
    # Nothing that had come was sent again.
    assert offsets[0] == "0"
    assert offsets[1] != "0"
    assert offsets[1] == offsets[2]
    assert sorted(set(offsets), key=int) == list(dict.fromkeys(offsets))
    send(page)


def test_without_a_script_a_petition_is_filed_too(open_page: OpenPage, counter: Site) -> None:
    page = open_page(base_url=counter.address, java_script_enabled=False)
    begin(page, "poda-de-arvore")
    fotos = page.locator("#doc-fotos")
    fotos.locator("input[type=file]").set_input_files(photo("árvore.png", papers.make_photo("PNG")))
    fotos.get_by_role("button", name="Enviar").click()
    expect(fotos.locator(".arquivos")).to_contain_text("Recebido")
    fill_in(page)
    send(page)
    expect(page.locator("main")).to_contain_text("Requerimento.pdf")


def test_a_button_that_is_pressed_twice_sends_one(open_page: OpenPage, counter: Site) -> None:
    page = open_page(base_url=counter.address)
    begin(page, "poda-de-arvore")
    fill_in(page)
    page.goto("/envios")
    before = page.locator("main .sessoes li").count()
    page.go_back()
    page.get_by_role("button", name="Conferir e enviar").click()
    page.get_by_label("Declaro").check()
    page.get_by_role("button", name="Enviar à prefeitura").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recebido em")
    page.goto("/envios")
    expect(page.locator("main .sessoes li")).to_have_count(before + 1)


def test_the_keyboard_and_a_screen_reader_find_what_is_wrong(
    open_page: OpenPage, counter: Site
) -> None:
    page = open_page(base_url=counter.address)
    begin(page, "isencao-de-iptu")
    page.get_by_role("button", name="Conferir e enviar").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    for link, target in (
        ("Endereço do imóvel", page.get_by_label("Endereço do imóvel")),
        ("O que você recebe", page.get_by_label("Aposentadoria")),
        ("Documento com foto", page.locator("#a-rg")),
    ):
        alert.get_by_role("link", name=link).press("Enter")
        expect(target).to_be_focused()
    group = page.get_by_role("radiogroup", name="O que você recebe")
    expect(group).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Aposentadoria").check()
    expect(group).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#campo-beneficio-estado")).to_contain_text("Guardado às")
    expect(page.locator("#anuncio")).to_have_text("")

    fake: FilePayload = {"name": "rg.pdf", "mimeType": "application/pdf", "buffer": b"MZ" * 99}
    rg = page.locator("#doc-rg")
    rg.locator("input[type=file]").set_input_files(fake)
    expect(rg.locator(".recusado")).to_contain_text("Não foi aceito")
    expect(page.locator("#anuncio")).to_contain_text("Não foi aceito")
    rg.get_by_role("button", name="Remover rg.pdf").press("Enter")
    expect(rg.locator(".recusado")).to_have_count(0)
    expect(rg).to_be_focused()


def test_axe_finds_nothing_at_any_step(open_page: OpenPage, counter: Site, axe: Axe) -> None:
    page = open_page(base_url=counter.address)
    found: list[str] = []

    def judge(step: str) -> None:
        found.extend(f"{step}, {line}" for line in axe(page))
        for screen, size in {**SCREENS, "small": {"width": 320, "height": 640}}.items():
            page.set_viewport_size(size)  # type: ignore[arg-type] # a mapping of both kinds
            # The name in the bar is cut on a phone; the page that it leads to has it whole.
            faults = [fault for fault in measure(page, "faults") if not BAR.search(fault)]
            found.extend(f"{step}, {screen}: {fault}" for fault in faults)
        page.set_viewport_size(SCREENS["phone"])

    page.goto("/servicos/isencao-de-iptu")
    page.get_by_role("button", name="Começar").first.click()
    judge("before the login")
    begin(page, "isencao-de-iptu")
    rg, proof = page.locator("#doc-rg"), page.locator("#doc-beneficio")
    rg.locator("input[type=file]").set_input_files(photo("rg.png", papers.make_photo("PNG")))
    expect(rg.locator(".arquivos")).to_contain_text("Recebido")
    proof.locator("input[type=file]").set_input_files(photo("extrato.png", b"MZ" * 99))
    expect(proof.locator(".recusado")).to_contain_text("Não foi aceito")
    page.get_by_role("button", name="Conferir e enviar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    judge("missing")

    proof.get_by_role("button", name="Remover extrato.png").click()
    expect(proof.locator(".recusado")).to_have_count(0)
    proof.locator("input[type=file]").set_input_files(photo("e.png", papers.make_photo("PNG")))
    expect(proof.locator(".arquivos")).to_contain_text("Recebido")
    page.get_by_label("Inscrição do imóvel").fill("01.02.003")
    page.get_by_label("Endereço do imóvel").fill("Rua das Flores, 12")
    page.get_by_label("Aposentadoria").check()
    page.get_by_role("button", name="Conferir e enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Confira e envie")
    judge("review")
    page.get_by_label("Declaro").check()
    page.get_by_role("button", name="Enviar à prefeitura").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recebido em")
    judge("received")
    for path in ("/envios", "/pedidos"):
        page.goto(path)
        judge(path)
    assert not found, "\n".join(found)
