"""The query string of a processo's address, read and written again."""

from urllib.parse import parse_qsl

import pytest

from portal.web.asked import Asked

ALL = Asked("1500.01.0250326/2023-04", oldest_first=True, main_only=False, before=7,
            contents_after=12)  # fmt: skip


@pytest.mark.parametrize("asked", [Asked(), ALL, Asked(before=0), Asked(contents_after=0)])
def test_what_is_asked_can_be_asked_again(asked: Asked) -> None:
    assert Asked.of(dict(parse_qsl(asked.query[1:], keep_blank_values=True))) == asked


def test_what_nobody_asked_is_not_in_the_address() -> None:
    assert Asked().query == ""
    assert Asked(main_only=False).query == "?ver=tudo"
    assert Asked("1/2").query == "?formatado=1/2"


def test_what_is_longer_than_sei_s_numbers_chooses_none() -> None:
    assert Asked.of({"formatado": "1" * 50}).formatado == "1" * 50
    assert Asked.of({"formatado": "1" * 51}) == Asked()


@pytest.mark.parametrize("text", ["", "x", "-1", "１", "1e3", "9" * 19])
def test_a_place_that_is_none_counts_as_not_asked(text: str) -> None:
    assert Asked.of({"antes": text}) == Asked()
