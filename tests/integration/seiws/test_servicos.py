"""`flask servicos check` asks a SEI that answers, for the demo's own Carta de Serviços."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from portal.cli import register
from portal.demo.seiws.server import Simulator
from tests.app import TENANTS, MakeApp
from tests.integration.seiws.told import CHAVE
from tests.integration.web.test_plain_language import ENTRANCE
from tests.unit.demo.test_servicos import FILE
from tests.unit.servicos.makers import PODA


@pytest.fixture
def app(make_app: MakeApp, simulator: Simulator) -> Flask:
    secrets = {"SEI_CHAVE": CHAVE, "GOVBR_SECRET": "an-invented-secret"}
    protocolo = f"""
[acacias.protocolo]
endereco = "{simulator.endereco}"
sigla = "PORTAL"
chave = "env:SEI_CHAVE"
versao = "5.0.4"
"""
    app = make_app(TENANTS + ENTRANCE + protocolo, secrets=secrets)
    register(app)
    return app


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def check(run: FlaskCliRunner, file: Path) -> tuple[int, str]:
    """The status, and all that it said as one line."""
    imported = run.invoke(args=["servicos", "import", str(file)])
    assert imported.exit_code == 0, imported.output
    result = run.invoke(args=["servicos", "check"])
    return result.exit_code, " ".join(result.output.split())


def test_sei_knows_all_that_the_demo_s_services_name(run: FlaskCliRunner) -> None:
    status, said = check(run, FILE)
    assert status == 0, said
    assert said.endswith("11 ok, 0 avisos, 0 falhas")
    assert "tipo IPTU: Isenção para Aposentado ou Pensionista" in said


def test_what_sei_does_not_know_is_a_failure(run: FlaskCliRunner, tmp_path: Path) -> None:
    file = tmp_path / "servicos.toml"
    file.write_text(PODA.replace("100000509", "999"), "utf-8")
    status, said = check(run, file)
    assert (status, "falha poda: não há, para o portal, o tipo de processo 999." in said) == (
        1,
        True,
    )


def test_a_sei_that_is_off_is_a_failure(run: FlaskCliRunner, simulator: Simulator) -> None:
    simulator.close()
    status, said = check(run, FILE)
    assert (status, "falha lista de unidades:" in said) == (1, True)
    assert " ok " not in said.removesuffix("falhas")
