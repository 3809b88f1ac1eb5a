"""Receipts: a code by which anybody may check that something was received. The caller commits.

The code is made of the submission by a key, and only its digest is kept: its owner can have it
again, and whoever gets hold of the database cannot.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.db import insert_into
from portal.errors import NotFound
from portal.keyring import Keyring
from portal.protocolo.models import Receipt, Submission, SubmissionFile

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter looks like a digit."""

BYTES, LENGTH, GROUP = 10, 16, 4
"""80 bits, in letters and digits, and how many of them stand together."""

_READ_AS = str.maketrans("OIL", "011", " -–—.\t")
"""What people take for another letter, and what they write between the groups."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What anybody with the code is told: nothing of who sent it, or of what it is about."""

    codigo: str
    numero: str
    received_at: datetime
    processo: str | None
    autuado_at: datetime | None
    hashes: tuple[str, ...]
    """SHA-256 of each file in hexadecimal, the main document first. Their names may name people."""


def issue(session: Session, keyring: Keyring, tenant: str, submission_id: uuid.UUID) -> str:
    """The code of a submission, which from now on can be checked. Always the same, until the
    portal's key is replaced; those given before stay good."""
    codigo = _write(keyring.digest("receipt", f"{tenant}|{submission_id}")[:BYTES])
    table = cast(Table, Receipt.__table__)
    insert = insert_into(table, session.get_bind().dialect.name)
    session.execute(
        insert.values(
            tenant=tenant, digest=_digest(tenant, codigo), submission_id=submission_id
        ).on_conflict_do_nothing()
    )
    return codigo


def read_code(text: str) -> str | None:
    """A code as somebody typed it, in the one way that we write it; None for what cannot be one."""
    letters = text.upper().translate(_READ_AS)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _group(letters)


def check_receipt(session: Session, tenant: str, codigo: str) -> Checked:
    """What a code, as we write it, stands for. Raises NotFound."""
    s = Submission
    row = session.execute(
        select(s.id, s.numero, s.received_at, s.processo, s.autuado_at)
        .join(Receipt, (Receipt.submission_id == s.id) & (Receipt.tenant == s.tenant))
        .where(Receipt.tenant == tenant, Receipt.digest == _digest(tenant, codigo))
    ).one_or_none()
    if row is None:
        raise NotFound("no such receipt")
    return Checked(codigo, *row[1:], _list_hashes(session, tenant, row.id))


def _list_hashes(session: Session, tenant: str, submission_id: uuid.UUID) -> tuple[str, ...]:
    files = SubmissionFile
    found: Sequence[str] = session.scalars(
        select(files.sha256)
        .where(files.tenant == tenant, files.submission_id == submission_id)
        .order_by(files.position)
    ).all()
    return tuple(found)


def _write(code: bytes) -> str:
    number = int.from_bytes(code)
    return _group("".join(ALPHABET[number >> 5 * n & 31] for n in reversed(range(LENGTH))))


def _group(letters: str) -> str:
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def _digest(tenant: str, codigo: str) -> bytes:
    """80 bits are more than anybody tries, so it needs no key."""
    return sha256(f"{tenant}|{codigo}".encode()).digest()
