"""A SEI that a test writes while the portal reads it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from portal.demo.builder import SeiBuilder


@pytest.fixture
def sei(tmp_path: Path, app: Flask) -> Iterator[SeiBuilder]:
    """What is in SEI; `flush` writes it."""
    engine = create_engine(f"sqlite:///{tmp_path}/sei.db")
    with engine.connect() as connection:
        builder = SeiBuilder(connection)
        yield Committing(builder, connection.commit)  # type: ignore[misc]
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
