"""The package of documents, as unzip and sha256sum see it."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from portal.content.package import INDEX, MANIFEST, Member, stream, unique

NOON = datetime(2026, 3, 20, 12, 0)


def opened(*members: Member) -> ZipFile:
    return ZipFile(BytesIO(b"".join(stream(members, "Processo <1>", NOON))))


def member(name: str, *chunks: bytes, packed: bool = False) -> Member:
    return Member(name, f"Título de {name}", chunks, packed)


def test_what_went_in_comes_out() -> None:
    package = opened(
        member("um.pdf", b"%PDF-", b"1.7", packed=True), member("dois.html", b"<p>" * 99)
    )
    assert package.testzip() is None
    assert package.namelist() == ["um.pdf", "dois.html", INDEX, MANIFEST]
    assert package.read("um.pdf") == b"%PDF-1.7"
    assert package.getinfo("um.pdf").compress_type == ZIP_STORED
    assert package.getinfo("dois.html").compress_type == ZIP_DEFLATED
    assert package.getinfo("um.pdf").date_time == (2026, 3, 20, 12, 0, 0)


def test_the_manifest_is_one_that_sha256sum_checks() -> None:
    package = opened(member("Petição.pdf", b"ab", b"c"))
    digest = sha256(b"abc").hexdigest()
    assert package.read(MANIFEST).decode() == f"{digest}  Petição.pdf\n"


def test_the_index_leads_to_each_document_and_escapes_what_it_says() -> None:
    index = opened(Member("Petição <1>.pdf", "Petição <1>", [b"x"], True)).read(INDEX).decode()
    assert '<a href="Peti%C3%A7%C3%A3o%20%3C1%3E.pdf">Petição &lt;1&gt;</a>' in index
    assert "<h1>Processo &lt;1&gt;</h1>" in index
    assert "20/03/2026, às 12:00" in index


def test_a_document_that_could_not_be_read_is_named_and_not_packed() -> None:
    package = opened(Member("um.pdf", "Laudo", None, True), member("dois.pdf", b"x"))
    assert "um.pdf" not in package.namelist()
    assert "Laudo: o arquivo não estava disponível" in package.read(INDEX).decode()
    assert "um.pdf" not in package.read(MANIFEST).decode()


def test_nothing_is_read_before_it_is_sent_nor_kept_after() -> None:
    asked: list[int] = []

    def large() -> Iterator[bytes]:
        for number in range(300):
            asked.append(number)
            yield bytes(65_536)

    pieces = stream([Member("grande.bin", "Grande", large(), True)], "Pacote", NOON)
    assert asked == []
    next(pieces)
    assert asked == [0]
    assert max(map(len, pieces)) < 2 * 65_536
    assert len(asked) == 300


def test_a_file_that_breaks_off_breaks_the_package_off() -> None:
    def broken() -> Iterator[bytes]:
        yield b"x"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        list(stream([Member("um.pdf", "Um", broken(), True)], "Pacote", NOON))


def test_two_documents_of_one_name_get_two_names() -> None:
    taken: set[str] = set()
    names = [unique(n, taken) for n in ("a.pdf", "A.pdf", "a.pdf", "a (2).pdf", "b", "b")]
    assert names == ["a.pdf", "A (2).pdf", "a (3).pdf", "a (2) (2).pdf", "b", "b (2)"]
