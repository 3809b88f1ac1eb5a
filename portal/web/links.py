"""The addresses of a processo: its page and the parts of it, its documents, what programs read.

For pages, which need only the path, and with the tenant's `site` before it for programs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlencode

from portal.sei.values import ListedDocumento, OpenDocumentos, Tracking
from portal.web.asked import NOTHING, Asked

DADOS: Final = ".json"
HISTORICO: Final = "/historico.atom"
CALENDARIO: Final = "/historico.ics"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one processo."""

    chave: str
    asked: Asked = NOTHING
    """What was asked of it. `formatado` only when others have its letters and digits too. Of a
    processo that another one or a search names, nobody has asked that: its address is the plain
    one, which lets the reader choose should there be others."""
    site: str = ""
    """The tenant's address, without a final slash; empty for paths."""

    @classmethod
    def to(
        cls,
        found: Tracking | ListedDocumento | OpenDocumentos,
        asked: Asked = NOTHING,
        site: str = "",
    ) -> Self:
        """Of what SEI has, by its one address, however it was asked for."""
        processo = found.procedimento
        formatado = processo.formatado if found.chosen else None
        return cls(processo.chave, asked._replace(formatado=formatado), site)

    def pagina(self) -> str:
        return self._of("", self._whole())

    def dados(self) -> str:
        return self._of(DADOS, self._whole())

    def qr(self) -> str:
        return self._of("/qr.svg", self._whole())

    def pacote(self) -> str:
        return self._of("/documentos.zip", self._whole())

    def feed(self) -> str:
        return self._of(HISTORICO, self.asked.from_the_start())

    def calendar(self) -> str:
        return self._of(CALENDARIO, self.asked.from_the_start())

    def documento(self, numero_sei: str, ending: str = "") -> str:
        """A document's own page, or what is below it; its número SEI is in one processo only."""
        return f"{self._base}/documentos/{numero_sei}{ending}"

    def here(self, ending: str) -> str:
        """Just what was asked."""
        return self._of(ending, self.asked)

    def in_order(self, oldest_first: bool) -> str:
        return self._history(self.asked._replace(oldest_first=oldest_first))

    def as_much(self, main_only: bool) -> str:
        return self._history(self.asked._replace(main_only=main_only))

    def more_history(self, cursor: int, ending: str = "") -> str:
        return self._of(ending, self.asked._replace(before=cursor, contents_after=None))

    def more_contents(self, cursor: int, ending: str = "") -> str:
        return self._of(ending, self.asked._replace(before=None, contents_after=cursor))

    @property
    def _base(self) -> str:
        return f"{self.site}/processos/{self.chave}"

    def _whole(self) -> Asked:
        return Asked(formatado=self.asked.formatado)

    def _history(self, asked: Asked) -> str:
        """A history from its start. The view knows by `ordem` that this part is asked for."""
        words = {"ordem": "recentes"} | asked._replace(before=None, contents_after=None).words
        return f"{self._base}?{urlencode(words, safe='/')}"

    def _of(self, below: str, asked: Asked) -> str:
        return f"{self._base}{below}{asked.query}"


def link_to(chave: str, formatado: str | None = None) -> str:
    """The path of a processo that a page names; with its printed form where the reader chooses."""
    return Links(chave, Asked(formatado)).pagina()


FILTERS: Final[Mapping[str, Callable[..., object]]] = {"link_to": link_to}
