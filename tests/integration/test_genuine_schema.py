"""The table definitions against SEI's reference database, column by column, on both engines."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import URL, Column, Connection, Dialect, Index, Inspector, Table, inspect
from sqlalchemy.types import TypeEngine

from portal.sei.tables import metadata
from tests.integration.engines import writing
from tests.shared import need_shared

OURS = [table for table in metadata.sorted_tables if "module" not in table.info]
COLUMNS = [column for table in OURS for column in table.c]
INDEXES = sorted((i for table in OURS for i in table.indexes), key=lambda i: str(i.name))


@pytest.fixture(scope="module")
def genuine(genuine_url: URL) -> Iterator[Connection]:
    with writing(genuine_url) as connection:
        yield connection


@pytest.fixture(scope="module")
def catalogue(genuine: Connection) -> Inspector:
    return inspect(genuine)


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    file = need_shared("sei-schema-4.1.json")
    tables: dict[str, Any] = json.loads(file.read_text("utf-8"))["tables"]
    return tables


def spell(type_: TypeEngine[Any], dialect: Dialect) -> str:
    """The type as the engine writes it, without display widths and collations."""
    text = re.sub(r" (COLLATE|CHARACTER SET) \S+", "", type_.compile(dialect=dialect)).lower()
    text = re.sub(r"^(integer|bigint|int)\(\d+\)", r"\1", text)
    # MySQL makes of it the smallest text that holds so much, and calls it so from then on.
    text = text.replace("text(4294967295)", "longtext")
    return text.replace("integer", "int").replace(" without time zone", "")


def full_name(thing: Column[Any] | Index) -> str:
    return f"{thing.table.name}.{thing.name}" if thing.table is not None else str(thing.name)


@pytest.mark.parametrize("column", COLUMNS, ids=full_name)
def test_every_column_is_as_the_genuine_one(
    column: Column[Any], genuine: Connection, catalogue: Inspector
) -> None:
    there = {c["name"]: c for c in catalogue.get_columns(column.table.name)}
    assert column.name in there
    found = there[column.name]
    assert spell(column.type, genuine.dialect) == spell(found["type"], genuine.dialect)
    assert bool(column.nullable) == found["nullable"]


@pytest.mark.parametrize("table", OURS, ids=lambda table: table.name)
def test_every_primary_key_is_the_genuine_one(table: Table, catalogue: Inspector) -> None:
    key = catalogue.get_pk_constraint(table.name)["constrained_columns"]
    assert key == [column.name for column in table.primary_key]


@pytest.mark.parametrize("index", INDEXES, ids=full_name)
def test_every_index_is_a_genuine_one(
    index: Index, genuine: Connection, catalogue: Inspector
) -> None:
    """PostgreSQL's composite indexes have their columns in alphabetical order; MySQL's are ours."""
    assert index.table is not None
    there = {i["name"]: i for i in catalogue.get_indexes(index.table.name)}
    assert index.name in there
    columns = [column.name for column in index.columns]
    if genuine.dialect.name == "postgresql":
        columns.sort()
    assert there[str(index.name)]["column_names"] == columns
    assert bool(there[str(index.name)]["unique"]) == bool(index.unique)


@pytest.mark.parametrize("column", COLUMNS, ids=full_name)
def test_every_column_is_as_published_and_of_the_version_we_say(
    column: Column[Any], published: dict[str, Any]
) -> None:
    table = published[column.table.name]
    found = {c["name"]: c for c in table["columns"]}[column.name]
    since = {found["since"], table["since"]} - {"<=3.1"}
    ours = {column.info.get("since"), column.table.info.get("since")} - {None}
    assert ours == since
    assert bool(column.nullable) == found["nullable"]
    # 5.0 took some columns away; none of ours may be among them.
    assert found.get("in_5_0") is not False
