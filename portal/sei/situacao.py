"""Where a processo is now, from its state, the units it has been in and its trâmites."""

from collections.abc import Sequence
from datetime import datetime

from portal.sei import tramites
from portal.sei.values import (
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Eliminado,
    EmAndamento,
    EstadoProtocolo,
    Passagem,
    Procedimento,
    Situacao,
    Sobrestado,
    Vizinho,
)

_LOCKED = (EstadoProtocolo.BLOQUEADO, EstadoProtocolo.EM_PROCESSAMENTO)


def situate(
    processo: Procedimento,
    ligado_a: Vizinho | None,
    passagens: Sequence[Passagem],
    espera: datetime | None,
    trips: Sequence[tramites.Trip],
) -> Situacao:
    """Where a processo is whose place may be said; a sending counts while no unit has it open.

    `ligado_a` is the processo it is anexado to or waits for, None when that may not be named;
    `passagens` has the last arrival first; `espera` is when it was last set to wait.
    """
    if processo.eliminado:
        return Eliminado()
    if processo.estado is EstadoProtocolo.ANEXADO:
        return Anexado(ligado_a)
    open_in = tuple(p for p in passagens if p.aberto)
    away = tramites.away(trips)
    locked = processo.estado in _LOCKED
    if away is not None and (locked or not open_in):
        return ComOutroOrgao(away)
    unidade = (open_in or tuple(passagens))[0].unidade if passagens else None
    if processo.estado is EstadoProtocolo.SOBRESTADO:
        return Sobrestado(unidade, espera, ligado_a)
    if locked:
        return Bloqueado(unidade)
    return EmAndamento(open_in) if open_in else _concluded(processo, passagens)


def _concluded(processo: Procedimento, passagens: Sequence[Passagem]) -> Concluido:
    ends = [(p.ultima_conclusao, p.unidade) for p in passagens if p.ultima_conclusao is not None]
    if not ends:
        return Concluido(None, processo.concluido_em)
    moment, unidade = max(ends, key=lambda end: end[0])
    return Concluido(unidade, processo.concluido_em or moment.date())
