"""Drafts: begun, filled in field by field, left and found again, deleted. Whoever calls commits.

Each change begins with one UPDATE of the draft's row, by its tenant and its owner: it proves that
the draft is theirs and still open, and lets those who change it at the same moment do so one after
the other, on either engine.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from portal.errors import NotFound, Refused
from portal.keyring import Keyring
from portal.protocolo import outbox
from portal.protocolo.fields import list_mistakes, normalize
from portal.protocolo.models import FIELDS, LABEL, REPRESENTED, Draft, DraftFile
from portal.protocolo.values import (
    DRAFT_KEPT,
    MOST_DRAFTS,
    NAMELESS_KEPT,
    DraftFileView,
    DraftView,
    Mistake,
    Owner,
)
from portal.servicos.values import Servico


class TooManyDrafts(Refused):
    """This owner has `MOST_DRAFTS` already: one has to be sent or deleted first."""


class Changed(Refused):
    """The draft is another than the one that was read: somebody changed it meanwhile, perhaps the
    same person in another window."""


def begin(
    session: Session,
    keyring: Keyring,
    tenant: str,
    owner: Owner,
    servico_id: uuid.UUID,
    now: datetime,
    *,
    represented: str | None = None,
    intercorrente: str | None = None,
) -> uuid.UUID:
    """A draft for a version of a service. Raises TooManyDrafts."""
    _check_room(session, tenant, owner, now)
    draft = Draft(
        id=uuid.uuid4(),
        tenant=tenant,
        account=owner.account,
        browser=None if owner.account else owner.browser,
        servico_id=servico_id,
        fields=_seal_fields(keyring, tenant, {}),
        version=1,
        created=now,
        changed=now,
        represented=_seal(keyring, tenant, REPRESENTED, represented),
        sensitive=False,
        intercorrente=intercorrente,
    )
    session.add(draft)
    session.flush()
    return draft.id


def claim(
    session: Session,
    tenant: str,
    draft_id: uuid.UUID,
    browser: bytes,
    account: uuid.UUID,
    now: datetime,
) -> None:
    """Give a draft that this browser began to the person who has now signed in there. Only the one
    that they ask for: others may be of whoever sat there before. Raises NotFound, TooManyDrafts."""
    _check_room(session, tenant, Owner(account), now)
    _change(session, tenant, Owner(browser=browser), draft_id, now, account=account, browser=None)


def get_draft(
    session: Session,
    keyring: Keyring,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    now: datetime,
) -> DraftView:
    """It, open or sent. Raises NotFound for another's, and for one that has expired."""
    draft = session.scalars(
        select(Draft)
        .where(_owned(tenant, owner), Draft.id == draft_id, _kept(now))
        .execution_options(populate_existing=True)
    ).one_or_none()
    if draft is None:
        raise NotFound("no such draft of this owner")
    return _view(keyring, draft, _files_of(session, tenant, [draft.id]))


def list_drafts(
    session: Session, keyring: Keyring, tenant: str, owner: Owner, now: datetime
) -> list[DraftView]:
    """The open ones, the last changed first; the caller knows the services, and `find_missing` of
    `fields` what each still lacks."""
    drafts = session.scalars(
        select(Draft)
        .where(_owned(tenant, owner), _kept(now), Draft.submission.is_(None))
        .order_by(Draft.changed.desc(), Draft.id)
        .execution_options(populate_existing=True)
    ).all()
    files = _files_of(session, tenant, [draft.id for draft in drafts])
    return [_view(keyring, draft, [f for f in files if f.draft_id == draft.id]) for draft in drafts]


def save_fields(
    session: Session,
    keyring: Keyring,
    tenant: str,
    owner: Owner,
    draft_id: uuid.UUID,
    servico: Servico,
    typed: Mapping[str, str],
    now: datetime,
    *,
    sensitive: bool | None = None,
) -> dict[str, Mistake]:
    """Keep what was typed into some fields, right or wrong: what is wrong with these, by key.

    The other fields stay as they are, so two fields may be saved at the same moment. Keys that the
    service has not are passed over; `sensitive` is what the person says of the whole, or None.
    Raises NotFound.
    """
    draft = _change(session, tenant, owner, draft_id, now)
    known = {campo.chave for campo in servico.campos}
    new = {chave: normalize(text) for chave, text in typed.items() if chave in known}
    fields = _open_fields(keyring, draft) | new
    draft.fields = _seal_fields(keyring, tenant, fields)
    if sensitive is not None:
        draft.sensitive = sensitive
    mistakes = list_mistakes(servico, fields)
    return {chave: mistakes[chave] for chave in new if chave in mistakes}


def delete_draft(
    session: Session, tenant: str, owner: Owner, draft_id: uuid.UUID, now: datetime
) -> None:
    """It, and the bytes of its files. Raises NotFound, also for one that was sent."""
    draft = _change(session, tenant, owner, draft_id, now)
    _erase(session, [draft], now)


def delete_drafts_of(session: Session, tenant: str, account: uuid.UUID, now: datetime) -> int:
    """All that a person has written and not sent; how many there were. What they have sent stays
    as a submission, though the draft that it was goes too."""
    drafts = session.scalars(
        select(Draft).where(Draft.tenant == tenant, Draft.account == account).with_for_update()
    ).all()
    _erase(session, drafts, now)
    return sum(draft.submission is None for draft in drafts)


def forget(session: Session, now: datetime) -> int:
    """Delete the drafts that have expired; how many there were that had not been sent."""
    expired = session.scalars(select(Draft).where(~_kept(now)).with_for_update()).all()
    _erase(session, expired, now)
    return sum(draft.submission is None for draft in expired)


