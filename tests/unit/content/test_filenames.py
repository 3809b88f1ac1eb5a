"""Names of files, as they are sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.content.filenames import LONGEST, content_disposition, safe_name
from portal.content.kinds import JPEG, PDF, TEXT, UNKNOWN, kind_of


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Petição inicial.pdf", "Petição inicial.pdf"),
        ("planta.PDF", "planta.PDF"),
        ("planta", "planta.pdf"),
        ("foto.jpg", "foto.jpg.pdf"),
        ("conta.exe", "conta.exe.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("C:\\temp\\laudo.pdf", "C temp laudo.pdf"),
        ('a"b;c.pdf', "a b c.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie x=1.pdf"),
        ("laudo\u202efdp.exe", "laudo fdp.exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("", "documento.pdf"),
        (" . ", "documento.pdf"),
        ("Ofício nº 1. Assunto geral", "Ofício nº 1. Assunto geral.pdf"),
        ("Peticao\u0303.pdf", "Peticaõ.pdf"),
    ],
)
def test_a_name_harms_nobody_and_ends_as_its_kind(name: str, safe: str) -> None:
    assert safe_name(name, PDF) == safe


def test_a_page_is_saved_as_text_and_not_as_a_page() -> None:
    assert safe_name("aviso.html", TEXT) == "aviso.html.txt"
    assert safe_name("planta.svg", TEXT) == "planta.svg.txt"
    assert safe_name("macro.vbs", TEXT) == "macro.vbs.txt"


@pytest.mark.parametrize("name", ["lista.csv", "nota.xml", "mail.eml", "dados.json", "ata.md"])
def test_a_text_that_does_nothing_keeps_its_ending(name: str) -> None:
    assert safe_name(name, TEXT) == name


def test_a_sound_keeps_its_ending() -> None:
    assert safe_name("audiencia.opus", kind_of(b"OggS\0\2")) == "audiencia.opus"


def test_another_ending_of_the_same_kind_stays() -> None:
    assert safe_name("foto.jpeg", JPEG) == "foto.jpeg"


def test_what_is_not_recognised_keeps_its_ending() -> None:
    assert safe_name("planta.dwg", UNKNOWN) == "planta.dwg"
    assert safe_name("planta", UNKNOWN) == "planta"


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("ã" * 300 + ".pdf", PDF)
    assert len(name) == LONGEST
    assert name.endswith("ã.pdf")


def test_the_header_says_the_name_twice() -> None:
    assert content_disposition("Petição (2ª via).pdf", attachment=True) == (
        'attachment; filename="Peticao (2a via).pdf";'
        " filename*=UTF-8''Peti%C3%A7%C3%A3o%20%282%C2%AA%20via%29.pdf"
    )
    assert content_disposition("申請.pdf", attachment=False) == (
        "inline; filename=\"pdf\"; filename*=UTF-8''%E7%94%B3%E8%AB%8B.pdf"
    )


@given(st.text(), st.booleans())
def test_no_name_gets_out_of_the_header(name: str, attachment: bool) -> None:
    safe = safe_name(name, UNKNOWN)
    assert safe
    assert not set(safe) & set('/\\"\r\n\0')
    header = content_disposition(safe, attachment)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
