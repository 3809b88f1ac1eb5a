"""The search form: what its address says, read into filters or into what to correct."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from portal.errors import Unavailable
from portal.sei.filters import FIRST_DAY, LAST_DAY, Filters, Place, State
from portal.sei.person_names import LEAST_LETTERS, LEAST_WORDS, may_search, read_words
from portal.sei.results import Choices, Results, TooMany
from portal.sei.search import list_choices, search_processos
from portal.sei.text import iso_day
from portal.tenancy import Tenant
from portal.web.limits import naming, permit
from portal.web.log import logger

FIELDS = ("tipo", "unidade", "onde", "de", "ate", "situacao", "final")
"""In the order of the form."""
LISTED = ("tipo", "unidade", "onde")
"""Those that a list is chosen from."""
INTERESSADO = "interessado"
"""The last one, where the município lets people be searched for by name."""
CURSOR = "depois"
LEAST_DIGITS, MOST_DIGITS = 4, 25
LONGEST_NAME = 100
ADVICE = {
    TooMany.ENDINGS: ("final", "Muitos processos terminam assim: escreva mais números"),
    TooMany.NAMESAKES: (
        INTERESSADO,
        "Muitos processos têm esse nome: escreva mais do nome ou escolha um período menor",
    ),
}
"""What to correct when a search is refused, and how."""
BRAZILIAN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
SEPARATORS = re.compile(r"[\s./\u2010-\u2015-]+")


@dataclass(slots=True)
class Form:
    """What was typed, and what is wrong with it."""

    values: dict[str, str]
    """By field, every one that the form has; a day as a browser's calendar writes it."""
    errors: dict[str, str] = field(default_factory=dict)
    """By field; one sentence each, without its full stop."""
    filters: Filters = field(default_factory=Filters)
    """What the right fields say."""

    def refuse(self, reason: TooMany) -> None:
        """Say what would let the search be answered."""
        name, advice = ADVICE[reason]
        self.errors[name] = advice

    def address(self, after: Place | None = None, ending: str = "") -> str:
        """Of the results, or of those below a place; `ending` is that of another format."""
        said = {name: value for name, value in self.values.items() if value}
        if after is not None:
            said[CURSOR] = str(after)
        return f"/processos{ending}?{urlencode(said)}" if said else f"/processos{ending}"

    def is_day(self, name: str) -> bool:
        """Whether a calendar can show what is in the field."""
        return not self.values[name] or _read_day(self.values[name]) is not None


class Search(NamedTuple):
    """What an address searches for, and what was found."""

    form: Form
    choices: Choices | None
    """None where SEI needs too long to tell; nothing can be chosen then."""
    results: Results | None
    """None when nothing was searched for, or not as it was written."""
    after: Place | None


def search(
    tenant: Tenant, arguments: Mapping[str, str], *, today: date, by_interessado: bool = False
) -> Search:
    """Raises `Unavailable` when SEI does not answer, or without lists when something was chosen
    from one, and `TooManyRequests` when names are asked for too often. Programs do not search by
    name: nobody shall collect what people asked for."""
    choices = list_choices(tenant)
    if choices is None:
        logger.warning("lists", reason="SEI took too long to tell what may be chosen")
        if any(arguments.get(name) for name in LISTED):
            raise Unavailable("what was chosen is in lists that took too long to read")
    form, after = read_form(arguments, choices, by_interessado), read_place(arguments)
    results = None
    if form.filters and not form.errors:
        if form.filters.interessado:
            permit(naming)
        found = search_processos(tenant, form.filters, after, today=today)
        if isinstance(found, TooMany):
            form.refuse(found)
        else:
            results = found
    return Search(form, choices, results, after)


