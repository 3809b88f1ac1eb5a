"""The engine on SEI only reads, survives a server that goes away and never waits for ever."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    URL,
    Column,
    Engine,
    Executable,
    Integer,
    MetaData,
    StaticPool,
    String,
    Table,
    bindparam,
    column,
    create_engine,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import ProgrammingError

from portal.errors import LeftAlone, Unavailable
from portal.readonly import Explain, Kept, WriteRefused, inspecting, open_readonly, pulse, reading
from tests.integration.cable import Cable
from tests.integration.engines import KINDS, PORTS, SERVERS, Kind, new_database, writing
from tests.patience import PATIENCE, ends_by_itself

metadata = MetaData()
nota = Table(
    "nota",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("texto", String(50), index=True),
)
Scene = tuple[URL, Kind]

# MySQL's latin1 is windows-1252, PostgreSQL's LATIN1 is ISO 8859-1.
TEXT = {"mysql": "Licença – “ok” €", "postgresql": "Licença ¥", "sqlite": "Licença – “ok” €"}


def set_scene(url: URL) -> None:
    with writing(url) as connection:
        metadata.create_all(connection)
        connection.execute(nota.insert(), [{"id": 1, "texto": TEXT[url.get_backend_name()]}])


@pytest.fixture(scope="module", params=KINDS)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    with new_database(request.param, tmp_path_factory.mktemp("readonly")) as url:
        set_scene(url)
        yield url, request.param


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    with new_database(request.param, tmp_path_factory.mktemp("readonly")) as url:
        set_scene(url)
        yield url


@pytest.fixture
def opened() -> Iterator[Callable[..., Engine]]:
    engines: list[Engine] = []

    def open_one(url: URL | str, **options: Any) -> Engine:
        # It is asked again at once, unless a test is about leaving it alone.
        engines.append(open_readonly(url, **{"rest": 0, **options}))
        return engines[-1]

    yield open_one
    for engine in engines:
        engine.dispose()


@pytest.fixture
def cable(server: URL) -> Iterator[Cable]:
    port = server.port or PORTS[server.get_backend_name()]
    with Cable(server.host or "127.0.0.1", port) as cable:
        yield cable


def through(cable: Cable, url: URL) -> URL:
    return url.set(host="127.0.0.1", port=cable.port)


def read(engine: Engine) -> list[str | None]:
    with reading(engine) as connection:
        return list(connection.scalars(select(nota.c.texto).order_by(nota.c.id)))


# It reads, and nothing else


def test_the_text_of_a_latin1_database_arrives_whole(
    scene: Scene, opened: Callable[..., Engine]
) -> None:
    assert read(opened(scene[0])) == [TEXT[scene[0].get_backend_name()]]


@pytest.mark.parametrize(
    "statement",
    [
        nota.insert().values(id=2, texto="x"),
        nota.update().values(texto="x"),
        nota.delete(),
        text("SELECT 1"),
        text("DROP TABLE nota"),
        select(nota).with_for_update(),
        select(nota.insert().values(id=3).returning(nota.c.id).cte("novo")),
    ],
    ids=["insert", "update", "delete", "text", "drop", "for update", "insert in a cte"],
)
def test_the_engine_refuses_anything_but_a_select(
    scene: Scene, opened: Callable[..., Engine], statement: object
) -> None:
    with reading(opened(scene[0])) as connection, pytest.raises(WriteRefused):
        connection.execute(statement)


def test_the_engine_refuses_what_goes_round_sqlalchemy(
    scene: Scene, opened: Callable[..., Engine]
) -> None:
    with reading(opened(scene[0])) as connection, pytest.raises(WriteRefused):
        connection.exec_driver_sql("SELECT 1")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO nota (id) VALUES (9)",
        "UPDATE nota SET texto = 'x'",
        "DELETE FROM nota",
        "CREATE TABLE outra (id int)",
        "DROP TABLE nota",
    ],
)
def test_the_server_refuses_too_even_an_account_that_may_write(
    scene: Scene, opened: Callable[..., Engine], sql: str
) -> None:
    engine = opened(scene[0])
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        with pytest.raises(engine.dialect.loaded_dbapi.Error, match=r"(?i)read.?only"):
            cursor.execute(sql)
    assert len(read(engine)) == 1


def test_a_plan_and_the_catalogue_may_be_read(scene: Scene, opened: Callable[..., Engine]) -> None:
    engine = opened(scene[0])
    with reading(engine) as connection:
        assert connection.execute(Explain(select(nota).where(nota.c.id == 1))).all()
    with inspecting(engine) as inspector:
        assert [c["name"] for c in inspector.get_columns("nota")] == ["id", "texto"]
        assert inspector.get_indexes("nota")[0]["column_names"] == ["texto"]


def test_looking_at_the_catalogue_leaves_no_door_open(
    scene: Scene, opened: Callable[..., Engine]
) -> None:
    engine = opened(scene[0])
    with inspecting(engine):
        pass
    with reading(engine) as connection, pytest.raises(WriteRefused):
        connection.exec_driver_sql("SELECT 1")


def test_an_absent_sqlite_file_is_unavailable_and_stays_absent(
    tmp_path: Path, opened: Callable[..., Engine]
) -> None:
    file = tmp_path / "nada.db"
    with pytest.raises(Unavailable):
        read(opened(f"sqlite:///{file}"))
    assert not file.exists()


def test_a_named_database_in_memory_can_be_read(opened: Callable[..., Engine]) -> None:
    url = "sqlite+pysqlite:///file:notas?mode=memory&cache=shared&uri=true"
    writer = create_engine(url, poolclass=StaticPool)
    with writer.connect() as keeper:
        metadata.create_all(keeper)
        keeper.execute(nota.insert(), [{"id": 1, "texto": "a"}])
        keeper.commit()
        assert read(opened(url)) == ["a"]
    writer.dispose()


# It asks once per question


def test_a_page_costs_one_round_trip_per_select(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    engine = opened(through(cable, server))
    read(engine)
    before = cable.messages
    for _ in range(10):
        with reading(engine) as connection:
            for _ in range(5):
                connection.execute(select(nota).where(nota.c.id == 1)).all()
    assert cable.messages - before == 50


def test_a_connection_that_rested_is_asked_whether_it_lives(
    server: URL, cable: Cable, opened: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "REST", 0.0)
    engine = opened(through(cable, server))
    read(engine)
    before = cable.messages
    for _ in range(10):
        read(engine)
    assert cable.messages - before == 20


def test_postgresql_prepares_what_is_settled_and_nothing_else(
    opened: Callable[..., Engine], tmp_path: Path
) -> None:
    """A prepared statement gets a generic plan, and that one can be a scan."""
    prepared = table("pg_prepared_statements", column("statement"))
    by_key = select(nota.c.texto).where(nota.c.id == bindparam("id", type_=Integer))
    with new_database("postgres", tmp_path) as url:
        set_scene(url)
        with reading(opened(url)) as connection:
            for number in range(20):
                connection.execute(by_key, {"id": number}).all()
            assert connection.scalars(select(prepared.c.statement)).all() == []
            for number in range(20):
                connection.execute(by_key.execution_options(settled=True), {"id": number}).all()
            (statement,) = connection.scalars(select(prepared.c.statement))
            assert "nota.id = $1" in str(statement)


def test_a_session_that_forgets_what_was_prepared_is_asked_without(
    opened: Callable[..., Engine], tmp_path: Path
) -> None:
    """A pooler cleans the session for the next of its clients, which psycopg does not see."""
    settled = select(nota.c.texto).execution_options(settled=True)
    prepared = table("pg_prepared_statements", column("name"))
    with new_database("postgres", tmp_path) as url:
        set_scene(url)
        with reading(opened(url)) as connection:
            before = connection.scalars(settled).all()
            driver: Any = connection.connection.driver_connection
            driver.pgconn.exec_(b"DISCARD ALL")
            assert [connection.scalars(settled).all() for _ in range(2)] == [before] * 2
            assert connection.scalars(select(prepared.c.name)).all() == []


def test_no_two_connections_give_one_name_to_what_they_prepare(
    opened: Callable[..., Engine], tmp_path: Path
) -> None:
    """Through a pooler they may meet in one session, and get each other's answers."""
    settled = select(nota.c.texto).execution_options(settled=True)
    prepared = table("pg_prepared_statements", column("name"))
    with new_database("postgres", tmp_path) as url:
        set_scene(url)
        engine = opened(url)
        names = set()
        with reading(engine) as one, reading(engine) as other:
            for connection in (one, other):
                connection.execute(settled)
                names.add(connection.scalars(select(prepared.c.name)).one())
        assert len(names) == 2


