"""What a citizen reads about a processo: plain Portuguese sentences from what SEI knows.

Pure: the same values and the same instant give the same words. Sentences about a trâmite follow
the vocabulary of the SEI–Tramita module's states; nobody's name and no reason of refusal is in
them. The text is plain (Lei 15.263/2025): direct order, one idea per sentence, the technical word
between parentheses the first time it is needed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Final, assert_never

from portal.portuguese import preposition
from portal.sei.values import (
    Anexado,
    Bloqueado,
    ComOutroOrgao,
    Concluido,
    Eliminado,
    EmAndamento,
    EstadoTramite,
    FormaAutenticacao,
    HipoteseLegal,
    NaoInformada,
    Neighbour,
    Signatario,
    Sobrestado,
    Stay,
    Tracking,
    Tramite,
    Unidade,
)
from portal.web.dates import on, since
from portal.web.restrictions import give_reason


class Mark(StrEnum):
    """The drawing that goes with the word, so that colour is never the only sign."""

    IN_PROGRESS = "andamento"
    CONCLUDED = "fim"
    WAITING = "espera"
    JOINED = "anexado"
    ELSEWHERE = "externo"
    LOCKED = "trancado"
    DISPOSED = "eliminado"


class Term(StrEnum):
    """A state as `/entenda` explains it. The value is its place there."""

    IN_PROGRESS = "em-andamento"
    WAITING = "sobrestado"
    CONCLUDED = "concluido"
    JOINED = "anexado"
    ELSEWHERE = "outro-orgao"
    LOCKED = "bloqueado"
    DISPOSED = "eliminado"
    RESTRITO = "restrito"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to "where is my processo?"."""

    mark: Mark
    word: str
    """The state in one or two words, for the mark."""
    sentence: str
    """One sentence; for the title of a message too."""
    term: Term
    """What the state is called where it is explained."""
    places: tuple[str, ...] = ()
    """When it is in several units at once: where, one phrase each, the latest arrival first."""
    more: tuple[str, ...] = ()
    """Sentences that follow: why, what it means, what the person can do."""
    link: Neighbour | None = None
    """Another processo to go to; it has a `chave`."""


def describe(tracking: Tracking, now: datetime) -> Answer:
    """Where the processo is. `now` is in the tenant's zone."""
    today = now.date()
    situacao = tracking.situacao
    match situacao:
        case EmAndamento(stays):
            return _in_progress(stays, today, tracking)
        case Concluido(unidade, when):
            return _concluded(unidade, when, today, tracking)
        case Sobrestado():
            return _waiting(situacao, today, tracking)
        case Anexado(other):
            return _joined(other)
        case ComOutroOrgao(tramite):
            return _away(tramite, today)
        case Bloqueado(unidade):
            return _locked(unidade, tracking)
        case Eliminado():
            return _disposed()
        case NaoInformada():
            return _restricted(tracking.procedimento.hipotese_legal)
        case _:
            assert_never(situacao)


def describe_signature(signatario: Signatario) -> str:
    """What somebody did to a document and how, without the date."""
    if signatario.autenticacao:
        return "Conferiu com o original"
    match signatario.forma:
        case FormaAutenticacao.SENHA:
            return "Assinou com login e senha"
        case FormaAutenticacao.CERTIFICADO:
            return "Assinou com certificado digital"
        case FormaAutenticacao.MODULO | None:
            return "Assinou"


def name_unidade(unidade: Unidade, with_orgao: bool = False) -> str:
    """The unit in full, with its órgão's sigla when several órgãos share the SEI."""
    return f"{unidade.nome} ({unidade.orgao})" if with_orgao and unidade.orgao else unidade.nome


def _place(unidade: Unidade | None, tracking: Tracking) -> str:
    return "" if unidade is None else " " + preposition("em", name_of(unidade, tracking))


def _in_progress(stays: tuple[Stay, ...], today: date, tracking: Tracking) -> Answer:
    origin = _origin(tracking.came_from, today)
    places = tuple(
        f"{preposition('em', name_of(stay.unidade, tracking))} {since(stay.since.date(), today)}"
        for stay in stays
    )
    if len(places) == 1:
        return Answer(
            Mark.IN_PROGRESS,
            "Em andamento",
            f"Em análise {places[0]}.",
            Term.IN_PROGRESS,
            more=origin,
        )
    return Answer(
        Mark.IN_PROGRESS,
        "Em andamento",
        f"Em análise em {len(places)} unidades ao mesmo tempo.",
        Term.IN_PROGRESS,
        places=places,
        more=origin,
    )


def _concluded(
    unidade: Unidade | None, when: date | None, today: date, tracking: Tracking
) -> Answer:
    day = "" if when is None else " " + on(when, today)
    return Answer(
        Mark.CONCLUDED,
        "Concluído",
        f"Concluído{_place(unidade, tracking)}{day}.",
        Term.CONCLUDED,
        more=(
            "Nenhuma unidade está trabalhando nele agora. Ele pode ser reaberto.",
            *_origin(tracking.came_from, today),
        ),
    )


