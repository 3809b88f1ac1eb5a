"""A SEI that a test writes while the portal reads it, and the portal as it is served."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from portal.config import Config
from portal.db import Base, open_counters
from portal.demo.builder import SeiBuilder
from tests.integration.served import Server
from tests.integration.web.papers import Scene


@pytest.fixture
def sei(tmp_path: Path, app: Flask) -> Iterator[SeiBuilder]:
    """What is in SEI; `flush` writes it."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        builder = SeiBuilder(connection)
        yield Committing(builder, connection.commit)  # type: ignore[misc]
    engine.dispose()


@pytest.fixture
def scene(app: Flask, tmp_path: Path) -> Iterator[Scene]:
    """What is in SEI and in its repository; `app` must have one."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        yield Scene(app, tmp_path, connection)
    engine.dispose()


class Committing:
    """A builder whose rows can be read as soon as they are flushed."""

    def __init__(self, builder: SeiBuilder, commit: Callable[[], None]) -> None:
        self._builder, self._commit = builder, commit

    def __getattr__(self, name: str) -> object:
        return getattr(self._builder, name)

    def flush(self) -> None:
        self._builder.flush()
        self._commit()


@pytest.fixture
def server(config: Config, pytestconfig: pytest.Config) -> Iterator[Server]:
    """Not started yet."""
    engine = open_counters(config.database_url, 1)
    Base.metadata.create_all(engine)
    engine.dispose()
    server = Server(config, pytestconfig.rootpath)
    yield server
    server.kill()
