"""The switch for high contrast, and where it sends people."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.app import HOST, TENANTS, MakeApp, client_of


def test_high_contrast_is_remembered_and_shown_and_taken_back(client: FlaskClient) -> None:
    plain = client.get("/").text
    response = client.post("/contraste", data={"contraste": "alto", "voltar": "/mapa"})
    assert response.status_code == 303
    assert response.headers["Location"] == "/mapa"
    assert 'data-contraste="alto"' in client.get("/").text
    client.post("/contraste", data={"contraste": ""})
    assert client.get("/").text == plain


def test_the_cookie_is_nobodys_but_the_servers(client: FlaskClient) -> None:
    response = client.post("/contraste", data={"contraste": "alto"})
    [cookie] = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("contraste=alto; ")
    assert set(cookie.split("; ")[1:]) >= {
        "Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000",
    }  # fmt: skip
    assert "Domain" not in cookie


def test_without_https_the_cookie_is_kept_as_well(make_app: MakeApp) -> None:
    app = make_app(TENANTS.replace(f"https://{HOST}", "http://localhost:8000"))
    response = client_of(app, "localhost:8000").post("/contraste", data={"contraste": "alto"})
    assert "Secure" not in response.headers["Set-Cookie"]


def test_a_cookie_that_says_anything_else_changes_nothing(app: Flask) -> None:
    client = client_of(app)
    plain = client.get("/").text
    client.set_cookie("contraste", '"><script>', domain=HOST)
    assert client.get("/").text == plain


def test_a_page_of_the_other_contrast_is_not_the_same_page(client: FlaskClient) -> None:
    etag = client.get("/mapa").headers["ETag"]
    client.post("/contraste", data={"contraste": "alto"})
    assert client.get("/mapa", headers={"If-None-Match": etag}).status_code == 200


def test_opening_the_address_changes_nothing(client: FlaskClient) -> None:
    response = client.get("/contraste?contraste=alto")
    assert response.status_code == 405
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/mapa",
        "/processos/1500010250326202304?ordem=antigas",
        "/processos?numero=1500.01.0250326%2F2023-04",
        "/privacidade#encarregado",
    ],
)
def test_people_come_back_to_where_they_were(client: FlaskClient, address: str) -> None:
    response = client.post("/contraste", data={"voltar": address})
    assert response.headers["Location"] == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "mapa",
        "//evil.example",
        "//evil.example/mapa",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/mapa\r\nSet-Cookie: a=b",
        "/mapa\x00",
        "\x01//evil.example",
        "https://evil.example/mapa",
        "http:/mapa",
        "javascript:alert(1)",
        " /mapa",
        "/nada",
        "/contraste",
        "/mapa/",
        "/mapa" * 500,
        "/\u2028/evil.example",
    ],
)
def test_nobody_is_sent_anywhere_else(client: FlaskClient, address: str) -> None:
    response = client.post("/contraste", data={"voltar": address})
    assert response.status_code == 303
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("referer", "location"),
    [
        (f"https://{HOST}/processos/123?ver=tudo", "/processos/123?ver=tudo"),
        (f"https://{HOST}/nada", "/mapa"),
        ("https://evil.example/privacidade", "/mapa"),
        (f"https://{HOST}@evil.example/privacidade", "/mapa"),
        (f"https://{HOST}//evil.example", "/mapa"),
        ("nonsense", "/mapa"),
    ],
)
def test_what_the_browser_says_of_where_it_is_comes_before_what_the_form_says(
    client: FlaskClient, referer: str, location: str
) -> None:
    response = client.post("/contraste", data={"voltar": "/mapa"}, headers={"Referer": referer})
    assert response.headers["Location"] == location