def test_what_was_prepared_is_so_anew_when_a_column_has_another_type(
    opened: Callable[..., Engine], tmp_path: Path
) -> None:
    """SEI is upgraded under a running portal, and its connections are kept."""
    settled = select(nota.c.texto).execution_options(settled=True)
    with new_database("postgres", tmp_path) as url:
        set_scene(url)
        engine = opened(url)
        with reading(engine) as one, reading(engine) as other:
            before = [connection.scalars(settled).all() for connection in (one, other)]
        with writing(url) as operator:
            operator.execute(text("ALTER TABLE nota ALTER COLUMN texto TYPE varchar(99)"))
        with pytest.raises(Unavailable), reading(engine) as connection:
            connection.execute(settled)
        with reading(engine) as one, reading(engine) as other:
            assert [connection.scalars(settled).all() for connection in (one, other)] == before


# Bad days

SESSION = {"mysql": func.connection_id(), "postgresql": func.pg_backend_pid()}
END = {"mysql": "KILL {}", "postgresql": "SELECT pg_terminate_backend({})"}


def test_a_connection_the_server_ended_is_replaced(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    engine = opened(through(cable, server))
    with reading(engine) as connection:
        number = connection.scalar(select(SESSION[engine.dialect.name]))
    with writing(server) as operator:
        operator.execute(text(END[engine.dialect.name].format(number)))
    cable.wait_for_hang_up()
    assert len(read(engine)) == 1


def test_a_server_that_went_away_is_unavailable_at_once_and_comes_back(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    engine = opened(through(cable, server))
    read(engine)
    cable.cut()
    with ends_by_itself(), pytest.raises(Unavailable):
        read(engine)
    cable.mend()
    assert len(read(engine)) == 1


def test_a_server_that_goes_away_between_two_selects_is_unavailable(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    engine = opened(through(cable, server))
    with pytest.raises(Unavailable), reading(engine) as connection:
        connection.execute(select(nota)).all()
        cable.cut()
        connection.execute(select(nota)).all()
    cable.mend()
    assert len(read(engine)) == 1


def test_a_server_that_froze_is_given_up(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    engine = opened(through(cable, server), statement_timeout=2, connect_timeout=2)
    read(engine)
    cable.freeze()
    with ends_by_itself(), pytest.raises(Unavailable):
        read(engine)
    cable.thaw()
    assert len(read(engine)) == 1


def test_a_server_that_accepts_and_says_nothing_is_given_up(
    server: URL, opened: Callable[..., Engine]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        engine = opened(server.set(port=mute.getsockname()[1]), connect_timeout=1)
        with ends_by_itself(), pytest.raises(Unavailable):
            read(engine)


def test_a_statement_that_takes_too_long_is_stopped_by_the_server(
    server: URL, opened: Callable[..., Engine]
) -> None:
    engine = opened(server, statement_timeout=0.3)
    sleep = func.sleep if server.get_backend_name() == "mysql" else func.pg_sleep
    with ends_by_itself(), pytest.raises(Unavailable), reading(engine) as connection:
        connection.execute(select(nota.c.id, sleep(2 * PATIENCE))).all()


def test_a_busy_pool_is_unavailable_and_not_a_queue(
    scene: Scene, opened: Callable[..., Engine]
) -> None:
    engine = opened(scene[0], pool_size=1, max_overflow=0, rest=5, clock=lambda: 0.0)
    with reading(engine) as connection:
        with ends_by_itself(), pytest.raises(Unavailable, match="QueuePool"):
            read(engine)
        with pytest.raises(LeftAlone):
            read(engine)
        # Whoever has the connection gets an answer, so it was the crowd and not the server.
        connection.execute(select(nota)).all()
    assert len(read(engine)) == 1


def test_a_server_that_went_away_is_left_alone_until_one_question_finds_it_back(
    server: URL, cable: Cable, opened: Callable[..., Engine]
) -> None:
    now = 0.0
    engine = opened(through(cable, server), rest=5, clock=lambda: now)
    cable.cut()
    with pytest.raises(Unavailable):
        read(engine)
    cable.mend()
    for _ in range(3):
        with pytest.raises(LeftAlone):
            read(engine)
    assert cable.messages == 0
    now += 5
    assert len(read(engine)) == 1
    assert len(read(engine)) == 1


def test_a_mistake_of_ours_is_not_taken_for_an_absent_server(
    server: URL, opened: Callable[..., Engine]
) -> None:
    with pytest.raises(ProgrammingError), reading(opened(server)) as connection:
        connection.execute(select(literal_column("1 +")))


GONE = Table("nada", MetaData(), Column("id", Integer))


@pytest.mark.parametrize(
    "statement",
    [select(GONE), select(nota.c.id, column("nada")).select_from(nota)],
    ids=["table", "column"],
)
def test_what_is_no_longer_there_is_unavailable_and_what_was_kept_is_forgotten(
    scene: Scene, opened: Callable[..., Engine], statement: Executable
) -> None:
    engine, times = opened(scene[0]), iter(range(9))
    kept = Kept(lambda connection: (connection.scalar(select(nota.c.id)), next(times)))
    with reading(engine) as connection:
        assert (kept.get(connection), kept.get(connection)) == ((1, 0), (1, 0))
    with pytest.raises(Unavailable), reading(engine) as connection:
        connection.execute(statement)
    with reading(engine) as connection:
        assert kept.get(connection) == (1, 1)


def test_a_grant_that_was_taken_away_is_unavailable_until_it_is_back(
    server: URL, opened: Callable[..., Engine]
) -> None:
    name = f"portal_test_nota_{server.database}"[-32:]
    account = {"mysql": f"USER {name} IDENTIFIED BY 'x'", "postgresql": f"ROLE {name} LOGIN"}
    kind, times = server.get_backend_name(), iter(range(9))
    kept = Kept(lambda _: next(times))
    with writing(server) as operator:
        operator.execute(text(f"CREATE {account[kind]}"))
        for grant in ("GRANT SELECT (id, texto) ON nota TO", "REVOKE SELECT (texto) ON nota FROM"):
            operator.execute(text(f"{grant} {name}"))
        operator.commit()
        engine = opened(server.set(username=name, password="x"))
        with reading(engine) as connection:
            assert kept.get(connection) == 0
        with pytest.raises(Unavailable):
            read(engine)
        operator.execute(text(f"GRANT SELECT (texto) ON nota TO {name}"))
        operator.commit()
        assert len(read(engine)) == 1
        with reading(engine) as connection:
            assert kept.get(connection) == 1
        engine.dispose()
        operator.execute(text(f"REVOKE ALL ON nota FROM {name}"))
        operator.execute(text(f"DROP {account[kind].split()[0]} {name}"))


# Addresses and drivers


@pytest.mark.parametrize(
    "url", ["mssql://sei:x@127.0.0.1:{}/sei", "oracle://sei:x@127.0.0.1:{}/sei"]
)
def test_the_other_drivers_take_our_settings(url: str, opened: Callable[..., Engine]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unavailable):
        read(opened(url.format(port), connect_timeout=1))


@pytest.mark.parametrize(
    "url", ["", "sei", "db2://u:segredo@h/sei", "mysql+mysqldb://u:segredo@h/sei", "sqlite://"]
)
def test_an_address_we_cannot_use_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match=r"database URL|not supported|in memory") as refusal:
        open_readonly(url)
    assert "segredo" not in str(refusal.value)


def test_a_refused_password_is_not_repeated(server: URL, opened: Callable[..., Engine]) -> None:
    engine = opened(server.set(username="ninguem_portal", password="segredo"))
    with pytest.raises(Unavailable) as refusal:
        read(engine)
    assert "segredo" not in str(refusal.value)


def test_no_driver_is_imported_before_it_is_needed() -> None:
    program = (
        "import sys, portal.readonly;"
        "print([d for d in ('psycopg', 'pymysql', 'oracledb', 'pymssql') if d in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root
    )
    assert answer.stdout.strip() == "[]"
