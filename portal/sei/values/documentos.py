"""Documents, lists of them, and what is in one that opens."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from portal.sei.values.codes import FormaAutenticacao
from portal.sei.values.processos import HipoteseLegal, Neighbour, Procedimento


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
    granted: bool = False
    """It is of a restrito, and an acesso externo of the viewer's own opens it."""

    @property
    def nome(self) -> str:
        """What people call it: `Despacho 12/2024`."""
        return f"{self.serie} {self.numero}" if self.numero else self.serie

    @property
    def titulo(self) -> str:
        """The same, told apart from every other: `Despacho 12/2024, nº SEI 0012345`."""
        return f"{self.nome}, nº SEI {self.numero_sei}"


@dataclass(frozen=True, slots=True)
class Contents:
    """A page of what the processo holds, in SEI's own order."""

    items: tuple[Documento | Neighbour, ...]
    """A `Neighbour` here is a processo anexado to this one."""
    next_cursor: int | None
    """The `id_protocolo` that the next page comes after; None on the last."""

    @property
    def any_opens(self) -> bool:
        """Whether anything on this page may be read here."""
        return any(
            isinstance(item, Documento) and item.opening is Opening.OPENS for item in self.items
        )

    @property
    def tamanho(self) -> int:
        """Bytes of the files on this page that may be read here; documents of SEI have none."""
        return sum(item.tamanho or 0 for item in self.items if isinstance(item, Documento))


@dataclass(frozen=True, slots=True)
class OpenDocumentos:
    """The documents of a processo that open, for who wants them all."""

    procedimento: Procedimento
    documentos: tuple[Documento, ...]
    complete: bool
    """False when there are more than were asked for, or may be among what was not looked at."""
    chosen: bool = False
    """It is one of several with its `chave`."""


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
    chosen: bool = False
    """Its processo is one of several with its `chave`."""
