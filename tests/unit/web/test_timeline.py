from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.sei.values import (
    Eliminado,
    EstadoTramite,
    History,
    NaoInformada,
    Step,
    Tramite,
    Unidade,
)
from portal.web.dates import NBSP
from portal.web.timeline import Day, group_by_day
from tests.unit.web.test_sentences import GABINETE, NOW, OBRAS, TJ, at, tracking


def step(moment: datetime, sentence: str, unidade: Unidade = OBRAS, sei: str = "") -> Step:
    return Step(1, moment, unidade, sentence, sei or sentence, "outro", True)


def group(*steps: Step, several_orgaos: bool = False) -> tuple[Day, ...]:
    page = replace(tracking(Eliminado()), history=History(steps, None))
    return group_by_day(replace(page, several_orgaos=several_orgaos), NOW)


def test_the_history_is_grouped_by_day_in_the_order_given() -> None:
    days = group(
        step(at(20, 8), "A"),
        step(at(19, 9), "B"),
        step(at(12, 15, 42), "C"),
        step(at(12, 9, 5), "D"),
        step(at(31, month=12, year=2025), "E"),
    )
    assert [(d.title.replace(NBSP, " "), d.weekday) for d in days] == [
        ("20 de março", "hoje, sexta-feira"),
        ("19 de março", "ontem, quinta-feira"),
        ("12 de março", "quinta-feira"),
        ("31 de dezembro de 2025", "quarta-feira"),
    ]
    assert [(p.time, p.sentence) for p in days[2].entries] == [("15:42", "C."), ("09:05", "D.")]
    assert group() == ()


def test_an_entry_has_seis_own_text_only_when_it_says_something_else() -> None:
    (day,) = group(
        step(at(12), "Enviado", sei="Processo remetido pela unidade X"),
        step(at(12), "Texto livre."),
    )
    assert [p.sei_text for p in day.entries] == ["Processo remetido pela unidade X", None]
    assert [p.sentence for p in day.entries] == ["Enviado.", "Texto livre."]


def test_where_several_orgaos_share_a_sei_a_unit_of_another_one_says_so() -> None:
    camara = replace(GABINETE, orgao="CMVA")
    (day,) = group(step(at(12), "A", camara), step(at(12), "B"), several_orgaos=True)
    assert [p.where for p in day.entries] == ["Gabinete do Prefeito (CMVA)", "Secretaria de Obras"]


def test_a_unit_is_not_named_twice_in_one_entry() -> None:
    (day,) = group(
        step(at(12), "Recebido na SECRETARIA DE OBRAS"), step(at(12), "Documento assinado")
    )
    assert [p.where for p in day.entries] == ["", "Secretaria de Obras"]


def test_a_very_long_name_is_written_out_once_and_then_goes_by_its_sigla() -> None:
    long = Unidade(9, "GAMA", "Gerência de " + "Acompanhamento e " * 8 + "Contas", "PMVA")
    days = group(step(at(12), "A", long), step(at(11), "B", long))
    assert days[0].entries[0].where == f"{long.descricao} (GAMA)"
    assert days[1].entries[0].where == "GAMA"


def test_a_tramite_that_ended_tells_when_it_was_sent() -> None:
    tramite = Tramite(EstadoTramite.RECUSADO, TJ, at(5), at(9))
    (day,) = group(replace(step(at(9), "Voltou"), tramite=tramite))
    assert (day.entries[0].note or "").replace(NBSP, " ") == "Enviado em 5 de março."


def test_a_tramite_that_is_under_way_was_sent_on_the_day_it_stands_under() -> None:
    tramite = Tramite(EstadoTramite.EM_TRANSITO, TJ, at(5), None)
    (day,) = group(replace(step(at(5), "Enviado"), tramite=tramite))
    assert day.entries[0].note is None


def test_a_history_that_may_not_be_seen_has_no_days() -> None:
    assert group_by_day(tracking(NaoInformada()), NOW) == ()


def test_midnight_belongs_to_the_tenants_day() -> None:
    days = group(step(at(12, 0, 0), "A"), step(at(12, 0, 0) - timedelta(minutes=1), "B"))
    assert [d.when for d in days] == [date(2026, 3, 12), date(2026, 3, 11)]
