"""Ways to fail, on demand."""

import threading
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What happens to the calls that it is set for. *After* is after SEI has committed."""

    SLOW = "lento"
    """Carried out, and answered when nobody waits any more."""
    CUT = "cortada"
    """Carried out; half of the answer comes."""
    HANG_UP = "queda"
    """Carried out; no answer comes."""
    BREAK = "no-meio"
    """The connection ends while the message is being sent; nothing is done."""
    REFUSE = "recusa"
    """A rule of SEI's refuses."""
    MAINTENANCE = "manutencao"
    DISABLED = "indisponivel"
    PERMISSION = "permissao"
    """The operation was taken away from the Serviço."""
    ERROR = "erro"
    """An error inside SEI, and all of it rolled back."""
    ERROR_AFTER = "erro-depois"
    """The same words, though it was carried out."""
    XML = "xml"
    """Carried out; the answer is no XML."""
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    TIMEOUT = "504"
    """A proxy's page; nothing has reached SEI."""
    BAD_GATEWAY_AFTER = "502-depois"
    UNAVAILABLE_AFTER = "503-depois"
    TIMEOUT_AFTER = "504-depois"


WORDS = {
    Fault.SLOW: "grava e demora a responder",
    Fault.CUT: "grava e corta a resposta",
    Fault.HANG_UP: "grava e derruba a conexão",
    Fault.BREAK: "derruba a conexão no meio do envio",
    Fault.REFUSE: "recusa por uma regra do SEI",
    Fault.MAINTENANCE: "em manutenção",
    Fault.DISABLED: "web services desligados",
    Fault.PERMISSION: "sem permissão para a operação",
    Fault.ERROR: "erro interno, nada gravado",
    Fault.ERROR_AFTER: "erro interno depois de gravar",
    Fault.XML: "grava e responde algo que não é XML",
    Fault.BAD_GATEWAY: "página 502 de um proxy",
    Fault.UNAVAILABLE: "página 503 de um proxy",
    Fault.TIMEOUT: "página 504 de um proxy",
    Fault.BAD_GATEWAY_AFTER: "grava, e o proxy responde 502",
    Fault.UNAVAILABLE_AFTER: "grava, e o proxy responde 503",
    Fault.TIMEOUT_AFTER: "grava, e o proxy responde 504",
}
"""As the screen has them."""
PAGES = {
    Fault.BAD_GATEWAY: 502,
    Fault.UNAVAILABLE: 503,
    Fault.TIMEOUT: 504,
    Fault.BAD_GATEWAY_AFTER: 502,
    Fault.UNAVAILABLE_AFTER: 503,
    Fault.TIMEOUT_AFTER: 504,
}
BEFORE = frozenset(
    {
        Fault.BREAK,
        Fault.REFUSE,
        Fault.MAINTENANCE,
        Fault.DISABLED,
        Fault.PERMISSION,
        Fault.ERROR,
        Fault.BAD_GATEWAY,
        Fault.UNAVAILABLE,
        Fault.TIMEOUT,
    }
)
"""Those that keep SEI from doing anything."""


@dataclass(slots=True)
class Switch:
    """A fault that is set."""

    fault: Fault
    at: str
    """The operation; empty: each one."""
    times: int | None
    """How often still; None: until it is taken back."""


class Switchboard:
    """What is set to go wrong."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._switch: Switch | None = None

    @property
    def fault(self) -> Fault | None:
        """What is set at present."""
        return self._switch.fault if self._switch else None

    def fail(self, fault: Fault | None, at: str = "", times: int | None = None) -> None:
        """From now on; None: nothing any more."""
        with self._lock:
            self._switch = Switch(fault, at, times) if fault else None

    def take(self, operation: str) -> Fault | None:
        """What goes wrong with this call; it counts."""
        with self._lock:
            switch = self._switch
            if switch is None or switch.at not in ("", operation):
                return None
            if switch.times is not None:
                switch.times -= 1
                self._switch = switch if switch.times else None
            return switch.fault
