"""How long the portal takes to start, beside what importing its packages takes alone."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench import report
from bench.place import install
from bench.town import SMALL, building

ROUNDS = 7
ROUNDS_FULL = 25
MOST = 1.8

CARD = "import flask, flask_sqlalchemy, flask_login, authlib, jinja2, whitenoise"
"""The packages that the project was given to be built on."""


def measure(full: bool, keep: bool) -> None:
    imports, starts = [], []
    with (
        building("sqlite", SMALL, keep) as town,
        TemporaryDirectory(prefix="portal-bench-") as folder,
    ):
        place = install(Path(folder), {town.slug: str(town.url)})
        # An installation has its bytecode (docs/instalacao.md); a shell may forbid to write it.
        compiled = {
            "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        for round_ in range(-1, ROUNDS_FULL if full else ROUNDS):
            imported = _time_imports(compiled)
            with place.serving((town.host, "/"), **compiled) as server:
                started = server.started
            if round_ >= 0:  # the first one compiles, and reads the files from the disk
                imports.append(imported)
                starts.append(started)
    times = report.ratio(starts, imports)
    report.show(
        "Start: medians of rounds in turns",
        ("what", "seconds", "times", "target"),
        [
            ("a bare interpreter that imports the card's packages", median(imports), 1.0, ""),
            ("gunicorn to its first 200", median(starts), times, report.at_most(times, MOST)),
        ],
    )


def _time_imports(env: Mapping[str, str]) -> float:
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", CARD], env={**os.environ, **env}, check=True)
    return perf_counter() - begun
