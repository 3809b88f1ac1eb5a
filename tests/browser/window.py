"""One window for all the pages that are only looked at, one after the other.

To open one costs several times as much as to show a page in it and to measure that. A plugin of the
tests that name it, so that all of them share the window.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.browser.looks import NO_MEDIA, SCREENS
from tests.patience import PATIENCE


@pytest.fixture(scope="session")
def opened(chromium: Browser) -> Iterator[Page]:
    """Use `window` instead: this one is as the last test left it."""
    context = chromium.new_context(has_touch=True, locale="pt-BR", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    context.close()


@pytest.fixture
def window(opened: Page) -> Iterator[Page]:
    """As large as a phone, with nobody's settings; fails the test as `page` does."""
    errors: list[str] = []

    def note_error(error: Error) -> None:
        errors.append(str(error))

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    opened.set_viewport_size(SCREENS["phone"])
    opened.emulate_media(**NO_MEDIA)
    opened.on("pageerror", note_error)
    opened.on("console", note_message)
    yield opened
    opened.remove_listener("pageerror", note_error)
    opened.remove_listener("console", note_message)
    assert errors == []
