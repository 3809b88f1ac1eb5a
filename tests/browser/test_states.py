"""Every page and state, opened once and judged in every way that a page can be looked at.

By axe-core. By its colours as they are painted, of every text and of what shows where a field or a
button ends: axe-core leaves out text that lies on a drawing, and never looks at borders. By where
everything lies on small screens, under a zoom and with loose letters: nothing leaves the screen, is
cut off or lies on something else; no word is in two pieces that fits in one; nothing that is
pressed is too small for a thumb.
"""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import Axe, watching
from tests.browser.looks import MEDIA, SCREENS, look, measure, open_everything
from tests.browser.states import STATES, Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")

TEXT = 7
"""WCAG 1.4.6, which asks more than the law does."""
BORDER = 3
"""WCAG 1.4.11."""

SIZES: Mapping[str, ViewportSize] = {
    **SCREENS,
    "400 % zoom": {"width": 320, "height": 256},
    "200 % zoom": {"width": 640, "height": 400},
}
"""A zoom leaves a screen of 1280 px that much less to lay a page out on."""


@pytest.fixture(scope="module", params=STATES)
def opened_state(request: pytest.FixtureRequest, opened: Page, portals: Portals) -> Iterator[Page]:
    with watching(opened):
        portals.show(opened, request.param)
        open_everything(opened)
        yield opened


@pytest.fixture
def state(opened_state: Page) -> Page:
    """With everything open, as large as a phone, with nobody's settings."""
    opened_state.set_viewport_size(SCREENS["phone"])
    look(opened_state, "light")
    return opened_state


def test_axe_finds_nothing_in_any_look(state: Page, axe: Axe) -> None:
    found = axe(state)
    assert not found, "\n".join(found)


def test_whatever_is_read_or_pressed_stands_out(state: Page) -> None:
    found: list[str] = []
    for how in MEDIA:
        look(state, how)
        for what, least in (("contrasts", TEXT), ("borders", BORDER)):
            found += [
                f"{how}: {one['ratio']:.2f}: {one['name']}"
                for one in measure(state, what)
                if one["ratio"] < least
            ]
    assert not found, "\n".join(found)


def test_everything_has_its_place_at_every_size(state: Page) -> None:
    """The last one, since the page does not get its own letters back."""
    found = find_faults(state, "")
    measure(state, "loosen")
    found += find_faults(state, "loose letters, ")
    measure(state, "enlarge")
    state.set_viewport_size(SCREENS["phone"])
    found += [f"large letters: {fault}" for fault in measure(state, "clipped")]
    assert not found, "\n".join(found)


def find_faults(page: Page, how: str) -> list[str]:
    found: list[str] = []
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)
        found += [f"{how}{size}: {fault}" for fault in measure(page, "faults")]
    return found
