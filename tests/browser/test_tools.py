"""Somebody who passes the processo on: the number copied, the address shared or photographed."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site

SHARE = """
window.shared = [];
navigator.share = async data => { window.shared.push(data); };
"""


def test_the_number_is_copied_and_the_button_says_so(open_page: OpenPage, site: Site) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site.processo("principal"))
    page.get_by_role("button", name="Copiar número").click()
    expect(page.get_by_role("button", name="Número copiado")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Número copiado")
    assert page.evaluate("navigator.clipboard.readText()") == site.numeros["principal"]


def test_where_nothing_can_be_shared_there_is_no_button(page: Page, site: Site) -> None:
    page.goto(site.processo("principal"))
    assert page.evaluate("navigator.share") is None
    expect(page.get_by_role("button", name="Imprimir")).to_be_visible()
    expect(page.get_by_role("button", name="Compartilhar")).to_have_count(0)


def test_what_is_shared_is_the_permanent_address(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.add_init_script(SHARE)
    page.goto(f"{site.processo('principal')}?ordem=antigas")
    page.get_by_role("button", name="Compartilhar").click()
    assert page.evaluate("window.shared") == [
        {
            "title": f"Processo {site.numeros['principal']} — Prefeitura de Vale das Acácias",
            "url": site.processo("principal"),
        }
    ]


def test_a_share_that_is_called_off_changes_nothing(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.add_init_script(
        "navigator.share = () => Promise.reject(new DOMException('no', 'AbortError'))"
    )
    page.goto(site.processo("principal"))
    page.get_by_role("button", name="Compartilhar").click()
    expect(page.get_by_role("button", name="Compartilhar")).to_be_visible()


def test_the_print_button_prints(open_page: OpenPage, site: Site) -> None:
    page = open_page()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(site.processo("principal"))
    page.get_by_role("button", name="Imprimir").click()
    assert page.evaluate("window.printed") is True


def test_the_tools_work_on_a_page_that_was_answered_in_place(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_label("Número do processo").fill(site.numeros["concluido"])
    page.get_by_role("button", name="Consultar").click()
    page.get_by_role("button", name="Copiar número").click()
    expect(page.get_by_role("button", name="Número copiado")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == site.numeros["concluido"]


def test_without_javascript_no_button_is_shown_that_would_do_nothing(
    plain_page: Page, site: Site
) -> None:
    plain_page.goto(site.processo("principal"))
    expect(plain_page.locator(".ferramentas button:visible")).to_have_count(0)
    expect(plain_page.locator(".ferramentas summary")).to_be_visible()


def test_the_qr_code_is_fetched_when_it_is_opened_and_not_before(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.processo("principal"))
    summary = page.locator("summary", has_text="Código QR")
    summary.scroll_into_view_if_needed()
    page.wait_for_timeout(300)  # an image that is near the screen is asked for a little later
    assert [url for url in asked if "qr.svg" in url] == []
    summary.click()
    wait_for_the_code(page)
    assert [url for url in asked if "qr.svg" in url] == [f"{site.processo('principal')}/qr.svg"]


def test_without_javascript_the_qr_code_opens_as_well(plain_page: Page, site: Site) -> None:
    plain_page.goto(site.processo("principal"))
    plain_page.locator("summary", has_text="Código QR").click()
    wait_for_the_code(plain_page)


def wait_for_the_code(page: Page) -> None:
    code = page.get_by_role("img", name="Código QR com o endereço desta página")
    expect(code).to_be_visible()
    expect(code).to_have_js_property("complete", True)
    assert code.evaluate("image => image.naturalWidth") > 0