def _waiting(situacao: Sobrestado, today: date, tracking: Tracking) -> Answer:
    other = situacao.waits_for
    if other is None:
        reason = "Ele espera outra providência (sobrestado) e volta a andar depois dela."
    elif other.chave is None:
        reason = f"Ele espera o processo {other.formatado} (sobrestado)."
    else:
        reason = "Ele espera outro processo (sobrestado) e volta a andar depois dele."
    start = "" if situacao.since is None else " " + since(situacao.since.date(), today)
    return Answer(
        Mark.WAITING,
        "Parado, esperando",
        f"Parado{_place(situacao.unidade, tracking)}{start}.",
        Term.WAITING,
        more=(reason, *_origin(tracking.came_from, today)),
        link=_reachable(other),
    )


def _origin(came_from: Tramite | None, today: date) -> tuple[str, ...]:
    if came_from is None:
        return ()
    day = "" if came_from.decided_at is None else " " + on(came_from.decided_at.date(), today)
    return (f"Recebido de outro órgão{day}: {came_from.orgao}.",)


def _joined(other: Neighbour | None) -> Answer:
    if other is None:
        then = "O outro processo não pode ser mostrado aqui."
    elif other.chave is None:
        then = f"O outro é o processo {other.formatado}."
    else:
        then = "É pelo outro processo que se acompanha o pedido."
    return Answer(
        Mark.JOINED,
        "Anexado",
        "Juntado a outro processo, e continua nele.",
        Term.JOINED,
        more=(then,),
        link=_reachable(other),
    )


def _away(tramite: Tramite, today: date) -> Answer:
    orgao = tramite.orgao or "outro órgão"
    sent, decided = tramite.sent_at, tramite.decided_at
    start = "" if sent is None else " " + since(sent.date(), today)
    day = "" if decided is None else " " + on(decided.date(), today)
    match tramite.estado:
        case EstadoTramite.EM_TRANSITO:
            word = "A caminho de outro órgão"
            sentence = f"A caminho {preposition('de', orgao)}{start}."
            then = "Falta esse órgão confirmar que recebeu. Você não precisa fazer nada."
        case EstadoTramite.EM_VERIFICACAO:
            word = "Envio sem confirmação"
            day = "" if sent is None else " " + on(sent.date(), today)
            sentence = f"Enviado {preposition('para', orgao)}{day}."
            then = "Falta a confirmação, que está demorando. Consulte de novo em alguns dias."
        case EstadoTramite.RECEBIDO_LA:
            word = "Com outro órgão"
            sentence = f"Recebido {preposition('em', orgao)}{day}."
            then = "Agora ele é tratado lá. Para saber do andamento, procure esse órgão."
        case EstadoTramite.RECUSADO:
            word = "Envio devolvido"
            sentence = f"Voltou {preposition('de', orgao)}{day}."
            then = "Isso não quer dizer que o pedido foi negado. Aguarde novo envio."
        case EstadoTramite.CANCELADO | EstadoTramite.NAO_SAIU:
            word = "Envio cancelado"
            sentence = f"O envio {preposition('para', orgao)} foi cancelado{day}."
            then = "O processo continua aqui. Aguarde novo envio."
        case EstadoTramite.RECEBIDO_AQUI:
            word = "Recebido de outro órgão"
            sentence = f"Recebido {preposition('de', orgao)}{day}."
            then = "Agora ele é tratado aqui."
        case _:
            assert_never(tramite.estado)
    return Answer(Mark.ELSEWHERE, word, sentence, Term.ELSEWHERE, more=(then,))


def _locked(unidade: Unidade | None, tracking: Tracking) -> Answer:
    return Answer(
        Mark.LOCKED,
        "Bloqueado",
        f"Bloqueado{_place(unidade, tracking)}.",
        Term.LOCKED,
        more=("Por enquanto, ninguém pode incluir documentos nem enviá-lo.",),
    )


def _disposed() -> Answer:
    return Answer(
        Mark.DISPOSED,
        "Eliminado do arquivo",
        "O prazo de guarda terminou e os documentos foram eliminados, como manda a lei.",
        Term.DISPOSED,
        more=("O número e os dados principais continuam registrados.",),
    )


def _restricted(hipotese: HipoteseLegal | None) -> Answer:
    reason = () if hipotese is None else (give_reason(hipotese),)
    return Answer(
        Mark.LOCKED,
        "Restrito",
        "Este processo é restrito: só quem participa dele pode acompanhar.",
        Term.RESTRITO,
        more=(
            *reason,
            "Se ele é seu, peça para ver no atendimento, com um documento com foto.",
        ),
    )


def _reachable(neighbour: Neighbour | None) -> Neighbour | None:
    return neighbour if neighbour is not None and neighbour.chave is not None else None


def name_of(unidade: Unidade, tracking: Tracking) -> str:
    """The unit's name, with its órgão when that is not the one the processo is of."""
    geradora = tracking.procedimento.unidade_geradora
    abroad = geradora is None or unidade.orgao != geradora.orgao
    return name_unidade(unidade, tracking.several_orgaos and abroad)


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "describe": describe,
    "describe_signature": describe_signature,
    "em": partial(preposition, "em"),
    "name_of": name_of,
    "name_unidade": name_unidade,
    "por": partial(preposition, "por"),
}
"""What `create_app` adds to the Jinja environment."""
