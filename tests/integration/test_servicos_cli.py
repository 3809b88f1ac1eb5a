"""`flask servicos`: a catalogue goes in, comes out the same, and is told from the last one."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from portal.cli import register
from portal.db import Base, db
from tests.app import OTHER_TENANT, TENANTS, MakeApp
from tests.unit.servicos.makers import PODA


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    app = make_app()
    register(app)
    return app


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "servicos.toml"
    path.write_text(PODA, "utf-8")
    return path


def test_what_came_in_goes_out(run: FlaskCliRunner, file: Path) -> None:
    result = run.invoke(args=["servicos", "import", str(file)])
    assert result.output == "Prefeitura de Vale das Acácias: 1 serviço no ar\n  1 novos: poda\n"
    exported = run.invoke(args=["servicos", "export"]).output
    file.write_text(exported, "utf-8")
    result = run.invoke(args=["servicos", "import", str(file)])
    assert result.output.endswith("  1 sem mudança: poda\n")
    file.write_text(exported.replace("20 dias", "30 dias").replace("poda", "podas"), "utf-8")
    result = run.invoke(args=["servicos", "import", str(file)])
    assert result.output.endswith("  1 novos: podas\n  1 retirados: poda\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "não existe esse caminho"),
        (b"\xff", "servicos.toml: o texto não está em UTF-8"),
        (b"[poda]\nnome = 1", "servicos.toml: poda.nome: esperava um texto entre aspas"),
    ],
)
def test_a_file_that_is_not_fit_changes_nothing(
    run: FlaskCliRunner, file: Path, content: bytes | None, sentence: str
) -> None:
    run.invoke(args=["servicos", "import", str(file)])
    before = run.invoke(args=["servicos", "export"]).output
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    result = run.invoke(args=["servicos", "import", str(file)])
    assert (result.exit_code, sentence in result.output) == (1, True)
    assert run.invoke(args=["servicos", "export"]).output == before != ""


def test_of_several_tenants_one_is_named(make_app: MakeApp, file: Path) -> None:
    app = make_app(TENANTS + OTHER_TENANT)
    register(app)
    run = app.test_cli_runner()
    result = run.invoke(args=["servicos", "import", str(file)])
    assert result.exit_code == 2
    assert "escolha um destes: acacias, ipes" in result.output
    result = run.invoke(args=["servicos", "import", str(file), "--tenant", "ipes"])
    assert result.output.startswith("Câmara de Ipês: 1 serviço no ar")
    assert run.invoke(args=["servicos", "export", "--tenant", "acacias"]).output == ""


def test_where_there_is_nothing_to_compare_it_says_so(run: FlaskCliRunner, file: Path) -> None:
    assert "nenhum no ar" in run.invoke(args=["servicos", "check"]).output
    run.invoke(args=["servicos", "import", str(file)])
    result = run.invoke(args=["servicos", "check"])
    assert "falta [protocolo] em" in result.output
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "0 ok, 1 aviso, 0 falhas")


@pytest.mark.parametrize("arguments", [["import", "{file}"], ["export"], ["check"]])
def test_without_our_database_it_says_so(
    app: Flask, run: FlaskCliRunner, file: Path, arguments: list[str]
) -> None:
    with app.app_context():
        Base.metadata.drop_all(db.engine)
    result = run.invoke(args=["servicos", *(a.format(file=file) for a in arguments)])
    assert result.exit_code == 1
    assert "o banco do portal não respondeu" in result.output
