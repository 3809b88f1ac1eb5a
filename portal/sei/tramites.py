"""Trâmites by Tramita GOV.BR, paired from the andamentos that its module writes in SEI.

Atividades carry no number of the trâmite, so they are paired by time: after a sending, the first
of received, refused, cancelled or aborted decides it (pengovbr/mod-sei-pen). The state itself
lives at Tramita; what SEI's database tells is what is said here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.sei.text import mask
from portal.sei.values import Andamento, EstadoTramite, Tramite

EXPEDIDO = "PEN_PROCESSO_EXPEDIDO"
RECEBIDO = "PEN_PROCESSO_RECEBIDO"
OUTCOMES: Mapping[str, EstadoTramite] = {
    "PEN_OPERACAO_EXTERNA": EstadoTramite.RECEBIDO_LA,
    "PEN_PROCESSO_RECUSADO": EstadoTramite.RECUSADO,
    "PEN_PROCESSO_CANCELADO": EstadoTramite.CANCELADO,
    "PEN_EXPEDICAO_PROCESSO_ABORTADA": EstadoTramite.NAO_SAIU,
}
MODULOS = frozenset({EXPEDIDO, RECEBIDO, *OUTCOMES})
"""The `id_tarefa_modulo`s that make a trâmite."""

TRAMITA_PATIENCE = timedelta(days=8)
"""After it Tramita cancels by itself, and leaves no trace in SEI."""

_DESTINO = ("UNIDADE_DESTINO", "REPOSITORIO_DESTINO")
_ORIGEM = ("ENTIDADE_ORIGEM", "REPOSITORIO_ORIGEM")


@dataclass(frozen=True, slots=True)
class Trip:
    """A trâmite and the andamentos that tell of it."""

    tramite: Tramite
    id_atividade: int
    """The andamento that stands for it in the timeline: the last that is known."""
    absorbed: int | None
    """The sending, when its outcome stands for both."""


def pair(andamentos: Iterable[Andamento], now: datetime) -> tuple[Trip, ...]:
    """The trâmites these andamentos tell of, in the order they began; `now` is aware.

    An outcome without a sending before it (the list was cut) stands alone. A receipt may be
    collected when the processo is already back: it still is of the sending before it.
    """
    trips: list[Trip] = []
    sent: Andamento | None = None
    came_back = False
    for andamento in sorted(andamentos, key=lambda a: (a.moment, a.id_atividade)):
        modulo = andamento.tarefa.id_tarefa_modulo or ""
        if modulo == RECEBIDO:
            trips.append(_arrival(andamento))
            came_back = True
        elif modulo in OUTCOMES:
            trips.append(_decided(sent, andamento, OUTCOMES[modulo]))
            sent = None
        elif modulo == EXPEDIDO:
            if sent is not None:
                trips.append(_unanswered(sent, came_back, now))
            sent, came_back = andamento, False
    if sent is not None:
        trips.append(_unanswered(sent, came_back, now))
    return tuple(sorted(trips, key=_start))


def away(trips: Sequence[Trip]) -> Tramite | None:
    """The trâmite by which the processo is elsewhere now, on its way or there; None at home."""
    elsewhere = (
        EstadoTramite.EM_TRANSITO,
        EstadoTramite.EM_VERIFICACAO,
        EstadoTramite.RECEBIDO_LA,
    )
    last = trips[-1].tramite if trips else None
    return last if last is not None and last.estado in elsewhere else None


def origin(trips: Iterable[Trip]) -> Tramite | None:
    """The last arrival from another body, None when there was none."""
    arrivals = [v.tramite for v in trips if v.tramite.estado is EstadoTramite.RECEBIDO_AQUI]
    return arrivals[-1] if arrivals else None


def _start(trip: Trip) -> int:
    # Ids grow with time, and every trip has its first andamento's.
    return trip.absorbed or trip.id_atividade


def _unanswered(sent: Andamento, came_back: bool, now: datetime) -> Trip:
    if came_back:  # what came back had arrived
        estado = EstadoTramite.RECEBIDO_LA
    elif now - sent.moment > TRAMITA_PATIENCE:
        estado = EstadoTramite.EM_VERIFICACAO
    else:
        estado = EstadoTramite.EM_TRANSITO
    tramite = Tramite(estado, _body(sent, _DESTINO), sent.moment, None)
    return Trip(tramite, sent.id_atividade, None)


def _arrival(received: Andamento) -> Trip:
    tramite = Tramite(EstadoTramite.RECEBIDO_AQUI, _body(received, _ORIGEM), None, received.moment)
    return Trip(tramite, received.id_atividade, None)


def _decided(sent: Andamento | None, outcome: Andamento, estado: EstadoTramite) -> Trip:
    orgao = _body(outcome, _DESTINO) or (_body(sent, _DESTINO) if sent else "")
    tramite = Tramite(estado, orgao, None if sent is None else sent.moment, outcome.moment)
    return Trip(tramite, outcome.id_atividade, sent.id_atividade if sent else None)


def _body(andamento: Andamento, nomes: tuple[str, ...]) -> str:
    """The other body: unit, then repositório. Its hierarchy only repeats what lies between."""
    valores = {a.nome: mask(a.valor or "") for a in andamento.atributos}
    return ", ".join(dict.fromkeys(valores[n] for n in nomes if valores.get(n)))
