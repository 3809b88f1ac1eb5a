"""What waits for somebody at the prefeitura, and what they may decide. Whoever calls commits."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.audit import Event
from portal.errors import NotFound, Refused
from portal.keyring import Keyring
from portal.protocolo import outbox, submissions
from portal.protocolo.models import MESSAGE, Outbox, Pause, Progress, Submission, Task
from portal.protocolo.numbers import find_number
from portal.protocolo.values import SubmissionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submission that no worker takes any more."""

    tenant: str
    numero: str
    received_at: datetime
    state: SubmissionState
    reason: str
    """`refused`, `unconfirmed`, `not-found`, `sei-not-read`, `not-allowed`,
    `never-taken`, `no-route`, `files-gone` or `error`."""
    message: str | None = field(repr=False)
    """What SEI refused it with."""


@dataclass(frozen=True, slots=True)
class Paused:
    """A tenant whose SEI takes nothing at present."""

    tenant: str
    reason: str
    """`away` or `not-allowed`."""
    message: str
    since: datetime
    until: datetime
    """When it is asked again."""


class NotWaiting(Refused):
    """A worker has it, or it is in SEI: there is nothing to decide."""


class InSei(Refused):
    """SEI has said that the files are in a processo: sending again is out of the question."""


def list_waiting(session: Session, keyring: Keyring) -> list[Waiting]:
    """Of all tenants, the first received first."""
    rows = session.execute(
        select(Submission, Outbox.reason)
        .join(Outbox, _is_of)
        .where(Outbox.progress == Progress.ATTENTION)
        .order_by(Submission.tenant, Submission.received_at, Submission.numero)
    )
    return [
        Waiting(
            row.tenant,
            row.numero,
            row.received_at,
            row.state,
            reason or "",
            None if row.message is None else keyring.unseal(row.tenant, MESSAGE, row.message),
        )
        for row, reason in rows
    ]


def list_paused(session: Session) -> list[Paused]:
    rows = session.scalars(select(Pause).order_by(Pause.tenant))
    return [Paused(p.tenant, p.reason, p.message, p.since, p.until) for p in rows]


def send_again(session: Session, keyring: Keyring, tenant: str, numero: str, now: datetime) -> None:
    """Somebody has looked, and it is not in SEI, or what it was refused for has been mended. SEI
    still refuses files that it has in a processo. Raises NotFound, NotWaiting, InSei."""
    row = _lock(session, tenant, numero)
    if row.attached:
        raise InSei(f"{numero} is in SEI")
    if row.state is not SubmissionState.READY:
        submissions.move(session, tenant, row.id, SubmissionState.READY, message=None, sendings=0)
    outbox.settle_subject(session, tenant, Task.DELIVER, row.id, Progress.WAITING, now)
    _note(session, keyring, row, now, "again")


def mark_done(
    session: Session, keyring: Keyring, tenant: str, numero: str, processo: str, now: datetime
) -> None:
    """Somebody has found it in SEI, or put it there by hand, as that processo. Raises NotFound,
    NotWaiting."""
    row = _lock(session, tenant, numero)
    submissions.move(
        session, tenant, row.id, SubmissionState.DELIVERED, message=None, processo=processo
    )
    submissions.let_bytes_go(session, tenant, row.id, now)
    outbox.settle_subject(session, tenant, Task.DELIVER, row.id, Progress.DONE)
    _note(session, keyring, row, now, "by hand")


_is_of = and_(
    Outbox.task == Task.DELIVER,
    Outbox.subject == Submission.id,
    Outbox.tenant == Submission.tenant,
)


def _lock(session: Session, tenant: str, numero: str) -> Submission:
    found = session.execute(
        select(Submission, Outbox.progress)
        .join(Outbox, _is_of)
        .where(Submission.tenant == tenant, Submission.numero == find_number(numero))
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound("no such submission")
    row, progress = found
    if progress is not Progress.ATTENTION:
        raise NotWaiting(f"{numero} is {progress}")
    return row


def _note(session: Session, keyring: Keyring, row: Submission, now: datetime, what: str) -> None:
    """Into the audit, where the person may read it too."""
    audit.record(
        session, keyring, row.tenant, Event.DELIVERY,
        account=row.account, ip="", now=now, detail=f"{row.numero} {what}",
    )  # fmt: skip
