"""Somebody who needs stronger colours: the switch at the top, wherever they are."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.reader import anywhere_on, search


@pytest.mark.parametrize("with_script", [True, False])
def test_the_switch_keeps_the_place_and_is_remembered(
    open_page: OpenPage, site: Site, with_script: bool
) -> None:
    page = open_page(java_script_enabled=with_script)
    search(page, site.numeros["principal"])
    expect(page).to_have_url(site.processo("principal"))
    page.get_by_role("link", name="Mais antigas primeiro").click()
    address = f"{site.processo('principal')}?ordem=antigas"
    expect(page).to_have_url(anywhere_on(address))

    page.get_by_role("button", name="Alto contraste").click()
    expect(page.locator("html")).to_have_attribute("data-contraste", "alto")
    expect(page).to_have_url(anywhere_on(address))
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])
    expect(page.locator("body")).to_have_css("color", "rgb(255, 255, 255)")
    [cookie] = page.context.cookies()
    assert (cookie["name"], cookie["value"], cookie["httpOnly"]) == ("contraste", "alto", True)

    page.get_by_role("link", name="Mais novas primeiro").click()
    expect(page).to_have_url(anywhere_on(f"{site.processo('principal')}?ordem=recentes"))
    expect(page.locator("html")).to_have_attribute("data-contraste", "alto")
    page.goto("/acessibilidade")
    expect(page.locator("html")).to_have_attribute("data-contraste", "alto")

    page.get_by_role("button", name="Cores normais").click()
    expect(page).to_have_url(f"{site.address}/acessibilidade")
    expect(page.locator("html:not([data-contraste])")).to_have_count(1)
    assert page.context.cookies() == []


def test_in_the_dark_nothing_has_to_be_switched(open_page: OpenPage, site: Site) -> None:
    page = open_page(color_scheme="dark")
    page.goto(site.processo("principal"))
    dark = "rgb(19, 22, 27)"
    expect(page.locator("html")).to_have_css("background-color", dark)
    expect(page.get_by_label("Número do processo")).not_to_have_css("background-color", "#fff")
