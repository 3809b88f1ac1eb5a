"""How the database would answer each of our queries, with an eye for tables read whole."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, column, func, select, table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import Integer

from portal.sei import tramites
from portal.sei.checkup.findings import Finding, amount, fail, listing, ok, warn
from portal.sei.checkup.scans import explain, list_whole
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
from portal.sei.queries.rows import CompoundQuestion, Question
from portal.sei.queries.scope import Scope
from portal.sei.tables import md_pet_int_prazo_tacita, metadata, protocolo
from portal.sei.values import NivelAcesso, TipoProtocolo
from portal.sei.visibility import Listing, Rules
from portal.sei.vocabulary import read_vocabulary
from portal.tenancy import Tenant

LARGE = 5_000
"""Rows. Reading a smaller table whole is what a sensible database does."""

_REACHES = {
    "documentos": documentos.Reach.NEXT,
    "documentos de processo enorme": documentos.Reach.REST,
    "documento": documentos.Reach.ONE,
}
_NEXT = documentos.Reach.NEXT
_LISTINGS = {
    "documentos por acesso parcial": Listing.GRANTED,
    "documentos por acesso integral": Listing.WHOLE,
}
_ALL_OPEN = Rules(
    restritos=True,
    documentos_de_restritos=True,
    andamentos_de_restritos=True,
    descricao=True,
    data_corte=None,
    unidade_teste=None,
)


def list_questions(
    installation: Installation, tenant: Tenant
) -> tuple[tuple[str, Question | CompoundQuestion], ...]:
    """Every SELECT the portal sends for a tenant, with its name in Portuguese; a test keeps the
    list whole."""
    orgaos = tenant.orgaos
    return (
        ("pesquisa", matches.select_matches(installation, orgaos)),
        ("processo", processos.select_records(installation, orgaos)),
        ("nomes", names.select_names(installation)),
        ("passagens", stays.select_stays()),
        ("interessados", processos.select_interessados()),
        ("processos ligados", links.select_links()),
        *_of_history(installation, tenant),
        ("protocolos citados", andamentos.select_referenced()),
        *(
            (name, documentos.select_items(installation, _ALL_OPEN, orgaos, reach))
            for name, reach in _REACHES.items()
        ),
        *(
            (name, documentos.select_items(installation, _ALL_OPEN, orgaos, _NEXT, listing))
            for name, listing in _LISTINGS.items()
        ),
        *_of_a_person(Scope(installation, orgaos, None), tenant),
        ("autenticidade", signed.select_signed(installation, orgaos)),
        ("conteúdo", conteudos.select_conteudo(_ALL_OPEN, True)),
        ("dados do conteúdo", conteudos.select_conteudo(_ALL_OPEN, False)),
        ("conteúdo por acesso externo", conteudos.select_conteudo(_ALL_OPEN, True, True)),
        ("arquivos entregues pelo portal", filings.select_filed()),
        ("processo dos arquivos entregues", filings.select_filed_in()),
        ("processos abertos pelo portal", filings.select_opened()),
        ("unidade de teste", parametros.select_unidade_teste()),
        *_of_search(Scope(installation, orgaos, None)),
    )


def _of_history(installation: Installation, tenant: Tenant) -> Iterator[tuple[str, Question]]:
    """A history, from either end, with all that SEI tells or without what is minor."""
    words = read_vocabulary(tenant.tarefas)
    left_out: dict[str, tuple[frozenset[int], frozenset[str]]] = {
        "tudo": (frozenset(), frozenset()),
        "só o principal": (words.minor_tarefas, words.minor_modulos - tramites.MODULOS),
    }
    consulta = tenant.visibilidade.consulta_processual
    for oldest, order in ((False, "mais novos"), (True, "mais antigos")):
        for which, minor in left_out.items():
            question = andamentos.select_andamentos(installation, consulta, oldest, *minor)
            yield f"andamentos, {order} primeiro, {which}", question


def _of_search(scope: Scope) -> tuple[tuple[str, Question | CompoundQuestion], ...]:
    """A search: what it offers, how far it goes, what it finds."""
    return (
        ("assuntos e unidades em uso", choices.select_used(scope)),
        ("assuntos", choices.select_tipos()),
        ("unidades com processos em aberto", choices.select_open_in(scope)),
        ("unidades", choices.select_units()),
        ("alcance da busca", walks.select_reach(scope)),
        ("primeiro processo", choices.select_edge(scope, True)),
        ("último processo", choices.select_edge(scope, False)),
        ("maior número interno", choices.select_highest(scope)),
        ("final do número", endings.select_endings(scope)),
        *(
            (f"busca por {name}", walks.select_walked(scope, shape))
            for name, shape in _SEARCHES.items()
        ),
        ("total da busca", walks.select_total(scope, walks.shape_of(Filters()))),
        ("processos achados", found.select_found(scope)),
        ("interessados da busca por nome", interessados.select_interessados_of()),
        ("onde estão", found.select_places()),
    )


def _of_a_person(scope: Scope, tenant: Tenant) -> Iterator[tuple[str, Question]]:
    """Who a person is, what is theirs, and what a module has of them where it can be read."""
    installation, consulta = scope.installation, tenant.visibilidade.consulta_processual
    yield "pessoa", contatos.select_contatos()
    yield "empresa", contatos.select_companies(installation.cnpj_is_text)
    yield "acessos externos de uma pessoa", acessos.select_grants()
    yield "processos que citam uma pessoa", participations.select_named(scope)
    yield "processos abertos a uma pessoa", participations.select_opened(scope)
    yield "novidades de uma pessoa", participations.select_moved(installation, consulta)
    if peticoes.has_intimacoes(installation):
        yield "intimações de uma pessoa", peticoes.select_intimacoes(installation)
        yield "processos das intimações", peticoes.select_notified(scope)
    if peticoes.has_prazos(installation):
        yield "prazos de resposta", peticoes.select_respostas()
    if installation.has(md_pet_int_prazo_tacita):
        yield "prazo das intimações", peticoes.select_prazos()
    if peticoes.has_recibos(installation):
        yield "recibos de uma pessoa", peticoes.select_recibos(scope)
    if vinculos.has_vinculos(installation):
        yield "representações de uma pessoa", vinculos.select_vinculos(installation)
        yield "uma representação", vinculos.select_vinculo(installation)
    if vinculos.has_poderes(installation):
        yield "poderes das representações", vinculos.select_poderes()
    yield "processos das representações", vinculos.select_limits(scope)


_SEARCHES = {
    "período": walks.shape_of(Filters()),
    "assunto": walks.shape_of(Filters(tipo=1)),
    "unidade que abriu": walks.shape_of(Filters(opened_by=1)),
    "unidade onde está": walks.shape_of(Filters(open_in=1)),
    "final do número": walks.shape_of(Filters(ending="1")),
    **{f"situação: {state}": walks.shape_of(Filters(state=state)) for state in State},
}


def check_plans(sei: Connection, installation: Installation, tenant: Tenant) -> Iterator[Finding]:
    """One finding for each query; a failure when the database does not even understand it."""
    if sei.dialect.name in ("mssql", "oracle"):
        yield warn("consultas", f"o portal não lê os planos de {sei.dialect.name}")
        return
    sizes = _table_sizes(sei)
    sample = _sample(sei, installation)
    for name, question in list_questions(installation, tenant):
        subject = f"consulta {name}"
        try:
            plan = explain(sei, question.params(sample))
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            said = " ".join(str(error.orig).split())[:200]
            yield fail(subject, f"o banco não a aceita ({said})")
            continue
        whole = {t: sizes.get(t, 0) for t in list_whole(sei.dialect.name, question, plan)}
        large = sorted(t for t, rows in whole.items() if rows >= LARGE)
        if large:
            seen = listing(f"{t} ({amount(whole[t])} linhas)" for t in large)
            yield warn(subject, f"lê inteira {seen}: falta um índice ou estatísticas (ANALYZE)?")
        else:
            yield ok(subject, "não lê inteira nenhuma tabela grande")


def _newest_publico(sei: Connection) -> Any:
    """The row of a real público processo, or of none when there is none."""
    p = protocolo.c
    row = sei.execute(
        select(
            p.id_protocolo,
            p.protocolo_formatado,
            p.protocolo_formatado_pesquisa,
            p.protocolo_formatado_pesq_inv,
            p.id_unidade_geradora,
            p.dta_geracao,
        )
        .where(
            p.sta_protocolo == TipoProtocolo.PROCESSO.value,
            p.sta_nivel_acesso_global == NivelAcesso.PUBLICO.value,
        )
        .order_by(p.id_protocolo.desc())
        .limit(1)
    ).one_or_none()
    return row or (1, "0", "0", "0", 1, datetime(2000, 1, 1))


def _sample(sei: Connection, installation: Installation) -> dict[str, Any]:
    """Parameters to ask every question with."""
    key, number, chave, inverted, unidade, day = _newest_publico(sei)
    return {
        "chaves": [chave],
        "id_procedimento": key,
        "id_documento": key,
        "numero_sei": number,
        "after": 2**31 - 1,
        "modulos": sorted(tramites.MODULOS),
        "ids": [key],
        "numeros": [number],
        "last": -1,
        "newest": day + timedelta(days=1),
        "newest_id": 0,
        "oldest": day - timedelta(days=7),
        "oldest_id": 0,
        "reach": 1,
        "many": 1,
        "tipo": 1,
        "opened_by": unidade,
        "open_in": unidade,
        "ending_from": inverted,
        "ending_to": f"{inverted}A",
        "cpf": 0,
        "id": 1,
        "cnpj": "0" * 14 if installation.cnpj_is_text else 0,
        "contatos": [1],
        "today": day,
        "granted": [key],
    }


def _table_sizes(sei: Connection) -> dict[str, int]:
    """About how many rows each of our tables has, as the database remembers it."""
    ours = list(metadata.tables)
    statement: Question | CompoundQuestion
    match sei.dialect.name:
        case "mysql" | "mariadb":
            t = table(
                "tables", *map(column, ("table_schema", "table_name", "table_rows")),
                schema="information_schema",
            )  # fmt: skip
            statement = select(t.c.table_name, t.c.table_rows).where(
                t.c.table_schema == func.database(), t.c.table_name.in_(ours)
            )
        case "postgresql":
            c = table("pg_class", *map(column, ("relname", "relnamespace", "reltuples")))
            n = table("pg_namespace", *map(column, ("oid", "nspname")))
            statement = (
                select(c.c.relname, c.c.reltuples.cast(Integer))
                .join(n, n.c.oid == c.c.relnamespace)
                .where(n.c.nspname == func.current_schema(), c.c.relname.in_(ours))
            )
        case _:
            there = table("sqlite_master", column("name"))
            found = sei.scalars(select(there.c.name).where(there.c.name.in_(ours)))
            return {
                name: sei.scalar(select(func.count()).select_from(metadata.tables[name])) or 0
                for name in list(found)
            }
    return {row[0]: int(row[1] or 0) for row in sei.execute(statement)}
