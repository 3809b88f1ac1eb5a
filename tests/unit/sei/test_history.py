"""The history of a processo: its pages, its words, the names that units had."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Processo
from portal.sei import tables
from tests.unit.sei.conftest import Scene, at, instant


def busy(sei: SeiBuilder, andamentos: int) -> Processo:
    """Opened, then as many andamentos more, three to a minute; every fourth is a minor step."""
    processo = sei.processo(autuacao=at(2, 9))
    for n in range(andamentos):
        quando = at(2, 9) + timedelta(minutes=1 + n // 3)
        if n % 4:
            sei.andamento(processo, 65, when=quando, DESCRICAO=f"Nota {n}")
        else:
            sei.andamento(processo, 48, when=quando)
    return processo


@pytest.mark.parametrize("oldest_first", [True, False])
@pytest.mark.parametrize("main_only", [True, False])
@pytest.mark.parametrize("andamentos", [0, 48, 49, 50, 99, 130])
def test_paging_shows_each_andamento_exactly_once(
    scene: Scene, andamentos: int, main_only: bool, oldest_first: bool
) -> None:
    processo = busy(scene.sei, andamentos)
    pages = scene.walk(processo, oldest_first=oldest_first, main_only=main_only)
    ids = [e.id_atividade for page in pages for e in page.steps]
    minor = {1 + n for n in range(1, andamentos + 1) if (n - 1) % 4 == 0} if main_only else set()
    expected = [i for i in range(1, andamentos + 2) if i not in minor]
    assert ids == (expected if oldest_first else expected[::-1])
    assert all(len(page.steps) == 50 for page in pages[:-1])
    assert pages[-1].steps
    if main_only:
        assert all(e.main for page in pages for e in page.steps)


def test_andamentos_that_may_not_be_shown_do_not_end_the_history(scene: Scene) -> None:
    """More than a page of them, in a row: the cursor goes on."""
    sei = scene.sei
    processo = sei.processo(autuacao=at(2, 9))
    draft = sei.minuta(processo)
    first = sei.andamento(processo, 65, DESCRICAO="Primeira")
    for _ in range(70):
        sei.andamento(processo, 7, when=processo.clock, DOCUMENTO=draft)
    last = sei.andamento(processo, 65, DESCRICAO="Última")
    for antigas in (True, False):
        pages = scene.walk(processo, oldest_first=antigas)
        ids = [e.id_atividade for page in pages for e in page.steps]
        expected = [1, first.id, last.id]
        assert ids == (expected if antigas else expected[::-1])


def test_a_cursor_of_nothing_gives_an_end_and_no_error(scene: Scene) -> None:
    processo = scene.sei.processo()
    for before in (0, 1, 2**31 - 1, 10**18 - 1):
        for antigas in (True, False):
            history = scene.track(processo, before=before, oldest_first=antigas).history
            assert history is not None
            assert history.next_cursor is None


def test_a_history_reads_as_a_letter_with_sei_s_own_text_beside_it(scene: Scene) -> None:
    sei = scene.sei
    processo, other = sei.processo(autuacao=at(2)), sei.processo()
    sei.forward(processo, "SEFAZ", when=at(4))
    parecer = sei.documento(processo, "Parecer")
    sei.andamento(
        processo, 7, MOTIVO="Publicação", DOCUMENTO=parecer, VEICULO="Diário", DATA="05/03/2026"
    )
    sei.suspend(processo, "Falta a planta, diz \u202eana@exemplo.com")
    sei.resume(processo)
    sei.andamento(processo, 101, PROCESSO=other)
    sei.conclude(processo)
    assert [(e.sentence, e.sei_text) for e in scene.steps(processo)] == [
        ("Processo aberto no Protocolo Geral", "Processo público gerado"),
        (
            "Enviado para a Secretaria Municipal de Fazenda",
            "Processo remetido pela unidade PROTOCOLO",
        ),
        ("Recebido na Secretaria Municipal de Fazenda", "Processo recebido na unidade"),
        (
            f"Documento {parecer.numero} (Parecer) publicado: Diário, 05/03/2026",
            f"Publicação do documento {parecer.numero} (Parecer) no veículo Diário de 05/03/2026",
        ),
        (
            "Processo parado, esperando (sobrestado)",
            "Sobrestamento.\nFalta a planta, diz (e-mail omitido)",
        ),
        ("Processo voltou a andar", "Remoção de sobrestamento"),
        (f"O processo {other.numero} foi juntado a este", f"Processo {other.numero} anexado"),
        (
            "Trabalho concluído na Secretaria Municipal de Fazenda",
            "Conclusão do processo na unidade",
        ),
    ]


def test_what_an_id_stands_for_is_looked_up(scene: Scene) -> None:
    """3.2: HIPOTESE_LEGAL, TIPO_CONFERENCIA and DOCUMENTO by their `id_origem`"""
    sei = scene.sei
    processo = sei.processo(nivel="1", hipotese="Informação Pessoal")
    externo = sei.externo(processo, "RG", conferencia="Cópia Simples")
    sei.andamento(processo, 107, HIPOTESE_LEGAL=(None, 4))
    sei.andamento(processo, 110, DOCUMENTO=externo, HIPOTESE_LEGAL=(None, None))
    sei.andamento(processo, 111, DOCUMENTO=externo, TIPO_CONFERENCIA=(None, 4))
    sei.andamento(processo, 13, DOCUMENTO=externo, TIPO_CONFERENCIA=(None, 999))
    scene.alter("UPDATE tarefa SET sin_historico_resumido = 'S'")
    scene.configure(documentos_de_restritos=True, andamentos_de_restritos=True)
    rg, lei = f"{externo.numero} (RG)", "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)"
    assert [" ".join(text.split()) for text in scene.told(processo)] == [
        f"Processo restrito gerado, {lei}",
        f"Registro de documento externo público {rg}, conferido com Cópia Simples",
        f"Alterada hipótese legal do processo para {lei}",
        f"Alterada hipótese legal do documento {rg} para não informada",
        f"Alterado tipo de conferência do documento {rg} para Cópia Simples",
        f"Registro de documento externo {rg}",
    ]


def test_before_its_first_known_name_a_unit_has_todays(scene: Scene) -> None:
    processo = scene.sei.processo(unidade="SEOBRAS", autuacao=datetime(2001, 5, 4, 9))
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS"]


def test_an_andamento_shows_the_name_its_unit_had_that_day(scene: Scene) -> None:
    sei = scene.sei
    processo = sei.processo(unidade="SEOBRAS", autuacao=datetime(2020, 5, 4, 9))
    sei.andamento(processo, 65, when=at(5), DESCRICAO="Hoje")
    old, new = scene.steps(processo)
    assert (old.unidade.sigla, new.unidade.sigla) == ("SEINFRA", "SEOBRAS")
    assert old.unidade.descricao == "Secretaria Municipal de Infraestrutura e Serviços Urbanos"


def test_where_sei_keeps_no_history_of_names_todays_name_is_shown(scene: Scene) -> None:
    """11(20), SEI 3.1"""
    processo = scene.sei.processo(unidade="SEOBRAS", autuacao=datetime(2020, 5, 4, 9))
    scene.alter("DROP TABLE unidade_historico")
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS"]


def name_unit(sei: SeiBuilder, sigla: str, since: datetime, until: datetime | None) -> None:
    """One more row of the history of SEOBRAS's names."""
    unidade = sei.unidade("SEOBRAS")
    sei.target.add(
        tables.unidade_historico,
        id_unidade_historico=sei.target.next_id(tables.unidade_historico),
        id_unidade=unidade.id_unidade,
        id_orgao=unidade.id_orgao,
        sigla=sigla,
        descricao=unidade.descricao,
        dta_inicio=since,
        dta_fim=until,
    )


