"""Trâmites by Tramita GOV.BR, paired from the andamentos that its module writes in SEI.

Atividades carry no number of the trâmite, so they are paired by time: after a sending, the first
of received, refused, cancelled or aborted decides it (pengovbr/mod-sei-pen). The state itself
lives at Tramita; what SEI's database tells is what is said here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.sei.texto import public
from portal.sei.values import Andamento, EstadoTramite, Tramite

EXPEDIDO = "PEN_PROCESSO_EXPEDIDO"
RECEBIDO = "PEN_PROCESSO_RECEBIDO"
DESFECHOS: Mapping[str, EstadoTramite] = {
    "PEN_OPERACAO_EXTERNA": EstadoTramite.RECEBIDO_LA,
    "PEN_PROCESSO_RECUSADO": EstadoTramite.RECUSADO,
    "PEN_PROCESSO_CANCELADO": EstadoTramite.CANCELADO,
    "PEN_EXPEDICAO_PROCESSO_ABORTADA": EstadoTramite.NAO_SAIU,
}
MODULOS = frozenset({EXPEDIDO, RECEBIDO, *DESFECHOS})
"""The `id_tarefa_modulo`s that make a trâmite."""

PRAZO_DO_TRAMITA = timedelta(days=8)
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


def pair(andamentos: Iterable[Andamento], agora: datetime) -> tuple[Trip, ...]:
    """The trâmites these andamentos tell of, in the order they began; `agora` is aware.

    An outcome without a sending before it (the list was cut) stands alone. A receipt may be
    collected when the processo is already back: it still is of the sending before it.
    """
    trips: list[Trip] = []
    enviado: Andamento | None = None
    voltou = False
    for andamento in sorted(andamentos, key=lambda a: (a.momento, a.id_atividade)):
        modulo = andamento.tarefa.id_tarefa_modulo or ""
        if modulo == RECEBIDO:
            trips.append(_arrival(andamento))
            voltou = True
        elif modulo in DESFECHOS:
            trips.append(_decided(enviado, andamento, DESFECHOS[modulo]))
            enviado = None
        elif modulo == EXPEDIDO:
            if enviado is not None:
                trips.append(_unanswered(enviado, voltou, agora))
            enviado, voltou = andamento, False
    if enviado is not None:
        trips.append(_unanswered(enviado, voltou, agora))
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


def _unanswered(enviado: Andamento, voltou: bool, agora: datetime) -> Trip:
    if voltou:  # what came back had arrived
        estado = EstadoTramite.RECEBIDO_LA
    elif agora - enviado.momento > PRAZO_DO_TRAMITA:
        estado = EstadoTramite.EM_VERIFICACAO
    else:
        estado = EstadoTramite.EM_TRANSITO
    tramite = Tramite(estado, _body(enviado, _DESTINO), enviado.momento, None)
    return Trip(tramite, enviado.id_atividade, None)


def _arrival(recebido: Andamento) -> Trip:
    tramite = Tramite(EstadoTramite.RECEBIDO_AQUI, _body(recebido, _ORIGEM), None, recebido.momento)
    return Trip(tramite, recebido.id_atividade, None)


def _decided(enviado: Andamento | None, desfecho: Andamento, estado: EstadoTramite) -> Trip:
    orgao = _body(desfecho, _DESTINO) or (_body(enviado, _DESTINO) if enviado else "")
    tramite = Tramite(estado, orgao, None if enviado is None else enviado.momento, desfecho.momento)
    return Trip(tramite, desfecho.id_atividade, enviado.id_atividade if enviado else None)


def _body(andamento: Andamento, nomes: tuple[str, ...]) -> str:
    """The other body: unit, then repositório. Its hierarchy only repeats what lies between."""
    valores = {a.nome: public(a.valor or "") for a in andamento.atributos}
    return ", ".join(dict.fromkeys(valores[n] for n in nomes if valores.get(n)))
