"""What SEI's web service is told, what it answers, and how a call may end.

Ids are decimal digits as text, since they may exceed any integer that others keep them in.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Self, TypeAlias

from portal.errors import PortalError
from portal.sei.values import NivelAcesso


class WsdlUnusable(PortalError):
    """The WSDL that a tenant names cannot be had, or is none."""


class Versao(NamedTuple):
    """A version of SEI. Compares as numbers; `4.1` is 4.1.0."""

    major: int
    minor: int
    patch: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """`4.1` or `4.1.5`. Raises ValueError, also for what is older than 3.0."""
        if not re.fullmatch(r"\d{1,2}\.\d{1,2}(\.\d{1,3})?", text, re.ASCII):
            raise ValueError(f"{text!r} is no version of SEI")
        versao = cls(*map(int, text.split(".")))
        if versao < (3, 0):
            raise ValueError(f"SEI {text} has no upload of files")
        return versao

    def __str__(self) -> str:
        return ".".join(map(str, self))

    @property
    def takes_id_arquivo(self) -> bool:
        """Whether a documento may be a file uploaded before: broken in SEI until 4.1.3."""
        return self >= (4, 1, 3)


@dataclass(frozen=True, slots=True)
class Access:
    """Where a tenant's SeiWS is, and what SEI's administrator gave the portal there."""

    endereco: str
    """Of `SeiWS.php`. Not the one that a WSDL has: behind a proxy SEI fills that in wrongly."""
    sigla: str
    """Of the Sistema. Upper and lower case differ."""
    chave: str = field(repr=False)
    """The Chave de Acesso or, where SEI knows us by our address, the Serviço's identificação."""
    versao: Versao
    wsdl: str = ""
    """Address or path of a WSDL to go by; empty: the one that we write for the version."""


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

    nome: str = field(repr=False)
    """With its extension."""
    size: int
    """Bytes."""
    md5: str
    """Lower-case hex: SEI compares texts."""
    read: Callable[[], Iterable[bytes]] = field(repr=False)
    """Its bytes from the beginning, each time anew."""


@dataclass(frozen=True, slots=True)
class DocumentoExterno:
    """A documento that is a file, handed over before by `IdArquivo`, or with it in the message."""

    id_serie: str
    id_arquivo: str | None
    """None: `inline` has the file, for a SEI that takes no `IdArquivo`."""
    data: date
    """The day of the petition in Brasília."""
    numero: str | None = None
    """Shown beside the série's name."""
    nivel_acesso: NivelAcesso | None = None
    """None: as the processo."""
    id_hipotese_legal: str | None = None
    remetente: Participante | None = None
    inline: ArquivoEnviado | None = None

    def __post_init__(self) -> None:
        # SEI would take the one for the other, or a documento without any file.
        if (self.id_arquivo is None) == (self.inline is None):
            raise ValueError("a documento has a file, and one only")


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
class ProcessoEncontrado:
    """What `consultarProcedimento` knows of a processo."""

    id_procedimento: str
    procedimento_formatado: str
    especificacao: str
    id_tipo_procedimento: str
    unidades_abertas: tuple[str, ...]
    """`id_unidade` of where it is open."""


@dataclass(frozen=True, slots=True)
class DocumentoEncontrado:
    """What `consultarDocumento` knows of a documento."""

    id_documento: str
    documento_formatado: str
    id_procedimento: str
    procedimento_formatado: str
    id_serie: str
    numero: str


@dataclass(frozen=True, slots=True)
class Atributo:
    """An attribute of an andamento."""

    nome: str
    valor: str
    id_origem: str


@dataclass(frozen=True, slots=True)
class AndamentoListado:
    """An andamento as `listarAndamentos` tells it."""

    id_andamento: str
    id_tarefa: str
    descricao: str
    data_hora: str
    """`dd/mm/aaaa hh:mm:ss` on SEI's clock, which has no zone."""
    atributos: tuple[Atributo, ...]

    def find(self, nome: str) -> Atributo | None:
        """The first attribute of that name."""
        return next((each for each in self.atributos if each.nome == nome), None)


@dataclass(frozen=True, slots=True)
class Item:
    """A row of one of SEI's lists: a tipo de processo, a série, a unidade, an extension."""

    id: str
    nome: str
    """A unidade's sigla, an extension without its dot."""
    detalhe: str = ""
    """A série's aplicabilidade (T, I, E, F), a hipótese's base legal, a unidade's descrição."""


class Why(StrEnum):
    """What a refusal tells about an earlier attempt, or about what we asked for."""

    OTHER = "other"
    ARQUIVO_TAKEN = "arquivo_taken"
    """The file is a documento's already: an earlier attempt was carried out."""
    ARQUIVO_GONE = "arquivo_gone"
    """SEI deleted the file, as it does after a day: no earlier attempt took it."""
    NUMERO_TAKEN = "numero_taken"
    """The number that we chose exists: an earlier attempt was carried out, or somebody else's."""
    NOT_FOUND = "not_found"
    """There is no such processo or documento, or not for this unidade."""
    TOO_LARGE = "too_large"
    """More than one message may carry; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """SEI answered, and the answer is no: asking again cannot help."""

    message: str
    why: Why = Why.OTHER


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing was done, or nothing that lasts: no byte left this machine, SEI said that it takes
    nothing at present (maintenance), or what broke off was a question or half a file, which SEI
    deletes by itself. Safe to send again, later."""

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


Safe: TypeAlias = Rejected | NotSent | NotAllowed
"""How a question or an upload may fail."""
Failure: TypeAlias = Safe | Unconfirmed
