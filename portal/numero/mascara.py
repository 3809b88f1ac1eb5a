"""How numbers are printed: SEI's own mask language, the families every SEI meets, check digits.

A mask is what an administrator writes in `orgao.numeracao`. Its variables are those that the
public module mod-sei-peticionamento fills; they are padded with zeros and never cut.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Self

LONGEST = 50
"""Characters of SEI's `protocolo_formatado`, and of the same without punctuation."""
_LONGEST_MASK = 250
_WIDEST = 10
_MOST_ZEROS = 3

GROUP = re.compile(r"[0-9]+|[^\W\d_]+")
"""Digits, or letters of any alphabet."""
_VARIABLE = re.compile(r"(cod|seq_anual_cod)_(?:orgao|unidade)_(?:sip|sei)(?:_0?([0-9]{1,2})d)?")


def dv_mod11(body: str) -> str:
    """The two check digits of a federal NUP (Portaria Interministerial 11/2019) or a NIPE.

    Weights grow from 2 at the right and never go back. An altered digit can go unnoticed only
    where a check digit is 1, because remainders 0 and 10 both give 1.
    """
    for _ in range(2):
        total = sum(weight * int(digit) for weight, digit in enumerate(reversed(body), start=2))
        body += str((11 - total % 11) % 10)
    return body[-2:]


def dv_mod97(body: str) -> str:
    """The two check digits of ISO 7064 mod 97-10, from 02 to 98.

    By Portaria Interministerial 705/2015 for the NUP of 21 digits, and by its published numbers
    for SEI!MG. Every altered digit is noticed, and every two digits that changed places.
    """
    return f"{98 - int(body) * 100 % 97:02d}"


_DV: dict[str, tuple[int, Callable[[str], str] | None]] = {
    "dv_mod11_1d": (1, None),
    "dv_mod11_executivo_federal_2d": (2, dv_mod11),
    "dv_mod97_base10_executivo_federal_2d": (2, dv_mod97),
    "dv_mod97_base10_cnj_2d": (2, None),
    "dv_mod97_base10_cnmp_2d": (2, None),
}
"""Digits of each kind and its rule; None where no rule for processos of a prefeitura is known."""


class Family(Enum):
    """Whose rule a number follows; the value is its name on screen."""

    MASCARA = "máscara do órgão"
    NUP_FEDERAL = "NUP federal"
    SEI_MG = "SEI!MG"
    NIPE = "NIPE"
    NUP_21 = "NUP de 21 dígitos"
    GDF = "Distrito Federal"
    RONDONIA = "Rondônia"


class Completion(NamedTuple):
    """A number from which something had been left out."""

    chave: str
    zeros: int
    """How many zeros were put in."""
    by_groups: bool
    """Typed in the mask's own groups, so that the zeros have only one place."""
    verified: bool
    """Check digits were typed, and hold."""


class _Part(NamedTuple):
    """A stretch of a mask: a variable, or text when `variable` is empty."""

    text: str
    variable: str = ""
    width: int | None = None

    @property
    def pattern(self) -> str:
        if not self.variable:
            return compact(self.text)
        return f"([0-9]{{{self.width}}})" if self.width else f"([0-9]{{1,{_WIDEST}}})"

    @property
    def has_letters(self) -> bool:
        return any(c.isalpha() for c in compact(self.text))


class _Shape(NamedTuple):
    """A way of typing a mask's numbers: with check digits or not, with its letters or not."""

    pattern: re.Pattern[str]
    widths: tuple[int, ...]
    """Of its groups of digits or letters; empty when one of them varies."""
    whole: bool
    without_dv: bool


def compact(text: str) -> str:
    """As SEI searches, in upper case: without anything outside 0-9 A-Z a-z."""
    return "".join(c for c in text if c.isascii() and c.isalnum()).upper()


def groups_of(text: str) -> tuple[str, ...]:
    """What each run of digits and each word of a text is in a chave."""
    return tuple(filter(None, map(compact, GROUP.findall(text))))


