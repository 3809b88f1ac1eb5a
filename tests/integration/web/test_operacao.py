"""What the machine that looks after us is told."""

import subprocess
import sys
import urllib.error
from pathlib import Path
from socket import create_server

import pytest
from flask import Flask
from sqlalchemy import Engine, QueuePool

from portal import create_app
from portal.config import Config
from portal.db import Base, db
from tests.app import client_of
from tests.integration.served import Server


@pytest.mark.parametrize("host", ["protocolo.acacias.mg.gov.br", "10.0.0.1:8000", "", "::nonsense"])
def test_health_is_told_on_any_host_and_says_no_more_than_ok(app: Flask, host: str) -> None:
    response = client_of(app, host).get("/saude")
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_without_all_of_our_own_database_we_are_not_well_and_do_not_say_why(
    app: Flask, table: str
) -> None:
    with app.app_context():
        Base.metadata.tables[table].drop(db.engine)
    response = client_of(app).get("/saude")
    assert (response.status_code, response.text) == (503, "indisponível\n")


def test_sei_being_away_is_not_our_illness(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "sei.db").unlink()
    assert client_of(app).get("/saude").status_code == 200
    assert client_of(app).get("/processos/123").status_code == 503


def test_what_a_web_process_does_not_need_is_not_imported() -> None:
    code = "import sys, portal; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(out.stdout.split())
    assert "flask" in modules
    unwanted = {
        "alembic", "brotli", "flask_migrate", "gunicorn", "hypothesis", "icalendar", "limits",
        "oracledb", "portal.demo", "psycopg", "pymssql", "pymysql", "requests", "segno",
    }  # fmt: skip
    assert modules & unwanted == set()


def test_before_a_server_forks_no_connection_is_open(config: Config) -> None:
    app = create_app(config)
    with app.app_context():
        assert pooled(db.engine) == pooled(app.extensions["limiter"].engine) == 0
    assert not any(tenant.opened for tenant in app.extensions["tenants"])


def pooled(engine: Engine) -> int:
    assert isinstance(engine.pool, QueuePool)
    return engine.pool.checkedin() + engine.pool.checkedout()


def test_the_served_portal_tells_its_numbers_on_a_port_of_their_own(server: Server) -> None:
    server.start()
    before = server.get("/metrics", server.metrics_port)
    for _ in range(6):
        server.get("/mapa")
        server.get("/processos/123456/qr.svg")
    after = server.get("/metrics", server.metrics_port)
    line = 'portal_requests_total{{route="{}",status="200"}} {}'
    assert line.format("institucional.mapa", "6.0") not in before
    # Two processes served them, and either tells the numbers of both.
    assert line.format("institucional.mapa", "6.0") in after
    assert line.format("processos.qr", "6.0") in after
    assert "123456" not in after
    with pytest.raises(urllib.error.HTTPError, match="404"):
        server.get("/metrics")
    out = server.stop()
    assert "Traceback" not in out
    assert "123456" not in out
    assert '"route":"institucional.mapa"' in out
    assert "PORTAL_METRICS_PORT" not in out


def test_a_port_for_the_numbers_that_another_program_has_is_told_once(server: Server) -> None:
    with create_server(("127.0.0.1", server.metrics_port)):
        server.start()
        said = server.stop()
    assert said.count("PORTAL_METRICS_PORT") == 1
    assert "outro programa já usa esta porta" in said
