"""What a participation in a company allows, as gov.br writes it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.govbr.empresas import read_company
from portal.representation import Papel

CNPJ, CPF = "11222333000181", "99900006542"


def read(**answer: Any) -> Any:
    return read_company(CNPJ, "ACME", CPF, {"cpf": CPF, **answer})


@pytest.mark.parametrize(
    ("answer", "papel"),
    [
        ({"atuacao": "SOCIO"}, Papel.SOCIO),
        ({"atuacao": "CONTADOR"}, Papel.CONTADOR),
        ({"atuacao": "REPRESENTANTE_LEGAL"}, Papel.REPRESENTANTE_LEGAL),
        ({}, Papel.COLABORADOR),
        ({"atuacao": None}, Papel.COLABORADOR),
    ],
)
def test_a_role_that_acts(answer: dict[str, Any], papel: Papel) -> None:
    assert read(**answer).papel is papel


@pytest.mark.parametrize(
    "answer",
    [
        {"atuacao": "NAO_ATUANTE"},
        {"atuacao": "DONO_DE_TUDO"},
        {"atuacao": ""},
        {"atuacao": ["SOCIO"]},
        {"atuacao": "SOCIO", "cpf": "99900001079"},
        {"atuacao": "SOCIO", "dataExpiracao": "amanhã"},
    ],
)
def test_what_does_not_read_as_a_right_is_none(answer: dict[str, Any]) -> None:
    assert read(**answer) is None


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-03-20T12:00:00.000-0300", datetime(2026, 3, 20, 15, tzinfo=UTC)),
        ("2026-03-20T12:00:00-03:00", datetime(2026, 3, 20, 15, tzinfo=UTC)),
        ("2026-03-20 12:00:00", datetime(2026, 3, 20, 15, tzinfo=UTC)),
        ("2026-03-20", datetime(2026, 3, 20, 3, tzinfo=UTC)),
    ],
)
def test_an_end_is_respected_to_the_second(text: str, last: datetime) -> None:
    found = read(dataExpiracao=text)
    assert found.until == last
    assert not found.holds(last)
    assert found.holds(last.replace(year=2025))
    assert read().holds(last)


def test_a_cnpj_is_shown_whole_and_a_cpf_never() -> None:
    assert read().shown == "11.222.333/0001-81"
    assert read_company(CPF, "Ana", CPF, {"cpf": CPF}).shown == "***.000.065-**"  # type: ignore[union-attr] # there is one
