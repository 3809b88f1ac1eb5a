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
    Neighbour,
    Procedimento,
    Situacao,
    Sobrestado,
    Stay,
)

_LOCKED = (EstadoProtocolo.BLOQUEADO, EstadoProtocolo.EM_PROCESSAMENTO)


def situate(
    processo: Procedimento,
    tied_to: Neighbour | None,
    stays: Sequence[Stay],
    waiting: datetime | None,
    trips: Sequence[tramites.Trip],
) -> Situacao:
    """Where a processo is whose place may be said; a sending counts while no unit has it open.

    `tied_to` is the processo it is anexado to or waits for, None when that may not be named;
    `stays` has the last arrival first; `waiting` is when it was last set to wait.
    """
    if processo.eliminado:
        return Eliminado()
    if processo.estado is EstadoProtocolo.ANEXADO:
        return Anexado(tied_to)
    open_in = tuple(p for p in stays if p.is_open)
    away = tramites.away(trips)
    locked = processo.estado in _LOCKED
    if away is not None and (locked or not open_in):
        return ComOutroOrgao(away)
    unidade = (open_in or tuple(stays))[0].unidade if stays else None
    if processo.estado is EstadoProtocolo.SOBRESTADO:
        return Sobrestado(unidade, waiting, tied_to)
    if locked:
        return Bloqueado(unidade)
    return EmAndamento(open_in) if open_in else _concluded(processo, stays)


def _concluded(processo: Procedimento, stays: Sequence[Stay]) -> Concluido:
    ends = [(p.last_conclusion, p.unidade) for p in stays if p.last_conclusion is not None]
    if not ends:
        return Concluido(None, processo.concluded_on)
    moment, unidade = max(ends, key=lambda end: end[0])
    return Concluido(unidade, processo.concluded_on or moment.date())
