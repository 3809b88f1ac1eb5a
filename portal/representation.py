"""Somebody who may act for a company or for another person, whoever says so: gov.br's companies,
SEI's vínculos."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from portal.cpf import mask_cpf


class Papel(StrEnum):
    """What somebody is to whom they act for. The first four are gov.br's, the others SEI's."""

    SOCIO = "SOCIO"
    CONTADOR = "CONTADOR"
    REPRESENTANTE_LEGAL = "REPRESENTANTE_LEGAL"
    COLABORADOR = "COLABORADOR"
    """Enrolled by a representative; gov.br gives no word for it."""
    RESPONSAVEL_LEGAL = "RESPONSAVEL_LEGAL"
    PROCURADOR_ESPECIAL = "PROCURADOR_ESPECIAL"
    PROCURADOR = "PROCURADOR"
    PROCURADOR_SIMPLES = "PROCURADOR_SIMPLES"


@dataclass(frozen=True, slots=True)
class Representation:
    """That the person who is signed in may act for another."""

    document: str = field(repr=False)
    """CNPJ, fourteen characters that may be letters, or a CPF; empty when SEI has neither."""
    nome: str = field(repr=False)
    papel: Papel
    until: datetime | None = None
    """None when no end was set, and of what SEI is asked about anew each time."""
    id_representacao: int | None = None
    """Of SEI's vínculo; None where gov.br says that it is so."""

    def holds(self, now: datetime) -> bool:
        """Whether the end that was set is still to come."""
        return self.until is None or now < self.until

    @property
    def shown(self) -> str:
        """The document as it may be shown: a CNPJ whole, a CPF never."""
        return show_document(self.document)


def show_document(d: str) -> str:
    """A CPF or a CNPJ, of digits and letters alone, as it may be shown: a CPF never whole. Empty
    for none."""
    if len(d) == 14:
        return f"{d[:2]}.{d[2:5]}.{d[5:8]}/{d[8:12]}-{d[12:]}"
    return mask_cpf(d) if d else ""
