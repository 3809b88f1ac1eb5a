"""`flask demo seiws` serves an invented SEI and no other; its page makes it fail."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server

import pytest
import requests
from flask import Flask
from sqlalchemy import URL, create_engine

from portal.cli import register
from portal.config import ROOT, Config
from portal.demo.seiws.control import Control
from portal.demo.seiws.faults import WORDS, Fault
from portal.demo.seiws.server import Simulator
from portal.sei.tables import metadata
from portal.seiws.client import SeiWs
from portal.seiws.values import NotSent
from tests.app import TENANTS, MakeApp
from tests.integration.seiws.conftest import client_of
from tests.integration.seiws.told import CHAVE, access_to
from tests.patience import wait_until
from tests.ports import free_port


def said(app: Flask, url: URL | str, folder: Path, *more: str) -> str:
    register(app)
    asked = ["--url", str(url), "--repositorio", str(folder), "--chave", CHAVE, *more]
    result = app.test_cli_runner().invoke(args=["demo", "seiws", *asked])
    assert result.exit_code != 0
    return result.output


def test_in_production_it_refuses(make_app: MakeApp, sei_copy: URL, tmp_path: Path) -> None:
    app = make_app(TENANTS)
    assert "só com PORTAL_ENV=demo; nada foi iniciado" in said(app, sei_copy, tmp_path)


def test_a_sei_that_is_no_demonstration_is_left_alone(make_app: MakeApp, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/real.db"
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    app = make_app(TENANTS, demo=True)
    assert "este banco não é da demonstração" in said(app, url, tmp_path)


def test_a_port_that_is_taken_and_a_version_that_is_none_are_told(
    make_app: MakeApp, sei_copy: URL, tmp_path: Path
) -> None:
    app = make_app(TENANTS, demo=True)
    with create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"porta {port} ou " in said(app, sei_copy, tmp_path, "--port", port)
    wrong = said(app, sei_copy, tmp_path, "--versao", "2.6")
    assert "não é uma versão do SEI" in wrong


def test_it_serves_until_it_is_told_to_end(config: Config, sei_copy: URL, tmp_path: Path) -> None:
    port = free_port()
    asked = ["--url", str(sei_copy), "--repositorio", str(tmp_path), "--port", str(port)]
    env = {
        "PORTAL_ENV": "demo",
        "PORTAL_INSTANCE": str(config.instance),
        "PORTAL_SECRET_KEY": config.secret_key,
        "SEI_CHAVE": CHAVE,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "seiws", *asked]
    with subprocess.Popen(command, cwd=ROOT, env=env) as process:
        try:
            seiws = SeiWs(access_to(f"http://127.0.0.1:{port}/sei/ws/SeiWS.php"))
            wait_until(lambda: isinstance(seiws.list_unidades(), tuple))
            page = requests.get(f"http://127.0.0.1:{port + 1}/", timeout=20)
            assert "Fazer o SEI falhar" in page.text
        finally:
            process.terminate()


# The page


@contextmanager
def page_of(simulator: Simulator) -> Iterator[str]:
    control = Control(simulator)
    thread = threading.Thread(target=control.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{control.server_address[1]}/"
    control.shutdown()
    control.server_close()
    thread.join()


def test_the_page_sets_what_its_buttons_say(simulator: Simulator) -> None:
    with page_of(simulator) as page:
        shown = requests.get(page, timeout=20).text
        buttons = re.findall(r'name="falha" value="([^"]*)"', shown)
        assert set(buttons) == {"", *Fault}
        assert "Falha ligada: <b>nenhuma</b>" in shown
        form = {"falha": "queda", "em": "gerarProcedimento", "uma": "sim"}
        shown = requests.post(page, form, timeout=20).text
        assert f"Falha ligada: <b>{WORDS[Fault.HANG_UP]}</b>" in shown
        assert simulator.faults.take("listarSeries") is None
        assert simulator.faults.take("gerarProcedimento") is Fault.HANG_UP
        assert simulator.faults.fault is None
        requests.post(page, {"falha": "manutencao", "em": ""}, timeout=20)
        requests.post(page, {"falha": ""}, timeout=20)
        assert simulator.faults.fault is None


def test_the_page_takes_it_off_the_air_and_back(simulator: Simulator) -> None:
    client = client_of(simulator)
    with page_of(simulator) as page:
        shown = requests.post(page, {"ligado": "nao", "falha": ""}, timeout=20).text
        assert "está fora do ar" in shown
        assert isinstance(client.list_unidades(), NotSent)
        shown = requests.post(page, {"ligado": "sim"}, timeout=20).text
        assert "está no ar" in shown
        assert isinstance(client.list_unidades(), tuple)


@pytest.mark.parametrize(
    "headers", [{"Host": "sei.example"}, {"Sec-Fetch-Site": "cross-site"}], ids=["host", "site"]
)
def test_nobody_elses_page_presses_its_buttons(
    simulator: Simulator, headers: dict[str, str]
) -> None:
    with page_of(simulator) as page:
        answer = requests.post(page, {"ligado": "nao"}, headers=headers, timeout=20)
        assert answer.status_code == 403
        assert simulator.is_on
        assert requests.get(f"{page}outra", timeout=20).status_code == 404
