"""Somebody without a mouse or a finger: Tab, Enter and the space bar, on a page of any kind."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.looks import SCREENS, Focused, look, measure
from tests.browser.states import MAIN, Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")


def press_tab(page: Page) -> Focused | None:
    page.keyboard.press("Tab")
    focused: Focused | None = measure(page, "focused")
    return focused


def begin(page: Page) -> None:
    """Put the focus where it is when a page opens, also on one that opens with an error."""
    page.locator("html").evaluate(
        "html => { html.tabIndex = -1; html.focus(); html.removeAttribute('tabindex'); }"
    )


@pytest.mark.parametrize(
    ("screen", "how"),
    [("phone", "light"), ("phone", "high contrast"), ("desk", "light"), ("desk", "dark")],
)
@pytest.mark.parametrize("name", [*MAIN, "not found"])
def test_tab_stops_once_at_all_that_can_be_pressed_and_shows_where_it_is(
    window: Page, portals: Portals, name: str, screen: str, how: str
) -> None:
    window.set_viewport_size(SCREENS[screen])
    portals.show(window, name)
    look(window, how)
    begin(window)
    in_the_source = measure(window, "stops")
    stops: list[Focused] = []
    while len(stops) < len(in_the_source) and (stop := press_tab(window)):
        # A date has a stop for each of its parts.
        again = bool(stops) and stop["name"] == stops[-1]["name"]
        if not (again and stop["name"].startswith("<input")):
            stops.append(stop)
    assert [stop["name"] for stop in stops] == in_the_source
    assert [stop["name"] for stop in stops if not stop["onScreen"] or stop["covered"]] == []
    assert [stop["name"] for stop in stops if stop["ring"] < 2 or stop["contrast"] < 3] == []
    beyond = press_tab(window)
    while beyond and beyond["name"] == in_the_source[-1]:
        beyond = press_tab(window)
    assert beyond is None or beyond["name"] == in_the_source[0]


@pytest.mark.parametrize("name", ["home", "in progress", "document", "unreadable"])
def test_the_first_stop_leads_past_the_header(window: Page, portals: Portals, name: str) -> None:
    portals.show(window, name)
    begin(window)
    first = press_tab(window)
    assert first is not None
    assert "Ir para o conteúdo" in first["name"]
    window.keyboard.press("Enter")
    expect(window.locator("#conteudo")).to_be_focused()
    press_tab(window)
    expect(window.locator("#conteudo :focus")).to_have_count(1)


@pytest.mark.parametrize(
    ("number", "part"), [(1, "conteudo"), (2, "menu"), (3, "busca"), (4, "rodape")]
)
def test_each_skip_link_has_its_number_and_goes_on_in_its_part(
    window: Page, site: Site, number: int, part: str
) -> None:
    window.goto(site.processo("quarenta"))
    for _ in range(number):
        press_tab(window)
    expect(window.locator(":focus")).to_have_attribute("accesskey", str(number))
    window.keyboard.press("Enter")
    expect(window.locator(f"#{part}")).to_be_in_viewport()
    press_tab(window)
    expect(window.locator(f"#{part} :focus")).to_have_count(1)


def test_enter_asks_and_reading_begins_at_the_answer(window: Page, site: Site) -> None:
    window.goto(site.address)
    window.get_by_label("Número do processo").focus()
    window.keyboard.type(site.numeros["quarenta"])
    window.keyboard.press("Enter")
    expect(window).to_have_url(site.processo("quarenta"))
    expect(window.get_by_role("heading", level=1)).to_be_focused()
    press_tab(window)
    expect(window.locator("h1 ~ * a").first).to_be_focused()


def test_from_an_error_two_keys_lead_to_the_field(window: Page, site: Site) -> None:
    window.goto(site.address)
    field = window.get_by_label("Número do processo")
    field.focus()
    window.keyboard.type("bom dia")
    window.keyboard.press("Enter")
    expect(window.get_by_role("alert")).to_be_focused()
    press_tab(window)
    window.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    expect(field).to_have_value("bom dia")


def test_a_miss_is_read_first_and_the_field_comes_next(window: Page, portals: Portals) -> None:
    window.goto(portals.origins["site"])
    window.get_by_label("Número do processo").focus()
    window.keyboard.type(portals.names["missing"])
    window.keyboard.press("Enter")
    expect(window.get_by_role("heading", level=1)).to_contain_text("Não encontramos")
    expect(window.get_by_role("heading", level=1)).to_be_focused()
    press_tab(window)
    expect(window.get_by_label("Número do processo")).to_be_focused()


@pytest.mark.parametrize(
    ("more", "rows", "first"),
    [
        ("Mostrar mais etapas", "#eventos > .dia", "h3"),
        ("Mostrar mais documentos", "#itens > li:not(.mais)", "p"),
    ],
)
def test_after_more_reading_goes_on_at_the_first_new_row(
    window: Page, site: Site, more: str, rows: str, first: str
) -> None:
    window.goto(f"{site.processo('gigante')}?ver=tudo")
    before = window.locator(rows).count()
    window.get_by_role("link", name=more).focus()
    window.keyboard.press("Enter")
    new = window.locator(rows).nth(before)
    expect(new.locator(first).first).to_be_focused()
    expect(new.locator(first).first).to_be_in_viewport()
    press_tab(window)
    expect(window.locator(f"{rows} :focus")).to_have_count(1)
    assert (
        window.locator(rows)
        .locator(":focus")
        .evaluate(
            "(focused, [rows, before]) => "
            "[...document.querySelectorAll(rows)].indexOf(focused.closest(rows)) >= before",
            [rows, before],
        )
    )


def test_a_choice_keeps_the_focus_that_made_it(window: Page, site: Site) -> None:
    window.goto(site.processo("quarenta"))
    for name, query in (("Mais antigas primeiro", "ordem=antigas"), ("Tudo", "ver=tudo")):
        choice = window.get_by_role("link", name=name, exact=True)
        choice.focus()
        window.keyboard.press("Enter")
        window.wait_for_url(f"**{query}*")
        expect(choice).to_have_attribute("aria-current", "true")
        expect(choice).to_be_focused()
        expect(choice).to_be_in_viewport()


def test_what_is_folded_opens_and_closes_under_the_focus(window: Page, site: Site) -> None:
    window.goto(site.processo("quarenta"))
    for folded in ("#historico details >> nth=0", ".ferramentas details"):
        details = window.locator(folded)
        summary = details.locator("summary")
        inside = details.locator("p").first
        expect(inside).to_be_hidden()
        summary.focus()
        window.keyboard.press("Enter")
        expect(inside).to_be_visible()
        expect(summary).to_be_focused()
        window.keyboard.press("Space")
        expect(inside).to_be_hidden()
        expect(summary).to_be_focused()


def test_the_switch_of_contrast_is_pressed_with_the_space_bar(window: Page, site: Site) -> None:
    address = f"{site.processo('quarenta')}?ordem=antigas"
    for button, remaining in (("Alto contraste", 1), ("Cores normais", 0)):
        window.goto(address)
        window.get_by_role("button", name=button).focus()
        window.keyboard.press("Space")
        expect(window.locator("html[data-contraste]")).to_have_count(remaining)
        expect(window).to_have_url(address)
