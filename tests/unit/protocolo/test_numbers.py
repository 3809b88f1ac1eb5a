"""The portal's own numbers: read aloud, typed in anyhow, and never taken for one of SEI's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.numero import Mascara
from portal.protocolo.numbers import LETTERS, find_number, format_number

YEARS = st.integers(2026, 2099)
COUNTS = st.integers(1, 999_999_999)


def test_a_number_is_short_and_grows_only_when_it_has_to() -> None:
    assert format_number(2026, 123) == "P26-000123-Z"
    assert format_number(2026, 1_000_000).startswith("P26-1000000-")


@given(YEARS, COUNTS)
def test_it_is_found_however_it_is_typed(ano: int, count: int) -> None:
    numero = format_number(ano, count)
    for typed in (numero.lower(), numero.replace("-", ""), f"  {numero.replace('-', ' ')} "):
        assert find_number(typed) == numero


@given(YEARS, st.integers(1, 999_999), st.data())
def test_a_wrong_digit_and_two_that_are_swapped_are_noticed(
    ano: int, count: int, data: st.DataObject
) -> None:
    digits = format_number(ano, count)[1:-2].replace("-", "")
    letter = format_number(ano, count)[-1]
    place = data.draw(st.integers(0, 7))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    assert find_number(f"P{digits[:place]}{other}{digits[place + 1 :]}{letter}") is None
    place = min(place, 6)
    if digits[place] != digits[place + 1]:
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        assert find_number(f"P{swapped}{letter}") is None


@pytest.mark.parametrize("text", ["", "P26-000123-I", "P26-000123", "26-000123-J", "P26-123-J",
                                  "99990.000123/2024-45", "SEI-070002/013015/2024"])  # fmt: skip
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert find_number(text) is None


@given(YEARS, COUNTS)
def test_no_mask_of_sei_has_a_number_of_ours(ano: int, count: int) -> None:
    chave = format_number(ano, count).replace("-", "")
    for text in ("@cod_unidade_sei_04d@.@seq_anual_cod_unidade_sei_06d@/@ano_4d@",
                 "P@ano_2d@-@seq_anual_cod_orgao_sei_06d@-@dv_mod11_1d@"):  # fmt: skip
        assert not Mascara.parse(text).fits(chave)


def test_no_letter_is_read_as_a_digit() -> None:
    assert len(set(LETTERS)) == 23
    assert not set("IOQ") & set(LETTERS)
