from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

import portal
from portal.sei.andamentos import EventKind
from portal.sei.values import (
    Abertura,
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Consulta,
    Documento,
    Eliminado,
    EmAndamento,
    EstadoProtocolo,
    EstadoTramite,
    Evento,
    HipoteseLegal,
    Historico,
    NaoInformada,
    NivelAcesso,
    Passagem,
    Procedimento,
    Situacao,
    Sobrestado,
    Tramite,
    Unidade,
    Vizinho,
)
from portal.web.dates import NBSP
from portal.web.frases import (
    Dia,
    Frase,
    Marca,
    describe,
    explain_closed,
    explain_restrito,
    file_size,
    group_by_day,
    warn_restricted,
)

ZONE = ZoneInfo("America/Sao_Paulo")
AGORA = datetime(2026, 3, 20, 14, 10, tzinfo=ZONE)
OBRAS = Unidade(2, "SEOBRAS", "Secretaria de Obras", "PMVA")
GABINETE = Unidade(3, "GAB", "GABINETE DO PREFEITO", "PMVA")
SEMOB = Unidade(4, "SEMOB", "", "PMVA")
PESSOAL = HipoteseLegal("Informação Pessoal", "Art. 31 da Lei nº 12.527/2011")
OUTRO = Vizinho("9310.01.0000001/2026-11", "93100100000012026-11".replace("-", ""))
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
    concluido_em=None,
    eliminado=False,
    descricao=None,
)


def consulta(
    situacao: Situacao,
    processo: Procedimento = PROCESSO,
    veio_de: Tramite | None = None,
    varios_orgaos: bool = False,
) -> Consulta:
    return Consulta(processo, situacao, veio_de, (), None, None, varios_orgaos)


def stay(unidade: Unidade, desde: datetime) -> Passagem:
    return Passagem(unidade, desde, True, None)


def told(situacao: Situacao, **more: object) -> Frase:
    frase = describe(consulta(situacao, **more), AGORA)  # type: ignore[arg-type] # as consulta()
    return replace(
        frase,
        frase=frase.frase.replace(NBSP, " "),
        lugares=tuple(t.replace(NBSP, " ") for t in frase.lugares),
        complementos=tuple(t.replace(NBSP, " ") for t in frase.complementos),
    )


@pytest.mark.parametrize(
    ("situacao", "marca", "sentence"),
    [
        (
            EmAndamento((stay(OBRAS, at(12)),)),
            Marca.ANDAMENTO,
            "Em análise na Secretaria de Obras desde 12 de março, há 8 dias.",
        ),
        (
            EmAndamento((stay(GABINETE, at(20)),)),
            Marca.ANDAMENTO,
            "Em análise no Gabinete do Prefeito desde hoje, 20 de março.",
        ),
        (
            EmAndamento((stay(SEMOB, at(5, month=11, year=2025)),)),
            Marca.ANDAMENTO,
            "Em análise em SEMOB desde 5 de novembro de 2025, há 4 meses.",
        ),
        (
            Concluido(OBRAS, date(2026, 3, 19)),
            Marca.CONCLUIDO,
            "Concluído na Secretaria de Obras ontem, 19 de março.",
        ),
        (Concluido(OBRAS, None), Marca.CONCLUIDO, "Concluído na Secretaria de Obras."),
        (
            Concluido(None, date(2026, 1, 1)),
            Marca.CONCLUIDO,
            "Concluído em 1º de janeiro, há 2 meses.",
        ),
        (Concluido(None, None), Marca.CONCLUIDO, "Concluído."),
        (
            Sobrestado(OBRAS, at(12), None),
            Marca.ESPERA,
            "Parado na Secretaria de Obras desde 12 de março, há 8 dias.",
        ),
        (Sobrestado(None, None, None), Marca.ESPERA, "Parado."),
        (Anexado(OUTRO), Marca.ANEXADO, "Juntado a outro processo, e continua nele."),
        (Anexado(None), Marca.ANEXADO, "Juntado a outro processo, e continua nele."),
        (Bloqueado(GABINETE), Marca.TRANCADO, "Bloqueado no Gabinete do Prefeito."),
        (Bloqueado(None), Marca.TRANCADO, "Bloqueado."),
        (
            Eliminado(),
            Marca.ELIMINADO,
            "O prazo de guarda terminou e os documentos foram eliminados, como manda a lei.",
        ),
        (
            NaoInformada(),
            Marca.TRANCADO,
            "Este processo é restrito: só quem participa dele pode acompanhar.",
        ),
    ],
)
def test_where_it_is_is_one_sentence(situacao: Situacao, marca: Marca, sentence: str) -> None:
    frase = told(situacao)
    assert (frase.marca, frase.frase) == (marca, sentence)
    assert frase.palavra


