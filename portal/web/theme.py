"""A tenant's one colour made into a theme: every shade is checked for contrast, none is trusted.

Contrast is WCAG 2.2's ratio (definitions of *relative luminance* and *contrast ratio*), 1 to 21.
The grounds below are the ones `static/portal.css` paints; a test keeps the two files together.
"""

import colorsys
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

WHITE: Colour = (255, 255, 255)
DAY: tuple[Colour, ...] = (WHITE, (250, 248, 245))
"""Grounds of the light scheme: the paper, and the page around it."""
NIGHT: tuple[Colour, ...] = ((28, 32, 38), (19, 22, 27))
"""The same two in the dark scheme."""

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_ROOM = re.compile(r"\s*([{};,>])\s*|(:) |\s+")
"""Room between the words of a stylesheet: beside a mark it says nothing."""

ENOUGH = 7.0
"""AAA for text, so that small and thin links stay readable outdoors on a phone."""
PLENTY = 11.0
"""For the bars at the top and the foot, which carry quiet text too."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The shades of one tenant, as `#rrggbb`, under the names of the properties of `portal.css`,
    which tells which one is for what."""

    tema: str
    tema_forte: str
    tema_suave: str
    tema_vivo: str
    tema_claro: str
    tema_noite: str


def parse_hex(text: str) -> Colour:
    """`#1351b4` or `#15b` to its three numbers; ValueError for anything else."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
        raise ValueError(f"not a colour like #1351b4: {text!r}")
    digits = text[1:] if len(text) == 7 else "".join(c * 2 for c in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def to_hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio of two opaque colours, from 1.0 (the same) to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: Colour, ground: Colour, share: float) -> Colour:
    """`share` (0 to 1) of the colour over the ground."""
    r, g, b = (round(c * share + k * (1 - share)) for c, k in zip(colour, ground, strict=True))
    return r, g, b


def darken(colour: Colour, grounds: tuple[Colour, ...], ratio: float) -> Colour:
    """The colour, darkened only as far as it takes to reach the ratio on every ground.

    The hue stays. The grounds must be light enough for black to reach the ratio.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(v / 255 for v in colour))
    while any(contrast(colour, ground) < ratio for ground in grounds):
        lightness = max(0.0, lightness - 0.01)
        r, g, b = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = round(r * 255), round(g * 255), round(b * 255)
    return colour


def lighten(colour: Colour, grounds: tuple[Colour, ...], ratio: float) -> Colour:
    """The colour, with only as much white in it as it takes to reach the ratio on every ground.

    White and not lightness: a saturated colour glares in the dark. The grounds must be dark
    enough for white to reach the ratio.
    """
    shares = (mix(WHITE, colour, percent / 100) for percent in range(101))
    return next(c for c in shares if all(contrast(c, ground) >= ratio for ground in grounds))


def make_theme(colour: Colour) -> Theme:
    """All shades of a theme from the tenant's colour, whatever that colour is."""
    soft = mix(colour, WHITE, 0.08)
    # In the dark a tint of the colour itself would often be darker than the page.
    night = mix(lighten(colour, NIGHT, ENOUGH), NIGHT[-1], 0.1)
    base = darken(colour, (*DAY, soft), ENOUGH)
    light = lighten(colour, (*NIGHT, night), ENOUGH)
    return Theme(
        tema=to_hex(base),
        tema_forte=to_hex(darken(base, (WHITE,), PLENTY)),
        tema_suave=to_hex(soft),
        tema_vivo=to_hex(colour),
        tema_claro=to_hex(light),
        tema_noite=to_hex(night),
    )


def render_css(colour: str, base: str) -> str:
    """A tenant's whole stylesheet: the theme's custom properties, then `portal.css`, its comments
    and its room left out.

    One file and not two, so that a first visit asks for one thing less before it can paint.
    ValueError when the colour is not one. The caller names the file by the text's hash.
    """
    theme = make_theme(parse_hex(colour))
    properties = (f"--{name.replace('_', '-')}:{getattr(theme, name)}" for name in theme.__slots__)
    return ":root{" + ";".join(properties) + "}\n" + tidy_css(base)


def tidy_js(script: str) -> str:
    """A script of ours without the lines that are a comment, and without its indentation."""
    lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=4)
def tidy_css(sheet: str) -> str:
    """A stylesheet without its comments and its room. All tenants have the same ones."""
    return _ROOM.sub(lambda room: room[1] or room[2] or " ", _COMMENT.sub("", sheet)).strip()


def _luminance(colour: Colour) -> float:
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (v / 255 for v in colour)
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
