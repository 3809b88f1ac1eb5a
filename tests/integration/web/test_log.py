"""What is written down of a visit, and above all what is not."""

import json
import logging
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.readonly import reading
from portal.web.access import public
from portal.web.metrics import unwritten
from tests.app import client_of

NUMERO = "1500.01.0250326/2023-04"
CHAVE = "1500010250326202304"


def lines(captured: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.splitlines()]


def test_a_request_is_one_line_with_its_route_and_not_its_address(
    client: FlaskClient, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    client.get(f"/processos/{CHAVE}?ver=tudo")
    [line] = lines(capsysbinary.readouterr().out)
    moment = datetime.fromisoformat(str(line.pop("timestamp")))
    assert moment.tzinfo == UTC
    assert isinstance(line.pop("ms"), float)
    assert len(str(line.pop("request"))) == 12
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "route": "processos.processo",
        "status": 404,
        "tenant": "acacias",
    }


@pytest.mark.parametrize(
    "path",
    [
        f"/processos?numero={NUMERO}",
        f"/processos/{NUMERO}",
        f"/processos/{CHAVE}",
        f"/processos/{CHAVE}/documentos/0001234",
        f"/processos/{CHAVE}/qr.svg",
        "/processos?numero=123.456.789-09",
        "/123.456.789-09",
        "/processos?numero=maria@exemplo.br",
    ],
)
def test_neither_the_number_nor_the_person_is_in_the_log(
    client: FlaskClient, capsysbinary: pytest.CaptureFixture[bytes], path: str
) -> None:
    client.get(path, headers={"User-Agent": "Tell-Tale", "Referer": "https://x/maria"})
    out = capsysbinary.readouterr().out.decode()
    for secret in (NUMERO, CHAVE, "0001234", "123.456", "maria", "203.0.113.7", "Tell-Tale", "?"):
        assert secret not in out


def test_nobody_can_write_a_line_of_their_own(
    client: FlaskClient, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    client.open("/", method='GET"}\n{"event":"forged')
    client.get("/", headers={"Host": 'x"}\\n{"event":"forged'})
    for line in lines(capsysbinary.readouterr().out):
        assert line["event"] == "request"


def test_a_failure_of_a_database_is_told_without_its_sql(
    app: Flask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    from sqlalchemy import column, select, table

    [tenant] = app.extensions["tenants"]

    def view() -> str:
        with reading(tenant.sei) as sei:
            absent = table("absent", column("cpf"))
            sei.execute(select(absent.c.cpf).where(absent.c.cpf == "12345678909"))
        return ""

    app.view_functions["inicio.inicio"] = public(view)
    assert client_of(app).get("/").status_code in (500, 503)
    out = capsysbinary.readouterr().out
    assert b"no such table" in out
    assert b"SELECT" not in out
    assert b"12345678909" not in out


def test_what_a_library_says_is_a_line_of_ours_too(
    app: Flask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    logging.getLogger("some.library").warning("no answer for %s", "maria@exemplo.br")
    [line] = lines(capsysbinary.readouterr().out)
    assert line["event"] == "library"
    assert line["logger"] == "some.library"
    assert line["text"] == "no answer for [e-mail]"
    assert line["level"] == "warning"


def test_a_full_disk_costs_the_line_and_not_the_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open("/dev/full", "wb", buffering=0) as disk:
        monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=disk))
        before = unwritten.collect()[0].samples[0].value
        assert client.get("/").status_code == 200
    assert unwritten.collect()[0].samples[0].value == before + 1
