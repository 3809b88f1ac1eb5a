"""Whatever somebody wrote into SEI is text in a page, and never markup."""

import re
from pathlib import Path

PORTAL = Path(__file__).resolve().parents[2] / "portal"

# `x|safe`, Markup(x), and what turns escaping off for a while.
UNESCAPED = re.compile(r"\|\s*safe\b|\bMarkup\b|\bautoescape\b|\brender_template_string\b")

MARKUP: frozenset[str] = frozenset()
"""The files that make markup of a value, which must be of their own making."""


def test_no_template_and_no_module_lets_a_value_be_markup() -> None:
    files = [
        file for ending in ("*.html", "*.py", "*.svg", "*.xml") for file in PORTAL.rglob(ending)
    ]
    assert files
    found = {
        str(file.relative_to(PORTAL)) for file in files if UNESCAPED.search(file.read_text("utf-8"))
    }
    assert found == MARKUP, "a value in a page is escaped; name the file here if it cannot be"
