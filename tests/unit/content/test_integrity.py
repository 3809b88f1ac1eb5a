"""Whether a file is the one SEI stored."""

from hashlib import md5

from portal.content.integrity import Key, Ledger, verified

EXPECTED = md5(b"abc", usedforsecurity=False).hexdigest()


def key(id_anexo: int) -> Key:
    return ("acacias", id_anexo, 1, 3)


def test_the_verdict_comes_after_the_last_byte() -> None:
    verdicts: list[bool] = []
    chunks = verified([b"a", b"bc"], EXPECTED.upper(), verdicts.append)
    assert next(chunks) == b"a"
    assert next(chunks) == b"bc"
    assert verdicts == []
    assert list(chunks) == []
    assert verdicts == [True]


def test_another_content_is_found_out() -> None:
    verdicts: list[bool] = []
    assert b"".join(verified([b"abd"], EXPECTED, verdicts.append)) == b"abd"
    assert verdicts == [False]


def test_a_reader_who_leaves_hears_no_verdict() -> None:
    verdicts: list[bool] = []
    chunks = verified([b"a", b"bc"], EXPECTED, verdicts.append)
    next(chunks)
    chunks.close()
    assert verdicts == []


def test_a_damaged_file_is_news_once() -> None:
    ledger = Ledger()
    assert key(1) not in ledger
    assert ledger.note(key(1))
    assert not ledger.note(key(1))
    assert key(1) in ledger
    assert key(2) not in ledger
    assert ("ipes", 1, 1, 3) not in ledger


def test_the_oldest_is_forgotten_when_there_are_too_many() -> None:
    ledger = Ledger(most=2)
    for number in (1, 2, 1, 3):
        ledger.note(key(number))
    assert key(2) not in ledger
    assert key(1) in ledger
    assert key(3) in ledger
