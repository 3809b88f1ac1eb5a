"""Every SELECT the portal sends to SEI, in every shape it can take, with parameters to run it."""

import pkgutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from itertools import product
from typing import Any, TypeAlias

from sqlalchemy import CompoundSelect, Select

from portal.demo import citizens
from portal.sei import queries, tramites
from portal.sei.filters import Filters, State
from portal.sei.installation import Installation
from portal.sei.queries import (
    acessos,
    andamentos,
    choices,
    contatos,
    conteudos,
    documentos,
    endings,
    filings,
    found,
    interessados,
    links,
    matches,
    names,
    parametros,
    participations,
    peticoes,
    processos,
    signed,
    stays,
    vinculos,
    walks,
)
from portal.sei.queries.rows import LARGEST_ID
from portal.sei.queries.scope import Scope
from portal.sei.tables import metadata
from portal.sei.visibility import Listing, Rules
from portal.sei.vocabulary import read_vocabulary
from tests.integration.engines import WALL_CLOCK

Statement: TypeAlias = Select[Any] | CompoundSelect[Any]

EVERY_ORGAO: frozenset[int] = frozenset()
"""No órgão given: all of them."""

CLOSED = Rules(
    restritos=False,
    documentos_de_restritos=False,
    andamentos_de_restritos=False,
    descricao=False,
    data_corte=None,
    unidade_teste=None,
)
OPEN = Rules(
    restritos=True,
    documentos_de_restritos=True,
    andamentos_de_restritos=True,
    descricao=True,
    data_corte=date(2020, 1, 1),
    unidade_teste=110000001,
)

GRANTED = Listing.GRANTED
LISTINGS = (
    Listing.GRANTED,
    Listing.WHOLE,
    Listing.PUBLIC | Listing.GRANTED,
    Listing.PUBLIC | Listing.WHOLE,
)
"""Documents listed to who has an acesso externo."""
MARIA = int(citizens.MARIA.cpf)
UNIDADE = 110000112
A_MONTH: dict[str, Any] = {
    "newest": WALL_CLOCK,
    "newest_id": 0,
    "oldest": WALL_CLOCK - timedelta(days=30),
    "oldest_id": 0,
}
"""Between which places a search looks; on a large SEI they are never far from each other."""
SEARCHES = {
    "nothing": Filters(),
    "tipo": Filters(tipo=1),
    "unidade geradora": Filters(opened_by=1),
    "where it is": Filters(open_in=1),
    "last digits": Filters(ending="1234"),
    **{f"state {state}": Filters(state=state) for state in State},
    **{
        f"everything, {state}{' and digits' if ending else ''}": Filters(
            tipo=1, opened_by=1, open_in=1, ending=ending, state=state
        )
        for ending in ("", "1234")
        for state in State
    },
}


@dataclass(frozen=True)
class Target:
    """What the parameters point at, so that a statement finds rows when there are some."""

    id_procedimento: int = 1
    chave: str = "0"
    numero_sei: str = "0"
    id_documento: int = 2
    ids: Collection[int] = (1, 2)
    numeros: Collection[str] = ("0",)
    contatos: Collection[int] = (1, 2)


@dataclass(frozen=True, eq=False)
class Question:
    """One statement, under the name of the function that builds it and of its variant. It is equal
    to itself alone, so that what was worked out of it can be kept."""

    builder: Callable[..., Statement]
    variant: str
    statement: Statement
    parameters: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.builder.__name__} {self.variant}".strip()


def optional_things() -> list[str]:
    """Every table and column that some supported SEI lacks, as `Installation.missing` names it."""
    tables = [t for t in metadata.sorted_tables if t.info.get("since") or t.info.get("module")]
    columns = [
        c
        for t in metadata.sorted_tables
        for c in t.c
        if c.info.get("since") and "written" not in c.info
    ]
    return [t.name for t in tables] + [f"{c.table.name}.{c.name}" for c in columns]


def lacking(*names: str) -> Installation:
    """A SEI without these; a missing table takes its columns along."""
    columns = {f"{n}.{c.name}" for n in names if n in metadata.tables for c in metadata.tables[n].c}
    return Installation(frozenset(names) | columns)


