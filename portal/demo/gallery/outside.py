"""Trâmites to and from other bodies, each state in a processo."""

from datetime import datetime, timedelta

from portal.demo import tramites
from portal.demo.calendar import morning
from portal.demo.scene import Scene
from portal.demo.tramites import AGUAS, ESTRADAS, PROMOTORIA


def in_transit(s: Scene) -> None:
    """Sent three days ago: nobody there has received it yet."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, ESTRADAS, _ago(s, 3))


def overdue(s: Scene) -> None:
    """Sent more than eight days ago: Tramita has cancelled by itself and SEI was not told."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, AGUAS, _ago(s, 12))


def received_there(s: Scene) -> None:
    """Received there, where it goes on."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, ESTRADAS)
    s.wait(1, 2)
    tramites.deliver(s.sei, s.processo, ESTRADAS)


def refused(s: Scene) -> None:
    """Refused: the reason is technical and names a file and a person."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, AGUAS)
    s.wait(1, 2)
    motivo = "Componente digital 2 (planta.dwg) em formato não aceito. Contato: Rui, ramal 2207."
    tramites.refuse(s.sei, s.processo, AGUAS, motivo)


def cancelled(s: Scene) -> None:
    """Cancelled by the prefeitura."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, PROMOTORIA)
    s.wait(1, 2)
    tramites.cancel(s.sei, s.processo)


def never_left(s: Scene) -> None:
    """Aborted: it never left."""
    _prepare(s)
    tramites.send_out(s.sei, s.processo, ESTRADAS)
    tramites.abort(s.sei, s.processo)


def arrived(s: Scene) -> None:
    """Arrived from outside, with its foreign number."""
    tramites.arrive(s.sei, s.processo, PROMOTORIA)
    s.receive("Ofício", "Requisita informações sobre a coleta de lixo.", conferencia=None)
    s.wait(1, 2)
    s.send("GABINETE")
    s.wait(1, 3)
    s.send("SEOBRAS")


def arrived_federal(s: Scene) -> None:
    """Arrived from a federal body: a number of another family."""
    tramites.arrive(s.sei, s.processo, AGUAS)
    s.wait(1, 2)
    s.send("SEMMA")


def lone_document(s: Scene) -> None:
    """A lone document arrived: the processo is ours, the document is theirs."""
    documento = s.receive("Ofício", "Convida para audiência pública.", conferencia=None)
    tramites.arrive_document(s.sei, documento, PROMOTORIA)
    s.wait(1, 2)
    s.send("GABINETE")


def sent_again(s: Scene) -> None:
    """Sent, refused, sent again and received."""
    refused(s)
    s.wait(1, 3)
    s.note("Arquivo convertido para PDF; o processo será enviado de novo.")
    tramites.send_out(s.sei, s.processo, AGUAS)
    s.wait(1, 3)
    tramites.deliver(s.sei, s.processo, AGUAS)


def came_back(s: Scene) -> None:
    """Sent, received there, and returned to us."""
    received_there(s)
    s.wait(8, 15)
    tramites.arrive(s.sei, s.processo, ESTRADAS)
    s.wait(1, 2)
    s.note("Parecer da regional juntado; a análise continua.")


def repeated(s: Scene) -> None:
    """The last trâmite was sent again by the module."""
    received_there(s)
    tramites.repeat(s.sei, s.processo)


def restrito(s: Scene) -> None:
    """With another body, and restrito: where it is must not be said."""
    received_there(s)


def _ago(s: Scene, days: int) -> datetime:
    return morning(s.rng, s.sei.now.date() - timedelta(days=days))


def _prepare(s: Scene) -> None:
    s.receive("Requerimento", f"{s.name} pede acesso à rodovia, {s.address}.")
    s.wait(1, 2)
    s.send("SEOBRAS")
    s.wait(1, 2)
    s.write(
        "Ofício",
        "Senhor(a) Gerente,",
        f"{s.name} pede acesso à rodovia a partir da {s.address}. O trecho é desse órgão.",
        "Encaminhamos o processo por via eletrônica, para análise e manifestação.",
    )
    s.wait(0, 1)
