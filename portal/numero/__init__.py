"""Protocol numbers: what people type, what it may mean, how it is printed and checked."""

from portal.numero.mascara import Family, Mascara
from portal.numero.protocolo import Check, NumeroProtocolo, from_chave
from portal.numero.reading import Reading, read

__all__ = [
    "Check",
    "Family",
    "Mascara",
    "NumeroProtocolo",
    "Reading",
    "from_chave",
    "read",
]
