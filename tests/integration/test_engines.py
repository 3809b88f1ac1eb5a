"""The databases that tests make are gone afterwards, whatever becomes of the run."""

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.integration.engines import (
    LOOPBACK,
    SERVERS,
    Kind,
    drop_left_behind,
    new_database,
    server_url,
)


def names_on(kind: Kind) -> set[str]:
    engine = create_engine(server_url(kind))
    try:
        with engine.connect() as server:
            if kind == "mariadb":
                return set(inspect(server).get_schema_names())
            return set(server.scalars(text("SELECT datname FROM pg_database")))
    finally:
        engine.dispose()


@pytest.mark.parametrize("kind", SERVERS)
def test_a_database_goes_with_its_test_even_when_that_fails(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), new_database(kind, tmp_path) as url:
        assert url.database in names_on(kind)
        raise RuntimeError
    assert url.database not in names_on(kind)


@pytest.mark.parametrize("kind", SERVERS)
def test_a_run_that_was_killed_is_tidied_up_after_by_the_next(kind: Kind, tmp_path: Path) -> None:
    if server_url(kind).host not in LOOPBACK:
        pytest.skip("the processes of another machine are not ours to know")
    killed = subprocess.Popen(["true"])
    killed.wait()
    left = f"portal_test_{killed.pid}_1"
    engine = create_engine(server_url(kind), isolation_level="AUTOCOMMIT")
    with new_database(kind, tmp_path) as ours, engine.connect() as server:
        server.execute(text(f"CREATE DATABASE {left}"))
        drop_left_behind(kind, server)
        there = names_on(kind)
        assert left not in there
        assert ours.database in there
    engine.dispose()
