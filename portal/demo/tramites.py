"""Trâmites by Tramita GOV.BR, as its module writes them in SEI: andamentos, locks and unlocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables
from portal.sei.values import EstadoProtocolo


@dataclass(frozen=True, slots=True)
class OtherOrgao:
    """A body of another SEI, as Tramita names it."""

    unidade: str
    hierarquia: str
    repositorio: str
    estrutura: int
    """Number of its estrutura at Tramita."""
    codigo: str = "2990"
    """What its processos' numbers start with."""


ESTRADAS = OtherOrgao(
    "Décima Segunda Regional de Estradas",
    "Diretoria de Regionais / Departamento Estadual de Estradas",
    "Órgãos do Estado",
    81234,
)
AGUAS = OtherOrgao(
    "Núcleo de Outorgas da Bacia do Ribeirão Claro",
    "Instituto Estadual das Águas",
    "Órgãos do Estado",
    81977,
    "2980",
)
PROMOTORIA = OtherOrgao(
    "Segunda Promotoria da Comarca de Vale das Acácias",
    "Promotorias do Interior / Procuradoria-Geral",
    "Justiça e Controle",
    93015,
    "2970",
)


def send_out(
    sei: SeiBuilder, processo: Processo, orgao: OtherOrgao, when: datetime | None = None
) -> None:
    """Sent and waiting: closed here, and locked until the other side answers."""
    _state(sei, processo, EstadoProtocolo.BLOQUEADO)
    _destination(sei, processo, "PEN_PROCESSO_EXPEDIDO", orgao, when)
    for unidade in list(processo.open_in):
        sei.andamento(processo, 41, unidade=unidade, when=processo.clock)


def deliver(
    sei: SeiBuilder, processo: Processo, orgao: OtherOrgao, when: datetime | None = None
) -> None:
    """Received there: it goes on being locked here."""
    number = (processo.numero, processo.id)
    _destination(sei, processo, "PEN_OPERACAO_EXTERNA", orgao, when, PROTOCOLO_FORMATADO=number)


def refuse(
    sei: SeiBuilder,
    processo: Processo,
    orgao: OtherOrgao,
    motivo: str | None = "Espécie documental não mapeada.",
    when: datetime | None = None,
) -> None:
    """Refused there: unlocked and open again where it was sent from."""
    _take_back(sei, processo, when)
    sei.andamento(
        processo,
        "PEN_PROCESSO_RECUSADO",
        UNIDADE_DESTINO=(orgao.unidade, orgao.estrutura),
        MOTIVO=motivo,
    )


def cancel(sei: SeiBuilder, processo: Processo, when: datetime | None = None) -> None:
    """Cancelled by who sent it; the module writes the person's plain name."""
    _take_back(sei, processo, when)
    sei.andamento(
        processo,
        "PEN_PROCESSO_CANCELADO",
        DATA_HORA=f"{processo.clock:%d/%m/%Y %H:%M:%S}",
        USUARIO="Beatriz Nogueira Lopes",
    )


def abort(sei: SeiBuilder, processo: Processo, when: datetime | None = None) -> None:
    """It failed before leaving."""
    _take_back(sei, processo, when)
    sei.andamento(processo, "PEN_EXPEDICAO_PROCESSO_ABORTADA")


def arrive(
    sei: SeiBuilder, processo: Processo, orgao: OtherOrgao, when: datetime | None = None
) -> None:
    """Arrived from outside: a new processo with a foreign number, or one that came back."""
    _state(sei, processo, EstadoProtocolo.NORMAL)
    sei.andamento(
        processo,
        "PEN_PROCESSO_RECEBIDO",
        when=when,
        ENTIDADE_ORIGEM=(orgao.unidade, orgao.estrutura),
        ENTIDADE_ORIGEM_HIRARQUIA=orgao.hierarquia,
        REPOSITORIO_ORIGEM=(orgao.repositorio, 5),
    )


def arrive_document(
    sei: SeiBuilder, documento: Documento, orgao: OtherOrgao, when: datetime | None = None
) -> None:
    """A lone document arrived; SEI made a processo of its own number for it."""
    processo = documento.processo
    sei.andamento(
        processo,
        "PEN_DOCUMENTO_AVULSO_RECEBIDO",
        when=when,
        ENTIDADE_ORIGEM=(orgao.unidade, orgao.estrutura),
        REPOSITORIO_ORIGEM=(orgao.repositorio, 5),
        PROCESSO=processo,
        UNIDADE_DESTINO=sei.unidade(processo.unidade).descricao,
        USUARIO="Beatriz Nogueira Lopes",
    )


def repeat(sei: SeiBuilder, processo: Processo) -> None:
    """The last trâmite was sent again, by the module from 4.0.2 on."""
    for step in ("EXPEDIDO", "RECEBIDO", "FINALIZADO"):
        sei.andamento(processo, f"PEN_REPRODUCAO_ULTIMO_TRAMITE_{step}")


def _destination(
    sei: SeiBuilder,
    processo: Processo,
    tarefa: str,
    orgao: OtherOrgao,
    when: datetime | None,
    **first: Any,
) -> None:
    sei.andamento(
        processo,
        tarefa,
        when=when,
        **first,
        UNIDADE_DESTINO=(orgao.unidade, orgao.estrutura),
        UNIDADE_DESTINO_HIRARQUIA=orgao.hierarquia,
        REPOSITORIO_DESTINO=(orgao.repositorio, 5),
    )


def _take_back(sei: SeiBuilder, processo: Processo, when: datetime | None) -> None:
    """What the module does before it tells that a trâmite failed: unlock, and open again."""
    _state(sei, processo, EstadoProtocolo.NORMAL)
    sei.andamento(processo, 123, when=when)
    sei.reopen(processo, when=processo.clock)


def _state(sei: SeiBuilder, processo: Processo, estado: EstadoProtocolo) -> None:
    sei.target.change(tables.protocolo, processo.row, sta_estado=estado.value)
