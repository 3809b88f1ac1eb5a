"""`flask indisponibilidades`: when the portal was away, declared by hand beside what it notes by
itself."""

from datetime import UTC, datetime
from uuid import UUID

import click
from flask.cli import AppGroup

from portal.cli.tenants import get_chosen
from portal.cli.transactions import transaction
from portal.errors import NotFound, Refused
from portal.prazos import unavailability

indisponibilidades = AppGroup(
    "indisponibilidades", help="Quando o portal ficou fora do ar, para a contagem dos prazos."
)
tenant_option = click.option(
    "--tenant", "slug", help="O nome da tabela em tenants.toml. Com um tenant só, não precisa."
)
MOMENT = click.DateTime(["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"])
SHOWN = 50


@indisponibilidades.command("listar")
@tenant_option
def show(slug: str | None) -> None:
    """Mostra as 50 últimas, da mais nova à mais antiga."""
    tenant = get_chosen(slug)
    with transaction() as session:
        for row in unavailability.list_unavailabilities(session, tenant.slug, SHOWN):
            start, end = (t.astimezone(tenant.fuso) for t in (row.started, row.ended))
            click.echo(
                f"{row.id} {start:%d/%m/%Y %H:%M:%S} a {end:%d/%m/%Y %H:%M:%S}"
                f" {row.source.value} {row.reason}"
            )


@indisponibilidades.command("registrar")
@click.argument("inicio", type=MOMENT)
@click.argument("fim", type=MOMENT)
@click.argument("motivo")
@tenant_option
def declare(inicio: datetime, fim: datetime, motivo: str, slug: str | None) -> None:
    """Registra que o portal ficou fora de INICIO a FIM (dd/mm/aaaa hh:mm, hora do município).

    O MOTIVO aparece na página pública. Os prazos que terminavam nesse tempo passam para o dia
    útil seguinte ao FIM.
    """
    tenant = get_chosen(slug)
    try:
        with transaction() as session:
            row = unavailability.declare(
                session, tenant.slug, inicio.replace(tzinfo=tenant.fuso),
                fim.replace(tzinfo=tenant.fuso), motivo, datetime.now(UTC),
            )  # fmt: skip
            click.echo(f"registrada: {row.id}")
    except Refused as error:
        raise click.ClickException(
            "o fim precisa vir depois do início, e já ter passado"
        ) from error


@indisponibilidades.command("desfazer")
@click.argument("identificador", type=click.UUID)
@tenant_option
def withdraw(identificador: UUID, slug: str | None) -> None:
    """Apaga uma que foi registrada por engano. O que o portal mediu não se apaga."""
    try:
        with transaction() as session:
            unavailability.withdraw(session, get_chosen(slug).slug, identificador)
    except NotFound as error:
        raise click.ClickException("não há registro feito à mão com esse identificador") from error
    click.echo("apagada")
