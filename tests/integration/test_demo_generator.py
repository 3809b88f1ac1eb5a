"""The generator of the demo: the same when asked for the same, and never over somebody's SEI."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, create_engine, delete, func, select

from portal.cli.demo import demo
from portal.demo.examples import READY, examples, is_complete
from portal.demo.generator import GALLERY, NotEmpty, generate
from portal.demo.scale import TO_COME
from portal.sei import tables
from portal.sei.tables import metadata
from tests.integration.engines import WALL_CLOCK

FEW, MANY = 20, 300


def everything(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [
            tuple(row)
            for row in connection.execute(select(table).order_by(*table.primary_key.columns))
        ]
        for table in metadata.sorted_tables
    }


def build(copies: int = FEW, **more: int) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection:
            generate(connection, now=WALL_CLOCK, processos=GALLERY + copies, **more)
            return everything(connection)
    finally:
        engine.dispose()


@pytest.fixture
def built() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        generate(connection, now=WALL_CLOCK)
        yield connection
    engine.dispose()


def test_a_seed_and_a_moment_make_the_same_rows():
    assert build(seed=7) == build(seed=7)


def test_another_seed_makes_others():
    one, other = build(seed=1), build(seed=2)
    assert len(one["contato"]) > GALLERY
    assert one["contato"] != other["contato"]


def test_no_text_of_the_database_is_a_placeholder():
    for name, rows in build(MANY).items():
        left = [row for row in rows if any(TO_COME in v for v in row if isinstance(v, str))]
        assert left == [], name


def test_the_database_has_counted_what_it_holds(built: Connection):
    counted = built.exec_driver_sql("SELECT DISTINCT tbl FROM sqlite_stat1")
    assert {"protocolo", "atividade", "rel_protocolo_protocolo"} <= set(counted.scalars())


def test_a_database_with_processos_is_left_alone(built: Connection):
    before = built.scalar(select(func.count()).select_from(tables.protocolo))
    with pytest.raises(NotEmpty):
        generate(built, now=WALL_CLOCK)
    built.rollback()
    after = built.scalar(select(func.count()).select_from(tables.protocolo))
    assert after == before


def test_the_command_builds_once_and_says_what_to_look_for(tmp_path: Path):
    file = tmp_path / "instance" / "sei.db"
    arguments = ["sei", "--url", f"sqlite:///{file}", "--agora", WALL_CLOCK.isoformat()]
    first = CliRunner().invoke(demo, arguments)
    assert first.exit_code == 0, first.output
    numbers = examples(WALL_CLOCK)
    for name in ("publico", "restrito", "tramita"):
        assert numbers[name] in first.output
    made = file.stat().st_mtime_ns
    again = CliRunner().invoke(demo, arguments)
    assert again.exit_code == 0
    assert again.output in first.output
    assert file.stat().st_mtime_ns == made


def test_the_command_refuses_what_is_no_database():
    answer = CliRunner().invoke(demo, ["sei", "--url", "nada"])
    assert answer.exit_code == 2
    assert "--url" in answer.output


def test_what_was_interrupted_is_built_again(tmp_path: Path):
    file = tmp_path / "sei.db"
    arguments = ["sei", "--url", f"sqlite:///{file}", "--agora", WALL_CLOCK.isoformat()]
    assert CliRunner().invoke(demo, arguments).exit_code == 0
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        connection.execute(
            delete(tables.infra_parametro).where(tables.infra_parametro.c.nome == READY)
        )
    again = CliRunner().invoke(demo, arguments)
    assert again.exit_code == 0, again.output
    with engine.connect() as connection:
        assert is_complete(connection)
    engine.dispose()
