"""Somebody without the number: from the form to a processo, in place and without JavaScript."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import is_same_page, mark, read_aloud

ASSUNTO = "Obras: Alvará de Construção"
ROWS = "#resultados tbody > tr"


def test_a_form_filled_in_is_answered_in_place_and_its_address_can_be_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Não tenho o número").click()
    mark(page)
    page.get_by_label("Assunto").select_option(label=ASSUNTO)
    page.get_by_role("button", name="Procurar").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text(re.compile("processos? (encontrado|mais novo)"))
    expect(page).to_have_url(re.compile(r"/processos\?tipo=\d+&"))
    assert is_same_page(page)
    found = read_aloud(page)
    page.reload()
    assert read_aloud(page) == found
    number = page.locator(f"{ROWS} a").first
    name = number.inner_text()
    number.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_more_processos_come_under_the_last_one_and_take_the_focus(page: Page) -> None:
    page.goto("/processos?situacao=andamento")
    mark(page)
    expect(page.locator(ROWS)).to_have_count(20)
    page.get_by_role("link", name="Mostrar mais processos").click()
    expect(page.locator(ROWS)).to_have_count(40)
    expect(page.locator(ROWS).nth(20).get_by_role("link")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Mais 20 processos")
    numbers = page.locator(f"{ROWS} th").all_inner_texts()
    assert len(set(numbers)) == 40
    assert is_same_page(page)


def test_without_javascript_more_processos_are_a_page_of_their_own(
    page: Page, plain_page: Page
) -> None:
    plain_page.goto("/processos?situacao=andamento")
    numbers = plain_page.locator(f"{ROWS} th").all_inner_texts()
    with plain_page.expect_navigation():
        plain_page.get_by_role("link", name="Mostrar mais processos").click()
    expect(plain_page.locator("#resultados")).to_be_in_viewport()
    numbers += plain_page.locator(f"{ROWS} th").all_inner_texts()
    page.goto("/processos?situacao=andamento")
    page.get_by_role("link", name="Mostrar mais processos").click()
    expect(page.locator(ROWS)).to_have_count(40)
    assert page.locator(f"{ROWS} th").all_inner_texts() == numbers


def test_what_is_found_is_a_table_on_a_desk_and_cards_on_a_phone(page: Page) -> None:
    page.goto("/processos?situacao=andamento")
    table = page.get_by_role("table", name="Processos encontrados")
    cells = page.locator(ROWS).first.locator("th, td")
    expect(table.get_by_role("row")).to_have_count(20)
    expect(table.get_by_role("rowheader")).to_have_count(20)
    assert len(set(_tops(cells))) == 4
    assert [label for label in _labels(cells) if label != "none"] == [
        f'"{name}:\u00a0"' for name in ("Assunto", "Situação", "Aberto")
    ]
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(table.get_by_role("columnheader")).to_have_text(
        ["Processo", "Assunto", "Situação", "Aberto"]
    )
    assert len(set(_tops(cells))) == 1
    assert set(_labels(cells)) == {"none"}


def _tops(cells: Locator) -> list[float]:
    tops: list[float] = cells.evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")
    return tops


def _labels(cells: Locator) -> list[str]:
    """What the stylesheet writes before each."""
    labels: list[str] = cells.evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    return labels


def test_an_error_is_read_first_and_leads_to_its_field(page: Page) -> None:
    page.goto("/processos")
    page.get_by_label("Últimos números do processo").fill("12")
    page.get_by_role("button", name="Procurar").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    field = page.get_by_label("Últimos números do processo")
    expect(field).to_be_focused()
    expect(field).to_have_value("12")
    expect(field).to_have_accessible_description(re.compile("Erro: Escreva pelo menos os 4"))


def test_nothing_found_says_what_to_change(plain_page: Page) -> None:
    plain_page.goto("/processos")
    plain_page.get_by_label("Até").fill("1990-01-01")
    plain_page.get_by_role("button", name="Procurar").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Nenhum processo encontrado")
    expect(plain_page.get_by_role("heading", name="O que fazer")).to_be_visible()
    expect(plain_page.get_by_label("Até")).to_have_value("1990-01-01")
