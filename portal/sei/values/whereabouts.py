"""Where a processo is: one `Situacao`, matched to the end."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from portal.sei.values.processos import Neighbour
from portal.sei.values.tramites import Tramite
from portal.sei.values.unidades import Unidade


@dataclass(frozen=True, slots=True)
class Stay:
    """One unit the processo has been in, with the latest stay there."""

    unidade: Unidade
    since: datetime
    """When it last arrived in the unit."""
    is_open: bool
    last_conclusion: datetime | None


@dataclass(frozen=True, slots=True)
class EmAndamento:
    """Open in one or several units, the most recent arrival first."""

    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Concluido:
    """Open in no unit. Either may be unknown in an old or imported processo."""

    unidade: Unidade | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Sobrestado:
    """Waiting. `waits_for` is the processo it waits for, when there is one that may be named."""

    unidade: Unidade | None
    since: datetime | None
    waits_for: Neighbour | None


@dataclass(frozen=True, slots=True)
class Anexado:
    """Joined to another processo, where it goes on; None when that one may not be named."""

    to: Neighbour | None


@dataclass(frozen=True, slots=True)
class ComOutroOrgao:
    """Sent by Tramita GOV.BR, on its way or already there."""

    tramite: Tramite


@dataclass(frozen=True, slots=True)
class Bloqueado:
    """Locked by hand, in no trâmite that SEI knows of."""

    unidade: Unidade | None


@dataclass(frozen=True, slots=True)
class Eliminado:
    """Its time in the archive ended and its content was disposed of by law."""


@dataclass(frozen=True, slots=True)
class NaoInformada:
    """The processo is restrito: where it is, is not said."""


Situacao: TypeAlias = (
    EmAndamento
    | Concluido
    | Sobrestado
    | Anexado
    | ComOutroOrgao
    | Bloqueado
    | Eliminado
    | NaoInformada
)
