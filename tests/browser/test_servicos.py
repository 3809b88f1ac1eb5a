"""Somebody who looks for a service by a word of their own."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage


@pytest.mark.parametrize("with_script", [True, False])
def test_a_service_is_found_by_what_people_call_it(open_page: OpenPage, with_script: bool) -> None:
    page: Page = open_page(java_script_enabled=with_script)
    page.goto("/")
    page.get_by_role("navigation", name="Serviços").get_by_role("link").click()
    page.get_by_label("Procurar um serviço", exact=True).last.fill("GALHOS")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="1 serviço com “GALHOS”")
    expect(heading).to_be_visible()
    if with_script:
        expect(heading).to_be_focused()
    assert page.url.endswith("/servicos?busca=GALHOS")
    page.get_by_role("link", name="Poda ou corte de árvore").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Poda ou corte de árvore")
    assert page.url.endswith("/servicos/poda-de-arvore")
