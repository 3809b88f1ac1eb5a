"""`docs/` is for people who have other things to do: short sentences, links that lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDES = sorted(DOCS.glob("*.md"))
LONGEST = 20
"""Words of a sentence, as on the pages (Lei 15.263/2025). A name in code counts as one."""


def prose(guide: Path) -> str:
    return re.sub(r"^```.*?^```", "", guide.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        units = (
            line.strip("|").split("|") if line.startswith("|") else [line.lstrip("#-.0123456789 ")]
        )
        for unit in units:
            plain = re.sub(r"`[^`]*`", "X", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", unit))
            yield from re.split(r"(?<=[.:;?!])\s", plain.strip())


def anchors(guide: Path) -> set[str]:
    """Of its headings, as the place where the repository is read makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(guide), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_no_sentence_is_longer_than_twenty_words(guide: Path) -> None:
    found = list(sentences(prose(guide)))
    assert len(found) > 50
    assert [s for s in found if len(s.split()) > LONGEST] == []


def test_every_event_of_the_log_is_explained_to_who_reads_it() -> None:
    """A new event: say in operacao.md what happened, and what to do."""
    said = re.findall(
        r"^\| `([a-z_]+)` \|", (DOCS / "operacao.md").read_text("utf-8"), re.MULTILINE
    )
    for module in (DOCS.parent / "portal").rglob("*.py"):
        for event in re.findall(r'logger\.[a-z]+\(\s*"([a-z_]+)"', module.read_text("utf-8")):
            assert event in said, f"{event}, of {module.name}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_link_leads_to_a_file_and_to_a_heading_of_it(guide: Path) -> None:
    for name, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", prose(guide)):
        target = (guide.parent / name).resolve() if name else guide
        assert target.is_file(), name
        assert not anchor or anchor in anchors(target), f"{name}#{anchor}"
