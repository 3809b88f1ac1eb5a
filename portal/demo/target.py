"""The SEI database being filled: what its tables have, and what else they demand.

Rows are written through `portal.sei.tables`. A genuine SEI has columns those definitions do not
name: such a column is filled when a row carries it, or when the database insists on a value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    DateTime,
    Insert,
    Integer,
    Numeric,
    Table,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy import table as lightweight_table
from sqlalchemy.engine.interfaces import ReflectedColumn

from portal.sei import tables
from portal.sei.tables import metadata

# A row may only point at rows of the tables before its own.
ORDER = (
    tables.infra_parametro,
    tables.md_pesq_parametro,
    tables.orgao,
    tables.unidade,
    tables.unidade_historico,
    tables.tarefa,
    tables.tipo_procedimento,
    tables.tipo_conferencia,
    tables.serie,
    tables.hipotese_legal,
    tables.contato,
    tables.usuario,
    tables.protocolo,
    tables.procedimento,
    tables.documento,
    tables.documento_conteudo,
    tables.anexo,
    tables.participante,
    tables.rel_protocolo_protocolo,
    tables.atividade,
    tables.atributo_andamento,
    tables.assinatura,
    tables.acesso_externo,
    tables.rel_acesso_ext_protocolo,
    tables.md_pet_int_protocolo,
    tables.md_pet_int_rel_dest,
    tables.md_pet_int_aceite,
    tables.md_pet_int_tipo_intimacao,
    tables.md_pet_intimacao,
    tables.md_pet_int_prazo_tacita,
    tables.md_pet_int_rel_tpo_res_des,
    tables.md_pet_int_tipo_resp,
    tables.md_pet_int_rel_tipo_resp,
    tables.md_pet_rel_recibo_protoc,
    tables.md_pet_vinculo,
    tables.md_pet_vinculo_represent,
    tables.md_pet_rel_vincrep_protoc,
    tables.md_pet_adm_tipo_poder,
    tables.md_pet_rel_vincrep_tipo_poder,
)
A_DAY_LONG_AGO = datetime(2020, 1, 2)


class Row(dict[str, Any]):
    """One row on its way to the database, by column name."""

    __slots__ = ("written",)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.written = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What one table of this database takes."""

    columns: Mapping[str, ReflectedColumn]
    demanded: Mapping[str, Callable[[Mapping[str, Any]], Any]]
    """Columns that must have a value and that `tables` does not name."""


