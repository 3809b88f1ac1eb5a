"""A simulated SeiWS in front of a demo's SEI of its own, and the client that speaks with it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine

from portal.demo.seiws.installation import Installation
from portal.demo.seiws.server import Simulator
from portal.demo.seiws.service import Sei
from portal.seiws.client import SeiWs
from portal.seiws.transport import Patience
from tests.integration.engines import KINDS
from tests.integration.moulds import Moulds, Recipe
from tests.integration.seiws.told import CHAVE, access_to
from tests.patience import PATIENCE

NOW = datetime(2026, 3, 20, 16, 30, 5)
"""A little after the demo's."""


class Clock:
    """SEI's own, which a test may put forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS[:1])
def sei_copy(request: pytest.FixtureRequest, moulds: Moulds) -> Iterator[URL]:
    """A demo to be written to; a test may name other engines."""
    with moulds.copy(Recipe(request.param)) as url:
        yield url


@pytest.fixture
def engine(sei_copy: URL) -> Iterator[Engine]:
    engine = create_engine(sei_copy)
    yield engine
    engine.dispose()


@pytest.fixture
def repositorio(tmp_path: Path) -> Path:
    return tmp_path / "repositorio"


@pytest.fixture
def simulator(engine: Engine, repositorio: Path, clock: Clock) -> Iterator[Simulator]:
    sei = Sei(engine, repositorio, Installation(CHAVE), clock)
    simulator = Simulator(sei, silence=PATIENCE)
    yield simulator
    simulator.close()


@pytest.fixture
def client(simulator: Simulator) -> SeiWs:
    """Of a short patience with what does not answer."""
    return client_of(simulator)


def client_of(simulator: Simulator, versao: str = "5.0", patience: float = 20.0) -> SeiWs:
    access = access_to(simulator.endereco, versao)
    return SeiWs(access, Patience(connect=5, read=patience, write=patience))
