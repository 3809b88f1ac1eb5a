"""What a search without the number costs, and a document, beside a processo's page, and the index
that a search walks."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from sqlalchemy import Connection

from bench import report
from bench.load import Ask, Job, run
from bench.place import Server, install
from bench.town import TITLES, Kind, Town, building, list_kinds
from portal.readonly import open_readonly, reading
from portal.sei.checkup.plans import LARGE
from portal.sei.checkup.scans import Step, explain, list_whole
from portal.sei.extent import Floor
from portal.sei.filters import Filters, end, start
from portal.sei.installation import installation_of
from portal.sei.queries import walks
from portal.sei.queries.choices import list_choices
from portal.sei.queries.endings import ending_values, select_endings
from portal.sei.queries.rows import Question
from portal.sei.queries.scope import Scope
from portal.sei.results import MOST_COUNTED, Choices, Tipo
from portal.sei.search import PAGE_SIZE
from portal.sei.tables import metadata
from portal.sei.values import Unidade
from portal.web.filters import read_form

SOME, MANY = 40_000, 425_000
"""Processos: with their documents a hundred thousand protocolos, and a million."""
MOST = 3.0
NAMED = "name, in vain"
"""Reads the names of all that a search may look at. It is off by default, and limited harder."""
ROUNDS = 7
WALKED = ("i02_protocolo", "i06_protocolo", "i16_protocolo", "ak4_protocolo")
"""By the unidade geradora and the date, by the date, by the number turned around, which is ak4 in
SEI 3.1."""
ASKED = 10
"""Times in a row that each address is asked for in a round."""

TIPOS = (
    "SELECT d.id_tipo_procedimento, count(*) FROM procedimento d"
    " JOIN protocolo p ON p.id_protocolo = d.id_procedimento WHERE p.sta_nivel_acesso_global = '0'"
    " GROUP BY d.id_tipo_procedimento ORDER BY count(*)"
)
OPENED_BY = (
    "SELECT id_unidade_geradora, count(*) FROM protocolo"
    " WHERE sta_protocolo = 'P' AND sta_nivel_acesso_global = '0'"
    " GROUP BY id_unidade_geradora ORDER BY count(*)"
)
OPEN_IN = (
    "SELECT id_unidade, count(*) FROM atividade WHERE dth_conclusao IS NULL"
    " GROUP BY id_unidade ORDER BY count(*)"
)
NEWEST = (
    "SELECT protocolo_formatado_pesquisa FROM protocolo WHERE id_protocolo ="
    " (SELECT max(id_protocolo) FROM protocolo WHERE sta_protocolo = 'P'"
    " AND sta_nivel_acesso_global = '0')"
)
DOCUMENTO = (
    "SELECT max(p.protocolo_formatado) FROM protocolo p JOIN documento d"
    " ON d.id_documento = p.id_protocolo JOIN documento_conteudo c"
    " ON c.id_documento = p.id_protocolo JOIN protocolo o ON o.id_protocolo = d.id_procedimento"
    " WHERE o.protocolo_formatado_pesquisa = :chave AND p.sta_nivel_acesso_global = '0'"
    " AND p.sta_estado = '0' AND c.conteudo_assinatura IS NOT NULL"
)


def measure(full: bool, keep: bool) -> None:
    size = MANY if full else SOME
    for kind in list_kinds(("mariadb", "postgresql")) if full else list_kinds(("sqlite",)):
        _measure_on(kind, size, keep)
    if not full:
        report.note("Only on SQLite, with a hundred thousand protocolos: --full for the rest.")


def _measure_on(kind: Kind, size: int, keep: bool) -> None:
    with ExitStack() as stack:
        town = stack.enter_context(building(kind, size, keep))
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="portal-bench-")))
        place = install(folder, {town.slug: town.url.render_as_string(hide_password=False)})
        server = stack.enter_context(place.serving((town.host, "/")))
        searches = dict(_list_searches(town, server))
        chave = str(town.ask(NEWEST)[0][0])
        documento = f"/processos/{chave}/documentos/{town.ask(DOCUMENTO, chave=chave)[0][0]}"
        addresses = [f"/processos/{chave}", documento, f"{documento}/texto"]
        addresses += [f"/processos?{urlencode(search)}" for search in searches.values()]
        taken = _first_bytes(server, [Ask(town.host, address) for address in addresses])
        indexes = dict(_list_indexes(town, searches))
    rows = []
    names = ("by number", "a document's page", "a document's text", *searches)
    for name, moments in zip(names, taken, strict=True):
        times = report.ratio(moments, taken[0])
        target = "" if name in (names[0], NAMED) else report.at_most(times, MOST, " times")
        rows.append((name, median(moments) * 1000, times, target, indexes.get(name, "")))
    report.show(
        f"Search and documents on {TITLES[kind]}, {size} processos: first byte of a first page",
        ("by", "ms", "times by number", "target", "walks"),
        rows,
    )


def _list_searches(town: Town, server: Server) -> Iterator[tuple[str, dict[str, str]]]:
    """Of each filter what many processos have and what few have, and what none has."""
    form = server.get(town.host, "/processos").body.decode()
    rare_tipo, tipo = _ends(town, TIPOS, form, "tipo")
    rare_unit, unit = _ends(town, OPENED_BY, form, "unidade")
    rare_place, place = _ends(town, OPEN_IN, form, "onde")
    numero = str(town.ask(NEWEST)[0][0])
    yield "common tipo", {"tipo": tipo}
    yield "rare tipo", {"tipo": rare_tipo}
    yield "unit that opened many", {"unidade": unit}
    yield "unit that opened few", {"unidade": rare_unit}
    yield "unit with many", {"onde": place}
    yield "unit with few", {"onde": rare_place}
    for state in ("andamento", "concluido", "sobrestado"):
        yield state, {"situacao": state}
    yield "period", {"de": "2024-01-01", "ate": "2024-12-31"}
    yield "concluido, long ago", {"situacao": "concluido", "ate": "2022-06-30"}
    yield "unit, long ago", {"onde": place, "ate": "2022-06-30"}
    yield "last digits", {"final": numero[-7:]}
    yield "all, in vain", {"tipo": rare_tipo, "onde": place, "situacao": "concluido"}
    yield NAMED, {"interessado": "quem nunca pediu"}


def _ends(town: Town, sql: str, form: str, name: str) -> tuple[str, str]:
    """The least and the most frequent of those that a field of the form offers."""
    _, _, field = form.partition(f'name="{name}"')
    offered = set(re.findall(r'<option value="(\d+)"', field.partition("</select>")[0]))
    found = [str(row[0]) for row in town.ask(sql) if str(row[0]) in offered]
    return found[0], found[-1]


def _first_bytes(server: Server, asks: list[Ask]) -> list[list[float]]:
    """Of each its median in each round, in seconds, asked for in turns."""
    taken: list[list[float]] = [[] for _ in asks]
    for round_ in range(-1, ROUNDS):
        for moments, ask in zip(taken, asks, strict=True):
            outcome = run(Job(server.port, [ask], requests=ASKED, connections=1))
            if outcome.wrong:
                raise RuntimeError(f"not what was asked for: {outcome.wrong}")
            if round_ >= 0:  # the first one warms up
                moments.append(outcome.first_byte)
    return taken


def _list_indexes(town: Town, searches: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """The index by which the database finds the rows of each search. Says loudly when it is none of
    `WALKED`, or when a step of any of its statements reads a table whole that is not small."""
    engine = open_readonly(town.url, statement_timeout=60)
    with reading(engine) as sei:
        large = {table for table in metadata.tables if town.count(table) >= LARGE}
        for name, search in searches.items():
            walked = ""
            for question in _list_questions(
                sei, read_form(search, _any(search), by_interessado=True).filters
            ):
                steps = explain(sei, question)
                walked = " ".join(filter(None, map(_walked, steps)))
                whole = large & set(list_whole(sei.dialect.name, question, steps))
                if whole or not any(map(walked.startswith, WALKED)):
                    report.failed(f"by {name} on {town.title}: reads {whole or walked!r}: {steps}")
            yield name, walked
    engine.dispose()


def _list_questions(sei: Connection, filters: Filters) -> Iterator[Question]:
    """What a first page walks, with its parameters."""
    scope = Scope(installation_of(sei), frozenset(), None)
    newest, oldest = start(filters), end(filters)
    if filters.ending:
        yield select_endings(scope).params(ending_values(filters.ending))
    else:
        floor = Floor(list_choices(sei, scope).extent, date.today())
        oldest = max(oldest, floor.near(newest))
        yield walks.select_reach(scope).params(
            walks.bounds(newest, oldest) | {"reach": walks.REACH + 1}
        )
        oldest = walks.find_reach(sei, scope, newest, oldest) or oldest
    shape = walks.shape_of(filters)
    values = walks.values_of(filters) | walks.bounds(newest, oldest)
    yield walks.select_total(scope, shape).params(values | {"many": MOST_COUNTED + 1})
    yield walks.select_walked(scope, shape).params(values | {"many": PAGE_SIZE + 1})


def _walked(step: Step) -> str:
    """The index of a step that reads `protocolo` to find its rows; empty for any other step."""
    if "key" in step:
        return str(step["key"]) if step["table"] == "protocolo" else ""
    line = str(step.get("QUERY PLAN", step.get("detail")))
    index = re.search(r"(?:using|USING INDEX|Bitmap Index Scan on) (\w+_protocolo\w*)", line)
    inner = index and " processo" not in line and "atividade" not in line
    return index[1] if index and inner else ""


def _any(search: dict[str, str]) -> Choices:
    """Lists that have what is searched for."""
    tipo = int(search.get("tipo", 0))
    units = [Unidade(int(search.get(name, 0)), "", "", "") for name in ("unidade", "onde")]
    return Choices((Tipo(tipo, ""),), (units[0],), (units[1],))
