"""What takes long to import, or much memory, is imported by who needs it."""

import subprocess
import sys
from collections.abc import Mapping

import pytest

from portal.config import ROOT, Config

HEAVY = {
    "alembic",
    "authlib",
    "cryptography",
    "flask_migrate",
    "icalendar",
    "joserfc",
    "lxml",
    "psycopg",
    "pymysql",
    "requests",
    "segno",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.postgresql",
    "urllib3",
    "zeep",
}


@pytest.fixture
def env(config: Config) -> Mapping[str, str]:
    table = """
[acacias.govbr]
issuer = "https://sso.acesso.gov.br/"
client_id = "h-acacias.example"
client_secret = "env:GOVBR_SECRET"
"""
    with config.tenants.open("a", encoding="utf-8") as file:
        file.write(table)
    return {
        "PORTAL_INSTANCE": str(config.instance),
        "PORTAL_SECRET_KEY": config.secret_key,
        "GOVBR_SECRET": "an-invented-secret",
    }


def test_who_does_not_enter_pays_for_nothing_of_it(env: Mapping[str, str]) -> None:
    """Not even where people may: 17 MB and half a second belong to the first who does."""
    code = (
        "import sys; from wsgi import app; app.test_client().get('/', headers={'Host': HOST});"
        "print(*sys.modules)"
    ).replace("HOST", repr("protocolo.acacias.mg.gov.br"))
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    loaded = set(ended.stdout.splitlines()[-1].split())
    assert "portal" in loaded
    assert not loaded & HEAVY


def test_what_is_told_to_sei_is_said_without_its_client() -> None:
    """A petition is taken in by a process that never speaks SOAP."""
    code = (
        "import sys, portal.seiws.values, portal.seiws.latin1, portal.seiws.faults;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    assert not set(ended.stdout.split()) & {"zeep", "lxml", "requests"}
