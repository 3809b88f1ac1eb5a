"""What a search found, in words: the heading, what was searched for, where each processo stands."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from portal.sei.filters import Filters, State
from portal.sei.results import MOST_COUNTED, Choices, Found, Results
from portal.sei.values import EstadoProtocolo
from portal.web.dates import short
from portal.web.sentences import Mark, name_unidade

STATES: Final = {
    State.EM_ANDAMENTO: "Em andamento",
    State.SOBRESTADO: "Parado, esperando (sobrestado)",
    State.CONCLUIDO: "Concluído",
}


class Standing(NamedTuple):
    """Where a processo stands. The page of the processo knows more, and says more."""

    mark: Mark
    word: str
    where: str = ""


def title_results(results: Results, continued: bool) -> str:
    """How many there are, as far as that is known; never a total of what was not looked at."""
    if continued:
        many = len(results.items)
        none = "Nenhum nesta parte da busca" if results.unseen else "Não há mais processos"
        return f"Mais {_processos(many)}" if many else none
    until = " até agora" if results.partial else ""
    if not results.total:
        return f"Nenhum processo encontrado{until}"
    found = "encontrado" if results.total == 1 else "encontrados"
    if results.total > MOST_COUNTED:
        return f"Mais de {_processos(MOST_COUNTED)} {found}{until}"
    return f"{_processos(results.total)} {found}{until}"


def _processos(many: int) -> str:
    number = f"{many:,}".replace(",", ".")
    return f"{number} {'processo' if many == 1 else 'processos'}"


def list_filters(filters: Filters, choices: Choices | None) -> Iterator[tuple[str, str]]:
    """What was searched for: the name of each field and its value, in the order of the form."""
    choices = choices or Choices((), (), ())
    several = choices.several_orgaos
    for tipo in choices.tipos:
        if tipo.id_tipo_procedimento == filters.tipo:
            yield "Assunto", tipo.nome
    if filters.state:
        yield "Situação", STATES[filters.state]
    for label, wanted, unidades in (
        ("Onde está agora", filters.open_in, choices.open_in),
        ("Quem abriu", filters.opened_by, choices.opened_by),
    ):
        yield from ((label, name_unidade(u, several)) for u in unidades if u.id_unidade == wanted)
    if filters.first_day:
        yield "Aberto de", short(filters.first_day)
    if filters.last_day:
        yield "Aberto até", short(filters.last_day)
    if filters.ending:
        yield "Número termina em", filters.ending
    if filters.interessado:
        yield "Quem pediu", filters.interessado


def stand(found: Found, with_orgao: bool) -> Standing:
    """A processo's state and place, as far as its own row and its open units tell."""
    match found.estado:
        case EstadoProtocolo.ANEXADO:
            return Standing(Mark.JOINED, "Juntado a outro processo")
        case EstadoProtocolo.BLOQUEADO | EstadoProtocolo.EM_PROCESSAMENTO:
            return Standing(Mark.LOCKED, "Bloqueado ou com outro órgão")
        case EstadoProtocolo.SOBRESTADO:
            return Standing(Mark.WAITING, "Parado, esperando", _where(found, with_orgao))
        case _ if found.open_in:
            return Standing(Mark.IN_PROGRESS, "Em andamento", _where(found, with_orgao))
        case _:
            return Standing(Mark.CONCLUDED, "Concluído")


def _where(found: Found, with_orgao: bool) -> str:
    if found.open_in is None:
        return ""
    name, others = name_unidade(found.open_in.unidade, with_orgao), found.open_in.others
    if not others:
        return name
    return f"{name} e mais {others} {'unidade' if others == 1 else 'unidades'}"


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "list_filters": list_filters,
    "stand": stand,
    "title_results": title_results,
}
