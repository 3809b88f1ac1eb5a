"""Rows: drafts and their files, submissions and theirs, and what is still to be done.

Nothing here points at an account by a foreign key: a submission outlives it, as the law says, and a
draft is deleted by `drafts`, which has the bytes of its files erased too.
"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.arquivos.values import Kind
from portal.db import Base
from portal.protocolo.values import FileState, SubmissionState

FIELDS, REPRESENTED, LABEL = "draft.fields", "draft.represented", "draft_file.label"
CONTENT, MESSAGE, SENT_LABEL = "submission.content", "submission.message", "submission_file.label"
"""Where the keyring is told that these are kept."""

BIG_KEY = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up by itself in no other type."""


def _one_of(values: type[StrEnum], name: str) -> Enum:
    return Enum(
        values,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=name,
        values_callable=lambda those: [member.value for member in those],
    )


class Draft(Base):
    """What somebody is still writing. It is theirs: an account's, or at first a browser's."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("account IS NOT NULL OR browser IS NOT NULL", name="owner"),
        Index(None, "tenant", "account"),
        Index(None, "tenant", "browser"),
        Index(None, "changed"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    account: Mapped[uuid.UUID | None]
    """None until its login."""
    browser: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    """SHA-256 of the token in the cookie of the browser that began it; None after the login."""
    servico_id: Mapped[uuid.UUID]
    """The version of the service with which it was begun."""
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON, sealed."""
    version: Mapped[int]
    created: Mapped[datetime]
    changed: Mapped[datetime]
    represented: Mapped[bytes | None] = mapped_column(LargeBinary)
    """CNPJ or CPF, sealed."""
    sensitive: Mapped[bool] = mapped_column(Boolean)
    intercorrente: Mapped[str | None] = mapped_column(String(50))
    submission: Mapped[uuid.UUID | None]
    """What became of it."""


class DraftFile(Base):
    """A file on its way to us, or here. Its id is its name in the store."""

    __tablename__ = "draft_file"
    __table_args__ = (
        CheckConstraint("received >= 0 AND received <= length", name="received"),
        Index(None, "draft_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"))
    documento: Mapped[str] = mapped_column(String(60))
    """The key of what it answers in the service."""
    label: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[Kind] = mapped_column(_one_of(Kind, "kind"))
    position: Mapped[int]
    length: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[FileState] = mapped_column(_one_of(FileState, "state"))
    sha256: Mapped[str | None] = mapped_column(String(64))
    md5: Mapped[str | None] = mapped_column(String(32))
    pages: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(40))


class Submission(Base):
    """What somebody handed over. It is never deleted, and its content never changes."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("tenant", "draft", "draft_version"),
        UniqueConstraint("tenant", "numero"),
        Index(None, "tenant", "account", "received_at"),
        CheckConstraint("state <> 'delivered' OR processo IS NOT NULL", name="delivered"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    account: Mapped[uuid.UUID]
    draft: Mapped[uuid.UUID]
    draft_version: Mapped[int]
    numero: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON, sealed."""
    state: Mapped[SubmissionState] = mapped_column(_one_of(SubmissionState, "state"))
    sendings: Mapped[int] = mapped_column(default=0)
    """How many times SEI was asked to open it; an answer belongs to one of them."""
    sent_at: Mapped[datetime | None]
    """The last time, until it is certain that nothing came of it."""
    attached: Mapped[bool] = mapped_column(Boolean, default=False)
    """SEI said that a file of it is in a processo: it exists, and nothing is sent again."""
    message: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What SEI refused it with, sealed: it may name people."""
    id_procedimento: Mapped[str | None] = mapped_column(String(20))
    processo: Mapped[str | None] = mapped_column(String(50))
    autuado_at: Mapped[datetime | None]
    files: Mapped[list["SubmissionFile"]] = relationship(
        order_by="SubmissionFile.position", cascade="all", passive_deletes=True
    )


class SubmissionFile(Base):
    """A file of a submission. Its bytes go when SEI has had them for a month; its digests stay."""

    __tablename__ = "submission_file"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    """Its name in the store."""
    tenant: Mapped[str] = mapped_column(String(40))
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE")
    )
    position: Mapped[int] = mapped_column(SmallInteger)
    """0 is the main document."""
    label: Mapped[bytes] = mapped_column(LargeBinary)
    id_serie: Mapped[str] = mapped_column(String(20))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    md5: Mapped[str] = mapped_column(String(32))
    pages: Mapped[int | None]
    id_arquivo: Mapped[str | None] = mapped_column(String(20))
    uploaded_at: Mapped[datetime | None]
    documento: Mapped[str | None] = mapped_column(String(50))
    """SEI's number of the documento that it became."""


class Receipt(Base):
    """That a code belongs to a submission. After the portal's key is replaced there is another."""

    __tablename__ = "receipt"

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """Of the tenant and the code."""
    submission_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )


class SubmissionCount(Base):
    """How many submissions a tenant has received in a year, for their numbers."""

    __tablename__ = "submission_count"

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    ano: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int]


class Task(StrEnum):
    """What a worker does."""

    DELIVER = "deliver"
    """Subject: a submission."""
    ERASE = "erase"
    """Subject: a file of the store."""


class Progress(StrEnum):
    """Where a task stands."""

    WAITING = "waiting"
    LEASED = "leased"
    """A worker has it until the lease is over; after that it is anybody's."""
    DONE = "done"
    ATTENTION = "attention"
    """Somebody at the prefeitura has to look."""


class Outbox(Base):
    """Something to be done, written in the transaction that makes it necessary."""

    __tablename__ = "outbox"
    __table_args__ = (UniqueConstraint("key"), Index(None, "progress", "due"), Index(None, "lane"))

    id: Mapped[int] = mapped_column(BIG_KEY, primary_key=True, autoincrement=True)
    """Also the order in which things are done."""
    tenant: Mapped[str] = mapped_column(String(40))
    task: Mapped[Task] = mapped_column(_one_of(Task, "task"))
    subject: Mapped[uuid.UUID]
    key: Mapped[str] = mapped_column(String(100))
    """The same thing is never to be done twice."""
    lane: Mapped[str] = mapped_column(String(60))
    """What shares one is done one after the other, in order."""
    progress: Mapped[Progress] = mapped_column(_one_of(Progress, "progress"))
    due: Mapped[datetime]
    lease: Mapped[datetime | None]
    """When it ends."""
    claims: Mapped[int] = mapped_column(default=0)
    """How often a worker has taken it: who has it is known by this."""
    failures: Mapped[int] = mapped_column(default=0)
    """In a row, without anything having come of it."""
    reason: Mapped[str | None] = mapped_column(String(40))
    """Why it needs attention, a word of ours."""


class Pause(Base):
    """A tenant's SEI that takes nothing at present: its queue waits, in order."""

    __tablename__ = "delivery_pause"

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20))
    """`away` or `not-allowed`."""
    message: Mapped[str] = mapped_column(String(300))
    since: Mapped[datetime]
    failures: Mapped[int]
    until: Mapped[datetime]
    """When one is tried again."""
