"""What is still to be done, as rows: written with what makes it necessary, taken by one worker.

A worker has what it took until its lease is over, and knows by the count of takings whether it
still has it. `claim` and `renew` are whole transactions of the caller's session; the rest belongs
to the caller's own.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Update,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from portal.db import insert_into
from portal.errors import PortalError
from portal.protocolo.models import Outbox, Pause, Progress, Task

LEASE = timedelta(minutes=15)
"""Longer than any single call is waited for, but for the upload of a large file."""
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
"""Of a tenant whose SEI is away."""
SHORTEST_RETRY, LONGEST_RETRY = timedelta(minutes=1), timedelta(hours=2)
"""Of one task that came to nothing."""
MOST_FAILURES = 12
"""In a row, which takes half a day; then somebody has to look."""

DONE_KEPT = timedelta(days=365)
PATIENT = 3
"""Times that something keeps its place in the queue though SEI did not take it."""
ASIDE = 2 * LONGEST_PAUSE
"""How long it then lets others pass: longer than the queue pauses, or none of them would."""


class LeaseLost(PortalError):
    """Another worker has this by now: whoever had it must not touch it any more."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task that a worker has taken."""

    id: int
    tenant: str
    task: Task
    subject: uuid.UUID
    claims: int
    failures: int


# Put in


def deliver(
    session: Session, tenant: str, submission: uuid.UUID, account: uuid.UUID, now: datetime
) -> None:
    """Have a submission brought to SEI; those of one person in the order in which they came."""
    _add(session, tenant, Task.DELIVER, submission, f"account:{account}", now)


def erase(session: Session, tenant: str, file: uuid.UUID, due: datetime) -> None:
    """Have the bytes of a file deleted from the store, at `due` or later."""
    _add(session, tenant, Task.ERASE, file, f"file:{file}", due)


def _add(
    session: Session, tenant: str, task: Task, subject: uuid.UUID, lane: str, due: datetime
) -> None:
    """Nothing when it is there already."""
    insert = insert_into(cast(Table, Outbox.__table__), session.get_bind().dialect.name)
    session.execute(
        insert.values(
            tenant=tenant,
            task=task,
            subject=subject,
            key=f"{task.value}:{tenant}:{subject}",
            lane=lane,
            progress=Progress.WAITING,
            due=due,
            claims=0,
            failures=0,
        ).on_conflict_do_nothing(index_elements=["key"])
    )


# Take out


def claim(session: Session, now: datetime) -> Job | None:
    """Take the first thing that is due, and commit; None when nothing is.

    Not what waits behind something of its lane, and nothing of a tenant whose queue pauses. What a
    worker has held past its lease is taken from it.
    """
    change = _claim_postgresql if session.get_bind().dialect.name == "postgresql" else _claim_sqlite
    row = session.execute(
        change(_next_due(now), now), execution_options={"synchronize_session": False}
    ).one_or_none()
    session.commit()
    return None if row is None else Job(*row)


def _next_due(now: datetime) -> Select[int]:
    earlier = aliased(Outbox)
    return (
        select(Outbox.id)
        .where(
            or_(
                and_(Outbox.progress == Progress.WAITING, Outbox.due <= now),
                and_(Outbox.progress == Progress.LEASED, Outbox.lease <= now),
            ),
            ~exists().where(
                Outbox.task == Task.DELIVER, Pause.tenant == Outbox.tenant, Pause.until > now
            ),
            ~exists().where(
                earlier.lane == Outbox.lane,
                earlier.tenant == Outbox.tenant,
                earlier.id < Outbox.id,
                earlier.progress.in_((Progress.WAITING, Progress.LEASED)),
            ),
        )
        .order_by(Outbox.id)
        .limit(1)
    )


def _claim_postgresql(due: Select[int], now: datetime) -> Update:
    """As a materialized CTE: within `IN (…)` the planner may run the SELECT more than once, and
    lock more rows than it gives back."""
    locked = due.with_for_update(skip_locked=True, of=Outbox).cte("due").prefix_with("MATERIALIZED")
    return _take(Outbox.id == locked.c.id, now)


def _claim_sqlite(due: Select[int], now: datetime) -> Update:
    """One statement, which takes SQLite's only lock before it reads."""
    return _take(Outbox.id == due.scalar_subquery(), now)


def _take(chosen: ColumnElement[bool], now: datetime) -> Update:
    return (
        update(Outbox)
        .where(chosen)
        .values(progress=Progress.LEASED, lease=now + LEASE, claims=Outbox.claims + 1)
        .returning(
            Outbox.id, Outbox.tenant, Outbox.task, Outbox.subject, Outbox.claims, Outbox.failures
        )
    )


