"""Files of SEI's repository: found where SEI puts them, and nothing else is."""

import os
from datetime import date
from pathlib import Path

import pytest

from portal.content.repository import CHUNK, Missing, StoredFile, open_file

DAY = date(2026, 3, 9)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with the folder of one day."""
    folder = tmp_path / "repositorio"
    (folder / "2026/03/09").mkdir(parents=True)
    return folder


def read(folder: Path, id_anexo: int = 7, day: date = DAY) -> bytes:
    file = open_file(folder, id_anexo, day)
    try:
        return b"".join(file.chunks())
    finally:
        file.close()


def test_a_file_is_found_by_its_day_and_its_number(folder: Path) -> None:
    (folder / "2026/03/09/7").write_bytes(b"%PDF-1.4")
    assert read(folder) == b"%PDF-1.4"


def test_the_folder_itself_may_be_a_link(folder: Path, tmp_path: Path) -> None:
    (folder / "2026/03/09/7").write_bytes(b"x")
    (tmp_path / "link").symlink_to(folder)
    assert read(tmp_path / "link") == b"x"


def test_no_file_no_day_and_no_folder_are_all_missing(folder: Path, tmp_path: Path) -> None:
    for place, day in ((folder, DAY), (folder, date(2026, 3, 10)), (tmp_path / "nada", DAY)):
        with pytest.raises(Missing):
            open_file(place, 7, day)


def test_a_link_is_not_followed_at_any_step(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "segredo"
    outside.mkdir()
    (outside / "7").write_bytes(b"segredo")
    (folder / "2026/03/09/7").symlink_to(outside / "7")
    (folder / "2026/03/10").symlink_to(outside)
    (folder / "2026/04").symlink_to(folder / "2026/03")
    for day in (DAY, date(2026, 3, 10), date(2026, 4, 9)):
        with pytest.raises(Missing):
            open_file(folder, 7, day)


def test_a_pipe_keeps_nobody_waiting(folder: Path) -> None:
    os.mkfifo(folder / "2026/03/09/7")
    with pytest.raises(Missing, match="regular"):
        open_file(folder, 7, DAY)


def test_a_folder_is_no_file(folder: Path) -> None:
    (folder / "2026/03/09/7").mkdir()
    with pytest.raises(Missing, match="regular"):
        open_file(folder, 7, DAY)


def test_a_part_is_read_from_where_it_starts(folder: Path) -> None:
    (folder / "2026/03/09/7").write_bytes(b"0123456789")
    file = open_file(folder, 7, DAY)
    assert b"".join(file.chunks(2, 5)) == b"23456"
    assert file.head(3) == b"012"
    assert file.head(99) == b"0123456789"
    file.close()


def test_a_file_that_shrinks_breaks_the_connection_and_one_that_grows_is_cut(
    folder: Path,
) -> None:
    path = folder / "2026/03/09/7"
    path.write_bytes(b"x" * (2 * CHUNK))
    shrinking = open_file(folder, 7, DAY)
    chunks = shrinking.chunks()
    assert len(next(chunks)) == CHUNK
    os.truncate(path, CHUNK + 5)
    assert len(next(chunks)) == 5
    with pytest.raises(ConnectionResetError):
        next(chunks)
    shrinking.close()
    growing = open_file(folder, 7, DAY)
    path.write_bytes(b"y" * (3 * CHUNK))
    assert sum(map(len, growing.chunks())) == growing.size == CHUNK + 5
    growing.close()


def test_a_disk_that_fails_is_a_file_that_is_missing_or_breaks_off(folder: Path) -> None:
    (folder / "2026/03/09/7").write_bytes(b"x" * 10)
    stored = open_file(folder, 7, DAY)
    chunks = stored.chunks()
    os.close(stored.descriptor)
    with pytest.raises(ConnectionResetError):
        next(chunks)
    stored.descriptor = -1
    with pytest.raises(Missing):
        stored.head(5)


def test_a_large_file_passes_in_small_pieces(folder: Path) -> None:
    with (folder / "2026/03/09/7").open("wb") as file:
        file.truncate(300_000_000)
    stored = open_file(folder, 7, DAY)
    assert stored.size == 300_000_000
    assert max(map(len, stored.chunks(299_000_000))) <= CHUNK
    stored.close()


def test_nothing_stays_open(folder: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    (folder / "2026/03/09/7").write_bytes(b"x")
    stored = open_file(folder, 7, DAY)
    stored.close()
    stored.close()
    with pytest.raises(Missing):
        open_file(folder, 8, DAY)
    assert len(os.listdir("/proc/self/fd")) == before
    assert isinstance(stored, StoredFile)
