"""Where everything lies on small screens, under a zoom and with loose letters.

Nothing leaves the screen, is cut off or lies on something else; no word is in two pieces that fits
in one; nothing that is pressed is too small for a thumb.
"""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.looks import SCREENS, measure, open_everything
from tests.browser.states import STATES, Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")

SIZES: Mapping[str, ViewportSize] = {
    **SCREENS,
    "400 % zoom": {"width": 320, "height": 256},
    "200 % zoom": {"width": 640, "height": 400},
}
"""A zoom leaves a screen of 1280 px that much less to lay a page out on."""


@pytest.mark.parametrize("name", STATES)
def test_everything_has_its_place_at_every_size(window: Page, portals: Portals, name: str) -> None:
    portals.show(window, name)
    open_everything(window)
    found = find_faults(window, name)
    measure(window, "loosen")
    found += find_faults(window, f"{name}, loose letters")
    measure(window, "enlarge")
    window.set_viewport_size(SCREENS["phone"])
    found += [f"{name}, large letters: {fault}" for fault in measure(window, "clipped")]
    assert not found, "\n".join(found)


def find_faults(page: Page, name: str) -> list[str]:
    found: list[str] = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        found += [f"{name}, {size}: {fault}" for fault in measure(page, "faults")]
    return found


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
