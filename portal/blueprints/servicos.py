"""The Carta de Serviços: what can be asked for, and what each service takes."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from portal.db import db
from portal.errors import NotFound
from portal.servicos.service import get_servico, list_servicos
from portal.web.access import public
from portal.web.fragments import ANSWER, page
from portal.web.limits import drawing, limited
from portal.web.tenant import current_tenant

bp = Blueprint("servicos", __name__)

LONGEST = 100
"""Characters of a search."""


@bp.get("/servicos")
@public
@limited(drawing)
def lista() -> ResponseReturnValue:
    """All of them, or those that answer a search; nothing at all where none is offered."""
    busca = " ".join(request.args.get("busca", "").split())[:LONGEST]
    found = list_servicos(db.session(), current_tenant().slug, busca)
    if not found and not busca:
        raise NotFound("no service is offered")
    return page(
        "servicos/lista.html",
        fragment="achados" if "busca" in request.args else ANSWER,
        found=found,
        busca=busca,
    )


@bp.get("/servicos/<slug>")
@public
@limited(drawing)
def servico(slug: str) -> ResponseReturnValue:
    tenant = current_tenant()
    published = get_servico(db.session(), tenant.slug, slug)
    return page(
        "servicos/servico.html",
        published=published,
        servico=published.servico,
        address=f"{tenant.endereco}/servicos/{slug}",
    )
