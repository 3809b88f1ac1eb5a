"""Files of external documents: their rows, and their place in SEI's repository."""

from datetime import datetime
from enum import Enum
from hashlib import md5
from pathlib import Path

from portal.demo.andamentos import Andamentos
from portal.demo.protocolos import Documento
from portal.demo.target import Target
from portal.sei import tables


class Fate(Enum):
    """What became of a file after SEI wrote its row."""

    KEPT = "as it was"
    LOST = "not there"
    DAMAGED = "there, with other bytes"


class Anexos(Andamentos):
    """The part of the builder that keeps files; without a repository only their rows."""

    def __init__(self, target: Target, now: datetime, repositorio: Path | None = None) -> None:
        super().__init__(target, now)
        self.repositorio = repositorio

    def _store(self, documento: Documento, nome: str, file: bytes, fate: Fate) -> None:
        """The anexo's row and its file: `YYYY/MM/DD/<id_anexo>`."""
        when = documento.processo.clock
        documento.id_anexo = self.target.next_id(tables.anexo)
        self.target.add(
            tables.anexo,
            id_anexo=documento.id_anexo,
            id_protocolo=documento.id,
            nome=nome,
            tamanho=len(file),
            hash=md5(file, usedforsecurity=False).hexdigest(),
            dth_inclusao=when,
            sin_ativo="S",
        )
        if self.repositorio is None or fate is Fate.LOST:
            return
        if fate is Fate.DAMAGED:
            file = file[: len(file) // 2] + bytes(len(file) - len(file) // 2)
        folder = folder_of(self.repositorio, when)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / str(documento.id_anexo)).write_bytes(file)


def folder_of(repositorio: Path, when: datetime) -> Path:
    """Where SEI keeps the files of a day."""
    return repositorio / f"{when:%Y/%m/%d}"
