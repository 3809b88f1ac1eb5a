"""The Carta de Serviços in words, and whether a tenant has one, which every page's menu asks."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Final, cast

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from portal.db import db
from portal.govbr.values import Nivel
from portal.servicos.service import has_servicos
from portal.servicos.values import DocumentoPedido, Published
from portal.web.log import describe, logger
from portal.web.tenant import find_tenant, local_now

KEPT = 60.0
"""Seconds for which each process believes what it was told."""

NIVEIS: Final = {
    Nivel.BRONZE: "Qualquer uma serve: bronze, prata ou ouro",
    Nivel.PRATA: "Prata ou ouro",
    Nivel.OURO: "Ouro",
}


def init_app(app: Flask) -> None:
    app.extensions["carta"] = {}


def has_carta() -> bool:
    """Whether the tenant offers services; False where nobody's host is asked, and while our
    database does not answer: a page about something else is no place to say so."""
    tenant = find_tenant()
    if tenant is None:
        return False
    known = cast("dict[str, tuple[float, bool]]", current_app.extensions["carta"])
    now = local_now().timestamp()
    until, answer = known.get(tenant.slug, (0.0, False))
    if now >= until:
        answer = _ask(tenant.slug)
        known[tenant.slug] = (now + KEPT, answer)
    return answer


def _ask(slug: str) -> bool:
    # A session of its own: this is asked while a page of whatever state is being made.
    try:
        with db.engine.connect() as connection:
            return has_servicos(connection, slug)
    except SQLAlchemyError as error:
        logger.warning("carta_unknown", **describe(error))
        return False


def group_by_tema(found: Iterable[Published]) -> list[tuple[str, list[Published]]]:
    """Services that come in the order of their temas."""
    return [(tema, list(them)) for tema, them in groupby(found, lambda p: p.servico.tema)]


def title_found(found: tuple[Published, ...], busca: str) -> str:
    many = len(found)
    number = {0: "Nenhum serviço", 1: "1 serviço"}.get(many, f"{many} serviços")
    return f"{number} com “{busca}”" if busca else number


def paragraphs(text: str) -> list[str]:
    """What an empty line parts; breaks within one are as in the file, which wraps as it likes."""
    return [" ".join(part.split()) for part in text.split("\n\n")]


def explain_nivel(nivel: Nivel) -> str:
    """Which accounts of gov.br are good enough."""
    return NIVEIS[nivel]


def explain_files(documento: DocumentoPedido) -> str:
    """How the document may be handed over."""
    kind = "Pode ser foto ou PDF" if documento.fotos else "Precisa ser PDF"
    return f"{kind}, um arquivo ou mais." if documento.muitos else f"{kind}."


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "explain_files": explain_files,
    "explain_nivel": explain_nivel,
    "group_by_tema": group_by_tema,
    "paragraphs": paragraphs,
    "title_found": title_found,
}
