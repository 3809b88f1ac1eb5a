"""Free text from SEI made fit to show in public: CPF and e-mail masked, control characters out.

People type anything into a processo, also into names. The federal Protocolo Integrado masks a CPF
inside a name the same way. Escaping is the template's work, not this module's.
"""

import re
from datetime import date

from portal.cpf import mask_cpf

# What begins with a digit is looked for where digits are; with a look-behind, at every letter.
_CPF = re.compile(
    r"\d(?<!\d\d)\d\d[. -]?\d{3}[. -]?\d{3}\s?"
    r"[-\N{EN DASH}\N{EM DASH}\u2011/. ]?\s?\d{2}(?!\d)"
)
# The look-behind lets it start at the beginning of a word only, or a long text costs its square.
_EMAIL = re.compile(r"(?<![\w.'+-])[\w.'+-]+@[\w-]+(?:\.[\w-]+)+")


def clean(text: str) -> str:
    """The text without invisible characters, with its line breaks as `\\n`, stripped.

    Controls and formatting characters (a right-to-left override, a zero-width space) could make a
    line read as something it is not.
    """
    if not text.isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = "".join(_visible(c) for c in text)
    return text.strip()


def iso_day(text: str) -> date | None:
    """The day that `2026-03-05` says; None for every other way of writing one, ISO's included."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def mask(text: str) -> str:
    """`clean`, with whatever has the shape of a CPF or an e-mail masked.

    A CPF keeps its middle, as the Brazilian custom is: `***.456.789-**`.
    """
    text = clean(text)
    if "@" in text:
        text = _EMAIL.sub("(e-mail omitido)", text)
    return _CPF.sub(_middle, text)


def _middle(cpf: re.Match[str]) -> str:
    return mask_cpf("".join(c for c in cpf[0] if c.isdecimal()))


def _visible(c: str) -> str:
    if c == "\n" or c.isprintable():
        return c
    return " " if c.isspace() else ""
