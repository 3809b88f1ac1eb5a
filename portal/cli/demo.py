"""`flask demo`: an invented SEI to look at and to measure with, its web service, and a gov.br."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import URL, Connection, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from portal.demo.examples import find_examples, is_complete
from portal.demo.generator import GALLERY, NotEmpty, generate
from portal.demo.govbr.server import Simulator, client_for
from portal.demo.seiws import server as seiws
from portal.demo.seiws.control import Control
from portal.demo.seiws.installation import NEWEST, Installation
from portal.demo.seiws.service import Sei
from portal.sei.tables import metadata
from portal.seiws.values import Versao
from portal.web.tenant import all_tenants

ZONE = ZoneInfo("America/Sao_Paulo")
MOST = 1_000_000
SHOWN = {
    "publico": "um processo público",
    "restrito": "um processo restrito",
    "tramita": "um processo enviado a outro órgão",
    "gigante": "um processo com 5 000 andamentos",
}


class Address(click.ParamType[URL]):
    """A database URL that SQLAlchemy understands."""

    name = "url"

    def convert(
        self, value: str | URL, param: click.Parameter | None, ctx: click.Context | None
    ) -> URL:
        try:
            return make_url(value)
        except ArgumentError:
            self.fail("não é o endereço de um banco de dados", param, ctx)


class SeiVersion(click.ParamType[Versao]):
    """A version of SEI, as its own screen shows it."""

    name = "versao"

    def convert(
        self, value: str | Versao, param: click.Parameter | None, ctx: click.Context | None
    ) -> Versao:
        try:
            return value if isinstance(value, Versao) else Versao.parse(value)
        except ValueError:
            self.fail("não é uma versão do SEI a partir da 3.0", param, ctx)


@click.group(help="Dados de demonstração, de um município que não existe.")
def demo() -> None:
    """Everything here is invented."""


@demo.command("sei")
@click.option("--url", type=Address(), required=True, help="Banco vazio ou SEI sem processos.")
@click.option("--processos", type=click.IntRange(GALLERY, MOST), default=GALLERY, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="A mesma, os mesmos dados.")
@click.option(
    "--repositorio",
    type=click.Path(file_okay=False, path_type=Path),
    help="Pasta dos arquivos dos documentos externos. Sem ela, nenhum arquivo é gravado.",
)
@click.option(
    "--agora", "now", type=click.DateTime(), help="Hora local do SEI: nada vem depois dela."
)
@click.option("--gigante", "giant", is_flag=True, help="Inclui um processo com 5.000 andamentos.")
@click.option(
    "--modulos/--sem-modulos",
    "modules",
    default=True,
    help="Criar as tabelas de módulos que faltarem.",
)
@click.option(
    "--refazer", "rebuild", is_flag=True, help="Apaga antes a demonstração do arquivo SQLite."
)
def build_sei(
    url: URL, processos: int, seed: int, now: datetime | None, rebuild: bool, **more: Any
) -> None:
    """Cria um SEI de demonstração e mostra números para consultar.

    Se a demonstração já está no banco, só mostra os números.
    """
    _make_folder(url)
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if rebuild or _interrupted(connection):
                _erase(connection)
            if not _marks(connection):
                with click.progressbar(length=processos, label="Criando processos") as bar:
                    generate(
                        connection,
                        now=now or _now(),
                        processos=processos,
                        seed=seed,
                        progress=bar.update,
                        **more,
                    )
            _show(find_examples(connection))
    except NotEmpty as error:
        raise click.ClickException("Este banco já tem processos. Use um banco vazio.") from error
    except OperationalError as error:
        raise click.ClickException(f"O banco de dados recusou: {error.orig}") from error
    finally:
        engine.dispose()


@demo.command("govbr")
@with_appcontext
def serve_govbr() -> None:
    """Serve um gov.br de pessoas inventadas, neste computador, até Ctrl+C.

    Só para tenants cujo issuer é deste computador, o que exige PORTAL_ENV=demo.
    """
    entering = [tenant for tenant in all_tenants() if tenant.govbr is not None]
    if any(tenant.govbr and not tenant.govbr.local for tenant in entering):
        raise click.ClickException("há um tenant com um gov.br de verdade; nada foi iniciado")
    ports = {urlsplit(tenant.govbr.issuer).port for tenant in entering if tenant.govbr}
    if len(ports) != 1 or (port := ports.pop()) is None:
        raise click.ClickException("esperava tenants com um mesmo issuer, com porta")
    try:
        simulator = Simulator(port)
    except OSError as error:
        raise click.ClickException(f"porta {port}: {error.strerror}") from error
    for tenant in entering:
        simulator.register(client_for(tenant))
    with simulator, suppress(KeyboardInterrupt):
        simulator.serve_forever()


@demo.command("seiws")
@click.option("--url", type=Address(), required=True, help="Banco com a demonstração.")
@click.option(
    "--repositorio",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Pasta dos arquivos dos documentos externos.",
)
@click.option("--port", type=click.IntRange(1, 65_534), default=8003, show_default=True)
@click.option("--sigla", default="PORTAL", show_default=True, help="A do Sistema no SEI.")
@click.option("--chave", envvar="SEI_CHAVE", required=True, help="Ou a variável SEI_CHAVE.")
@click.option("--versao", type=SeiVersion(), default=NEWEST, show_default=True)
@with_appcontext
def serve_seiws(
    url: URL, repositorio: Path, port: int, sigla: str, chave: str, versao: Versao
) -> None:
    """Serve o web service do SEI de demonstração, neste computador, até Ctrl+C.

    Na porta seguinte há uma página que o faz falhar. Só com PORTAL_ENV=demo, e só num banco que
    `flask demo sei` criou.
    """
    if not current_app.jinja_env.globals["demo"]:
        raise click.ClickException("só com PORTAL_ENV=demo; nada foi iniciado")
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if not _marks(connection):
                raise click.ClickException("este banco não é da demonstração; nada foi iniciado")
        sei = Sei(engine, repositorio, Installation(chave, sigla, versao=versao))
        _serve(sei, port)
    except OSError as error:
        raise click.ClickException(f"porta {port} ou {port + 1}: {error.strerror}") from error
    finally:
        engine.dispose()


def _serve(sei: Sei, port: int) -> None:
    simulator = seiws.Simulator(sei, port)
    try:
        with Control(simulator, port + 1) as control, suppress(KeyboardInterrupt):
            control.serve_forever()
    finally:
        simulator.close()


def _show(numbers: Mapping[str, str]) -> None:
    click.echo("Números para consultar:")
    for name, what in SHOWN.items():
        if name in numbers:
            click.echo(f"  {numbers[name]}  {what}")


def _marks(connection: Connection) -> bool:
    """Whether an earlier run left its mark here."""
    return inspect(connection).has_table("infra_parametro") and bool(find_examples(connection))


def _interrupted(connection: Connection) -> bool:
    return _marks(connection) and not is_complete(connection)


def _now() -> datetime:
    return datetime.now(ZONE).replace(tzinfo=None, second=0, microsecond=0)


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _erase(connection: Connection) -> None:
    """Drop what an earlier run made. Of a server's database that could be somebody's SEI."""
    if connection.dialect.name != "sqlite":
        raise click.ClickException(
            "Só um arquivo SQLite é refeito. Num servidor, crie outro banco."
        )
    if _marks(connection):
        metadata.drop_all(connection)
        connection.commit()
