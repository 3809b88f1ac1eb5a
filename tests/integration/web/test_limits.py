"""Rate limits as a visitor meets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.db import Base, db
from tests.app import HOST, OTHER_HOST, OTHER_TENANT, TENANTS, MakeApp, StoppedClock, client_of

STRICT = """
[acacias.limites]
pesquisas_por_minuto = 4
pesquisas_por_hora = 6
faltas_por_10_minutos = 3
consultas_por_minuto = 5
total_por_minuto = 12
"""
QR = "/processos/1500010250326202304/qr.svg"
ABSENT = "/processos/1500010250326202304"


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    return client_of(make_app(TENANTS + STRICT))


def statuses(client: FlaskClient, path: str, times: int) -> list[int]:
    return [client.get(path).status_code for _ in range(times)]


def test_pages_of_processos_are_limited_by_the_minute(
    client: FlaskClient, clock: StoppedClock
) -> None:
    assert statuses(client, QR, 6) == [200] * 5 + [429]
    clock.pass_(minutes=1)
    assert statuses(client, QR, 6) == [200] * 5 + [429]


def test_the_refusal_is_plain_and_says_how_long(client: FlaskClient) -> None:
    statuses(client, QR, 5)
    response = client.get(QR)
    assert response.headers["Retry-After"] == "60"
    assert "Foram muitas consultas em pouco tempo" in response.text


def test_searches_are_limited_by_the_minute_and_by_the_hour(
    client: FlaskClient, clock: StoppedClock
) -> None:
    search = "/processos?numero=abc"
    assert statuses(client, search, 5) == [422] * 4 + [429]
    clock.pass_(minutes=1)
    assert statuses(client, search, 2) == [422, 429]
    clock.pass_(minutes=1)
    assert statuses(client, search, 1) == [429]
    clock.pass_(hours=1)
    assert statuses(client, search, 1) == [422]


def test_searches_by_a_persons_name_are_limited_harder_and_each_counts_as_a_search_too(
    make_app: MakeApp, clock: StoppedClock
) -> None:
    limits = "pesquisas_por_minuto = 6, interessados_por_minuto = 2, interessados_por_hora = 4"
    on = "visibilidade = { pesquisa_por_interessado = true }"
    client = client_of(make_app(f"{TENANTS}{on}\nlimites = {{ {limits} }}\n"))
    by_name, other = "/processos?interessado=ana+lima", "/processos?situacao=andamento"
    assert statuses(client, "/processos?interessado=ana", 1) == [422]  # nobody's name yet
    assert statuses(client, by_name, 3) == [200, 200, 429]
    assert statuses(client, other, 3) == [200, 200, 429]
    clock.pass_(minutes=1)
    assert statuses(client, by_name, 2) == [200, 429]
    clock.pass_(hours=1)
    assert statuses(client, by_name, 1) == [200]


@pytest.mark.parametrize("path", [ABSENT, "/processos?numero=1500.01.0250326/2023-04",
                                  f"{ABSENT}/documentos/123"])  # fmt: skip
def test_after_too_many_misses_nothing_is_told_of_any_number(
    client: FlaskClient, clock: StoppedClock, path: str
) -> None:
    assert statuses(client, path, 3) == [404] * 3
    clock.pass_(minutes=2)
    assert client.get(path).status_code == 429
    assert client.get(QR).status_code == 429
    assert client.get("/processos?numero=abc").status_code == 429
    clock.pass_(minutes=10)
    assert client.get(path).status_code == 404


def test_pages_that_ask_sei_nothing_are_not_limited(client: FlaskClient) -> None:
    assert statuses(client, "/", 30) == [200] * 30
    assert statuses(client, "/processos/1500.01.0250326/2023-04", 30) == [308] * 30


def test_the_whole_tenant_has_a_ceiling(make_app: MakeApp) -> None:
    app = make_app(TENANTS + STRICT + OTHER_TENANT)
    seen = []
    for i in range(13):
        seen.append(client_of(app, address=f"198.51.100.{i}").get(ABSENT).status_code)
    assert seen == [404] * 12 + [429]
    assert client_of(app, OTHER_HOST).get(ABSENT).status_code == 404


def test_what_asks_sei_nothing_does_not_count_for_the_whole_tenant(make_app: MakeApp) -> None:
    app = make_app(TENANTS + STRICT)
    for i in range(20):
        assert client_of(app, address=f"198.51.100.{i}").get(QR).status_code == 200
    assert client_of(app, address="198.51.100.99").get(ABSENT).status_code == 404


def test_only_as_many_proxies_are_believed_as_there_are(make_app: MakeApp) -> None:
    app = make_app(TENANTS + STRICT, proxies=1)
    client = client_of(app)
    # Whatever a visitor writes in front is not the proxy's word.
    for i in range(5):
        assert client.get(QR, headers=forwarded(f"10.0.0.{i}, 198.51.100.1")).status_code == 200
    assert client.get(QR, headers=forwarded("10.9.9.9, 198.51.100.1")).status_code == 429
    assert client.get(QR, headers=forwarded("198.51.100.2")).status_code == 200


def test_without_a_proxy_nobody_chooses_an_address(client: FlaskClient) -> None:
    for i in range(5):
        assert client.get(QR, headers=forwarded(f"198.51.100.{i}")).status_code == 200
    assert client.get(QR, headers=forwarded("198.51.100.9")).status_code == 429


def forwarded(addresses: str) -> dict[str, str]:
    return {"X-Forwarded-For": addresses, "X-Forwarded-Host": "evil.example"}


def test_when_nobody_can_count_people_are_answered_and_the_operator_is_told(
    app: Flask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with app.app_context():
        Base.metadata.drop_all(db.engine)
    client = client_of(app, HOST)
    assert client.get(QR).status_code == 200
    assert client.get(ABSENT).status_code == 404
    out = capsysbinary.readouterr().out
    assert out.count(b'"uncounted"') == 3
    assert b"no such table" in out
