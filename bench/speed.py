"""How fast pages are, as a share of what their template alone would reach."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import psutil

from bench import anatomy, report
from bench.load import Ask, Job, run
from bench.page import Page, find_forty
from bench.place import Place, Server, install
from bench.town import SMALL, Town, building, list_kinds

ROUNDS = 5
ROUNDS_FULL = 21
SECONDS = 1.0
"""Of each page in each round: short, so that all of a round meet the same machine."""
WARM = 2.0

PAGE, UNCHANGED, DOCUMENT, MISS = "processo", "processo, 304", "document", "miss, 404"
BASE, FLOOR, NO_SEI = "T", "/robots.txt", "none"
PAGE_LEAST = {"SQLite": 0.60, "MariaDB": 0.50, "PostgreSQL": 0.50}
UNCHANGED_LEAST = 3.0

NOWHERE = "99999999999999999"
"""No município's SEI has this number."""


def measure(full: bool, keep: bool) -> None:
    with ExitStack() as stack:
        towns = [stack.enter_context(building(kind, SMALL, keep)) for kind in list_kinds()]
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="portal-bench-")))
        seis = {town.slug: town.url.render_as_string(hide_password=False) for town in towns}
        place = install(folder, seis)
        with serving_both(place, towns[0]) as (portal, bare, path):
            speeds = Speeds(portal, bare, towns, path)
            speeds.take(ROUNDS_FULL if full else ROUNDS)
        speeds.show()
        for town in towns:
            anatomy.show(place, town, path)


@contextmanager
def serving_both(place: Place, town: Town) -> Iterator[tuple[Server, Server, str]]:
    """The portal, T, and the address of the page that both answer with."""
    with place.serving((town.host, "/")) as portal:
        path = find_forty(portal, town)
        names = {"BENCH_HOST": town.host, "BENCH_PATH": path}
        with place.serving((town.host, path), "bench.bare:app", **names) as bare:
            yield portal, bare, path


class Speed(NamedTuple):
    """Of one round."""

    per_second: float
    cpu: float
    """Milliseconds of processor that an answer took of the portal, and not of SEI's server. Unlike
    the other number it hardly notices what else the machine does."""


class Speeds:
    """How fast T is, the lightest view, and each kind of page on each engine."""

    def __init__(self, portal: Server, bare: Server, towns: list[Town], path: str) -> None:
        self._portal, self._bare = portal, bare
        self._towns, self._path = towns, path
        links = Page(portal.get(towns[0].host, path).body).links
        self._document = next(link for link in links if "/documentos/" in link)
        self._taken: dict[tuple[str, str], list[Speed]] = {}

    def take(self, rounds: int) -> None:
        self._round(WARM)
        self._taken.clear()
        for _ in range(rounds):
            self._round(SECONDS)

    def _round(self, seconds: float) -> None:
        """Each thing once, in turns."""
        host = self._towns[0].host
        self._note(BASE, NO_SEI, self._bare, Ask(host, self._path), seconds)
        self._note(FLOOR, NO_SEI, self._portal, Ask(host, FLOOR), seconds)
        for town in self._towns:
            for name, ask in self._asks(town).items():
                self._note(name, town.title, self._portal, ask, seconds)

    def _note(self, name: str, sei: str, server: Server, ask: Ask, seconds: float) -> None:
        self._taken.setdefault((name, sei), []).append(_speed(server, ask, seconds))

    def _asks(self, town: Town) -> Mapping[str, Ask]:
        # Every minute the page gets another name, so it is asked for in each round.
        tag = self._portal.get(town.host, self._path).headers["etag"]
        return {
            PAGE: Ask(town.host, self._path),
            UNCHANGED: Ask(town.host, self._path, 304, {"If-None-Match": tag}),
            DOCUMENT: Ask(town.host, self._document),
            MISS: Ask(town.host, f"/processos/{NOWHERE}", 404),
        }

    def show(self) -> None:
        base = self._taken[BASE, NO_SEI]
        rows: list[tuple[str, str, float, float, str, float, float]] = []
        for (name, sei), taken in self._taken.items():
            speeds, cpu = [s.per_second for s in taken], [s.cpu for s in taken]
            times = report.ratio(speeds, [s.per_second for s in base])
            by_cpu = report.ratio([s.cpu for s in base], cpu)
            target = _verdict(name, sei, times)
            rows.append((name, sei, median(speeds), times, target, median(cpu), by_cpu))
        report.show(
            "Speed: 1 worker × 4 threads, medians of rounds in turns, everything included",
            ("page", "SEI on", "per second", "× T", "target", "CPU ms", "× T by CPU"),
            rows,
        )
        report.note("T: the template of the processo's page alone, in a bare Flask view.")
        report.note(f"{FLOOR}: the lightest view. What is left without SEI: no page passes it.")


def _verdict(name: str, sei: str, times: float) -> str:
    match name:
        case "processo":
            return report.at_least(times, PAGE_LEAST[sei])
        case "processo, 304":
            return report.at_least(times, UNCHANGED_LEAST)
    return ""


def _speed(server: Server, ask: Ask, seconds: float) -> Speed:
    """A round in which the page got another name is done again."""
    for _ in range(2):
        before = _cpu(server)
        outcome = run(Job(server.port, [ask], seconds=seconds))
        if not outcome.wrong:
            spent = _cpu(server) - before
            return Speed(outcome.per_second, spent / outcome.requests * 1000)
        if ask.status == 304:
            tag = server.get(ask.host, ask.path).headers["etag"]
            ask = Ask(ask.host, ask.path, 304, {"If-None-Match": tag})
    raise RuntimeError(f"not what was asked for: {outcome.wrong}")


def _cpu(server: Server) -> float:
    """Seconds of processor its worker has used."""
    times = psutil.Process(server.worker).cpu_times()
    return float(times.user + times.system)
