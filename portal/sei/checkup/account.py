"""Whether the account could write, read from the server's own catalogue and never tried."""

from collections.abc import Iterator

from sqlalchemy import Connection, Select, and_, column, func, literal, or_, select, table, union

from portal.sei.checkup.findings import Finding, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import metadata
from portal.tenancy import Tenant

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "TRIGGER")


def check_account(
    sei: Connection, installation: Installation, _tenant: Tenant
) -> Iterator[Finding]:
    """One finding: what it could write, or that it could not."""
    match sei.dialect.name:
        case "sqlite":
            yield ok("conta", "o arquivo é aberto só para leitura")
            return
        case "mysql" | "mariadb":
            could = _mysql_privileges(sei)
        case "postgresql":
            could = _postgres_privileges(sei, installation)
        case other:
            yield warn("conta", f"confira à mão que a conta só tem SELECT ({other})")
            return
    if could:
        yield warn(
            "conta",
            f"pode gravar ({listing(could)}): o portal nunca grava, mas crie uma conta que só"
            " tenha SELECT",
        )
    else:
        yield ok("conta", "só pode ler")


def _mysql_privileges(sei: Connection) -> list[str]:
    user, _, host = str(sei.scalar(select(func.current_user()))).rpartition("@")
    grantee = f"'{user}'@'{host}'"

    def granted(name: str, *more: str) -> Select[str]:
        source = table(
            name, column("grantee"), column("privilege_type"), *map(column, more),
            schema="information_schema",
        )  # fmt: skip
        statement = select(source.c.privilege_type).where(
            source.c.grantee == grantee, source.c.privilege_type.in_(WRITES)
        )
        if more:
            # A grant may name databases by a pattern, as `sei\\_%`.
            statement = statement.where(func.database().like(source.c.table_schema))
        return statement

    found = sei.scalars(
        union(
            granted("user_privileges"),
            granted("schema_privileges", "table_schema"),
            granted("table_privileges", "table_schema"),
        )
    )
    return sorted(str(privilege) for privilege in found)


def _postgres_privileges(sei: Connection, installation: Installation) -> list[str]:
    """`INSERT em protocolo` and the like; a superuser could do everything."""
    roles = table("pg_roles", column("rolname"), column("rolsuper"))
    if sei.scalar(select(roles.c.rolsuper).where(roles.c.rolname == func.current_user())):
        return ["tudo: é superusuário"]
    catalogue = table(
        "tables", column("table_schema"), column("table_name"), schema="information_schema"
    )
    here = catalogue.c.table_schema == func.current_schema()
    name = func.quote_ident(catalogue.c.table_schema).concat(
        literal(".").concat(func.quote_ident(catalogue.c.table_name))
    )
    writes = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
    may = [func.has_table_privilege(name, write).label(write) for write in writes]
    known = [t for t in metadata.tables if installation.has(metadata.tables[t])]
    rows = sei.execute(
        select(catalogue.c.table_name, *may)
        .where(and_(here, catalogue.c.table_name.in_(known)), or_(*may))
        .order_by(catalogue.c.table_name)
    ).mappings()
    return [f"{write} em {row['table_name']}" for row in rows for write in writes if row[write]]