@dataclass(frozen=True)
class Mascara:
    """A way of printing numbers, as `@cod_unidade_sei_05d@.@seq_anual_cod_unidade_sei_06d@`.

    ValueError, in Portuguese and naming the variable at fault, for a mask that SEI would not fill
    or whose numbers could be taken apart in two ways.
    """

    text: str
    family: Family = Family.MASCARA
    _parts: tuple[_Part, ...] = field(init=False, repr=False, compare=False)
    _rule: Callable[[str], str] | None = field(init=False, repr=False, compare=False)
    _shapes: tuple[_Shape, ...] = field(init=False, repr=False, compare=False)
    _count: int = field(init=False, repr=False, compare=False)
    """How many groups it prints."""

    def __post_init__(self) -> None:
        parts = _parse(self.text)
        object.__setattr__(self, "_parts", parts)
        object.__setattr__(self, "_rule", _rule(parts))
        object.__setattr__(self, "_shapes", tuple(self._list_shapes()))
        object.__setattr__(self, "_count", len(groups_of(_sample(parts))))

    @classmethod
    def parse(cls, text: str) -> Self:
        """A mask as `orgao.numeracao` has it, or ValueError (see the class)."""
        return cls(text.strip())

    def fits(self, chave: str) -> bool:
        """Whether it has the letters and as many digits as the mask prints."""
        return self._shapes[0].pattern.fullmatch(chave) is not None

    def recognises(self, chave: str) -> bool:
        """Whether it fits, and its year, if printed with four digits, is from 1900 to 2099."""
        return self.fits(chave) and self._year(chave).startswith(("19", "20"))

    def format(self, chave: str) -> str:
        """The printed form. ValueError when it does not fit."""
        return "".join(self._values(chave))

    def prints(self, chave: str, groups: tuple[str, ...]) -> bool:
        """Whether it prints the number in these groups of digits and of letters."""
        return len(groups) == self._count and groups_of(self.format(chave)) == groups

    def correct(self, chave: str) -> str | None:
        """The same number with the check digits it should have, whatever it has.

        None when the mask has no check digits, or their rule is not known. ValueError when it
        does not fit.
        """
        self._values(chave)
        if self._rule is None:
            return None
        body = chave[: -self._dv_width]
        return body + self._rule(body)

    def list_completions(self, groups: tuple[str, ...]) -> Iterator[Completion]:
        """What was typed, with the check digits, letters and zeros that it lacks; may repeat.

        By groups as many zeros as the mask has. Otherwise all at the left: at most three, and at
        most one where no check digits were typed to bear it out.
        """
        typed = "".join(groups)
        for shape in self._shapes:
            proof = self._rule is not None and not shape.without_dv
            if len(shape.widths) == len(groups):
                padded = "".join(map(str.zfill, groups, shape.widths))
                yield from self._fill(shape, padded, len(padded) - len(typed), proof, True)
            for zeros in range(_MOST_ZEROS + 1 if proof else 2):
                yield from self._fill(shape, "0" * zeros + typed, zeros, proof, False)

    @property
    def lengths(self) -> range:
        """How many letters and digits its numbers may have."""
        least = sum(
            (part.width or 1) if part.variable else len(compact(part.text)) for part in self._parts
        )
        varies = any(part.variable and not part.width for part in self._parts)
        return range(least, least + (_WIDEST if varies else 1))

    @property
    def _dv_width(self) -> int:
        return self._parts[-1].width or 0

    def _year(self, chave: str) -> str:
        values = zip(self._parts, self._values(chave), strict=True)
        return next((value for part, value in values if part.variable == "ano_4d"), "20")

    def _values(self, chave: str) -> list[str]:
        """What each part of the mask is in this number."""
        match = self._shapes[0].pattern.fullmatch(chave)
        if match is None:
            raise ValueError(f"{chave} não cabe na máscara {self.text}")
        values = iter(match.groups())
        return [next(values) if part.variable else part.text for part in self._parts]

    def _fill(
        self, shape: _Shape, typed: str, zeros: int, proof: bool, by_groups: bool
    ) -> Iterator[Completion]:
        """The number these digits are in this shape, if they are one and not all of it."""
        match = shape.pattern.fullmatch(typed)
        if match is None or (shape.whole and not zeros):
            return
        values = iter((*match.groups(), "0" * self._dv_width))
        chave = "".join(
            next(values) if part.variable else compact(part.text) for part in self._parts
        )
        if self.recognises(chave):
            correct = self.correct(chave) or chave
            yield Completion(
                correct if shape.without_dv else chave, zeros, by_groups, proof and chave == correct
            )

    def _list_shapes(self) -> Iterator[_Shape]:
        """The whole number first. Letters are left out by people who take them for a word."""
        plain = tuple(part for part in self._parts if not part.has_letters)
        for letters in dict.fromkeys((self._parts, plain)):
            for parts in (letters, letters[:-1]) if self._rule else (letters,):
                varies = any(part.variable and not part.width for part in parts)
                yield _Shape(
                    pattern=re.compile("".join(part.pattern for part in parts)),
                    widths=() if varies else tuple(map(len, groups_of(_sample(parts)))),
                    whole=parts == self._parts,
                    without_dv=parts is not letters,
                )


