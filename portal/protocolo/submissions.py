"""Submissions: received once, whatever the browser does, and told to whoever handed them over.

Whoever calls commits, at once: `received_at` is taken as the last thing but the writing itself.
"""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from portal.errors import NotFound
from portal.keyring import Keyring
from portal.protocolo import outbox
from portal.protocolo.drafts import Changed, change_draft
from portal.protocolo.models import (
    CONTENT,
    MESSAGE,
    SENT_LABEL,
    Draft,
    DraftFile,
    Submission,
    SubmissionFile,
)
from portal.protocolo.numbers import draw_number, find_number
from portal.protocolo.values import (
    FILES_KEPT,
    TRANSITIONS,
    Content,
    Owner,
    SentFile,
    SubmissionFileView,
    SubmissionState,
    SubmissionView,
)


class NotPossible(Exception):
    """A mistake of ours: a state that cannot follow the one that is."""


def submit(
    session: Session,
    keyring: Keyring,
    tenant: str,
    account: uuid.UUID,
    draft_id: uuid.UUID,
    version: int,
    content: Content,
    files: Sequence[SentFile],
    clock: Callable[[], datetime],
    zone: tzinfo,
) -> uuid.UUID:
    """Receive the draft as it was read at `version`: the submission. Of a draft that has been sent
    it is the one that it became, whatever is given: pressed twice, from another window, after
    going back, after an answer that never came.

    `files` are those that SEI is to have, the main document first. In one transaction come the
    submission, its files, its number (of the year in `zone`), and what makes the worker deliver
    it. Raises NotFound, and Changed when the draft is no longer what was read.
    """
    draft = _lock_or_find_sent(session, tenant, account, draft_id, clock())
    if isinstance(draft, uuid.UUID):
        return draft
    if draft.version != version + 1:
        raise Changed(f"version {draft.version - 1}, and {version} was read")
    if not files:
        raise NotPossible("without a file SEI has no guard against a second processo")
    now = clock()
    numero = draw_number(session, tenant, now.astimezone(zone).year)
    rows = [_row(keyring, tenant, place, file) for place, file in enumerate(files)]
    submission = Submission(
        id=uuid.uuid4(), tenant=tenant, account=account, draft=draft_id, draft_version=version,
        numero=numero, received_at=now, state=SubmissionState.READY, files=rows,
        content=keyring.seal(tenant, CONTENT, msgspec.json.encode(content).decode()),
    )  # fmt: skip
    session.add(submission)
    draft.submission = submission.id
    outbox.deliver(session, tenant, submission.id, account, now)
    _erase_what_is_not_sent(session, draft, {file.id for file in files}, now)
    session.flush()
    return submission.id


def _lock_or_find_sent(
    session: Session, tenant: str, account: uuid.UUID, draft_id: uuid.UUID, now: datetime
) -> Draft | uuid.UUID:
    """The open draft, which nobody else changes from now on; or the submission that it is."""
    known = find_sent(session, tenant, account, draft_id)
    if known is not None:
        return known
    try:
        return change_draft(session, tenant, Owner(account), draft_id, now)
    except NotFound:
        # Another window was quicker, and has committed while we waited for the row.
        known = find_sent(session, tenant, account, draft_id)
        if known is None:
            raise
        return known


def find_sent(
    session: Session, tenant: str, account: uuid.UUID, draft_id: uuid.UUID
) -> uuid.UUID | None:
    """The submission that a draft has become; None when it has not."""
    return session.scalars(
        select(Submission.id)
        .where(
            Submission.tenant == tenant,
            Submission.account == account,
            Submission.draft == draft_id,
        )
        .order_by(Submission.draft_version.desc())
        .limit(1)
    ).one_or_none()


