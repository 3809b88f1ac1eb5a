"""`flask sei check`: what an operator runs before anything else, and when something is odd."""

import shutil
import textwrap
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from portal.errors import NotFound
from portal.sei.checkup import Finding, Level, check, list_grants
from portal.tenancy import Tenant, Tenants
from portal.web.tenant import all_tenants

COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}
NARROWEST, WIDEST = 40, 100
"""Columns of the terminal that are used."""
INDENT = 9
"""Where texts begin, after the level."""

sei = AppGroup("sei", help="O banco de dados do SEI de cada tenant.")


@sei.command("check")
@click.option("--tenant", "slug", help="Só este tenant, pelo nome de sua tabela em tenants.toml.")
def check_sei(slug: str | None) -> None:
    """Examina o SEI de cada tenant, sem gravar nada, e diz o que fazer.

    Termina com 0 se não houve nenhuma falha e com 1 se houve.
    """
    tally = dict.fromkeys(Level, 0)
    for tenant in _chosen(all_tenants(), slug):
        click.secho(f"{tenant.nome} ({tenant.slug})", bold=True)
        for finding in check(tenant, lambda: datetime.now(UTC)):
            tally[finding.level] += 1
            click.echo(_lay_out(finding))
    click.echo(", ".join(f"{count} {_plural(level, count)}" for level, count in tally.items()))
    raise SystemExit(1 if tally[Level.FAIL] else 0)


@sei.command("grants")
@click.argument("conta")
def print_grants(conta: str) -> None:
    """Escreve os GRANTs de que a conta de leitura precisa, sem consultar o banco.

    CONTA é como o banco a escreve: 'portal'@'10.0.0.5' no MariaDB e no MySQL, portal no
    PostgreSQL.
    """
    for grant in list_grants(conta):
        click.echo(grant)


def _plural(level: Level, count: int) -> str:
    return level.value if level is Level.OK or count == 1 else f"{level.value}s"


def _lay_out(finding: Finding) -> str:
    """The level, then the rest in as many lines as the terminal asks for."""
    columns = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
    lines = textwrap.wrap(
        f"{finding.subject}: {finding.text}",
        columns - INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    level = click.style(f"{finding.level.value:5}", fg=COLOURS[finding.level])
    return f"  {level}  " + f"\n{' ' * INDENT}".join(lines)


def _chosen(tenants: Tenants, slug: str | None) -> list[Tenant]:
    if slug is None:
        return list(tenants)
    try:
        return [tenants.get(slug)]
    except NotFound:
        known = ", ".join(tenant.slug for tenant in tenants)
        raise click.BadParameter(f"não há esse tenant; há {known}", param_hint="--tenant") from None
