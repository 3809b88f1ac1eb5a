"""The search, compared on every engine with a reading of all rows by somebody who knows no SQL."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import URL, Connection, select

from portal.readonly import reading
from portal.sei import extent, tables
from portal.sei.filters import Filters, Place, State
from portal.sei.queries import walks
from portal.sei.results import Found, Results
from portal.sei.search import list_choices, search_processos
from portal.tenancy import Tenant
from tests.integration.engines import WALL_CLOCK
from tests.integration.sei.town import counting, town

MOST_SELECTS = 8
SEARCHES = 40
SHARES = (frozenset[int](), frozenset({0}), frozenset({1}))
"""Órgãos of a shared SEI that a tenant may have; none is all."""
UNACCENTED = str.maketrans("áàâãäéêíóôõúüç", "aaaaaeeiooouuc")


@dataclass(frozen=True)
class Row:
    """A processo, as everything that a search may ask of it."""

    key: int
    numero: str
    day: date
    tipo: int
    opened_by: int
    open_in: frozenset[int]
    estado: str
    interessados: tuple[str, ...]


@pytest.fixture(scope="module", params=SHARES, ids=["every órgão", "prefeitura", "câmara"])
def tenant(request: pytest.FixtureRequest, sei_url: URL) -> Iterator[Tenant]:
    with town(sei_url, orgaos=request.param) as tenant:
        yield tenant


@pytest.fixture(scope="module")
def publicos(tenant: Tenant) -> list[Row]:
    """What a search may list, the newest autuação first."""
    with reading(tenant.sei) as sei:
        rows = list(_read(sei, tenant.orgaos))
    return sorted(rows, key=lambda row: (row.day, row.key), reverse=True)


def test_there_is_something_to_find_and_something_to_hide(
    tenant: Tenant, publicos: list[Row]
) -> None:
    assert len(publicos) > (100 if 1 not in tenant.orgaos else 5)
    with reading(tenant.sei) as sei:
        p = tables.protocolo.c
        keys = set(sei.scalars(select(p.id_protocolo).where(p.sta_protocolo == "P")))
    assert keys > {row.key for row in publicos}


@pytest.mark.parametrize(
    ("reach", "walked"), [(25, 10**9), (10**5, 10**9), (25, 100), (10**5, 100)]
)
def test_every_page_together_is_every_publico_that_meets_the_filters_once(
    tenant: Tenant,
    publicos: list[Row],
    monkeypatch: pytest.MonkeyPatch,
    reach: int,
    walked: int,
) -> None:
    monkeypatch.setattr(walks, "REACH", reach)
    monkeypatch.setattr(extent, "MOST_WALKED", walked)
    chance = Random(reach)
    for filters in _draw(chance, publicos):
        found = [item.id_protocolo for item in _walk(tenant, filters)]
        assert found == [row.key for row in publicos if _meets(row, filters)], filters


def test_what_is_said_of_each_is_so(tenant: Tenant, publicos: list[Row]) -> None:
    rows = {row.key: row for row in publicos}
    for state in State:
        for item in _walk(tenant, Filters(state=state)):
            row = rows[item.id_protocolo]
            assert (item.formatado, item.autuacao) == (row.numero, row.day)
            assert item.unidade_geradora.id_unidade == row.opened_by
            if item.open_in is None:
                assert not row.open_in
            else:
                assert item.open_in.unidade.id_unidade == min(row.open_in)
                assert item.open_in.others == len(row.open_in) - 1


def test_what_may_be_chosen_is_what_publicos_have(tenant: Tenant, publicos: list[Row]) -> None:
    choices = list_choices(tenant)
    assert choices is not None
    assert {t.id_tipo_procedimento for t in choices.tipos} == {row.tipo for row in publicos}
    assert {u.id_unidade for u in choices.opened_by} == {row.opened_by for row in publicos}
    opened = {unit for row in publicos for unit in row.open_in}
    assert {u.id_unidade for u in choices.open_in} == opened


def test_a_search_costs_a_few_selects(tenant: Tenant, publicos: list[Row]) -> None:
    list_choices(tenant)  # which are kept
    for filters in _draw(Random(1), publicos):
        with counting(tenant.sei) as sent:
            search_processos(tenant, filters, today=WALL_CLOCK.date())
        assert len(sent) <= MOST_SELECTS


def test_a_name_finds_all_who_have_it_and_names_only_them(
    tenant: Tenant, publicos: list[Row]
) -> None:
    chance = Random(7)
    asked = [row for row in publicos if row.interessados]
    for row in chance.sample(asked, min(len(asked), 10)):
        filters = Filters(interessado=_mangled(chance, row))
        found = {item.id_protocolo: item.interessados for item in _walk(tenant, filters)}
        assert row.key in found
        assert found == {
            row.key: _those_of(row, filters.interessado)
            for row in publicos
            if _those_of(row, filters.interessado)
        }


def _walk(tenant: Tenant, filters: Filters) -> Iterator[Found]:
    after: Place | None = None
    for _ in range(200):
        page = search_processos(tenant, filters, after, today=WALL_CLOCK.date())
        assert isinstance(page, Results)
        yield from page.items
        assert not (page.more and page.unseen)
        after = page.more or page.unseen
        if after is None:
            return
        after = Place.parse(str(after))
    raise AssertionError("the pages never end")


def _draw(chance: Random, rows: list[Row]) -> Iterator[Filters]:
    """Filters of which a real processo meets each, though perhaps no processo all."""
    makers: Mapping[str, Callable[[Row], Any]] = {
        "tipo": lambda row: row.tipo,
        "opened_by": lambda row: row.opened_by,
        "open_in": lambda row: min(row.open_in, default=0),
        "first_day": lambda row: row.day - timedelta(days=chance.choice((0, 30, 400))),
        "last_day": lambda row: row.day + timedelta(days=chance.choice((0, 30, 400))),
        "state": lambda _: chance.choice(list(State)),
        "ending": lambda row: _digits(row.numero)[-chance.choice((1, 2, 4, 7)) :],
        "interessado": lambda row: _mangled(chance, row),
    }
    for name, make in makers.items():
        yield Filters(**{name: make(chance.choice(rows))})
    for _ in range(SEARCHES):
        names = chance.sample(list(makers), chance.choice((2, 2, 3, 4)))
        row = chance.choice(rows)
        yield Filters(
            **{
                name: makers[name](row if chance.random() < 0.7 else chance.choice(rows))
                for name in names
            }
        )


def _meets(row: Row, filters: Filters) -> bool:
    is_open = bool(row.open_in)
    states = {
        State.EM_ANDAMENTO: row.estado == "0" and is_open,
        State.CONCLUIDO: row.estado == "0" and not is_open,
        State.SOBRESTADO: row.estado == "1",
    }
    return (
        filters.tipo in (None, row.tipo)
        and filters.opened_by in (None, row.opened_by)
        and (filters.open_in is None or filters.open_in in row.open_in)
        and (filters.first_day is None or filters.first_day <= row.day)
        and (filters.last_day is None or row.day <= filters.last_day)
        and (filters.state is None or states[filters.state])
        and _alphanumeric(row.numero).endswith(filters.ending)
        and (not filters.interessado or bool(_those_of(row, filters.interessado)))
    )


def _those_of(row: Row, typed: str) -> tuple[str, ...]:
    """Whom of those who asked somebody may mean who types this."""
    wanted = _plain(typed).split()
    return tuple(nome for nome in row.interessados if _fits(wanted, _plain(nome).split()))


def _fits(wanted: list[str], left: list[str]) -> bool:
    """Whether there is some way to give each word that is wanted a word of its own."""
    return not wanted or any(
        own.startswith(wanted[0]) and _fits(wanted[1:], left[:n] + left[n + 1 :])
        for n, own in enumerate(left)
    )


def _mangled(chance: Random, row: Row) -> str:
    """A name of the row's as somebody may type it: without accents, cut short, turned around."""
    nome = chance.choice(row.interessados or ("Ana Lima",))
    words = [word[: max(4, chance.randrange(20))] for word in nome.split() if len(word) > 2]
    text = " ".join(chance.sample(words, min(len(words), 3)))
    return chance.choice((text, text.upper(), text.lower(), _plain(text)))