def _sample(parts: tuple[_Part, ...]) -> str:
    return "".join(part.text or "0" * (part.width or 1) for part in parts)


def _rule(parts: tuple[_Part, ...]) -> Callable[[str], str] | None:
    """Rules are published for check digits at the end of a body of digits, and only so."""
    last = parts[-1].variable
    if last not in _DV or any(part.has_letters for part in parts):
        return None
    return _DV[last][1]


def _parse(text: str) -> tuple[_Part, ...]:
    if len(text) > _LONGEST_MASK:
        raise ValueError(f"tem {len(text)} caracteres; o SEI guarda até {_LONGEST_MASK}")
    pieces = text.split("@")
    if len(pieces) % 2 == 0:
        raise ValueError(f'"@{pieces[-1]}" não foi fechado com @')
    parts = tuple(
        _variable(piece) if index % 2 else _Part(piece)
        for index, piece in enumerate(pieces)
        if piece or index % 2
    )
    variables = [part for part in parts if part.variable]
    if not any(part.variable.startswith("seq_") for part in variables):
        raise ValueError("falta a sequência, como @seq_anual_cod_unidade_sei_06d@")
    _refuse_two([p for p in variables if p.variable in _DV], "só um dígito verificador cabe")
    _refuse_two([p for p in variables if not p.width], "só uma variável cabe sem largura")
    longest = sum((part.width or _WIDEST) if part.variable else len(part.text) for part in parts)
    if longest > LONGEST:
        raise ValueError(f"o número teria {longest} caracteres; o SEI guarda até {LONGEST}")
    return parts


def _refuse_two(parts: list[_Part], reason: str) -> None:
    if len(parts) > 1:
        raise ValueError(f"{' e '.join(f'@{part.variable}@' for part in parts)}: {reason}")


def _variable(name: str) -> _Part:
    if name in ("ano_2d", "ano_4d"):
        return _Part("", name, int(name[4]))
    if name in _DV:
        return _Part("", name, _DV[name][0])
    match = _VARIABLE.fullmatch(name)
    if match is None:
        raise ValueError(
            f"@{name}@ não é uma variável do SEI, como @cod_orgao_sei_03d@, "
            "@seq_anual_cod_unidade_sei_06d@, @ano_4d@ ou @dv_mod11_executivo_federal_2d@"
        )
    kind, width = match.groups()
    if width is None and kind != "cod":
        raise ValueError(f"@{name}@: falta a largura, como em @{name}_06d@")
    if width is not None and not 1 <= int(width) <= _WIDEST:
        raise ValueError(f"@{name}@: a largura vai de 1 a {_WIDEST} dígitos")
    return _Part("", name, None if width is None else int(width))


_TAIL_11 = "/@ano_4d@-@dv_mod11_executivo_federal_2d@"
_TAIL_97 = "/@ano_4d@-@dv_mod97_base10_executivo_federal_2d@"
_MASKS = {
    Family.NUP_FEDERAL: f"@cod_unidade_sei_05d@.@seq_anual_cod_unidade_sei_06d@{_TAIL_11}",
    Family.SEI_MG: "@cod_orgao_sei_04d@.@cod_unidade_sei_02d@"
    f".@seq_anual_cod_unidade_sei_07d@{_TAIL_97}",
    # Each state writes its own two digits as text; here they may be any state's.
    Family.NIPE: "@cod_orgao_sip_02d@.@cod_orgao_sei_03d@@cod_unidade_sei_03d@"
    f".@seq_anual_cod_unidade_sei_06d@{_TAIL_11}",
    Family.NUP_21: f"@cod_unidade_sei_07d@.@seq_anual_cod_unidade_sei_08d@{_TAIL_97}",
    # No norm was found for the next two; mod 11 held for all of four and two published numbers.
    Family.GDF: f"@cod_unidade_sei_05d@-@seq_anual_cod_unidade_sei_08d@{_TAIL_11}",
    Family.RONDONIA: f"@cod_orgao_sei_04d@.@seq_anual_cod_orgao_sei_06d@{_TAIL_11}",
}
FAMILIES = tuple(Mascara(text, family) for family, text in _MASKS.items())
"""The likelier first, for digits that fit two families and satisfy neither's check digits."""
