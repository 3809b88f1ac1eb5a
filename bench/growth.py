"""Whether a page stays as fast when SEI grows: ten thousand protocolos or a million, and a processo
of ten andamentos or five thousand."""

from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import report
from bench.load import Ask, Job, run
from bench.page import find_forty
from bench.place import Server, install
from bench.town import TITLES, Kind, Town, building, list_kinds

# Of each, about three protocolos: itself and its documents.
FEW, SOME, MANY = 3_400, 40_000, 425_000
MOST = 1.2

NUMBERS = 200
"""Processos asked for by number in one round, on each size of SEI."""
ROUNDS = 5

LARGEST = (
    "SELECT p.protocolo_formatado_pesquisa, p.id_protocolo, count(*) FROM protocolo p"
    " JOIN atividade a ON a.id_protocolo = p.id_protocolo"
    " WHERE p.sta_protocolo = 'P' AND p.sta_nivel_acesso_global = '0'"
    " GROUP BY p.protocolo_formatado_pesquisa, p.id_protocolo"
)
DOCUMENTOS = "SELECT count(*) FROM documento WHERE id_procedimento = :id"


def measure(full: bool, keep: bool) -> None:
    for kind in list_kinds() if full else list_kinds(("sqlite",)):
        _measure_on(kind, (FEW, SOME, MANY) if full else (FEW, SOME), keep)
    if not full:
        report.note("Only on SQLite, to a hundred thousand protocolos: --full for the rest.")


def _measure_on(kind: Kind, sizes: tuple[int, ...], keep: bool) -> None:
    with ExitStack() as stack:
        towns = [stack.enter_context(building(kind, size, keep)) for size in sizes]
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="portal-bench-")))
        seis = {town.slug: town.url.render_as_string(hide_password=False) for town in towns}
        place = install(folder, seis)
        server = stack.enter_context(place.serving((towns[0].host, "/")))
        _show_sizes(kind, server, towns)
        _show_lengths(kind, server, towns[0])


def _show_sizes(kind: Kind, server: Server, towns: list[Town]) -> None:
    asked = [[Ask(t.host, f"/processos/{n}") for n in t.list_numeros(NUMBERS)] for t in towns]
    taken = _first_bytes(server, asked)
    rows = []
    for town, moments in zip(towns, taken, strict=True):
        times = report.ratio(moments, taken[0])
        rows.append((town.count("protocolo"), median(moments) * 1000, times, _verdict(times)))
    report.show(
        f"Growth on {TITLES[kind]}: first byte of a page, by number, one reader at a time",
        ("protocolos in SEI", "ms", "times", "target"),
        rows,
    )


def _show_lengths(kind: Kind, server: Server, town: Town) -> None:
    found = {int(str(n)): (str(chave), id_) for chave, id_, n in town.ask(LARGEST)}
    forty = find_forty(server, town).partition("?")[0].rpartition("/")[2]
    of_forty = next(n for n, (chave, _) in found.items() if chave == forty)
    counts = (min(found, key=lambda n: abs(n - 10)), of_forty, max(found))
    asked = [[Ask(town.host, f"/processos/{found[n][0]}?ver=tudo")] * 20 for n in counts]
    taken = _first_bytes(server, asked)
    rows = []
    for n, moments, asks in zip(counts, taken, asked, strict=True):
        documentos = int(str(town.ask(DOCUMENTOS, id=found[n][1])[0][0]))
        size = len(server.get(town.host, asks[0].path).body)
        times, full_page = report.ratio(moments, taken[0]), report.ratio(moments, taken[1])
        rows.append((n, documentos, size, median(moments) * 1000, times, full_page))
    report.show(
        f"Growth on {TITLES[kind]}: first byte of processos of different lengths",
        ("andamentos", "documentos", "HTML bytes", "ms", "times the first", "times the second"),
        rows,
    )
    report.note("A page prints 50 andamentos and 50 documentos at most: the second is nearly full.")


def _first_bytes(server: Server, asked: list[list[Ask]]) -> list[list[float]]:
    """Of each list its median in each round, in seconds, the lists asked in turns."""
    taken: list[list[float]] = [[] for _ in asked]
    for round_ in range(-1, ROUNDS):
        for moments, asks in zip(taken, asked, strict=True):
            outcome = run(Job(server.port, asks, requests=len(asks), connections=1))
            if outcome.wrong:
                raise RuntimeError(f"not what was asked for: {outcome.wrong}")
            if round_ >= 0:  # the first one warms up
                moments.append(outcome.first_byte)
    return taken


def _verdict(times: float) -> str:
    return report.at_most(times, MOST, " times")