@pytest.mark.parametrize("name", [*Marca, *get_args(EventKind)])
def test_every_mark_is_drawn(name: str) -> None:
    icons = Path(portal.__file__).with_name("templates") / "components" / "icones.html"
    assert f'<symbol id="i-{name}"' in icons.read_text("utf-8")


def test_several_units_are_counted_and_then_listed() -> None:
    frase = told(EmAndamento((stay(OBRAS, at(12)), stay(GABINETE, at(1, year=2024)))))
    assert frase.frase == "Em análise em 2 unidades ao mesmo tempo."
    assert frase.lugares == (
        "na Secretaria de Obras desde 12 de março, há 8 dias",
        "no Gabinete do Prefeito desde 1º de março de 2024, há 2 anos",
    )


def test_where_several_orgaos_share_a_sei_a_unit_of_another_one_says_so() -> None:
    camara = replace(GABINETE, orgao="CMVA")
    there = told(EmAndamento((stay(camara, at(12)),)), varios_orgaos=True)
    assert "no Gabinete do Prefeito (CMVA) desde" in there.frase
    here = told(EmAndamento((stay(OBRAS, at(12)),)), varios_orgaos=True)
    assert "na Secretaria de Obras desde" in here.frase
    (dia,) = group(evento(at(12), "A", camara), evento(at(12), "B"), varios_orgaos=True)
    assert [p.onde for p in dia.passos] == ["Gabinete do Prefeito (CMVA)", "Secretaria de Obras"]


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
    frase = told(ComOutroOrgao(Tramite(estado, TJ, at(5), None if pending else at(9))))
    assert frase.frase == sentence
    assert frase.marca is Marca.EXTERNO
    assert frase.complementos


@pytest.mark.parametrize("estado", EstadoTramite)
def test_a_tramite_without_dates_or_name_still_makes_a_sentence(estado: EstadoTramite) -> None:
    frase = told(ComOutroOrgao(Tramite(estado, "", None, None)))
    assert "outro órgão" in frase.frase
    assert frase.frase.endswith(".")
    assert "  " not in frase.frase


def test_a_refusal_is_told_not_to_be_a_denial() -> None:
    tramite = Tramite(EstadoTramite.RECUSADO, TJ, at(5), at(9))
    assert "não quer dizer que o pedido foi negado" in told(ComOutroOrgao(tramite)).complementos[0]


def test_where_it_came_from_is_said_too() -> None:
    veio_de = Tramite(EstadoTramite.RECEBIDO_AQUI, TJ, None, at(9))
    frase = told(EmAndamento((stay(OBRAS, at(12)),)), veio_de=veio_de)
    assert frase.complementos == (
        "Recebido de outro órgão em 9 de março, há 11 dias: Tribunal de Justiça.",
    )


@pytest.mark.parametrize("situacao", [Anexado(OUTRO), Sobrestado(OBRAS, at(1), OUTRO)])
def test_another_processo_that_may_be_opened_is_linked(situacao: Situacao) -> None:
    assert told(situacao).ligacao == OUTRO


@pytest.mark.parametrize("maker", [Anexado, lambda v: Sobrestado(OBRAS, at(1), v)])
def test_another_processo_that_may_only_be_named_is_named(maker) -> None:  # type: ignore[no-untyped-def] # either
    frase = told(maker(Vizinho("9310.01.0000001/2026-11", None)))
    assert frase.ligacao is None
    assert "9310.01.0000001/2026-11" in " ".join(frase.complementos)


def test_a_restrito_says_why_and_what_to_do() -> None:
    frase = told(NaoInformada(), processo=replace(PROCESSO, hipotese_legal=PESSOAL))
    assert frase.complementos[0] == (
        "Motivo previsto em lei: Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
    )
    assert "documento com foto" in frase.complementos[1]
    assert len(told(NaoInformada()).complementos) == 1


def test_a_restrito_that_shows_its_history_is_still_called_one() -> None:
    here = EmAndamento((stay(OBRAS, at(12)),))
    restrito = replace(
        PROCESSO,
        nivel_acesso_local=NivelAcesso.RESTRITO,
        nivel_acesso_global=NivelAcesso.RESTRITO,
        hipotese_legal=HipoteseLegal("Segredo", ""),
    )
    by_document = replace(restrito, nivel_acesso_local=NivelAcesso.PUBLICO)
    assert warn_restricted(consulta(here)) is None
    assert warn_restricted(consulta(NaoInformada(), restrito)) is None
    assert warn_restricted(consulta(here, restrito)) == (
        "Este processo é restrito. Motivo previsto em lei: Segredo."
    )
    assert "documento restrito" in (warn_restricted(consulta(here, by_document)) or "")


