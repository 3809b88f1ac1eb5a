"""Whose name is meant by what somebody typed."""

from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sei.person_names import is_named, may_search, read_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("João D'Ávila", ("joao", "d", "avila")),
        ("  MARIA-CLARA   da  Conceição ", ("maria", "clara", "da", "conceicao")),
        (normalize("NFD", "José Antônio"), ("jose", "antonio")),
        ("Müller & Weiß Ltda.", ("muller", "weiss", "ltda")),
        ("Ana 123.456.789-09", ("ana",)),
        ("ana_lima@x.example", ("ana", "lima", "x", "example")),
        ("", ()),
    ],
)
def test_letters_alone_count_and_each_is_one_letter(text: str, words: tuple[str, ...]) -> None:
    assert read_words(text) == words


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("Maria Silva", True),
        ("Li Wu", True),
        ("M. de S. Sá", True),
        ("Maria", False),
        ("Maria S", False),
        ("M S", False),
        ("", False),
    ],
)
def test_two_words_of_two_letters_are_the_least(text: str, enough: bool) -> None:
    assert may_search(read_words(text)) is enough


@pytest.mark.parametrize(
    ("text", "nome", "meant"),
    [
        ("maria silva", "MARIA APARECIDA DA SILVA", True),
        ("silva maria", "Maria da Silva", True),
        ("mar sil", "Maria da Silva", True),
        ("conceicao joao", "João da Conceição", True),
        ("CONCEIÇÃO JOÃO", "joao da conceicao", True),
        ("maria souza", "Maria da Silva", False),
        ("aria ilva", "Maria da Silva", False),
        ("mariana silva", "Maria da Silva", False),
        ("maria maria", "Maria da Silva", False),
        ("maria maria", "Maria José Maria", True),
        ("ma mar", "Maria da Silva", False),
        ("ma mar", "Maria de Macedo", True),
        ("ma mar", "Macedo e Maria", True),
        ("maria s", "Maria da Silva", True),
    ],
)
def test_each_word_begins_one_of_its_own(text: str, nome: str, meant: bool) -> None:
    assert is_named(read_words(text), nome) is meant


@given(st.lists(st.text("AÁÂÃaáÇçéÊñoÖß", min_size=2), min_size=2, max_size=5), st.randoms())
def test_a_name_is_found_by_its_words_in_any_order_and_case_cut_short(
    names: list[str], chance: Random
) -> None:
    typed = [name[: chance.randint(2, len(name))] for name in names]
    chance.shuffle(typed)
    text = " ".join(chance.choice((word, word.upper(), word.lower())) for word in typed)
    assert is_named(read_words(text), " ".join(names))
