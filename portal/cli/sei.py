"""`flask sei check`: what an operator runs before anything else, and when something is odd."""

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from portal.errors import NotFound
from portal.sei.checkup import Level, check
from portal.tenancy import Tenant, Tenants
from portal.web.tenant import all_tenants

COLOURS = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "red"}
SUBJECT_WIDTH = 33

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
            level = click.style(f"{finding.level.value:5}", fg=COLOURS[finding.level])
            click.echo(f"  {level}  {finding.subject:{SUBJECT_WIDTH}} {finding.text}")
    click.echo(", ".join(f"{count} {level.value}" for level, count in tally.items()))
    raise SystemExit(1 if tally[Level.FAIL] else 0)


def _chosen(tenants: Tenants, slug: str | None) -> list[Tenant]:
    if slug is None:
        return list(tenants)
    try:
        return [tenants.get(slug)]
    except NotFound:
        known = ", ".join(tenant.slug for tenant in tenants)
        raise click.BadParameter(f"não há esse tenant; há {known}", param_hint="--tenant") from None
