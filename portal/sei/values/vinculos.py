"""For whom somebody may act, as SEI's Peticionamento has it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


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
    cnpj: str | None = field(repr=False)
    """Fourteen characters; None of a person."""
    until: date | None
    """Its last day; None when it has none."""
    processos: frozenset[int] | None
    """`id_protocolo`s that it is limited to; None when it is for any."""
