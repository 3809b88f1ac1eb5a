"""The demo is a SEI: on every engine, and in SEI's own reference database, its rules hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import md5
from pathlib import Path
from zlib import crc32

import pytest
from sqlalchemy import Connection, Engine, create_engine, func, select

from portal.demo.examples import EXAMPLES, examples, find_examples
from portal.demo.gallery.giant import ANDAMENTOS, DOCUMENTOS
from portal.demo.generator import GALLERY, generate
from portal.demo.tarefas import list_tarefas
from portal.demo.town import TEST_UNIT
from portal.sei import tables
from tests.integration.engines import WALL_CLOCK

BULK = 300
DELETED = "9000000"
"""The document that an andamento still names after it was deleted."""
a, d, p = tables.atividade.c, tables.documento.c, tables.protocolo.c


@dataclass(frozen=True)
class Built:
    """A demo with everything in it, on SQLite in memory, and its files."""

    connection: Connection
    repositorio: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    repositorio = tmp_path_factory.mktemp("repositorio")
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        generate(
            connection,
            now=WALL_CLOCK,
            processos=GALLERY + BULK,
            repositorio=repositorio,
            giant=True,
        )
        yield Built(connection, repositorio)
    engine.dispose()


# What SEI itself keeps: section 12 of the notes on its database, as expectations


def assert_is_a_sei(connection: Connection) -> None:
    codes = set(connection.execute(select(p.sta_protocolo, p.sta_estado).distinct()))
    assert codes == {*(("P", e) for e in "0134"), ("G", "0"), ("G", "2"), ("R", "0")}
    kinds = set(
        connection.execute(
            select(d.sta_documento, p.sta_protocolo)
            .join_from(tables.documento, tables.protocolo, p.id_protocolo == d.id_documento)
            .distinct()
        )
    )
    assert kinds == {("X", "R"), ("I", "G"), ("A", "G"), ("F", "G")}
    assert_levels(connection)
    assert_associations(connection)
    assert_andamentos(connection)


def assert_levels(connection: Connection) -> None:
    lower = select(p.id_protocolo).where(p.sta_nivel_acesso_global < p.sta_nivel_acesso_local)
    assert connection.execute(lower).all() == []
    processo = tables.protocolo.alias()
    apart = (
        select(d.id_documento)
        .join_from(tables.documento, tables.protocolo, p.id_protocolo == d.id_documento)
        .join(processo, processo.c.id_protocolo == d.id_procedimento)
        .where(p.sta_nivel_acesso_global != processo.c.sta_nivel_acesso_global)
    )
    assert connection.execute(apart).all() == []
    levels = select(p.sta_nivel_acesso_local, p.sta_nivel_acesso_global).where(
        p.sta_protocolo == "P"
    )
    found = Counter(connection.execute(levels))
    assert set(found) == {("0", "0"), ("0", "1"), ("1", "1"), ("2", "2")}
    unexplained = select(p.id_protocolo).where(
        p.sta_nivel_acesso_local != "0", p.id_hipotese_legal.is_(None)
    )
    assert connection.execute(unexplained).all() == []


def assert_associations(connection: Connection) -> None:
    r = tables.rel_protocolo_protocolo.c
    one, two = tables.protocolo.alias(), tables.protocolo.alias()
    rows = connection.execute(
        select(r.sta_associacao, one.c.sta_protocolo, two.c.sta_protocolo, two.c.sta_estado)
        .join_from(tables.rel_protocolo_protocolo, one, one.c.id_protocolo == r.id_protocolo_1)
        .join(two, two.c.id_protocolo == r.id_protocolo_2)
        .distinct()
    )
    found = set(rows)
    assert {row[:3] for row in found} == {
        *(("1", "P", "G"), ("1", "P", "R"), ("6", "P", "R")),
        *((associacao, "P", "P") for associacao in "2345"),
    }
    assert {estado for associacao, _, _, estado in found if associacao == "2"} == {"3"}


def assert_andamentos(connection: Connection) -> None:
    used = set(connection.scalars(select(a.id_tarefa).distinct()))
    t = tables.tarefa.c
    known = connection.execute(select(t.id_tarefa, t.id_tarefa_modulo)).all()
    modules = {tarefa.id_tarefa_modulo for tarefa in list_tarefas()}
    unused = {
        modulo or key
        for key, modulo in known
        if key not in used and (modulo is None or modulo in modules)
    }
    assert unused == set()
    assert None in used
    rows = connection.execute(
        select(a.id_protocolo, a.dth_abertura, a.dth_conclusao).order_by(a.id_atividade)
    ).all()
    latest: dict[int, datetime] = {}
    for processo, abertura, conclusao in rows:
        assert abertura <= WALL_CLOCK
        assert abertura >= latest.get(processo, abertura)
        assert conclusao is None or abertura <= conclusao <= WALL_CLOCK
        latest[processo] = abertura


def assert_has_every_example(connection: Connection) -> None:
    assert set(find_examples(connection)) == {e.name for e in EXAMPLES if not e.optional}


def test_the_demo_is_a_sei_on_every_engine(sei_engine: Engine):
    with sei_engine.connect() as connection:
        assert_is_a_sei(connection)
        assert_has_every_example(connection)


def test_the_demo_is_a_sei_in_the_reference_database(genuine_engine: Engine):
    with genuine_engine.connect() as connection:
        assert_is_a_sei(connection)
        assert_has_every_example(connection)


def test_the_demo_is_a_sei_when_it_is_large(built: Built):
    assert_is_a_sei(built.connection)
    count = select(func.count()).select_from(tables.protocolo).where(p.sta_protocolo == "P")
    assert built.connection.scalar(count) == GALLERY + BULK


# States


def state(connection: Connection, name: str) -> tuple[str, str, str]:
    """State, local and global level of a named case."""
    return connection.execute(
        select(p.sta_estado, p.sta_nivel_acesso_local, p.sta_nivel_acesso_global).where(
            p.protocolo_formatado == examples(WALL_CLOCK)[name]
        )
    ).one()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("publico", ("0", "0", "0")),
        ("restrito", ("0", "1", "1")),
        ("restrito_por_documento", ("0", "0", "1")),
        ("anexado_a_restrito", ("3", "0", "1")),
        ("sigiloso", ("0", "2", "2")),
        ("sobrestado", ("1", "0", "0")),
        ("sobrestado_vinculado", ("1", "0", "0")),
        ("ja_sobrestado", ("0", "0", "0")),
        ("anexado", ("3", "0", "0")),
        ("desanexado", ("0", "0", "0")),
        ("bloqueado", ("4", "0", "0")),
        ("rebaixado", ("0", "0", "0")),
        ("tramita", ("4", "0", "0")),
        ("tramite_em_verificacao", ("4", "0", "0")),
        ("tramite_recebido", ("4", "0", "0")),
        ("tramite_recusado", ("0", "0", "0")),
        ("tramite_cancelado", ("0", "0", "0")),
        ("tramite_nao_saiu", ("0", "0", "0")),
        ("tramite_reenviado", ("4", "0", "0")),
        ("tramite_voltou", ("0", "0", "0")),
        ("tramite_restrito", ("4", "1", "1")),
    ],
)
def test_a_named_case_is_in_its_state(built: Built, name: str, expected: tuple[str, str, str]):
    assert state(built.connection, name) == expected


def open_units(connection: Connection, name: str) -> int:
    query = (
        select(func.count(a.id_unidade.distinct()))
        .join_from(tables.atividade, tables.protocolo, p.id_protocolo == a.id_protocolo)
        .where(p.protocolo_formatado == examples(WALL_CLOCK)[name], a.dth_conclusao.is_(None))
    )
    return connection.scalar(query) or 0


@pytest.mark.parametrize(
    ("name", "units"),
    [("publico", 1), ("concluido", 0), ("varias_unidades", 3), ("tramita", 0), ("reaberto", 1)],
)
def test_a_named_case_is_open_in_as_many_units(built: Built, name: str, units: int):
    assert open_units(built.connection, name) == units


def test_conclusion_is_dated_exactly_when_no_unit_has_it_open(built: Built):
    c = tables.procedimento.c
    still_open = select(a.id_protocolo).where(a.dth_conclusao.is_(None))
    ever = select(a.id_protocolo)
    wrong = select(c.id_procedimento).where(
        c.id_procedimento.in_(ever),
        c.dta_conclusao.is_(None) != c.id_procedimento.in_(still_open),
    )
    assert built.connection.execute(wrong).all() == []


def test_tramites_in_transit_are_as_old_as_their_names_say(built: Built):
    t = tables.tarefa.c
    sent = (
        select(p.protocolo_formatado, func.max(a.dth_abertura))
        .join_from(tables.atividade, tables.protocolo, p.id_protocolo == a.id_protocolo)
        .join(tables.tarefa, t.id_tarefa == a.id_tarefa)
        .where(t.id_tarefa_modulo == "PEN_PROCESSO_EXPEDIDO")
        .group_by(p.protocolo_formatado)
    )
    moments = dict(built.connection.execute(sent).all())
    numbers = examples(WALL_CLOCK)
    assert 2 <= (WALL_CLOCK - moments[numbers["tramita"]]).days <= 6
    assert (WALL_CLOCK - moments[numbers["tramite_em_verificacao"]]).days > 8


def test_two_processos_share_their_digits(built: Built):
    shared = (
        select(p.protocolo_formatado_pesquisa)
        .where(p.sta_protocolo == "P")
        .group_by(p.protocolo_formatado_pesquisa)
        .having(func.count() > 1)
    )
    assert len(built.connection.execute(shared).all()) == 1


def test_odd_rows_that_sei_has_are_there(built: Built):
    s = tables.assinatura.c
    scalars = built.connection.scalars
    assert scalars(select(s.id_assinatura).where(s.id_atividade.is_(None))).all()
    assert scalars(select(s.id_assinatura).where(s.sin_ativo == "N")).all()
    assert scalars(select(p.id_protocolo).where(p.sin_eliminado == "S")).all()
    assert scalars(select(p.id_protocolo).where(p.id_unidade_geradora == TEST_UNIT)).all()
    u = tables.unidade.c
    orgaos = select(u.id_orgao).join_from(
        tables.protocolo, tables.unidade, u.id_unidade == p.id_unidade_geradora
    )
    assert set(scalars(orgaos)) == {0, 1}


def test_life_goes_on_in_working_hours(built: Built):
    giant = select(p.id_protocolo).where(p.protocolo_formatado == examples(WALL_CLOCK)["gigante"])
    moments = built.connection.scalars(
        select(a.dth_abertura).where(a.id_protocolo.not_in(giant))
    ).all()
    assert all(moment.weekday() < 5 for moment in moments)
    late = [moment for moment in moments if not time(8) <= moment.time() <= time(18, 30)]
    assert len(late) < len(moments) / 500


def test_the_giant_has_what_it_promises(built: Built):
    key = built.connection.scalar(
        select(p.id_protocolo).where(p.protocolo_formatado == examples(WALL_CLOCK)["gigante"])
    )
    count = select(func.count())
    assert built.connection.scalar(count.where(a.id_protocolo == key)) == ANDAMENTOS
    assert built.connection.scalar(count.where(d.id_procedimento == key)) == DOCUMENTOS


# Contents


def test_each_file_is_where_sei_keeps_it_and_what_its_row_says(built: Built):
    x = tables.anexo.c
    rows = built.connection.execute(select(x.id_anexo, x.dth_inclusao, x.hash, x.tamanho, x.nome))
    astray: dict[str, str] = {}
    for key, when, digest, size, name in rows:
        path = built.repositorio / f"{when:%Y/%m/%d}" / str(key)
        if not path.exists():
            astray[name] = "lost"
            continue
        file = path.read_bytes()
        assert len(file) == size
        if md5(file, usedforsecurity=False).hexdigest() != digest:
            astray[name] = "damaged"
        elif name == "requerimento.pdf":
            assert file.startswith(b"%PDF-1.4")
    assert astray == {"fotografias.pdf": "lost", "recibo da taxa.pdf": "damaged"}


def test_each_external_document_has_one_file(built: Built):
    x = tables.anexo.c
    externals = built.connection.scalars(select(d.id_documento).where(d.sta_documento == "X")).all()
    assert Counter(built.connection.scalars(select(x.id_protocolo))) == Counter(externals)


def test_each_signed_page_has_its_crc_and_no_draft_has_one(built: Built):
    c, s = tables.documento_conteudo.c, tables.assinatura.c
    signed = set(built.connection.scalars(select(s.id_documento).where(s.sin_ativo == "S")))
    rows = built.connection.execute(
        select(c.id_documento, c.conteudo_assinatura, c.crc_assinatura)
        .join_from(tables.documento_conteudo, tables.documento, d.id_documento == c.id_documento)
        .where(d.sta_documento.in_(["I", "F"]))
    )
    for key, page, code in rows:
        if page is None:
            assert code is None
        else:
            assert key in signed
            assert format(crc32(page.encode("latin-1")), "08X") == code


def test_an_andamento_names_protocolos_by_the_number_they_have(built: Built):
    t = tables.atributo_andamento.c
    rows = built.connection.execute(
        select(t.nome, t.id_origem, t.valor).where(
            t.nome.in_(["PROCESSO", "PROTOCOLO_FORMATADO", "DOCUMENTO"]), t.id_origem.is_not(None)
        )
    ).all()
    numbers = {
        str(key): numero
        for key, numero in built.connection.execute(select(p.id_protocolo, p.protocolo_formatado))
    }
    assert {nome for nome, _, _ in rows} == {"PROCESSO", "PROTOCOLO_FORMATADO", "DOCUMENTO"}
    astray = {(nome, origem) for nome, origem, valor in rows if numbers.get(origem) != valor}
    assert astray == {("DOCUMENTO", DELETED)}


def test_one_case_has_a_document_of_every_kind(built: Built):
    x = tables.anexo.c
    processo = tables.protocolo.alias().c
    rows = built.connection.execute(
        select(x.id_anexo, x.dth_inclusao)
        .join_from(tables.anexo, tables.documento, d.id_documento == x.id_protocolo)
        .join(processo.id_protocolo.table, processo.id_protocolo == d.id_procedimento)
        .where(processo.protocolo_formatado == examples(WALL_CLOCK)["documentos"])
    )
    files = [built.repositorio / f"{when:%Y/%m/%d}" / str(key) for key, when in rows]
    kinds = Counter(file.read_bytes()[:4] if file.exists() else None for file in files)
    assert kinds == {b"%PDF": 4, b"\x89PNG": 1, b"PK\x03\x04": 1, None: 1}
