"""The name of a file that somebody hands over: a label for people, never a path."""

import re
import unicodedata

LONGEST = 100
"""Characters."""
NAMELESS = "arquivo"

_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|]')
_SPACES = re.compile(r"\s+")
# What turns the direction of text around, and would show "gpj.exe" as "exe.jpg".
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def label(name: str) -> str:
    """The name as it is shown and kept: NFC, on one line, without a folder, at most `LONGEST`
    characters with its ending; `NAMELESS` where nothing is left."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if c.isspace() else c for c in name if _may_be_seen(c))
    seen = _SPACES.sub(" ", _NOT_IN_A_NAME.sub("-", seen)).strip(" .")
    return _shortened(seen) or NAMELESS


def with_ending(label: str, ending: str) -> str:
    """The label under another ending, such as that of a PDF made of a photo."""
    stem, _ = _split(label)
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def _may_be_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in _UNSEEN


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, ending = _split(name)
    return f"{stem[: LONGEST - len(ending) - 1].rstrip()}.{ending}" if ending else name[:LONGEST]


def _split(name: str) -> tuple[str, str]:
    """Before and after the last dot; an ending is short."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and stem and len(ending) <= 8 else (name, "")
