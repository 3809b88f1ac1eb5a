"""Receipts, checked by somebody who has a paper, or says that they have."""

import pytest
from flask import Flask, current_app
from werkzeug.test import TestResponse

from portal.db import db
from portal.protocolo.receipts import issue
from portal.protocolo.submissions import load
from portal.web import received
from tests.app import OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, StoppedClock, Visitor, client_of
from tests.integration.protocolo.makers import KEYRING, TENANT, sent_file, submit
from tests.integration.web.test_plain_language import LONGEST, Sentences

SENT = b"%PDF-1.7 rg " + bytes(range(256)) * 4000
FILES = (sent_file(), sent_file("rg da Maria.pdf", SENT))


@pytest.fixture
def codigo(app: Flask) -> str:
    with app.app_context():
        session = db.session()
        codigo = issue(session, KEYRING, TENANT, submit(session, files=FILES))
        session.commit()
        return codigo


@pytest.fixture
def address(codigo: str) -> str:
    return f"/recibos/{codigo}"


def test_a_code_leads_to_its_receipt_however_it_is_typed(client: Visitor, codigo: str) -> None:
    typed = codigo.lower().replace("-", " ").replace("0", "o")
    answer = client.get("/recibos", query_string={"codigo": typed})
    assert (answer.status_code, answer.location) == (303, f"/recibos/{codigo}")
    answer = client.get(f"/recibos/{typed}")
    assert (answer.status_code, answer.location) == (308, f"/recibos/{codigo}")


def test_a_receipt_tells_what_came_and_when_and_not_from_whom(
    client: Visitor, address: str
) -> None:
    answer = client.get(address)
    assert "Válido" in answer.text
    assert "20/03/2026, às 12:00:00 (horário de Brasília)" in answer.text
    for file in FILES:
        assert f'<code data-sha256="{file.sha256}">' in answer.text
    for secret in ("Maria", "999", "Poda", "requerimento.pdf"):
        assert secret not in answer.text.partition("<main")[2].partition("</main>")[0]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert [s for s in Sentences(answer.text).found if len(s.split()) > LONGEST] == []


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "abc", "%00"])
def test_a_code_of_nothing_is_not_found(client: Visitor, code: str) -> None:
    answer = client.get(f"/recibos/{code}")
    assert answer.status_code == 404
    assert "Não há recibo com esse código" in answer.text
    assert client.post(f"/recibos/{code}").status_code == 404


def test_another_municipio_s_receipt_is_not_found(make_app: MakeApp, address: str) -> None:
    assert client_of(make_app(TENANTS + OTHER_TENANT), OTHER_HOST).get(address).status_code == 404


def test_codes_cannot_be_tried_one_after_another(
    client: Visitor, address: str, clock: StoppedClock
) -> None:
    for i in range(20):
        assert client.get(f"/recibos/0000-0000-0000-00{i:02}").status_code == 404
    assert client.get(address).status_code == 429
    assert client.post(address).status_code == 429
    clock.pass_(minutes=10)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (SENT, 200, "Sim: o arquivo é o documento 2 deste recibo"),
        (SENT + b" ", 200, "Não: o arquivo não está neste recibo"),
        (b"", 422, "Erro: escolha um arquivo que não esteja vazio."),
        (bytes(4_000_000), 413, "Erro: o arquivo tem mais de"),
    ],
)
def test_a_file_is_compared_without_being_kept(
    client: Visitor,
    address: str,
    content: bytes,
    status: int,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(received, "LARGEST", 3_000_000)

    def keep(*_: object, **__: object) -> None:
        raise AssertionError("a file is written")

    monkeypatch.setattr("werkzeug.formparser.default_stream_factory", keep)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", keep)
    answer = send(client, address, content)
    assert (answer.status_code, sentence in answer.text) == (status, True)


def send(client: Visitor, address: str, content: bytes) -> TestResponse:
    """Written by hand: Werkzeug's client would put a large file into a temporary one."""
    head = b'--b\r\nContent-Disposition: form-data; name="arquivo"; filename="rg.pdf"\r\n'
    body = head + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n--b--\r\n"
    return client.post(address, data=body, content_type="multipart/form-data; boundary=b")


def test_a_form_without_a_file_says_so(client: Visitor, address: str) -> None:
    assert client.post(address, data={"arquivo": "text"}).status_code == 422
    assert client.post(address, data={"arquivo": "x" * 2_000}).status_code == 422
    assert client.post(address, data=b"--", content_type="multipart/form-data").status_code == 422


def test_the_qr_code_is_a_picture(client: Visitor, address: str) -> None:
    answer = client.get(f"{address}/qr.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert client.get("/recibos/abc/qr.svg").status_code == 404


def test_its_owner_is_shown_all_of_it(app: Flask, codigo: str) -> None:
    with app.test_request_context():
        session = db.session()
        files = (sent_file(), sent_file("rg da Maria.pdf", SENT))
        sent = load(session, KEYRING, TENANT, submit(session, files=files))
        template = current_app.jinja_env.from_string(
            '{% from "components/recibo.html" import recibo %}'
            "{{ recibo(sent, codigo, 'https://x.example/recibos/' ~ codigo) }}"
        )
        text = template.render(sent=sent, codigo=codigo)
    for told in ("Maria Aparecida", "***.000.010-**", "Poda de árvore", "Protocolo Geral", codigo,
                 "rg da Maria.pdf", FILES[1].sha256, "12:00:00 (horário de Brasília)"):  # fmt: skip
        assert told in text
    assert "99900001079" not in text
