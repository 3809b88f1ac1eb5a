"""Somebody with a phone: what they type, and what they then read."""

import re

from playwright.sync_api import Page

# What only a script can do, and when SEI was asked: the one difference that there may be.
NEEDS_SCRIPT = {"Copiar número", "Imprimir", "Compartilhar"}
CLOCK = re.compile(r"(?<=Consultado hoje às )\d\d:\d\d")


def search(page: Page, text: str, *, again: bool = False) -> None:
    """With the mouse or a finger, from the home page or, `again`, from where the reader is."""
    if not again:
        page.goto("/")
    page.get_by_label("Número do processo").fill(text)
    page.get_by_role("button", name="Consultar").click()


def scribble(numero: str) -> str:
    """A number as somebody types it who has the slip in the other hand."""
    return f"  processo Nº {numero} ".replace(".", " ").replace("/", " / ").replace("-", "–")


def read_aloud(page: Page) -> str:
    """What the page shows, whoever made it."""
    lines = page.locator("main").inner_text().splitlines()
    shown = [line.strip() for line in lines if line.strip() not in {"", *NEEDS_SCRIPT}]
    return CLOCK.sub("…", "\n".join([page.title(), *shown]))


def anywhere_on(address: str) -> re.Pattern[str]:
    """The address; without JavaScript a link leads to the part of the page that changed."""
    return re.compile(f"{re.escape(address)}(#historico)?$")


def mark(page: Page) -> None:
    """Leave a sign that a new page would not have."""
    page.evaluate("document.documentElement.dataset.same = 'yes'")


def is_same_page(page: Page) -> bool:
    return page.locator("html[data-same]").count() == 1
