"""What was found out about files, on the engines that may keep it, and without any."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, column, create_engine, func, inspect, select, table

from portal.db import Base, open_counters
from portal.verdicts import KEPT, File, FileVerdict, Verdicts
from tests.integration.engines import Kind, new_database
from tests.patience import PATIENCE

FILE: File = ("acacias", 2**40, "0a" * 12)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A portal's database that has just been migrated."""
    kind: Kind = request.param
    with new_database(kind, tmp_path) as new:
        engine = open_counters(new.render_as_string(hide_password=False), PATIENCE)
        Base.metadata.create_all(engine)
        yield engine
        engine.dispose()


def test_of_a_file_that_nobody_has_read_nothing_is_known(engine: Engine) -> None:
    assert Verdicts(engine).find(FILE) is None


@pytest.mark.parametrize("intact", [True, False])
def test_a_verdict_is_news_once_to_every_process_and_after_a_restart(
    engine: Engine, intact: bool
) -> None:
    first, second = Verdicts(engine), Verdicts(engine)
    assert first.note(FILE, intact)
    assert second.find(FILE) is intact
    assert not second.note(FILE, intact)
    assert not first.note(FILE, intact)
    engine.dispose()
    assert Verdicts(engine).find(FILE) is intact


def test_the_latest_reading_is_right(engine: Engine) -> None:
    """A file may rot where it lies, and be put back, with the same size and the same time."""
    one, other = Verdicts(engine), Verdicts(engine)
    for intact in (True, False, True):
        assert one.note(FILE, intact)
        assert other.find(FILE) is intact


def test_of_another_tenant_file_or_edition_nothing_is_known(engine: Engine) -> None:
    verdicts = Verdicts(engine)
    verdicts.note(FILE, False)
    tenant, id_anexo, edition = FILE
    for other in (
        ("ipes", id_anexo, edition),
        (tenant, 1, edition),
        (tenant, id_anexo, "0b" * 12),
    ):
        assert verdicts.find(other) is None


def test_a_file_has_one_row_however_often_it_changes(engine: Engine) -> None:
    verdicts = Verdicts(engine)
    tenant, id_anexo, _ = FILE
    for n in range(5):
        verdicts.note((tenant, id_anexo, f"{n:024}"), n % 2 == 0)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(FileVerdict)) == 1


def test_nothing_is_kept_of_who_read_or_of_what_it_is(engine: Engine) -> None:
    columns = {c["name"] for c in inspect(engine).get_columns(FileVerdict.__tablename__)}
    assert columns == {"tenant", "id_anexo", "edition", "intact"}


def test_without_a_database_a_verdict_holds_in_its_process(tmp_path: Path) -> None:
    nowhere = create_engine(f"sqlite:///{tmp_path}/gone/portal.db")
    verdicts = Verdicts(nowhere)
    assert verdicts.find(FILE) is None
    assert verdicts.note(FILE, False)
    assert verdicts.find(FILE) is False
    assert not verdicts.note(FILE, False)
    nowhere.dispose()


def test_a_database_that_takes_no_row_stops_nothing(tmp_path: Path) -> None:
    """As when the disk is full: it can be read, and refuses every write."""
    url = f"sqlite:///{tmp_path}/portal.db"
    engine = open_counters(url, 0.01)
    Base.metadata.create_all(engine)
    engine.dispose()
    full = create_engine(f"sqlite:///file:{tmp_path}/portal.db?mode=ro&uri=true")
    verdicts = Verdicts(full)
    assert verdicts.note(FILE, True)
    assert verdicts.find(FILE) is True
    full.dispose()
    with engine.connect() as connection:
        rows = select(func.count(column("tenant"))).select_from(table("file_verdict"))
        assert connection.scalar(rows) == 0
    engine.dispose()


def test_a_process_without_a_database_does_not_grow(tmp_path: Path) -> None:
    nowhere = create_engine(f"sqlite:///{tmp_path}/gone/portal.db")
    verdicts = Verdicts(nowhere)
    for n in range(KEPT + 1):
        verdicts.note(("acacias", n, "0a" * 12), False)
    assert verdicts.find(("acacias", 0, "0a" * 12)) is None
    assert verdicts.find(("acacias", KEPT, "0a" * 12)) is False
    nowhere.dispose()
