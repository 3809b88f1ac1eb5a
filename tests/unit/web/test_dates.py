from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from portal.web.dates import NBSP, ago, clock, day, full_day, on, short, since, wait, weekday

HOJE = date(2026, 3, 20)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("dia", "written"),
    [
        (date(2026, 3, 12), "12 de março"),
        (date(2026, 2, 1), "1º de fevereiro"),
        (date(2025, 12, 31), "31 de dezembro de 2025"),
        (date(2027, 1, 1), "1º de janeiro de 2027"),
    ],
)
def test_the_year_is_written_only_when_it_is_not_this_one(dia: date, written: str) -> None:
    assert plain(day(dia, HOJE)) == written


def test_what_is_read_long_after_has_its_year() -> None:
    assert plain(full_day(date(2026, 3, 12))) == "12 de março de 2026"


def test_a_date_breaks_before_its_year_or_not_at_all() -> None:
    assert day(date(2024, 3, 12), HOJE).split(" ") == [f"12{NBSP}de{NBSP}março", f"de{NBSP}2024"]
    assert " " not in ago(date(2024, 3, 12), HOJE)


@pytest.mark.parametrize(
    ("dia", "written"),
    [
        (date(2026, 3, 20), "hoje"),
        (date(2026, 3, 19), "ontem"),
        (date(2026, 3, 18), "há 2 dias"),
        (date(2026, 3, 12), "há 8 dias"),
        (date(2026, 1, 20), "há 59 dias"),
        (date(2026, 1, 19), "há 2 meses"),
        (date(2025, 9, 21), "há 5 meses"),
        (date(2025, 9, 20), "há 6 meses"),
        (date(2025, 3, 21), "há 11 meses"),
        (date(2025, 3, 20), "há 1 ano"),
        (date(2025, 1, 20), "há 14 meses"),
        (date(2024, 3, 21), "há 23 meses"),
        (date(2024, 3, 20), "há 2 anos"),
        (date(2018, 1, 1), "há 8 anos"),
        (date(2026, 3, 21), "amanhã"),
        (date(2026, 3, 25), "em 5 dias"),
    ],
)
def test_a_wait_is_counted_in_days_as_long_as_people_do(dia: date, written: str) -> None:
    assert plain(ago(dia, HOJE)) == written


def test_february_counts_as_a_whole_month() -> None:
    assert plain(ago(date(2026, 1, 1), date(2026, 3, 1))) == "há 59 dias"
    assert plain(ago(date(2025, 12, 31), date(2026, 3, 1))) == "há 2 meses"


@pytest.mark.parametrize(
    ("dia", "desde", "em"),
    [
        (HOJE, "desde hoje, 20 de março", "hoje, 20 de março"),
        (date(2026, 3, 19), "desde ontem, 19 de março", "ontem, 19 de março"),
        (date(2026, 3, 12), "desde 12 de março, há 8 dias", "em 12 de março, há 8 dias"),
        (
            date(2025, 11, 5),
            "desde 5 de novembro de 2025, há 4 meses",
            "em 5 de novembro de 2025, há 4 meses",
        ),
    ],
)
def test_the_nearness_of_the_last_two_days_comes_first(dia: date, desde: str, em: str) -> None:
    assert plain(since(dia, HOJE)) == desde
    assert plain(on(dia, HOJE)) == em


def test_hours_and_short_dates_are_padded() -> None:
    assert clock(datetime(2026, 3, 2, 9, 5, tzinfo=ZoneInfo("America/Sao_Paulo"))) == "09:05"
    assert short(date(2026, 3, 2)) == "02/03/2026"
    assert weekday(date(2026, 3, 12)) == "quinta-feira"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "1 segundo"),
        (10, "10 segundos"),
        (59, "59 segundos"),
        (60, "1 minuto"),
        (61, "2 minutos"),
        (240, "4 minutos"),
        (3600, "1 hora"),
        (3601, "2 horas"),
    ],
)
def test_a_wait_is_rounded_up_so_that_nobody_comes_back_too_soon(
    seconds: int, written: str
) -> None:
    assert plain(wait(seconds)) == written
