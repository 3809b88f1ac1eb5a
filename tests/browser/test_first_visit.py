"""Somebody with prepaid data, on a borrowed phone: what a visit fetches, and what it leaves."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.looks import open_everything
from tests.browser.reader import anywhere_on, search
from tests.browser.states import Portals

pytest_plugins = ("tests.browser.others",)

MOST = 5
"""Requests of a first visit."""


@pytest.mark.parametrize("name", ["home", "home of another município", "giant", "document"])
def test_a_first_visit_fetches_few_things_and_all_of_them_from_here(
    open_page: OpenPage, portals: Portals, name: str
) -> None:
    page = open_page()
    fetched: set[str] = set()
    page.on("request", lambda request: fetched.add(request.url))
    portals.show(page, name)
    page.wait_for_load_state("networkidle")
    # The browser fetches it by itself, and tells nobody.
    fetched.add(page.locator("link[rel=icon]").evaluate("link => link.href"))
    assert len(fetched) <= MOST
    assert {urlsplit(url).netloc for url in fetched} == {urlsplit(page.url).netloc}
    assert page.locator("img:not([width][height])").count() == 0


@pytest.mark.parametrize("name", ["home", "giant", "document"])
def test_who_only_reads_fetches_no_htmx(page: Page, portals: Portals, name: str) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    portals.show(page, name)
    page.mouse.wheel(0, 2000)
    open_everything(page)
    page.wait_for_load_state("networkidle")
    assert not any("htmx" in url for url in fetched)


def test_htmx_is_there_when_a_number_has_been_typed(page: Page, site: Site) -> None:
    page.goto("/")
    with page.expect_response("**/htmx-*"):
        page.get_by_label("Número do processo").focus()
    assert page.evaluate("htmx.config.allowEval") is False


def test_a_second_page_fetches_itself_alone(page: Page, site: Site) -> None:
    page.goto("/")
    page.wait_for_load_state("networkidle")
    from_server: list[str] = []
    page.on("response", lambda answer: from_server.append(answer.url))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    kept: list[str] = []
    network.on("Network.requestServedFromCache", lambda event: kept.append(event["requestId"]))
    page.goto("/acessibilidade")
    page.wait_for_load_state("networkidle")
    assert len(from_server) - len(kept) == 1


@pytest.mark.parametrize("with_script", [True, False])
def test_a_visit_leaves_nothing_behind_but_an_address(
    open_page: OpenPage, site: Site, with_script: bool
) -> None:
    page = open_page(java_script_enabled=with_script)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    search(page, site.numeros["gigante"])
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(site.numeros["gigante"])
    page.get_by_role("link", name="Mais antigas primeiro").click()
    expect(page).to_have_url(anywhere_on(f"{site.processo('gigante')}?ordem=antigas"))
    page.get_by_role("link", name="Mostrar mais documentos").click()
    expect(page.locator(f"#itens p{'[data-foco]' if with_script else ''}").first).to_be_visible()
    page.locator("#itens a").first.click()
    expect(heading).to_contain_text("Documento nº SEI")
    page.go_back()
    search(page, "não é um número")
    expect(page.get_by_role("alert")).to_be_visible()

    assert hosts == {urlsplit(site.address).netloc}
    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == []
    kept = page.evaluate("Object.entries(sessionStorage)")
    assert {key for key, _ in kept} <= {"htmx-current-path-for-history"}
    assert all(value.startswith("/") for _, value in kept)
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []


def test_no_page_runs_what_somebody_wrote_into_sei(open_page: OpenPage, portals: Portals) -> None:
    page = open_page()
    talked: list[str] = []
    page.on("dialog", lambda dialog: (talked.append(dialog.message), dialog.dismiss()))
    for name in ("hostile", "document with hostile names"):
        portals.show(page, name)
        open_everything(page)
        assert page.locator("main script, main [onerror], main img[src='x']").count() == 0
    portals.show(page, "hostile")
    assert "<script>alert('portal')</script>" in page.locator("#historico").inner_text()
    assert talked == []
