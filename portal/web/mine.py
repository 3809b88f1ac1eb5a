"""A person's processos: what their address asks for, and why each is theirs, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from portal.sei.filters import Place, State
from portal.sei.mine import Wanted
from portal.sei.results import Because, Entry, Mine, Reason
from portal.web.dates import short
from portal.web.filters import CURSOR
from portal.web.results import STATES

E = TypeVar("E", bound=StrEnum)

REASONS: Final = {
    Reason.INTERESSADO: "Você pediu ou é parte (interessado)",
    Reason.REMETENTE: "Você enviou um documento (remetente)",
    Reason.DESTINATARIO: "Um documento é para você (destinatário)",
    Reason.ACESSO_EXTERNO: "O órgão abriu para você (acesso externo)",
}


OF_ANOTHER: Final = {
    Reason.INTERESSADO: "Pediu ou é parte (interessado)",
    Reason.REMETENTE: "Enviou um documento (remetente)",
    Reason.DESTINATARIO: "Recebe um documento (destinatário)",
}
"""Of whom somebody acts for; no acesso externo of theirs is listed."""

WHOSE: Final = "de"
"""What tells in an address whose list is being read on; not there when it is the person's own."""


def read_wanted(arguments: Mapping[str, str]) -> Wanted:
    """What to narrow the list to; what is no choice asks for nothing."""
    return Wanted(
        state=_member(State, arguments.get("situacao")),
        reason=_member(Reason, arguments.get("motivo")),
    )


def _member(kind: type[E], text: str | None) -> E | None:
    return kind(text) if text in set(kind) else None


def address_of(wanted: Wanted, after: Place | None = None, whose: str = "") -> str:
    """Of the list, or of what is below a place of somebody's."""
    said = {
        "situacao": wanted.state or "",
        "motivo": wanted.reason or "",
        CURSOR: str(after or ""),
        WHOSE: whose,
    }
    words = urlencode({name: value for name, value in said.items() if value})
    return f"/meus-processos?{words}" if words else "/meus-processos"


def list_choices(
    wanted: Wanted, represented: bool
) -> Iterator[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Each field of the form: its name, its label, and its values with their words."""
    states = [(state.value, words, state is wanted.state) for state, words in STATES.items()]
    yield "situacao", "Situação", [("", "Qualquer situação", False), *states]
    said = (OF_ANOTHER if represented else REASONS).items()
    reasons = [(reason.value, words, reason is wanted.reason) for reason, words in said]
    label = "Por que está aqui" if represented else "Por que é seu"
    yield "motivo", label, [("", "Qualquer motivo", False), *reasons]


def title_mine(mine: Mine) -> str:
    if not mine.total:
        return "Nenhum processo"
    return "1 processo" if mine.total == 1 else f"{mine.total} processos"


def reason(because: Because, represented: bool = False) -> str:
    """Why a processo is listed. Of an acesso externo, how much it opens and until when."""
    if represented:
        return OF_ANOTHER[because.reason]
    if because.reason is not Reason.ACESSO_EXTERNO:
        return REASONS[because.reason]
    what = "O órgão abriu para você" if because.integral else "O órgão abriu documentos para você"
    return f"{what} até {short(because.until)}" if because.until else what


def count_news(mine: Mine, since: datetime | None) -> str:
    """What to say of the page's entries in which something happened since; empty when in none."""
    many = sum(is_news(entry, since) for entry in mine.entries)
    if not many:
        return ""
    return "Há novidade em 1 processo" if many == 1 else f"Há novidades em {many} processos"


def is_news(entry: Entry, since: datetime | None) -> bool:
    """Whether something happened after the person was here last; never at the first time."""
    return entry.moved is not None and since is not None and entry.moved > since


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "count_news": count_news,
    "is_news": is_news,
    "reason": reason,
    "title_mine": title_mine,
}
