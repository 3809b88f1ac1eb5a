"""Which characters a TrueType font can draw.

With a PDF standard on, typst refuses a document in which one character has no glyph, and a
citizen's name may have any: what cannot be drawn is replaced before.
"""

import struct
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from portal.sei.text import clean

FONTS = Path(__file__).with_name("fonts")
MISSING = "\N{REPLACEMENT CHARACTER}"
"""What is printed for a character that has no glyph."""


def printable(text: str) -> str:
    """The text as it can be printed: composed, without invisible characters, lines kept apart."""
    known = list_drawn()
    tidy = clean(normalize("NFC", text))
    return "".join(c if c == "\n" or ord(c) in known else MISSING for c in tidy)


@lru_cache(maxsize=1)
def list_drawn() -> frozenset[int]:
    """Code points that every font of ours draws."""
    return frozenset.intersection(*(read_cmap(p.read_bytes()) for p in FONTS.glob("*.ttf")))


def read_cmap(font: bytes) -> frozenset[int]:
    """Code points below 65536 that have a glyph (OpenType: table `cmap`, Windows, format 4)."""
    tables = _list_entries(font, 12, ">4s4xI4x", struct.unpack_from(">H", font, 4)[0])
    cmap = next(offset for tag, offset in tables if tag == b"cmap")
    subtables = _list_entries(font, cmap + 4, ">HHI", struct.unpack_from(">H", font, cmap + 2)[0])
    at = cmap + next(o for platform, encoding, o in subtables if (platform, encoding) == (3, 1))
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    columns = [f">{segments}H"] * 4
    ends, starts, deltas, offsets = (
        struct.unpack_from(column, font, at + 14 + i * 2 * segments + (2 if i else 0))
        for i, column in enumerate(columns)
    )
    drawn: set[int] = set()
    for i in range(segments):
        place = at + 16 + 6 * segments + 2 * i
        for code in range(starts[i], ends[i] + 1):
            glyph = code
            if offsets[i]:
                looked_up = place + offsets[i] + 2 * (code - starts[i])
                glyph = struct.unpack_from(">H", font, looked_up)[0]
            if glyph and (glyph + deltas[i]) % 0x10000:
                drawn.add(code)
    return frozenset(drawn)


def _list_entries(font: bytes, at: int, form: str, many: int) -> list[tuple[Any, ...]]:
    size = struct.calcsize(form)
    return [struct.unpack_from(form, font, at + i * size) for i in range(many)]
