"""The papers, whatever people are called and whatever they write."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.protocolo.paper import make_recibo, make_requerimento
from portal.protocolo.paper.glyphs import MISSING, printable
from portal.protocolo.paper.words import tell_arrival, tell_instant, tell_people
from portal.protocolo.values import (
    Answer,
    Content,
    Represented,
    SubmissionFileView,
    SubmissionState,
    SubmissionView,
)
from portal.web.qr import draw_qr
from tests.integration.protocolo.makers import NOW, content, sent_file
from tests.skips import VALIDATOR, need

ORGAO = "Prefeitura de Vale das Acácias"
ADDRESS = "https://protocolo.acacias.mg.gov.br/recibos/0123-4567-89AB-CDEF"
FILES = (sent_file(), sent_file("foto da árvore.pdf", b"%PDF-1.7 other"))

NAMES = (
    "María José Ñuñez-Śćiżń O’Brien",
    "李小龙",
    "محمد بن عبد الله",
    "עברית \u202egnirts\u202c",
    "Zoë 😀👩‍👩‍👧",
    "Z\u0351\u036b\u0343a\u0300l\u0308go",
    "\x00\x1b[31m\ufeff\U000e0001",
    "#set page(width: 1pt) $x$ *y* `z` <t> @u \\ //",
    "Ana\nMaria",
    "W" * 400,
    "\U0010ffff\ue000\ud7ff",
    "",
)


MISTAKEN = "PDFA2A-STREAM-LENGTH-001"
"""The validator takes a carriage return that ends a stream's own bytes for a part of the line's
end; of one paper in a hundred it says so."""


def submission(content: Content) -> SubmissionView:
    files = tuple(
        SubmissionFileView(f.id, f.label, f.id_serie, f.size, f.sha256, f.md5, 1, None, None, None)
        for f in FILES
    )
    return SubmissionView(
        id=uuid.UUID(int=9),
        numero="P26-000001-K",
        account=uuid.UUID(int=1),
        draft=uuid.UUID(int=2),
        received_at=NOW,
        state=SubmissionState.READY,
        sendings=0,
        sent_at=None,
        attached=False,
        content=content,
        files=files,
        processo=None,
        autuado_at=None,
        message=None,
    )


def print_both(content: Content, orgao: str = ORGAO) -> Iterator[bytes]:
    yield make_requerimento(orgao, content, FILES)
    sent = submission(content)
    yield make_recibo(orgao, sent, "0123-4567-89AB-CDEF", ADDRESS, draw_qr(ADDRESS))


def test_a_paper_says_that_it_is_tagged_and_to_be_kept() -> None:
    for paper in print_both(content()):
        with pikepdf.open(BytesIO(paper)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "pt-BR"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            said = pdf.open_metadata()
            assert said["pdfuaid:part"] == "1"
            assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")
            assert said["dc:title"] in ("Requerimento", "Recibo")


@pytest.mark.parametrize("nome", ["Maria Aparecida", *NAMES])
def test_an_independent_validator_finds_nothing(nome: str) -> None:
    page = need(VALIDATOR, find_spec("page") and import_module("page"))
    said = replace(content(nome=nome), answers=(Answer("Motivo", nome),))
    for paper in print_both(said):
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
            report = page.validate_pdf_bytes(paper, profile=profile)
            found = [(f.rule_id, f.message) for f in report.failures if f.rule_id != MISTAKEN]
            assert found == [], profile


def test_the_same_gives_the_same_bytes() -> None:
    assert list(print_both(content())) == list(print_both(content()))
    sent = submission(content())
    code = ("", ADDRESS, draw_qr(ADDRESS))
    before = make_recibo(ORGAO, sent, *code)
    autuado = replace(sent, processo="9310.01.0000001/2026-11", autuado_at=NOW)
    assert make_recibo(ORGAO, autuado, *code) != before


@pytest.mark.parametrize("nome", NAMES)
def test_no_name_keeps_a_paper_from_being_printed(nome: str) -> None:
    said = replace(
        content(nome=nome),
        servico=nome,
        represented=Represented(nome, "11222333000181", "SOCIO"),
        answers=(Answer(nome, nome),),
    )
    for paper in print_both(said, orgao=nome):
        assert paper.startswith(b"%PDF-")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_text_keeps_a_paper_from_being_printed(text: str) -> None:
    said = replace(content(nome=text), answers=(Answer("Motivo", text),))
    assert make_requerimento(ORGAO, said, FILES).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("João – “aspas” €", "João – “aspas” €"),
        ("Joa\u0303o", "João"),
        ("李 Ana", f"{MISSING} Ana"),
        ("a\u202eb\u200dc\x07", "abc"),
        ("um\r\ndois\ntrês", "um\ndois\ntrês"),
    ],
)
def test_what_cannot_be_drawn_is_seen_to_be_missing(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_an_instant_is_brasilia_s_to_the_second() -> None:
    last = datetime(2026, 3, 21, 2, 59, 59, tzinfo=UTC)
    assert tell_instant(last) == "20/03/2026, às 23:59:59 (horário de Brasília)"
    assert tell_instant(last + timedelta(seconds=1)).startswith("21/03/2026, às 00:00:00")


def test_both_instants_are_told_and_no_cpf_is_whole() -> None:
    sent = submission(replace(content(), represented=Represented("José", "99900002121", "X")))
    told = dict(tell_arrival(sent)) | dict(tell_people(sent.content))
    assert told["Recebido pelo portal"] == "20/03/2026, às 12:00:00 (horário de Brasília)"
    assert (told["Processo no SEI"], told["Autuado no SEI"]) == (
        "ainda não tem número",
        "ainda não",
    )
    assert (told["CPF"], told["Em nome de"]) == ("***.000.010-**", "José (***.000.021-**)")
    added = replace(sent, content=replace(sent.content, intercorrente="1"), autuado_at=NOW)
    assert dict(tell_arrival(added))["Incluído no SEI"].endswith("12:00:00 (horário de Brasília)")
