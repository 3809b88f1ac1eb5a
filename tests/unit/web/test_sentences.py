from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

import portal
from portal.sei.values import (
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Eliminado,
    EmAndamento,
    EstadoProtocolo,
    EstadoTramite,
    HipoteseLegal,
    NaoInformada,
    Neighbour,
    NivelAcesso,
    Procedimento,
    Situacao,
    Sobrestado,
    Stay,
    Tracking,
    Tramite,
    Unidade,
)
from portal.sei.vocabulary import StepKind
from portal.web.dates import NBSP
from portal.web.sentences import (
    Answer,
    Mark,
    describe,
)

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 3, 20, 14, 10, tzinfo=ZONE)
OBRAS = Unidade(2, "SEOBRAS", "Secretaria de Obras", "PMVA")
GABINETE = Unidade(3, "GAB", "GABINETE DO PREFEITO", "PMVA")
SEMOB = Unidade(4, "SEMOB", "", "PMVA")
PESSOAL = HipoteseLegal("Informação Pessoal", "Art. 31 da Lei nº 12.527/2011")
OUTRO = Neighbour("9310.01.0000001/2026-11", "93100100000012026-11".replace("-", ""))
TJ = "Tribunal de Justiça"


def at(day: int, hour: int = 9, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


PROCESSO = Procedimento(
    id_procedimento=1,
    formatado="9310.08.0000457/2026-89",
    chave="93100800004572026" + "89",
    tipo="Obras: Alvará",
    estado=EstadoProtocolo.NORMAL,
    nivel_acesso_local=NivelAcesso.PUBLICO,
    nivel_acesso_global=NivelAcesso.PUBLICO,
    hipotese_legal=None,
    orgao="Prefeitura de Vale das Acácias",
    autuacao=date(2026, 2, 3),
    unidade_geradora=OBRAS,
    concluded_on=None,
    eliminado=False,
    descricao=None,
)


def tracking(
    situacao: Situacao,
    processo: Procedimento = PROCESSO,
    came_from: Tramite | None = None,
    several_orgaos: bool = False,
) -> Tracking:
    return Tracking(processo, situacao, came_from, (), None, None, several_orgaos)


def stay(unidade: Unidade, since: datetime) -> Stay:
    return Stay(unidade, since, True, None)


def told(situacao: Situacao, **more: object) -> Answer:
    answer = describe(tracking(situacao, **more), NOW)  # type: ignore[arg-type] # as tracking()
    return replace(
        answer,
        sentence=answer.sentence.replace(NBSP, " "),
        places=tuple(t.replace(NBSP, " ") for t in answer.places),
        more=tuple(t.replace(NBSP, " ") for t in answer.more),
    )


@pytest.mark.parametrize(
    ("situacao", "mark", "sentence"),
    [
        (
            EmAndamento((stay(OBRAS, at(12)),)),
            Mark.IN_PROGRESS,
            "Em análise na Secretaria de Obras desde 12 de março, há 8 dias.",
        ),
        (
            EmAndamento((stay(GABINETE, at(20)),)),
            Mark.IN_PROGRESS,
            "Em análise no Gabinete do Prefeito desde hoje, 20 de março.",
        ),
        (
            EmAndamento((stay(SEMOB, at(5, month=11, year=2025)),)),
            Mark.IN_PROGRESS,
            "Em análise em SEMOB desde 5 de novembro de 2025, há 4 meses.",
        ),
        (
            Concluido(OBRAS, date(2026, 3, 19)),
            Mark.CONCLUDED,
            "Concluído na Secretaria de Obras ontem, 19 de março.",
        ),
        (Concluido(OBRAS, None), Mark.CONCLUDED, "Concluído na Secretaria de Obras."),
        (
            Concluido(None, date(2026, 1, 1)),
            Mark.CONCLUDED,
            "Concluído em 1º de janeiro, há 2 meses.",
        ),
        (Concluido(None, None), Mark.CONCLUDED, "Concluído."),
        (
            Sobrestado(OBRAS, at(12), None),
            Mark.WAITING,
            "Parado na Secretaria de Obras desde 12 de março, há 8 dias.",
        ),
        (Sobrestado(None, None, None), Mark.WAITING, "Parado."),
        (Anexado(OUTRO), Mark.JOINED, "Juntado a outro processo, e continua nele."),
        (Anexado(None), Mark.JOINED, "Juntado a outro processo, e continua nele."),
        (Bloqueado(GABINETE), Mark.LOCKED, "Bloqueado no Gabinete do Prefeito."),
        (Bloqueado(None), Mark.LOCKED, "Bloqueado."),
        (
            Eliminado(),
            Mark.DISPOSED,
            "O prazo de guarda terminou e os documentos foram eliminados, como manda a lei.",
        ),
        (
            NaoInformada(),
            Mark.LOCKED,
            "Este processo é restrito: só quem participa dele pode acompanhar.",
        ),
    ],
)
def test_where_it_is_is_one_sentence(situacao: Situacao, mark: Mark, sentence: str) -> None:
    answer = told(situacao)
    assert (answer.mark, answer.sentence) == (mark, sentence)
    assert answer.word


@pytest.mark.parametrize("name", [*Mark, *get_args(StepKind)])
def test_every_mark_is_drawn(name: str) -> None:
    icons = Path(portal.__file__).with_name("templates") / "components" / "icones.html"
    assert f'<symbol id="i-{name}"' in icons.read_text("utf-8")


def test_several_units_are_counted_and_then_listed() -> None:
    answer = told(EmAndamento((stay(OBRAS, at(12)), stay(GABINETE, at(1, year=2024)))))
    assert answer.sentence == "Em análise em 2 unidades ao mesmo tempo."
    assert answer.places == (
        "na Secretaria de Obras desde 12 de março, há 8 dias",
        "no Gabinete do Prefeito desde 1º de março de 2024, há 2 anos",
    )


def test_where_several_orgaos_share_a_sei_a_unit_of_another_one_says_so() -> None:
    camara = replace(GABINETE, orgao="CMVA")
    there = told(EmAndamento((stay(camara, at(12)),)), several_orgaos=True)
    assert "no Gabinete do Prefeito (CMVA) desde" in there.sentence
    here = told(EmAndamento((stay(OBRAS, at(12)),)), several_orgaos=True)
    assert "na Secretaria de Obras desde" in here.sentence


@pytest.mark.parametrize(
    ("estado", "sentence"),
    [
        (
            EstadoTramite.EM_TRANSITO,
            "A caminho do Tribunal de Justiça desde 5 de março, há 15 dias.",
        ),
        (
            EstadoTramite.EM_VERIFICACAO,
            "Enviado para o Tribunal de Justiça em 5 de março, há 15 dias.",
        ),
        (EstadoTramite.RECEBIDO_LA, "Recebido no Tribunal de Justiça em 9 de março, há 11 dias."),
        (EstadoTramite.RECUSADO, "Voltou do Tribunal de Justiça em 9 de março, há 11 dias."),
        (
            EstadoTramite.CANCELADO,
            "O envio para o Tribunal de Justiça foi cancelado em 9 de março, há 11 dias.",
        ),
        (
            EstadoTramite.NAO_SAIU,
            "O envio para o Tribunal de Justiça foi cancelado em 9 de março, há 11 dias.",
        ),
        (EstadoTramite.RECEBIDO_AQUI, "Recebido do Tribunal de Justiça em 9 de março, há 11 dias."),
    ],
)
def test_with_another_body_the_sentence_names_it(estado: EstadoTramite, sentence: str) -> None:
    pending = estado in (EstadoTramite.EM_TRANSITO, EstadoTramite.EM_VERIFICACAO)
    answer = told(ComOutroOrgao(Tramite(estado, TJ, at(5), None if pending else at(9))))
    assert answer.sentence == sentence
    assert answer.mark is Mark.ELSEWHERE
    assert answer.more


@pytest.mark.parametrize("estado", EstadoTramite)
def test_a_tramite_without_dates_or_name_still_makes_a_sentence(estado: EstadoTramite) -> None:
    answer = told(ComOutroOrgao(Tramite(estado, "", None, None)))
    assert "outro órgão" in answer.sentence
    assert answer.sentence.endswith(".")
    assert "  " not in answer.sentence


def test_a_refusal_is_told_not_to_be_a_denial() -> None:
    tramite = Tramite(EstadoTramite.RECUSADO, TJ, at(5), at(9))
    assert "não quer dizer que o pedido foi negado" in told(ComOutroOrgao(tramite)).more[0]


def test_where_it_came_from_is_said_too() -> None:
    came_from = Tramite(EstadoTramite.RECEBIDO_AQUI, TJ, None, at(9))
    answer = told(EmAndamento((stay(OBRAS, at(12)),)), came_from=came_from)
    assert answer.more == (
        "Recebido de outro órgão em 9 de março, há 11 dias: Tribunal de Justiça.",
    )


@pytest.mark.parametrize("situacao", [Anexado(OUTRO), Sobrestado(OBRAS, at(1), OUTRO)])
def test_another_processo_that_may_be_opened_is_linked(situacao: Situacao) -> None:
    assert told(situacao).link == OUTRO


@pytest.mark.parametrize("maker", [Anexado, lambda v: Sobrestado(OBRAS, at(1), v)])
def test_another_processo_that_may_only_be_named_is_named(maker) -> None:  # type: ignore[no-untyped-def] # either
    answer = told(maker(Neighbour("9310.01.0000001/2026-11", None)))
    assert answer.link is None
    assert "9310.01.0000001/2026-11" in " ".join(answer.more)


def test_a_restrito_says_why_and_what_to_do() -> None:
    answer = told(NaoInformada(), processo=replace(PROCESSO, hipotese_legal=PESSOAL))
    assert answer.more[0] == (
        "Motivo previsto em lei: Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
    )
    assert "documento com foto" in answer.more[1]
    assert len(told(NaoInformada()).more) == 1
