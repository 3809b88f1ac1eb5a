"""What SEI knows, as the portal speaks of it: enums of SEI's codes and frozen values.

Nothing here has been decided about a viewer yet when it comes from `queries.py`; what `service.py`
returns holds only what the viewer may see. Instants are aware, in the tenant's zone; dates are
SEI's own dates.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from hashlib import blake2b
from typing import TypeAlias

import msgspec

from portal.portuguese import calm


class NivelAcesso(StrEnum):
    """`sta_nivel_acesso_local` and `_global`."""

    PUBLICO = "0"
    RESTRITO = "1"
    SIGILOSO = "2"

    @classmethod
    def _missing_(cls, value: object) -> "NivelAcesso":
        """A code that nobody has documented is read as the closed one."""
        return cls.SIGILOSO


class TipoProtocolo(StrEnum):
    """`sta_protocolo`."""

    PROCESSO = "P"
    GERADO = "G"
    RECEBIDO = "R"

    @classmethod
    def _missing_(cls, value: object) -> "TipoProtocolo":
        """A code that nobody has documented is read as the one that stays closed until signed."""
        return cls.GERADO


class EstadoProtocolo(StrEnum):
    """`sta_estado`; one set for processos (0 1 3 4) and documents (0 2)."""

    NORMAL = "0"
    SOBRESTADO = "1"
    CANCELADO = "2"
    ANEXADO = "3"
    BLOQUEADO = "4"
    EM_PROCESSAMENTO = "5"

    @classmethod
    def _missing_(cls, value: object) -> "EstadoProtocolo":
        """Of a state that nobody has documented, the andamentos tell what there is to tell."""
        return cls.NORMAL


class StaDocumento(StrEnum):
    """`sta_documento`: how a document came to be."""

    EXTERNO = "X"
    INTERNO = "I"
    AUTOMATICO = "A"
    FORMULARIO = "F"
    EDOC = "E"


class Associacao(StrEnum):
    """`rel_protocolo_protocolo.sta_associacao`."""

    DOCUMENTO = "1"
    ANEXADO = "2"
    RELACIONADO = "3"
    SOBRESTADO = "4"
    DESANEXADO = "5"
    MOVIDO = "6"
    CIRCULAR = "7"


@dataclass(frozen=True, slots=True)
class Unidade:
    """A unit of an órgão, under the name it had at the moment it is shown for."""

    id_unidade: int
    sigla: str
    descricao: str
    orgao: str
    """The órgão's sigla."""

    @property
    def nome(self) -> str:
        """In full and without shouting; a unit without a descrição goes by its sigla."""
        return calm(self.descricao.strip()) or self.sigla


@dataclass(frozen=True, slots=True)
class HipoteseLegal:
    """Why a protocolo is restrito: SEI's words and the law's address."""

    nome: str
    base_legal: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another processo that this one names. `chave` is None when it may not be opened from here."""

    formatado: str
    chave: str | None
    tipo: str | None = None
    hipotese_legal: HipoteseLegal | None = None
    """Why it is restrito, when it is."""


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
class Stay:
    """One unit the processo has been in, with the latest stay there."""

    unidade: Unidade
    since: datetime
    """When it last arrived in the unit."""
    is_open: bool
    last_conclusion: datetime | None


@dataclass(frozen=True, slots=True)
class Atributo:
    """A row of `atributo_andamento`; `descricao` is what its `id_origem` resolved to."""

    nome: str
    valor: str | None
    id_origem: str | None
    descricao: str | None = None
    """For HIPOTESE_LEGAL `nome (base_legal)`, for TIPO_CONFERENCIA its text, else None."""

    @property
    def target_id(self) -> int | None:
        """The `id_protocolo` that a DOCUMENTO or PROCESSO names; `id_origem` is text, and not
        always a number."""
        origem = (self.id_origem or "").strip()
        numeric = origem.isascii() and origem.isdecimal() and len(origem) <= 18
        return int(origem) if numeric else None

    @property
    def target_numero(self) -> str:
        """The `protocolo_formatado` that it names; the empty text when it does not."""
        return (self.valor or "").strip()[:50]


@dataclass(frozen=True, slots=True)
class Tarefa:
    """The kind of an andamento. `id_tarefa` is None for the rows that have none."""

    id_tarefa: int | None
    nome: str | None
    """SEI's template, with placeholders such as `@UNIDADE@`."""
    id_tarefa_modulo: str | None


@dataclass(frozen=True, slots=True)
class Andamento:
    """One row of a processo's history, as SEI has it."""

    id_atividade: int
    moment: datetime
    unidade: Unidade
    tarefa: Tarefa
    atributos: tuple[Atributo, ...]


class FormaAutenticacao(StrEnum):
    """`sta_forma_autenticacao`: how somebody signed."""

    SENHA = "S"
    CERTIFICADO = "C"
    MODULO = "M"


@dataclass(frozen=True, slots=True)
class Signatario:
    """Who signed a document; never the CPF."""

    nome: str
    cargo: str
    moment: datetime | None
    autenticacao: bool
    """True when the signature says that a scan matches its original."""
    forma: FormaAutenticacao | None = None
    """None when SEI has a code that nobody has documented."""


