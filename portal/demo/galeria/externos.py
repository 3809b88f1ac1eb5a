"""Trâmites to and from other bodies, each state in a processo."""

from datetime import datetime, timedelta

from portal.demo import tramites
from portal.demo.calendario import morning
from portal.demo.cena import Cena
from portal.demo.tramites import AGUAS, ESTRADAS, PROMOTORIA


def tramita(c: Cena) -> None:
    """Sent three days ago: nobody there has received it yet."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, ESTRADAS, _ago(c, 3))


def em_verificacao(c: Cena) -> None:
    """Sent more than eight days ago: Tramita has cancelled by itself and SEI was not told."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, AGUAS, _ago(c, 12))


def recebido_la(c: Cena) -> None:
    """Received there, where it goes on."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, ESTRADAS)
    c.wait(1, 2)
    tramites.deliver(c.sei, c.processo, ESTRADAS)


def recusado(c: Cena) -> None:
    """Refused: the reason is technical and names a file and a person."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, AGUAS)
    c.wait(1, 2)
    motivo = "Componente digital 2 (planta.dwg) em formato não aceito. Contato: Rui, ramal 2207."
    tramites.refuse(c.sei, c.processo, AGUAS, motivo)


def cancelado(c: Cena) -> None:
    """Cancelled by the prefeitura."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, PROMOTORIA)
    c.wait(1, 2)
    tramites.cancel(c.sei, c.processo)


def nao_saiu(c: Cena) -> None:
    """Aborted: it never left."""
    _prepare(c)
    tramites.send_out(c.sei, c.processo, ESTRADAS)
    tramites.abort(c.sei, c.processo)


def chegou(c: Cena) -> None:
    """Arrived from outside, with its foreign number."""
    tramites.arrive(c.sei, c.processo, PROMOTORIA)
    c.receive("Ofício", "Requisita informações sobre a coleta de lixo.", conferencia=None)
    c.wait(1, 2)
    c.send("GABINETE")
    c.wait(1, 3)
    c.send("SEOBRAS")


def chegou_federal(c: Cena) -> None:
    """Arrived from a federal body: a number of another family."""
    tramites.arrive(c.sei, c.processo, AGUAS)
    c.wait(1, 2)
    c.send("SEMMA")


def avulso(c: Cena) -> None:
    """A lone document arrived: the processo is ours, the document is theirs."""
    documento = c.receive("Ofício", "Convida para audiência pública.", conferencia=None)
    tramites.arrive_document(c.sei, documento, PROMOTORIA)
    c.wait(1, 2)
    c.send("GABINETE")


def reenviado(c: Cena) -> None:
    """Sent, refused, sent again and received."""
    recusado(c)
    c.wait(1, 3)
    c.note("Arquivo convertido para PDF; o processo será enviado de novo.")
    tramites.send_out(c.sei, c.processo, AGUAS)
    c.wait(1, 3)
    tramites.deliver(c.sei, c.processo, AGUAS)


def voltou(c: Cena) -> None:
    """Sent, received there, and returned to us."""
    recebido_la(c)
    c.wait(8, 15)
    tramites.arrive(c.sei, c.processo, ESTRADAS)
    c.wait(1, 2)
    c.note("Parecer da regional juntado; a análise continua.")


def repetido(c: Cena) -> None:
    """The last trâmite was sent again by the module."""
    recebido_la(c)
    tramites.repeat(c.sei, c.processo)


def tramite_restrito(c: Cena) -> None:
    """With another body, and restrito: where it is must not be said."""
    recebido_la(c)


def _ago(c: Cena, days: int) -> datetime:
    return morning(c.rng, c.sei.agora.date() - timedelta(days=days))


def _prepare(c: Cena) -> None:
    c.receive("Requerimento", f"{c.nome} pede acesso à rodovia, {c.endereco}.")
    c.wait(1, 2)
    c.send("SEOBRAS")
    c.wait(1, 2)
    c.write("Ofício", "Encaminhe-se ao órgão competente, por via eletrônica.")
    c.wait(0, 1)