class Target:
    """One SEI database, empty or genuine. Nothing reaches it before `flush`; nothing commits."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.latin1 = connection.dialect.name != "sqlite"
        self._pending: dict[str, list[Row]] = defaultdict(list)
        self._changed: dict[str, list[tuple[Row, Mapping[str, Any]]]] = defaultdict(list)
        self._shapes: dict[str, Shape | None] = {}
        self._statements: dict[tuple[str, tuple[str, ...]], Insert] = {}
        self._ids: dict[str, int] = {}
        self._usuarios: list[int] | None = None

    def create_missing(self, *, modules: bool = True) -> None:
        """Create the tables that are not there yet; those of modules only when asked.

        A SEI that is there already keeps the tables of its version.
        """
        found = inspect(self.connection).has_table(tables.protocolo.name)
        wanted = [
            t for t in metadata.sorted_tables if (modules if "module" in t.info else not found)
        ]
        metadata.create_all(self.connection, tables=wanted)
        if self.connection.dialect.name == "postgresql" and not found:
            self._sort_indexes(wanted)
        self._shapes.clear()

    def _sort_indexes(self, created: Iterable[Table]) -> None:
        """Put the columns of each index in alphabetical order, as SEI has them on PostgreSQL."""
        for index in (index for table in created for index in table.indexes):
            if len(index.columns) > 1:
                kind = "UNIQUE INDEX" if index.unique else "INDEX"
                columns = ", ".join(sorted(column.name for column in index.columns))
                index.drop(self.connection)
                self.connection.execute(
                    text(f"CREATE {kind} {index.name} ON {index.table} ({columns})")
                )

    def has(self, table: Table) -> bool:
        """Whether this database has the table."""
        return self._shape(table) is not None

    def is_unique(self, table: Table, name: str) -> bool:
        """Whether this database refuses a second row with the same value in a column."""
        indexes = inspect(self.connection).get_indexes(table.name)
        return any(i["unique"] and i["column_names"] == [name] for i in indexes)

    def next_id(self, table: Table, many: int = 1) -> int:
        """The next free value of a key of one integer, the first of `many` that are taken."""
        if table.name not in self._ids:
            key = next(iter(table.primary_key))
            last = self.connection.scalar(select(func.max(key))) if self.has(table) else None
            self._ids[table.name] = (last or 0) + 1
        first = self._ids[table.name]
        self._ids[table.name] += many
        return first

    def usuario(self, place: int) -> int | None:
        """One of this database's users, a different one for each place while there are enough.

        None when it has no users, as the tables we create ourselves.
        """
        if self._usuarios is None:
            there = inspect(self.connection).has_table("usuario")
            self._usuarios = self._existing("usuario", "id_usuario") if there else []
        users = self._usuarios
        return users[place % len(users)] if users else None

    def add(self, table: Table, /, **values: Any) -> Row:
        """A row to be inserted at the next `flush`; it may still be changed freely until then."""
        row = Row(**values)
        self._pending[table.name].append(row)
        return row

    def change(self, table: Table, row: Row, /, **values: Any) -> None:
        """Change a row, written or not."""
        row.update(values)
        if row.written:
            self._changed[table.name].append((row, values))

    def remove(self, table: Table, row: Row) -> None:
        """Take a row back, written or not."""
        if row.written:
            statement = delete(table)
            for key in table.primary_key:
                statement = statement.where(key == row[key.name])
            self.connection.execute(statement)
        else:
            self._pending[table.name] = [r for r in self._pending[table.name] if r is not row]

    def take(self) -> dict[str, list[Row]]:
        """What is waiting, by table, without ever writing it."""
        taken = {name: rows for name, rows in self._pending.items() if rows}
        self._pending.clear()
        return taken

    def flush(self) -> None:
        """Write what is waiting, in an order that foreign keys accept."""
        for table in ORDER:
            rows = self._pending.pop(table.name, [])
            if rows:
                self.write(table, [self._fitting(row) for row in rows])
            for row in rows:
                row.written = True
        for table in ORDER:
            for row, values in self._changed.pop(table.name, []):
                self._update(table, row, values)

    def write(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows at once, as they are; a table this database lacks is left out."""
        shape = self._shape(table)
        if shape is None or not rows:
            return
        present = [name for name in self._named(rows) if name in shape.columns]
        for name, fill in shape.demanded.items():
            for row in rows:
                if name not in row:
                    row[name] = fill(row)
            if name not in present:
                present.append(name)
        wanted = frozenset(present)
        for row in rows:
            if not row.keys() >= wanted:
                row.update(dict.fromkeys(wanted - row.keys()))
        if self.connection.dialect.driver == "psycopg":
            self._copy(table, present, rows)
        else:
            self.connection.execute(self._insert(table, shape, tuple(present)), rows)

    def analyze(self) -> None:
        """Have the database count what it holds.

        Until it has, SQLite always and PostgreSQL for a minute or so choose indexes in the dark.
        """
        prepare = self.connection.dialect.identifier_preparer
        names = ", ".join(prepare.format_table(table) for table in ORDER if self.has(table))
        statement = {
            "sqlite": "ANALYZE",
            "postgresql": f"ANALYZE {names}",
            "mysql": f"ANALYZE TABLE {names}",
            "mariadb": f"ANALYZE TABLE {names}",
        }.get(self.connection.dialect.name)
        if statement is not None:
            self.connection.exec_driver_sql(statement)

    def _copy(self, table: Table, names: list[str], rows: list[dict[str, Any]]) -> None:
        """PostgreSQL's own way in, several times as fast as an INSERT for each row."""
        prepare = self.connection.dialect.identifier_preparer
        columns = ", ".join(prepare.quote(name) for name in names)
        into = f"COPY {prepare.format_table(table)} ({columns}) FROM STDIN"
        if not self.connection.in_transaction():
            # SQLAlchemy does not see what the driver is told directly, and would not commit it.
            self.connection.begin()
        driver: Any = self.connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])

    def _named(self, rows: Iterable[Mapping[str, Any]]) -> list[str]:
        """Every column that some row carries, in the order they first appear."""
        seen: dict[str, None] = {}
        last: object = None
        for row in rows:
            if row.keys() != last:
                last = row.keys()
                seen.update(dict.fromkeys(row))
        return list(seen)

    def _insert(self, table: Table, shape: Shape, names: tuple[str, ...]) -> Insert:
        known = self._statements.get((table.name, names))
        if known is None:
            columns = [
                column(n, table.c[n].type if n in table.c else shape.columns[n]["type"])
                for n in names
            ]
            known = insert(lightweight_table(table.name, *columns))
            self._statements[(table.name, names)] = known
        return known

    def _update(self, table: Table, row: Row, values: Mapping[str, Any]) -> None:
        shape = self._shape(table)
        present = {n: v for n, v in values.items() if shape and n in shape.columns}
        if present:
            there = lightweight_table(table.name, *(column(n) for n in present))
            statement = update(there).values(self._fitting(present))
            for key in table.primary_key:
                statement = statement.where(column(key.name) == row[key.name])
            self.connection.execute(statement)

    def _fitting(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A copy whose texts fit SEI's charset: what latin-1 lacks is left out."""
        if not self.latin1:
            return dict(row)
        return {
            name: value.encode("latin-1", "ignore").decode("latin-1")
            if isinstance(value, str)
            else value
            for name, value in row.items()
        }

    def _shape(self, table: Table) -> Shape | None:
        if table.name not in self._shapes:
            inspector = inspect(self.connection)
            found = inspector.has_table(table.name)
            self._shapes[table.name] = self._reflect(table) if found else None
        return self._shapes[table.name]

    def _reflect(self, table: Table) -> Shape:
        inspector = inspect(self.connection)
        columns = {c["name"]: c for c in inspector.get_columns(table.name)}
        unnamed = [
            c
            for name, c in columns.items()
            if name not in table.c and not c["nullable"] and c.get("default") is None
        ]
        if not unnamed:
            return Shape(columns, {})
        referred = {
            key["constrained_columns"][0]: (key["referred_table"], key["referred_columns"][0])
            for key in inspector.get_foreign_keys(table.name)
        }
        return Shape(columns, {c["name"]: self._filler(table, c, referred) for c in unnamed})

    def _filler(
        self, table: Table, demanded: ReflectedColumn, referred: Mapping[str, tuple[str, str]]
    ) -> Callable[[Mapping[str, Any]], Any]:
        """How to fill a column the database demands: its own key, an existing row, or neutral."""
        name = demanded["name"]
        own_key = next(iter(table.primary_key)).name
        if name.startswith(f"{own_key}_"):
            return lambda row: row[own_key]
        if name in referred:
            existing = cycle(self._existing(*referred[name]))
            return lambda row: next(existing)
        neutral = self._usual(table, demanded)
        return lambda row: neutral

    def _existing(self, table_name: str, key: str) -> list[Any]:
        """A few keys of a table that `tables` may not name; real users before SEI's own."""
        keys: ColumnClause[Any] = column(key)
        source = lightweight_table(table_name, keys)
        query = select(keys).select_from(source).order_by(keys.desc()).limit(20)
        return list(self.connection.scalars(query))

    def _usual(self, table: Table, demanded: ReflectedColumn) -> Any:
        """What the first row already there has; without one, a neutral value of the type."""
        wanted: ColumnClause[Any] = column(demanded["name"])
        source = lightweight_table(table.name, wanted)
        if not demanded["name"].startswith("sin_"):
            found = self.connection.scalar(select(wanted).select_from(source).limit(1))
            if found is not None:
                return found
        if isinstance(demanded["type"], DateTime):
            return A_DAY_LONG_AGO
        if isinstance(demanded["type"], Integer | Numeric):
            return 0
        return "N"
