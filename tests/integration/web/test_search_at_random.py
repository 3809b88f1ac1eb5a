"""Searches that nobody thought of: no error, no table read whole, and nothing of what is closed.

Each address is asked of two SEIs that differ by what is closed alone. Their answers may not.
"""

import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, event, text
from werkzeug.test import TestResponse

from portal.demo.builder import SeiBuilder
from portal.demo.town import PREFEITURA
from portal.sei import extent, search
from portal.sei.queries import choices, walks
from portal.web.filters import CURSOR, INTERESSADO, LISTED
from tests.app import TENANTS, MakeApp, client_of

PART = {"HX-Request": "true"}
MORE = int(os.environ.get("PORTAL_TEST_EXAMPLES", "0"))
LIMITS = (
    "pesquisas_por_minuto = 100000, pesquisas_por_hora = 100000, total_por_minuto = 100000,"
    " interessados_por_minuto = 100000, interessados_por_hora = 100000"
)
TENANT = (
    f"{TENANTS}orgaos = [{PREFEITURA.id_orgao}]\n"
    f"visibilidade = {{ pesquisa_por_interessado = true, mostra_restritos = true }}\n"
    f"limites = {{ {LIMITS} }}\n"
)
DAY = datetime(2026, 1, 5, 9)
OPEN, CLOSED = "Obras: Alvará de Construção", "IPTU: Revisão de Lançamento"
SCAN = re.compile(
    r"SCAN (protocolo|processo|procedimento|atividade|participante|documento|contato)\b"
)
OF_PROCESSOS = re.compile(r"\bFROM \(?(protocolo|atividade|participante)\b")
"""What is asked of them each time; words are read when what was kept of them is old."""
OFFERED = {"tipo": "100000505", "unidade": "110000101", "onde": "110000101"}
NOT_OFFERED = ["100000514", "110000001", "110000112", "0"]
"""The tipo of what is closed, the test unit, one that has nothing, and none at all."""
DAYS = st.dates(DAY.date() - timedelta(40), DAY.date() + timedelta(40)).map(str)
VALUES = {
    "tipo": st.sampled_from([OFFERED["tipo"]] * 4 + NOT_OFFERED),
    "unidade": st.sampled_from([OFFERED["unidade"]] * 4 + NOT_OFFERED),
    "onde": st.sampled_from([OFFERED["onde"]] * 4 + NOT_OFFERED),
    "de": DAYS,
    "ate": DAYS,
    "situacao": st.sampled_from(["andamento", "concluido", "sobrestado"]),
    "final": st.sampled_from(["202600", "1202600", "202699", "00202600"]),
    INTERESSADO: st.sampled_from(["ana lima", "Ana Líma", "rui sa", "li an"]),
    CURSOR: st.builds("{}~{}~{}".format, DAYS, st.integers(0, 60), st.integers(0, 4)),
}
ANYTHING = st.text(max_size=40) | st.from_regex(r"[0-9/.~-]{1,30}", fullmatch=True)
ADDRESSES = st.fixed_dictionaries(
    {}, optional={name: st.one_of(good, good, good, ANYTHING) for name, good in VALUES.items()}
)
Twins = tuple[FlaskClient, FlaskClient]


