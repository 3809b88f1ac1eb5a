"""Trâmites by Tramita GOV.BR, as its module writes them in SEI: andamentos, locks and unlocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.demo.builder import SeiBuilder
from portal.demo.protocolos import Documento, Processo
from portal.sei import tables
from portal.sei.values import EstadoProtocolo


@dataclass(frozen=True, slots=True)
class OutroOrgao:
    """A body of another SEI, as Tramita names it."""

    unidade: str
    hierarquia: str
    repositorio: str
    estrutura: int
    """Number of its estrutura at Tramita."""
    codigo: str = "2990"
    """What its processos' numbers start with."""


ESTRADAS = OutroOrgao(
    "Décima Segunda Regional de Estradas",
    "Diretoria de Regionais / Departamento Estadual de Estradas",
    "Órgãos do Estado",
    81234,
)
AGUAS = OutroOrgao(
    "Núcleo de Outorgas da Bacia do Ribeirão Claro",
    "Instituto Estadual das Águas",
    "Órgãos do Estado",
    81977,
    "2980",
)
PROMOTORIA = OutroOrgao(
    "Segunda Promotoria da Comarca de Vale das Acácias",
    "Promotorias do Interior / Procuradoria-Geral",
    "Justiça e Controle",
    93015,
    "2970",
)


def send_out(
    sei: SeiBuilder, processo: Processo, orgao: OutroOrgao, quando: datetime | None = None
) -> None:
    """Sent and waiting: closed here, and locked until the other side answers."""
    _state(sei, processo, EstadoProtocolo.BLOQUEADO)
    _destination(sei, processo, "PEN_PROCESSO_EXPEDIDO", orgao, quando)
    for unidade in list(processo.abertas):
        sei.andamento(processo, 41, unidade=unidade, quando=processo.relogio)


def deliver(
    sei: SeiBuilder, processo: Processo, orgao: OutroOrgao, quando: datetime | None = None
) -> None:
    """Received there: it goes on being locked here."""
    number = (processo.numero, processo.id)
    _destination(sei, processo, "PEN_OPERACAO_EXTERNA", orgao, quando, PROTOCOLO_FORMATADO=number)


def refuse(
    sei: SeiBuilder,
    processo: Processo,
    orgao: OutroOrgao,
    motivo: str | None = "Espécie documental não mapeada.",
    quando: datetime | None = None,
) -> None:
    """Refused there: unlocked and open again where it was sent from."""
    _take_back(sei, processo, quando)
    sei.andamento(
        processo,
        "PEN_PROCESSO_RECUSADO",
        UNIDADE_DESTINO=(orgao.unidade, orgao.estrutura),
        MOTIVO=motivo,
    )


def cancel(sei: SeiBuilder, processo: Processo, quando: datetime | None = None) -> None:
    """Cancelled by who sent it; the module writes the person's plain name."""
    _take_back(sei, processo, quando)
    sei.andamento(
        processo,
        "PEN_PROCESSO_CANCELADO",
        DATA_HORA=f"{processo.relogio:%d/%m/%Y %H:%M:%S}",
        USUARIO="Beatriz Nogueira Lopes",
    )


def abort(sei: SeiBuilder, processo: Processo, quando: datetime | None = None) -> None:
    """It failed before leaving."""
    _take_back(sei, processo, quando)
    sei.andamento(processo, "PEN_EXPEDICAO_PROCESSO_ABORTADA")


def arrive(
    sei: SeiBuilder, processo: Processo, orgao: OutroOrgao, quando: datetime | None = None
) -> None:
    """Arrived from outside: a new processo with a foreign number, or one that came back."""
    _state(sei, processo, EstadoProtocolo.NORMAL)
    sei.andamento(
        processo,
        "PEN_PROCESSO_RECEBIDO",
        quando=quando,
        ENTIDADE_ORIGEM=(orgao.unidade, orgao.estrutura),
        ENTIDADE_ORIGEM_HIRARQUIA=orgao.hierarquia,
        REPOSITORIO_ORIGEM=(orgao.repositorio, 5),
    )


def arrive_document(
    sei: SeiBuilder, documento: Documento, orgao: OutroOrgao, quando: datetime | None = None
) -> None:
    """A lone document arrived; SEI made a processo of its own number for it."""
    processo = documento.processo
    sei.andamento(
        processo,
        "PEN_DOCUMENTO_AVULSO_RECEBIDO",
        quando=quando,
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
    orgao: OutroOrgao,
    quando: datetime | None,
    **first: Any,
) -> None:
    sei.andamento(
        processo,
        tarefa,
        quando=quando,
        **first,
        UNIDADE_DESTINO=(orgao.unidade, orgao.estrutura),
        UNIDADE_DESTINO_HIRARQUIA=orgao.hierarquia,
        REPOSITORIO_DESTINO=(orgao.repositorio, 5),
    )


def _take_back(sei: SeiBuilder, processo: Processo, quando: datetime | None) -> None:
    """What the module does before it tells that a trâmite failed: unlock, and open again."""
    _state(sei, processo, EstadoProtocolo.NORMAL)
    sei.andamento(processo, 123, quando=quando)
    sei.reopen(processo, quando=processo.relogio)


def _state(sei: SeiBuilder, processo: Processo, estado: EstadoProtocolo) -> None:
    sei.target.change(tables.protocolo, processo.row, sta_estado=estado.value)
