"""The processos of the person who is signed in."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.sei.mine import list_mine
from portal.sei.peticoes import list_peticionamento
from portal.sei.values import Slow
from portal.web.filters import read_place
from portal.web.fragments import ANSWER, page
from portal.web.limits import limited, search
from portal.web.mine import address_of, list_choices, read_wanted
from portal.web.reader import recognize_reader
from portal.web.signin import get_viewer, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("meus_processos", __name__)


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/meus-processos")
@personal
@limited(search)
def lista() -> ResponseReturnValue:
    """By the CPF that gov.br proved, those in which something happened last first."""
    reader = recognize_reader()
    if isinstance(reader, Slow):
        return page("meus_processos/demora.html", status=503)
    tenant, now = current_tenant(), local_now()
    wanted, after = read_wanted(request.args), read_place(request.args)
    mine = list_mine(tenant, reader, now=now, wanted=wanted, after=after)
    return page(
        "meus_processos/lista.html",
        fragment="lista" if after else ANSWER,
        mine=mine,
        petitions=None if after else list_peticionamento(tenant, reader, now),
        wanted=wanted,
        after=after,
        choices=list(list_choices(wanted)),
        more=address_of(wanted, mine.more) if mine.more else None,
        since=get_viewer().previous,
    )
