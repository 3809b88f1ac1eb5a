import pytest

from portal.web.log import describe, redact


def clean(value: object) -> object:
    return redact(None, "", {"x": value})["x"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("123.456.789-09", "[cpf]"),
        ("12345678909", "[cpf]"),
        ("123 456 789 09", "[cpf]"),
        ("CPF:12345678909;", "CPF:[cpf];"),
        ("(cpf)=(12345678909) already exists", "(cpf)=([cpf]) already exists"),
        ("12.345.678/0001-95", "[cnpj]"),
        ("12345678000195", "[cnpj]"),
        ("12.ABC.345/01DE-35", "[cnpj]"),
        ("de maria.silva+x@exemplo.com.br para", "de [e-mail] para"),
        ("<joão@prefeitura.mg.gov.br>", "<[e-mail]>"),
        ("a@b.co,c@d.org", "[e-mail],[e-mail]"),
        (12345678909, "[cpf]"),
        (12345678000195, "[cnpj]"),
        (
            {"123.456.789-09": ["a@b.co", {"b": 12345678909}]},
            {"[cpf]": ["[e-mail]", {"b": "[cpf]"}]},
        ),
        (("a@b.co",), ["[e-mail]"]),
        (ValueError("a@b.co"), "[e-mail]"),
    ],
)
def test_what_looks_like_a_person_is_masked_wherever_it_is(text: object, masked: object) -> None:
    assert clean(text) == masked


@pytest.mark.parametrize(
    "value",
    ["processos.processo", "a4f09b12cd34", "GET", 200, 12.5, None, True, "10.11.19-MariaDB", 99999],
)
def test_what_does_not_is_left_alone(value: object) -> None:
    assert clean(value) == value


def test_a_text_without_end_is_cut() -> None:
    assert clean("x" * 10_000) == "x" * 300


def test_an_exception_is_told_by_its_kind_its_place_and_one_line() -> None:
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        told = describe(error)
    assert told["error"] == "builtins.ValueError"
    assert told["reason"] == "first"
    [place] = told["at"]  # type: ignore[misc]
    assert "test_log.py" in str(place)
    assert "test_an_exception_is_told" in str(place)
