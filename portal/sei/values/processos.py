"""A processo's own row, others that it names, and what a typed number led to."""

from dataclasses import dataclass
from datetime import date

from portal.sei.values.codes import EstadoProtocolo, NivelAcesso
from portal.sei.values.unidades import Unidade


@dataclass(frozen=True, slots=True)
class HipoteseLegal:
    """Why a protocolo is restrito: SEI's words and the law's address."""

    nome: str
    base_legal: str


@dataclass(frozen=True, slots=True)
class Procedimento:
    """A processo's own row; `nivel_acesso_global` says whether it may be named at all."""

    id_procedimento: int
    formatado: str
    chave: str
    tipo: str
    estado: EstadoProtocolo
    nivel_acesso_local: NivelAcesso
    nivel_acesso_global: NivelAcesso
    hipotese_legal: HipoteseLegal | None
    orgao: str
    """The órgão that opened it, in full."""
    autuacao: date | None
    """None, with everything below, when the processo is restrito and only its existence is said."""
    unidade_geradora: Unidade | None
    concluded_on: date | None
    """`dta_conclusao`, SEI 4.1 and later; None before, and while any unit has it open."""
    eliminado: bool
    descricao: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another processo that this one names. `chave` is None when it may not be opened from here."""

    formatado: str
    chave: str | None
    tipo: str | None = None
    hipotese_legal: HipoteseLegal | None = None
    """Why it is restrito, when it is."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to a typed number: a processo, or the processo that holds the document typed."""

    chave: str
    formatado: str
    tipo: str
    documento: str | None
    """The document's número SEI, when that is what was typed."""
    chosen: bool = False
    """Others have this `chave`: its address needs the printed form too."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several processos share these letters and digits: the reader chooses by the printed form."""

    hits: tuple[Hit, ...]
