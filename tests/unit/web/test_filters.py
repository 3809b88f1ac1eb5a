"""The search form, read from an address."""

from datetime import date, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.sei.filters import Filters, Place, State
from portal.sei.results import Choices, Tipo
from portal.sei.values import Unidade
from portal.web.filters import FIELDS, INTERESSADO, read_form, read_place

OBRAS = Unidade(12, "SEOBRAS", "Secretaria de Obras", "PM")
CHOICES = Choices(tipos=(Tipo(7, "Alvará"),), opened_by=(OBRAS,), open_in=(OBRAS,))


@pytest.mark.parametrize(
    ("arguments", "filters"),
    [
        ({"tipo": "7"}, Filters(tipo=7)),
        ({"unidade": "12", "onde": "12"}, Filters(opened_by=12, open_in=12)),
        ({"situacao": "sobrestado"}, Filters(state=State.SOBRESTADO)),
        ({"de": "2026-03-05"}, Filters(first_day=date(2026, 3, 5))),
        ({"de": "5/3/2026", "ate": "05.03.2026"}, Filters(
            first_day=date(2026, 3, 5), last_day=date(2026, 3, 5))),
        ({"final": " 0326/2023-04 "}, Filters(ending="0326202304")),
        ({"tipo": "7", "onde": "", "final": ""}, Filters(tipo=7)),
        ({"tipo": "7", "outra": "x"}, Filters(tipo=7)),
        ({"tipo": "7", "interessado": "Ana"}, Filters(tipo=7)),
        ({"interessado": "Ana Lima"}, Filters()),
        ({}, Filters()),
    ],
)  # fmt: skip
def test_what_is_typed_well_is_a_filter(arguments: dict[str, str], filters: Filters) -> None:
    form = read_form(arguments, CHOICES)
    assert (form.filters, form.errors) == (filters, {})


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"tipo": "8"}, "tipo"),
        ({"tipo": "07"}, "tipo"),
        ({"unidade": "x"}, "unidade"),
        ({"onde": "-12"}, "onde"),
        ({"situacao": "parado"}, "situacao"),
        ({"de": "31/02/2026"}, "de"),
        ({"ate": "ontem"}, "ate"),
        ({"de": "20260101"}, "de"),
        ({"de": "2026-W01-1"}, "de"),
        ({"de": "1800-01-01"}, "de"),
        ({"de": "2026-03-06", "ate": "2026-03-05"}, "ate"),
        ({"final": "123"}, "final"),
        ({"final": "12345A"}, "final"),
        ({"final": "\u0661\u0662\u0663\u0664"}, "final"),
        ({"final": "1" * 26}, "final"),
        ({"tipo": "", "final": " "}, "tipo"),
    ],
)
def test_what_is_not_is_an_error_beside_its_field_and_is_not_lost(
    arguments: dict[str, str], wrong: str
) -> None:
    form = read_form(arguments, CHOICES)
    assert set(form.errors) == {wrong}
    assert not form.errors[wrong].endswith(".")
    for name, typed in arguments.items():
        assert form.values[name] == typed.strip()


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, INTERESSADO, "depois", "x"]), st.text() | st.from_regex(r"\d+")
    ),
    st.booleans(),
)
def test_any_address_is_read(arguments: dict[str, str], by_interessado: bool) -> None:
    form = read_form(arguments, CHOICES, by_interessado)
    fields = {*FIELDS, INTERESSADO} if by_interessado else set(FIELDS)
    assert set(form.values) == fields
    assert set(form.errors) <= fields
    assert form.filters or form.errors or not any(name in arguments for name in fields)
    read_place(arguments)


def test_a_name_is_a_filter_where_people_may_be_searched_for_by_name() -> None:
    form = read_form({"interessado": "  Ana   d'Ávila "}, CHOICES, by_interessado=True)
    assert (form.filters, form.errors) == (Filters(interessado="Ana d'Ávila"), {})
    again = dict(parse_qsl(urlsplit(form.address(Place(datetime(2026, 3, 9), 41))).query))
    assert read_form(again, CHOICES, by_interessado=True).filters == form.filters


@pytest.mark.parametrize(
    "typed", ["Ana", "Ana L", "A L", "123.456.789-09", "Ana Lima 12345678909", "-- ..", "Ana " * 26]
)
def test_half_a_name_and_a_number_are_errors(typed: str) -> None:
    form = read_form({INTERESSADO: typed}, CHOICES, by_interessado=True)
    assert set(form.errors) == {INTERESSADO}
    assert not form.filters
    assert form.values[INTERESSADO] == typed.strip()


def test_the_address_of_the_next_page_asks_for_the_same_below_a_place() -> None:
    form = read_form({"tipo": "7", "onde": "", "de": "5/3/2026"}, CHOICES)
    place = Place(datetime(2026, 3, 9), 41, 1)
    address = urlsplit(form.address(place))
    assert address.path == "/processos"
    arguments = dict(parse_qsl(address.query))
    assert arguments == {"tipo": "7", "de": "2026-03-05", "depois": "2026-03-09~41~1"}
    assert read_form(arguments, CHOICES).filters == form.filters
    assert read_place(arguments) == place


def test_a_calendar_shows_what_it_can_and_text_the_rest() -> None:
    form = read_form({"de": "31/02/2026", "ate": "2026-03-05"}, CHOICES)
    assert not form.is_day("de")
    assert form.is_day("ate")
