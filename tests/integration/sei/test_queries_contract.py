"""One SEI, three engines and SEI's own reference databases: the same answers, to the last value."""

from collections.abc import Iterator
from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import CHAR, URL

from portal.demo.builder import SeiBuilder
from portal.errors import NotFound
from portal.numero import NumeroProtocolo
from portal.readonly import reading
from portal.sei import documentos, service
from portal.sei.installation import Installation, installation_of
from portal.sei.queries.documentos import WALK
from portal.sei.queries.rows import PAGE_SIZE
from portal.sei.values import (
    Ambiguous,
    Contents,
    Documento,
    EstadoTramite,
    Neighbour,
    Opening,
    Situacao,
    Tracking,
)
from portal.tenancy import Tenant
from tests.integration.engines import SERVERS, writing
from tests.integration.sei.answers import as_latin1, ask_pages
from tests.integration.sei.conftest import Answers, ask
from tests.integration.sei.statements import Target, list_questions
from tests.integration.sei.town import CASES, NOW, WALL_CLOCK, counting, town

MOST_SELECTS = 8
"""Of a processo's page, whatever its size."""


@pytest.fixture(scope="session")
def sei(sei_url: URL) -> Iterator[Tenant]:
    with town(sei_url) as tenant:
        yield tenant


@pytest.fixture(scope="session")
def genuine(genuine_url: URL) -> Iterator[Tenant]:
    with town(genuine_url) as tenant:
        yield tenant


@pytest.mark.parametrize("sei_url", SERVERS, indirect=True)
@pytest.mark.parametrize("nome", CASES)
def test_every_engine_gives_the_same_answers(nome: str, sei: Tenant, expected: Answers) -> None:
    assert as_latin1(ask(sei, nome)) == expected(nome)


@pytest.mark.parametrize("nome", CASES)
def test_seis_own_databases_give_the_same_answers(
    nome: str, genuine: Tenant, expected: Answers
) -> None:
    answers = as_latin1(ask_pages(genuine, CASES[nome]))
    assert answers == {question: expected(nome)[question] for question in answers}


# What is compared is worth comparing


def test_the_cases_have_every_situacao_and_every_state_of_a_tramite(baseline: Tenant) -> None:
    trackings = [c for nome in CASES if isinstance(c := _track(baseline, nome), Tracking)]
    assert {type(c.situacao) for c in trackings} == set(get_args(Situacao))
    steps = [e for c in trackings if c.history for e in c.history.steps]
    assert {e.tramite.estado for e in steps if e.tramite} == set(EstadoTramite)
    itens = [i for c in trackings if c.contents for i in c.contents.items]
    assert any(isinstance(item, Neighbour) for item in itens)
    assert isinstance(_track(baseline, "ambiguo"), Ambiguous)


def test_no_statement_reads_what_postgresql_pads() -> None:
    """`char(n)` arrives there with blanks at its end. `char(1)` is always full."""
    stripped = {"crc_assinatura", "hash"}
    for question in list_questions(Installation(), Target()):
        for column in question.statement.selected_columns:
            padded = isinstance(column.type, CHAR) and (column.type.length or 0) > 1
            assert not padded or column.name in stripped, (
                f"{question.name}: strip {column}, and say so here"
            )


# The cost of a page


def test_a_page_costs_at_most_eight_selects(baseline: Tenant) -> None:
    with reading(baseline.sei) as connection:
        installation_of(connection)
    for nome in CASES:
        with counting(baseline.sei) as sent:
            _track(baseline, nome)
        assert len(sent) <= MOST_SELECTS, nome


