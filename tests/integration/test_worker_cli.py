"""`flask worker` and `flask pedidos`, as an operator runs them."""

import os
import signal
import threading

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from portal.cli import register
from portal.cli.worker import work_until
from portal.db import db
from portal.protocolo.values import SubmissionState
from tests.app import MakeApp
from tests.integration.protocolo import makers
from tests.integration.protocolo import sei as faults
from tests.integration.protocolo.office import Office


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    app = make_app(secret_key="a secret key of the tests, long enough")
    register(app)
    return app


@pytest.fixture
def office(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Office:
    with app.app_context():
        office = Office(db.engine)
    office.route_of(app, monkeypatch)
    return office


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def numero_of(office: Office) -> str:
    return office.all_sent()[0].numero


def test_a_worker_does_what_is_due_and_ends(
    office: Office, run: FlaskCliRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    office.submit()
    office.submit(makers.JOSE)
    result = run.invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    lines = result.output + capsys.readouterr().out
    assert lines.count('"outcome":"delivered"') == 2
    assert "Maria" not in lines
    office.check_each_once()


def test_a_worker_goes_on_until_it_is_told_to_stop(office: Office, run: FlaskCliRunner) -> None:
    """What it has begun it brings to its end."""
    office.submit()
    office.submit(makers.JOSE)
    ask = office.sei.open_processo

    def told(novo: faults.ProcessoNovo, /) -> object:
        os.kill(os.getpid(), signal.SIGTERM)
        return ask(novo)

    office.sei.open_processo = told  # type: ignore[method-assign, assignment]
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        assert run.invoke(args=["worker"]).exit_code == 0
    finally:
        for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
            signal.signal(number, handler)
    states = sorted(s.state.value for s in office.all_sent())
    assert states == ["delivered", "ready"]


def test_a_failure_is_in_the_log_by_its_name(
    office: Office, run: FlaskCliRunner, capsys: pytest.CaptureFixture[str]
) -> None:
    office.submit()
    office.shelf.bodies.clear()
    lines = run.invoke(args=["worker", "--once"]).output + capsys.readouterr().out
    assert '"outcome":"failed"' in lines
    assert '"error":"builtins.KeyError"' in lines


def test_nothing_that_waits_is_said_and_is_no_failure(office: Office, run: FlaskCliRunner) -> None:
    result = run.invoke(args=["pedidos", "atencao"])
    assert (result.exit_code, result.output) == (0, "nenhum pedido espera decisão\n")


def test_what_was_refused_is_listed_and_sent_again(office: Office, run: FlaskCliRunner) -> None:
    office.submit()
    office.sei.faults["open"] = [faults.refused]
    office.work()
    result = run.invoke(args=["pedidos", "atencao"])
    assert result.exit_code == 1
    assert (
        f"acacias {numero_of(office)} recebido em 20/03/2026 12:00:00: o SEI recusou:"
        " Tipo de documento não está liberado\n"
    ) in result.output
    assert run.invoke(args=["pedidos", "reenviar", numero_of(office)]).exit_code == 0
    assert office.work() == ["delivered"]


def test_what_was_found_by_hand_is_concluded(office: Office, run: FlaskCliRunner) -> None:
    office.submit()
    office.sei.faults["open"] = [faults.refused]
    office.work()
    done = ["pedidos", "concluir", numero_of(office), "--processo", " 0001.000009/2026 "]
    assert run.invoke(args=done).exit_code == 0
    [view] = office.all_sent()
    assert (view.state, view.processo) == (SubmissionState.DELIVERED, "0001.000009/2026")
    again = run.invoke(args=done)
    assert again.exit_code == 1
    assert "não espera decisão" in again.output
    assert "não há pedido" in run.invoke(args=["pedidos", "reenviar", "P26-000009-X"]).output


def test_what_sei_has_already_is_not_sent_again(office: Office, run: FlaskCliRunner) -> None:
    office.submit()
    office.sei.faults["open"] = [faults.cut_after]
    office.sei.stale = True
    office.work_through(days=3)
    result = run.invoke(args=["pedidos", "reenviar", numero_of(office)])
    assert result.exit_code == 1
    assert "já tem os arquivos desse pedido" in result.output


def test_a_sei_that_takes_nothing_is_listed(office: Office, run: FlaskCliRunner) -> None:
    office.submit()
    office.sei.faults["upload"] = [faults.not_allowed]
    office.work()
    result = run.invoke(args=["pedidos", "atencao"])
    assert result.exit_code == 1
    assert (
        "acacias: o SEI não aceita o portal desde 20/03/2026 12:00; a próxima tentativa é às 12:01"
        " (Chave de Acesso inválida)"
    ) in result.output


def test_where_nobody_files_anything_that_is_said(run: FlaskCliRunner) -> None:
    result = run.invoke(args=["worker", "--once"])
    assert result.exit_code == 1
    assert "nenhum município recebe pedidos" in result.output


def test_an_idle_worker_stops_at_once(office: Office) -> None:
    stop = threading.Event()
    thread = threading.Thread(
        target=work_until, args=(office.worker(), stop), kwargs={"once": False}
    )
    thread.start()
    stop.set()
    thread.join(timeout=30)
    assert not thread.is_alive()
