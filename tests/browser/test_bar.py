"""The bar at the top, on the smallest screens and with the longest names."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import measure
from tests.browser.states import Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", ["home of another município", "home where people enter"])
def test_the_bar_takes_one_line_of_a_phone(
    window: Page, portals: Portals, name: str, width: int
) -> None:
    window.set_viewport_size({"width": width, "height": 740})
    portals.show(window, name)
    tops = measure(window, "bar")
    assert len(tops) == 4
    assert max(tops) - min(tops) < 1
