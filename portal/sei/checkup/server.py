"""The server and the SEI on it: versions, modules, charset, clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import perf_counter
from urllib.parse import unquote

from sqlalchemy import URL, Connection, Select, column, func, literal, select, table
from sqlalchemy.sql.elements import ColumnElement

from portal.sei.checkup.findings import Finding, fail, listing, ok, warn
from portal.sei.installation import Installation
from portal.sei.tables import atividade, infra_parametro, metadata
from portal.tenancy import Tenant

SLOW = 0.02
"""Seconds for one round trip. A page makes five or six."""
CLOCK_TOLERANCE = timedelta(minutes=1)
FUTURE_TOLERANCE = timedelta(minutes=10)

# What each module's installer leaves in infra_parametro (sei-pesquisa, sei-peticionamento,
# mod-sei-pen, mod-sei-protocolo-integrado, mod-wssei, mod-sei-estatisticas), and the tables of it
# that the portal obeys.
MODULES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Tramita GOV.BR (PEN)", ("VERSAO_MODULO_PEN", "PEN_VERSAO_MODULO_SEI"), ()),
    (
        "Peticionamento",
        ("VERSAO_MODULO_PETICIONAMENTO",),
        ("md_pet_int_protocolo", "md_pet_int_rel_dest", "md_pet_int_aceite"),
    ),
    ("Pesquisa Pública", ("VERSAO_MODULO_PESQUISA_PUBLICA",), ("md_pesq_parametro",)),
    ("Protocolo Integrado", ("PI_VERSAO",), ()),
    ("WSSEI", ("VERSAO_MODULO_WSSEI",), ()),
    ("Estatísticas", ("MD_ESTATISTICAS_VERSAO",), ()),
    ("Push", ("VERSAO_MODULO_PUSH",), ()),
)


def check_server(sei: Connection) -> Iterator[Finding]:
    """That it answers, what it is, and how far away it is."""
    sei.scalar(select(literal(1)))
    started = perf_counter()
    sei.scalar(select(literal(1)))
    trip = perf_counter() - started
    dialect = sei.dialect
    name = "mariadb" if getattr(dialect, "is_mariadb", False) else dialect.name
    version = ".".join(str(part) for part in dialect.server_version_info or ())
    yield ok("conexão", f"{name} {version} em {_address(sei.engine.url)}")
    text = f"ida e volta em {trip * 1000:.1f} ms"
    if trip > SLOW:
        yield warn("rede", f"{text}: cada página faz várias; aproxime o portal do banco do SEI")
    else:
        yield ok("rede", text)
    if name in ("mssql", "oracle"):
        yield warn("conexão", "este tipo de banco nunca foi testado com um servidor de verdade")


def _address(url: URL) -> str:
    """Where it is, without the password and without what the portal added to the address."""
    return unquote(url.set(query={}).render_as_string(hide_password=True))


def check_tables(sei: Connection, installation: Installation) -> Iterator[Finding]:
    """That it is a SEI we know, whole; a failure here means there is nothing more to check."""
    missing = sorted(installation.missing)
    needed = [name for name in missing if not _may_be_absent(name)]
    if needed:
        yield fail(
            "SEI",
            f"falta ler {listing(needed)}: confira se o banco é o do SEI e se a conta tem SELECT"
            " em todas as tabelas que o portal lê",
        )
        return
    version = sei.scalar(
        select(infra_parametro.c.valor).where(infra_parametro.c.nome == "SEI_VERSAO")
    )
    # A table that is absent brings its columns along; naming it once is enough.
    older = [n for n in missing if _since(n) and n.partition(".")[0] not in _tables_in(missing, n)]
    yield ok("SEI", f"versão {version or 'não informada'}")
    if older:
        yield ok("SEI", f"sem {listing(older)}, como um SEI anterior a {max(map(_since, older))}")
    if older and _at_least(version, max(map(_since, older))):
        yield warn("SEI", f"a versão {version} deveria ter {listing(older)}: a conta não pode ler?")


def _tables_in(missing: list[str], name: str) -> list[str]:
    return [other for other in missing if other != name and "." not in other]


def _may_be_absent(name: str) -> bool:
    info = metadata.tables[name.partition(".")[0]].info
    return "module" in info or bool(_since(name))


def _since(name: str) -> str:
    """The version that brought a table or column; empty when all have it."""
    table_name, _, column_name = name.partition(".")
    definition = metadata.tables[table_name]
    own = definition.c[column_name].info.get("since") if column_name else None
    return str(own or definition.info.get("since") or "")


def _at_least(version: str | None, since: str) -> bool:
    numbers = [int(part) for part in (version or "").split(".")[:2] if part.isdecimal()]
    return bool(numbers) and numbers >= [int(part) for part in since.split(".")]


def list_modules(sei: Connection, installation: Installation, _tenant: Tenant) -> Iterator[Finding]:
    """The modules whose installer ran here, and whether we can obey those that restrict."""
    keys = [key for _, names, _ in MODULES for key in names]
    p = infra_parametro.c
    rows = sei.execute(select(p.nome, p.valor).where(p.nome.in_(keys)).order_by(p.nome))
    versions = {row[0]: row[1] for row in rows}
    found = []
    for name, names, tables in MODULES:
        version = next((versions[key] for key in names if versions.get(key)), None)
        if version is None:
            continue
        found.append(f"{name} {version}")
        unread = [t for t in tables if not installation.has(metadata.tables[t])]
        if unread:
            yield fail(
                "módulos",
                f"{name} está instalado e a conta não lê {listing(unread)}: o portal não saberia"
                " o que o módulo esconde; dê SELECT nessas tabelas",
            )
    yield ok("módulos", listing(found) or "nenhum dos que o portal conhece")


def check_charset(
    sei: Connection, _installation: Installation, _tenant: Tenant
) -> Iterator[Finding]:
    """How the texts are stored, and how they reach us."""
    statement = _charset_statement(sei.dialect.name)
    if statement is None:
        yield ok("codificação", "a do próprio arquivo (UTF-8)")
        return
    row = sei.execute(statement).one()
    yield ok("codificação", listing(str(part) for part in row))


def _charset_statement(dialect: str) -> Select[*tuple[str, ...]] | None:
    match dialect:
        case "mysql" | "mariadb":
            columns = table(
                "columns",
                *map(column, ("table_schema", "table_name", "column_name", "collation_name")),
                schema="information_schema",
            )
            return select(columns.c.collation_name).where(
                columns.c.table_schema == func.database(),
                columns.c.table_name == "protocolo",
                columns.c.column_name == "protocolo_formatado",
            )
        case "postgresql":
            base = table("pg_database", *map(column, ("datname", "encoding", "datcollate")))
            return select(func.pg_encoding_to_char(base.c.encoding), base.c.datcollate).where(
                base.c.datname == func.current_database()
            )
        case _:
            return None


def check_clock(sei: Connection, tenant: Tenant, now: Callable[[], datetime]) -> Iterator[Finding]:
    """The server's clock against ours, and SEI's newest andamento against the tenant's zone."""
    before = now()
    said = sei.scalar(select(_utc_now(sei.dialect.name)))
    if isinstance(said, str):
        said = datetime.fromisoformat(said)
    if said is not None:
        if said.tzinfo is None:
            said = said.replace(tzinfo=UTC)
        # The question itself took a while; the middle of it is the fairest guess.
        apart = abs(said - (before + (now() - before) / 2))
        text = f"diferença de {apart.total_seconds():.0f} s entre o banco e o portal"
        if apart > CLOCK_TOLERANCE:
            yield warn("relógio", f"{text}: acerte os dois por NTP")
        else:
            yield ok("relógio", text)
    newest = sei.scalar(select(func.max(atividade.c.dth_abertura)))
    if newest is None:
        yield warn("relógio", "o SEI ainda não tem nenhum andamento")
        return
    newest = newest.replace(tzinfo=tenant.fuso)
    when = f"o andamento mais novo é de {newest:%d/%m/%Y %H:%M}"
    if newest > now() + FUTURE_TOLERANCE:
        yield warn("relógio", f"{when}, no futuro: confira o fuso {tenant.fuso.key} do tenant")
    else:
        yield ok("relógio", when)


def _utc_now(dialect: str) -> ColumnElement[datetime]:
    match dialect:
        case "mysql" | "mariadb":
            return func.utc_timestamp()
        case "mssql":
            return func.sysutcdatetime()
        case "oracle":
            return func.sys_extract_utc(func.systimestamp())
        case "sqlite":
            return func.datetime("now")
        case _:
            return func.now()