def _plain(text: str) -> str:
    return "".join(c if c.isalpha() else " " for c in text.lower().translate(UNACCENTED))


def _read(sei: Connection, orgaos: frozenset[int]) -> Iterator[Row]:
    orgao_of = {u.id_unidade: u.id_orgao for u in sei.execute(select(tables.unidade))}
    tipo_of = {
        d.id_procedimento: d.id_tipo_procedimento for d in sei.execute(select(tables.procedimento))
    }
    teste = sei.scalar(
        select(tables.infra_parametro.c.valor).where(
            tables.infra_parametro.c.nome == "ID_UNIDADE_TESTE"
        )
    )
    nome_of = {c.id_contato: c.nome for c in sei.execute(select(tables.contato))}
    t = tables.participante
    asked: dict[int, list[str]] = {}
    for a in sei.execute(select(t).order_by(t.c.sequencia, t.c.id_participante)):
        if a.sta_participacao == "I":
            asked.setdefault(a.id_protocolo, []).append(nome_of[a.id_contato])
    open_in: dict[int, set[int]] = {}
    for a in sei.execute(select(tables.atividade)):
        if a.dth_conclusao is None:
            open_in.setdefault(a.id_protocolo, set()).add(a.id_unidade)
    for p in sei.execute(select(tables.protocolo)):
        levels = {p.sta_nivel_acesso_local, p.sta_nivel_acesso_global}
        listed = p.sta_protocolo == "P" and levels == {"0"} and p.sin_eliminado != "S"
        unit = p.id_unidade_geradora
        if listed and str(unit) != teste and (not orgaos or orgao_of[unit] in orgaos):
            yield Row(
                key=p.id_protocolo,
                numero=p.protocolo_formatado,
                day=p.dta_geracao.date(),
                tipo=tipo_of[p.id_protocolo],
                opened_by=unit,
                open_in=frozenset(open_in.get(p.id_protocolo, ())),
                estado=p.sta_estado,
                interessados=tuple(asked.get(p.id_protocolo, ())),
            )


def _alphanumeric(numero: str) -> str:
    return "".join(c for c in numero if c.isalnum())


def _digits(numero: str) -> str:
    """The digits that a number ends in; every number of the demo ends in some."""
    kept = _alphanumeric(numero)
    return kept[len(kept.rstrip("0123456789")) :] or "0"
