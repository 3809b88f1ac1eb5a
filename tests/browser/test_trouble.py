"""What a person who is signed in meets when our own database, or SEI, is in trouble."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from portal.db import db
from portal.errors import TooSlow
from portal.sei import people
from tests.browser.conftest import OpenPage
from tests.browser.looks import SCREENS, look, measure
from tests.browser.test_level import address, app, enter

__all__ = ["address", "app"]

Axe = Callable[[Page], list[str]]


@pytest.fixture
def inside(open_page: OpenPage, address: str) -> Page:
    """Somebody who has entered; a 503 is an error to the console."""
    page = open_page(base_url=address, quiet=False)
    page.goto("/entrar?voltar=/minha-conta")
    enter(page)
    expect(page).to_have_url(f"{address}/minha-conta")
    return page


def faults(page: Page, axe: Axe) -> list[str]:
    found: list[str] = []
    for screen, size in SCREENS.items():
        page.set_viewport_size(size)
        for how in ("light", "dark", "forced colours"):
            look(page, how)
            found += [f"{screen}, {how}: {line}" for line in axe(page)]
        found += [fault for fault in measure(page, "faults") if "<span.quem>" not in fault]
    return found


def test_an_account_that_cannot_be_read_is_told_on_a_page_that_leads_on(
    inside: Page, app: Flask, axe: Axe
) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE login RENAME TO elsewhere")
    inside.goto("/meus-dados")
    heading = inside.get_by_role("heading", level=1)
    expect(heading).to_contain_text("O portal não conseguiu usar os dados da sua conta")
    assert faults(inside, axe) == []
    with app.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO login")
    inside.get_by_role("link", name="Tentar de novo").click()
    expect(heading).to_have_text("Seus dados neste portal")


def test_a_sei_that_is_slow_to_know_the_reader_is_told_above_the_page(
    inside: Page, axe: Axe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_slow(*_: object) -> None:
        raise TooSlow("it took too long")

    monkeypatch.setattr(people, "REST", 0.0)
    monkeypatch.setattr(people, "list_contatos", too_slow)
    inside.goto("/processos?numero=1500010250326202304")
    notice = inside.get_by_role("status").filter(has_text="O SEI demorou para achar o seu cadastro")
    expect(notice).to_be_visible()
    assert faults(inside, axe) == []
    monkeypatch.undo()
    notice.get_by_role("link", name="tente de novo").click()
    expect(notice).to_have_count(0)