def get_submission(
    session: Session, keyring: Keyring, tenant: str, account: uuid.UUID, submission_id: uuid.UUID
) -> SubmissionView:
    """One of this person's. Raises NotFound for any other."""
    row = session.scalars(
        select(Submission)
        .where(
            Submission.id == submission_id,
            Submission.tenant == tenant,
            Submission.account == account,
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("no such submission of this person")
    return view_of(keyring, row)


def list_submissions(
    session: Session, keyring: Keyring, tenant: str, account: uuid.UUID, most: int | None = None
) -> list[SubmissionView]:
    """This person's, the newest first; `most` of them, or all."""
    rows = session.scalars(
        select(Submission)
        .where(Submission.tenant == tenant, Submission.account == account)
        .options(selectinload(Submission.files))
        .order_by(Submission.received_at.desc(), Submission.numero.desc())
        .limit(most)
        .execution_options(populate_existing=True)
    )
    return [view_of(keyring, row) for row in rows]


def load(
    session: Session, keyring: Keyring, tenant: str, submission_id: uuid.UUID
) -> SubmissionView:
    """Anybody's, for the worker and for receipts. Raises NotFound."""
    return view_of(keyring, _get_row(session, tenant, submission_id))


def find_by_number(session: Session, tenant: str, text: str) -> uuid.UUID | None:
    """The submission with a number of ours, as somebody typed it; None when there is none."""
    numero = find_number(text)
    return session.scalars(
        select(Submission.id).where(Submission.tenant == tenant, Submission.numero == numero)
    ).one_or_none()


def move(
    session: Session,
    tenant: str,
    submission_id: uuid.UUID,
    to: SubmissionState,
    *,
    only_from: SubmissionState | None = None,
    **values: object,
) -> bool:
    """Change the state, if what is there may be followed by it (`TRANSITIONS`), in one statement;
    False when it may not. `only_from` narrows what may be there; `values` are other columns."""
    before = [s for s, after in TRANSITIONS.items() if to in after]
    if only_from is not None:
        if only_from not in before:
            raise NotPossible(f"{only_from} to {to}")
        before = [only_from]
    moved = session.execute(
        update(Submission)
        .where(
            Submission.id == submission_id,
            Submission.tenant == tenant,
            Submission.state.in_(before),
        )
        .values(state=to, **values)
        .returning(Submission.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    return moved is not None


def let_bytes_go(session: Session, tenant: str, submission_id: uuid.UUID, now: datetime) -> None:
    """SEI has the files: ours are erased in `FILES_KEPT`, and their digests stay."""
    files = select(SubmissionFile.id).where(
        SubmissionFile.submission_id == submission_id, SubmissionFile.tenant == tenant
    )
    for file in session.scalars(files):
        outbox.erase(session, tenant, file, now + FILES_KEPT)


def reseal(session: Session, keyring: Keyring) -> int:
    """Seal with the key in use whatever an older one has sealed; how many rows had to be. What
    was sent does not change. Raises Unreadable."""
    changed = 0
    for row in session.scalars(select(Submission).order_by(Submission.id)).yield_per(100):
        if not keyring.is_current(row.content):
            text = keyring.unseal(row.tenant, CONTENT, row.content)
            row.content = keyring.seal(row.tenant, CONTENT, text)
            changed += 1
        if row.message is not None and not keyring.is_current(row.message):
            text = keyring.unseal(row.tenant, MESSAGE, row.message)
            row.message = keyring.seal(row.tenant, MESSAGE, text)
    for file in session.scalars(select(SubmissionFile).order_by(SubmissionFile.id)).yield_per(500):
        if not keyring.is_current(file.label):
            text = keyring.unseal(file.tenant, SENT_LABEL, file.label)
            file.label = keyring.seal(file.tenant, SENT_LABEL, text)
            changed += 1
    return changed


def view_of(keyring: Keyring, row: Submission) -> SubmissionView:
    """A row that is at hand."""
    tenant = row.tenant
    return SubmissionView(
        id=row.id,
        numero=row.numero,
        account=row.account,
        draft=row.draft,
        received_at=row.received_at,
        state=row.state,
        content=msgspec.json.decode(keyring.unseal(tenant, CONTENT, row.content), type=Content),
        files=tuple(
            SubmissionFileView(
                id=f.id,
                label=keyring.unseal(tenant, SENT_LABEL, f.label),
                id_serie=f.id_serie,
                size=f.size,
                sha256=f.sha256,
                md5=f.md5,
                pages=f.pages,
                id_arquivo=f.id_arquivo,
                uploaded_at=f.uploaded_at,
                documento=f.documento,
            )
            for f in row.files
        ),
        processo=row.processo,
        autuado_at=row.autuado_at,
        message=None if row.message is None else keyring.unseal(tenant, MESSAGE, row.message),
        sendings=row.sendings,
        sent_at=row.sent_at,
        attached=row.attached,
    )


def _get_row(session: Session, tenant: str, submission_id: uuid.UUID) -> Submission:
    row = session.scalars(
        select(Submission)
        .where(Submission.id == submission_id, Submission.tenant == tenant)
        .options(selectinload(Submission.files))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound("no such submission")
    return row


def _row(keyring: Keyring, tenant: str, place: int, file: SentFile) -> SubmissionFile:
    return SubmissionFile(
        id=file.id,
        tenant=tenant,
        position=place,
        label=keyring.seal(tenant, SENT_LABEL, file.label),
        id_serie=file.id_serie,
        size=file.size,
        sha256=file.sha256,
        md5=file.md5,
        pages=file.pages,
    )


def _erase_what_is_not_sent(
    session: Session, draft: Draft, sent: set[uuid.UUID], now: datetime
) -> None:
    """Photos have become a PDF, and nobody needs them any more."""
    files = session.scalars(
        select(DraftFile.id).where(DraftFile.tenant == draft.tenant, DraftFile.draft_id == draft.id)
    )
    for file in set(files) - sent:
        outbox.erase(session, draft.tenant, file, now)
