"""A page has one address: with a slash at its end, people are sent to the one without."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app import OTHER_HOST, client_of

CHAVE = "1500010250326202304"
BELOW = ("", ".json", "/qr.svg", "/historico.atom", "/documentos.zip", "/documentos/1",
         "/documentos/1.json", "/documentos/1/texto")  # fmt: skip


def test_a_slash_at_the_end_of_any_address_is_dropped(app: Flask, client: FlaskClient) -> None:
    plain = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.rule != "/"
    }
    assert {"/mapa", "/processos", "/autenticidade"} <= plain
    for path in (*plain, *(f"/processos/{CHAVE}{below}" for below in BELOW)):
        response = client.get(f"{path}/?de=2026&q=%C3%A3")
        assert response.status_code == 308, path
        assert response.headers["Location"] == f"{path}?de=2026&q=%C3%A3"
        assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    ["/nada/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/",
     "/contraste/", "/mapa/nada/", "/mapa\0/"],
)  # fmt: skip
def test_what_is_no_page_without_the_slash_is_none_with_it(client: FlaskClient, path: str) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": path})
    assert response.status_code == 404
    assert "Location" not in response.headers


def test_a_stranger_s_host_is_not_sent_anywhere(app: Flask) -> None:
    assert client_of(app, OTHER_HOST).get("/mapa/").status_code == 400
