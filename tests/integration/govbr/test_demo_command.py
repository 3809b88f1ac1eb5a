"""`flask demo govbr` starts nothing where a real gov.br is, or none."""

from socket import create_server

from flask import Flask

from portal.cli import register
from tests.app import OTHER_TENANT, TENANTS, MakeApp

REAL = """
[acacias.govbr]
issuer = "https://sso.acesso.gov.br/"
client_id = "h-acacias.example"
client_secret = "env:GOVBR_SECRET"
"""
SECRETS = {"GOVBR_SECRET": "an-invented-secret"}


def invented(slug: str, port: int) -> str:
    return REAL.replace("https://sso.acesso.gov.br/", f"http://127.0.0.1:{port}/").replace(
        "acacias.govbr", f"{slug}.govbr"
    )


def said(app: Flask) -> str:
    register(app)
    result = app.test_cli_runner().invoke(args=["demo", "govbr"])
    assert result.exit_code == 1
    return result.output


def test_beside_a_real_one_it_refuses(make_app: MakeApp) -> None:
    for demo in (False, True):
        app = make_app(TENANTS + REAL, demo=demo, secrets=SECRETS)
        assert "há um tenant com um gov.br de verdade; nada foi iniciado" in said(app)
    both = TENANTS + REAL + OTHER_TENANT + invented("ipes", 8002)
    assert "gov.br de verdade" in said(make_app(both, demo=True, secrets=SECRETS))


def test_where_nobody_enters_it_has_nothing_to_serve(make_app: MakeApp) -> None:
    assert "esperava tenants com um mesmo issuer" in said(make_app(TENANTS, demo=True))


def test_of_two_ports_it_serves_none(make_app: MakeApp) -> None:
    two = TENANTS + invented("acacias", 8002) + OTHER_TENANT + invented("ipes", 8003)
    assert "esperava tenants com um mesmo issuer" in said(make_app(two, demo=True, secrets=SECRETS))


def test_a_port_that_is_taken_is_told(make_app: MakeApp) -> None:
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        app = make_app(TENANTS + invented("acacias", port), demo=True, secrets=SECRETS)
        assert f"porta {port}: " in said(app)
