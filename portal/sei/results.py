"""What a search finds, and what it may be asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum, auto

from portal.sei.extent import NOTHING, Extent
from portal.sei.filters import Place, State
from portal.sei.values import EstadoProtocolo, Unidade


@dataclass(frozen=True, slots=True)
class OpenIn:
    """Where a processo is open."""

    unidade: Unidade
    others: int
    """How many more units have it open."""


class TooMany(Enum):
    """What leaves so many processos that a search is refused: more of it must be known."""

    ENDINGS = auto()
    NAMESAKES = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A público that a search found."""

    id_protocolo: int
    chave: str
    formatado: str
    tipo: str
    dta_geracao: datetime
    """The autuação, on SEI's wall clock."""
    unidade_geradora: Unidade
    estado: EstadoProtocolo
    open_in: OpenIn | None = None
    """None when no unit has it open."""
    interessados: tuple[str, ...] = ()
    """Those that were searched for by name, as the page of the processo shows them."""

    @property
    def autuacao(self) -> date:
        return self.dta_geracao.date()


MOST_COUNTED = 1_000
"""Of more than these it is only said that there are more."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of a search. At most one of the two places to go on from is there."""

    items: tuple[Found, ...]
    more: Place | None = None
    """There are more, below this place."""
    unseen: Place | None = None
    """The search looked no further than this place; what is below may hold more, or nothing."""
    total: int = 0
    """How many were found in all, `MOST_COUNTED` and one more at most. Counted for a first page."""
    partial: bool = False
    """Older ones were not looked at, and the total is of the others."""
    several_orgaos: bool = False


@dataclass(frozen=True, slots=True)
class Tipo:
    """A tipo de processo."""

    id_tipo_procedimento: int
    nome: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What públicos have, and so what is worth choosing; each list by name."""

    tipos: tuple[Tipo, ...]
    opened_by: tuple[Unidade, ...]
    open_in: tuple[Unidade, ...]
    extent: Extent = NOTHING

    @property
    def several_orgaos(self) -> bool:
        return len({unidade.orgao for unidade in (*self.opened_by, *self.open_in)}) > 1


class Reason(StrEnum):
    """Why a processo is one of a person's: what SEI names them as, and what it opened to them."""

    INTERESSADO = "interessado"
    REMETENTE = "remetente"
    DESTINATARIO = "destinatario"
    ACESSO_EXTERNO = "acesso-externo"


@dataclass(frozen=True, slots=True)
class Because:
    """One reason. The rest is of an acesso externo only."""

    reason: Reason
    until: date | None = None
    """Its last day; None when it has none."""
    integral: bool = False
    """It opens all of the processo, and not only some documents."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A processo in a person's list, with what they may be told there."""

    id_protocolo: int
    chave: str
    formatado: str
    tipo: str
    orgao: str
    restrito: bool
    because: tuple[Because, ...]
    estado: EstadoProtocolo | None
    """None, with all below, of a restrito of which the person sees some documents only."""
    autuacao: date | None = None
    moved: datetime | None = None
    """When something last happened that its history tells for sure; aware. None when nothing did
    that names no document and no other processo."""
    open_in: OpenIn | None = None
    """None too when no unit has it open."""

    @property
    def state(self) -> State | None:
        """As a list can ask for it; None when it is neither, or not told."""
        match self.estado:
            case EstadoProtocolo.NORMAL:
                return State.EM_ANDAMENTO if self.open_in else State.CONCLUIDO
            case EstadoProtocolo.SOBRESTADO:
                return State.SOBRESTADO
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of a person's processos, those in which something happened last first."""

    entries: tuple[Entry, ...]
    more: Place | None
    """There are more, below this place."""
    total: int
    """How many meet the filters, on all pages."""
    complete: bool
    """False when the person has so many that only the newest were looked at."""
    several_orgaos: bool
