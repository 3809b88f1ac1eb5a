"""The two ends of a delivery, as it needs them: SEI's web service, SEI's database, where files are.

What fulfils them stands elsewhere (`seiws.client`, `finder`, `arquivos.store`); tests make their
own.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from portal.seiws.values import (
    ArquivoEnviado,
    DocumentoExterno,
    DocumentoIncluido,
    Failure,
    ProcessoGerado,
    ProcessoNovo,
    Safe,
)


class Gateway(Protocol):
    """A tenant's SeiWS."""

    def upload(self, id_unidade: str, arquivo: ArquivoEnviado, /) -> str | Safe:
        """SEI's id of the file."""

    def open_processo(self, novo: ProcessoNovo, /) -> ProcessoGerado | Failure:
        """The processo and all its documentos, or nothing."""

    def include_documento(
        self, id_unidade: str, processo: str, documento: DocumentoExterno, /
    ) -> DocumentoIncluido | Failure:
        """One more documento in a processo that exists."""


@dataclass(frozen=True, slots=True)
class Sought:
    """By what a submission, or a file of it, is looked for in SEI."""

    numero: str
    arquivos: Mapping[str, str]
    """MD5 of each file by SEI's id of it; none where SEI took them with the message."""
    id_unidade: str
    id_tipo_procedimento: str
    """Empty where documentos were added to a processo."""
    since: datetime
    """Nothing came of it before."""


@dataclass(frozen=True, slots=True)
class Found:
    """The processo that has what was sought."""

    id_procedimento: str
    processo: str
    """As SEI writes its number."""
    autuado_at: datetime | None
    """None when SEI does not tell."""
    documentos: Mapping[str, str] = field(default_factory=dict)
    """The number of the documento that each file became, by the file's id."""


@dataclass(frozen=True, slots=True)
class Absent:
    """SEI surely has none of it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """SEI could not be asked, or not to the end."""

    message: str


class Finder(Protocol):
    """A tenant's SEI, read in its database."""

    def find(self, sought: Sought, /) -> Found | Absent | Unknown: ...


class Files(Protocol):
    """Where the bytes of all tenants are."""

    def read(self, tenant: str, file_id: uuid.UUID, size: int, /) -> Iterable[bytes]:
        """In order. Raises when they are not what was kept."""

    def delete(self, tenant: str, file_id: uuid.UUID, /) -> None:
        """Nothing when there are none."""


@dataclass(frozen=True, slots=True)
class Route:
    """How the submissions of a tenant reach its SEI."""

    gateway: Gateway
    finder: Finder
    zone: tzinfo
    inline: bool = False
    """SEI takes no file beforehand, and so has no guard: it is never asked twice by itself."""
