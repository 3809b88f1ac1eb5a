"""How real servers answer our queries on a SEI of some size: no large table is read whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, inspect, select, text

from portal.demo.generator import generate
from portal.readonly import open_readonly, reading
from portal.sei.checkup.scans import explain, list_whole
from portal.sei.installation import Installation, installation_of
from portal.sei.tables import (
    assinatura,
    atividade,
    atributo_andamento,
    documento,
    metadata,
    participante,
    protocolo,
    rel_protocolo_protocolo,
)
from tests.integration.engines import (
    KINDS,
    WALL_CLOCK,
    Kind,
    new_database,
    writing,
)
from tests.integration.reference import has_reference, load_reference
from tests.integration.sei.statements import Question, Target, list_questions
from tests.integration.sei.town import CASES

PROCESSOS = 8_000
"""With their documents, some 20 000 protocolos."""
LARGE = (
    assinatura,
    atividade,
    atributo_andamento,
    documento,
    participante,
    protocolo,
    rel_protocolo_protocolo,
)
LARGE_NAMES = {table.name for table in LARGE}
NAMES = sorted({question.name for question in list_questions(Installation(), Target())})


@pytest.fixture(scope="module", params=KINDS)
def large_sei(request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """On the servers SEI's own indexes, where the reference database is at hand."""
    kind: Kind = request.param
    with new_database(kind, folder) as url:
        if has_reference(kind):
            load_reference(kind, url)
        with writing(url) as connection:
            generate(connection, now=WALL_CLOCK, processos=PROCESSOS)
            _gather_statistics(connection)
        engine = open_readonly(url, statement_timeout=30)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def questions(large_sei: Engine) -> Mapping[str, list[Question]]:
    """By name, each about a number that nobody has, a processo of forty andamentos, and the last
    one of all. Listed once for all tests, since to build the statements takes longer than to
    have them explained."""
    named = defaultdict(list)
    with reading(large_sei) as sei:
        installation = installation_of(sei)
        last = sei.scalar(select(func.max(documento.c.id_procedimento)))
        forty = sei.scalar(
            select(protocolo.c.id_protocolo).where(
                protocolo.c.protocolo_formatado_pesquisa == CASES["quarenta"]
            )
        )
        for target in (Target(), _target(sei, forty), _target(sei, last)):
            for question in list_questions(installation, target):
                named[question.name].append(question)
    return named


def test_the_sei_is_large(large_sei: Engine) -> None:
    """With a few rows reading all of them is the best plan, and a test of plans says nothing."""
    with reading(large_sei) as sei:
        rows = {t.name: sei.scalar(select(func.count()).select_from(t)) or 0 for t in LARGE}
    assert min(rows.values()) > 5_000
    assert rows["protocolo"] >= 20_000


@pytest.mark.parametrize("name", NAMES)
def test_no_query_reads_a_large_table_whole(
    name: str, large_sei: Engine, questions: Mapping[str, list[Question]]
) -> None:
    with reading(large_sei) as sei:
        for question in questions[name]:
            statement = question.statement.params(question.parameters)
            plan = explain(sei, statement)
            whole = set(list_whole(sei.dialect.name, statement, plan))
            assert not whole & LARGE_NAMES, "\n".join(map(str, plan))


def test_a_plan_that_reads_a_table_whole_is_noticed(large_sei: Engine) -> None:
    statement = select(protocolo).where(protocolo.c.descricao == "x").alias("todos").select()
    with reading(large_sei) as sei:
        plan = explain(sei, statement)
        assert list_whole(sei.dialect.name, statement, plan) == ["protocolo"]


def _gather_statistics(connection: Connection) -> None:
    match connection.dialect.name:
        case "mysql" | "mariadb":
            names = ", ".join(set(inspect(connection).get_table_names()) & set(metadata.tables))
            connection.execute(text(f"ANALYZE TABLE {names}"))
        case _:
            connection.execute(text("ANALYZE"))


def _target(sei: Connection, key: int | None) -> Target:
    p, d = protocolo.c, documento.c
    chave = sei.scalar(select(p.protocolo_formatado_pesquisa).where(p.id_protocolo == key))
    ids = list(sei.scalars(select(d.id_documento).where(d.id_procedimento == key).limit(50)))
    numbers = list(sei.scalars(select(p.protocolo_formatado).where(p.id_protocolo.in_(ids))))
    return Target(
        id_procedimento=key or 0,
        chave=chave or "",
        numero_sei=numbers[0],
        ids=ids,
        numeros=numbers,
    )
