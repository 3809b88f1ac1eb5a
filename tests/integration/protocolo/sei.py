"""A SEI as its web service and its database show it, in memory, that fails when it is told to.

Its rules are those that at-most-once rests on: a file belongs to one processo, what is refused
leaves nothing, and what was cut off may have been done.
"""

import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import md5

from portal.protocolo.gateway import Absent, Found, Sought, Unknown
from portal.seiws.values import (
    ArquivoEnviado,
    DocumentoExterno,
    DocumentoIncluido,
    Failure,
    NotAllowed,
    NotSent,
    ProcessoGerado,
    ProcessoNovo,
    Rejected,
    Safe,
    Unconfirmed,
    Why,
)

Fault = Callable[[Callable[[], object]], object]
"""Given what SEI would do, what comes back instead."""


class Killed(BaseException):
    """The process is no more: nothing after it runs, as after `kill -9`."""


def away(do: Callable[[], object]) -> object:
    return NotSent("connection refused")


def not_allowed(do: Callable[[], object]) -> object:
    return NotAllowed("Chave de Acesso inválida")


def refused(do: Callable[[], object]) -> object:
    return Rejected("Tipo de documento não está liberado")


def cut_before(do: Callable[[], object]) -> object:
    return Unconfirmed("502 from a proxy")


def cut_after(do: Callable[[], object]) -> object:
    do()
    return Unconfirmed("timed out")


def killed_before(do: Callable[[], object]) -> object:
    raise Killed


def killed_after(do: Callable[[], object]) -> object:
    do()
    raise Killed


def broken_before(do: Callable[[], object]) -> object:
    raise RuntimeError("a mistake of ours")


def broken_after(do: Callable[[], object]) -> object:
    do()
    raise RuntimeError("a mistake of ours")


FAULTS: tuple[Fault, ...] = (
    away, not_allowed, cut_before, cut_after, killed_before, killed_after, broken_before,
    broken_after,
)  # fmt: skip


@dataclass
class Stored:
    """A file that SEI was given."""

    md5: str
    at: datetime
    processo: str | None = None
    documento: str = ""


@dataclass
class FakeSei:
    """Gateway and finder at once."""

    clock: Callable[[], datetime]
    arquivos: dict[str, Stored] = field(default_factory=dict)
    processos: dict[str, str] = field(default_factory=dict)
    """Especificação by number, in the order in which they were opened."""
    inline: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault | None]] = field(default_factory=dict)
    """What happens at the next calls of each operation; nothing once they are used up."""
    calls: list[str] = field(default_factory=list)
    readable: bool = True
    stale: bool = False
    """The database that is read is a copy of before."""
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def upload(self, id_unidade: str, arquivo: ArquivoEnviado, /) -> str | Safe:
        def do() -> str:
            body = b"".join(arquivo.read())
            assert (len(body), md5(body).hexdigest()) == (arquivo.size, arquivo.md5)
            name = str(1000 + len(self.arquivos))
            self.arquivos[name] = Stored(arquivo.md5, self.clock())
            return name

        return self._answer("upload", do)  # type: ignore[return-value]

    def open_processo(self, novo: ProcessoNovo, /) -> ProcessoGerado | Failure:
        def do() -> ProcessoGerado | Rejected:
            refusal = self._check(novo.documentos)
            if refusal is not None:
                return refusal
            numero = f"0001.{len(self.processos) + 1:06}/2026"
            self.processos[numero] = novo.especificacao
            there = tuple(self._attach(each, numero) for each in novo.documentos)
            return ProcessoGerado(str(len(self.processos)), numero, there)

        return self._answer("open", do)  # type: ignore[return-value]

    def include_documento(
        self, id_unidade: str, processo: str, documento: DocumentoExterno, /
    ) -> DocumentoIncluido | Failure:
        def do() -> DocumentoIncluido | Rejected:
            return self._check([documento]) or self._attach(documento, processo)

        return self._answer("include", do)  # type: ignore[return-value]

    def find(self, sought: Sought, /) -> Found | Absent | Unknown:
        with self._lock:
            self.calls.append("find")
            if not self.readable:
                return Unknown("no answer")
            if self.stale:
                return Absent()
            there = {
                name: stored
                for name, md5_ in sought.arquivos.items()
                if (stored := self.arquivos.get(name)) and stored.processo and stored.md5 == md5_
            }
            for numero, especificacao in self.processos.items():
                if especificacao.startswith(sought.numero) or any(
                    stored.processo == numero for stored in there.values()
                ):
                    return Found("1", numero, self.clock(), self._numbers(there))
            if there:
                [processo] = {stored.processo for stored in there.values()}
                return Found("1", processo or "", self.clock(), self._numbers(there))
            return Absent()

    def _numbers(self, there: dict[str, Stored]) -> dict[str, str]:
        return {name: stored.documento for name, stored in there.items()}

    def _answer(self, operation: str, do: Callable[[], object]) -> object:
        with self._lock:
            self._collect()
            self.calls.append(operation)
            planned = self.faults.get(operation) or [None]
            fault = planned.pop(0)
            return do() if fault is None else fault(do)

    def _collect(self) -> None:
        """What nobody used for a day goes."""
        old = self.clock() - timedelta(hours=24)
        for name, stored in list(self.arquivos.items()):
            if stored.processo is None and stored.at < old:
                del self.arquivos[name]

    def _check(self, documentos: Iterable[DocumentoExterno]) -> Rejected | None:
        for documento in documentos:
            if documento.inline is None:
                stored = self.arquivos.get(documento.id_arquivo or "")
                if stored is None:
                    return Rejected("Arquivo não encontrado na base de dados.", Why.ARQUIVO_GONE)
                if stored.processo is not None:
                    return Rejected(
                        "Arquivo já está associado com um protocolo.", Why.ARQUIVO_TAKEN
                    )
        return None

    def _attach(self, documento: DocumentoExterno, processo: str) -> DocumentoIncluido:
        if documento.inline is not None:
            self.inline.append(md5(b"".join(documento.inline.read())).hexdigest())
            return DocumentoIncluido("1", f"{len(self.inline):07}")
        name = documento.id_arquivo or ""
        stored = self.arquivos[name]
        stored.processo, stored.documento = processo, f"{int(name):07}"
        return DocumentoIncluido(name, stored.documento)

    def files_of(self, processo: str) -> list[str]:
        return [s.md5 for s in self.arquivos.values() if s.processo == processo]


@dataclass
class Shelf:
    """The store of all tenants, in memory."""

    bodies: dict[uuid.UUID, bytes] = field(default_factory=dict)

    def read(self, tenant: str, file_id: uuid.UUID, size: int, /) -> Iterable[bytes]:
        body = self.bodies[file_id]
        assert len(body) == size
        yield body[:5]
        yield body[5:]

    def delete(self, tenant: str, file_id: uuid.UUID, /) -> None:
        self.bodies.pop(file_id, None)
