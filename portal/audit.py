"""What was done in somebody's name, and what was refused: who, when, from where.

Rows are added and, when the law no longer asks for them, deleted; nothing changes what one says.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base
from portal.keyring import Keyring, Unreadable

KEPT = timedelta(days=5 * 365 + 1)

IP_COLUMN = "audit_entry.ip"


class Event(StrEnum):
    """What happened."""

    LOGIN = "login"
    LOGIN_REFUSED = "login-refused"
    LEVEL_REFUSED = "level-refused"
    ACCESS_REFUSED = "access-refused"
    """What is another's, or a form that no page of ours made."""
    RESTRITO_READ = "restrito-read"
    """By an acesso externo of their own; which one."""
    REPRESENTATION = "representation"
    SESSION_ENDED = "session-ended"
    DELIVERY = "delivery"
    """What somebody at the prefeitura decided of a submission that did not get to SEI by itself."""
    DATA_EXPORTED = "data-exported"
    UPLOAD_REFUSED = "upload-refused"
    SUBMITTED = "submitted"
    """A petition, received."""
    RECEIPT_ISSUED = "receipt-issued"
    CONFIGURATION = "configuration"
    """What `tenants.toml` says of the tenant is another than before. Nobody's in particular."""
    ACCOUNT_DELETED = "account-deleted"


class AuditEntry(Base):
    """One thing that happened. No foreign key: it outlives the account."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "tenant", "at"), Index(None, "tenant", "account", "at"))

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    tenant: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    event: Mapped[str] = mapped_column(String(40))
    account: Mapped[uuid.UUID | None]
    """None where nobody was signed in."""
    ip: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed: an address is of use only beside the key."""
    detail: Mapped[str] = mapped_column(String(100))
    """A word or two of ours, such as a level or a processo's number; never what somebody typed."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry as the person whom it is about may read it."""

    at: datetime
    event: Event
    detail: str
    address: str
    """Of the internet; `?` when its key is gone."""


def record(
    session: Session,
    keyring: Keyring,
    tenant: str,
    event: Event,
    *,
    account: uuid.UUID | None,
    ip: str,
    now: datetime,
    detail: str = "",
) -> None:
    """Add what happened to the transaction in which it did."""
    session.add(
        AuditEntry(
            tenant=tenant,
            at=now,
            event=event.value,
            account=account,
            ip=keyring.seal(tenant, IP_COLUMN, ip),
            detail=detail,
        )
    )


def note_configuration(
    session: Session, keyring: Keyring, tenant: str, digest: str, now: datetime
) -> bool:
    """That the tenant's configuration, of which this is a digest, has changed since it was last
    looked at; whether it had."""
    last = session.scalars(
        select(AuditEntry.detail)
        .where(AuditEntry.tenant == tenant, AuditEntry.event == Event.CONFIGURATION.value)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    ).one_or_none()
    if last == digest:
        return False
    record(
        session, keyring, tenant, Event.CONFIGURATION, account=None, ip="", now=now, detail=digest
    )
    return True


def address_of(keyring: Keyring, entry: AuditEntry) -> str:
    """Where it came from; `?` when its key is gone."""
    try:
        return keyring.unseal(entry.tenant, IP_COLUMN, entry.ip)
    except Unreadable:
        return "?"


def list_happenings(
    session: Session, keyring: Keyring, tenant: str, account: uuid.UUID, most: int
) -> tuple[list[Happening], bool]:
    """What was done in this person's name, newest first; and whether there is more than `most`."""
    rows = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.tenant == tenant, AuditEntry.account == account)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(most + 1)
    ).all()
    found = [Happening(r.at, Event(r.event), r.detail, address_of(keyring, r)) for r in rows[:most]]
    return found, len(rows) > most


def reseal(session: Session, keyring: Keyring) -> int:
    """Seal with the key in use whatever an older one has sealed; how many rows had to be. What
    is said does not change. Raises Unreadable."""
    changed = 0
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)).yield_per(500):
        if not keyring.is_current(entry.ip):
            address = keyring.unseal(entry.tenant, IP_COLUMN, entry.ip)
            entry.ip = keyring.seal(entry.tenant, IP_COLUMN, address)
            changed += 1
    return changed


def forget(session: Session, now: datetime) -> int:
    """Delete what nobody may ask for any more; how many there were."""
    old = session.execute(
        delete(AuditEntry).where(AuditEntry.at < now - KEPT).returning(AuditEntry.id)
    )
    return len(old.all())
