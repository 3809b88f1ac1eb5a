"""A SEI 4.1 made into another version, as far as our queries can tell."""

from sqlalchemy import Connection, inspect, text

from portal.sei.tables import metadata
from tests.integration.engines import Version


def change_version(connection: Connection, version: Version) -> None:
    """4.1 itself is left as it is."""
    if version == "5.0":
        _upgrade_to_5(connection)
        return
    gone = {since for since in ("4.0", "4.1") if since > version}
    _drop_columns(connection, gone)
    if version == "3.1":
        _rename_number_indexes(connection)


def _drop_columns(connection: Connection, gone: set[str]) -> None:
    there = inspect(connection)
    for table in metadata.sorted_tables:
        if not there.has_table(table.name):
            continue
        if table.info.get("since") in gone:
            connection.execute(text(f"DROP TABLE {table.name}"))
            continue
        columns = {c["name"] for c in there.get_columns(table.name)}
        doomed = {c.name for c in table.c if c.info.get("since") in gone} & columns
        for index in there.get_indexes(table.name):
            # MySQL and PostgreSQL take a column's indexes along; SQLite wants them gone first.
            if doomed & set(index["column_names"]) and connection.dialect.name == "sqlite":
                connection.execute(text(f"DROP INDEX {index['name']}"))
        for column in sorted(doomed):
            connection.execute(text(f"ALTER TABLE {table.name} DROP COLUMN {column}"))


def _rename_number_indexes(connection: Connection) -> None:
    """Until 4.0 they were unique and called so; the demo has two numbers that could not be."""
    on_mysql = " ON protocolo" if connection.dialect.name in ("mysql", "mariadb") else ""
    for old, new, column in (
        ("i15_protocolo", "ak3_protocolo", "protocolo_formatado_pesquisa"),
        ("i16_protocolo", "ak4_protocolo", "protocolo_formatado_pesq_inv"),
    ):
        connection.execute(text(f"DROP INDEX {old}{on_mysql}"))
        connection.execute(text(f"CREATE INDEX {new} ON protocolo ({column})"))


def _upgrade_to_5(connection: Connection) -> None:
    """The changes of 5.0 that a query could stumble over, where the tables have them at all."""
    there = inspect(connection)
    columns = {
        name: {c["name"] for c in there.get_columns(name)} if there.has_table(name) else set()
        for name in ("contato", "procedimento", "usuario")
    }
    # SQLite has no types to change.
    if "cnpj" in columns["contato"] and connection.dialect.name != "sqlite":
        change = (
            "MODIFY cnpj char(14)"
            if connection.dialect.name in ("mysql", "mariadb")
            else "ALTER cnpj TYPE char(14) USING lpad(cnpj::text, 14, '0')"
        )
        connection.execute(text(f"ALTER TABLE contato {change}"))
    if "sta_ouvidoria" in columns["procedimento"]:
        connection.execute(text("ALTER TABLE procedimento DROP COLUMN sta_ouvidoria"))
    if columns["usuario"]:
        connection.execute(
            text("ALTER TABLE usuario ADD COLUMN sin_gov_br char(1) NOT NULL DEFAULT 'N'")
        )
    connection.execute(
        text(
            "CREATE TABLE solicitacao_ouvidoria (id_procedimento bigint PRIMARY KEY, "
            "id_documento bigint, sta_atendimento char(1) NOT NULL, sin_anonimo char(1) NOT NULL, "
            "sin_sigilo char(1) NOT NULL)"
        )
    )
