"""A page as it is laid out and painted, measured in the browser by `layout.js`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypedDict

from playwright.sync_api import Page, ViewportSize

SCRIPT = Path(__file__).with_name("layout.js").read_text("utf-8")

Measure: TypeAlias = Literal[
    "clipped",
    "overlapping",
    "cut_words",
    "small_targets",
    "faults",
    "contrasts",
    "borders",
    "layout",
    "focused",
    "stops",
    "loosen",
    "bar",
    "enlarge",
]


class Focused(TypedDict):
    """The element that has the focus."""

    name: str
    id: str
    ring: float
    """Pixels."""
    contrast: float
    """Of the ring against what is around the element."""
    onScreen: bool  # as JavaScript writes it
    covered: bool


SCREENS: Mapping[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1280, "height": 800},
}

# How people look at a page: in the dark, in few colours, in the strongest ones.
MEDIA: Mapping[str, Mapping[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
    "high contrast": {},
}
NO_MEDIA = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}


def measure(page: Page, what: Measure) -> Any:
    return page.evaluate(f"{SCRIPT}.{what}()")


def look(page: Page, how: str) -> None:
    """With these settings and none of those of before, on the page that is open.

    High contrast is the portal's own, and one attribute is all that the switch for it changes.
    """
    page.emulate_media(**{**NO_MEDIA, **MEDIA[how]})
    page.evaluate(
        "on => document.documentElement.toggleAttribute('data-contraste', on)",
        how == "high contrast",
    )


def open_everything(page: Page) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
