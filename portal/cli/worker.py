"""`flask worker`, which brings what people hand over to SEI, and `flask pedidos`, for what did not
get there by itself."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from threading import Event, Thread

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from portal.cli.transactions import transaction
from portal.db import db
from portal.errors import NotFound
from portal.prazos.watch import Watch, find_boot
from portal.protocolo import attention
from portal.protocolo.attention import InSei, NotWaiting, Paused, Waiting
from portal.protocolo.delivery import Worker
from portal.protocolo.routes import Routes
from portal.web.log import describe, logger
from portal.web.signin import keyring
from portal.web.tenant import Clock, all_tenants

IDLE = 2.0
"""Seconds between looks when nothing is due."""
AWAY = 15.0
"""Seconds until our own database is asked again after it did not answer."""

REASONS = {
    "refused": "o SEI recusou",
    "unconfirmed": "não se sabe se o SEI abriu o processo, e ele não foi achado",
    "not-found": "o SEI diz que tem os arquivos, mas o processo não foi achado",
    "sei-not-read": "não se sabe se o SEI abriu o processo, e o banco do SEI não respondeu",
    "not-allowed": "o SEI não permite ao portal abrir esse tipo de processo nessa unidade",
    "never-taken": "o SEI não recebe este pedido, embora receba outros",
    "no-route": "o município não tem a tabela protocolo em tenants.toml",
    "files-gone": "o SEI apaga os arquivos antes de abrir o processo",
    "error": "um erro do portal; o registro (log) tem o nome dele",
}
PAUSES = {"away": "o SEI não responde", "not-allowed": "o SEI não aceita o portal"}

pedidos = AppGroup("pedidos", help="Os pedidos que não chegaram sozinhos ao SEI.")
tenant_option = click.option(
    "--tenant", "slug", help="O nome da tabela em tenants.toml. Com um tenant só, não precisa."
)


@click.command("worker")
@click.option("--once", is_flag=True, help="Faz o que está na vez e termina.")
@with_appcontext
def worker(once: bool) -> None:
    """Leva ao SEI o que as pessoas enviaram, até receber SIGTERM.

    Um só basta. Para levar mais ao mesmo tempo, inicie outros, nesta máquina ou em outra.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    files = current_app.extensions["files"]
    if files is None:
        raise click.ClickException("nenhum município recebe pedidos: falta a tabela protocolo")
    one = Worker(sessionmaker(db.engine), keyring(), files, Routes(all_tenants()), _clock())
    if not once:
        Thread(target=make_watch().run, args=(stop,), daemon=True).start()
    work_until(one, stop, once=once)


def make_watch() -> Watch:
    """Of those where a prazo may end in the portal. Beside the work, which may take minutes."""
    addresses = {t.slug: f"{t.endereco}/saude" for t in all_tenants() if t.protocolo is not None}
    return Watch(addresses, sessionmaker(db.engine), _clock(), find_boot())


def work_until(one: Worker, stop: Event, *, once: bool) -> None:
    """One thing after the other; what has been begun is brought to its end. `once`: until nothing
    is due."""
    while not stop.is_set():
        try:
            done = one.work()
        except SQLAlchemyError as error:
            logger.error("worker", outcome="our database is away", **describe(error))
            if once:
                raise click.ClickException("o banco do portal não respondeu") from error
            stop.wait(AWAY)
            continue
        if done is not None:
            logger.info(
                "worker", tenant=done.tenant, task=done.task.value, subject=str(done.subject),
                outcome=done.outcome, **(describe(done.error) if done.error else {}),
            )  # fmt: skip
        elif once:
            return
        else:
            stop.wait(IDLE)


@pedidos.command("atencao")
def show_attention() -> None:
    """Lista os pedidos que esperam uma decisão, e por quê.

    Termina com 1 se há algum, ou se algum SEI não recebe.
    """
    with transaction() as session:
        paused, waiting = attention.list_paused(session), attention.list_waiting(session, keyring())
    for pause in paused:
        click.echo(_tell_pause(pause))
    for one in waiting:
        click.echo(_tell(one))
    if waiting:
        click.echo("Depois de olhar no SEI: flask pedidos reenviar NUMERO, ou concluir NUMERO.")
    if not paused and not waiting:
        click.echo("nenhum pedido espera decisão")
    raise SystemExit(1 if paused or waiting else 0)


@pedidos.command("reenviar")
@click.argument("numero")
@tenant_option
def send_again(numero: str, slug: str | None) -> None:
    """Manda de novo ao SEI o pedido NUMERO.

    Antes, procure no SEI pelo número, que está na especificação do processo: ele não pode estar lá.
    """
    with transaction() as session:
        _decide(
            lambda tenant: attention.send_again(session, keyring(), tenant, numero, _clock()()),
            slug,
        )
    click.echo(f"{numero}: o próximo flask worker manda de novo")


@pedidos.command("concluir")
@click.argument("numero")
@click.option("--processo", required=True, help="O número do processo, como está no SEI.")
@tenant_option
def mark_done(numero: str, processo: str, slug: str | None) -> None:
    """Diz que o pedido NUMERO já é um processo do SEI."""
    with transaction() as session:
        _decide(
            lambda tenant: attention.mark_done(
                session, keyring(), tenant, numero, processo.strip(), _clock()()
            ),
            slug,
        )
    click.echo(f"{numero}: concluído, processo {processo.strip()}")


def _clock() -> Callable[[], datetime]:
    """The application's, also for a thread that has no application at hand."""
    clock: Clock = current_app.extensions["clock"]
    return lambda: clock(UTC)


def _decide(decide: Callable[[str], None], slug: str | None) -> None:
    tenants = [tenant.slug for tenant in all_tenants()]
    if slug is None and len(tenants) > 1:
        raise click.UsageError(f"diga --tenant: {', '.join(tenants)}")
    try:
        decide(slug or tenants[0])
    except NotFound:
        raise click.ClickException("não há pedido com esse número") from None
    except NotWaiting:
        raise click.ClickException("esse pedido não espera decisão") from None
    except InSei:
        raise click.ClickException(
            "o SEI diz que já tem os arquivos desse pedido em um processo. Procure o processo e use"
            " concluir"
        ) from None


def _tell(one: Waiting) -> str:
    at = one.received_at.astimezone(_zone(one.tenant))
    why = REASONS.get(one.reason, one.reason)
    said = f": {one.message}" if one.message else ""
    return f"{one.tenant} {one.numero} recebido em {at:%d/%m/%Y %H:%M:%S}: {why}{said}"


def _tell_pause(pause: Paused) -> str:
    zone = _zone(pause.tenant)
    return (
        f"{pause.tenant}: {PAUSES[pause.reason]} desde"
        f" {pause.since.astimezone(zone):%d/%m/%Y %H:%M}; a próxima tentativa é às"
        f" {pause.until.astimezone(zone):%H:%M} ({pause.message})"
    )


def _zone(slug: str) -> tzinfo:
    return next((tenant.fuso for tenant in all_tenants() if tenant.slug == slug), UTC)
