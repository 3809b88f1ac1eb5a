"""When the portal was away: noted by the portal itself, or by hand, and told to everybody.

A machine that stands still cannot note that it does. So what is kept is the last moment at which
the portal was seen to answer. Once it answers again, the time since then was without it, if it was
seen not to answer meanwhile, or the machine has been started since: that nobody looked proves
nothing. Whoever calls commits.
"""

import uuid
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, Index, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.db import Base
from portal.errors import NotFound, Refused
from portal.prazos.deadlines import Away

LEAST = timedelta(minutes=3)
"""A shorter time is a restart, and kept nobody from anything."""


class Source(StrEnum):
    """Who says so."""

    MEASURED = "measured"
    """The portal, by its own health checks."""
    DECLARED = "declared"
    """The prefeitura, by hand."""


class Unavailability(Base):
    """A time without the portal, from the first moment to the one at which it was back."""

    __tablename__ = "unavailability"
    __table_args__ = (
        CheckConstraint("started < ended", name="order"),
        Index(None, "tenant", "started"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    started: Mapped[datetime]
    ended: Mapped[datetime]
    source: Mapped[Source] = mapped_column(
        Enum(
            Source, native_enum=False, create_constraint=True, length=20, name="source",
            values_callable=lambda those: [member.value for member in those],
        )
    )  # fmt: skip
    reason: Mapped[str] = mapped_column(String(200))
    """In words for everybody; the operator's own where it was declared."""


class LastSeen(Base):
    """The last moment at which a tenant's portal was seen to answer."""

    __tablename__ = "last_seen"

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


def note_answer(
    session: Session, tenant: str, now: datetime, *, failed: bool, booted: datetime
) -> Unavailability | None:
    """The portal answers at this moment: the time without it that this ends, if there was one.
    `failed` is whether it did not, when it was asked since the last time that it did; `booted` is
    when this machine was started."""
    last = session.get(LastSeen, tenant, with_for_update=True)
    if last is None:
        session.add(LastSeen(tenant=tenant, at=now))
        return None
    before, last.at = last.at, max(last.at, now)
    if now - before < LEAST or not (failed or booted > before):
        return None
    return _add(session, tenant, before, now, Source.MEASURED, "O portal não respondeu.")


def declare(
    session: Session, tenant: str, started: datetime, ended: datetime, reason: str, now: datetime
) -> Unavailability:
    """What no health check sees, such as a network that is down between here and everybody else.
    Raises Refused for a time that ends before it begins, or has not ended."""
    if not started < ended <= now:
        raise Refused("a time that does not end after it begins, or has not ended")
    return _add(session, tenant, started, ended, Source.DECLARED, reason[:200])


def withdraw(session: Session, tenant: str, id_: uuid.UUID) -> None:
    """One that was declared by mistake. Raises NotFound, also for what was measured."""
    gone = session.execute(
        delete(Unavailability)
        .where(
            Unavailability.id == id_,
            Unavailability.tenant == tenant,
            Unavailability.source == Source.DECLARED,
        )
        .returning(Unavailability.id)
    ).one_or_none()
    if gone is None:
        raise NotFound("nothing of the kind was declared")


def list_unavailabilities(session: Session, tenant: str, most: int) -> list[Unavailability]:
    """The newest first."""
    return list(
        session.scalars(
            select(Unavailability)
            .where(Unavailability.tenant == tenant)
            .order_by(Unavailability.started.desc(), Unavailability.id)
            .limit(most)
        )
    )


def get_unavailability(session: Session, tenant: str, id_: uuid.UUID) -> Unavailability:
    """Raises NotFound."""
    found = session.scalars(
        select(Unavailability).where(Unavailability.id == id_, Unavailability.tenant == tenant)
    ).one_or_none()
    if found is None:
        raise NotFound("no such time")
    return found


def list_absences(session: Session, tenant: str, since: datetime) -> list[Away]:
    """Those that may move a prazo that began then; the first one first."""
    rows = session.scalars(
        select(Unavailability)
        .where(Unavailability.tenant == tenant, Unavailability.ended > since)
        .order_by(Unavailability.started, Unavailability.id)
    )
    return [Away(row.started, row.ended) for row in rows]


def _add(
    session: Session, tenant: str, started: datetime, ended: datetime, source: Source, reason: str
) -> Unavailability:
    row = Unavailability(
        id=uuid.uuid4(), tenant=tenant, started=started.astimezone(UTC),
        ended=ended.astimezone(UTC), source=source, reason=reason,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row
