"""The portal's own database on both engines, made once and emptied after each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from portal.db import Base, engine_options, prepare
from tests.integration.engines import Kind, new_database


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def _database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    kind: Kind = request.param
    with new_database(kind, folder) as url:
        engine = create_engine(url, **engine_options(url, patience=30))
        prepare(engine)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def engine(_database: Engine) -> Iterator[Engine]:
    yield _database
    with _database.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session
