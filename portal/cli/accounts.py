"""`flask accounts`: what is kept of people who sign in, forgotten in time and sealed anew."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b

import click
from flask.cli import AppGroup
from sqlalchemy import select

from portal import audit
from portal.accounts import service
from portal.accounts.personal_data import forget_unused
from portal.audit import AuditEntry
from portal.cli.transactions import transaction
from portal.keyring import Unreadable
from portal.protocolo import drafts, outbox, submissions
from portal.tenancy import Tenant
from portal.web.signin import keyring
from portal.web.tenant import all_tenants


def digest_of(tenant: Tenant) -> str:
    """Of all that `tenants.toml` says of it but the secrets."""
    return blake2b(repr(tenant).encode(), digest_size=16).hexdigest()


accounts = AppGroup("accounts", help="O que o portal guarda de quem entra com gov.br.")


@accounts.command("forget")
def forget() -> None:
    """Apaga sessões e tentativas que terminaram, pedidos que ninguém enviou em 30 dias, contas sem
    uso há um ano e a auditoria de mais de cinco anos.

    Anota também se tenants.toml mudou. Rode uma vez por dia.
    """
    now = datetime.now(UTC)
    with transaction() as session:
        ended, entries = service.forget(session, keyring(), now), audit.forget(session, now)
        expired = drafts.forget(session, now)
        outbox.forget(session, now)
        unused = forget_unused(session, keyring(), now)
        for tenant in all_tenants():
            audit.note_configuration(session, keyring(), tenant.slug, digest_of(tenant), now)
    click.echo(
        f"{ended} sessões e tentativas apagadas, {expired} pedidos não enviados apagados,"
        f" {unused} contas sem uso apagadas,"
        f" {entries} linhas da auditoria apagadas"
    )


@accounts.command("reseal")
def reseal() -> None:
    """Cifra com a chave em uso o que foi cifrado com uma chave antiga.

    Depois disso, a chave antiga pode sair de PORTAL_SECRET_KEY. Os arquivos de pedidos não são
    cifrados de novo: onde se fazem pedidos, espere 60 dias, até `pedidos atencao` não listar nada.
    """
    try:
        with transaction() as session:
            changed = sum(
                kept.reseal(session, keyring()) for kept in (service, audit, drafts, submissions)
            )
    except Unreadable as error:
        raise click.ClickException(
            f"falta a chave com que isto foi cifrado ({error}); nada foi mudado"
        ) from error
    click.echo(f"{changed} linhas cifradas com a chave em uso")


@accounts.command("audit")
@click.option("--dias", "days", type=click.IntRange(1, 1827), default=7, show_default=True)
def show_audit(days: int) -> None:
    """Mostra quem entrou, o que foi recusado e de que endereço, do mais novo ao mais antigo."""
    zones = {tenant.slug: tenant.fuso for tenant in all_tenants()}
    since = datetime.now(UTC) - timedelta(days=days)
    with transaction() as session:
        query = (
            select(AuditEntry)
            .where(AuditEntry.at > since)
            .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        )
        for entry in session.scalars(query).yield_per(500):
            at = entry.at.astimezone(zones.get(entry.tenant, UTC))
            click.echo(
                f"{at:%d/%m/%Y %H:%M:%S} {entry.tenant} {entry.event} {entry.detail or '-'}"
                f" conta={entry.account or '-'} ip={audit.address_of(keyring(), entry)}"
            )
