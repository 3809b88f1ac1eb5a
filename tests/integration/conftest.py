"""Databases the integration tests share, each made at most once in a run and only when asked for.

`sei_url` and `sei_engine` are the demo in SEI 4.1 as our definitions have it, on each engine;
`genuine_url` and `genuine_engine` the demo in SEI's own reference database; `variant_url` and
`variant_engine` the demo in other versions, made from the reference database where there is one.
Nobody writes to those; `moulds` has copies. `blank_url` is the schema without a row, for a test
that sets its own scene with `SeiBuilder`; it is emptied after each test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

from portal.readonly import open_readonly
from portal.sei.tables import metadata
from tests.integration.engines import KINDS, SERVERS, VERSIONS, empty, new_database, writing
from tests.integration.moulds import Moulds, Recipe
from tests.integration.reference import has_reference


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite databases of this run are."""
    return tmp_path_factory.mktemp("databases")


@pytest.fixture(scope="session")
def moulds(folder: Path) -> Iterator[Moulds]:
    moulds = Moulds(folder)
    yield moulds
    moulds.close()


@pytest.fixture(scope="session", params=KINDS)
def sei_url(request: pytest.FixtureRequest, moulds: Moulds) -> URL:
    return moulds.show(Recipe(request.param))


@pytest.fixture(scope="session")
def sei_engine(sei_url: URL) -> Iterator[Engine]:
    with _opened(sei_url) as engine:
        yield engine


@pytest.fixture(scope="session", params=SERVERS)
def genuine_url(request: pytest.FixtureRequest, moulds: Moulds) -> URL:
    return moulds.show(Recipe(request.param, genuine=True))


@pytest.fixture(scope="session")
def genuine_engine(genuine_url: URL) -> Iterator[Engine]:
    with _opened(genuine_url) as engine:
        yield engine


# Those made from the reference database have no module's tables.
VARIANTS = [
    Recipe(kind, version, genuine=has_reference(kind), modulos=not has_reference(kind))
    for version, kind in product(VERSIONS, KINDS)
]


@pytest.fixture(scope="session", params=VARIANTS, ids=str)
def recipe(request: pytest.FixtureRequest) -> Recipe:
    """Of another version."""
    recipe: Recipe = request.param
    return recipe


@pytest.fixture(scope="session")
def variant_url(recipe: Recipe, moulds: Moulds) -> URL:
    return moulds.show(recipe)


@pytest.fixture(scope="session")
def variant_engine(variant_url: URL) -> Iterator[Engine]:
    with _opened(variant_url) as engine:
        yield engine


@pytest.fixture(scope="session", params=KINDS)
def _blank_schema(request: pytest.FixtureRequest, folder: Path) -> Iterator[URL]:
    with new_database(request.param, folder) as url:
        with writing(url) as connection:
            metadata.create_all(connection)
        yield url


@pytest.fixture
def blank_url(_blank_schema: URL) -> Iterator[URL]:
    yield _blank_schema
    with writing(_blank_schema) as connection:
        empty(connection)


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    engine = open_readonly(url)
    yield engine
    engine.dispose()
