"""A tenant's one colour made into a theme: every shade is checked for contrast, none is trusted.

Contrast is WCAG 2.2's ratio (definitions of *relative luminance* and *contrast ratio*), 1 to 21.
The grounds below are the ones `static/portal.css` paints; a test keeps the two files together.
"""

import colorsys
import re
from dataclasses import dataclass
from typing import TypeAlias

Cor: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

BRANCO: Cor = (255, 255, 255)
DIA: tuple[Cor, ...] = (BRANCO, (250, 248, 245))
"""Grounds of the light scheme: the paper, and the page around it."""
NOITE: tuple[Cor, ...] = ((28, 32, 38), (19, 22, 27))
"""The same two in the dark scheme."""

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)

ENOUGH = 7.0
"""AAA for text, so that small and thin links stay readable outdoors on a phone."""
PLENTY = 11.0
"""For the bars at the top and the foot, which carry quiet text too."""


@dataclass(frozen=True, slots=True)
class Tema:
    """The shades of one tenant, as `#rrggbb`. Which one is for what is told in `portal.css`."""

    tema: str
    tema_texto: str
    tema_forte: str
    tema_suave: str
    tema_vivo: str
    tema_claro: str
    tema_claro_texto: str
    tema_noite: str


def parse_hex(text: str) -> Cor:
    """`#1351b4` or `#15b` to its three numbers; ValueError for anything else."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", text):
        raise ValueError(f"not a colour like #1351b4: {text!r}")
    digits = text[1:] if len(text) == 7 else "".join(c * 2 for c in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def to_hex(cor: Cor) -> str:
    return "#{:02x}{:02x}{:02x}".format(*cor)


def contrast(one: Cor, other: Cor) -> float:
    """WCAG's contrast ratio of two opaque colours, from 1.0 (the same) to 21.0."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(cor: Cor, ground: Cor, share: float) -> Cor:
    """`share` (0 to 1) of the colour over the ground."""
    r, g, b = (round(c * share + k * (1 - share)) for c, k in zip(cor, ground, strict=True))
    return r, g, b


def darken(cor: Cor, grounds: tuple[Cor, ...], ratio: float) -> Cor:
    """The colour, darkened only as far as it takes to reach the ratio on every ground.

    The hue stays. The grounds must be light enough for black to reach the ratio.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(v / 255 for v in cor))
    while any(contrast(cor, ground) < ratio for ground in grounds):
        lightness = max(0.0, lightness - 0.01)
        r, g, b = colorsys.hls_to_rgb(hue, lightness, saturation)
        cor = round(r * 255), round(g * 255), round(b * 255)
    return cor


def lighten(cor: Cor, grounds: tuple[Cor, ...], ratio: float) -> Cor:
    """The colour, with only as much white in it as it takes to reach the ratio on every ground.

    White and not lightness: a saturated colour glares in the dark. The grounds must be dark
    enough for white to reach the ratio.
    """
    shares = (mix(BRANCO, cor, percent / 100) for percent in range(101))
    return next(c for c in shares if all(contrast(c, ground) >= ratio for ground in grounds))


def make_tema(cor: Cor) -> Tema:
    """All shades of a theme from the tenant's colour, whatever that colour is."""
    suave = mix(cor, BRANCO, 0.08)
    # In the dark a tint of the colour itself would often be darker than the page.
    noite = mix(lighten(cor, NOITE, ENOUGH), NOITE[-1], 0.1)
    tema = darken(cor, (*DIA, suave), ENOUGH)
    claro = lighten(cor, (*NOITE, noite), ENOUGH)
    return Tema(
        tema=to_hex(tema),
        tema_texto=to_hex(BRANCO),
        tema_forte=to_hex(darken(tema, (BRANCO,), PLENTY)),
        tema_suave=to_hex(suave),
        tema_vivo=to_hex(cor),
        tema_claro=to_hex(claro),
        tema_claro_texto=to_hex(NOITE[-1]),
        tema_noite=to_hex(noite),
    )


def render_css(cor: str, base: str) -> str:
    """A tenant's whole stylesheet: the theme's custom properties, then `portal.css`, its comments
    left out.

    One file and not two, so that a first visit asks for one thing less before it can paint.
    ValueError when the colour is not one. The caller names the file by the text's hash.
    """
    tema = make_tema(parse_hex(cor))
    properties = (f"--{name.replace('_', '-')}:{getattr(tema, name)}" for name in tema.__slots__)
    return ":root{" + ";".join(properties) + "}\n" + _COMMENT.sub("", base)


def _luminance(cor: Cor) -> float:
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in cor)
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
