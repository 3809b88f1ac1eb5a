"""Trips of a processo to and from other bodies, by Tramita GOV.BR."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class EstadoTramite(Enum):
    """Where a trâmite by Tramita GOV.BR is, as the andamentos in SEI tell it."""

    EM_TRANSITO = "em trânsito"
    EM_VERIFICACAO = "em verificação"
    """In transit for more than 8 days: Tramita cancels by itself and SEI is not told."""
    RECEBIDO_LA = "recebido lá"
    RECUSADO = "recusado"
    CANCELADO = "cancelado"
    NAO_SAIU = "não saiu"
    RECEBIDO_AQUI = "recebido aqui"


@dataclass(frozen=True, slots=True)
class Tramite:
    """One trip to or from another body, from as many andamentos as SEI wrote of it."""

    estado: EstadoTramite
    orgao: str
    """The other body's unit, with its hierarchy and repositório when SEI names them."""
    sent_at: datetime | None
    """None when the processo arrived from outside, or when the sending is on another page."""
    decided_at: datetime | None
    """When it was received, refused, cancelled; None while in transit."""
