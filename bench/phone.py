"""A slow phone on a slow network, as Lighthouse imagines them."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import report
from bench.page import find_forty
from bench.place import ROOT, install
from bench.town import SMALL, building

LIGHTHOUSE = ROOT / "tests" / "browser" / "node_modules" / ".bin" / "lighthouse"
ROUNDS = 3

# Nothing that would leave this machine: Chromium asks for updates and lists by itself.
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking"
)
AUDITS = {
    "largest-contentful-paint": ("largest paint, s", 1000.0, 1.3),
    "total-blocking-time": ("blocked, ms", 1.0, 0.0),
    "cumulative-layout-shift": ("layout shift", 1.0, 0.0),
}
"""What it is called here, what its value is divided by, and the most of it that is promised."""


def measure(full: bool, keep: bool) -> None:
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium")
    if chromium is None or not LIGHTHOUSE.exists():
        report.skipped("a slow phone", "It takes Chromium, npm and `make bench`")
        return
    with (
        building("sqlite", SMALL, keep) as town,
        TemporaryDirectory(prefix="portal-bench-") as folder,
    ):
        place = install(Path(folder), {town.slug: str(town.url)})
        with place.serving((town.host, "/")) as server:
            base = f"http://{town.host}:{server.port}"
            for name, path in (("home", "/"), ("processo", find_forty(server, town))):
                taken = [_audit(f"{base}{path}", chromium, Path(folder)) for _ in range(ROUNDS)]
                _show(name, taken)


def _audit(address: str, chromium: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report; its defaults are a slow phone with simulated throttling."""
    found = folder / "lighthouse.json"
    subprocess.run(
        [LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={found}",
         "--only-categories=performance,accessibility", f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": chromium}, cwd=folder, check=True, timeout=180,
    )  # fmt: skip
    audit: dict[str, Any] = json.loads(found.read_text("utf-8"))
    if "runtimeError" in audit:
        raise RuntimeError(audit["runtimeError"]["message"])
    return audit


def _show(name: str, taken: list[dict[str, Any]]) -> None:
    rows = []
    for category in ("performance", "accessibility"):
        score = median(report_["categories"][category]["score"] * 100 for report_ in taken)
        rows.append((category, score, report.at_least(score, 100)))
    for audit, (title, unit, most) in AUDITS.items():
        value = median(report_["audits"][audit]["numericValue"] / unit for report_ in taken)
        rows.append((title, value, report.at_most(value, most)))
    report.show(
        f"Phone: Lighthouse {taken[0]['lighthouseVersion']} on the page “{name}”",
        ("what", f"median of {len(taken)}", "target"),
        rows,
    )