# While it is done


def renew(session: Session, job: Job, until: datetime) -> None:
    """Keep it until then. Raises LeaseLost: nothing more may be done with it."""
    _settle(session, job, lease=until)


def finish(session: Session, job: Job) -> None:
    """It is done. Raises LeaseLost."""
    _settle(session, job, progress=Progress.DONE, lease=None)


def put_off(session: Session, job: Job, due: datetime) -> None:
    """Nothing was wrong, and nothing is to be done before then. Raises LeaseLost."""
    _settle(session, job, progress=Progress.WAITING, lease=None, due=due, failures=0)


def fail(session: Session, job: Job, now: datetime, reason: str) -> None:
    """Try again after a pause that grows, or have somebody look after so many. Raises
    LeaseLost."""
    if job.failures + 1 >= MOST_FAILURES:
        call_for_attention(session, job, reason)
        return
    pause = min(SHORTEST_RETRY * 2**job.failures, LONGEST_RETRY)
    _settle(
        session, job, progress=Progress.WAITING, lease=None, due=now + pause,
        failures=job.failures + 1,
    )  # fmt: skip


def wait(session: Session, job: Job, now: datetime, *, alone: bool) -> None:
    """SEI took nothing, and the whole queue pauses for it. What keeps coming to that, though, may
    itself be the reason: after a few times it lets others pass. `alone` says that SEI was taking
    things until now; after that has been so many times, somebody has to look. Raises LeaseLost."""
    if alone and job.failures + 1 >= MOST_FAILURES:
        call_for_attention(session, job, "never-taken")
        return
    pause = timedelta(0) if job.failures + 1 < PATIENT else ASIDE
    failures = job.failures + 1 if alone else max(job.failures, min(job.failures + 1, PATIENT))
    _settle(
        session, job, progress=Progress.WAITING, lease=None, due=now + pause,
        failures=failures,
    )  # fmt: skip


def call_for_attention(session: Session, job: Job, reason: str) -> None:
    """No worker takes it any more. Raises LeaseLost."""
    _settle(session, job, progress=Progress.ATTENTION, lease=None, reason=reason)


def _settle(session: Session, job: Job, **values: object) -> None:
    found = session.execute(
        update(Outbox)
        .where(Outbox.id == job.id, Outbox.claims == job.claims, Outbox.progress == Progress.LEASED)
        .values(**values)
        .returning(Outbox.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if found is None:
        raise LeaseLost(f"{job.task} {job.id}")


# By somebody else than the worker who has it


def settle_subject(
    session: Session,
    tenant: str,
    task: Task,
    subject: uuid.UUID,
    progress: Progress,
    due: datetime | None = None,
) -> None:
    """Whoever has it has it no longer: it is certain what became of it, or an operator says what
    is to become of it."""
    values: dict[str, object] = {"progress": progress, "lease": None, "failures": 0, "reason": None}
    session.execute(
        update(Outbox)
        .where(Outbox.key == f"{task.value}:{tenant}:{subject}")
        .values(claims=Outbox.claims + 1, **values, **({"due": due} if due else {})),
        execution_options={"synchronize_session": False},
    )


def forget(session: Session, now: datetime) -> int:
    """Delete what was done a year ago; how many there were. A file that has been erased, and a
    submission that is in SEI, cannot be put in again: their rows say so."""
    done = session.execute(
        delete(Outbox)
        .where(Outbox.progress == Progress.DONE, Outbox.due < now - DONE_KEPT)
        .returning(Outbox.id),
        execution_options={"synchronize_session": False},
    )
    return len(done.all())


# A SEI that takes nothing


def pause(session: Session, tenant: str, reason: str, message: str, now: datetime) -> bool:
    """Let the whole queue of a tenant wait, longer each time; once, however many workers say so.
    Whether SEI was taking things until now.

    Things stay in their order, and a SEI that is ill is not asked by everything that waits.
    """
    said = {"reason": reason, "message": message[:300]}
    insert = insert_into(cast(Table, Pause.__table__), session.get_bind().dialect.name)
    failures, until = session.execute(
        insert.values(tenant=tenant, since=now, failures=0, until=now, **said)
        .on_conflict_do_update(index_elements=["tenant"], set_=said)
        .returning(Pause.failures, Pause.until)
    ).one()
    if until <= now:
        wait = min(SHORTEST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
        session.execute(
            update(Pause)
            .where(Pause.tenant == tenant)
            .values(failures=failures + 1, until=now + wait)
        )
    return bool(failures == 0)


def resume(session: Session, tenant: str) -> None:
    """SEI has answered: the queue goes on."""
    session.execute(delete(Pause).where(Pause.tenant == tenant))
