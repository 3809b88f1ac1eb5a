"""What SEI calls its units, tarefas, séries and the rest: words, by their ids.

Only words. Whatever decides what may be shown is asked of SEI at every page; these may be a minute
old.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from portal.sei.values import HipoteseLegal, Unidade

V = TypeVar("V")


class UnidadeName(NamedTuple):
    """What a unit is called, from a moment on when that is known."""

    id_orgao: int
    sigla: str
    descricao: str
    since: datetime | None = None
    """SEI's wall clock."""


class OrgaoName(NamedTuple):
    """What an órgão is called."""

    sigla: str
    descricao: str
    ativo: bool


@dataclass(frozen=True, slots=True)
class NameTable:
    """All the words of one SEI, as they were when it was asked."""

    orgaos: Mapping[int, OrgaoName]
    unidades: Mapping[int, UnidadeName]
    former: Mapping[int, tuple[UnidadeName, ...]]
    """The names a unit has had, the oldest first; of two since one day, the one that holds last."""
    tarefas: Mapping[int, str]
    series: Mapping[int, str]
    tipos: Mapping[int, str]
    conferencias: Mapping[int, str]
    hipoteses: Mapping[int, HipoteseLegal]


class Names:
    """The words of one page, asked for by id.

    `read(renew)` gives the table; it is called when the first word is needed, and with True when
    an id is not in it: a unit may be younger than the table. What is not in the new one either
    gets a word that is true of any.
    """

    def __init__(self, read: Callable[[bool], NameTable]) -> None:
        self._read = read
        self._table: NameTable | None = None

    def unidade(self, id_unidade: int, moment: datetime | None = None) -> Unidade:
        """A unit under the name it has, or had at a moment of SEI's wall clock."""
        name = self._find(lambda table: table.unidades, id_unidade)
        if name is None:
            return Unidade(id_unidade, "unidade nova", "", "")
        if moment is not None:
            name = self._name_at(id_unidade, moment) or name
        orgao = self._find(lambda table: table.orgaos, name.id_orgao)
        return Unidade(id_unidade, name.sigla, name.descricao, orgao.sigla if orgao else "")

    def orgao_of(self, id_unidade: int) -> str:
        """The órgão that a unit is of, in full."""
        unidade = self._find(lambda table: table.unidades, id_unidade)
        orgao = self._find(lambda table: table.orgaos, unidade.id_orgao) if unidade else None
        return orgao.descricao if orgao else ""

    def has_several_orgaos(self) -> bool:
        """More than one active órgão shares this SEI."""
        return sum(orgao.ativo for orgao in self._known().orgaos.values()) > 1

    def tarefa(self, id_tarefa: int | None) -> str | None:
        """SEI's template of an andamento; None for one without a tarefa."""
        return self._find(lambda table: table.tarefas, id_tarefa)

    def serie(self, id_serie: int) -> str:
        return self._find(lambda table: table.series, id_serie) or "Documento"

    def tipo(self, id_tipo_procedimento: int) -> str:
        return self._find(lambda table: table.tipos, id_tipo_procedimento) or "Processo"

    def conferencia(self, id_tipo_conferencia: int | None) -> str | None:
        return self._find(lambda table: table.conferencias, id_tipo_conferencia)

    def hipotese(self, id_hipotese_legal: int | None) -> HipoteseLegal | None:
        return self._find(lambda table: table.hipoteses, id_hipotese_legal)

    def _name_at(self, id_unidade: int, moment: datetime) -> UnidadeName | None:
        """The last one begun by then. Its end is not asked, since whether the day itself is in or
        out is nowhere said."""
        names = self._known().former.get(id_unidade, ())
        begun = bisect_right(names, moment, key=lambda name: name.since or datetime.min)
        return names[begun - 1] if begun else None

    def _find(self, of: Callable[[NameTable], Mapping[int, V]], key: int | None) -> V | None:
        if key is None:
            return None
        found = of(self._known()).get(key)
        if found is None:
            self._table = self._read(True)
            found = of(self._table).get(key)
        return found

    def _known(self) -> NameTable:
        if self._table is None:
            self._table = self._read(False)
        return self._table