def list_builders() -> set[Callable[..., Statement]]:
    """Every `select_…` of `portal.sei.queries`, found by looking."""
    modules = [
        import_module(f"{queries.__name__}.{module.name}")
        for module in pkgutil.iter_modules(queries.__path__)
    ]
    return {
        value
        for module in modules
        for name, value in vars(module).items()
        if name.startswith("select_")
    }


def list_questions(installation: Installation, target: Target) -> Iterator[Question]:
    """All of them. `test_no_statement_is_forgotten` compares this with `list_builders`."""
    one = {"id_procedimento": target.id_procedimento}
    for orgaos in (EVERY_ORGAO, frozenset({0, 1})):
        variant = "of some órgãos" if orgaos else ""
        yield Question(
            processos.select_records,
            variant,
            processos.select_records(installation, orgaos),
            {"chaves": [target.chave]},
        )
        yield Question(
            matches.select_matches,
            variant,
            matches.select_matches(installation, orgaos),
            {"chaves": [target.chave, target.numero_sei]},
        )
        yield Question(
            signed.select_signed,
            variant,
            signed.select_signed(installation, orgaos),
            {"numeros": [target.numero_sei]},
        )
        for rules, reach in product((CLOSED, OPEN), documentos.Reach):
            cursor: dict[str, Any] = {"numero_sei": target.numero_sei}
            if reach is not documentos.Reach.ONE:
                cursor = {"last": target.id_documento}
            openness = "open" if rules is OPEN else "closed"
            yield Question(
                documentos.select_items,
                f"{openness}, {reach.value} {variant}".strip(),
                documentos.select_items(installation, rules, orgaos, reach),
                one | cursor,
            )
            for listing in LISTINGS:
                yield Question(
                    documentos.select_items,
                    f"{openness}, {reach.value}, {listing.name} {variant}".strip(),
                    documentos.select_items(installation, rules, orgaos, reach, listing),
                    one | cursor | ({"granted": list(target.ids)} if GRANTED in listing else {}),
                )
        yield from _searches(installation, orgaos, variant, target.ids)
    for rules, with_page, granted in product((CLOSED, OPEN), (False, True), (False, True)):
        yield Question(
            conteudos.select_conteudo,
            f"{'open' if rules is OPEN else 'closed'}, {'page' if with_page else 'row'}"
            f"{', granted' if granted else ''}",
            conteudos.select_conteudo(rules, with_page, granted),
            {"id_documento": target.id_documento},
        )
    yield from _of_a_person(installation, target)
    yield Question(stays.select_stays, "", stays.select_stays(), one)
    yield Question(links.select_links, "", links.select_links(), one)
    yield Question(names.select_names, "", names.select_names(installation), {})
    yield Question(processos.select_interessados, "", processos.select_interessados(), one)
    yield Question(parametros.select_unidade_teste, "", parametros.select_unidade_teste(), {})
    yield Question(filings.select_filed, "", filings.select_filed(), {"ids": [1, *target.ids]})
    yield Question(filings.select_filed_in, "", filings.select_filed_in(), one)
    yield Question(
        filings.select_opened,
        "",
        filings.select_opened(),
        {"oldest": A_MONTH["oldest"], "opened_by": UNIDADE, "tipo": 100000514},
    )
    yield Question(choices.select_tipos, "", choices.select_tipos(), {})
    yield Question(choices.select_units, "", choices.select_units(), {})
    yield Question(
        interessados.select_interessados_of,
        "",
        interessados.select_interessados_of(),
        {"ids": list(range(interessados.AT_ONCE)), "many": 500},
    )
    yield Question(found.select_places, "", found.select_places(), {"ids": [1, *target.ids]})
    yield from _andamentos(installation, target)


