"""Processos and documents under construction, and the access levels they share.

The level *local* is a protocolo's own; the *global* is the highest local of the whole group (the
processo, its documents, its anexados and theirs), and every one of the group carries it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.demo.target import Row


@dataclass(slots=True, eq=False)
class Protocolo:
    """What processos and documents have in common."""

    row: Row
    details: Row
    """Its procedimento, or its documento."""

    @property
    def id(self) -> int:
        """`id_protocolo`, the same as its `id_procedimento` or `id_documento`."""
        return int(self.row["id_protocolo"])

    @property
    def numero(self) -> str:
        """As SEI shows it; of a document, the número SEI."""
        return str(self.row["protocolo_formatado"])


@dataclass(slots=True, eq=False)
class Documento(Protocolo):
    """A document."""

    processo: "Processo"
    signers: int = 0
    id_anexo: int | None = None
    page: str = ""
    """What is signed, of one made in SEI."""
    content: Row = field(default_factory=Row)
    """Its documento_conteudo."""


@dataclass(slots=True, eq=False)
class Processo(Protocolo):
    """A processo."""

    clock: datetime
    """When its last andamento was: what comes next is a little later."""
    documentos: list[Documento] = field(default_factory=list)
    anexados: list["Processo"] = field(default_factory=list)
    anexador: "Processo | None" = None
    open_in: dict[int, list[Row]] = field(default_factory=dict)
    """Open atividades by unit, in the order the units received it."""
    tipo: str = ""
    last_unit: int | None = None
    """The unit of its last andamento."""
    contained: list[Row] = field(default_factory=list)
    """Its rows of rel_protocolo_protocolo, in order."""
    with_access: dict[int, int] = field(default_factory=dict)
    """The `id_participante` by which each contato has acessos externos to it."""

    @property
    def chave(self) -> str:
        """Letters and digits only, in upper case: the portal's address of it."""
        return str(self.row["protocolo_formatado_pesquisa"]).upper()

    @property
    def unidade(self) -> int:
        """The unit that received it last, of those that have it open; else the last it was in."""
        return next(reversed(self.open_in), self.last_unit or int(self.row["id_unidade_geradora"]))


@dataclass(frozen=True, slots=True)
class Andamento:
    """An andamento as it was written."""

    row: Row

    @property
    def id(self) -> int:
        """`id_atividade`."""
        return int(self.row["id_atividade"])

    @property
    def moment(self) -> datetime:
        """`dth_abertura`, SEI's local time."""
        opened: datetime = self.row["dth_abertura"]
        return opened


def list_group(processo: Processo) -> list[Row]:
    """The protocolos that share one global level, from the outermost processo down."""
    while processo.anexador is not None:
        processo = processo.anexador
    return list(_descend(processo))


def _descend(processo: Processo) -> Iterator[Row]:
    yield processo.row
    for documento in processo.documentos:
        yield documento.row
    for anexado in processo.anexados:
        yield from _descend(anexado)


def highest(rows: list[Row]) -> str:
    """The highest local level among some protocolos."""
    return max(str(row["sta_nivel_acesso_local"]) for row in rows)


def search_columns(formatado: str) -> dict[str, Any]:
    """What SEI stores beside a number so that it can be searched, forwards and backwards."""
    chave = "".join(c for c in formatado if c.isascii() and c.isalnum())
    return {
        "protocolo_formatado": formatado,
        "protocolo_formatado_pesquisa": chave,
        "protocolo_formatado_pesq_inv": chave[::-1],
    }
