"""What a SEI has is asked anew, since modules and columns come and go under a running portal."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from portal.readonly import Kept
from portal.sei.installation import KEPT, LIFETIME, Installation, installation_of
from portal.sei.tables import md_pesq_parametro, metadata


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    metadata.create_all(engine)
    md_pesq_parametro.drop(engine)
    yield engine
    engine.dispose()


def test_a_module_installed_meanwhile_is_seen_within_minutes(engine: Engine) -> None:
    now = 0.0
    kept: Kept[Installation] = Kept(KEPT.read, LIFETIME, lambda: now)
    with engine.connect() as sei:
        assert not installation_of(sei, kept).has(md_pesq_parametro)
        md_pesq_parametro.create(sei)
        assert not installation_of(sei, kept).has(md_pesq_parametro)
        now = LIFETIME + 1
        assert installation_of(sei, kept).has(md_pesq_parametro)
    assert LIFETIME <= 300