def _of_a_person(installation: Installation, target: Target) -> Iterator[Question]:
    contatos_of = {"contatos": list(target.contatos)}
    if peticoes.has_intimacoes(installation):
        yield Question(
            peticoes.select_intimacoes,
            "",
            peticoes.select_intimacoes(installation),
            contatos_of | {"today": WALL_CLOCK},
        )
    if peticoes.has_prazos(installation):
        yield Question(peticoes.select_respostas, "", peticoes.select_respostas(), {"ids": [1, 2]})
    if installation.has(metadata.tables["md_pet_int_prazo_tacita"]):
        yield Question(peticoes.select_prazos, "", peticoes.select_prazos(), {})
    for consulta in (False, True):
        yield Question(
            participations.select_moved,
            "consulta processual" if consulta else "resumido",
            participations.select_moved(installation, consulta),
            {"ids": [1, *target.ids]},
        )
    yield Question(
        contatos.select_companies,
        "",
        contatos.select_companies(installation.cnpj_is_text),
        {"cnpj": citizens.ACME.cnpj if installation.cnpj_is_text else int(citizens.ACME.cnpj)},
    )
    if vinculos.has_vinculos(installation):
        yield Question(
            vinculos.select_vinculos,
            "",
            vinculos.select_vinculos(installation),
            contatos_of | {"today": WALL_CLOCK},
        )
        yield Question(
            vinculos.select_vinculo,
            "",
            vinculos.select_vinculo(installation),
            {"id": 1, "cpf": int(citizens.ANTONIO.cpf), "today": WALL_CLOCK},
        )
    if vinculos.has_poderes(installation):
        yield Question(
            vinculos.select_poderes, "", vinculos.select_poderes(), {"ids": [1, 2, 3, 4]}
        )
    yield Question(contatos.select_contatos, "", contatos.select_contatos(), {"cpf": MARIA})
    yield Question(
        acessos.select_grants,
        "",
        acessos.select_grants(),
        contatos_of | {"ids": [1, *target.ids], "today": WALL_CLOCK},
    )


def _searches(
    installation: Installation, orgaos: frozenset[int], variant: str, ids: Collection[int]
) -> Iterator[Question]:
    """Each filter by itself, and every filter at once."""
    scope = Scope(installation, orgaos, UNIDADE if orgaos else None)
    reach = {"reach": 100} | A_MONTH
    who = {"contatos": [1, 2], "today": WALL_CLOCK}
    for select in (
        participations.select_named,
        participations.select_opened,
        *((peticoes.select_recibos,) if peticoes.has_recibos(installation) else ()),
    ):
        yield Question(select, variant, select(scope), who)
    limits = vinculos.select_limits(scope)
    yield Question(vinculos.select_limits, variant, limits, {"ids": [1, *ids]})
    notified = peticoes.select_notified(scope)
    yield Question(peticoes.select_notified, variant, notified, {"ids": [1, *ids]})
    yield Question(walks.select_reach, variant, walks.select_reach(scope), reach)
    for oldest in (False, True):
        yield Question(
            choices.select_edge,
            f"{'oldest' if oldest else 'newest'} {variant}".strip(),
            choices.select_edge(scope, oldest),
            {},
        )
    ending = {"ending_from": "6202", "ending_to": "6203"}
    yield Question(choices.select_highest, variant, choices.select_highest(scope), {"many": 500})
    yield Question(choices.select_used, variant, choices.select_used(scope), {"many": 500})
    yield Question(choices.select_open_in, variant, choices.select_open_in(scope), {"many": 500})
    yield Question(endings.select_endings, variant, endings.select_endings(scope), ending)
    values = {"tipo": 100000514, "opened_by": UNIDADE, "open_in": UNIDADE} | ending | A_MONTH
    for name, filters in SEARCHES.items():
        shape, by = walks.shape_of(filters), f"by {name} {variant}".strip()
        yield Question(
            walks.select_walked,
            by,
            walks.select_walked(scope, shape),
            values | {"many": 500},
        )
        yield Question(
            walks.select_total,
            by,
            walks.select_total(scope, shape),
            values | {"many": 500},
        )
    yield Question(found.select_found, variant, found.select_found(scope), {"ids": [1, *ids]})


def _andamentos(installation: Installation, target: Target) -> Iterator[Question]:
    one = {"id_procedimento": target.id_procedimento}
    words = read_vocabulary()
    for consulta, antigas, main in product((False, True), repeat=3):
        yield Question(
            andamentos.select_andamentos,
            f"{'consulta processual' if consulta else 'resumido'}, "
            f"{'oldest' if antigas else 'newest'} first, {'main' if main else 'all'}",
            andamentos.select_andamentos(
                installation,
                consulta,
                antigas,
                words.minor_tarefas if main else frozenset(),
                words.minor_modulos if main else frozenset(),
            ),
            one | {"after": 0 if antigas else LARGEST_ID, "modulos": sorted(tramites.MODULOS)},
        )
    yield Question(
        andamentos.select_referenced,
        "",
        andamentos.select_referenced(),
        {"ids": list(target.ids), "numeros": list(target.numeros)},
    )
