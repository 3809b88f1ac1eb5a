"""What is put can be read by who put it, at its place, and is on the disk sealed."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from obstore.store import MemoryStore

from portal.arquivos.store import PART, Bucket, Damaged, Folder, Shelf, Store, open_store
from portal.errors import ConfigurationError, FilesAway
from portal.keyring import Keyring

KEYRING = Keyring(["a secret key that the tests alone use"])
FILE, OTHER = UUID(int=1), UUID(int=2)
TEXT = b"o requerimento de Jos\xc3\xa9"


@pytest.fixture(params=["folder", "bucket"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return Folder(tmp_path) if request.param == "folder" else Bucket(MemoryStore())


@pytest.fixture
def store(shelf: Shelf) -> Store:
    return Store(shelf, KEYRING)


def read(store: Store, tenant: str, file_id: UUID, size: int) -> bytes:
    return b"".join(store.read(tenant, file_id, size))


def test_parts_are_read_in_the_order_of_their_places(store: Store) -> None:
    store.put("acacias", FILE, 6, b"mundo")
    store.put("acacias", FILE, 0, b"ol\xc3\xa1, ")
    assert read(store, "acacias", FILE, 11) == b"ol\xc3\xa1, mundo"


def test_a_part_that_comes_again_takes_the_place_of_the_first(store: Store) -> None:
    store.put("acacias", FILE, 0, b"primeira vez, e mais longa")
    store.put("acacias", FILE, 0, b"segunda")
    assert read(store, "acacias", FILE, 7) == b"segunda"


def test_what_nobody_was_told_of_is_not_read(store: Store) -> None:
    store.put("acacias", FILE, 0, b"contado e o resto")
    assert read(store, "acacias", FILE, 7) == b"contado"


@pytest.mark.parametrize(("tenant", "file_id"), [("ipes", FILE), ("acacias", OTHER)])
def test_another_tenants_and_another_file_is_not_there(
    store: Store, tenant: str, file_id: UUID
) -> None:
    store.put("acacias", FILE, 0, TEXT)
    with pytest.raises(Damaged):
        read(store, tenant, file_id, len(TEXT))


def test_a_part_that_is_gone_is_said_and_not_passed_over(store: Store) -> None:
    store.put("acacias", FILE, 0, TEXT)
    with pytest.raises(Damaged):
        read(store, "acacias", FILE, len(TEXT) + 1)


def test_a_part_moved_to_another_place_opens_nothing(store: Store, shelf: Shelf) -> None:
    store.put("acacias", FILE, 0, b"a")
    sealed = shelf.get(f"acacias/{FILE}/000000000000")
    assert sealed is not None
    shelf.put(f"acacias/{FILE}/000000000001", sealed)
    with pytest.raises(Damaged):
        read(store, "acacias", FILE, 2)
    shelf.put(f"ipes/{FILE}/000000000000", sealed)
    with pytest.raises(Damaged):
        read(store, "ipes", FILE, 1)


def test_nothing_of_a_file_can_be_read_where_it_lies(store: Store, shelf: Shelf) -> None:
    store.put("acacias", FILE, 0, TEXT)
    sealed = shelf.get(f"acacias/{FILE}/000000000000")
    assert sealed is not None
    assert TEXT not in sealed
    store.put("acacias", OTHER, 0, TEXT)
    assert shelf.get(f"acacias/{OTHER}/000000000000") != sealed


def test_a_deleted_file_is_gone_with_every_part_and_alone(store: Store, shelf: Shelf) -> None:
    for offset in (0, 1, 2):
        store.put("acacias", FILE, offset, b"x")
    store.put("acacias", OTHER, 0, b"y")
    store.delete("acacias", FILE)
    store.delete("acacias", FILE)
    assert [shelf.get(f"acacias/{FILE}/{offset:012d}") for offset in (0, 1, 2)] == [None] * 3
    assert read(store, "acacias", OTHER, 1) == b"y"


@pytest.mark.parametrize("part", [b"", bytes(PART + 1)])
def test_a_part_has_something_and_is_no_larger_than_a_request(store: Store, part: bytes) -> None:
    with pytest.raises(ValueError, match="a part of"):
        store.put("acacias", FILE, 0, part)


@contextmanager
def full_disk() -> Iterator[None]:
    """Files that this process writes end after a hundred bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_nothing_is_kept_and_what_was_there_stays(tmp_path: Path) -> None:
    store = Store(Folder(tmp_path), KEYRING)
    store.put("acacias", FILE, 0, b"antes")
    with full_disk(), pytest.raises(FilesAway):
        store.put("acacias", FILE, 0, bytes(1000))
    assert read(store, "acacias", FILE, 5) == b"antes"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["000000000000"]


def test_the_folder_is_for_the_portal_alone(tmp_path: Path) -> None:
    open_store(str(tmp_path / "arquivos"), KEYRING).put("acacias", FILE, 0, TEXT)
    assert (tmp_path / "arquivos").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("address", ["ftp://servidor/pasta", "/dev/null/arquivos"])
def test_an_address_that_leads_nowhere_stops_the_start(address: str) -> None:
    with pytest.raises(ConfigurationError, match="PORTAL_FILES"):
        open_store(address, KEYRING)
