"""Whether a file is the one SEI stored."""

from hashlib import md5

from portal.content.integrity import verified

EXPECTED = md5(b"abc", usedforsecurity=False).hexdigest()


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
