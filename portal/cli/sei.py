"""`flask sei check`: what an operator runs before anything else, and when something is odd."""

from collections import Counter
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from portal.cli.findings import end_with, print_findings
from portal.cli.tenants import list_chosen
from portal.sei.checkup import Level, check, list_grants

sei = AppGroup("sei", help="O banco de dados do SEI de cada tenant.")


@sei.command("check")
@click.option("--tenant", "slug", help="Só este tenant, pelo nome de sua tabela em tenants.toml.")
def check_sei(slug: str | None) -> None:
    """Examina o SEI de cada tenant, sem gravar nada, e diz o que fazer.

    Termina com 0 se não houve nenhuma falha e com 1 se houve.
    """
    tally: Counter[Level] = Counter()
    for tenant in list_chosen(slug):
        click.secho(f"{tenant.nome} ({tenant.slug})", bold=True)
        tally += print_findings(check(tenant, lambda: datetime.now(UTC)))
    end_with(tally)


@sei.command("grants")
@click.argument("conta")
def print_grants(conta: str) -> None:
    """Escreve os GRANTs de que a conta de leitura precisa, sem consultar o banco.

    CONTA é como o banco a escreve: 'portal'@'10.0.0.5' no MariaDB e no MySQL, portal no
    PostgreSQL.
    """
    for grant in list_grants(conta):
        click.echo(grant)
