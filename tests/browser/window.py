"""One window for all the pages that are only looked at, one after the other.

To open one costs several times as much as to show a page in it and to measure that. A plugin of the
tests that name it, so that all of them share the window.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import watching
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
    with watching(opened):
        yield opened
