"""Files of a draft, piece by piece, over connections that break and come twice."""

import uuid

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.arquivos.values import Kind
from portal.errors import NotFound
from portal.protocolo import drafts, uploads
from portal.protocolo.models import DraftFile, Outbox
from portal.protocolo.uploads import Checked, TooLarge, TooManyFiles
from portal.protocolo.values import FileState, Offset, Owner
from tests.integration.protocolo.makers import KEYRING, LIMITS, MARIA, NOW, TENANT, begin
from tests.integration.protocolo.test_drafts import together

HERS = Owner(MARIA)


class Memory:
    """A store in memory. `fails` makes the next part fail."""

    def __init__(self) -> None:
        self.parts: dict[tuple[uuid.UUID, int], bytes] = {}
        self.fails = False

    def put(self, tenant: str, file_id: uuid.UUID, offset: int, data: bytes) -> None:
        if self.fails:
            raise OSError("the disk is full")
        self.parts[file_id, offset] = data

    def read(self, file_id: uuid.UUID) -> bytes:
        whole = b""
        for (file, offset), data in sorted(self.parts.items(), key=lambda part: part[0][1]):
            if file == file_id:
                assert offset == len(whole), "a part of another attempt is in between"
                whole += data
        return whole


@pytest.fixture
def store() -> Memory:
    return Memory()


def announce(
    session: Session, draft: uuid.UUID, length: int = 10, label: str = "rg.pdf"
) -> uuid.UUID:
    file = uploads.announce(
        session, KEYRING, TENANT, HERS, draft, "identidade", label, Kind.PDF, length, LIMITS,
        NOW,
    )  # fmt: skip
    session.commit()
    return file


def receive(
    session: Session, store: Memory, draft: uuid.UUID, file: uuid.UUID, offset: int, data: bytes
) -> Offset:
    taken = uploads.receive(session, store, TENANT, HERS, draft, file, offset, data, NOW)
    session.commit()
    return taken


def finish(session: Session, draft: uuid.UUID, file: uuid.UUID, found: Checked) -> FileState:
    return uploads.finish(session, TENANT, HERS, draft, file, lambda *_: found, NOW)


GOOD = Checked("a" * 64, "b" * 32, 3)


def test_a_file_comes_in_pieces_and_goes_on_where_it_was_cut(
    session: Session, store: Memory
) -> None:
    draft = begin(session)
    file = announce(session, draft)
    assert receive(session, store, draft, file, 0, b"abcd") == Offset(4, taken=True)
    assert receive(session, store, draft, file, 0, b"abcdef") == Offset(4, taken=False)
    assert receive(session, store, draft, file, 6, b"ghij") == Offset(4, taken=False)
    assert finish(session, draft, file, GOOD) is FileState.RECEIVING
    assert receive(session, store, draft, file, 4, b"efghij") == Offset(10, taken=True)
    assert store.read(file) == b"abcdefghij"
    assert finish(session, draft, file, GOOD) is FileState.READY
    session.commit()
    [view] = drafts.get_draft(session, KEYRING, TENANT, HERS, draft, NOW).files
    assert (view.sha256, view.md5, view.pages, view.reason) == ("a" * 64, "b" * 32, 3, None)
    assert finish(session, draft, file, Checked(reason="javascript")) is FileState.READY


def test_of_pieces_that_come_twice_at_once_one_counts_and_one_is_kept(engine: Engine) -> None:
    store = Memory()
    with Session(engine) as session:
        draft = begin(session)
        file = announce(session, draft)
    pieces = [b"a" * size for size in (3, 4, 5, 6)]
    taken = together(
        engine,
        [
            lambda session, data=data: uploads.receive(
                session, store, TENANT, HERS, draft, file, 0, data, NOW
            )
            for data in pieces
        ],
    )
    [counted] = [offset for offset in taken if isinstance(offset, Offset) and offset.taken]
    assert store.read(file) == b"a" * counted.received
    assert {getattr(offset, "received", None) for offset in taken} == {counted.received}


def test_a_store_that_fails_counts_nothing(session: Session, store: Memory) -> None:
    draft = begin(session)
    file = announce(session, draft)
    store.fails = True
    with pytest.raises(OSError, match="full"):
        receive(session, store, draft, file, 0, b"abcd")
    session.rollback()
    store.fails = False
    assert receive(session, store, draft, file, 0, b"ab") == Offset(2, taken=True)


