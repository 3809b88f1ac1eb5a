"""Somebody with a file and a receipt, who wants to know whether they belong together."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SENT, OpenPage, Site

OTHER = b"%PDF-1.7 something else"


@pytest.mark.parametrize("with_script", [True, False])
def test_a_file_is_compared_with_the_receipt(
    open_page: OpenPage, site: Site, with_script: bool
) -> None:
    page = open_page(java_script_enabled=with_script)
    page.goto("/recibos")
    page.get_by_label("Código de conferência").fill(site.recibo.lower().replace("-", " "))
    page.get_by_role("button", name="Conferir").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Válido")
    hint = "não sai do seu aparelho" if with_script else "enviado, conferido e apagado na hora"
    expect(page.locator("#arquivo-dica")).to_contain_text(hint)
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.method))
    for content, answer in (
        (SENT, "é o documento 1 deste recibo"),
        (OTHER, "não está neste recibo"),
    ):
        file = {"name": "nome <b>.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("Arquivo", exact=True).set_input_files(files=[file])
        page.get_by_role("button", name="Conferir o arquivo").click()
        expect(page.get_by_role("status").and_(page.locator("#conferido"))).to_contain_text(answer)
    assert posted.count("POST") == (0 if with_script else 2)
