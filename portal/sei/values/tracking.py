"""The answer about one processo."""

from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from portal.sei.values.andamentos import History
from portal.sei.values.documentos import Contents
from portal.sei.values.processos import Neighbour, Procedimento
from portal.sei.values.tramites import Tramite
from portal.sei.values.whereabouts import Situacao

AND_OTHERS = "e outras pessoas"


@dataclass(frozen=True, slots=True)
class Tracking:
    """Everything the page of one processo shows this viewer, and nothing else."""

    procedimento: Procedimento
    situacao: Situacao
    came_from: Tramite | None
    """The other body it arrived from, if it did."""
    interessados: tuple[str, ...]
    """Names, with any CPF in them masked; empty when they may not be shown. The last one is
    `AND_OTHERS` when there are more than a page takes."""
    history: History | None
    """None when this viewer may not see the history."""
    contents: Contents | None
    """None when this viewer may not see what is in it."""
    several_orgaos: bool
    """More than one órgão shares this SEI: units are shown with theirs."""
    relacionados: tuple[Neighbour, ...] = ()
    """Processos that the órgão related to this one; empty when what is in it may not be seen."""
    chosen: bool = False
    """One of several with its `chave`: its address needs the printed form too."""
    granted: bool = False
    """It is a restrito of which an acesso externo of the viewer's own opens something."""

    @property
    def fingerprint(self) -> str:
        """Changes when anything here does, and only then."""
        return blake2b(msgspec.msgpack.encode(self), digest_size=12).hexdigest()
