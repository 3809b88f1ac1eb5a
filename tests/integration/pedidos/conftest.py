"""A tenant that takes petitions: a gov.br, a catalogue, and a folder for what people hand over."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.db import db
from portal.servicos.service import replace_servicos
from portal.tenancy import Govbr
from tests.app import TENANTS, MakeApp, Visitor, client_of
from tests.integration.govbr.conftest import (
    SECRET,
    citizen,
    keys,
    settings,
    simulator,
    table_of,
)
from tests.unit.servicos import makers

__all__ = ["citizen", "keys", "settings", "simulator"]

SEIWS = """
[acacias.protocolo]
endereco = "https://sei.acacias.mg.gov.br/sei/ws/SeiWS.php"
sigla = "PORTAL"
chave = "env:SEI_CHAVE"
versao = "4.1.5"
megabytes_por_arquivo = 2
megabytes_por_pedido = 3
"""
SECRETS = {"GOVBR_SECRET": SECRET, "SEI_CHAVE": "a key that is only in the tests"}


@pytest.fixture
def app(make_app: MakeApp, settings: Govbr) -> Flask:
    app = make_app(TENANTS + table_of(settings) + SEIWS, demo=True, secrets=SECRETS)
    with app.app_context():
        now = datetime(2026, 3, 1, tzinfo=UTC)
        replace_servicos(db.session(), "acacias", makers.read(), now)
        db.session.commit()
    return app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return client_of(app)
