"""Failures, as people and as htmx meet them."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.errors import NotFound, OutOfReach, Refused, TooManyRequests, Unavailable
from portal.web.access import public
from tests.app import client_of

PART = {"HX-Request": "true"}


def raising(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return public(view)


@pytest.mark.parametrize(
    ("error", "status", "words", "retry_after"),
    [
        (Refused("why"), 400, "Não entendemos esse pedido", None),
        (NotFound("why"), 404, "Esta página não existe", None),
        (TooManyRequests("faltas", 90), 429, "Foram muitas consultas em pouco tempo", "90"),
        (Unavailable("why"), 503, "O sistema de processos não está respondendo", "30"),
        (OutOfReach("why"), 503, "não conseguiu usar os dados da sua conta", "30"),
        (RuntimeError("why"), 500, "Algo deu errado aqui, do nosso lado", None),
    ],
)
@pytest.mark.parametrize("headers", [{}, PART])
def test_a_failure_has_a_status_and_a_page_in_portuguese(
    app: Flask,
    error: Exception,
    status: int,
    words: str,
    retry_after: str | None,
    headers: dict[str, str],
) -> None:
    app.view_functions["inicio.inicio"] = raising(error)
    response = client_of(app).get("/", headers=headers)
    assert response.status_code == status
    assert words in response.text
    assert response.headers.get("Retry-After") == retry_after
    assert response.headers["Cache-Control"] == "no-store"
    assert "why" not in response.text
    assert "Traceback" not in response.text
    assert response.text.startswith("<title>Erro: " if headers else "<!doctype html>")
    # The script puts it in the place of the whole answer, whatever part was asked for.
    assert '<div id="resposta">' in response.text


def test_a_method_that_a_page_does_not_have_is_told_with_those_it_has(client: FlaskClient) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert "Esta página não funciona assim" in response.text


@pytest.mark.parametrize("path", ["/processos//1", "/mapa//", "//evil.example"])
def test_an_address_with_a_slash_too_many_leads_nowhere(client: FlaskClient, path: str) -> None:
    """Above all not to another site, which `//` would in a `Location`."""
    assert client.get("/", environ_overrides={"PATH_INFO": path}).status_code == 404


def test_a_form_that_is_too_long_is_refused(client: FlaskClient) -> None:
    response = client.post("/contraste", data={"voltar": "/" * 20_000})
    assert response.status_code == 413
    assert "Não entendemos esse pedido" in response.text


def test_only_a_failure_of_ours_names_the_request_and_the_log_has_the_rest(
    app: Flask, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    app.view_functions["inicio.inicio"] = raising(RuntimeError("why"))
    text = client_of(app).get("/").text
    [line, request] = map(json.loads, capsysbinary.readouterr().out.splitlines())
    assert line["event"] == "surprise"
    assert line["error"] == "builtins.RuntimeError"
    assert line["reason"] == "why"
    assert line["request"] in text
    assert request["request"] == line["request"]
    assert request["status"] == 500


def test_what_is_not_found_does_not_name_the_request(client: FlaskClient) -> None:
    assert client.get("/nada").data == client.get("/nada").data


def test_a_template_that_fails_as_well_leaves_a_sentence(app: Flask) -> None:
    app.view_functions["inicio.inicio"] = raising(RuntimeError())
    app.extensions["assets"].clear()
    response = client_of(app).get("/")
    assert response.status_code == 500
    assert response.text == "O portal falhou. Tente de novo em alguns minutos.\n"
