"""htmx comes when somebody is about to press what it serves: what happens until it is there."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.reader import anywhere_on, is_same_page, mark

HTMX = "**/htmx-*"


@pytest.fixture
def held(page: Page) -> list[Route]:
    """The requests for htmx, which the network keeps back."""
    held: list[Route] = []
    page.route(HTMX, lambda route: held.append(route))
    return held


def test_a_link_pressed_before_htmx_is_there_waits_and_is_answered_in_place(
    page: Page, site: Site, held: list[Route]
) -> None:
    page.goto(site.processo("quarenta"))
    mark(page)
    oldest = page.get_by_role("link", name="Mais antigas primeiro")
    oldest.click()
    expect(oldest).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("status")).to_have_text("Carregando…")
    oldest.click()
    held.pop().continue_()
    expect(page).to_have_url(f"{site.processo('quarenta')}?ordem=antigas")
    expect(oldest).to_be_focused()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert is_same_page(page)
    assert held == []


def test_a_form_sent_before_htmx_is_there_waits_and_is_answered_in_place(
    page: Page, site: Site, held: list[Route]
) -> None:
    page.goto("/")
    mark(page)
    field = page.get_by_label("Número do processo")
    field.fill(site.numeros["principal"])
    field.press("Enter")
    expect(page.locator("#busca")).to_have_attribute("aria-busy", "true")
    held.pop().continue_()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])
    assert is_same_page(page)


def test_what_has_waited_three_seconds_goes_its_plain_way(
    page: Page, site: Site, held: list[Route]
) -> None:
    page.clock.install()
    page.goto(site.processo("quarenta"))
    mark(page)
    page.get_by_role("link", name="Mais antigas primeiro").click()
    with page.expect_navigation():
        page.clock.fast_forward(3000)
    expect(page).to_have_url(f"{site.processo('quarenta')}?ordem=antigas#historico")
    assert not is_same_page(page)


def test_where_htmx_cannot_be_had_everything_goes_its_plain_way(page: Page, site: Site) -> None:
    page.route(HTMX, lambda route: route.abort())
    page.goto("/")
    page.get_by_label("Número do processo").fill(site.numeros["quarenta"])
    page.get_by_role("button", name="Consultar").click()
    expect(page).to_have_url(site.processo("quarenta"))
    page.get_by_role("link", name="Mais antigas primeiro").click()
    expect(page).to_have_url(f"{site.processo('quarenta')}?ordem=antigas#historico")


def test_a_link_that_shall_open_in_a_tab_of_its_own_does_not_wait(
    page: Page, site: Site, held: list[Route]
) -> None:
    page.goto(site.processo("quarenta"))
    link = page.get_by_role("link", name="Mais antigas primeiro")
    assert held == []
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{site.processo('quarenta')}?ordem=antigas#historico")
    expect(link).not_to_have_attribute("aria-busy", "true")


def test_going_back_to_an_answer_in_place_works_on_a_page_loaded_anew(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(patient=False)
    page.goto(site.processo("quarenta"))
    page.get_by_role("link", name="Mais antigas primeiro").click()
    oldest = page.get_by_role("link", name="Mais antigas primeiro")
    expect(oldest).to_have_attribute("aria-current", "true")
    page.reload()
    page.go_back()
    expect(page).to_have_url(anywhere_on(site.processo("quarenta")))
    expect(oldest).not_to_have_attribute("aria-current", "true")
    page.go_forward()
    expect(oldest).to_have_attribute("aria-current", "true")
