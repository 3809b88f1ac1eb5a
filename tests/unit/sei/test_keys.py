import pytest

from portal.sei.keys import LONGEST, SHORT, key_of


@pytest.mark.parametrize(
    ("text", "key"), [("7", 7), (" 110000034 ", 110000034), ("9" * 18, 10**18 - 1)]
)
def test_a_key_is_read(text: str, key: int) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize("text", [None, "", " ", "-1", "1.0", "1 2", "x1", "١", "²", "9" * 19])
def test_any_other_text_is_none(text: str | None) -> None:
    assert key_of(text) is None


def test_a_key_that_no_column_holds_is_none() -> None:
    assert key_of("9" * SHORT, SHORT) == 10**SHORT - 1 < 2**31
    assert key_of("9" * (SHORT + 1), SHORT) is None
    assert 10**LONGEST < 2**63