def reseal(session: Session, keyring: Keyring) -> int:
    """Seal with the key in use whatever an older one has sealed; how many rows had to be. Raises
    Unreadable."""
    changed = 0
    for draft in session.scalars(select(Draft).order_by(Draft.id)).yield_per(100):
        if not keyring.is_current(draft.fields):
            draft.fields = _seal_fields(keyring, draft.tenant, _open_fields(keyring, draft))
            changed += 1
        if draft.represented is not None and not keyring.is_current(draft.represented):
            text = keyring.unseal(draft.tenant, REPRESENTED, draft.represented)
            draft.represented = keyring.seal(draft.tenant, REPRESENTED, text)
    for file in session.scalars(select(DraftFile).order_by(DraftFile.id)).yield_per(500):
        if not keyring.is_current(file.label):
            text = keyring.unseal(file.tenant, LABEL, file.label)
            file.label = keyring.seal(file.tenant, LABEL, text)
            changed += 1
    return changed


# Shared with `uploads` and `submissions`


def change_draft(
    session: Session, tenant: str, owner: Owner, draft_id: uuid.UUID, now: datetime
) -> Draft:
    """The row of an open draft, one version on, locked until this transaction ends. Raises
    NotFound."""
    return _change(session, tenant, owner, draft_id, now)


def lock_open(
    session: Session, tenant: str, owner: Owner, draft_id: uuid.UUID, now: datetime
) -> None:
    """Let nobody else change the open draft until this transaction ends; it stays of the same
    version. Raises NotFound."""
    found = session.execute(
        update(Draft)
        .where(_owned(tenant, owner), Draft.id == draft_id, _kept(now), Draft.submission.is_(None))
        .values(changed=now)
        .returning(Draft.id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if found is None:
        raise NotFound("no such open draft of this owner")


def view_of(session: Session, keyring: Keyring, draft: Draft) -> DraftView:
    """A row that is at hand."""
    return _view(keyring, draft, _files_of(session, draft.tenant, [draft.id]))


def _change(
    session: Session, tenant: str, owner: Owner, draft_id: uuid.UUID, now: datetime, **values: Any
) -> Draft:
    draft = session.scalars(
        update(Draft)
        .where(_owned(tenant, owner), Draft.id == draft_id, _kept(now), Draft.submission.is_(None))
        .values(version=Draft.version + 1, changed=now, **values)
        .returning(Draft),
        execution_options={"synchronize_session": False, "populate_existing": True},
    ).one_or_none()
    if draft is None:
        raise NotFound("no such open draft of this owner")
    return draft


def _owned(tenant: str, owner: Owner) -> ColumnElement[bool]:
    whose = (
        Draft.account == owner.account
        if owner.account
        else and_(Draft.account.is_(None), Draft.browser == owner.browser)
    )
    return and_(Draft.tenant == tenant, whose)


def _kept(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Draft.account.is_not(None), Draft.changed > now - DRAFT_KEPT),
        and_(Draft.account.is_(None), Draft.changed > now - NAMELESS_KEPT),
    )


def _check_room(session: Session, tenant: str, owner: Owner, now: datetime) -> None:
    there = session.scalar(
        select(func.count())
        .select_from(Draft)
        .where(_owned(tenant, owner), _kept(now), Draft.submission.is_(None))
    )
    if (there or 0) >= MOST_DRAFTS:
        raise TooManyDrafts(f"{there} drafts are open")


def _erase(session: Session, drafts: Iterable[Draft], now: datetime) -> None:
    """Rows now, bytes soon: whatever happens, the worker gets to them. Those of a submission are
    its own by now, and stay."""
    for draft in drafts:
        if draft.submission is None:
            for file in _files_of(session, draft.tenant, [draft.id]):
                outbox.erase(session, draft.tenant, file.id, now)
        session.delete(draft)


def _files_of(session: Session, tenant: str, drafts: Sequence[uuid.UUID]) -> list[DraftFile]:
    rows = session.scalars(
        select(DraftFile)
        .where(DraftFile.tenant == tenant, DraftFile.draft_id.in_(drafts))
        .order_by(DraftFile.position, DraftFile.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def _view(keyring: Keyring, draft: Draft, files: Iterable[DraftFile]) -> DraftView:
    represented = None
    if draft.represented is not None:
        represented = keyring.unseal(draft.tenant, REPRESENTED, draft.represented)
    return DraftView(
        id=draft.id,
        servico_id=draft.servico_id,
        fields=_open_fields(keyring, draft),
        version=draft.version,
        created=draft.created,
        changed=draft.changed,
        expires=draft.changed + (DRAFT_KEPT if draft.account else NAMELESS_KEPT),
        account=draft.account,
        represented=represented,
        sensitive=draft.sensitive,
        intercorrente=draft.intercorrente,
        files=tuple(
            DraftFileView(
                id=f.id,
                documento=f.documento,
                label=keyring.unseal(f.tenant, LABEL, f.label),
                kind=f.kind,
                state=f.state,
                length=f.length,
                received=f.received,
                sha256=f.sha256,
                md5=f.md5,
                pages=f.pages,
                reason=f.reason,
            )
            for f in files
        ),
        submission=draft.submission,
    )


def _seal_fields(keyring: Keyring, tenant: str, fields: Mapping[str, str]) -> bytes:
    return keyring.seal(tenant, FIELDS, msgspec.json.encode(fields).decode())


def _open_fields(keyring: Keyring, draft: Draft) -> dict[str, str]:
    return msgspec.json.decode(
        keyring.unseal(draft.tenant, FIELDS, draft.fields), type=dict[str, str]
    )


def _seal(keyring: Keyring, tenant: str, column: str, text: str | None) -> bytes | None:
    return None if text is None else keyring.seal(tenant, column, text)
