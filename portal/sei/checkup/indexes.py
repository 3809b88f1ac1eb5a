"""Whether the indexes our queries lean on are there, under whatever name."""

from collections.abc import Iterator

from sqlalchemy import Connection, Index, Table

from portal.readonly import inspecting
from portal.sei.checkup.findings import Finding, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import metadata
from portal.tenancy import Tenant


def check_indexes(
    sei: Connection, installation: Installation, _tenant: Tenant
) -> Iterator[Finding]:
    """One finding for each index that is missing, or one that all are there.

    An index serves when it begins with our first column, or, since PostgreSQL's copies of SEI
    order composite indexes alphabetically, when it has exactly our columns.
    """
    checked = 0
    missing = []
    with inspecting(sei.engine) as inspector:
        for table in metadata.sorted_tables:
            if not installation.has(table):
                continue
            there = [
                [name for name in found["column_names"] if name]
                for found in inspector.get_indexes(table.name)
            ]
            there.append(inspector.get_pk_constraint(table.name)["constrained_columns"])
            there += [u["column_names"] for u in inspector.get_unique_constraints(table.name)]
            for index in _wanted(table, installation):
                checked += 1
                if not any(_serves(index, columns) for columns in there):
                    missing.append(f"{table.name} ({', '.join(c.name for c in index.columns)})")
    if missing:
        yield warn(
            "índices",
            f"faltam {listing(missing)}: o SEI os cria ao ser instalado; sem eles as páginas"
            " demoram",
        )
    else:
        yield ok("índices", f"os {checked} que o portal usa existem")


def _wanted(table: Table, installation: Installation) -> list[Index]:
    """Ours, without those of columns that this SEI lacks or that came with a later version."""
    return [
        index
        for index in sorted(table.indexes, key=lambda index: str(index.name))
        if all(installation.has(c) for c in index.columns) and "since" not in index.info
    ]


def _serves(index: Index, columns: list[str]) -> bool:
    ours = [column.name for column in index.columns]
    return columns[:1] == ours[:1] or set(columns) == set(ours)
