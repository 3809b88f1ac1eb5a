"""Protocol numbers: what people type, what it may mean, how it is printed and checked."""

from portal.numero.leitura import Leitura, read
from portal.numero.mascara import Familia, Mascara
from portal.numero.protocolo import Conferencia, NumeroProtocolo, from_chave

__all__ = [
    "Conferencia",
    "Familia",
    "Leitura",
    "Mascara",
    "NumeroProtocolo",
    "from_chave",
    "read",
]
