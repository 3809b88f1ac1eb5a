"""Who is answered, and in whose name."""

import pytest
from flask import Flask

from portal.web.assets import assets_of
from tests.app import HOST, OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, client_of

STRANGERS = [
    "evil.example",
    f"{HOST}.evil.example",
    f"evil@{HOST}",
    f"{HOST}:99999999",
    f"{HOST}, evil.example",
    "127.0.0.2",
    "",
]


@pytest.mark.parametrize("host", STRANGERS)
@pytest.mark.parametrize("path", ["/", "/processos?numero=123456", "/processos/123456", "/nada"])
def test_a_strangers_host_is_refused_before_anything_is_asked(
    app: Flask, host: str, path: str
) -> None:
    response = client_of(app, host).get(path)
    assert response.status_code == 400
    assert "O endereço do site pode estar errado" in response.text
    assert "Acácias" not in response.text
    # Nothing of ours is served here, so the page asks for nothing.
    assert "src=" not in response.text
    assert "<link" not in response.text
    [tenant] = app.extensions["tenants"]
    assert not tenant.opened


def test_static_files_are_not_served_to_a_strangers_host(app: Flask) -> None:
    [tenant] = app.extensions["tenants"]
    with app.app_context():
        assets = assets_of(tenant)
    assert assets is not None
    with client_of(app).get(assets.htmx) as response:
        assert response.status_code == 200
    assert client_of(app, "evil.example").get(assets.htmx).status_code == 400


def test_each_tenant_speaks_in_its_own_name(make_app: MakeApp) -> None:
    app = make_app(TENANTS + OTHER_TENANT)
    assert "Prefeitura de Vale das Acácias" in client_of(app, HOST).get("/").text
    other = client_of(app, OTHER_HOST).get("/").text
    assert "Câmara de Ipês" in other
    assert "Acácias" not in other


def test_no_tenant_answers_on_localhost_where_there_are_two(make_app: MakeApp) -> None:
    app = make_app(TENANTS + OTHER_TENANT)
    assert client_of(app, "localhost").get("/").status_code == 400
    assert client_of(make_app(TENANTS), "localhost:8000").get("/").status_code == 200


def test_another_tenants_stylesheet_and_brasao_are_not_ours(make_app: MakeApp) -> None:
    app = make_app(TENANTS + OTHER_TENANT)
    acacias = app.extensions["tenants"].get("acacias")
    address = f"/brasao-{acacias.brasao.digest}"
    assert client_of(app, HOST).get(address).status_code == 200
    assert client_of(app, OTHER_HOST).get(address).status_code == 404
