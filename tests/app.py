"""The portal as tests see it: a made-up tenant or two, a clock that stands still, no SEI rows."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine
from werkzeug.test import TestResponse

from portal import create_app
from portal.config import Config
from portal.db import Base, db
from portal.sei.tables import metadata
from tests.pages import Page

HOST = "protocolo.acacias.mg.gov.br"
OTHER_HOST = "protocolo.ipes.mg.gov.br"

TENANTS = f"""
[acacias]
nome = "Prefeitura de Vale das Acácias"
hosts = ["{HOST}", "processos.acacias.mg.gov.br"]
endereco = "https://{HOST}"
cor = "#1351b4"
encarregado = {{ nome = "Maria do Carmo", email = "encarregada@acacias.mg.gov.br" }}
sei = "sqlite:///sei.db"
brasao = "brasao.svg"
mascaras = ["@cod_unidade_sei_04d@.@seq_anual_cod_unidade_sei_06d@/@ano_4d@"]
"""

OTHER_TENANT = f"""
[ipes]
nome = "Câmara de Ipês"
hosts = ["{OTHER_HOST}"]
endereco = "https://{OTHER_HOST}"
cor = "#7a1f1f"
encarregado = {{ nome = "João Batista", email = "dpo@ipes.mg.gov.br" }}
sei = "sqlite:///sei.db"
"""

BRASAO = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="{"M1 1h6v6H1z" * 20}"/></svg>
"""

MakeApp = Callable[..., Flask]


class StoppedClock:
    """Noon of a day in March 2026 until a test says otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 20, 12, 0, tzinfo=ZoneInfo("America/Sao_Paulo"))

    def __call__(self, zone: tzinfo) -> datetime:
        return self.now.astimezone(zone)

    def pass_(self, **amount: float) -> None:
        self.now += timedelta(**amount)


class Visitor(FlaskClient):
    """A browser that asks one host, from one address, and looks at every page it gets."""

    host = HOST
    address = "203.0.113.7"

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("environ_overrides", {})
        # As a server does, which closes every answer that it has sent.
        kwargs.setdefault("buffered", True)
        kwargs["environ_overrides"] |= {"HTTP_HOST": self.host, "REMOTE_ADDR": self.address}
        response = super().open(*args, **kwargs)
        # A document of SEI is not ours to judge: it is apart, under a policy of its own.
        apart = "sandbox" in response.headers.get("Content-Security-Policy", "")
        if response.mimetype == "text/html" and not apart and response.data:
            assert Page(response.text).mistakes == [], response.request.path
        return response


def client_of(app: Flask, host: str = HOST, address: str = Visitor.address) -> Visitor:
    visitor = Visitor(app, app.response_class, use_cookies=True)
    visitor.host, visitor.address = host, address
    return visitor


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(scope="session")
def blank_sei(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SEI's schema in a file, to be copied."""
    path = tmp_path_factory.mktemp("sei") / "sei.db"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates that one test compiled, for the next one's application."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def config(tmp_path: Path, blank_sei: Path) -> Config:
    """A deployment in a folder of its own: one tenant, an SEI without a single processo."""
    (tmp_path / "tenants.toml").write_text(TENANTS, "utf-8")
    (tmp_path / "brasao.svg").write_text(BRASAO, "utf-8")
    shutil.copyfile(blank_sei, tmp_path / "sei.db")
    return Config(
        secret_key="not a secret: this key is in the tests",
        database_url=f"sqlite:///{tmp_path}/portal.db",
        tenants=tmp_path / "tenants.toml",
        instance=tmp_path,
    )


@pytest.fixture
def make_app(
    config: Config, clock: StoppedClock, compiled: FileSystemBytecodeCache
) -> Iterator[MakeApp]:
    """Applications with other settings, or with other lines in `tenants.toml`."""
    made: list[Flask] = []

    def make(tenants: str = TENANTS, **changes: object) -> Flask:
        config.tenants.write_text(tenants, "utf-8")
        app = create_app(replace(config, **changes), clock)  # type: ignore[arg-type]
        app.jinja_env.bytecode_cache = compiled
        made.append(app)
        with app.app_context():
            Base.metadata.create_all(db.engine)
        return app

    yield make
    for app in made:
        close(app)


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> Visitor:
    """Somebody who asks the tenant on its own host."""
    return client_of(app)


def close(app: Flask) -> None:
    """Give its connections back: a file that stays open is a warning, and warnings are errors."""
    with app.app_context():
        db.engine.dispose()
    app.extensions["limiter"].close()
    for tenant in app.extensions["tenants"]:
        tenant.close()
