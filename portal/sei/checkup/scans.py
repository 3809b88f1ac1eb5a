"""Which tables a plan reads from one end to the other. One reading of plans, for the check-up and
for the tests."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Alias, Connection, Table
from sqlalchemy.sql import visitors

from portal.readonly import Explain
from portal.sei.queries.rows import CompoundQuestion, Question
from portal.sei.tables import metadata

Step = Mapping[str, Any]
"""One row of a plan, as the engine gives it."""

_SCAN = re.compile(r"Seq Scan on (\w+)(?: (\w+))?")
_INDEX = re.compile(r"Index (?:Only )?Scan (?:Backward )?using \w+ on (\w+)(?: (\w+))?")


def explain(sei: Connection, question: Question | CompoundQuestion) -> list[Step]:
    """The plan of a question that has its parameters. Nothing is run but EXPLAIN."""
    return [dict(step) for step in sei.execute(Explain(question)).mappings()]


def list_whole(
    dialect: str, question: Question | CompoundQuestion, plan: Iterable[Step]
) -> list[str]:
    """The tables of ours that some step of the plan reads whole, or the whole of an index of
    theirs, which is hardly less. In the plan's order; a table read whole twice comes twice."""
    names = _names(question)
    return [names[name] for name in _scanned(dialect, list(plan)) if name in names]


def _scanned(dialect: str, plan: list[Step]) -> Iterator[str]:
    match dialect:
        case "mysql" | "mariadb":
            yield from (str(s["table"]) for s in plan if s["type"] in ("ALL", "index"))
        case "postgresql":
            yield from _scanned_by_postgresql([str(s["QUERY PLAN"]) for s in plan])
        case _:
            scans = (re.match(r"SCAN (\w+)", str(s["detail"])) for s in plan)
            yield from (scan[1] for scan in scans if scan)


def _scanned_by_postgresql(lines: list[str]) -> Iterator[str]:
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        index = _INDEX.search(line)
        scan = _SCAN.search(line) or (index if "Index Cond" not in following else None)
        if scan:
            yield scan[2] or scan[1]


def _names(question: Question | CompoundQuestion) -> dict[str, str]:
    """Our tables by the name the statement gives them."""
    names = {name: name for name in metadata.tables}
    for element in visitors.iterate(question):
        if isinstance(element, Alias) and isinstance(element.element, Table):
            names[str(element.name)] = element.element.name
    return names
