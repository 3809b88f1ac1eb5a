"""A document as a reader meets it: framed without powers, alone, in a file, and checked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.states import ask, list_places


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def reader(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    return open_page(java_script_enabled=request.param)


def test_a_document_of_sei_is_read_on_its_page(reader: Page, site: Site) -> None:
    reader.goto(site.address + list_places(site)["made_document"])
    frame = reader.locator("iframe")
    frame.scroll_into_view_if_needed()
    expect(frame).to_have_accessible_name("Texto do documento Despacho")
    expect(reader.frame_locator("iframe").get_by_role("heading", name="Despacho")).to_be_attached()
    expect(reader.frame_locator("iframe").get_by_role("paragraph").first).to_be_visible()


def test_a_document_alone_fits_a_phone(open_page: OpenPage, site: Site) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.address}{list_places(site)['made_document']}/texto")
    expect(page).to_have_title(re.compile(r"^Despacho, nº SEI \d+$"))
    body = page.locator("body").bounding_box()
    assert body is not None
    assert body["width"] <= 360
    assert page.locator("img").first.bounding_box() is not None


def test_only_where_a_line_is_long_are_its_words_drawn_apart(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.address}{list_places(site)['made_document']}/texto")
    justified = page.locator("[style*=justify]").first
    expect(justified).to_have_css("text-align", "left")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(justified).to_have_css("text-align", "justify")


def test_a_file_is_saved_under_its_own_name(reader: Page, site: Site) -> None:
    reader.goto(site.address + list_places(site)["external_document"])
    save = reader.get_by_role("link", name=re.compile(r"^Salvar \S.+ \(PDF, [\d,]+ [KM]B\)$"))
    with reader.expect_download() as download:
        save.click()
    assert download.value.suggested_filename == "requerimento.pdf"


def test_a_paper_is_checked_by_its_codes(reader: Page, site: Site) -> None:
    codes = list_places(site)["codes"]
    codigo, crc = (pair.partition("=")[2] for pair in codes.partition("?")[2].split("&"))
    assert ask(site.address + codes).status == 200
    reader.goto(f"{site.address}/")
    reader.get_by_role("link", name="Conferir um documento").click()
    reader.get_by_label("Código verificador").fill(f" {codigo} v1")
    reader.get_by_label("Código CRC").fill(crc.lower())
    reader.get_by_role("button", name="Conferir").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("É autêntico: Requerimento.")
    expect(reader).to_have_title("Documento autêntico — Prefeitura de Vale das Acácias")
    reader.get_by_role("link", name="Abrir o documento").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Requerimento")
