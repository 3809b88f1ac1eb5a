"""Pages, parts of pages, and pages that have not changed."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import TemplateSyntaxError

from portal.web.access import public
from portal.web.fragments import page
from tests.app import HOST, client_of

PART = {"HX-Request": "true"}


def test_htmx_gets_the_part_and_everybody_else_the_page(client: FlaskClient) -> None:
    whole = client.get("/")
    part = client.get("/", headers=PART)
    assert whole.text.startswith("<!doctype html>")
    assert part.text.startswith("<title>Onde está o seu processo? — ")
    assert "<html" not in part.text
    assert '<div id="resposta">' in part.text
    assert part.text.partition("\n")[2].strip() in whole.text


@pytest.mark.parametrize(
    "headers",
    [
        PART | {"HX-Boosted": "true"},
        PART | {"HX-History-Restore-Request": "true"},
        {"HX-Request": "false"},
    ],
)
def test_a_boosted_link_and_a_page_of_the_history_are_whole_pages(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.get("/", headers=headers).text == client.get("/").text


def test_every_page_says_what_it_depends_on(client: FlaskClient) -> None:
    for path in ("/", "/mapa", "/nada", "/processos?numero=abc"):
        for headers in ({}, PART):
            vary = client.get(path, headers=headers).headers["Vary"]
            assert vary == "HX-Request, Cookie"


def test_a_page_is_sent_again_only_when_it_has_changed(client: FlaskClient) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Vary"] == first.headers["Vary"]
    other = client.get("/mapa", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_part_and_its_page_are_not_taken_for_each_other(client: FlaskClient) -> None:
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers=PART | {"If-None-Match": etag}).status_code == 200


def test_a_failure_is_never_kept(client: FlaskClient) -> None:
    response = client.get("/nada", headers={"If-None-Match": "*"})
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


class Rendered:
    """A page whose content the view knows the name of, and how often it was rendered."""

    def __init__(self) -> None:
        self.times = 0
        self.etag = "one"

    def __call__(self) -> object:
        return page("inicio.html", etag=self.etag, spy=self)


@pytest.fixture
def rendered(app: Flask) -> Rendered:
    view = Rendered()
    app.view_functions["inicio.inicio"] = public(view)  # type: ignore[assignment]
    renders = app.jinja_env.get_template("inicio.html").render

    def count(*args: object, **kwargs: object) -> str:
        view.times += 1
        return renders(*args, **kwargs)

    app.jinja_env.get_template("inicio.html").render = count  # type: ignore[method-assign]
    return view


def test_a_page_whose_content_is_named_is_not_rendered_when_it_is_the_same(
    app: Flask, rendered: Rendered
) -> None:
    client = client_of(app)
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
    assert rendered.times == 1
    rendered.etag = "two"
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 200
    assert rendered.times == 2


def test_the_same_content_is_another_page_in_part_or_in_high_contrast(
    app: Flask, rendered: Rendered
) -> None:
    client = client_of(app)
    tags = [client.get("/").headers["ETag"], client.get("/", headers=PART).headers["ETag"]]
    client.set_cookie("contraste", "alto", domain=HOST)
    tags += [client.get("/").headers["ETag"], client.get("/", headers=PART).headers["ETag"]]
    assert len(set(tags)) == 4


def list_templates(app: Flask) -> list[str]:
    folder = Path(app.root_path, "templates")
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*.*"))


def test_every_template_compiles(app: Flask) -> None:
    names = list_templates(app)
    assert names
    for name in names:
        try:
            app.jinja_env.get_template(name)
        except TemplateSyntaxError as error:
            pytest.fail(f"{name}, line {error.lineno}: {error.message}")


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/mapa", 200),
        ("/privacidade", 200),
        ("/acessibilidade", 200),
        ("/nada", 404),
        ("/processos", 200),
        ("/processos/1", 404),
    ],
)
def test_every_page_has_an_answer_that_a_failure_may_take_the_place_of(
    client: FlaskClient, path: str, status: int, headers: dict[str, str]
) -> None:
    response = client.get(path, headers=headers)
    assert response.status_code == status
    assert response.text.count('id="resposta"') == 1
