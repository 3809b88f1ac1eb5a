"""What a person has filed: that it was received, and where it is on its way into SEI."""

from itertools import chain
from uuid import UUID

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from portal.arquivos.store import Damaged
from portal.content.filenames import content_disposition
from portal.db import db
from portal.errors import NotFound
from portal.protocolo import receipts, submissions
from portal.protocolo.paper import make_recibo
from portal.protocolo.values import SubmissionView
from portal.web.downloads import download
from portal.web.drafting import rules_of, store
from portal.web.fragments import page
from portal.web.qr import draw_qr
from portal.web.signin import get_viewer, keyring, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("envios", __name__, url_prefix="/envios")

SHOWN = 100
"""Submissions on one page, the newest ones."""


@bp.before_request
def _only_where_petitions_are_taken() -> None:
    rules_of(current_tenant())


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("")
@personal
def lista() -> ResponseReturnValue:
    tenant, account = current_tenant(), get_viewer().account
    found = submissions.list_submissions(db.session(), keyring(), tenant.slug, account, SHOWN + 1)
    return page("envios/lista.html", enviados=found[:SHOWN], more=len(found) > SHOWN)


@bp.get("/<uuid:id_>")
@personal
def envio(id_: UUID) -> ResponseReturnValue:
    """The receipt, and how far it has come. It refreshes only when it is asked to."""
    found = submissions.get_submission(
        db.session(), keyring(), current_tenant().slug, get_viewer().account, id_
    )
    codigo, endereco = _check_code(found)
    return page(
        "envios/envio.html",
        fragment="situacao",
        envio=found,
        codigo=codigo,
        endereco=endereco,
        now=local_now(),
    )


@bp.get("/<uuid:id_>/recibo.pdf")
@personal
def recibo(id_: UUID) -> Response:
    """The receipt as it stands: with the processo, once there is one."""
    tenant = current_tenant()
    found = submissions.get_submission(
        db.session(), keyring(), tenant.slug, get_viewer().account, id_
    )
    codigo, endereco = _check_code(found)
    made = make_recibo(tenant.nome, found, codigo, endereco, draw_qr(endereco))
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": content_disposition(f"recibo-{found.numero}.pdf", True),
    }
    return Response(made, headers=headers, mimetype="application/pdf")


@bp.get("/<uuid:id_>/arquivos/<uuid:arquivo>")
@personal
@download
def arquivo(id_: UUID, arquivo: UUID) -> Response:
    """A file as it was sent, to who sent it, for as long as it is kept here."""
    tenant = current_tenant()
    found = submissions.get_submission(
        db.session(), keyring(), tenant.slug, get_viewer().account, id_
    )
    for file in found.files:
        if file.id == arquivo:
            headers = {
                "Cache-Control": "no-store",
                "Content-Length": str(file.size),
                "Content-Disposition": content_disposition(file.label, True),
            }
            parts = store().read(tenant.slug, file.id, file.size)
            try:
                first = next(parts)
            except Damaged as error:
                raise NotFound("SEI has it by now, and we have not") from error
            return Response(chain([first], parts), headers=headers, mimetype="application/pdf")
    raise NotFound("no such file of this submission")


def _check_code(found: SubmissionView) -> tuple[str, str]:
    """The code by which anybody checks it, and where. One that was given under an older key stays
    good, beside the one of today."""
    tenant = current_tenant()
    codigo = receipts.issue(db.session(), keyring(), tenant.slug, found.id)
    db.session.commit()
    return codigo, f"{tenant.endereco}/recibos/{codigo}"