def read_form(
    arguments: Mapping[str, str], choices: Choices | None, by_interessado: bool = False
) -> Form:
    """The fields of the form that an address has; its other arguments are nobody's."""
    fields = [name for name in FIELDS if choices or name not in LISTED]
    if by_interessado:
        fields.append(INTERESSADO)
    sent = any(name in arguments for name in fields)
    form = Form({name: arguments.get(name, "").strip() for name in fields})
    form.filters = Filters(
        first_day=_day(form, "de"),
        last_day=_day(form, "ate"),
        state=_state(form),
        ending=_ending(form),
        interessado=_interessado(form) if by_interessado else "",
        **(_read_chosen(form, choices) if choices else {}),
    )
    first, last = form.filters.first_day, form.filters.last_day
    if first and last and last < first:
        form.errors["ate"] = "O fim do período vem antes do começo"
    if sent and not form.filters and not form.errors:
        form.errors[fields[0]] = "Preencha pelo menos um campo"
    form.errors = {name: form.errors[name] for name in fields if name in form.errors}
    return form


def _read_chosen(form: Form, choices: Choices) -> dict[str, int | None]:
    tipos = [tipo.id_tipo_procedimento for tipo in choices.tipos]
    opened_by = [unidade.id_unidade for unidade in choices.opened_by]
    open_in = [unidade.id_unidade for unidade in choices.open_in]
    return {
        "tipo": _chosen(form, "tipo", tipos, "Escolha um assunto da lista"),
        "opened_by": _chosen(form, "unidade", opened_by, "Escolha uma unidade da lista"),
        "open_in": _chosen(form, "onde", open_in, "Escolha uma unidade da lista"),
    }


def read_place(arguments: Mapping[str, str]) -> Place | None:
    """Where to go on from. What is not a place counts as none: the list then starts at its top."""
    return Place.parse(arguments.get(CURSOR, ""))


def _chosen(form: Form, name: str, keys: Iterable[int], error: str) -> int | None:
    typed = form.values[name]
    if not typed:
        return None
    for key in keys:
        if typed == str(key):
            return key
    form.errors[name] = error
    return None


def _day(form: Form, name: str) -> date | None:
    typed = form.values[name]
    if not typed:
        return None
    day = _read_day(typed)
    if day is None:
        form.errors[name] = "Escreva o dia, o mês e o ano, como 05/03/2026"
    elif not FIRST_DAY <= day <= LAST_DAY:
        form.errors[name] = f"Escreva um ano entre {FIRST_DAY.year} e {LAST_DAY.year}"
    else:
        form.values[name] = day.isoformat()
        return day
    return None


def _read_day(typed: str) -> date | None:
    """A browser sends `2026-03-05`; one without a calendar sends what people write."""
    brazilian = BRAZILIAN.fullmatch(typed)
    if brazilian:
        typed = "{2}-{1:0>2}-{0:0>2}".format(*brazilian.groups())
    return iso_day(typed)


def _state(form: Form) -> State | None:
    typed = form.values["situacao"]
    if not typed:
        return None
    if typed in set(State):
        return State(typed)
    form.errors["situacao"] = "Escolha uma situação da lista"
    return None


def _ending(form: Form) -> str:
    digits = SEPARATORS.sub("", form.values["final"])
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()):
        form.errors["final"] = "Escreva só os números do fim, sem letras"
    elif len(digits) < LEAST_DIGITS:
        form.errors["final"] = f"Escreva pelo menos os {LEAST_DIGITS} últimos números"
    elif len(digits) > MOST_DIGITS:
        form.errors["final"] = f"Escreva no máximo {MOST_DIGITS} números"
    else:
        return digits
    return ""


def _interessado(form: Form) -> str:
    typed = form.values[INTERESSADO]
    if not typed:
        return ""
    if any(c.isdigit() for c in typed):
        form.errors[INTERESSADO] = "Escreva só o nome: a busca não usa CPF, CNPJ nem outro número"
    elif len(typed) > LONGEST_NAME:
        form.errors[INTERESSADO] = f"Escreva no máximo {LONGEST_NAME} letras"
    elif not may_search(read_words(typed)):
        form.errors[INTERESSADO] = (
            f"Escreva pelo menos {LEAST_WORDS} palavras do nome, com {LEAST_LETTERS} letras ou mais"
        )
    else:
        return " ".join(typed.split())
    return ""
