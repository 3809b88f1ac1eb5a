"""Colours as they are painted: of every text, and of what shows where a field or a button ends.

axe-core leaves out text that lies on a drawing, and never looks at borders.
"""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import MEDIA, look, measure, open_everything
from tests.browser.states import STATES, Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")

TEXT = 7
"""WCAG 1.4.6, which asks more than the law does."""
BORDER = 3
"""WCAG 1.4.11."""


@pytest.mark.parametrize("name", STATES)
def test_whatever_is_read_or_pressed_stands_out(window: Page, portals: Portals, name: str) -> None:
    portals.show(window, name)
    open_everything(window)
    found: list[str] = []
    for how in MEDIA:
        look(window, how)
        for what, least in (("contrasts", TEXT), ("borders", BORDER)):
            found += [
                f"{name}, {how}: {one['ratio']:.2f}: {one['name']}"
                for one in measure(window, what)
                if one["ratio"] < least
            ]
    assert not found, "\n".join(found)
