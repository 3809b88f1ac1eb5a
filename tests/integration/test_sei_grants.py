"""`flask sei grants`: the account may read what the portal reads, and nothing else."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import URL, Alias, Column, Engine, Table, event, text
from sqlalchemy.sql import visitors

from portal.cli import register
from portal.readonly import open_readonly, reading
from portal.sei.checkup import Level, check, list_grants
from portal.sei.installation import installation_of
from portal.sei.tables import metadata
from tests.app import MakeApp
from tests.integration.engines import Kind, server_url, writing
from tests.integration.moulds import Moulds, Recipe
from tests.integration.sei.statements import Target, list_questions
from tests.integration.test_sei_check import ACCOUNT, SECRET, tenant_on

GRANT = re.compile(r"GRANT SELECT \(([a-z0-9_, ]+)\) ON ([a-z0-9_]+) TO portal;")


def granted() -> set[str]:
    lines = [GRANT.fullmatch(line) for line in list_grants("portal")]
    return {f"{m[2]}.{name}" for m in lines if m for name in m[1].split(", ")}


@pytest.fixture
def read(moulds: Moulds) -> set[str]:
    """The columns of SEI that a check-up and every question of the pages name."""
    seen: set[str] = set()

    def note(_connection: object, statement: object, *_more: object) -> None:
        seen.update(name for element in _elements(statement) if (name := _column(element)))

    url = moulds.show(Recipe("sqlite"))
    event.listen(Engine, "before_execute", note)
    try:
        findings = list(check(tenant_on(url), lambda: datetime.now(UTC)))
        _ask_everything(url)
    finally:
        event.remove(Engine, "before_execute", note)
    assert [f for f in findings if f.level is Level.FAIL] == []
    return seen


def test_every_column_that_is_granted_is_read_and_the_other_way_round(read: set[str]) -> None:
    assert granted() == read


def test_the_docs_say_what_each_table_is_read_for(pytestconfig: pytest.Config) -> None:
    text = (pytestconfig.rootpath / "docs" / "banco-do-sei.md").read_text("utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`([a-z0-9_]+)`", rows)) == set(metadata.tables)


def test_every_line_is_a_grant() -> None:
    assert all(GRANT.fullmatch(line) for line in list_grants("portal"))


@pytest.fixture(params=["mariadb", "postgres"])
def narrow_account(request: pytest.FixtureRequest, moulds: Moulds) -> Iterator[URL]:
    """A SEI seen by an account that has these permissions and no other."""
    kind: Kind = request.param
    with moulds.copy(Recipe(kind)) as url, writing(server_url(kind)) as operator:
        name = f"{ACCOUNT}_{url.database}"[-32:]
        word = "USER" if kind == "mariadb" else "ROLE"
        how = "IDENTIFIED BY" if kind == "mariadb" else "LOGIN PASSWORD"
        operator.execute(text(f"CREATE {word} {name} {how} '{SECRET}'"))
        operator.commit()
        with writing(url) as owner:
            for grant in list_grants(name):
                owner.execute(text(grant))
        yield url.set(username=name, password=SECRET)
        if kind == "postgres":
            with writing(url) as owner:
                owner.execute(text(f"DROP OWNED BY {name}"))
        operator.execute(text(f"DROP {word} {name}"))


def test_the_permissions_are_enough_for_every_question_and_for_the_check(
    narrow_account: URL,
) -> None:
    _ask_everything(narrow_account)
    findings = list(check(tenant_on(narrow_account), lambda: datetime.now(UTC)))
    assert [f for f in findings if f.level is Level.FAIL] == []
    assert [f for f in findings if "não foi possível contar" in f.text] == []


def test_the_command_writes_them(make_app: MakeApp) -> None:
    app = make_app()
    register(app)
    result = app.test_cli_runner().invoke(args=["sei", "grants", "'portal'@'10.0.0.5'"])
    assert result.exit_code == 0
    assert result.output.splitlines() == list(list_grants("'portal'@'10.0.0.5'"))


def _ask_everything(url: URL) -> None:
    engine = open_readonly(url)
    with reading(engine) as sei:
        for question in list_questions(installation_of(sei), Target()):
            sei.execute(question.statement, question.parameters).all()
    engine.dispose()


def _elements(statement: object) -> Iterator[object]:
    return visitors.iterate(statement) if isinstance(statement, visitors.Visitable) else iter(())


def _column(element: object) -> str | None:
    """`table.column` of SEI's, whatever alias the statement gives the table."""
    if not isinstance(element, Column):
        return None
    source: object = element.table
    while isinstance(source, Alias):
        source = source.element
    if not isinstance(source, Table) or source.name not in metadata.tables:
        return None
    return f"{source.name}.{element.name}"
