"""`flask servicos`: the Carta de Serviços, from a file into the portal and back."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.cli.transactions import transaction
from portal.errors import ConfigurationError, NotFound, os_reason
from portal.servicos.service import Replaced, list_servicos, replace_servicos
from portal.servicos.toml import read_servicos
from portal.servicos.values import Servico
from portal.servicos.writing import write_servicos
from portal.tenancy import Tenant
from portal.web.tenant import all_tenants

servicos = AppGroup("servicos", help="A Carta de Serviços de cada tenant.")
tenant_option = click.option(
    "--tenant", "slug", help="O nome da tabela em tenants.toml. Com um tenant só, não precisa."
)


@servicos.command("import")
@click.argument("arquivo", type=click.Path(path_type=Path))
@tenant_option
def import_servicos(arquivo: Path, slug: str | None) -> None:
    """Põe no ar os serviços de ARQUIVO, e nenhum outro.

    O que alguém já começou termina com a versão em que começou.
    """
    tenant, read = _chosen(slug), _read(arquivo)
    with transaction() as session:
        replaced = replace_servicos(session, tenant.slug, read, datetime.now(UTC))
    click.echo(f"{tenant.nome}: {len(read)} serviços no ar")
    for line in _tell(replaced):
        click.echo(line)


@servicos.command("export")
@tenant_option
def export_servicos(slug: str | None) -> None:
    """Escreve os serviços que estão no ar, no formato que `import` lê."""
    with transaction() as session:
        offered = list_servicos(session, _chosen(slug).slug)
    click.echo(write_servicos(p.servico for p in offered), nl=False)


def _read(path: Path) -> tuple[Servico, ...]:
    try:
        return read_servicos(path.name, path.read_text("utf-8-sig"))
    except OSError as error:
        raise click.ClickException(f"{path}: {os_reason(error)}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path.name}: o texto não está em UTF-8") from error
    except ConfigurationError as error:
        raise click.ClickException(str(error)) from error


def _tell(replaced: Replaced) -> list[str]:
    words = {
        "novos": replaced.new,
        "com versão nova": replaced.changed,
        "sem mudança": replaced.unchanged,
        "retirados": replaced.withdrawn,
    }
    return [f"  {len(s)} {what}: {', '.join(s)}" for what, s in words.items() if s]


def _chosen(slug: str | None) -> Tenant:
    tenants = all_tenants()
    if slug is None and len(tenants) == 1:
        return next(iter(tenants))
    try:
        return tenants.get(slug or "")
    except NotFound:
        known = ", ".join(tenant.slug for tenant in tenants)
        raise click.BadParameter(f"escolha um destes: {known}", param_hint="--tenant") from None
