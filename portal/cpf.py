"""CPF: eleven digits of which two check the others, and how one is shown."""

import re
from dataclasses import dataclass, field

_DIGITS = re.compile(r"[0-9]{11}")


@dataclass(frozen=True, slots=True)
class Cpf:
    """A person's number, with its zeros in front. It is in no repr, so that none ends in a log.

    Whether its check digits are right is `is_cpf`'s to say.
    """

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _DIGITS.fullmatch(self.digits):
            raise ValueError("a CPF has eleven digits")


def is_cpf(text: str) -> bool:
    """Whether it is one, of digits alone. Eleven times the same digit has right check digits too,
    and is nobody's."""
    if not _DIGITS.fullmatch(text) or len(set(text)) == 1:
        return False
    return text[9] == _check_digit(text[:9]) and text[10] == _check_digit(text[:10])


def mask_cpf(cpf: str) -> str:
    """`***.456.789-**`, as it is shown even to the person themself."""
    return f"***.{cpf[3:6]}.{cpf[6:9]}-**"


def _check_digit(digits: str) -> str:
    total = sum(weight * int(d) for weight, d in enumerate(reversed(digits), start=2))
    return str(total * 10 % 11 % 10)
