"""A paper's PDF, made by typst: tagged as PDF/UA-1 and PDF/A-2a ask, and always the same bytes.

What people wrote goes to typst as JSON and is text there, never markup.
"""

import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from portal.protocolo.paper.glyphs import FONTS, printable

if TYPE_CHECKING:
    from typst import Compiler

_TURN = threading.Lock()
"""A compiler serves one at a time."""


def typeset(paper: str, data: Mapping[str, object], when: datetime) -> bytes:
    """The PDF of `<paper>.typ`, dated `when`; the same data give the same bytes."""
    told = msgspec.json.encode(_make_printable(data)).decode()
    with _TURN:
        pdf = _compiler().compile(
            str(FONTS.with_name(f"{paper}.typ")),
            format="pdf",
            sys_inputs={"dados": told},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(when.timestamp()),
        )
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=1)
def _compiler() -> "Compiler":
    from typst import Compiler, Fonts  # tens of megabytes, for who files or fetches a receipt

    fonts = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return Compiler(root=str(Path(__file__).parent), font_paths=fonts)


def _make_printable(value: object) -> object:
    match value:
        case str():
            return printable(value)
        case Mapping():
            return {name: _make_printable(item) for name, item in value.items()}
        case list() | tuple():
            return [_make_printable(item) for item in value]
    return value
