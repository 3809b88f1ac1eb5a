"""`flask servicos`: the Carta de Serviços, from a file into the portal and back."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.cli.findings import end_with, print_findings
from portal.cli.tenants import get_chosen, list_chosen
from portal.cli.transactions import transaction
from portal.errors import ConfigurationError, os_reason
from portal.protocolo.routes import access_of
from portal.sei.checkup import Finding, Level
from portal.sei.checkup.findings import warn
from portal.servicos.check import check_servicos
from portal.servicos.service import Replaced, list_servicos, replace_servicos
from portal.servicos.toml import read_servicos
from portal.servicos.values import Servico
from portal.servicos.writing import write_servicos
from portal.tenancy import Tenant

servicos = AppGroup("servicos", help="A Carta de Serviços de cada tenant.")
one_tenant = click.option(
    "--tenant", "slug", help="O nome da tabela em tenants.toml. Com um tenant só, não precisa."
)


@servicos.command("import")
@click.argument("arquivo", type=click.Path(path_type=Path))
@one_tenant
def import_servicos(arquivo: Path, slug: str | None) -> None:
    """Põe no ar os serviços de ARQUIVO, e nenhum outro.

    O que alguém já começou termina com a versão em que começou.
    """
    tenant, read = get_chosen(slug), _read(arquivo)
    with transaction() as session:
        replaced = replace_servicos(session, tenant.slug, read, datetime.now(UTC))
    click.echo(f"{tenant.nome}: {len(read)} {'serviço' if len(read) == 1 else 'serviços'} no ar")
    for line in _tell(replaced):
        click.echo(line)


@servicos.command("export")
@one_tenant
def export_servicos(slug: str | None) -> None:
    """Escreve os serviços que estão no ar, no formato que `import` lê."""
    with transaction() as session:
        offered = list_servicos(session, get_chosen(slug).slug)
    click.echo(write_servicos(p.servico for p in offered), nl=False)


@servicos.command("check")
@click.option("--tenant", "slug", help="Só este tenant, pelo nome de sua tabela em tenants.toml.")
def check_offered(slug: str | None) -> None:
    """Compara os serviços que estão no ar com as listas do SEI, sem gravar nada.

    Termina com 0 se não houve nenhuma falha e com 1 se houve.
    """
    tally: Counter[Level] = Counter()
    for tenant in list_chosen(slug):
        click.secho(f"{tenant.nome} ({tenant.slug})", bold=True)
        tally += print_findings(_check(tenant))
    end_with(tally)


def _check(tenant: Tenant) -> Iterator[Finding]:
    with transaction() as session:
        offered = list_servicos(session, tenant.slug)
    if not offered:
        yield warn("serviços", "nenhum no ar: comece com `servicos import`")
    elif tenant.protocolo is None:
        yield warn("serviços", "o portal não escreve neste SEI: falta [protocolo] em tenants.toml")
    else:
        from portal.seiws.client import SeiWs  # zeep, which no other command here needs

        it = tenant.protocolo
        sei = SeiWs(access_of(it))
        yield from check_servicos([published.servico for published in offered], sei)


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
