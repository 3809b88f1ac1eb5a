"""Where the time of one page goes: a look at the stack, over a thousand times a second.

`show` starts this module as a process of its own: it answers the page without a server, and would
leave its signals and its log here otherwise.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Any

import msgspec
from werkzeug.test import EnvironBuilder

from bench import report
from bench.place import ROOT, Place
from bench.town import Town

SECONDS = 6.0
EVERY = 0.0007
"""Seconds between two looks."""

# The first that has a frame on the stack is what the time was for; a part of a path, or of a
# path and the name of a function.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("counting for the limits", ("/portal/limits.py",)),
    (
        "SQL: the driver and the server",
        ("/pymysql/", "/psycopg/", "/psycopg_binary/", "default.py:do_execute"),
    ),
    ("SQL: SQLAlchemy around it", ("/sqlalchemy/", "/portal/readonly/")),
    ("rows into values", ("/portal/sei/queries/",)),
    ("rules and narration", ("/portal/sei/",)),
    ("sentences", ("/portal/web/sentences.py", "/portal/web/dates.py", "/portal/portuguese.py")),
    ("template", ("/templates/", "/jinja2/", "/markupsafe/", "<template>")),
    ("name of the page (ETag)", ("fragments.py:_tag", "fragments.py:_digest")),
    ("log and metrics", ("/portal/web/log.py", "/portal/web/metrics.py", "/structlog/")),
)
REST = "Flask, headers and what is left"


class Anatomy(msgspec.Struct, frozen=True):
    pages: int
    seconds: float
    looks: dict[str, int]


def show(place: Place, town: Town, path: str) -> None:
    """Measure in a process of its own, and print."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.anatomy", town.host, path],
        cwd=ROOT, env={**place.env, "PROMETHEUS_MULTIPROC_DIR": str(place.folder)},
        stdout=subprocess.PIPE, check=True, timeout=120,
    )  # fmt: skip
    found = msgspec.json.decode(done.stdout, type=Anatomy)
    whole = found.seconds / found.pages * 1000
    looks = sum(found.looks.values())
    report.show(
        f"Anatomy of the processo's page on {town.title}: {whole:.2f} ms without a server",
        ("part", "ms", "share"),
        [
            (part, whole * found.looks[part] / looks, f"{found.looks[part] / looks:.0%}")
            for part in (*(name for name, _ in PARTS), REST)
            if part in found.looks
        ],
    )


def dissect(app: Any, host: str, path: str) -> Anatomy:
    """Ask for the page again and again, and count what it is busy with at each look."""
    environ = EnvironBuilder(path, headers=[("Host", host)]).get_environ()
    looks: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        looks[_part(frame)] += 1

    for _ in range(50):
        _answer(app, environ)
    signal.signal(signal.SIGALRM, look)
    begun, pages = perf_counter(), 0
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    while perf_counter() - begun < SECONDS:
        _answer(app, environ)
        pages += 1
    signal.setitimer(signal.ITIMER_REAL, 0)
    return Anatomy(pages, perf_counter() - begun, dict(looks))


def _answer(app: Any, environ: dict[str, Any]) -> None:
    body = app(dict(environ), lambda *_: None)
    for _ in body:
        pass
    body.close()


def _part(frame: FrameType | None) -> str:
    stack = []
    while frame is not None:
        code = frame.f_code
        stack.append(f"{code.co_filename}:{code.co_name}")
        frame = frame.f_back
    for part, marks in PARTS:
        if any(mark in place for place in stack for mark in marks):
            return part
    return REST


def _main(host: str, path: str) -> None:
    from portal import create_app
    from portal.config import Config

    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        found = dissect(create_app(Config.from_env()), host, path)
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
