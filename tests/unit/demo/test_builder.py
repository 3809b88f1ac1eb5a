"""The builder keeps what SEI keeps, so that a test that uses it says something about SEI."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import Connection, create_engine, inspect, select, text

from portal.demo import tramites
from portal.demo.builder import SeiBuilder
from portal.demo.pages import crc
from portal.demo.protocolos import Processo
from portal.sei import tables
from portal.sei.values import NivelAcesso

NOW = datetime(2026, 3, 20, 14, 10)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def sei(connection: Connection) -> SeiBuilder:
    return SeiBuilder(connection, now=NOW, create=True)


def open_in(sei: SeiBuilder, processo: Processo) -> list[str]:
    """Siglas of the units where atividades say that it is open."""
    sei.flush()
    a, u = tables.atividade.c, tables.unidade.c
    query = (
        select(u.sigla)
        .join_from(tables.atividade, tables.unidade, a.id_unidade == u.id_unidade)
        .where(a.id_protocolo == processo.id, a.dth_conclusao.is_(None))
        .order_by(a.id_atividade)
    )
    return list(sei.target.connection.scalars(query))


def levels(sei: SeiBuilder) -> dict[str, tuple[str, str]]:
    """Local and global level by number, as they were written."""
    sei.flush()
    p = tables.protocolo.c
    rows = sei.target.connection.execute(
        select(p.protocolo_formatado, p.sta_nivel_acesso_local, p.sta_nivel_acesso_global)
    )
    return {numero: (local, geral) for numero, local, geral in rows}


def test_a_processo_begins_open_in_its_unit(sei):
    processo = sei.processo()
    assert open_in(sei, processo) == ["PROTOCOLO"]
    assert processo.numero == "9310.01.0000001/2026-82"
    assert processo.chave == "9310010000001202682"


def test_a_remessa_leaves_one_unit_and_arrives_in_another(sei):
    processo = sei.processo()
    sei.send(processo, "SEFAZ")
    assert open_in(sei, processo) == ["SEFAZ"]
    sei.receive(processo)
    assert open_in(sei, processo) == ["SEFAZ"]
    sei.send(processo, "PGM", keep_open=True)
    assert open_in(sei, processo) == ["SEFAZ", "PGM"]


def test_conclusion_closes_and_reopening_opens(sei):
    processo = sei.processo()
    sei.forward(processo, "SEFAZ", keep_open=True)
    sei.conclude(processo)
    assert open_in(sei, processo) == []
    assert processo.details["dta_conclusao"] == datetime(2026, 2, 18)
    sei.reopen(processo, "PGM")
    assert open_in(sei, processo) == ["PGM"]
    assert processo.details["dta_conclusao"] is None


def test_a_signature_in_a_concluded_unit_does_not_open_it(sei):
    processo = sei.processo()
    minuta = sei.minuta(processo)
    sei.conclude(processo)
    sei.sign(minuta)
    assert open_in(sei, processo) == []


def test_the_highest_local_is_everybody_s_global(sei):
    processo = sei.processo()
    stays_open = sei.documento(processo)
    fechado = sei.externo(processo, "RG", nivel=NivelAcesso.RESTRITO)
    assert levels(sei) == {
        processo.numero: ("0", "1"),
        stays_open.numero: ("0", "1"),
        fechado.numero: ("1", "1"),
    }
    sei.restrict(fechado, NivelAcesso.PUBLICO)
    assert {geral for _, geral in levels(sei).values()} == {"0"}


def test_an_anexado_inherits_and_regains_its_level(sei):
    parent = sei.processo(nivel=NivelAcesso.RESTRITO)
    child = sei.processo()
    sei.attach(child, to=parent)
    assert levels(sei)[child.numero] == ("0", "1")
    assert child.row["sta_estado"] == "3"
    assert child.row["sta_nivel_acesso_original"] == "0"
    assert open_in(sei, child) == []
    sei.detach(child)
    assert levels(sei)[child.numero] == ("0", "0")
    assert child.row["sta_nivel_acesso_original"] is None
    assert open_in(sei, child) == ["PROTOCOLO"]


def test_two_processos_meet_at_one_moment_after_both(sei):
    old = sei.processo(autuacao=datetime(2025, 1, 6, 9))
    new = sei.processo(autuacao=datetime(2026, 2, 2, 9))
    sei.relate(old, new)
    sei.flush()
    a = tables.atividade.c
    moments = sei.target.connection.scalars(select(a.dth_abertura).where(a.id_tarefa == 18))
    assert set(moments) == {datetime(2026, 2, 2, 9, 47)}


def test_a_moved_document_leaves_a_trace(sei):
    origin, destination = sei.processo(), sei.processo()
    paper = sei.externo(origin, nivel=NivelAcesso.RESTRITO)
    sei.move(paper, destination, "Era deste.")
    sei.flush()
    r = tables.rel_protocolo_protocolo.c
    rows = sei.target.connection.execute(
        select(r.id_protocolo_1, r.sta_associacao).order_by(r.id_rel_protocolo_protocolo)
    )
    assert [tuple(row) for row in rows] == [(origin.id, "6"), (destination.id, "1")]
    assert levels(sei)[origin.numero] == ("0", "0")
    assert levels(sei)[destination.numero] == ("0", "1")
    assert paper.details["id_procedimento"] == destination.id


def test_a_signed_page_carries_its_crc_and_a_minuta_none(sei):
    processo = sei.processo()
    documento, minuta = sei.documento(processo), sei.minuta(processo)
    sei.flush()
    c = tables.documento_conteudo.c
    rows = sei.target.connection.execute(
        select(c.id_documento, c.conteudo_assinatura, c.crc_assinatura)
    )
    found = {key: (page, code) for key, page, code in rows}
    assert found[documento.id][1] == crc(found[documento.id][0])
    assert found[minuta.id] == (None, None)


def test_attributes_are_written_in_the_shapes_sei_gives_them(sei):
    processo = sei.processo()
    documento = sei.documento(processo)
    andamento = sei.andamento(
        processo,
        84,
        UNIDADE=sei.unidade("PGM"),
        DOCUMENTO=[documento, ("0000001", 7)],
        MOTIVO=None,
        NIVEL_ACESSO=(None, "1"),
    )
    sei.flush()
    t = tables.atributo_andamento.c
    rows = sei.target.connection.execute(
        select(t.nome, t.valor, t.id_origem)
        .where(t.id_atividade == andamento.id)
        .order_by(t.id_atributo_andamento)
    )
    assert [tuple(row) for row in rows] == [
        ("UNIDADE", "PGM¥Procuradoria-Geral do Município", "110000103"),
        ("DOCUMENTO", documento.numero, str(documento.id)),
        ("DOCUMENTO", "0000001", "7"),
        ("MOTIVO", None, None),
        ("NIVEL_ACESSO", None, "1"),
    ]


def test_nothing_happens_after_now(sei):
    processo = sei.processo(autuacao=datetime(2026, 3, 20, 13, 50))
    for _ in range(5):
        sei.andamento(processo, 65, DESCRICAO="Nota")
    sei.flush()
    a = tables.atividade.c
    assert max(sei.target.connection.scalars(select(a.dth_abertura))) == NOW


def test_a_processo_sent_by_tramita_is_locked_and_closed_until_it_is_refused(sei):
    processo = sei.processo()
    tramites.send_out(sei, processo, tramites.AGUAS)
    assert processo.row["sta_estado"] == "4"
    assert open_in(sei, processo) == []
    tramites.refuse(sei, processo, tramites.AGUAS)
    assert processo.row["sta_estado"] == "0"
    assert open_in(sei, processo) == ["PROTOCOLO"]


def test_a_row_may_be_changed_after_it_was_written(sei):
    processo = sei.processo()
    sei.flush()
    sei.target.change(tables.protocolo, processo.row, sta_estado="4")
    sei.flush()
    p = tables.protocolo.c
    assert sei.target.connection.scalar(select(p.sta_estado)) == "4"


def test_builders_follow_each_other_on_one_database(sei, connection):
    first = sei.processo()
    sei.flush()
    again = SeiBuilder(connection, now=NOW)
    second = again.processo("2º/2026")
    again.flush()
    assert second.id > first.id
    assert connection.scalars(select(tables.tarefa.c.id_tarefa)).all().count(1) == 1


def test_a_read_intimacao_has_as_many_aceites_as_addressees(sei, connection):
    documento = sei.documento(sei.processo())
    sei.intimacao([documento], ["Ana Souza", "Rui Paz"], fulfilled=1)
    sei.flush()
    assert len(connection.execute(select(tables.md_pet_int_rel_dest)).all()) == 2
    assert len(connection.execute(select(tables.md_pet_int_aceite)).all()) == 1


def test_without_the_tables_of_modules_their_rows_are_left_out(connection):
    sei = SeiBuilder(connection, now=NOW, create=True, modules=False)
    documento = sei.documento(sei.processo())
    sei.intimacao([documento])
    sei.pesquisa("DATA_CORTE", None)
    sei.flush()
    assert connection.scalar(select(tables.documento.c.id_documento)) == documento.id


def test_an_older_sei_gets_what_it_has_room_for(connection):
    SeiBuilder(connection, create=True).flush()
    for table in reversed(tables.metadata.sorted_tables):
        connection.execute(table.delete())
    connection.execute(text("DROP TABLE unidade_historico"))
    connection.execute(text("ALTER TABLE protocolo DROP COLUMN sin_eliminado"))
    connection.execute(text("DROP INDEX i01_procedimento"))
    connection.execute(text("ALTER TABLE procedimento DROP COLUMN dta_conclusao"))
    sei = SeiBuilder(connection, now=NOW, create=True)
    processo = sei.processo()
    sei.conclude(processo)
    sei.flush()
    sei.dispose(processo)
    sei.flush()
    assert connection.scalar(select(tables.protocolo.c.id_protocolo)) == processo.id
    assert not inspect(connection).has_table("unidade_historico")
