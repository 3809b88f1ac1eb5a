"""The demo on SQLite, which every other SEI's answers are compared with."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from portal.readonly import reading
from portal.tenancy import Tenant
from tests.integration.moulds import Moulds, Recipe
from tests.integration.sei.answers import as_latin1, ask_pages, ask_queries
from tests.integration.sei.town import CASES, town

Answers = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def baseline(moulds: Moulds) -> Iterator[Tenant]:
    with town(moulds.show(Recipe("sqlite"))) as tenant:
        yield tenant


@pytest.fixture(scope="session")
def bare_baseline(moulds: Moulds) -> Iterator[Tenant]:
    """Without the tables of any module."""
    with town(moulds.show(Recipe("sqlite", modulos=False))) as tenant:
        yield tenant


@pytest.fixture(scope="session")
def expected(baseline: Tenant) -> Answers:
    """What SQLite answers about a case of the demo."""
    return cache(lambda nome: as_latin1(ask(baseline, nome)))


@pytest.fixture(scope="session")
def bare_expected(bare_baseline: Tenant) -> Answers:
    return cache(lambda nome: as_latin1(ask(bare_baseline, nome)))


def ask(tenant: Tenant, nome: str) -> dict[str, Any]:
    """Everything the portal can ask about a case."""
    with reading(tenant.sei) as connection:
        return ask_queries(connection, CASES[nome]) | ask_pages(tenant, CASES[nome])
