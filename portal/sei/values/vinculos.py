"""For whom somebody may act, as SEI's Peticionamento has it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.sei.values.people import Identity
from portal.sei.values.processos import Neighbour


class TipoRepresentante(StrEnum):
    """`tipo_representante`."""

    RESPONSAVEL_LEGAL = "L"
    PROCURADOR_ESPECIAL = "E"
    PROCURADOR = "C"
    PROCURADOR_SIMPLES = "S"


@dataclass(frozen=True, slots=True)
class Vinculo:
    """A person or company for whom somebody may act, today."""

    id_representacao: int
    tipo: TipoRepresentante
    nome: str
    """Of who is represented."""
    id_contato: int
    """Of who is represented."""
    identity: Identity | None
    """Of who is represented; None when SEI has no number of theirs that can be one."""
    until: date | None
    """Its last day; None when it has none."""
    processos: frozenset[int] | None
    """`id_protocolo`s that it is limited to; None when it is for any."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A vínculo as its representative is told of it."""

    vinculo: Vinculo
    processos: tuple[Neighbour, ...]
    """Of those that it is limited to, the ones that anybody finds."""
    poderes: tuple[str, ...]
    """As SEI calls them; none where it lists none."""
