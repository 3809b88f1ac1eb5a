"""Somebody with a number on a slip: from the home page to a document and back."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site
from tests.browser.reader import anywhere_on, is_same_page, mark, read_aloud, scribble, search


def test_a_number_typed_anyhow_is_answered_in_place(page: Page, site: Site) -> None:
    numero = site.numeros["principal"]
    page.goto("/")
    mark(page)
    page.get_by_label("Número do processo").fill(scribble(numero))
    page.get_by_role("button", name="Consultar").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    expect(heading).to_contain_text(numero)
    expect(heading).to_contain_text("Em análise na Secretaria Municipal de Meio Ambiente desde")
    expect(page).to_have_title(f"Processo {numero} — Prefeitura de Vale das Acácias")
    expect(page).to_have_url(site.processo("principal"))
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert page.evaluate("scrollY") == 0
    assert is_same_page(page)


def test_a_slow_answer_is_waited_for_in_words_and_asked_for_once(page: Page, site: Site) -> None:
    held: list[Route] = []
    page.goto("/")
    page.route("**/processos?numero=*", lambda route: held.append(route))
    field = page.get_by_label("Número do processo")
    field.fill(site.numeros["principal"])
    field.press("Enter")
    expect(page.locator("#resposta")).to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("button", name="Consultar")).to_be_disabled()
    expect(page.get_by_role("status")).to_have_text("Carregando…")
    field.press("Enter")
    [request] = held
    request.continue_()
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])
    expect(page.get_by_role("button", name="Consultar")).to_be_enabled()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_what_was_answered_in_place_opens_alone_and_reads_the_same(page: Page, site: Site) -> None:
    search(page, site.numeros["quarenta"])
    expect(page).to_have_url(site.processo("quarenta"))
    in_place = read_aloud(page)
    page.reload()
    assert read_aloud(page) == in_place


def test_going_back_and_forward_restores_each_page(page: Page, site: Site) -> None:
    page.goto("/")
    home = read_aloud(page)
    search(page, site.numeros["principal"])
    expect(page).to_have_url(site.processo("principal"))
    answer = read_aloud(page)
    page.go_back()
    expect(page).to_have_url(f"{site.address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Onde está o seu processo?")
    assert read_aloud(page) == home
    page.go_forward()
    expect(page).to_have_url(site.processo("principal"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])
    assert read_aloud(page) == answer
    assert page.locator("footer").count() == 1


def test_a_second_number_is_looked_up_from_the_first_one_s_page(page: Page, site: Site) -> None:
    search(page, site.numeros["principal"])
    expect(page).to_have_url(site.processo("principal"))
    mark(page)
    page.get_by_label("Número do processo").fill(site.numeros["concluido"])
    page.get_by_role("button", name="Consultar").click()
    expect(page).to_have_url(site.processo("concluido"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Concluído")
    assert is_same_page(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text(site.numeros["principal"])


def test_the_order_and_the_amount_change_in_place_and_keep_the_focus(
    page: Page, site: Site
) -> None:
    page.goto(site.processo("quarenta"))
    mark(page)
    newest_first = page.locator("#eventos time").all_inner_texts()
    steps = page.locator("#eventos li li").count()

    page.get_by_role("link", name="Mais antigas primeiro").click()
    expect(page).to_have_url(re.compile(r"\?ordem=antigas$"))
    oldest = page.get_by_role("link", name="Mais antigas primeiro")
    expect(oldest).to_be_focused()
    expect(oldest).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("status")).to_have_text(
        "Etapas do processo: mais antigas primeiro, só o principal"
    )
    assert page.locator("#eventos time").all_inner_texts() == newest_first[::-1]

    page.get_by_role("link", name="Tudo", exact=True).click()
    expect(page).to_have_url(re.compile(r"ordem=antigas&ver=tudo$"))
    expect(page.get_by_role("link", name="Tudo", exact=True)).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(
        "Etapas do processo: mais antigas primeiro, tudo"
    )
    assert page.locator("#eventos li li").count() > steps
    assert is_same_page(page)

    shown = read_aloud(page)
    page.reload()
    assert read_aloud(page) == shown
    page.go_back()
    expect(page.get_by_role("link", name="Só o principal")).to_have_attribute(
        "aria-current", "true"
    )
    assert page.locator("#eventos li li").count() == steps


def test_more_steps_come_under_the_last_one_and_take_the_focus(page: Page, site: Site) -> None:
    address = f"{site.processo('gigante')}?ver=tudo"
    page.goto(address)
    mark(page)
    title = page.title()
    before = page.locator("#eventos li li").count()
    for times in (2, 3):
        days = page.locator("#eventos > .dia").count()
        page.get_by_role("link", name="Mostrar mais etapas").click()
        expect(page.locator("#eventos li li")).to_have_count(times * before)
        expect(page.locator("#eventos > .dia").nth(days).locator("h3")).to_be_focused()
        expect(page.get_by_role("status")).to_have_text("Mais etapas do processo")
        expect(page.get_by_role("link", name="Mostrar mais etapas")).to_have_count(1)
    assert (page.url, page.title()) == (address, title)
    assert is_same_page(page)


def test_more_documents_come_under_the_last_one_and_take_the_focus(page: Page, site: Site) -> None:
    page.goto(site.processo("gigante"))
    rows = page.locator("#itens > li:not(.mais)")
    before = rows.count()
    page.get_by_role("link", name="Mostrar mais documentos").click()
    expect(rows).to_have_count(2 * before)
    expect(rows.nth(before).locator("p").first).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Mais documentos")
    addresses = page.eval_on_selector_all("#itens a", "links => links.map(link => link.href)")
    assert len(set(addresses)) == len(addresses)


def test_without_javascript_more_steps_are_a_page_of_their_own(
    page: Page, plain_page: Page, site: Site
) -> None:
    address = f"{site.processo('gigante')}?ver=tudo"
    steps: list[str] = []
    plain_page.goto(address)
    for _ in range(2):
        steps += plain_page.locator("#eventos li li").all_inner_texts()
        # A click comes back as soon as the next page begins; this wants all of it.
        with plain_page.expect_navigation():
            plain_page.get_by_role("link", name="Mostrar mais etapas").click()
    assert "(continuação)" in plain_page.title()
    expect(plain_page.locator("#eventos")).to_be_in_viewport()
    page.goto(address)
    page.get_by_role("link", name="Mostrar mais etapas").click()
    expect(page.locator("#eventos li li")).to_have_count(len(steps))
    assert page.locator("#eventos li li").all_inner_texts() == steps
    plain_page.get_by_role("link", name="Voltar ao começo do histórico").click()
    expect(plain_page).to_have_url(site.processo("gigante"))


def test_without_javascript_another_order_is_seen_without_scrolling(
    plain_page: Page, site: Site
) -> None:
    plain_page.goto(site.processo("quarenta"))
    plain_page.get_by_role("link", name="Mais antigas primeiro").click()
    expect(plain_page).to_have_url(f"{site.processo('quarenta')}?ordem=antigas#historico")
    expect(plain_page.get_by_role("link", name="Mais antigas primeiro")).to_be_in_viewport()


def test_the_journey_reads_the_same_with_and_without_javascript(
    page: Page, plain_page: Page, site: Site
) -> None:
    assert walk(page, site) == walk(plain_page, site)


def walk(page: Page, site: Site) -> list[str]:
    """From the home page to a document and back; what each stop says, with its address."""
    stops: list[str] = []

    def arrive(address: str, heading: str) -> None:
        expect(page).to_have_url(anywhere_on(address))
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        stops.append(read_aloud(page))

    numero, processo = site.numeros["quarenta"], site.processo("quarenta")
    page.goto("/")
    arrive(f"{site.address}/", "Onde está o seu processo?")
    page.get_by_label("Número do processo").fill(scribble(numero))
    page.get_by_role("button", name="Consultar").click()
    arrive(processo, numero)
    page.get_by_role("link", name="Mais antigas primeiro").click()
    arrive(f"{processo}?ordem=antigas", numero)
    page.get_by_role("link", name="Tudo", exact=True).click()
    arrive(f"{processo}?ordem=antigas&ver=tudo", numero)
    document = page.locator("#itens a").first
    address = document.evaluate("link => link.href")
    document.click()
    arrive(address, "Documento nº SEI")
    page.get_by_role("link", name="Voltar ao processo").click()
    arrive(processo, numero)
    page.get_by_role("navigation", name="Você está aqui").get_by_role("link", name="Início").click()
    arrive(f"{site.address}/", "Onde está o seu processo?")
    return stops