class Opening(Enum):
    """Whether a listed document opens to the public, and if not, why."""

    OPENS = "abre"
    RESTRITO = "restrito"
    PROCESSO_RESTRITO = "processo restrito"
    UNREAD_INTIMACAO = "aviso pendente"
    """An intimação that its addressee has not read yet."""
    BEFORE_DATA_CORTE = "antes da data de corte"
    PERSONAL = "pessoal"
    """An automatic form of ouvidoria or an e-mail."""
    ELIMINADO = "eliminado"


@dataclass(frozen=True, slots=True)
class Documento:
    """A document the viewer may know of."""

    numero_sei: str
    serie: str
    numero: str | None
    """Number or name in the tree, as `12/2024`."""
    data: date
    externo: bool
    signatarios: tuple[Signatario, ...]
    opening: Opening
    hipotese_legal: HipoteseLegal | None
    conferencia: str | None = None
    """For a scan, what it was compared with ("Cópia autenticada")."""
    arquivo: str | None = None
    """File name of an external document, when it opens."""
    tamanho: int | None = None
    """Bytes of that file."""
    included_on: date | None = None

    @property
    def nome(self) -> str:
        """What people call it: `Despacho 12/2024`."""
        return f"{self.serie} {self.numero}" if self.numero else self.serie


class EstadoTramite(Enum):
    """Where a trâmite by Tramita GOV.BR is, as the andamentos in SEI tell it."""

    EM_TRANSITO = "em trânsito"
    EM_VERIFICACAO = "em verificação"
    """In transit for more than 8 days: Tramita cancels by itself and SEI is not told."""
    RECEBIDO_LA = "recebido lá"
    RECUSADO = "recusado"
    CANCELADO = "cancelado"
    NAO_SAIU = "não saiu"
    RECEBIDO_AQUI = "recebido aqui"


@dataclass(frozen=True, slots=True)
class Tramite:
    """One trip to or from another body, from as many andamentos as SEI wrote of it."""

    estado: EstadoTramite
    orgao: str
    """The other body's unit, with its hierarchy and repositório when SEI names them."""
    sent_at: datetime | None
    """None when the processo arrived from outside, or when the sending is on another page."""
    decided_at: datetime | None
    """When it was received, refused, cancelled; None while in transit."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the timeline, in words people use."""

    id_atividade: int
    moment: datetime
    unidade: Unidade
    sentence: str
    sei_text: str
    """SEI's own filled text; equal to `sentence` when nobody has written a plainer one."""
    kind: str
    """What it is about: `inicio`, `movimento`, `documento`, `espera`, `fim`, `externo`, `aviso`
    or `outro`. Decides the mark beside the entry."""
    main: bool
    """Whether it stays when the reader asks for the main steps only."""
    tramite: Tramite | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A page of the timeline, in the order that was asked for."""

    steps: tuple[Step, ...]
    next_cursor: int | None
    """Cursor of the next page; None on the last."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A page of what the processo holds, in SEI's own order."""

    items: tuple[Documento | Neighbour, ...]
    """A `Neighbour` here is a processo anexado to this one."""
    next_cursor: str | None
    """Cursor of the next page, opaque; None on the last."""

    @property
    def any_opens(self) -> bool:
        """Whether anything on this page may be read here."""
        return any(
            isinstance(item, Documento) and item.opening is Opening.OPENS for item in self.items
        )


# Where a processo is. One of these, matched to the end.


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


@dataclass(frozen=True, slots=True)
class Anexo:
    """The row of a file in SEI's repository."""

    id_anexo: int
    nome: str
    tamanho: int
    """Bytes."""
    hash: str
    """MD5, hexadecimal."""
    incluido_em: date
    """The day that the folder of the file is named after."""


@dataclass(frozen=True, slots=True)
class Conteudo:
    """What a document that opens holds: a file when it is external, else a page."""

    crc: str | None
    """The código CRC printed beside the número SEI; whoever has both may open it in SEI."""
    pagina: str | None
    """The HTML that was signed, when it was asked for."""
    anexo: Anexo | None


@dataclass(frozen=True, slots=True)
class ListedDocumento:
    """A document's own page: itself, and the processo it is in."""

    procedimento: Procedimento
    documento: Documento
    conteudo: Conteudo | None = None
    """None when it does not open, or when there is nothing in it to open."""


@dataclass(frozen=True, slots=True)
class OpenDocumentos:
    """The documents of a processo that open, for who wants them all."""

    processo: str
    """Its number as it is printed; two when they share their letters and digits."""
    documentos: tuple[Documento, ...]
    complete: bool
    """False when there are more than were asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer to a typed number: a processo, or the processo that holds the document typed."""

    chave: str
    formatado: str
    tipo: str
    documento: str | None
    """The document's número SEI, when that is what was typed."""
    chosen: bool = False
    """One of several with this `chave`: its address needs the printed form too."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several processos share these letters and digits: the reader chooses by the printed form."""

    hits: tuple[Hit, ...]


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

    @property
    def fingerprint(self) -> str:
        """Changes when anything here does, and only then."""
        return blake2b(msgspec.msgpack.encode(self), digest_size=12).hexdigest()
