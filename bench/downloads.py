"""What a large file costs in memory while it is sent: whole, from somewhere on, in a package."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine, update

from bench import report
from bench.memory import pss
from bench.place import PATIENCE, Place, Server, install
from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.sei.tables import anexo

SIZE = 300_000_000
SIZE_FULL = 3_000_000_000
MOST = 5.0
"""Megabytes more than before."""
LOOK = 5_000_000
"""Bytes between two looks at the server's memory."""
SLUG = "arquivos"


@dataclass(frozen=True)
class Way:
    """How a file is asked for."""

    name: str
    path: str
    range: str | None = None


def measure(full: bool, keep: bool) -> None:  # nothing to keep
    size = SIZE_FULL if full else SIZE
    with TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        small, large = build(folder, size)
        place = install(folder, {SLUG: f"sqlite:///{folder}/sei.db"})
        open_repository(place, size)
        with place.serving((f"{SLUG}.localhost", "/")) as server:
            for way in small:  # what is loaded once is there for every file
                _most_while(server, way)
            rows = [_row(server, way) for way in large]
    report.show(
        f"Memory: PSS of the web process in MB, while a file of {size // 1_000_000} MB is sent",
        ("how", "before", "at most", "more", "target"),
        rows,
    )


def build(folder: Path, size: int) -> tuple[list[Way], list[Way]]:
    """A SEI with a file of each size, and how to ask for the small one and for the large."""
    engine = create_engine(f"sqlite:///{folder}/sei.db")
    with engine.begin() as connection:
        sei = SeiBuilder(
            connection, now=datetime(2026, 3, 20), create=True, repositorio=folder / "repositorio"
        )
        ways, documentos = [], []
        for _ in range(2):
            processo = sei.processo()
            documentos.append(sei.externo(processo, content=b"%PDF-1.4\n"))
            ways.append(_list_ways(processo, documentos[-1]))
        sei.flush()
        row = connection.execute(
            anexo.select().where(anexo.c.id_protocolo == documentos[1].id)
        ).one()
        path = folder / "repositorio" / f"{row.dth_inclusao:%Y/%m/%d}" / str(row.id_anexo)
        with path.open("r+b") as file:
            file.truncate(size)
        grown = {"tamanho": size, "hash": _md5(path)}
        connection.execute(update(anexo).where(anexo.c.id_anexo == row.id_anexo).values(grown))
    engine.dispose()
    return ways[0], ways[1]


def _list_ways(processo: Processo, documento: Documento) -> list[Way]:
    base = f"/processos/{processo.chave}"
    file = f"{base}/documentos/{documento.numero}/arquivo"
    return [
        Way("a part, and the rest", file, "bytes=1-"),
        Way("whole", file),
        Way("in a package", f"{base}/documentos.zip"),
    ]


def _md5(path: Path) -> str:
    digest = md5(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1_000_000):
            digest.update(chunk)
    return digest.hexdigest()


def open_repository(place: Place, size: int) -> None:
    """Let the tenant send the files, and one of this size in a package."""
    path = place.folder / "tenants.toml"
    text = path.read_text("utf-8")
    for table, line in (
        (SLUG, 'repositorio = "repositorio"'),
        (f"{SLUG}.limites", f"megabytes_por_pacote = {size // 1_000_000 + 1}"),
    ):
        text = text.replace(f"[{table}]\n", f"[{table}]\n{line}\n")
    path.write_text(text, "utf-8")


def _row(server: Server, way: Way) -> tuple[str, float, float, float, str]:
    before = pss(server.worker)
    most = _most_while(server, way)
    more = most - before
    return way.name, before, most, more, report.at_most(more, MOST, " MB")


def _most_while(server: Server, way: Way) -> float:
    """The most that the web process had while it answered. Raises RuntimeError for no file."""
    headers = {"Host": f"{SLUG}.localhost"} | ({"Range": way.range} if way.range else {})
    most, worker = 0.0, server.worker
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("GET", way.path, headers=headers)
        answer = connection.getresponse()
        if answer.status not in (200, 206):
            raise RuntimeError(f"{way.path} answered {answer.status}")
        while answer.read(LOOK):
            most = max(most, pss(worker))
    return most
