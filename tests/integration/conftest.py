"""Databases the integration tests share, each made at most once in a run and only when asked for.

`sei_url` and `sei_engine` are the demo in SEI 4.1 as our definitions have it, on each engine;
`genuine_url` and `genuine_engine` the demo in SEI's own reference database; `variant_engine` both,
as other versions have them. Nobody writes to those. `blank_url` is the schema without a row, for a
test that sets its own scene with `SeiBuilder`; it is emptied after each test.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

from portal.readonly import open_readonly
from portal.sei.tables import metadata
from tests.integration.engines import (
    KINDS,
    SERVERS,
    VERSIONS,
    Kind,
    Version,
    empty,
    fill,
    load_reference,
    new_database,
    reference_dump,
    writing,
)
from tests.skips import PREFIX


def pytest_sessionstart() -> None:
    """A run that is told to stop still drops its databases."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite databases of this run are."""
    return tmp_path_factory.mktemp("databases")


@pytest.fixture(scope="session", params=KINDS)
def sei_url(request: pytest.FixtureRequest, folder: Path) -> Iterator[URL]:
    with new_database(request.param, folder) as url:
        fill(url)
        yield url


@pytest.fixture(scope="session")
def sei_engine(sei_url: URL) -> Iterator[Engine]:
    with _opened(sei_url) as engine:
        yield engine


@pytest.fixture(scope="session", params=SERVERS)
def genuine_schema(request: pytest.FixtureRequest, folder: Path) -> Iterator[URL]:
    """SEI's reference database as it is published: no processos."""
    with _genuine(request.param, folder) as url:
        yield url


@pytest.fixture(scope="session", params=SERVERS)
def genuine_url(request: pytest.FixtureRequest, folder: Path) -> Iterator[URL]:
    with _genuine(request.param, folder) as url:
        fill(url)
        yield url


@pytest.fixture(scope="session")
def genuine_engine(genuine_url: URL) -> Iterator[Engine]:
    with _opened(genuine_url) as engine:
        yield engine


VARIANTS: list[tuple[Version, Kind, bool]] = [
    *((version, kind, False) for version, kind in product(VERSIONS, KINDS)),
    *((version, kind, True) for version, kind in product(VERSIONS, SERVERS)),
]


def _name_variant(variant: tuple[Version, Kind, bool]) -> str:
    version, kind, genuine = variant
    return f"{version}-{kind}{'-genuine' if genuine else ''}"


@pytest.fixture(scope="session", params=VARIANTS, ids=_name_variant)
def variant_url(request: pytest.FixtureRequest, folder: Path) -> Iterator[URL]:
    """Other versions; those made from the reference database have no module's tables either."""
    version, kind, genuine = request.param
    with _genuine(kind, folder) if genuine else new_database(kind, folder) as url:
        fill(url, version, modulos=not genuine)
        yield url


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
def _genuine(kind: Kind, folder: Path) -> Iterator[URL]:
    dump = reference_dump(kind)
    if dump is None:
        # Not a tool that anybody could install, so never a failure.
        pytest.skip(f"{PREFIX}SEI's reference database → set PORTAL_TEST_SHARED to its folder")
    with new_database(kind, folder) as url:
        load_reference(url, dump)
        yield url


@contextmanager
def _opened(url: URL) -> Iterator[Engine]:
    engine = open_readonly(url)
    yield engine
    engine.dispose()
