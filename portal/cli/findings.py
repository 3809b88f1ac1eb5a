"""What a check-up found, on a terminal."""

import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable

import click

from portal.sei.checkup import Finding, Level

COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}
NARROWEST, WIDEST = 40, 100
"""Columns of the terminal that are used."""
INDENT = 9
"""Where texts begin, after the level."""


def print_findings(findings: Iterable[Finding]) -> Counter[Level]:
    """Each as it is found; how many there were of each level."""
    tally: Counter[Level] = Counter()
    for finding in findings:
        tally[finding.level] += 1
        click.echo(_lay_out(finding))
    return tally


def end_with(tally: Counter[Level]) -> None:
    """The last line, and the end of the command: 1 when something failed."""
    click.echo(", ".join(f"{tally[level]} {_plural(level, tally[level])}" for level in Level))
    raise SystemExit(1 if tally[Level.FAIL] else 0)


def _plural(level: Level, count: int) -> str:
    return level.value if level is Level.OK or count == 1 else f"{level.value}s"


def _lay_out(finding: Finding) -> str:
    """The level, then the rest in as many lines as the terminal asks for."""
    columns = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
    lines = textwrap.wrap(
        f"{finding.subject}: {finding.text}",
        columns - INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    level = click.style(f"{finding.level.value:5}", fg=COLOURS[finding.level])
    return f"  {level}  " + f"\n{' ' * INDENT}".join(lines)