def test_more_than_was_announced_is_refused_while_it_comes(session: Session, store: Memory) -> None:
    draft = begin(session)
    file = announce(session, draft)
    with pytest.raises(TooLarge):
        receive(session, store, draft, file, 0, b"a" * 11)
    session.rollback()
    assert store.parts == {}


def test_limits_hold_before_a_byte_is_sent(session: Session) -> None:
    draft = begin(session)
    for length in (0, -1, LIMITS.per_file + 1):
        with pytest.raises(TooLarge):
            announce(session, draft, length)
        session.rollback()
    announce(session, draft, 1000)
    announce(session, draft, 1000)
    with pytest.raises(TooLarge):
        announce(session, draft, 501)
    session.rollback()
    announce(session, draft, 1)
    announce(session, draft, 1)
    with pytest.raises(TooManyFiles):
        announce(session, draft, 1)


def test_limits_hold_however_many_are_announced_at_once(engine: Engine) -> None:
    with Session(engine) as session:
        draft = begin(session)
    results = together(engine, [lambda session: announce(session, draft, 1000)] * 4)
    assert sorted(type(result).__name__ for result in results) == [
        "TooLarge", "TooLarge", "UUID", "UUID",
    ]  # fmt: skip


def test_a_file_that_is_refused_says_why_and_stays_to_be_removed(
    session: Session, store: Memory
) -> None:
    draft = begin(session)
    file = announce(session, draft, 4)
    receive(session, store, draft, file, 0, b"%PDF")
    assert finish(session, draft, file, Checked(reason="encrypted")) is FileState.REFUSED
    session.commit()
    assert drafts.get_draft(session, KEYRING, TENANT, HERS, draft, NOW).files[0].reason == (
        "encrypted"
    )
    uploads.remove(session, TENANT, HERS, draft, file, NOW)
    session.commit()
    assert drafts.get_draft(session, KEYRING, TENANT, HERS, draft, NOW).files == ()
    assert [row.subject for row in session.scalars(select(Outbox))] == [file]


def test_a_file_is_checked_once_and_with_no_transaction_open(
    session: Session, store: Memory
) -> None:
    draft = begin(session)
    file = announce(session, draft, 4)
    receive(session, store, draft, file, 0, b"%PDF")
    asked = []

    def check(file_id: uuid.UUID, kind: Kind, length: int) -> Checked:
        assert not session.in_transaction()
        asked.append((file_id, kind, length))
        return GOOD

    for _ in range(2):
        uploads.finish(session, TENANT, HERS, draft, file, check, NOW)
    assert asked == [(file, Kind.PDF, 4)]


def test_a_file_removed_while_it_is_checked_is_not_found(session: Session, store: Memory) -> None:
    draft = begin(session)
    file = announce(session, draft, 4)
    receive(session, store, draft, file, 0, b"%PDF")

    def check(*_: object) -> Checked:
        uploads.remove(session, TENANT, HERS, draft, file, NOW)
        session.commit()
        return GOOD

    with pytest.raises(NotFound):
        uploads.finish(session, TENANT, HERS, draft, file, check, NOW)


def test_photos_are_put_in_the_order_that_is_chosen(session: Session) -> None:
    draft = begin(session)
    files = [announce(session, draft, 1, f"{n}.pdf") for n in range(4)]
    uploads.reorder(session, TENANT, HERS, draft, [files[2], files[0]], NOW)
    session.commit()
    found = drafts.get_draft(session, KEYRING, TENANT, HERS, draft, NOW).files
    assert [f.label for f in found] == ["2.pdf", "0.pdf", "1.pdf", "3.pdf"]
    with pytest.raises(NotFound):
        uploads.reorder(session, TENANT, HERS, draft, [uuid.uuid4()], NOW)


def test_no_row_can_have_more_than_was_announced(session: Session) -> None:
    file = announce(session, begin(session))
    row = session.get(DraftFile, file)
    assert row is not None
    row.received = 11
    with pytest.raises(IntegrityError, match="ck_draft_file_received"):
        session.flush()
