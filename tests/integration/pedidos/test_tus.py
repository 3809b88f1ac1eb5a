"""Files that come by tus: in pieces, cut off, again, from two sides."""

from base64 import b64encode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.arquivos import checks
from portal.arquivos.store import PART
from tests.app import Visitor, client_of
from tests.integration.govbr.conftest import FRANCISCA, Citizen
from tests.integration.pedidos.test_pedidos import begin, signed_in
from tests.unit.arquivos import papers

PDF = papers.make_pdf(change=lambda pdf: pdf.Root.__setattr__("Note", "x" * 1_200_000))


class Uploading:
    """A phone that sends one file."""

    def __init__(self, visitor: Visitor, csrf: str, draft: str) -> None:
        self.visitor, self.draft = visitor, draft
        self.headers = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": csrf}

    def announce(self, length: int, name: str = "laudo.pdf") -> TestResponse:
        told = {"filename": name, "filetype": "application/pdf", "documento": "fotos"}
        pairs = (f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
        headers = {"Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}
        return self.visitor.post(f"{self.draft}/arquivos", headers=self.headers | headers)

    def patch(self, url: str, offset: int, data: bytes) -> TestResponse:
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.visitor.patch(url, data=data, headers=self.headers | headers)

    def head(self, url: str) -> TestResponse:
        return self.visitor.head(url, headers=self.headers)


@pytest.fixture
def phone(visitor: Visitor, citizen: Citizen) -> Uploading:
    csrf = signed_in(visitor, citizen)
    return Uploading(visitor, csrf, begin(visitor, csrf))


def test_a_file_comes_in_pieces_and_is_looked_at_when_it_is_whole(phone: Uploading) -> None:
    made = phone.announce(len(PDF), "Laudo da árvore.pdf")
    assert made.status_code == 201
    assert made.headers["Upload-Offset"] == "0"
    url = made.headers["Location"]
    offset = 0
    while offset < len(PDF):
        answer = phone.patch(url, offset, PDF[offset : offset + PART])
        assert answer.status_code == 204
        offset = int(answer.headers["Upload-Offset"])
        assert phone.head(url).headers["Upload-Offset"] == str(offset)
    page = phone.visitor.get(phone.draft).text
    assert "Laudo da árvore.pdf" in page
    assert 'class="recebido"' in page


def test_pieces_that_are_not_the_next_ones_are_told_where_those_begin(phone: Uploading) -> None:
    url = phone.announce(len(PDF)).headers["Location"]
    phone.patch(url, 0, PDF[:PART])
    for offset in (0, 5, len(PDF)):
        answer = phone.patch(url, offset, PDF[:PART])
        assert answer.status_code == 409
        assert answer.headers["Upload-Offset"] == str(PART)


def test_whoever_was_not_told_that_all_came_is_told_and_it_is_looked_at(
    phone: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = papers.make_pdf()
    url = phone.announce(len(pdf)).headers["Location"]
    with monkeypatch.context() as busy:
        busy.setattr(checks, "LONGEST_WAIT", 0.0)
        with checks._turn:
            assert phone.patch(url, 0, pdf).status_code == 503
    answer = phone.patch(url, 0, pdf)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(len(pdf)))
    assert 'class="recebido"' in phone.visitor.get(phone.draft).text


def test_a_file_that_is_chosen_again_goes_on_where_it_stopped(phone: Uploading) -> None:
    url = phone.announce(len(PDF)).headers["Location"]
    phone.patch(url, 0, PDF[:PART])
    again = phone.announce(len(PDF))
    assert again.headers["Location"] == url
    assert again.headers["Upload-Offset"] == str(PART)
    other = phone.announce(len(PDF), "outro.pdf")
    assert other.headers["Location"] != url


def test_what_is_too_large_is_refused_before_a_byte_of_it(phone: Uploading) -> None:
    assert phone.announce(2 * 1024 * 1024 + 1).status_code == 413
    assert phone.announce(0).status_code == 413


def test_more_bytes_than_were_announced_are_refused(phone: Uploading) -> None:
    url = phone.announce(10).headers["Location"]
    assert phone.patch(url, 0, bytes(11)).status_code == 400
    assert phone.head(url).headers["Upload-Offset"] == "0"


def test_without_its_token_or_as_another_nothing_is_received(app: Flask, phone: Uploading) -> None:
    url = phone.announce(10).headers["Location"]
    phone.headers["X-CSRF-Token"] = "another"
    assert phone.patch(url, 0, bytes(10)).status_code == 400
    stranger = client_of(app)
    other = Uploading(stranger, signed_in(stranger, Citizen(), FRANCISCA), phone.draft)
    assert other.patch(url, 0, bytes(10)).status_code == 404
    assert other.head(url).status_code == 404
    assert other.announce(10).status_code == 404
