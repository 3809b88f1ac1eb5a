"""Whether a file is the one that SEI stored, as readers are told."""

import os
from pathlib import Path

import pytest
from flask import Flask

from tests.app import MakeApp, client_of
from tests.integration.web.papers import PDF, WITH_FILES, Scene, file_lines


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(WITH_FILES)


def test_a_file_that_is_not_the_one_sei_stored_is_said_logged_and_counted_once(
    scene: Scene, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    address = scene.externo()
    path = scene.path()
    path.write_bytes(PDF[:-1] + b"?")
    assert "mudou depois" not in scene.client.get(address).text
    assert "mudou depois" not in scene.client.get(address).text
    capsysbinary.readouterr()
    for _ in range(2):
        assert scene.client.get(f"{address}/arquivo").data == path.read_bytes()
    assert "mudou depois" in scene.client.get(address).text
    [line] = file_lines(capsysbinary)
    assert (line["problem"], line["tenant"]) == ("damaged", "acacias")
    assert "Peti" not in str(line)
    assert str(path.name) not in str(line["reason"])
    path.write_bytes(PDF)
    os.utime(path, ns=(5, 5))
    assert "mudou depois" not in scene.client.get(address).text


def test_a_file_of_another_size_is_known_at_once(scene: Scene) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF + b"?")
    assert "mudou depois" in scene.client.get(address).text


DAMAGED = "mudou depois de entrar no SEI"
UNCHECKED = "ainda não conferiu se este arquivo mudou"
CHECKED = "é o mesmo arquivo que entrou no SEI"


def test_a_page_says_whether_somebody_has_read_the_file_to_its_end(scene: Scene) -> None:
    address = scene.externo()
    assert UNCHECKED in scene.client.get(address).text
    scene.client.head(f"{address}/arquivo")
    cut = scene.client.get(f"{address}/arquivo", buffered=False)
    next(cut.iter_encoded())
    cut.close()
    assert UNCHECKED in scene.client.get(address).text
    scene.client.get(f"{address}/arquivo")
    page = scene.client.get(address).text
    assert CHECKED in page
    assert UNCHECKED not in page


@pytest.mark.parametrize("asked", ["bytes=0-9", "bytes=50-", "bytes=-1"])
def test_a_file_that_is_only_read_in_parts_is_checked_behind_the_first(
    scene: Scene, asked: str
) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    for _ in range(2):
        answer = scene.client.get(f"{address}/arquivo", headers={"Range": asked})
        assert len(answer.data) == int(answer.headers["Content-Length"]) < len(PDF)
        assert DAMAGED in scene.client.get(address).text


def test_a_file_is_read_behind_a_part_only_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{scene.externo()}/arquivo"
    read = []
    pread = os.pread

    def count(descriptor: int, length: int, start: int) -> bytes:
        read.append(length)
        return pread(descriptor, length, start)

    monkeypatch.setattr("os.pread", count)
    amounts = []
    for _ in range(2):
        read.clear()
        scene.client.get(address, headers={"Range": "bytes=0-9"})
        amounts.append(sum(read))
    assert amounts[0] - amounts[1] == len(PDF)


def test_a_large_file_is_not_read_behind_a_part(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.web.files.CHECKED_APART", len(PDF) - 1)
    address = scene.externo()
    scene.client.get(f"{address}/arquivo", headers={"Range": "bytes=0-9"})
    assert UNCHECKED in scene.client.get(address).text


def test_what_a_process_found_out_holds_for_the_next(make_app: MakeApp, scene: Scene) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    scene.client.get(f"{address}/arquivo")
    assert DAMAGED in client_of(make_app(WITH_FILES)).get(address).text


def test_without_the_portal_s_database_files_are_had_and_checked(
    make_app: MakeApp, scene: Scene, tmp_path: Path
) -> None:
    address = scene.externo()
    scene.path().write_bytes(PDF[:-1] + b"?")
    client = client_of(make_app(WITH_FILES, database_url=f"sqlite:///{tmp_path}/other.db"))
    for path in tmp_path.glob("other.db*"):
        path.unlink()
    (tmp_path / "other.db").mkdir()
    answer = client.get(f"{address}/arquivo")
    assert (answer.status_code, answer.data) == (200, scene.path().read_bytes())
    assert client.get(f"{address}/arquivo", headers={"Range": "bytes=0-9"}).data == PDF[:10]
    assert DAMAGED in client.get(address).text
