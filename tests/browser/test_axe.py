"""axe-core on every page and state, on a phone and at a desk, in the light and in the dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.looks import SCREENS, look, open_everything
from tests.browser.states import STATES, Portals

pytest_plugins = ("tests.browser.others", "tests.browser.window")

LOOKS = ("light", "dark", "forced colours")
"""`test_colours` sees all of them; there colours are all there is to see."""


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_look(
    window: Page, portals: Portals, axe: Callable[[Page], list[str]], name: str
) -> None:
    portals.show(window, name)
    open_everything(window)
    found: list[str] = []
    for screen, size in SCREENS.items():
        window.set_viewport_size(size)
        for how in LOOKS:
            look(window, how)
            found += [f"{name}, {screen}, {how}: {line}" for line in axe(window)]
    assert not found, "\n".join(found)
