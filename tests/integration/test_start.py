"""A portal that cannot start: one sentence in Portuguese, a status, no traceback."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from socket import create_server

import pytest

from portal.config import ROOT, Config

IMPORT = ("-c", "import wsgi")
UPGRADE = ("-m", "flask", "--app", "wsgi", "db", "upgrade")
BUILD = ("-m", "flask", "--app", "wsgi", "assets", "build")
SERVE = ("-m", "gunicorn", "wsgi:app")

Refuse = Callable[..., str]


@pytest.fixture
def refuse(config: Config) -> Refuse:
    """What a command says before it ends with 1, in a deployment that is well but for `changes`."""

    def run(*command: str, **changes: str) -> str:
        env: Mapping[str, str] = {
            "PATH": os.environ["PATH"],
            "PORTAL_INSTANCE": str(config.instance),
            "PORTAL_SECRET_KEY": config.secret_key,
            "PORTAL_METRICS_PORT": "0",
        }
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**env, **changes},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert ended.returncode == 1, ended.stderr
        assert len(ended.stderr.splitlines()) == 1, ended.stderr
        return ended.stderr

    return run


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"PORTAL_SECRET_KEY": ""}, "falta PORTAL_SECRET_KEY"),
        ({"PORTAL_SECRET_KEY": "", "PORTAL_SECRET_KEY_FILE": "/"}, "não foi possível ler /: é uma"),
        ({"PORTAL_TENANTS": "/nowhere/t.toml"}, "não existe /nowhere/t.toml: comece com uma cópia"),
        ({"PORTAL_TENANTS": "/"}, "não foi possível ler /: é uma pasta"),
        ({"PORTAL_PROXIES": "x"}, "PORTAL_PROXIES"),
        ({"PORTAL_DATABASE_URL": "sqlite:////proc/self/p.db"}, "não pode gravar em /proc/self"),
        ({"PORTAL_DATABASE_URL": "sqlite:////nowhere/p.db"}, "não pode gravar em /nowhere"),
        ({"PORTAL_DATABASE_URL": "mysql://portal@banco/portal"}, "PORTAL_DATABASE_URL"),
    ],
)
def test_a_wrong_environment_is_named(refuse: Refuse, changes: dict[str, str], said: str) -> None:
    line = refuse(*IMPORT, **changes)
    assert line.startswith("Portal do Protocolo: ")
    assert said in line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("#1351b4", "azul", 'tenants.toml: acacias.cor: esperava uma cor, como "#1351b4"'),
        ('"#1351b4"', '"#1351b4', "tenants.toml: não é TOML válido na linha 6, coluna "),
        ("sqlite:///sei.db", "env:SEI_URL", "acacias.sei: falta a variável de ambiente SEI_URL"),
        ("brasao.svg", "nada.svg", "acacias.brasao: não há o arquivo"),
    ],
)
def test_a_wrong_line_in_the_file_is_named(
    refuse: Refuse, config: Config, old: str, new: str, said: str
) -> None:
    config.tenants.write_text(config.tenants.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert said in refuse(*IMPORT)


def test_a_file_that_is_not_utf_8_is_told(refuse: Refuse, config: Config) -> None:
    config.tenants.write_bytes('nome = "Acácias"'.encode("latin-1"))
    assert "tenants.toml: o texto não está em UTF-8" in refuse(*IMPORT)


def test_where_styles_cannot_be_written_is_told(refuse: Refuse, config: Config) -> None:
    (config.instance / "static").write_text("in the way")
    assert f"não foi possível gravar em {config.instance}/static: há um arquivo" in refuse(*BUILD)


def test_a_database_of_ours_that_is_away_is_told(refuse: Refuse) -> None:
    said = refuse(*UPGRADE, PORTAL_DATABASE_URL="postgresql://portal:senha@127.0.0.1:1/portal")
    assert "o banco do portal não respondeu" in said
    assert "senha" not in said


def test_a_port_that_is_taken_is_told_at_once(refuse: Refuse) -> None:
    with create_server(("127.0.0.1", 0)) as other:
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        said = refuse(*SERVE, PORTAL_BIND=bind)
    assert f"PORTAL_BIND={bind}: outro programa já usa este endereço" in said


def test_an_address_of_another_machine_is_told(refuse: Refuse) -> None:
    assert "não pode escutar neste endereço" in refuse(*SERVE, PORTAL_BIND="192.0.2.1:8000")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORTAL_WORKERS", "dois", 'esperava um número, recebeu "dois"'),
        ("PORTAL_BIND", "127.0.0.1:abc", "esperava um endereço como 127.0.0.1:8000"),
        ("PORTAL_BIND", "8000", "esperava um endereço como 127.0.0.1:8000"),
    ],
)
def test_a_setting_of_the_server_that_is_none_is_told(
    refuse: Refuse, name: str, value: str, said: str
) -> None:
    assert f"{name}: {said}" in refuse(*SERVE, **{name: value})


def test_a_folder_where_our_database_should_be_is_told(refuse: Refuse, tmp_path: Path) -> None:
    folder = tmp_path / "a folder" / "portal.db"
    folder.mkdir(parents=True)
    said = refuse(*IMPORT, PORTAL_DATABASE_URL=f"sqlite:///{folder}")
    assert f"não pode gravar em {folder}: é uma pasta" in said
