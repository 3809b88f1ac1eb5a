"""Whether the account could write, read from the server's own catalogue and never tried."""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, column, func, literal, select, table
from sqlalchemy.exc import OperationalError

from portal.readonly import inspecting
from portal.sei.checkup.findings import Finding, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import metadata
from portal.tenancy import Tenant

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "TRIGGER")

# What SHOW GRANTS says, in MariaDB and in MySQL: roles without ON, privileges with it.
_ROLES = re.compile(r"GRANT ((?:`[^`]*`(?:@`[^`]*`)?,? ?)+) TO ")
_ROLE = re.compile(r"`[^`]*`(?:@`[^`]*`)?")
_GRANT = re.compile(r"GRANT (.+?) ON (\*|`[^`]*`)\.")


def check_account(
    sei: Connection, installation: Installation, _tenant: Tenant
) -> Iterator[Finding]:
    """One finding: what it could write, or that it could not."""
    unseen: list[str] = []
    match sei.dialect.name:
        case "sqlite":
            yield ok("conta", "o arquivo é aberto só para leitura")
            return
        case "mysql" | "mariadb":
            could, unseen = _mysql_privileges(sei)
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
    elif unseen:
        yield warn(
            "conta",
            f"pode assumir papéis que daqui não se veem ({listing(unseen)}): retire-os, ou confira"
            " com SHOW GRANTS que só têm SELECT",
        )
    else:
        yield ok("conta", "só pode ler")


def _mysql_privileges(sei: Connection) -> tuple[list[str], list[str]]:
    """What it was granted by itself and by its roles; and the roles that it may take and only then
    look into."""
    with inspecting(sei.engine) as inspector:
        server = inspector.bind
        assert isinstance(server, Connection)
        grants = _show_grants(server, "CURRENT_USER()")
        roles, known, unseen = _roles(grants), set[str](), list[str]()
        if roles and not sei.dialect.is_mariadb:  # type: ignore[attr-defined]  # MySQL's dialect
            # MySQL lays them all open in one answer, and lets few ask about each.
            grants += _show_grants(server, f"CURRENT_USER() USING {', '.join(roles)}")
            roles = []
        while roles:
            role = roles.pop()
            if role in known:
                continue
            known.add(role)
            try:
                found = _show_grants(server, role)
            except OperationalError as error:
                if error.connection_invalidated:
                    raise
                unseen.append(role)
                continue
            grants += found
            roles += _roles(found)
        database = str(sei.scalar(select(func.database())))
    could = {privilege for grant in grants for privilege in _writes(grant, database)}
    return sorted(could), sorted(unseen)


def _show_grants(server: Connection, account: str) -> list[str]:
    return list(server.exec_driver_sql(f"SHOW GRANTS FOR {account}").scalars())


def _roles(grants: Iterable[str]) -> list[str]:
    """Those that some GRANT gives, as the server writes them."""
    given = (_ROLES.match(grant) for grant in grants)
    return [role for match in given if match for role in _ROLE.findall(match[1])]


def _writes(grant: str, database: str) -> Iterator[str]:
    """The privileges in WRITES of one GRANT, when it is about this database or about all."""
    match = _GRANT.match(grant)
    if match is None:
        return
    privileges, schema = match[1], match[2].strip("`")
    # A grant may name databases by a pattern, as `sei\_%`; any `_` may stand for another here.
    pattern = re.escape(schema).replace(r"\\_", "_").replace("_", ".").replace("%", ".*")
    if schema != "*" and not re.fullmatch(pattern, database):
        return
    for privilege in re.sub(r"\([^)]*\)", "", privileges).split(","):
        if privilege.strip() in (*WRITES, "ALL PRIVILEGES"):
            yield privilege.strip()


def _postgres_privileges(sei: Connection, installation: Installation) -> list[str]:
    """`INSERT em protocolo` and the like, by itself or by a role it may take; of a column is
    enough. A superuser could do everything."""
    role = table("pg_roles", column("oid"), column("rolname"), column("rolsuper"))
    takes = func.pg_has_role(role.c.oid, "MEMBER")
    if sei.scalar(select(func.bool_or(role.c.rolsuper)).where(takes)):
        return ["tudo: é superusuário"]
    catalogue = table(
        "tables", column("table_schema"), column("table_name"), schema="information_schema"
    )
    here = catalogue.c.table_schema == func.current_schema()
    name = func.quote_ident(catalogue.c.table_schema).concat(
        literal(".").concat(func.quote_ident(catalogue.c.table_name))
    )
    asks = {
        "INSERT": func.has_any_column_privilege,
        "UPDATE": func.has_any_column_privilege,
        "DELETE": func.has_table_privilege,
        "TRUNCATE": func.has_table_privilege,
    }
    may = [func.bool_or(ask(role.c.oid, name, write)).label(write) for write, ask in asks.items()]
    known = [t for t in metadata.tables if installation.has(metadata.tables[t])]
    rows = sei.execute(
        select(catalogue.c.table_name, *may)
        .select_from(catalogue.join(role, takes))
        .where(here, catalogue.c.table_name.in_(known))
        .group_by(catalogue.c.table_name)
        .order_by(catalogue.c.table_name)
    ).mappings()
    return [f"{write} em {row['table_name']}" for row in rows for write in asks if row[write]]
