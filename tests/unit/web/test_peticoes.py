"""What waits for a person, in words: if it was read, until when, how long there will be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.sei.values import Contagem, Intimacao, Prazo, Resposta
from portal.web.peticoes import say_intimacao, say_prazo

UNREAD = Intimacao(
    tipo="Defesa",
    expedida=datetime(2026, 3, 5, 15, tzinfo=UTC),
    resposta=Resposta.EXIGIDA,
    pending=True,
    tacit_on=None,
    tacit_days=None,
    prazos=(),
    due=None,
    processo=None,
    documento=None,
)
READ = replace(UNREAD, pending=False)
LATER = "Se ninguém abrir, vale como lida depois de um tempo."


@pytest.mark.parametrize(
    ("intimacao", "represented", "said"),
    [
        (UNREAD, False, "Há uma intimação para você, enviada em 05/03/2026"),
        (UNREAD, True, "Há uma intimação para quem você representa, enviada em 05/03/2026"),
        (READ, False, "Exigência: falta responder a intimação enviada em 05/03/2026"),
        (
            replace(READ, resposta=Resposta.FACULTATIVA),
            False,
            "Ainda dá para responder a intimação enviada em 05/03/2026",
        ),
    ],
)
def test_what_it_is_is_said_first(intimacao: Intimacao, represented: bool, said: str) -> None:
    assert say_intimacao(intimacao, represented) == said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"resposta": Resposta.SEM_RESPOSTA}, LATER),
        ({"resposta": Resposta.FACULTATIVA}, f"{LATER} Aceita resposta."),
        ({}, f"{LATER} Pede resposta."),
        ({"tacit_days": 10}, "Se ninguém abrir, vale como lida em 10 dias. Pede resposta."),
        (
            {"tacit_on": date(2026, 3, 29)},
            "Se ninguém abrir, vale como lida em 29/03/2026. Pede resposta.",
        ),
    ],
)
def test_of_what_nobody_read_the_rule_is_said(known: dict[str, Any], said: str) -> None:
    assert say_prazo(replace(UNREAD, **known)) == said


@pytest.mark.parametrize(
    ("many", "unit", "said"),
    [
        (1, Contagem.DIAS_UTEIS, "1 dia útil depois da leitura"),
        (15, Contagem.DIAS_UTEIS, "15 dias úteis depois da leitura"),
        (1, Contagem.DIAS, "1 dia depois da leitura"),
        (1, Contagem.MESES, "1 mês depois da leitura"),
        (2, Contagem.ANOS, "2 anos depois da leitura"),
        (None, Contagem.DIAS, "sem prazo"),
    ],
)
def test_how_long_there_will_be_is_counted_in_words(
    many: int | None, unit: Contagem, said: str
) -> None:
    found = say_prazo(replace(UNREAD, prazos=(Prazo("Recurso", many, unit),)))
    assert found == f"{LATER} Pede resposta. Recurso: {said}."


@pytest.mark.parametrize(
    ("due", "said"), [(date(2026, 4, 2), "Prazo até 02/04/2026."), (None, "O SEI não marca prazo.")]
)
def test_of_what_was_read_the_day_is_said(due: date | None, said: str) -> None:
    assert say_prazo(replace(READ, due=due)) == said
