"""SQL Server and Oracle without a server: what would be sent there, read word by word."""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import pytest
from sqlalchemy import Alias, Column, Dialect, Join, Select, Text
from sqlalchemy.dialects import mssql, mysql, oracle, postgresql, sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import iterate

from portal.sei import installation as installations
from portal.sei.installation import Installation
from portal.sei.tables import metadata
from tests.integration.sei.statements import (
    Question,
    Statement,
    Target,
    lacking,
    list_builders,
    list_questions,
    optional_things,
)

LONGEST_NAME = 30
"""Oracle's limit until 12.2, which SEI's own names keep to."""

# In the SQL standard, and on every engine with the same meaning.
PORTABLE_FUNCTIONS = {"cast", "coalesce", "count", "max", "min", "substring", "trim", "upper"}
# What looks like a call in `… IN (`, `JOIN (`, `VARCHAR(50)`.
NOT_FUNCTIONS = {
    "and", "as", "by", "char", "exists", "from", "in", "join", "not", "nvarchar", "on", "or",
    "over", "row_number", "select", "then", "top", "varchar", "varchar2", "when", "where",
}  # fmt: skip


def old_oracle() -> Dialect:
    """Oracle before 12c, which has no FETCH FIRST."""
    dialect = oracle.oracledb.dialect(enable_offset_fetch=False)
    dialect.server_version_info = (11, 2)
    return dialect


OURS: dict[str, Callable[[], Dialect]] = {
    "MariaDB": mysql.pymysql.dialect,
    "PostgreSQL": postgresql.psycopg.dialect,
    "SQLite": sqlite.pysqlite.dialect,
}
DIALECTS = OURS | {
    "SQL Server": mssql.pymssql.dialect,
    "Oracle": oracle.oracledb.dialect,
    "Oracle 11": old_oracle,
}
INSTALLATIONS = {
    "with everything": Installation(),
    "with nothing optional": lacking(*optional_things()),
    **{f"without {name}": lacking(name) for name in optional_things()},
}


@dataclass(frozen=True)
class Sent:
    """A statement as a driver would get it, lists of values written out."""

    name: str
    sql: str
    parameters: frozenset[str]

    @property
    def names(self) -> set[str]:
        """Of tables, columns, aliases, labels and bound parameters."""
        return (
            set(re.findall(r"[A-Za-z_]\w*", re.sub(r"N?'[^']*'", "", self.sql))) | self.parameters
        )


KNOWN: dict[Hashable, Question] = {}


@cache
def asked(installation: str) -> tuple[Question, ...]:
    """Every question to one installation. Most of them ask every installation the same, and are
    one object then, which is compiled and read once."""
    questions = list_questions(INSTALLATIONS[installation], Target())
    return tuple(KNOWN.setdefault(_words(question), question) for question in questions)


def _words(question: Question) -> Hashable:
    """Equal where SQLAlchemy itself would not compile anew, and the values written in are the same
    besides."""
    key = question.statement._generate_cache_key()
    assert key, question.name
    values = [bound.value for bound in key.bindparams]
    return question.name, key.key, repr((values, question.parameters))


@cache
def sent(installation: str, dialect: str) -> tuple[Sent, ...]:
    """Every statement for one installation on one engine."""
    return tuple(_send(question, dialect) for question in asked(installation))


@cache
def _send(question: Question, dialect: str) -> Sent:
    compiled = cast(SQLCompiler, question.statement.compile(dialect=_engine(dialect)))
    expanded = compiled.construct_expanded_state(question.parameters)
    return Sent(question.name, expanded.statement, frozenset(expanded.parameters))


@cache
def _engine(dialect: str) -> Dialect:
    return DIALECTS[dialect]()


@pytest.fixture(params=[name for name in DIALECTS if name not in OURS])
def dialect(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=["with everything", "with nothing optional"])
def extreme(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=INSTALLATIONS)
def installation(request: pytest.FixtureRequest) -> str:
    return request.param


def test_no_statement_is_forgotten() -> None:
    listed = {question.builder for question in list_questions(Installation(), Target())}
    forgotten = {builder.__name__ for builder in list_builders() - listed}
    assert not forgotten, "add these to tests/integration/sei/statements.py"


def test_no_name_is_longer_than_every_engine_takes(extreme: str, dialect: str) -> None:
    for question in sent(extreme, dialect):
        longest = max(question.names, key=len)
        assert len(longest) <= LONGEST_NAME, question.name


def test_no_name_is_quoted_or_in_capitals(extreme: str, dialect: str) -> None:
    """Unquoted lower case is any case on Oracle, and what SEI's names are elsewhere."""
    for question in sent(extreme, dialect):
        assert not re.findall(r'"[^"]*"|\[[^\]]*\]', question.sql), question.name
        labels = re.findall(r"\bAS (\w+)", re.sub(r"CAST\(.*?\)\)?", "", question.sql))
        assert [name for name in labels if name != name.lower()] == [], question.name


