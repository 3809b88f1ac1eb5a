"""A petition while it is being written: begun, filled in, reviewed, sent or thrown away."""

from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from portal.arquivos.store import Damaged
from portal.db import db
from portal.errors import NotFound
from portal.protocolo import drafts
from portal.protocolo.assembly import NotJoined
from portal.protocolo.drafts import Changed, TooManyDrafts
from portal.protocolo.values import MOST_DRAFTS
from portal.servicos.service import get_servico
from portal.web.access import SAFE_METHODS, anybodys, takes
from portal.web.addresses import send_to
from portal.web.drafting import (
    Drafting,
    bytes_of_answers,
    describe_draft,
    file_limits,
    is_asked_here,
    read_drafting,
    rules_of,
    save_answers,
)
from portal.web.fragments import ANSWER, page
from portal.web.limits import drawing, limited
from portal.web.owners import get_owner, name_browser
from portal.web.pedidos import NOT_JOINED, find_problem
from portal.web.sending import DECLARATION, send_draft
from portal.web.signin import check_viewer, get_viewer, keyring, name_list, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("pedidos", __name__, url_prefix="/pedidos")


@bp.before_request
def _only_where_petitions_are_taken() -> None:
    rules_of(current_tenant())


@bp.after_request
def _keep_out_of_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("")
@personal
def lista() -> ResponseReturnValue:
    """What the person is still writing, and what each lacks."""
    tenant, owner = current_tenant(), get_owner()
    found = drafts.list_drafts(db.session(), keyring(), tenant.slug, owner, local_now())
    return page(
        "pedidos/lista.html",
        abertos=[describe_draft(draft) for draft in found],
        full=len(found) >= MOST_DRAFTS,
    )


@bp.post("")
@anybodys
@limited(drawing)
def comecar() -> ResponseReturnValue:
    """A draft of the service, as it is offered now."""
    tenant = current_tenant()
    published = get_servico(db.session(), tenant.slug, request.form.get("servico", ""))
    if not is_asked_here(tenant, published.servico):
        raise NotFound("this one is asked for elsewhere")
    response = send_to(url_for(".lista"), 303)
    owner = name_browser(response)
    viewer = get_viewer() if owner.account else None
    acting = viewer.acting if viewer else None
    try:
        draft_id = drafts.begin(
            db.session(), keyring(), tenant.slug, owner, published.id, local_now(),
            represented=acting.representation.document if acting and acting.valid else None,
        )  # fmt: skip
    except TooManyDrafts:
        return response
    db.session.commit()
    response.location = url_for(".pedido", id_=draft_id)
    return response


@bp.get("/<uuid:id_>")
@anybodys
def pedido(id_: UUID) -> ResponseReturnValue:
    """Everything that is asked for, as far as it has been answered."""
    drafting = read_drafting(id_)
    if drafting.draft.submission is not None:
        return send_to(url_for("envios.envio", id_=drafting.draft.submission), 303)
    return page(
        "pedidos/pedido.html",
        fragment="documentos" if "documentos" in request.args else ANSWER,
        drafting=drafting,
        limites=file_limits(current_tenant()),
        tried="conferir" in request.args,
        problem=find_problem(request.args.get("problema", "")),
    )


@bp.post("/<uuid:id_>")
@anybodys
@takes(bytes_of_answers)
def salvar(id_: UUID) -> ResponseReturnValue:
    """All fields at once, then on to the review, or back to what is wrong."""
    drafting = read_drafting(id_)
    save_answers(id_)
    db.session.commit()
    if get_owner().account is None:
        return send_to(url_for("acesso.entrar", voltar=url_for(".pedido", id_=id_)), 303)
    return send_to(url_for(".revisao", id_=drafting.draft.id), 303)


@bp.post("/<uuid:id_>/campos")
@anybodys
@takes(bytes_of_answers)
def campos(id_: UUID) -> ResponseReturnValue:
    """What has just changed; the answer is what there is to say of it."""
    mistakes = save_answers(id_)
    db.session.commit()
    changed = [key for key in request.form if key not in ("csrf", "sensivel_visto")]
    return page(
        "pedidos/guardado.html",
        fragment="guardado",
        chave=changed[0] if changed else "sensivel",
        mistakes=mistakes,
        now=local_now(),
    )


@bp.post("/<uuid:id_>/excluir")
@anybodys
def excluir(id_: UUID) -> ResponseReturnValue:
    owner = get_owner()
    drafts.delete_draft(db.session(), current_tenant().slug, owner, id_, local_now())
    db.session.commit()
    return send_to(url_for(".lista") if owner.account else "/servicos", 303)


@bp.get("/<uuid:id_>/revisao")
@personal
def revisao(id_: UUID) -> ResponseReturnValue:
    """Everything as it will be sent; or what is missing, where it is missing."""
    drafting = read_drafting(id_)
    if drafting.missing:
        return send_to(url_for(".pedido", id_=id_, conferir="sim"), 303)
    check_viewer(drafting.servico.nivel, request.method in SAFE_METHODS)
    return _review(drafting)


@bp.post("/<uuid:id_>/enviar")
@personal
def enviar(id_: UUID) -> ResponseReturnValue:
    """The act. However often it is pressed, there is one submission."""
    drafting, viewer = read_drafting(id_), get_viewer()
    if drafting.draft.submission is not None:
        return send_to(url_for("envios.envio", id_=drafting.draft.submission), 303)
    if drafting.missing:
        return send_to(url_for(".pedido", id_=id_, conferir="sim"), 303)
    check_viewer(drafting.servico.nivel, safe=False)
    if request.form.get("declaro") != "sim":
        return _review(drafting, status=422, unconfirmed=True)
    read = (str(drafting.draft.version), name_list(viewer.acting))
    if read != (request.form.get("versao"), request.form.get("por", "")):
        return _review(drafting, status=409, changed=True)
    try:
        submission = send_draft(drafting, viewer)
    except Changed:
        # What it has become is read again, and not what this transaction made of it.
        db.session.rollback()
        return _review(read_drafting(id_), status=409, changed=True)
    except (NotJoined, Damaged):
        db.session.rollback()
        return send_to(url_for(".pedido", id_=id_, problema=NOT_JOINED), 303)
    return send_to(url_for("envios.envio", id_=submission), 303)


def _review(
    drafting: Drafting, *, status: int = 200, changed: bool = False, unconfirmed: bool = False
) -> Response:
    return page(
        "pedidos/revisao.html",
        status=status,
        drafting=drafting,
        declaracao=DECLARATION,
        por=name_list(get_viewer().acting),
        changed=changed,
        unconfirmed=unconfirmed,
    )
