"""What the papers, and the pages that show the same, say of a submission."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from portal.cpf import mask_cpf
from portal.protocolo.values import Content, SubmissionView
from portal.representation import show_document

BRASILIA = ZoneInfo("America/Sao_Paulo")
"""A petition is judged by it, wherever the município and its SEI are."""

Pair = tuple[str, str]
"""A name and what it has."""


def tell_instant(moment: datetime) -> str:
    """To the second, since one second may decide."""
    return f"{moment.astimezone(BRASILIA):%d/%m/%Y, às %H:%M:%S} (horário de Brasília)"


def tell_people(content: Content) -> Iterator[Pair]:
    """Who asks, and for whom."""
    yield "Nome", content.applicant.nome
    yield "CPF", mask_cpf(content.applicant.cpf)
    if other := content.represented:
        yield "Em nome de", f"{other.nome} ({show_document(other.document)})"


def tell_arrival(submission: SubmissionView) -> Iterator[Pair]:
    """The two instants: when the portal received it, which is the act, and what SEI made of it."""
    yield "Número no portal", submission.numero
    yield "Recebido pelo portal", tell_instant(submission.received_at)
    yield "Processo no SEI", submission.processo or "ainda não tem número"
    what = "Incluído no SEI" if submission.content.intercorrente else "Autuado no SEI"
    yield what, tell_instant(submission.autuado_at) if submission.autuado_at else "ainda não"
