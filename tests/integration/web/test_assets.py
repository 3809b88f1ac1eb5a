"""Files that are kept for ever, and the command that compresses them."""

import gzip
from hashlib import sha384
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.cli import register
from portal.web.assets import HTMX, STATIC, Assets, assets_of
from tests.app import BRASAO, HOST, TENANTS, MakeApp, client_of


def assets(app: Flask) -> Assets:
    [tenant] = app.extensions["tenants"]
    with app.app_context():
        found = assets_of(tenant)
    assert found is not None
    return found


HTMX_SHA384 = (
    "d8e6adcd0cb51fe65dfc822b8ebd5372e0c6a8b5de1e16e8"
    "a00c8963529d40c2a7af82d9db6937d4604b7582879958e0"
)
"""Of `dist/htmx.min.js` in the npm package htmx.org 2.0.11."""


def test_htmx_is_the_file_its_authors_published() -> None:
    assert sha384((STATIC / HTMX).read_bytes()).hexdigest() == HTMX_SHA384


SOMETIMES = {"conta", "envio", "pedido", "recibo", "sessao"}


def test_every_file_a_page_links_to_is_kept_for_ever(app: Flask, client: FlaskClient) -> None:
    page = client.get("/").text
    for name, address in assets(app)._asdict().items():
        assert address is not None
        # What only people who enter, file or check a receipt need is not on anybody else's way.
        assert (f'"{address}"' in page) == (name not in SOMETIMES)
        with client.get(address) as response:
            assert response.status_code == 200
            assert "immutable" in response.headers["Cache-Control"]
            assert "max-age=" in response.headers["Cache-Control"]


def test_a_file_has_another_name_when_it_has_other_content(make_app: MakeApp) -> None:
    blue, red = make_app(), make_app(TENANTS.replace("#1351b4", "#7a1f1f"))
    assert assets(blue).css != assets(red).css
    assert assets(blue).js == assets(red).js
    assert client_of(red).get(assets(blue).css).status_code == 404


def test_the_stylesheet_has_the_tenants_colours(app: Flask, client: FlaskClient) -> None:
    response = client.get(assets(app).css)
    assert response.mimetype == "text/css"
    assert "--tema:" in response.text
    assert "#1351b4" in response.text


def test_the_brasao_is_the_icon_too_so_that_it_is_asked_for_once(
    app: Flask, client: FlaskClient
) -> None:
    assert assets(app).brasao == assets(app).icone
    response = client.get(assets(app).icone)
    assert response.text == BRASAO
    assert response.mimetype == "image/svg+xml"


def test_without_a_brasao_there_is_a_drawing(make_app: MakeApp) -> None:
    app = make_app(TENANTS.replace('brasao = "brasao.svg"', ""))
    assert assets(app).brasao is None
    response = client_of(app).get(assets(app).icone)
    assert response.mimetype == "image/svg+xml"
    assert response.text.startswith("<svg ")
    assert len(response.data) < 400


def test_a_browser_that_asks_for_an_icon_unbidden_gets_one(client: FlaskClient) -> None:
    assert client.get("/favicon.ico").status_code == 200


def test_nothing_beside_the_files_can_be_had(client: FlaskClient) -> None:
    for path in ("/static/", "/static/portal.css", "/static/../config.py", "/static/%2e%2e/db.py"):
        assert client.get(path).status_code == 404


def test_robots_are_told_to_leave_processos_and_codes_alone(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == (
        "User-agent: *\nDisallow: /processos\nDisallow: /autenticidade?\n"
    )


def build(app: Flask) -> str:
    register(app)
    result = app.test_cli_runner().invoke(args=["assets", "build"])
    assert result.exit_code == 0, result.output
    return result.output


def test_what_was_built_is_sent_compressed(make_app: MakeApp, tmp_path: Path) -> None:
    plain = make_app()
    build(plain)
    built = make_app()
    assert assets(built) == assets(plain)
    for address in assets(built):
        assert address is not None
        content = client_of(plain).get(address)
        for coding in ("gzip", "br"):
            headers = {"Accept-Encoding": coding}
            with client_of(built).get(address, headers=headers) as response:
                assert response.headers["Content-Encoding"] == coding
                assert response.headers["Vary"] == "Accept-Encoding"
                assert response.mimetype == content.mimetype
                assert len(response.data) < len(content.data)
                if coding == "gzip":
                    assert gzip.decompress(response.data) == content.data
        with client_of(built).get(address) as response:
            assert "Content-Encoding" not in response.headers
            assert response.data == content.data
        content.close()


def test_building_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    build(app)
    first = {f.name: f.read_bytes() for f in (tmp_path / "static").iterdir()}
    build(app)
    assert {f.name: f.read_bytes() for f in (tmp_path / "static").iterdir()} == first


@pytest.mark.parametrize("path", ["/", "/mapa", "/nada"])
def test_no_page_asks_another_site_for_anything(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    for mark in ('src="http', 'src="//', "url(", "<style", "style=", "onclick", "hx-on"):
        assert mark not in text
    assert HOST not in text.partition("<body>")[0].replace("canonical", "")
