"""A processo's history: rows as SEI has them, and steps as the portal tells them."""

from dataclasses import dataclass
from datetime import datetime

from portal.sei.keys import key_of
from portal.sei.values.tramites import Tramite
from portal.sei.values.unidades import Unidade


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
        return key_of(self.id_origem)

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
