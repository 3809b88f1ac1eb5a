"""The simulated SEI itself: who may call it, and one transaction for each call."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from portal.demo.numbering import UNIDADE, sei_mg
from portal.demo.seiws import filing, lookups, uploads
from portal.demo.seiws.book import Book
from portal.demo.seiws.call import Call
from portal.demo.seiws.installation import Installation
from portal.demo.seiws.soap import Refusal
from portal.demo.town import ORGAOS, Unidade
from portal.sei.tables import protocolo

ZONE = ZoneInfo("America/Sao_Paulo")
OPERATIONS: Mapping[str, Callable[[Call], Any]] = {
    "gerarProcedimento": filing.open_processo,
    "incluirDocumento": filing.include_documento,
    "enviarProcesso": filing.send_processo,
    "lancarAndamento": filing.add_andamento,
    "adicionarArquivo": uploads.add_arquivo,
    "adicionarConteudoArquivo": uploads.add_conteudo,
    "consultarProcedimento": lookups.tell_processo,
    "consultarDocumento": lookups.tell_documento,
    "listarAndamentos": lookups.list_andamentos,
    "listarUnidades": lookups.list_unidades,
    "listarTiposProcedimento": lookups.list_tipos,
    "listarSeries": lookups.list_series,
    "listarHipotesesLegais": lookups.list_hipoteses,
    "listarExtensoesPermitidas": lookups.list_extensoes,
}


def wall_clock() -> datetime:
    """Now, as SEI's own clock has it: naive, in Brasília."""
    return datetime.now(ZONE).replace(tzinfo=None, microsecond=0)


class Sei:
    """One SEI database, the folder of its files, and what its administrator has set."""

    def __init__(
        self,
        engine: Engine,
        repositorio: Path,
        installation: Installation,
        clock: Callable[[], datetime] = wall_clock,
    ) -> None:
        self.engine = engine
        self.repositorio = repositorio
        self.installation = installation
        self.clock = clock
        self._lock = threading.Lock()
        self._owners: dict[int, int] = {}
        self._drawn: dict[tuple[str, int], int] = {}

    def answer(self, operacao: str, parts: Mapping[str, Any]) -> Any:
        """What SEI answers, once it is committed. Raises `Refusal` when nothing was."""
        with self._lock, self.engine.begin() as connection:
            self._check_sistema(parts)
            book = Book(connection, self.clock(), self.repositorio)
            unidade = self._find_unidade(book, operacao, str(parts.get("IdUnidade") or ""))
            uploads.remove_unused(book)
            call = Call(
                operacao,
                parts,
                self.installation,
                book,
                unidade,
                self._owners,
                lambda where: self._draw(connection, where, book.now.year),
            )
            value = OPERATIONS[operacao](call)
            book.flush()
            return value

    def _check_sistema(self, parts: Mapping[str, Any]) -> None:
        """In SEI's order: on or off, the Sistema, the Serviço and its key."""
        installation = self.installation
        sigla = str(parts.get("SiglaSistema") or "")
        if not installation.enabled:
            raise Refusal("Serviços não estão disponíveis.", error=True)
        if sigla != installation.sigla:
            raise Refusal(f"Sistema [{sigla}] não encontrado.", error=True)
        told = str(parts.get("IdentificacaoServico") or "")
        if told == installation.chave:
            return
        if len(told) != len(installation.chave):
            raise Refusal(f"Serviço [{told}] do sistema [{sigla}] não encontrado.", error=True)
        if told[:8] != installation.chave[:8]:
            raise Refusal(f"Serviço do sistema [{sigla}] não encontrado.", error=True)
        raise Refusal(
            f"Chave de Acesso inválida para o serviço [{installation.identificacao}] do sistema"
            f" [{sigla}].",
            error=True,
        )

    def _find_unidade(self, book: Book, operacao: str, key: str) -> Unidade | None:
        if not key and operacao.startswith("listar") and operacao != "listarAndamentos":
            return None
        for unidade in book.reference.unidades.values():
            if str(unidade.id_unidade) == key:
                if not unidade.active:
                    raise Refusal(f"Unidade {unidade.sigla} está desativada.", error=True)
                return unidade
        raise Refusal(f"Unidade [{key}] não encontrada.", error=True)

    def _draw(self, connection: Connection, where: Unidade, year: int) -> str:
        codigo = next(o.codigo for o in ORGAOS if o.id_orgao == where.id_orgao)
        if (codigo, year) not in self._drawn:
            self._drawn[(codigo, year)] = _last_drawn(connection, codigo, year)
        self._drawn[(codigo, year)] += 1
        return sei_mg(codigo, self._drawn[(codigo, year)], year)


def _last_drawn(connection: Connection, codigo: str, year: int) -> int:
    """The highest of an órgão and a year; its digits stand in front of the year's."""
    head = f"{codigo}.{UNIDADE}."
    numero = protocolo.c.protocolo_formatado
    query = select(numero).where(numero.like(f"{head}%/{year}-__")).order_by(numero.desc())
    last = connection.scalar(query.limit(1))
    return int(last.removeprefix(head).partition("/")[0]) if last else 0
