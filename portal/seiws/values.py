"""What SEI's web service is told, and how a call may end.

Ids are decimal digits as text, since they may exceed any integer that others keep them in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from portal.sei.values import NivelAcesso


@dataclass(frozen=True, slots=True)
class Participante:
    """An interessado or a remetente. SEI finds a contact by the first of CPF, CNPJ and name that
    it is told; before 4.1 by the name alone."""

    nome: str = field(repr=False)
    cpf: str | None = field(default=None, repr=False)
    cnpj: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ArquivoEnviado:
    """A file to be handed to SEI before the documento that it becomes."""

    nome: str
    """With its extension."""
    size: int
    """Bytes."""
    md5: str
    """Lower-case hex: SEI compares texts."""
    read: Callable[[], Iterable[bytes]]
    """Its bytes from the beginning, each time anew."""


@dataclass(frozen=True, slots=True)
class DocumentoExterno:
    """A documento that is a file, handed over before by `IdArquivo`."""

    id_serie: str
    id_arquivo: str
    data: date
    """The day of the petition in Brasília."""
    numero: str | None = None
    """Shown beside the série's name."""
    nivel_acesso: NivelAcesso | None = None
    """None: as the processo."""
    id_hipotese_legal: str | None = None
    remetente: Participante | None = None


@dataclass(frozen=True, slots=True)
class ProcessoNovo:
    """All that one `gerarProcedimento` is told: the processo and every documento, or nothing."""

    id_unidade: str
    id_tipo_procedimento: str
    especificacao: str
    interessados: tuple[Participante, ...]
    documentos: tuple[DocumentoExterno, ...]
    nivel_acesso: NivelAcesso | None = None
    id_hipotese_legal: str | None = None
    observacao: str = ""
    unidades_envio: tuple[str, ...] = ()
    manter_aberto: bool = True


@dataclass(frozen=True, slots=True)
class DocumentoIncluido:
    """What SEI calls a documento that it has taken."""

    id_documento: str
    documento_formatado: str


@dataclass(frozen=True, slots=True)
class ProcessoGerado:
    """SEI's answer to `gerarProcedimento`; documentos in the order they were sent in."""

    id_procedimento: str
    procedimento_formatado: str
    documentos: tuple[DocumentoIncluido, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """SEI answered, and the answer is no: asking again cannot help."""

    message: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing was done: no byte left this machine, or SEI said that it takes nothing at present
    (maintenance). Safe to send again, later."""

    message: str


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """SEI does not let this portal do that: key, unidade or permission. No petition is at fault,
    so the queue stops and the prefeitura is told."""

    message: str


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Nobody knows whether SEI did it: look before sending again."""

    message: str


Failure: TypeAlias = Rejected | NotSent | NotAllowed | Unconfirmed
