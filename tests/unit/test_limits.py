import pytest

from portal.limits import bucket


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2804:14c:65:1::1", "2804:14c:65:1:ffff::2"),
        ("203.0.113.7", "::ffff:203.0.113.7"),
        ("2001:DB8::1", "2001:db8:0:0::2"),
        (None, ""),
        ("not an address", None),
    ],
)
def test_these_are_counted_together(one: str | None, other: str | None) -> None:
    assert bucket(one) == bucket(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.8"),
        ("2804:14c:65:1::1", "2804:14c:65:2::1"),
        ("203.0.113.7", None),
        ("0.0.0.1", "::1"),
    ],
)
def test_these_are_counted_apart(one: str | None, other: str | None) -> None:
    assert bucket(one) != bucket(other)
