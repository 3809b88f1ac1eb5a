"""SEI 3.1, 4.0 and 5.0: other columns, other tables, the same pages at the same cost."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import URL, Engine

from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import service
from portal.sei.installation import Installation, forget, installation_of
from portal.sei.queries.names import names_of
from portal.sei.tables import metadata, protocolo, tarefa, unidade_historico
from portal.sei.values import Eliminado, ListedDocumento, Tracking
from portal.tenancy import Tenant
from tests.integration.engines import Version
from tests.integration.moulds import Recipe
from tests.integration.sei.answers import as_latin1, ask_pages
from tests.integration.sei.conftest import Answers
from tests.integration.sei.town import CASES, NOW, counting, town

ELIMINADO = "eliminado"
"""The case of a processo that was disposed of, which no column says before 4.1."""
ANTIGA, HOJE = "SEINFRA", "SEOBRAS"
"""Two names of one unit, which no table tells before 4.0."""


@pytest.fixture(scope="session")
def variant(variant_url: URL) -> Iterator[Tenant]:
    with town(variant_url) as tenant:
        yield tenant


@pytest.fixture
def version(recipe: Recipe) -> Version:
    return recipe.version


@pytest.fixture
def bare(recipe: Recipe) -> bool:
    """Whether no module's table is there."""
    return not recipe.modulos


def installation(tenant: Tenant) -> Installation:
    with reading(tenant.sei) as connection:
        return installation_of(connection)


def test_what_is_missing_is_what_the_version_lacks(
    variant: Tenant, version: Version, bare: bool
) -> None:
    tables = {
        table.name
        for table in metadata.sorted_tables
        if table.info.get("since", "3.1") > version or (bare and "module" in table.info)
    }
    columns = {
        f"{column.table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if (column.info.get("since", "3.1") > version or table.name in tables)
        and "written" not in column.info
    }
    assert installation(variant).missing == tables | columns


def test_the_pages_say_the_same_as_on_4_1(
    variant: Tenant, version: Version, bare: bool, expected: Answers, bare_expected: Answers
) -> None:
    for nome in CASES:
        usual = (bare_expected if bare else expected)(nome)
        if nome == ELIMINADO or (version == "3.1" and ANTIGA in repr(usual)):
            continue  # what the version cannot know: the tests below
        answers = as_latin1(ask_pages(variant, CASES[nome]))
        wanted = {question: as_version(usual[question], version) for question in answers}
        assert answers == wanted, nome


def test_what_no_column_says_is_not_guessed(variant: Tenant, version: Version) -> None:
    found = service.track(variant, NumeroProtocolo(CASES[ELIMINADO]), now=NOW)
    assert isinstance(found, Tracking)
    assert isinstance(found.situacao, Eliminado) == (version == "5.0")
    assert installation(variant).has(protocolo.c.sin_eliminado) == (version == "5.0")


def test_an_old_andamento_shows_the_name_of_its_day_where_sei_keeps_it(
    variant: Tenant, version: Version
) -> None:
    found = service.track(variant, NumeroProtocolo(CASES["nome_antigo"]), now=NOW)
    assert isinstance(found, Tracking)
    assert found.history
    names = {step.unidade.sigla for step in found.history.steps}
    kept = installation(variant).has(unidade_historico)
    assert kept == (version != "3.1")
    assert (ANTIGA in names) == kept
    assert HOJE in names


def test_the_history_of_consulta_processual_is_the_resumed_one_where_there_is_no_such_flag(
    variant_url: URL, version: Version
) -> None:
    numero = NumeroProtocolo(CASES["quarenta"])
    with town(variant_url) as resumed, town(variant_url, consulta_processual=True) as tracking:
        same = service.track(resumed, numero, now=NOW) == service.track(tracking, numero, now=NOW)
        assert same == (not installation(resumed).has(tarefa.c.sin_consulta_processual))
        assert same == (version != "5.0")


def test_a_page_costs_as_many_selects_as_on_4_1(
    variant: Tenant, version: Version, baseline: Tenant
) -> None:
    # What was disposed of has no history to read, where a column says that it was.
    cases = [nome for nome in CASES if nome != ELIMINADO or version == "5.0"]
    assert costs(variant, cases) == costs(baseline, cases)


def test_a_sei_that_is_upgraded_under_us_is_looked_at_again_when_told(
    variant_engine: Engine, version: Version
) -> None:
    with reading(variant_engine) as connection:
        first = installation_of(connection)
        with counting(variant_engine) as sent:
            assert installation_of(connection) is first
        assert not sent
        forget(variant_engine)
        with counting(variant_engine) as sent:
            assert installation_of(connection) == first
        assert len(sent) == 1


def costs(tenant: Tenant, cases: Iterable[str]) -> dict[str, int]:
    """SELECTs of each case's page, once the installation and its names are known."""
    with reading(tenant.sei) as connection:
        names_of(connection).has_several_orgaos()
    found = {}
    for nome in cases:
        with counting(tenant.sei) as sent, suppress(NotFound):
            service.track(tenant, NumeroProtocolo(CASES[nome]), now=NOW)
        found[nome] = len(sent)
    return found


def as_version(answer: Any, version: Version) -> Any:
    """A 4.1's answer without what an older SEI cannot know."""
    if version == "5.0" or not isinstance(answer, Tracking | ListedDocumento):
        return answer
    return replace(answer, procedimento=replace(answer.procedimento, concluded_on=None))
