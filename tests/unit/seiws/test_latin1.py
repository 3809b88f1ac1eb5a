"""Text that SEI can keep."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.seiws.latin1 import NAME, file_name, fit, to_latin1

ANY = st.text(max_size=300)
LATIN1 = st.text(st.characters(codec="latin-1", exclude_categories=("Cc", "Cf", "Zs")), max_size=99)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Petição – teste", "Petição - teste"),
        ("“renda” e ‘bens’…", "\"renda\" e 'bens'..."),
        ("5 € • nº 3 − 2ª via", "5 EUR · nº 3 - 2ª via"),
        ("petic\u0327a\u0303o", "petição"),
        ("Łukasz Šimůnek, Nguyễn", "Lukasz Simunek, Nguyên"),
        ("eﬁciente Ⅳ ㎏", "eficiente IV kg"),
        ("李 ok 😀", "? ok ?"),
        ("a\x00b\x1b[31m\x9bc\u200d\u00ad", "ab[31mc"),
        ("a\tb\nc\u00a0 d ", "a b c d"),
        ("½ ñ Ÿ ç", "½ ñ Y ç"),
    ],
)
def test_words_stay_recognisable(said: str, kept: str) -> None:
    assert to_latin1(said) == kept


@given(ANY)
def test_what_comes_out_is_latin1_without_controls(text: str) -> None:
    kept = to_latin1(text)
    assert kept.encode("latin-1").decode("latin-1") == kept
    assert not any(unicodedata.category(each) == "Cc" for each in kept)
    assert kept == kept.strip()
    assert to_latin1(kept) == kept


@given(LATIN1)
def test_what_is_latin1_already_stays_as_it_is(text: str) -> None:
    assert to_latin1(text) == text
    assert to_latin1(unicodedata.normalize("NFD", text)) == text


@given(ANY)
def test_line_breaks_stay_only_where_they_may(text: str) -> None:
    assert "\n" not in to_latin1(text)
    lines = to_latin1(text, lines=True)
    assert to_latin1(lines, lines=True) == lines
    assert " ".join(lines.split()) == to_latin1(text)


@given(ANY, st.integers(4, 120))
def test_nothing_is_longer_than_its_field(text: str, limit: int) -> None:
    cut = fit(text, limit)
    assert len(cut.encode("latin-1")) <= limit
    whole = to_latin1(text)
    assert cut == whole or (cut.endswith("...") and whole.startswith(cut[:-3]))


def test_a_long_text_ends_with_a_word() -> None:
    assert fit("Isenção de IPTU para pessoa aposentada", 30) == "Isenção de IPTU para..."
    assert fit("x" * 50, 10) == "xxxxxxx..."
    # The limit is of what SEI counts, where one character has become three.
    assert fit("Renda…", 8) == "Renda..."


@given(ANY, st.sampled_from(["pdf", "PNG", "tar.gz"]))
def test_a_file_keeps_its_extension(stem: str, extension: str) -> None:
    name = file_name(f"{stem}.{extension}")
    assert name.endswith(f".{extension.rpartition('.')[2]}")
    assert len(name) <= NAME
    assert "&#" not in name


def test_a_name_without_a_dot_is_only_cut() -> None:
    assert file_name("ç" * 300) == "ç" * NAME
    assert file_name("a&#8211;b.pdf") == "a& #8211;b.pdf"
    assert file_name(f"{'&#' * 127}.pdf").endswith(".pdf")
