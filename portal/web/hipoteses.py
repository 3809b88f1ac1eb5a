"""What a hipótese legal means, in a sentence for whoever meets its name on a processo's page."""

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple


class Hipotese(NamedTuple):
    """One of the reasons that come with SEI; a site's own are not among them."""

    id: str
    """Its place in `/entenda`."""
    nome: str
    base: str
    """Article and law, as SEI writes them."""
    frase: str


@cache
def list_hipoteses() -> tuple[Hipotese, ...]:
    """All that are explained, by name."""
    text = resources.files("portal.web").joinpath("hipoteses.toml").read_text("utf-8")
    found = (Hipotese(key, **entry) for key, entry in tomllib.loads(text).items())
    return tuple(sorted(found, key=lambda hipotese: _plain(hipotese.nome)))


def anchor_of(nome: str) -> str:
    """Where `/entenda` explains the one that SEI shows by this name, in whatever case and with or
    without accents; the head of the list for one of the site's own."""
    return _anchors().get(_plain(nome), "hipoteses")


@cache
def _anchors() -> dict[str, str]:
    return {_plain(hipotese.nome): hipotese.id for hipotese in list_hipoteses()}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


FILTERS: Final[Mapping[str, Callable[..., object]]] = {"hipotese_anchor": anchor_of}
"""What `create_app` adds to the Jinja environment."""
