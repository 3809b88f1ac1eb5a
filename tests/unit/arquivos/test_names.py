"""The name of a file is a label: nothing in it leads anywhere or deceives the eye."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.arquivos.names import LONGEST, NAMELESS, label, with_ending


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("petição.pdf", "petição.pdf"),
        ("petic\u0327a\u0303o.pdf", "petição.pdf"),
        ("C:\\Users\\ana\\foto.jpg", "foto.jpg"),
        ("../../etc/passwd", "passwd"),
        ("nota\r\nfiscal\t2026.pdf", "nota fiscal 2026.pdf"),
        ("nota\x00.pdf", "nota.pdf"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a:b*c?.pdf", "a-b-c-.pdf"),
        ("李小龙 😀.pdf", "李小龙 😀.pdf"),
        ("", NAMELESS),
        ("///", NAMELESS),
        ("...", NAMELESS),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_shown_as_people_know_it(given_name: str, shown: str) -> None:
    assert label(given_name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert label("a" * 300 + ".pdf") == "a" * 96 + ".pdf"
    assert label("a" * 300) == "a" * LONGEST


def test_a_photo_becomes_a_pdf_by_name_too() -> None:
    assert with_ending("IMG_0001.HEIC", "pdf") == "IMG_0001.pdf"
    assert with_ending("sem ponto", "pdf") == "sem ponto.pdf"
    assert len(with_ending("b" * LONGEST, "pdf")) == LONGEST


@given(st.text(max_size=300))
def test_whatever_the_name_it_is_short_on_one_line_and_no_path(name: str) -> None:
    shown = label(name)
    assert 0 < len(shown) <= LONGEST
    assert shown == unicodedata.normalize("NFC", shown) or len(name) > LONGEST
    assert not set(shown) & set('\\/:*?"<>|\r\n\t\x00')
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} for c in shown)
    assert not shown.startswith(".")


@given(st.text(max_size=300))
def test_a_label_is_its_own_label(name: str) -> None:
    assert label(label(name)) == label(name)
