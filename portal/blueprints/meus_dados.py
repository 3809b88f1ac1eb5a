"""What the portal keeps of a person: to be read, taken along and deleted (LGPD, artigo 18)."""

from dataclasses import replace

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.personal_data import delete_account, read_personal_data
from portal.accounts.values import PersonalData
from portal.audit import Event
from portal.content.filenames import content_disposition
from portal.cpf import mask_cpf
from portal.db import db
from portal.web.addresses import send_to
from portal.web.fragments import page
from portal.web.personal_copy import encode_copy
from portal.web.signin import drop_session, get_viewer, keyring, note, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("meus_dados", __name__, url_prefix="/meus-dados")

RECENT = 20
"""Lines of the access log on the page, and sessions."""
WHOLE = 10_000
"""Those in the copy. Whoever has more of them is told whom to ask for the others."""


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@personal
def meus_dados() -> ResponseReturnValue:
    data = _read(RECENT)
    return page("meus_dados/dados.html", dados=data, cpf=mask_cpf(data.cpf), now=local_now())


@bp.post("/copia")
@personal
def copia() -> ResponseReturnValue:
    """A file to keep: JSON for programs, else a page that opens without the portal."""
    tenant, now = current_tenant(), local_now()
    note(Event.DATA_EXPORTED, get_viewer().account)
    db.session.flush()
    data = _read(WHOLE)
    if request.form.get("formato") == "json":
        body, kind = encode_copy(data, tenant, now), "json"
    else:
        text = render_template(
            "meus_dados/copia.html", dados=data, cpf=mask_cpf(data.cpf), tenant=tenant, now=now
        )
        body, kind = text.encode(), "html"
    db.session.commit()
    name = f"meus-dados-{now.date().isoformat()}.{kind}"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": content_disposition(name, True),
    }
    mimetype = "application/json" if kind == "json" else "text/html"
    return Response(body, headers=headers, mimetype=mimetype)


@bp.get("/excluir")
@personal
def excluir() -> ResponseReturnValue:
    """What would go and what would stay, before anything does."""
    return page("meus_dados/excluir.html", unconfirmed=False)


@bp.post("/excluir")
@personal
def confirmar() -> ResponseReturnValue:
    """Account and sessions, only with the confirmation."""
    if request.form.get("confirmo") != "sim":
        return page("meus_dados/excluir.html", status=422, unconfirmed=True)
    viewer = get_viewer()
    delete_account(db.session(), current_tenant().slug, viewer, local_now())
    note(Event.ACCOUNT_DELETED, viewer.account, "asked")
    db.session.commit()
    response = send_to(url_for("acesso.saiu", conta="excluida"), 303)
    drop_session(response)
    return response


def _read(most: int) -> PersonalData:
    """In the tenant's calendar."""
    tenant = current_tenant()
    zone = tenant.fuso
    data = read_personal_data(db.session(), keyring(), tenant.slug, get_viewer(), local_now(), most)
    return replace(
        data,
        created=data.created.astimezone(zone),
        seen=data.seen.astimezone(zone),
        sessions=tuple(
            replace(
                s,
                since=s.since.astimezone(zone),
                seen=s.seen.astimezone(zone),
                previous=s.previous and s.previous.astimezone(zone),
            )
            for s in data.sessions
        ),
        happenings=tuple(replace(h, at=h.at.astimezone(zone)) for h in data.happenings),
        drafts=tuple(
            replace(
                kept,
                draft=replace(
                    kept.draft,
                    changed=kept.draft.changed.astimezone(zone),
                    expires=kept.draft.expires.astimezone(zone),
                ),
            )
            for kept in data.drafts
        ),
        submissions=tuple(
            replace(s, received_at=s.received_at.astimezone(zone)) for s in data.submissions
        ),
    )
