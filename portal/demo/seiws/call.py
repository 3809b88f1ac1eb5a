"""One call to the simulated SEI, and what every operation checks first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.demo.protocolos import Processo
from portal.demo.seiws.book import Book
from portal.demo.seiws.installation import Installation
from portal.demo.seiws.soap import Refusal
from portal.demo.town import Unidade
from portal.sei.values import NivelAcesso


@dataclass(slots=True)
class Call:
    """Who asks what, in one transaction."""

    operacao: str
    parts: Mapping[str, Any]
    installation: Installation
    book: Book
    unidade: Unidade | None
    owners: dict[int, int]
    """The unidade that each file was handed over by, while it waits for its document."""
    draw: Callable[[Unidade], str]
    """The next number of an órgão, gone even when the transaction is not committed."""

    def text(self, name: str) -> str:
        """A part; empty when it is nil."""
        return str(self.parts.get(name) or "")

    def flag(self, name: str) -> bool:
        """A `Sin…` part; what is empty is no."""
        value = self.text(name)
        if value not in ("", "S", "N"):
            raise Refusal(f"Sinalizador de {name.removeprefix('Sin')} inválido.")
        return value == "S"

    @property
    def here(self) -> Unidade:
        """The unidade that is acted in."""
        if self.unidade is None:
            raise Refusal("Unidade [] não encontrada.", error=True)
        return self.unidade

    def need_permission(self, operacao: str = "", tipo: str = "", serie: str = "") -> None:
        """Of this operation, or of one that it does on its way; tipo and série by name."""
        operacao = operacao or self.operacao
        reference = self.book.reference
        id_tipo = str(reference.tipos[tipo]) if tipo else ""
        id_serie = str(reference.series[serie]) if serie else ""
        where = self.unidade
        if self.installation.allows(operacao, key_of(where), id_tipo, id_serie):
            return
        what = f" com tipo de processo [{tipo}]" if tipo else ""
        what += f" e tipo de documento [{serie}]" if serie else ""
        raise Refusal(
            f"Nenhuma operação configurada para [{operacao}] no serviço"
            f" [{self.installation.identificacao}]{what} na unidade"
            f" [{where.sigla if where else ''}]."
        )

    def need_processo(self) -> Processo:
        """The one that `ProtocoloProcedimento` names, which this unidade may work on."""
        numero = self.text("ProtocoloProcedimento")
        processo = self.book.find_processo(numero)
        if processo is None:
            raise Refusal(f"Processo [{numero}] não encontrado.", error=True)
        closed = processo.row["sta_nivel_acesso_global"] != NivelAcesso.PUBLICO
        if closed and not self.book.has_passed(processo, self.here.id_unidade):
            raise Refusal(
                f"Unidade [{self.here.sigla}] não possui acesso ao processo [{processo.numero}]."
            )
        return processo

    def find_unidade(self, key: str) -> Unidade:
        """Another unidade, which must be able to receive."""
        unidades = self.book.reference.unidades.values()
        found = next((each for each in unidades if str(each.id_unidade) == key), None)
        if found is None:
            raise Refusal(f"Unidade [{key}] não encontrada.", error=True)
        if not found.active:
            raise Refusal(f"Unidade {found.sigla} desativada.")
        return found


def key_of(unidade: Unidade | None) -> str:
    """As a Permission names it; a pure list may be asked for without a unidade."""
    return str(unidade.id_unidade) if unidade else ""
