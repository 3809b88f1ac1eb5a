"""Which of the tables and columns we read a particular SEI has.

Versions 3.1 to 5.0 differ, modules add tables, and an operator may have granted less than
everything. The database is asked, once for each engine every few minutes; its version string is
never trusted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Engine, Select, Table, column, func, select, table, true
from sqlalchemy.sql.elements import ColumnElement

from portal.readonly import Kept
from portal.sei.tables import contato, metadata

LIFETIME = 300.0
"""Seconds until SEI is asked again: a module installed meanwhile may close what was open."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What is missing, as `table` or `table.column`; empty for a SEI 4.1 with every module."""

    missing: frozenset[str] = frozenset()
    cnpj_is_text: bool = False
    """Since SEI 5.0; the number it was before cannot be compared with a text."""

    def has(self, *things: Table | Column) -> bool:  # type: ignore[type-arg]  # any column type
        """Whether every one of these tables and columns is there to be read."""
        return all(_name(thing) not in self.missing for thing in things)


def _introspect(sei: Connection) -> Installation:
    wanted = list(metadata.tables)
    types = {
        (str(row[0]).lower(), str(row[1]).lower()): str(row[2]).lower()
        for row in sei.execute(_select_columns(sei.dialect.name, wanted))
    }
    found = types.keys()
    tables = {t for t, _ in found}
    missing = set()
    for name, definition in metadata.tables.items():
        if name not in tables:
            missing.add(name)
            missing.update(_name(c) for c in definition.c if "written" not in c.info)
        else:
            missing.update(
                _name(c)
                for c in definition.c
                if (name, c.name) not in found and "written" not in c.info
            )
    return Installation(
        frozenset(missing), "char" in types.get((contato.name, contato.c.cnpj.name), "")
    )


KEPT = Kept(_introspect, LIFETIME)


def _select_columns(dialect: str, tables: Iterable[str]) -> Select[str, str, str]:
    """The catalogue's (table, column, type) rows; each engine keeps them somewhere else.

    A catalogue shows only what the account may read, so a column that was not granted counts
    as absent, which is what we want.
    """
    if dialect == "sqlite":
        master = table("sqlite_master", column("name"))
        pragma = func.pragma_table_info(master.c.name).table_valued("name", "type").alias("info")
        return (
            select(master.c.name, pragma.c.name, pragma.c.type)
            .select_from(master.join(pragma, true()))
            .where(master.c.name.in_(tables))
        )
    if dialect == "oracle":
        catalogue = table(
            "all_tab_columns", column("table_name"), column("column_name"), column("data_type")
        )
        return select(catalogue.c.table_name, catalogue.c.column_name, catalogue.c.data_type).where(
            catalogue.c.table_name.in_([name.upper() for name in tables])
        )
    catalogue = table(
        "columns",
        column("table_schema"),
        column("table_name"),
        column("column_name"),
        column("data_type"),
        schema="information_schema",
    )
    here: dict[str, ColumnElement[str]] = {
        "postgresql": func.current_schema(),
        "mssql": func.schema_name(),
    }
    return select(catalogue.c.table_name, catalogue.c.column_name, catalogue.c.data_type).where(
        catalogue.c.table_schema == here.get(dialect, func.database()),
        catalogue.c.table_name.in_(tables),
    )


def _name(thing: Table | Column) -> str:  # type: ignore[type-arg]  # any column type
    return thing.name if isinstance(thing, Table) else f"{thing.table.name}.{thing.name}"


def installation_of(sei: Connection, kept: Kept[Installation] = KEPT) -> Installation:
    """What this connection's engine can read; one SELECT now and then.

    Raises `Unavailable` when another thread has been asking for too long.
    """
    return kept.get(sei)


def forget(engine: Engine) -> None:
    """Look again at the next use, for a SEI that is known to have changed."""
    KEPT.forget(engine)
