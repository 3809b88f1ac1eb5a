"""Somebody who takes it on paper: what is read is printed, what is pressed is not."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.looks import measure
from tests.browser.states import list_places

PAPER = {"width": 718, "height": 1000}  # what an A4 sheet has between its margins


def print_out(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")


def test_nothing_that_is_pressed_is_on_the_paper(open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport=PAPER)
    print_out(page, site.processo("quarenta"))
    expect(page.locator(":is(button, input, form, nav, footer):visible")).to_have_count(0)
    for text in ("Atualizar", "Tudo", "Copiar número", "Consultar outro processo", "Ir para"):
        expect(page.get_by_text(text, exact=False).locator("visible=true")).to_have_count(0)
    assert measure(page, "clipped") == []


def test_the_answer_and_where_it_is_from_are_on_the_paper(open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport=PAPER)
    print_out(page, site.processo("quarenta"))
    main = page.locator("main").inner_text()
    for text in (
        site.numeros["quarenta"],
        "Em análise",
        "Consultado hoje às",
        "O que aconteceu",
        "O que há no processo",
    ):
        assert text in main
    address = page.locator(".hora").evaluate("hora => getComputedStyle(hora, '::after').content")
    assert site.processo("quarenta") in address


def test_sei_s_own_text_is_on_the_paper_although_nobody_opened_it(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(viewport=PAPER)
    print_out(page, site.processo("quarenta"))
    texts = page.locator(".dia details p")
    assert texts.count() > 0
    assert texts.locator("visible=true").count() == texts.count()


def test_ink_is_saved_whatever_colours_the_screen_has(open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport=PAPER, color_scheme="dark")
    print_out(page, site.processo("quarenta"))
    grounds = page.locator("html, body, .topo, .ficha").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert [c for c in measure(page, "contrasts") if c["ratio"] < 4.5] == []


def test_a_document_s_page_can_be_printed_too(page: Page, site: Site) -> None:
    page.goto(site.processo("quarenta"))
    page.locator("#itens a").first.click()
    page.emulate_media(media="print")
    expect(page.locator(":is(button, input, form, nav, footer):visible")).to_have_count(0)
    expect(page.get_by_role("heading", name="Dados do documento")).to_be_visible()


def test_a_document_s_page_says_on_paper_where_its_text_is_printed(page: Page, site: Site) -> None:
    address = site.address + list_places(site)["made_document"]
    page.goto(address)
    where = page.get_by_text("O texto não sai nesta folha")
    expect(where).to_be_hidden()
    page.emulate_media(media="print")
    expect(where).to_be_visible()
    expect(where).to_contain_text(f"{address}/texto")
    expect(page.locator("iframe")).to_be_hidden()


def test_a_text_alone_says_only_on_paper_how_it_is_checked(open_page: OpenPage, site: Site) -> None:
    page = open_page(viewport=PAPER, java_script_enabled=False)
    page.goto(site.address + list_places(site)["made_document"] + "/texto")
    expect(page.locator("footer")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("footer")).to_contain_text(f"Confira em {site.address}/autenticidade")