@pytest.mark.parametrize("abertura", Abertura)
def test_a_document_that_does_not_open_says_why(abertura: Abertura) -> None:
    documento = Documento(
        numero_sei="0000001",
        serie="RG",
        numero=None,
        data=date(2026, 3, 1),
        externo=True,
        signatarios=(),
        abertura=abertura,
        hipotese_legal=PESSOAL,
    )
    words = explain_closed(documento)
    assert (words is None) is (abertura is Abertura.ABRE)
    if abertura is Abertura.RESTRITO:
        assert words == (
            "Documento restrito. Motivo previsto em lei: "
            "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
        )


def test_another_processo_that_is_restrito_says_why() -> None:
    assert explain_restrito(OUTRO) is None
    assert explain_restrito(replace(OUTRO, hipotese_legal=PESSOAL)) == (
        "Processo restrito. Motivo previsto em lei: "
        "Informação Pessoal (Art. 31 da Lei nº 12.527/2011)."
    )


def evento(momento: datetime, frase: str, unidade: Unidade = OBRAS, sei: str = "") -> Evento:
    return Evento(1, momento, unidade, frase, sei or frase, "outro", True)


def group(*eventos: Evento, varios_orgaos: bool = False) -> tuple[Dia, ...]:
    page = replace(consulta(Eliminado()), historico=Historico(eventos, None))
    return group_by_day(replace(page, varios_orgaos=varios_orgaos), AGORA)


def test_the_history_is_grouped_by_day_in_the_order_given() -> None:
    dias = group(
        evento(at(20, 8), "A"),
        evento(at(19, 9), "B"),
        evento(at(12, 15, 42), "C"),
        evento(at(12, 9, 5), "D"),
        evento(at(31, month=12, year=2025), "E"),
    )
    assert [(d.titulo.replace(NBSP, " "), d.semana) for d in dias] == [
        ("20 de março", "hoje, sexta-feira"),
        ("19 de março", "ontem, quinta-feira"),
        ("12 de março", "quinta-feira"),
        ("31 de dezembro de 2025", "quarta-feira"),
    ]
    assert [(p.hora, p.frase) for p in dias[2].passos] == [("15:42", "C."), ("09:05", "D.")]
    assert group() == ()


def test_an_entry_has_seis_own_text_only_when_it_says_something_else() -> None:
    (dia,) = group(
        evento(at(12), "Enviado", sei="Processo remetido pela unidade X"),
        evento(at(12), "Texto livre."),
    )
    assert [p.texto_sei for p in dia.passos] == ["Processo remetido pela unidade X", None]
    assert [p.frase for p in dia.passos] == ["Enviado.", "Texto livre."]


def test_a_unit_is_not_named_twice_in_one_entry() -> None:
    (dia,) = group(
        evento(at(12), "Recebido na SECRETARIA DE OBRAS"), evento(at(12), "Documento assinado")
    )
    assert [p.onde for p in dia.passos] == ["", "Secretaria de Obras"]


def test_a_very_long_name_is_written_out_once_and_then_goes_by_its_sigla() -> None:
    longa = Unidade(9, "GAMA", "Gerência de " + "Acompanhamento e " * 8 + "Contas", "PMVA")
    dias = group(evento(at(12), "A", longa), evento(at(11), "B", longa))
    assert dias[0].passos[0].onde == f"{longa.descricao} (GAMA)"
    assert dias[1].passos[0].onde == "GAMA"


def test_a_tramite_that_ended_tells_when_it_was_sent() -> None:
    tramite = Tramite(EstadoTramite.RECUSADO, TJ, at(5), at(9))
    (dia,) = group(replace(evento(at(9), "Voltou"), tramite=tramite))
    assert (dia.passos[0].nota or "").replace(NBSP, " ") == "Enviado em 5 de março."


def test_a_tramite_that_is_under_way_was_sent_on_the_day_it_stands_under() -> None:
    tramite = Tramite(EstadoTramite.EM_TRANSITO, TJ, at(5), None)
    (dia,) = group(replace(evento(at(5), "Enviado"), tramite=tramite))
    assert dia.passos[0].nota is None


def test_a_history_that_may_not_be_seen_has_no_days() -> None:
    assert group_by_day(consulta(NaoInformada()), AGORA) == ()


def test_midnight_belongs_to_the_tenants_day() -> None:
    dias = group(evento(at(12, 0, 0), "A"), evento(at(12, 0, 0) - timedelta(minutes=1), "B"))
    assert [d.data for d in dias] == [date(2026, 3, 12), date(2026, 3, 11)]


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1 KB"), (340_000, "340 KB"), (999_600, "1,0 MB"), (1_843_200, "1,8 MB")],
)
def test_sizes_are_written_as_brazilians_write_them(size: int, written: str) -> None:
    assert file_size(size) == written
