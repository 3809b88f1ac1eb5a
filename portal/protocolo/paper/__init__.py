"""Papers that the portal prints: the requerimento that a petition is, the recibo of its arrival."""

from portal.protocolo.paper.recibo import make_recibo
from portal.protocolo.paper.requerimento import make_requerimento

__all__ = ["make_recibo", "make_requerimento"]
