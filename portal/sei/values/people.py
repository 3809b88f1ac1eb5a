"""Who somebody is, by a number that was proved, and as SEI knows them."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from portal.cpf import Cpf


@dataclass(frozen=True, slots=True)
class Cnpj:
    """A company's number, which may have letters; as a CPF it is in no repr."""

    characters: str = field(repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9A-Z]{12}[0-9]{2}", self.characters):
            raise ValueError("a CNPJ has fourteen digits or capitals")


Identity: TypeAlias = Cpf | Cnpj


@dataclass(frozen=True, slots=True)
class Viewer:
    """Anybody, or a person or company whom SEI knows by some contatos."""

    contatos: frozenset[int] = frozenset()
    """`id_contato`s that have the person's number. What they may see is asked at every page."""
    represented: bool = False
    """Somebody acts for them, and asks in their place."""
    notified: bool = True
    """Whether who asks is told of the intimações that are addressed to them."""
    only: frozenset[int] | None = None
    """The only processos about which somebody may act for them; None when about all."""


ANYONE = Viewer()


@dataclass(frozen=True, slots=True)
class Slow:
    """SEI could not say in time who somebody is: not the same as not knowing them."""


Recognition: TypeAlias = Viewer | Slow
