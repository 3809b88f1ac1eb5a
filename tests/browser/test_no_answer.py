"""What somebody reads who gets no answer, or not the one hoped for, and what they can do then."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.reader import anywhere_on, is_same_page, mark, read_aloud, search
from tests.browser.states import Portals, ask

pytest_plugins = ("tests.browser.others",)


def exhaust(portals: Portals) -> None:
    """Ask until nothing more is answered."""
    for _ in range(3):
        if ask(f"{portals.origins['limited']}/processos?numero=1234567").status == 429:
            return
    pytest.fail("whoever asks this often should be refused")


def test_a_number_that_is_not_found_is_given_back_with_advice(page: Page, portals: Portals) -> None:
    typed = portals.names["missing"]
    page.goto("/")
    mark(page)
    search(page, typed, again=True)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text(f"Não encontramos o número {typed}")
    expect(page).to_have_title("Número não encontrado — Prefeitura de Vale das Acácias")
    expect(page).to_have_url(re.compile(r"/processos\?numero="))
    expect(page.get_by_label("Número do processo")).to_have_value(typed)
    assert "Confira no papel" in page.locator("main").inner_text()
    assert is_same_page(page)


def test_wrong_check_digits_are_shown_as_they_should_be(page: Page, site: Site) -> None:
    numero = site.numeros["principal"]
    search(page, numero[:-1] + str((int(numero[-1]) + 1) % 10))
    expect(page.locator("main")).to_contain_text("Confira os dígitos no papel")
    expect(page.locator("main")).to_contain_text(f"terminaria assim: {numero}")


def test_what_holds_no_number_is_an_error_beside_the_field(page: Page) -> None:
    search(page, "bom dia, cadê meu alvará?")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(page).to_have_title(re.compile("^Erro: "))
    field = page.get_by_label("Número do processo")
    expect(field).to_have_value("bom dia, cadê meu alvará?")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Erro: Copie o número do papel"))
    alert.get_by_role("link").click()
    expect(field).to_be_focused()


def test_an_empty_field_asks_nothing_of_the_server(page: Page) -> None:
    page.goto("/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Consultar").click()
    expect(page.get_by_label("Número do processo")).to_be_focused()
    assert [url for url in asked if "/static/" not in url] == []


def test_an_error_is_the_focus_of_a_page_that_opens_with_it(page: Page) -> None:
    page.goto("/processos?numero=")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Escreva o número do processo")


def test_of_several_processos_with_one_number_the_reader_chooses(page: Page, site: Site) -> None:
    search(page, "".join(c for c in site.numeros["ambiguo"] if c.isdigit()))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title(re.compile("^Escolha o processo"))
    choices = page.locator(".achados a")
    expect(choices).to_have_count(2)
    choices.filter(has_text=site.numeros["ambiguo_outro"]).click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(site.numeros["ambiguo_outro"])
    page.get_by_role("link", name="Mais antigas primeiro").click()
    expect(page).to_have_url(re.compile("ordem=antigas"))
    page.reload()
    expect(heading).to_contain_text(site.numeros["ambiguo_outro"])


def test_a_restricted_processo_says_why_and_where_to_go(page: Page, site: Site) -> None:
    search(page, site.numeros["restrito"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Este processo é restrito")
    main = page.locator("main").inner_text()
    assert "Como ver um processo restrito" in main
    assert "O que aconteceu" not in main
    assert "Férias de servidora" not in main


def test_a_sigiloso_reads_like_a_number_that_does_not_exist(
    page: Page, site: Site, portals: Portals
) -> None:
    read: list[str] = []
    for numero in (site.numeros["sigiloso"], portals.names["missing"]):
        search(page, numero)
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_contain_text(f"Não encontramos o número {numero}")
        read.append(read_aloud(page).replace(numero, "…"))
    assert read[0] == read[1]


def test_who_asked_too_often_is_told_how_long_to_wait(
    open_page: OpenPage, portals: Portals
) -> None:
    page = open_page(base_url=portals.origins["limited"])
    page.goto("/")
    mark(page)
    exhaust(portals)
    search(page, "1234567", again=True)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text("Foram muitas consultas em pouco tempo")
    expect(page).to_have_title(re.compile("^Erro: Foram muitas consultas"))
    assert re.search(r"Espere \w+( \w+)? (minuto|segundo|hora)", page.locator("main").inner_text())
    assert is_same_page(page)


def test_when_sei_is_away_the_same_address_can_be_tried_again(
    open_page: OpenPage, portals: Portals
) -> None:
    page = open_page(base_url=portals.origins["away"])
    search(page, portals.names["principal"])
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text("O sistema de processos não está respondendo")
    assert "O seu processo não se perdeu" in page.locator("main").inner_text()
    again = page.get_by_role("link", name="Tentar de novo")
    address = f"/processos?numero={portals.names['principal']}"
    expect(again).to_have_attribute("href", address)
    again.click()
    expect(page).to_have_url(portals.origins["away"] + address)
    expect(heading).to_contain_text("O sistema de processos não está respondendo")


def test_when_sei_goes_away_under_the_page_the_answer_gives_way_to_it(
    open_page: OpenPage, portals: Portals, site: Site
) -> None:
    page = open_page()
    processo, query = urlsplit(site.processo("principal")), "?ordem=antigas"
    away = ask(f"{portals.origins['away']}{processo.path}{query}", HX_Request="true")
    page.goto(processo.geturl())
    page.route(
        f"**{processo.path}{query}",
        lambda route: route.fulfill(
            status=away.status, body=away.text, content_type="text/html; charset=utf-8"
        ),
    )
    page.get_by_role("link", name="Mais antigas primeiro").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text("O sistema de processos não está respondendo")
    expect(page.locator("#historico")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("link", name="Tentar de novo").click()
    expect(heading).to_contain_text(site.numeros["principal"])
    expect(page.get_by_role("link", name="Mais antigas primeiro")).to_have_attribute(
        "aria-current", "true"
    )


def test_without_internet_the_question_can_be_sent_again(open_page: OpenPage, site: Site) -> None:
    page = open_page(quiet=False)
    page.goto(site.processo("principal"))
    page.context.set_offline(True)
    page.get_by_role("link", name="Mais antigas primeiro").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Não deu para carregar. Confira a internet.")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    page.context.set_offline(False)
    alert.get_by_role("link", name="Tentar de novo").click()
    expect(page).to_have_url(anywhere_on(f"{site.processo('principal')}?ordem=antigas"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])


def test_our_own_mistake_leaves_the_page_and_offers_to_try_again(
    open_page: OpenPage, portals: Portals
) -> None:
    page = open_page(base_url=portals.origins["broken"], quiet=False)
    search(page, portals.names["principal"])
    expect(page.get_by_role("alert")).to_contain_text("Não deu para carregar")
    expect(page.get_by_role("button", name="Consultar")).to_be_enabled()
    page.get_by_role("link", name="Tentar de novo").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Algo deu errado aqui, do nosso lado")
    assert "diga este código" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("origin", "typed", "status"),
    [
        ("site", "{missing}", 404),
        ("site", "{wrong}", 404),
        ("site", "bom dia", 422),
        ("site", "{restrito}", 200),
        ("site", "{ambiguo}", 200),
        ("site", "{sigiloso}", 404),
        ("limited", "1234567", 429),
        ("away", "{principal}", 503),
    ],
)
def test_each_reads_the_same_with_and_without_javascript(
    open_page: OpenPage, portals: Portals, origin: str, typed: str, status: int
) -> None:
    read: list[str] = []
    for with_script in (True, False):
        page = open_page(base_url=portals.origins[origin], java_script_enabled=with_script)
        page.goto("/")
        if status == 429:
            exhaust(portals)
        with page.expect_response(lambda response: response.status == status):
            search(page, typed.format_map(portals.names), again=True)
        expect(page.locator("#resposta [data-foco]")).to_have_count(1)
        read.append(without_what_passes(read_aloud(page)))
    assert read[0] == read[1]


def without_what_passes(text: str) -> str:
    """Leave out how long to wait, and the code of one request."""
    return re.sub(r"Espere .* e tente|diga este código: \S+", "…", text)