def test_a_page_costs_the_same_however_long_the_processo(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        keys = [_long(builder, length) for length in (2, 3 * PAGE_SIZE)]
        builder.flush()
    costs = []
    with town(blank_url) as tenant:
        for chave in (keys[0], *keys):  # the first also asks what the installation has
            with counting(tenant.sei) as sent:
                service.track(tenant, NumeroProtocolo(chave), now=NOW)
            costs.append(len(sent))
    assert costs[1] == costs[2] <= MOST_SELECTS


def test_pages_of_history_and_documents_join_without_a_gap_or_a_repeat(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        numero = NumeroProtocolo(_long(builder, 120))
        builder.flush()
    with town(blank_url) as tenant:
        for antigas in (False, True):
            ids, documents = _walk(tenant, numero, antigas)
            assert len(ids) > 2 * PAGE_SIZE
            assert ids == sorted(set(ids), reverse=not antigas)
            assert len(documents) == len(set(documents)) == 120


def test_a_page_of_documents_ends_no_sooner_where_drafts_are(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo(autuacao=WALL_CLOCK - timedelta(days=300))
        first = builder.externo(processo)
        for _ in range(WALK):
            builder.minuta(processo)
        rest = [builder.externo(processo) for _ in range(PAGE_SIZE)]
        builder.flush()
    with town(blank_url) as tenant:
        numero, cursor = NumeroProtocolo(processo.chave), None
        pages = []
        for _ in range(2):
            found = service.track(tenant, numero, now=NOW, contents_after=cursor)
            assert isinstance(found, Tracking)
            assert found.contents
            pages.append([d.numero_sei for d in found.contents.items if isinstance(d, Documento)])
            cursor = found.contents.next_cursor
    assert pages == [[d.numero for d in [first, *rest][:PAGE_SIZE]], [rest[-1].numero]]
    assert cursor is None


def test_where_a_page_of_documents_ends_tells_nothing_of_what_it_leaves_out(
    blank_url: URL,
) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo(autuacao=WALL_CLOCK - timedelta(days=300))
        hidden = [builder.minuta(processo), builder.externo(processo)]
        builder.cancel(hidden[1])
        listed = [builder.externo(processo) for _ in range(PAGE_SIZE + 1)]
        hidden.append(builder.externo(builder.processo()))
        builder.flush()
    with town(blank_url) as tenant:
        numero = NumeroProtocolo(processo.chave)

        def contents(after: int | None) -> Contents | None:
            found = service.track(tenant, numero, now=NOW, contents_after=after)
            assert isinstance(found, Tracking)
            return found.contents

        first = contents(None)
        assert first
        assert first.next_cursor == listed[PAGE_SIZE - 1].id
        for place in (*(documento.id for documento in hidden), 10**9):
            assert contents(place) == first


def _long(builder: SeiBuilder, length: int) -> str:
    """A processo of so many notes, and so many documents."""
    processo = builder.processo(autuacao=WALL_CLOCK - timedelta(days=300))
    for n in range(length):
        builder.andamento(processo, 65, DESCRICAO=f"Nota {n}")
        builder.externo(processo)
    return processo.chave


def _walk(tenant: Tenant, numero: NumeroProtocolo, antigas: bool) -> tuple[list[int], list[str]]:
    """Every entry and every document, page after page."""
    ids: list[int] = []
    documents: list[str] = []
    before: int | None = None
    cursor: int | None = None
    for page in range(9):
        found = service.track(
            tenant,
            numero,
            now=NOW,
            oldest_first=antigas,
            main_only=False,
            before=before,
            contents_after=cursor,
        )
        assert isinstance(found, Tracking)
        assert found.history
        assert found.contents
        if page == 0 or before is not None:
            ids += [e.id_atividade for e in found.history.steps]
            before = found.history.next_cursor
        if page == 0 or cursor is not None:
            documents += [d.numero_sei for d in found.contents.items if isinstance(d, Documento)]
            cursor = found.contents.next_cursor
        if before is None and cursor is None:
            return ids, documents
    raise AssertionError("the pages never end")


# Where engines differ by nature


@pytest.mark.parametrize("numero", ["pmva-070.002/2026", "Pmva.70/2026", "PMVA 700/2026"])
def test_a_number_is_found_in_whatever_case_sei_keeps_it(blank_url: URL, numero: str) -> None:
    """MySQL compares without case, PostgreSQL with."""
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo(numero)
        builder.flush()
    with town(blank_url) as tenant:
        (hit,) = service.list_hits(tenant, [NumeroProtocolo(processo.chave)], NOW)
        assert hit.formatado == numero
        assert service.track(tenant, NumeroProtocolo(processo.chave), now=NOW)


@pytest.mark.parametrize("ending", [" ", "  ", "\u00a0", "\t", "\0", "\ufffd", "Ω", "\U0001f44d"])
def test_a_documents_number_is_exact(blank_url: URL, ending: str) -> None:
    """MySQL's `=` passes over blanks at the end; what latin-1 lacks makes PostgreSQL refuse."""
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo()
        documento = builder.documento(processo)
        builder.flush()
    numero = NumeroProtocolo(processo.chave)
    with town(blank_url) as tenant:
        assert documentos.get_documento(tenant, numero, documento.numero, now=NOW)
        with pytest.raises(NotFound):
            documentos.get_documento(tenant, numero, documento.numero + ending, now=NOW)


@pytest.mark.parametrize("before", [0, 1, 2**31, 10**18 - 1])
def test_no_cursor_is_too_strange(blank_url: URL, before: int) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo()
        builder.documento(processo)
        builder.flush()
    with town(blank_url) as tenant:
        for cursor in (None, -1, 0, 10**18 - 1):
            assert service.track(
                tenant,
                NumeroProtocolo(processo.chave),
                now=NOW,
                before=before,
                oldest_first=cursor is None,
                contents_after=cursor,
            )


def test_what_an_attribute_points_at_may_be_any_text(blank_url: URL) -> None:
    """`id_origem` is a varchar, and people's databases have everything in one."""
    origens = [None, "", " ", "abc", "-1", "1.5", "9" * 18, "9" * 50, "٣", "1;DROP", "0x1F", "1e3"]
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo()
        for origem in origens:
            for nome in ("DOCUMENTO", "HIPOTESE_LEGAL", "TIPO_CONFERENCIA", "PROCESSO"):
                builder.andamento(processo, 65, **{"DESCRICAO": "Nota", nome: ("x" * 60, origem)})
        builder.flush()
    with town(blank_url) as tenant:
        found = service.track(tenant, NumeroProtocolo(processo.chave), now=NOW)
    assert isinstance(found, Tracking)
    # Whatever names a processo that cannot be found is left out.
    assert found.history
    assert len(found.history.steps) == 3 * len(origens) + 1


@pytest.mark.parametrize(
    ("what", "column", "code"),
    [
        ("processo", "sta_estado", "9"),
        ("processo", "sta_nivel_acesso_local", "3"),
        ("processo", "sta_nivel_acesso_global", "3"),
        ("documento", "sta_estado", "9"),
        ("documento", "sta_nivel_acesso_local", "3"),
        ("documento", "sta_nivel_acesso_global", "3"),
        ("documento", "sta_protocolo", "Z"),
        ("dados", "sta_documento", "Z"),
    ],
)
def test_a_code_of_a_later_sei_closes_or_counts_for_nothing(
    blank_url: URL, what: str, column: str, code: str
) -> None:
    """What nobody has told us the meaning of is not shown, and breaks no page."""
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        processo = builder.processo()
        documento = builder.documento(processo)
        builder.andamento(processo, 7, DOCUMENTO=documento, VEICULO="Diário", DATA="1/3/2026")
        {"processo": processo.row, "documento": documento.row, "dados": documento.details}[what][
            column
        ] = code
        builder.flush()
    numero = NumeroProtocolo(processo.chave)
    with town(blank_url) as tenant:
        if what == "processo" and "nivel" in column:
            with pytest.raises(NotFound):
                service.track(tenant, numero, now=NOW)
            assert service.list_hits(tenant, [numero], NOW) == ()
        else:
            assert service.track(tenant, numero, now=NOW)
            assert service.list_hits(tenant, [numero], NOW)
        if "nivel" in column or column == "sta_documento":
            with pytest.raises(NotFound):
                documentos.get_documento(tenant, numero, documento.numero, now=NOW)


def test_every_reason_for_not_opening_is_the_same_everywhere(blank_url: URL) -> None:
    with writing(blank_url) as connection:
        builder = SeiBuilder(connection, now=WALL_CLOCK)
        builder.pesquisa("METADADOS_PROCESSO_RESTRITO", "S")
        builder.pesquisa("LISTA_DOCUMENTO_PROCESSO_RESTRITO", "S")
        builder.pesquisa("DATA_CORTE", "2026-03-01")
        p = builder.processo(autuacao=WALL_CLOCK - timedelta(days=60))
        wanted = {
            builder.documento(p, when=WALL_CLOCK - timedelta(days=40)).numero: (
                Opening.BEFORE_DATA_CORTE
            ),
            builder.documento(p, when=WALL_CLOCK - timedelta(days=9)).numero: Opening.OPENS,
            builder.externo(p, nivel="1").numero: Opening.RESTRITO,
            builder.automatico(p).numero: Opening.PERSONAL,
            (notificado := builder.documento(p)).numero: Opening.UNREAD_INTIMACAO,
        }
        builder.intimacao([notificado])
        restrito = builder.processo(nivel="1")
        wanted_there = {builder.documento(restrito).numero: Opening.PROCESSO_RESTRITO}
        builder.flush()
    with town(blank_url) as tenant:
        assert _reasons(tenant, p.chave) == wanted
        assert _reasons(tenant, restrito.chave) == wanted_there
    # Of a processo that was disposed of nothing is listed, so that reason is never reached.
    assert {*wanted.values(), *wanted_there.values()} == set(Opening) - {Opening.ELIMINADO}


def _reasons(tenant: Tenant, chave: str) -> dict[str, Opening]:
    found = service.track(tenant, NumeroProtocolo(chave), now=NOW)
    assert isinstance(found, Tracking)
    assert found.contents
    return {d.numero_sei: d.opening for d in found.contents.items if isinstance(d, Documento)}


def _track(tenant: Tenant, nome: str) -> Tracking | Ambiguous | None:
    try:
        return service.track(tenant, NumeroProtocolo(CASES[nome]), now=NOW, main_only=False)
    except NotFound:
        return None
