"""What may be sent: a SELECT that was built as one, and the server's plan for it."""

from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import GenerativeSelect, SelectBase


class WriteRefused(Exception):
    """Something tried to send anything but a SELECT: a mistake in the portal, never a state."""


class Explain(Executable, ClauseElement):
    """The server's plan for a SELECT, which it does not run. Parameters go in with
    `statement.params(…)`. Not for SQL Server and Oracle, where a plan takes a session setting or a
    table to write to."""

    inherit_cache = False

    def __init__(self, statement: SelectBase) -> None:
        self.statement = statement


@compiles(Explain)
def _explain(element: Explain, compiler: SQLCompiler, **kw: Any) -> str:
    return f"EXPLAIN {_whole_text(element, compiler)}"


@compiles(Explain, "sqlite")
def _explain_sqlite(element: Explain, compiler: SQLCompiler, **kw: Any) -> str:
    return f"EXPLAIN QUERY PLAN {_whole_text(element, compiler)}"


def _whole_text(element: Explain, compiler: SQLCompiler) -> str:
    """Compiled apart: inside, the plan's columns would be taken for those of the SELECT."""
    return str(
        element.statement.compile(dialect=compiler.dialect, compile_kwargs={"literal_binds": True})
    )


def refuse_writes(
    connection: Connection,
    cursor: object,
    sql: str,
    parameters: object,
    context: ExecutionContext | None,
    executemany: bool,
) -> None:
    """Let pass what was built as a SELECT; a string, whatever it says, is not one."""
    compiled = context.compiled if context is not None else None
    if isinstance(compiled, SQLCompiler):
        statement = compiled.statement
        if isinstance(statement, Explain):
            return
        if isinstance(statement, SelectBase):
            locks = (
                isinstance(statement, GenerativeSelect) and statement._for_update_arg is not None
            )
            writes = any(isinstance(cte.element, UpdateBase) for cte in compiled.ctes or ())
            if not locks and not writes:
                return
    if connection.get_execution_options().get("introspection") and sql.lstrip().upper().startswith(
        ("SELECT", "WITH", "SHOW", "DESCRIBE", "PRAGMA")
    ):
        return
    raise WriteRefused(f"only a SELECT may be sent to this database, not: {sql[:80]}")
