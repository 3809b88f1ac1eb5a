"""What the portal holds in memory, and whether it grows with the pages it has answered."""

from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench import report
from bench.load import Ask, Job, run
from bench.page import Page, find_forty
from bench.place import Server, install
from bench.town import SMALL, Town, building

FIRST = 10_000
THEN = 10_000
THEN_FULL = 100_000
MOST = 90.0
"""Megabytes."""
GROWTH_MOST = 5.0
"""Percent."""

NUMBERS = 300


def measure(full: bool, keep: bool) -> None:
    with (
        building("sqlite", SMALL, keep) as town,
        TemporaryDirectory(prefix="portal-bench-") as folder,
    ):
        place = install(Path(folder), {town.slug: str(town.url)})
        with place.serving((town.host, "/")) as server:
            _measure(server, mix(server, town), THEN_FULL if full else THEN)


def mix(server: Server, town: Town) -> list[Ask]:
    """What people ask for: numbers, mostly; then all the rest, mistakes included."""
    forty = find_forty(server, town)
    documents = [x for x in Page(server.get(town.host, forty).body).links if "/documentos/" in x]
    part = {"HX-Request": "true"}
    asks = []
    for turn, numero in enumerate(town.list_numeros(NUMBERS)):
        path = f"/processos/{numero}"
        others = (
            Ask(town.host, "/"),
            Ask(town.host, f"/processos?numero={numero}", 303),
            Ask(town.host, f"/processos/{9 * 10**15 + turn}", 404),
            Ask(town.host, documents[turn % len(documents)]),
            Ask(town.host, "/acessibilidade"),
            Ask(town.host, f"{path}/qr.svg"),
            Ask(town.host, f"{path}?ordem=antigas", headers=part),
            Ask(town.host, "/privacidade"),
            Ask(town.host, f"/processos?numero={'nada' * (turn % 50 + 1)}", 422),
            Ask(town.host, forty),
            Ask(town.host, f"{path}/historico.ics"),
        )
        asks += [
            Ask(town.host, path),
            Ask(town.host, f"{path}?ver=tudo"),
            others[turn % len(others)],
        ]
    return asks


def _measure(server: Server, asks: list[Ask], then: int) -> None:
    begun = pss(server.worker)
    rows = [(0, begun, pss(server.pid), "")]
    answered = _answer(server, asks, FIRST)
    first = pss(server.worker)
    rows.append((answered, first, pss(server.pid), report.at_most(first, MOST, " MB")))
    answered += _answer(server, asks, then)
    last = pss(server.worker)
    percent = (last - first) / first * 100
    verdict = f"{percent:+.1f} %, {report.at_most(percent, GROWTH_MOST, ' %')}"
    rows.append((answered, last, pss(server.pid), verdict))
    report.show(
        "Memory: PSS in MB, each process's share of what both have counted in it",
        ("pages answered", "web process", "gunicorn's first", "target, of the web process"),
        rows,
    )


def _answer(server: Server, asks: list[Ask], requests: int) -> int:
    outcome = run(Job(server.port, asks, requests=requests))
    if outcome.wrong:
        raise RuntimeError(f"not what was asked for: {outcome.wrong}")
    return outcome.requests


def pss(pid: int) -> float:
    """Megabytes: its own, and its share of what it has together with others."""
    return float(psutil.Process(pid).memory_full_info().pss) / 1_000_000
