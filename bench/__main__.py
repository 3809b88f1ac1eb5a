"""`python -m bench`: all measures, or those that are named."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from time import perf_counter

from bench import report

MEASURES = ("weight", "speed", "growth", "search", "memory", "downloads", "start", "phone")
FULL = "up to a million protocolos and a hundred thousand pages, which takes hours"
KEEP = "keep the databases (portal_bench_… and instance/bench), and use those that were kept"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measures", nargs="*", choices=MEASURES, default=MEASURES)
    parser.add_argument("--full", action="store_true", help=FULL)
    parser.add_argument("--keep", action="store_true", help=KEEP)
    chosen = parser.parse_args()
    print(f"{datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for name in chosen.measures:
        begun = perf_counter()
        measure: Callable[[bool, bool], None] = import_module(f"bench.{name}").measure
        measure(chosen.full, chosen.keep)
        print(f"\n  ({name}: {perf_counter() - begun:.0f} s)", flush=True)
    if report.has_failed():
        sys.exit("Something that must never be so is: see FAILED above.")


if __name__ == "__main__":
    main()
