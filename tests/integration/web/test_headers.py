"""What every answer says to the browser, whatever it is an answer to."""

from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.web.access import public
from portal.web.assets import assets_of
from portal.web.headers import OWN_POLICIES
from tests.app import HOST, TENANTS, MakeApp, client_of

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self';"
        " frame-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none';"
        " frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
}

VALUES = {
    "numero": "1500010250326202304",
    "numero_sei": "0000123",
    "spelling": "1500.01.0250326/2023-04",
    "digest": "000000000000",
    "codigo": "0000-0000-0000-0000",
    "slug": "poda-de-arvore",
    "id_": "00000000-0000-4000-8000-000000000000",
    "pedido": "00000000-0000-4000-8000-000000000000",
    "arquivo": "00000000-0000-4000-8000-000000000001",
}


def assert_safe(response: TestResponse) -> None:
    for name, value in EXPECTED.items():
        assert response.headers.getlist(name) == [value], f"{name} of {response.request.path}"


def list_requests(app: Flask) -> Iterator[tuple[str, str]]:
    """Every route by every method, and each with one it does not have."""
    for rule in app.url_map.iter_rules():
        for method in sorted({*(rule.methods or ()), "GET", "POST", "DELETE"}):
            yield method, address_of(rule)


def address_of(rule: Rule) -> str:
    address = rule.rule
    for converter in ("string(maxlength=50):", "numero:", "path:", "uuid:"):
        address = address.replace(f"<{converter}", "<")
    for name in rule.arguments:
        address = address.replace(f"<{name}>", VALUES[name])
    return address


def test_every_route_sends_them_by_every_method(app: Flask, client: FlaskClient) -> None:
    requests = list(list_requests(app))
    assert len(requests) > 30
    for method, address in requests:
        assert_safe(client.open(address, method=method))
        assert_safe(client.open(address, method=method, headers={"HX-Request": "true"}))


@pytest.mark.parametrize(
    "path", ["/nada", "/processos/%00", "/%", "/processos/abc/", "/static/nada"]
)
def test_addresses_that_do_not_exist_send_them_too(client: FlaskClient, path: str) -> None:
    assert_safe(client.get(path))


def test_static_files_send_them_too(app: Flask, client: FlaskClient) -> None:
    [tenant] = app.extensions["tenants"]
    with app.app_context():
        assets = assets_of(tenant)
    assert assets is not None
    for address in assets:
        assert address is not None
        response = client.get(address)
        assert response.status_code == 200
        assert_safe(response)
        assert "Access-Control-Allow-Origin" not in response.headers
        response.close()


def test_an_answer_that_nothing_changed_sends_them_too(client: FlaskClient) -> None:
    etag = client.get("/").headers["ETag"]
    response = client.get("/", headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert_safe(response)


def test_a_page_that_fails_sends_them_too(app: Flask) -> None:
    app.view_functions["inicio.inicio"] = fail
    response = client_of(app).get("/")
    assert response.status_code == 500
    assert_safe(response)


def fail() -> str:
    raise RuntimeError


fail.is_public = True  # type: ignore[attr-defined]


def test_a_view_loosens_the_policy_only_to_one_of_those_that_are_listed(app: Flask) -> None:
    loose = "default-src *"
    policies = (loose, *OWN_POLICIES)
    for n, policy in enumerate(policies):
        view = public(partial(Response, headers={"Content-Security-Policy": policy}))
        app.add_url_rule(f"/own{n}", f"own{n}", view)
    sent = [
        client_of(app).get(f"/own{n}").headers.getlist("Content-Security-Policy")
        for n in range(len(policies))
    ]
    # Of two policies, a browser keeps to both.
    assert sent == [[loose, EXPECTED["Content-Security-Policy"]], *([p] for p in OWN_POLICIES)]


def test_a_strangers_host_is_told_the_same_but_nothing_of_https(app: Flask) -> None:
    response = client_of(app, "evil.example").get("/")
    assert response.headers["Content-Security-Policy"] == EXPECTED["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in response.headers


def test_without_https_nothing_is_said_of_https(make_app: MakeApp) -> None:
    app = make_app(TENANTS.replace(f"https://{HOST}", "http://localhost:8000"))
    assert "Strict-Transport-Security" not in client_of(app, "localhost:8000").get("/").headers


def test_no_answer_sets_a_cookie_but_that_of_the_switch_for_contrast(
    app: Flask, client: FlaskClient
) -> None:
    for method, address in list_requests(app):
        response = client.open(address, method=method)
        if address != "/contraste":
            assert "Set-Cookie" not in response.headers, address
