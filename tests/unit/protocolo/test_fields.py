"""What people type into a form, right and wrong."""

import uuid
from dataclasses import replace
from datetime import date

import pytest

from portal.arquivos.values import Kind
from portal.protocolo.fields import find_date, find_missing, find_mistake, list_mistakes, normalize
from portal.protocolo.values import (
    DraftFileView,
    DraftView,
    FileState,
    Missing,
    Mistake,
)
from portal.servicos.values import TipoCampo
from tests.integration.protocolo.makers import FORM, MARIA, NOW, SERVICO, campo


@pytest.mark.parametrize(
    ("tipo", "text", "mistake"),
    [
        ("cpf", "999.000.010-79", None),
        ("cpf", "99900001079", None),
        ("cpf", "999.000.010-78", Mistake.CPF),
        ("cpf", "111.111.111-11", Mistake.CPF),
        ("cpf", "Maria", Mistake.CPF),
        ("cnpj", "11.222.333/0001-81", None),
        ("cnpj", "12.ABC.345/01DE-35", None),
        ("cnpj", "12.abc.345/01de-35", None),
        ("cnpj", "11.222.333/0001-82", Mistake.CNPJ),
        ("cnpj", "99900001079", Mistake.CNPJ),
        ("data", "29/02/2024", None),
        ("data", "2024-02-29", None),
        ("data", "29/02/2026", Mistake.DATE),
        ("data", "31/4/2026", Mistake.DATE),
        ("data", "amanhã", Mistake.DATE),
        ("escolha", "grande", None),
        ("escolha", "enorme", Mistake.CHOICE),
        ("texto", "x" * 300, None),
        ("texto", "x" * 301, Mistake.TOO_LONG),
        ("texto-longo", "x" * 10_001, Mistake.TOO_LONG),
        ("endereco", "Rua das Flores, 10\nCentro", None),
        ("cpf", "", None),
    ],
)
def test_what_is_wrong_with_a_field(tipo: str, text: str, mistake: Mistake | None) -> None:
    assert (
        find_mistake(campo("campo", TipoCampo(tipo), False, "pequeno", "grande"), text) is mistake
    )


def test_dates_are_read_in_both_ways_of_writing() -> None:
    assert find_date("1/3/2026") == find_date("2026-03-01") == date(2026, 3, 1)


def test_what_looks_the_same_is_written_in_one_way() -> None:
    assert normalize("  peti\u0063\u0327a\u0303o\x00\r\nfim\x85 ") == "petição\nfim"
    assert normalize("李 😀") == "李 😀"


def test_mistakes_come_in_the_order_of_the_form() -> None:
    typed = {"porte": "enorme", "cpf": "1", "motivo": "Galhos"}
    assert list(list_mistakes(FORM, typed)) == ["cpf", "porte"]


def file(state: FileState, documento: str = "identidade") -> DraftFileView:
    return DraftFileView(uuid.uuid4(), documento, "rg.pdf", Kind.PDF, state, 10, 10)


BLANK = DraftView(
    uuid.uuid4(), SERVICO, {}, 1, NOW, NOW, NOW, MARIA, None, False, None, (), None
)  # fmt: skip


def test_a_blank_draft_lacks_what_is_obligatory() -> None:
    missing = find_missing(FORM, BLANK)
    assert missing == Missing(("motivo", "cpf"), ("identidade",))
    assert missing


def test_a_whole_draft_lacks_nothing() -> None:
    fields = {"motivo": "Galhos", "cpf": "99900001079"}
    assert not find_missing(FORM, replace(BLANK, fields=fields, files=(file(FileState.READY),)))


@pytest.mark.parametrize("state", [FileState.RECEIVING, FileState.REFUSED])
def test_a_file_that_is_not_good_is_no_document_and_stops_the_sending(state: FileState) -> None:
    there = file(state)
    missing = find_missing(FORM, replace(BLANK, files=(there,)))
    assert missing.documentos == ("identidade",)
    assert missing.unfinished == (there.id,)


def test_what_is_optional_and_wrong_stops_it_too() -> None:
    fields = {"motivo": "Galhos", "cpf": "99900001079", "quando": "ontem"}
    missing = find_missing(FORM, replace(BLANK, fields=fields, files=(file(FileState.READY),)))
    assert missing == Missing(mistakes=(("quando", Mistake.DATE),))
