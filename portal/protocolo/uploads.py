"""Files of a draft: announced, received piece by piece, checked, removed, put in order.

Whoever calls commits. Bytes are counted only where they begin at the offset that the row has, so of
two connections that bring the same ones (the phone lost the first and thinks it dead) one counts.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from portal.arquivos.names import label as label_of
from portal.arquivos.values import Kind
from portal.errors import NotFound, Refused
from portal.keyring import Keyring
from portal.protocolo import outbox
from portal.protocolo.drafts import change_draft, lock_open
from portal.protocolo.models import LABEL, DraftFile
from portal.protocolo.values import FileLimits, FileState, Offset, Owner


class TooLarge(Refused):
    """The file, or all of them together, passes the limit that was told before."""


class TooManyFiles(Refused):
    """There are as many as there may be."""


class Parts(Protocol):
    """Where bytes are kept."""

    def put(self, tenant: str, file_id: uuid.UUID, offset: int, data: bytes) -> None:
        """One part, in place of what began at the same offset."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What whoever looked into a whole file found: its digests, or why it is refused."""

    sha256: str | None = None
    md5: str | None = None
    pages: int | None = None
    reason: str | None = None
    """None for a file that is good."""


def announce(
    session: Session,
    keyring: Keyring,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    documento: str,
    label: str,
    kind: Kind,
    length: int,
    limits: FileLimits,
    now: datetime,
) -> uuid.UUID:
    """A file of `length` bytes is to come, last in order. Raises NotFound, TooLarge, TooManyFiles
    before a byte of it is sent."""
    draft = change_draft(session, tenant, owner, draft_id, now)
    many, together, last = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(DraftFile.length), 0),
            func.coalesce(func.max(DraftFile.position), -1),
        ).where(DraftFile.tenant == tenant, DraftFile.draft_id == draft.id)
    ).one()
    if not 0 < length <= limits.per_file or together + length > limits.per_draft:
        raise TooLarge(f"{length} bytes, beside {together}")
    if many >= limits.files:
        raise TooManyFiles(f"{many} files")
    file = DraftFile(
        id=uuid.uuid4(),
        tenant=tenant,
        draft_id=draft.id,
        documento=documento,
        label=keyring.seal(tenant, LABEL, label_of(label)),
        kind=kind,
        position=last + 1,
        length=length,
        received=0,
        state=FileState.RECEIVING,
    )
    session.add(file)
    session.flush()
    return file.id


def receive(
    session: Session,
    store: Parts,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    file_id: uuid.UUID,
    offset: int,
    data: bytes,
    now: datetime,
) -> Offset:
    """Keep bytes that begin at `offset`, if that is where the next ones begin; else only say where
    they do. Raises NotFound, and TooLarge for more than was announced.

    The row stays locked while the store writes, so that nobody else's bytes come between them and
    their being counted; a store that fails undoes the counting with the transaction.
    """
    lock_open(session, tenant, owner, draft_id, now)
    file = _get(session, tenant, draft_id, file_id)
    if file.state is not FileState.RECEIVING or file.received != offset:
        return Offset(file.received, taken=False)
    if offset + len(data) > file.length:
        raise TooLarge(f"{offset + len(data)} bytes of {file.length}")
    counted = session.execute(
        update(DraftFile)
        .where(_one(tenant, draft_id, file_id), DraftFile.received == offset)
        .values(received=offset + len(data))
        .returning(DraftFile.id)
    ).one_or_none()
    if counted is None:
        return Offset(file.received, taken=False)
    if data:
        store.put(tenant, file_id, offset, data)
    return Offset(offset + len(data), taken=True)


def finish(
    session: Session,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    file_id: uuid.UUID,
    check: Callable[[uuid.UUID, Kind, int], Checked],
    now: datetime,
) -> FileState:
    """Once all bytes are here, what became of the file: `check` is told its id, its kind and its
    size, and may take its time. A second call finds it settled. Raises NotFound.

    The check runs with no transaction open: the caller's session is committed before it.
    """
    lock_open(session, tenant, owner, draft_id, now)
    file = _get(session, tenant, draft_id, file_id)
    if file.state is not FileState.RECEIVING or file.received < file.length:
        return file.state
    kind, length = file.kind, file.length
    session.commit()
    found = check(file_id, kind, length)
    change_draft(session, tenant, owner, draft_id, now)
    state = FileState.READY if found.reason is None else FileState.REFUSED
    session.execute(
        update(DraftFile)
        .where(_one(tenant, draft_id, file_id), DraftFile.state == FileState.RECEIVING)
        .values(
            state=state, sha256=found.sha256, md5=found.md5, pages=found.pages, reason=found.reason
        )
    )
    return _get(session, tenant, draft_id, file_id).state


def remove(
    session: Session,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    file_id: uuid.UUID,
    now: datetime,
) -> None:
    """The file, and soon its bytes. Raises NotFound."""
    change_draft(session, tenant, owner, draft_id, now)
    session.delete(_get(session, tenant, draft_id, file_id))
    outbox.erase(session, tenant, file_id, now)


def reorder(
    session: Session,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    order: Sequence[uuid.UUID],
    now: datetime,
) -> None:
    """Put these first, in this order; what is not named keeps its own behind them. Raises
    NotFound for a file of another draft."""
    draft = change_draft(session, tenant, owner, draft_id, now)
    files = {
        file.id: file
        for file in session.scalars(
            select(DraftFile)
            .where(DraftFile.tenant == tenant, DraftFile.draft_id == draft.id)
            .order_by(DraftFile.position, DraftFile.id)
        )
    }
    if not set(order) <= files.keys():
        raise NotFound("a file of another draft")
    for position, file_id in enumerate(dict.fromkeys([*order, *files])):
        files[file_id].position = position


def _get(session: Session, tenant: str, draft_id: uuid.UUID, file_id: uuid.UUID) -> DraftFile:
    file = session.scalars(
        select(DraftFile)
        .where(_one(tenant, draft_id, file_id))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if file is None:
        raise NotFound("no such file of this draft")
    return file


def _one(tenant: str, draft_id: uuid.UUID, file_id: uuid.UUID) -> ColumnElement[bool]:
    return and_(DraftFile.tenant == tenant, DraftFile.draft_id == draft_id, DraftFile.id == file_id)