def test_what_only_some_engines_understand_is_not_sent(installation: str, dialect: str) -> None:
    for question in sent(installation, dialect):
        foreign = r"\b(LIMIT|ILIKE|REGEXP|DISTINCT|true|false)\b|::|\|\|"
        assert not re.search(foreign, question.sql, re.IGNORECASE), question.name


@pytest.mark.parametrize(
    ("dialect", "words"),
    [("SQL Server", r"\bTOP\b|ROW_NUMBER"), ("Oracle", "FETCH FIRST"), ("Oracle 11", "ROWNUM")],
)
def test_the_first_rows_are_asked_for_as_each_engine_does(
    installation: str, dialect: str, words: str
) -> None:
    asked = {q.name: bool(re.search(words, q.sql)) for q in sent(installation, dialect)}
    assert asked == {q.name: "LIMIT" in q.sql for q in sent(installation, "SQLite")}
    assert any(asked.values())


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_function_is_the_same_everywhere(dialect: str) -> None:
    for question in sent("with everything", dialect) + sent("with nothing optional", dialect):
        called = {word.lower() for word in re.findall(r"\b([A-Za-z_]\w*)\s*\(", question.sql)}
        assert called <= PORTABLE_FUNCTIONS | NOT_FUNCTIONS, question.name


def test_long_texts_are_only_read(installation: str) -> None:
    """Oracle's CLOB and SQL Server's `text` can be neither grouped, sorted nor compared."""
    clobs = {
        f"{c.table.name}.{c.name}"
        for t in metadata.sorted_tables
        for c in t.c
        if isinstance(c.type, Text)
    }
    assert "protocolo.descricao" in clobs
    for question in asked(installation):
        assert not _list_compared(question) & clobs, question.name


def test_what_only_the_demo_writes_is_never_read(installation: str) -> None:
    """An operator grants what the portal reads, and a column without a grant is an error."""
    written = {str(c) for t in metadata.sorted_tables for c in t.c if "written" in c.info}
    for question in asked(installation):
        read = _list_read(question)
        assert len(read) > 1
        assert not read & written, question.name


@pytest.mark.parametrize("name", ["mssql", "oracle", "postgresql", "mysql", "sqlite"])
def test_the_catalogue_is_asked_in_the_engines_own_way(name: str) -> None:
    makers = {
        "mssql": mssql.pymssql.dialect,
        "oracle": oracle.oracledb.dialect,
        "postgresql": postgresql.psycopg.dialect,
        "mysql": mysql.pymysql.dialect,
        "sqlite": sqlite.pysqlite.dialect,
    }
    statement = installations._select_columns(name, ["protocolo", "md_pesq_parametro"])
    compiled = cast(SQLCompiler, statement.compile(dialect=makers[name]()))
    sql = compiled.construct_expanded_state()
    expected = {
        "mssql": ("information_schema.columns", "schema_name()"),
        "oracle": ("all_tab_columns",),
        "postgresql": ("information_schema.columns", "current_schema()"),
        "mysql": ("information_schema.columns", "database()"),
        "sqlite": ("sqlite_master", "pragma_table_info"),
    }
    assert all(word in sql.statement for word in expected[name])
    # Oracle's catalogue has unquoted names in capitals.
    assert ("PROTOCOLO" if name == "oracle" else "protocolo") in sql.parameters.values()


def _compared(statement: Statement) -> Iterator[ClauseElement]:
    """Everything a statement filters, joins, groups or sorts by, those inside it included."""
    for element in iterate(statement):
        if isinstance(element, Select):
            yield from element._where_criteria
            yield from element._group_by_clauses
            yield from element._order_by_clauses
        if isinstance(element, Join) and element.onclause is not None:
            yield element.onclause


@cache
def _list_compared(question: Question) -> frozenset[str]:
    """Columns that it filters, joins, groups or sorts by, under the names of our tables."""
    return frozenset(
        _original(column) for clause in _compared(question.statement) for column in _columns(clause)
    )


@cache
def _list_read(question: Question) -> frozenset[str]:
    """Everything that it selects or compares, under the names of our tables."""
    selects = (part for part in iterate(question.statement) if isinstance(part, Select))
    selected = (column for part in selects for column in part.selected_columns)
    return _list_compared(question) | {
        _original(column) for clause in selected for column in _columns(clause)
    }


def _original(column: Column[Any]) -> str:
    table = column.table
    return f"{table.element.name if isinstance(table, Alias) else table.name}.{column.name}"


def _columns(clause: ClauseElement) -> Iterator[Column[Any]]:
    for element in iterate(clause):
        if isinstance(element, Column):
            yield element
