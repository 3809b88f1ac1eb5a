"""The processos of the person who is signed in, or of whom they act for."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.db import db
from portal.protocolo.submissions import list_submissions
from portal.protocolo.values import SubmissionView
from portal.sei.mine import list_mine
from portal.sei.peticoes import list_peticionamento
from portal.sei.values import Slow
from portal.web.filters import read_place
from portal.web.fragments import ANSWER, page, start_again
from portal.web.limits import limited, search
from portal.web.mine import WHOSE, address_of, list_choices, read_wanted
from portal.web.reader import recognize_listed
from portal.web.signin import get_viewer, keyring, name_list, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("meus_processos", __name__)

SENT = 5
"""Of what was filed here, the newest."""


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/meus-processos")
@personal
@limited(search)
def lista() -> ResponseReturnValue:
    """By the CPF that gov.br proved, or by the number of whom the person acts for; those in which
    something happened last first."""
    whose = name_list(get_viewer().acting)
    wanted, after = read_wanted(request.args), read_place(request.args)
    if after and request.args.get(WHOSE, "") != whose:
        # Another window has begun to act for somebody, or has stopped: no list is two people's.
        return start_again(address_of(wanted))
    reader = recognize_listed()
    if isinstance(reader, Slow):
        return page("meus_processos/demora.html", status=503)
    tenant, now = current_tenant(), local_now()
    mine = list_mine(tenant, reader, now=now, wanted=wanted, after=after)
    return page(
        "meus_processos/lista.html",
        fragment="lista" if after else ANSWER,
        mine=mine,
        petitions=None if after else list_peticionamento(tenant, reader, now),
        enviados=() if after or reader.represented else _list_sent(),
        represented=reader.represented,
        notified=reader.notified,
        wanted=wanted,
        after=after,
        choices=list(list_choices(wanted, reader.represented)),
        more=address_of(wanted, mine.more, whose) if mine.more else None,
        since=get_viewer().previous,
    )


def _list_sent() -> list[SubmissionView]:
    """What the person has filed by the portal; nothing where nobody files anything."""
    tenant = current_tenant()
    if tenant.protocolo is None:
        return []
    return list_submissions(db.session(), keyring(), tenant.slug, get_viewer().account, SENT)
