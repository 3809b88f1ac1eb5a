"""A number of SEI's, processo or document, as every part of the portal passes it on."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.numero.mascara import FAMILIES, LONGEST, Family, Mascara, compact

_ORDINALS = dict.fromkeys(map(ord, "ªº"))
_CHAVE = re.compile(r"[0-9A-Z]{1,50}")
LONGEST_TEXT = 500
"""Characters of a text that are looked at; the rest is as if it had not been typed."""


@dataclass(frozen=True, slots=True)
class NumeroProtocolo:
    """A number by its `chave`: ASCII digits and capitals, SEI's `protocolo_formatado_pesquisa`.

    Two are equal when their chaves are, however they were recognised. ValueError for what is not
    a chave; text from outside goes through `from_chave` or `read`, which never raise.
    """

    chave: str
    mascara: Mascara | None = field(default=None, compare=False, repr=False)
    """Which mask recognised it; one of the families when not given, None when none does."""

    def __post_init__(self) -> None:
        if _CHAVE.fullmatch(self.chave) is None:
            raise ValueError(f"not a number's letters and digits: {self.chave!r}")
        if self.mascara is None or not self.mascara.fits(self.chave):
            object.__setattr__(self, "mascara", recognise(self.chave))

    @property
    def formatado(self) -> str:
        """As printed, when a mask recognises it; else the chave."""
        return self.chave if self.mascara is None else self.mascara.format(self.chave)

    @property
    def family(self) -> Family | None:
        return None if self.mascara is None else self.mascara.family

    @property
    def check(self) -> "Check | None":
        """What its check digits say; None when its mask has none that we can compute."""
        correct = None if self.mascara is None else self.mascara.correct(self.chave)
        if correct is None:
            return None
        return Check(correct == self.chave, NumeroProtocolo(correct, self.mascara))


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict on check digits. They warn and never refuse: SEI lets people type numbers in."""

    holds: bool
    right: NumeroProtocolo
    """The number with the right check digits; itself when they hold."""


def from_chave(text: str, mascaras: Iterable[Mascara] = ()) -> NumeroProtocolo | None:
    """The number an address names, however it is spelt there.

    None when it has no digit, or more letters and digits than SEI keeps.
    """
    chave = compact(normalise(text)) if len(text) <= LONGEST_TEXT else ""
    if len(chave) > LONGEST or chave.isalpha() or not chave:
        return None
    return NumeroProtocolo(chave, recognise(chave, mascaras))


def recognise(chave: str, mascaras: Iterable[Mascara] = ()) -> Mascara | None:
    """The mask or family it is of: one whose check digits hold, else the first that fits it."""
    fitting = [mask for mask in (*mascaras, *FAMILIES) if mask.recognises(chave)]
    return min(fitting, key=lambda mask: mask.correct(chave) != chave, default=None)


def normalise(text: str) -> str:
    """Look-alikes made ASCII where Unicode says so (NFKC, digits of every script), and characters
    without a shape, as zero-width and direction marks, dropped.

    The signs of "1ª" and "nº" are dropped too, as SEI does: NFKC would make letters of them.
    """
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", text.translate(_ORDINALS))[:LONGEST_TEXT]
        if unicodedata.category(c) != "Cf"
    )
