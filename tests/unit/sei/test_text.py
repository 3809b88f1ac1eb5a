"""Free text made fit to show: CPF and e-mail masked, nothing invisible left."""

import csv

import pytest

from portal.sei.text import clean, mask
from tests.shared import need_shared

ZERO_WIDTH = "\u200b"
RTL_OVERRIDE, POP = "\u202e", "\u202c"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("123.456.789-09", "***.456.789-**", id="11(10) printed CPF"),
        pytest.param("12345678909", "***.456.789-**", id="11(10) bare CPF"),
        pytest.param("123456789-09", "***.456.789-**", id="11(10) CPF with its hyphen only"),
        pytest.param("123.456.78909", "***.456.789-**", id="11(10) CPF with its dots only"),
        pytest.param("Ana(123.456.789-09)", "Ana(***.456.789-**)", id="11(10) CPF in brackets"),
        pytest.param("CPF12345678909,", "CPF***.456.789-**,", id="11(10) CPF stuck to letters"),
        pytest.param(
            "１２３.４５６.７８９-０９", "***.４５６.７８９-**", id="11(10) full-width digits"
        ),
        pytest.param(
            f"123{ZERO_WIDTH}.456.789-09", "***.456.789-**", id="11(10) CPF cut by a zero width"
        ),
        pytest.param(
            "111.111.111-11 e 222.222.222-22",
            "***.111.111-** e ***.222.222-**",
            id="11(10) every CPF of a text",
        ),
    ],
)
def test_a_cpf_typed_into_a_text_keeps_only_its_middle(typed: str, shown: str) -> None:
    assert mask(typed) == shown


@pytest.mark.parametrize(
    "text",
    [
        "12.345.678/0001-90",
        "12345678000190",
        "20/03/2026 14:10:09",
        "R$ 1.234.567,89",
        "CEP 35.400-000",
        "Documento 0001234 (Parecer)",
        "1500.01.0237223/2023-26",
        "99990.000123/2024-45",
        "00060-00012345/2024-11",
        "SEI-070002/013015/2024",
        "0043.002757/2019-50",
        "PMJ.0019877/2026",
    ],
)
def test_what_only_looks_a_little_like_a_cpf_stays(text: str) -> None:
    assert mask(text) == text


def test_no_published_processo_number_is_taken_for_a_cpf() -> None:
    with need_shared("protocol-numbers.csv").open(encoding="utf-8") as file:
        numbers = [row["number"] for row in csv.DictReader(file)]
    assert numbers
    assert [n for n in numbers if mask(n) != n] == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("maria@exemplo.com.br", "(e-mail omitido)", id="11(10) e-mail"),
        pytest.param(
            "Maria <maria.s+x@ex.org>", "Maria <(e-mail omitido)>", id="11(10) in brackets"
        ),
        pytest.param("MARIA_S-2@EX-EMPLO.GOV.BR.", "(e-mail omitido).", id="11(10) capitals, stop"),
        pytest.param("joão@exemplo.com", "(e-mail omitido)", id="11(10) e-mail with an accent"),
        pytest.param("a@b.co; c@d.co", "(e-mail omitido); (e-mail omitido)", id="11(10) several"),
        pytest.param(
            f"maria{ZERO_WIDTH}@exemplo.com",
            "(e-mail omitido)",
            id="11(10) e-mail cut by a zero width",
        ),
        pytest.param(
            "maria12345678909@exemplo.com", "(e-mail omitido)", id="11(10) e-mail with a CPF in it"
        ),
        pytest.param(
            "12345678909@exemplo.com", "(e-mail omitido)", id="11(10) e-mail that is a CPF"
        ),
        pytest.param(
            "maria.d'avila@exemplo.com", "(e-mail omitido)", id="11(10) e-mail with an apostrophe"
        ),
    ],
)
def test_an_email_typed_into_a_text_is_left_out(typed: str, shown: str) -> None:
    assert mask(typed) == shown


@pytest.mark.parametrize(
    "text", ["@", "às 14h @ sala 3", "R$ 10 @ unidade", "fulano@", "@prefeitura"]
)
def test_an_at_sign_alone_is_no_email(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="every line break as one"),
        pytest.param("  Rua A \n", "Rua A", id="stripped"),
        pytest.param("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef", id="control characters"),
        pytest.param(
            f"pagar {RTL_OVERRIDE}rb.vog{POP}!", "pagar rb.vog!", id="right-to-left override"
        ),
        pytest.param("\u2066a\u2069\u200fb\u200ec", "abc", id="isolates and direction marks"),
        pytest.param(f"a{ZERO_WIDTH}b\ufeffc\u00add", "abcd", id="zero width, BOM, soft hyphen"),
        pytest.param("a\ue000b", "ab", id="private use"),
        pytest.param("a\ud800b", "ab", id="half a surrogate"),
        pytest.param("São João – 1º", "São João – 1º", id="accents and dashes stay"),
        pytest.param("ação 🌳", "ação 🌳", id="combining accents and emoji stay"),
        pytest.param(
            "<script>alert(1)</script>", "<script>alert(1)</script>", id="escaping is later"
        ),
        pytest.param("", "", id="empty"),
        pytest.param(ZERO_WIDTH, "", id="nothing to be seen"),
    ],
)
def test_what_nobody_sees_is_taken_out(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@pytest.mark.parametrize("blank", ["\t", "\xa0", "\u2009", "\u202f", "\u3000", "\u2028"])
def test_every_kind_of_blank_goes_on_parting_words(blank: str) -> None:
    assert clean(f"Rua{blank}A").split() == ["Rua", "A"]


def test_a_text_of_4000_characters_stays_whole() -> None:
    text = "Vistoria feita. " * 249 + "Fim do texto!"
    assert mask(text) == text