def test_a_unit_renamed_twice_on_one_day_does_not_tell_its_andamentos_twice(scene: Scene) -> None:
    """1.8: unique on (dta_inicio, dta_fim, id), so two names may begin on one day."""
    sei = scene.sei
    name_unit(sei, "SEOB", datetime(2026, 1, 5), datetime(2026, 1, 5))
    name_unit(sei, "SEOBRAS", datetime(2026, 1, 5), None)
    processo = sei.processo(unidade="SEOBRAS", autuacao=at(2))
    sei.andamento(processo, 65, DESCRICAO="Em análise")
    assert [e.unidade.sigla for e in scene.steps(processo)] == ["SEOBRAS", "SEOBRAS"]
    assert len({e.id_atividade for e in scene.steps(processo)}) == 2


def test_an_older_name_that_was_written_down_later_is_not_the_newer(scene: Scene) -> None:
    """1.8: the name valid at `dth_abertura` goes by `dta_inicio`; ids say when it was typed in."""
    sei = scene.sei
    name_unit(sei, "SMOSU", datetime(2010, 1, 1), datetime(2015, 1, 4))
    processo = sei.processo(unidade="SEOBRAS", autuacao=datetime(2012, 5, 4, 9))
    sei.andamento(processo, 65, when=datetime(2020, 5, 4, 9), DESCRICAO="Em análise")
    sei.andamento(processo, 65, when=at(5), DESCRICAO="Em análise")
    siglas = [e.unidade.sigla for e in scene.steps(processo)]
    assert siglas == ["SMOSU", "SEINFRA", "SEOBRAS"]


def test_instants_are_of_the_tenant_s_zone(scene: Scene) -> None:
    """11(25)"""
    processo = scene.sei.processo(autuacao=at(2, 9))
    (event,) = scene.steps(processo)
    assert event.moment == instant(2, 9)
    assert event.moment.utcoffset() == timedelta(hours=-3)


def test_the_tenant_s_own_sentences_are_told(scene: Scene, tmp_path: Any) -> None:
    file = tmp_path / "frases.toml"
    file.write_text('[tarefa.1]\nfrase = "Nasceu {na_unidade}"\nprincipal = false\n', "utf-8")
    scene.configure(tarefas=file)
    processo = scene.sei.processo()
    assert [e.sentence for e in scene.steps(processo)] == ["Nasceu no Protocolo Geral"]
    assert scene.steps(processo, main_only=True) == []