@pytest.fixture
def twins(
    tmp_path: Path, blank_sei: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> Twins:
    """A SEI with closed processos and the same without them, of some size for so small a walk."""
    monkeypatch.setattr(walks, "REACH", 6)
    monkeypatch.setattr(choices, "NEWEST", 20)
    monkeypatch.setattr(extent, "MOST_WALKED", 12)
    # Not to be read again meanwhile, for one of the two and not for the other.
    monkeypatch.setattr(search, "LIFETIME", timedelta(days=1))
    with_closed, without = tmp_path / "with.db", tmp_path / "without.db"
    shutil.copyfile(blank_sei, with_closed)
    closed = _fill(with_closed)
    shutil.copyfile(with_closed, without)
    engine = create_engine(f"sqlite:///{without}")
    with engine.begin() as connection:
        for key in closed:
            connection.exec_driver_sql("DELETE FROM protocolo WHERE id_protocolo = ?", (key,))
    engine.dispose()
    first, second = (
        client_of(make_app(TENANT.replace("sqlite:///sei.db", f"sqlite:///{path}")))
        for path in (with_closed, without)
    )
    return first, second


@pytest.fixture
def plans() -> Iterator[list[str]]:
    """How SQLite reads what was asked of it since, statement after statement; it plans alike
    however many rows there are."""
    seen: list[str] = []

    def explain(connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if OF_PROCESSOS.search(statement):
            rows = connection.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            seen.extend(str(row[3]) for row in rows)

    event.listen(Engine, "before_cursor_execute", explain)
    yield seen
    event.remove(Engine, "before_cursor_execute", explain)


@settings(
    max_examples=MORE or 80,
    deadline=None,
    derandomize=not MORE,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(arguments=ADDRESSES)
def test_no_search_breaks_reads_a_table_whole_or_tells_of_what_is_closed(
    twins: Twins, plans: list[str], arguments: dict[str, str]
) -> None:
    for address in ("/processos", "/processos.json"):
        for headers in ({}, PART):
            asked = f"{address}?{urlencode(arguments)}"
            with_closed, planned = _ask(twins[0], asked, headers, plans)
            without, planned_without = _ask(twins[1], asked, headers, plans)
            assert planned == planned_without
            assert [step for step in planned if SCAN.match(step)] == []
            assert with_closed.status_code in (200, 422)
            assert with_closed.status_code == without.status_code
            assert with_closed.data == without.data
            assert dict(with_closed.headers) == dict(without.headers)
            assert CLOSED not in with_closed.text


def _ask(
    client: FlaskClient, address: str, headers: dict[str, str], plans: list[str]
) -> tuple[TestResponse, list[str]]:
    """The answer, and what was asked of SEI for it."""
    plans.clear()
    return client.get(address, headers=headers), list(plans)


def test_there_is_something_to_find_and_a_table_read_whole_would_be_seen(
    tmp_path: Path, twins: Twins, plans: list[str]
) -> None:
    form = twins[0].get("/processos").text
    for name in LISTED:
        _, _, field = form.partition(f'name="{name}"')
        offered = re.findall(r'<option value="(\d+)"', field.partition("</select>")[0])
        assert offered == [OFFERED[name]]
    assert OPEN in twins[0].get("/processos?situacao=andamento").text
    assert not any(map(SCAN.match, plans))
    engine = create_engine(f"sqlite:///{tmp_path}/with.db")
    with engine.connect() as connection:
        connection.execute(text("SELECT descricao FROM protocolo"))
    engine.dispose()
    assert any(map(SCAN.match, plans))


def _fill(path: Path) -> list[int]:
    """Two processos a week, every third of them closed in one way or another; the keys of these."""
    closed: list[int] = []
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        sei = SeiBuilder(connection, now=datetime(2026, 3, 20, 12))
        teste, elsewhere = (sei.unidade(sigla).id_unidade for sigla in ("TESTE", "CM-LEGISLATIVA"))
        ways: tuple[dict[str, Any], ...] = (
            {"sta_nivel_acesso_global": "1", "sta_nivel_acesso_local": "1"},
            {"sta_nivel_acesso_global": "2", "sta_nivel_acesso_local": "2"},
            {"sta_nivel_acesso_global": "1"},
            {"id_unidade_geradora": teste},
            {"id_unidade_geradora": elsewhere},
        )
        for n in range(60):
            hidden = n % 3 == 0
            processo = sei.processo(
                f"1500.01.{n:07}/2026-00",
                tipo=CLOSED if hidden else OPEN,
                autuacao=DAY + timedelta(days=3 * (n % 20) - 30),
                interessados=["Ana Lima"] if n % 2 else ["Rui Sá", "Ana de Lima"],
            )
            if n % 5 == 0:
                sei.conclude(processo)
            if hidden:
                processo.row.update(ways[n // 3 % len(ways)])
                closed.append(processo.row["id_protocolo"])
        sei.flush()
        connection.commit()
    engine.dispose()
    return closed
