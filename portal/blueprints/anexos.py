"""Files of a petition that is being written: each by itself, resumed where it stopped.

With a script they come by tus 1.0.0 (https://tus.io/protocols/resumable-upload), core and creation;
without one by a plain form, which does the same job a file at a time.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from os import SEEK_END
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.arquivos.names import label as label_of
from portal.arquivos.values import Kind, Reason
from portal.audit import Event
from portal.db import db
from portal.errors import FilesAway, NotFound, Refused
from portal.protocolo import uploads
from portal.protocolo.uploads import TooLarge, TooManyFiles
from portal.protocolo.values import DraftFileView, FileState, Offset
from portal.web.access import takes
from portal.web.addresses import send_to
from portal.web.bodies import parts_of, parts_sent
from portal.web.downloads import download
from portal.web.drafting import (
    bytes_of_a_form,
    check_file,
    file_limits,
    owner_of_files,
    read_drafting,
    rules_of,
    save_answers,
    store,
)
from portal.web.limits import limited, uploading
from portal.web.pedidos import TOO_MANY
from portal.web.signin import keyring, note, personal
from portal.web.tenant import current_tenant, local_now

bp = Blueprint("anexos", __name__, url_prefix="/pedidos/<uuid:pedido>/arquivos")

FIELD = "arquivo-"
"""Before the key of the documento that the files of a field are."""
TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
BYTES = "application/offset+octet-stream"
PHOTOS = ("image/jpeg", "image/png", "image/heic", "image/heif")
"""What a browser calls them; the bytes are asked afterwards."""
ENDINGS = (".jpg", ".jpeg", ".png", ".heic", ".heif")


@bp.before_request
def _only_where_petitions_are_taken() -> None:
    rules_of(current_tenant())


@bp.post("")
@personal
@takes(bytes_of_a_form)
@limited(uploading)
def enviar(pedido: UUID) -> ResponseReturnValue:
    """A file announced by a script, or files that the whole form brings, with its answers."""
    if "Upload-Length" in request.headers:
        return _announce(pedido)
    read_drafting(pedido)
    save_answers(pedido)
    documento, problem = "", ""
    for name, sent in request.files.items(multi=True):
        if sent.filename and name.startswith(FIELD):
            documento = name.removeprefix(FIELD)
            problem = _take_whole(pedido, documento, sent) or problem
    db.session.commit()
    if "seguir" in request.form and not problem:
        return send_to(url_for("pedidos.revisao", id_=pedido), 303)
    address = url_for("pedidos.pedido", id_=pedido, problema=problem or None)
    return send_to(f"{address}#doc-{documento}" if documento else address, 303)


@bp.route("/<uuid:arquivo>", methods=["HEAD"])
@personal
def situacao(pedido: UUID, arquivo: UUID) -> ResponseReturnValue:
    """Where the next bytes begin."""
    file = _find(pedido, arquivo)
    response = _answer(200, file.received)
    response.headers["Upload-Length"] = str(file.length)
    return response


@bp.patch("/<uuid:arquivo>")
@personal
@takes(bytes_of_a_form)
@download
def continuar(pedido: UUID, arquivo: UUID) -> Response:
    """The next bytes. What comes whole is kept even when the connection ends in the middle."""
    offset = request.headers.get("Upload-Offset", "")
    if request.mimetype != BYTES or not _is_count(offset):
        raise Refused("not what tus sends")
    file = _find(pedido, arquivo)
    if offset != str(file.received):
        if file.received == file.length:
            # All of it came, and whoever sent it was not told: it may still have to be looked at.
            _finish(pedido, arquivo)
        return _answer(409, file.received)
    received = file.received
    for part in parts_sent():
        kept = _receive(pedido, arquivo, received, part)
        received = kept.received
        if not kept.taken:
            return _answer(409, received)
    if received == file.length:
        _finish(pedido, arquivo)
    return _answer(204, received)


@bp.post("/<uuid:arquivo>/remover")
@personal
def remover(pedido: UUID, arquivo: UUID) -> ResponseReturnValue:
    documento = _find(pedido, arquivo).documento
    uploads.remove(
        db.session(), current_tenant().slug, owner_of_files(), pedido, arquivo, local_now()
    )
    db.session.commit()
    return _back(pedido, documento)


@bp.post("/<uuid:arquivo>/subir")
@personal
def subir(pedido: UUID, arquivo: UUID) -> ResponseReturnValue:
    """One place up among the files of its documento: photos are pages, and pages have an order."""
    file = _find(pedido, arquivo)
    files = [f.id for f in read_drafting(pedido).draft.files if f.documento == file.documento]
    place = files.index(arquivo)
    if place:
        files[place - 1], files[place] = files[place], files[place - 1]
    uploads.reorder(
        db.session(), current_tenant().slug, owner_of_files(), pedido, files, local_now()
    )
    db.session.commit()
    return _back(pedido, file.documento)


def _take_whole(pedido: UUID, documento: str, sent: FileStorage) -> str:
    """A file that is all here. Why it was not even begun; empty for one that was."""
    length = sent.stream.seek(0, SEEK_END)
    sent.stream.seek(0)
    try:
        file_id = _new_file(pedido, documento, sent.filename or "", sent.mimetype, length)
    except TooLarge:
        return Reason.TOO_LARGE if length else Reason.EMPTY
    except TooManyFiles:
        return TOO_MANY
    offset = 0
    for part in parts_of(sent.stream):
        _receive(pedido, file_id, offset, part)
        offset += len(part)
    try:
        _finish(pedido, file_id)
    except FilesAway:
        # It is here, and its place on the page says that nobody has looked at it yet.
        db.session.rollback()
    return ""


def _announce(pedido: UUID) -> Response:
    """A file is to come: where to send it. One that had begun to come, and stopped, goes on."""
    length, told = request.headers["Upload-Length"], _metadata()
    if not _is_count(length):
        raise Refused("not what tus sends")
    documento, name = told.get("documento", ""), told.get("filename", "")
    label = label_of(name)
    draft = read_drafting(pedido).draft
    begun = next(
        (f for f in draft.files
         if (f.documento, f.label, f.length) == (documento, label, int(length))
         and f.state is FileState.RECEIVING),
        None,
    )  # fmt: skip
    if begun is None:
        try:
            file_id = _new_file(pedido, documento, name, told.get("filetype", ""), int(length))
        except (TooLarge, TooManyFiles):
            return Response(status=413, headers=TUS)
        received = 0
    else:
        file_id, received = begun.id, begun.received
    response = _answer(201, received)
    response.location = url_for(".continuar", pedido=pedido, arquivo=file_id)
    return response


def _metadata() -> dict[str, str]:
    """Of `Upload-Metadata`: words, each with its value in Base64. Raises Refused."""
    told = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        try:
            told[key] = b64decode(value, validate=True).decode()
        except (NotBase64, UnicodeDecodeError) as error:
            raise Refused("not what tus sends") from error
    return told


def _new_file(pedido: UUID, documento: str, name: str, mimetype: str, length: int) -> UUID:
    """Raises NotFound for a documento that the service does not ask for, TooLarge, TooManyFiles."""
    drafting, tenant = read_drafting(pedido), current_tenant()
    asked = next((d for d in drafting.servico.documentos if d.chave == documento), None)
    if asked is None:
        raise NotFound("no such documento in this service")
    there = [
        f for f in drafting.draft.files
        if f.documento == documento and f.state is FileState.READY
    ]  # fmt: skip
    if there and not (asked.muitos or asked.fotos):
        raise TooManyFiles("this documento is one file")
    # Some phones do not know their own kind of photo.
    photo = asked.fotos and (mimetype in PHOTOS or name.lower().endswith(ENDINGS))
    file_id = uploads.announce(
        db.session(), keyring(), tenant.slug, owner_of_files(), pedido, documento, name,
        Kind.FOTO if photo else Kind.PDF, length, file_limits(tenant), local_now(),
    )  # fmt: skip
    db.session.commit()
    return file_id


def _find(pedido: UUID, arquivo: UUID) -> DraftFileView:
    owner_of_files()
    for file in read_drafting(pedido).draft.files:
        if file.id == arquivo:
            return file
    raise NotFound("no such file of this draft")


def _receive(pedido: UUID, arquivo: UUID, offset: int, part: bytes) -> Offset:
    """Each piece is a transaction of its own: what it brought is never asked for again."""
    kept = uploads.receive(
        db.session(), store(), current_tenant().slug, owner_of_files(),
        pedido, arquivo, offset, part, local_now(),
    )  # fmt: skip
    db.session.commit()
    return kept


def _finish(pedido: UUID, arquivo: UUID) -> None:
    owner = owner_of_files()
    state = uploads.finish(
        db.session(), current_tenant().slug, owner, pedido, arquivo, check_file, local_now()
    )
    if state is FileState.REFUSED:
        note(Event.UPLOAD_REFUSED, owner.account)
    db.session.commit()


def _back(pedido: UUID, documento: str) -> Response:
    return send_to(url_for("pedidos.pedido", id_=pedido) + f"#doc-{documento}", 303)


def _answer(status: int, offset: int) -> Response:
    return Response(status=status, headers=TUS | {"Upload-Offset": str(offset)})


def _is_count(text: str) -> bool:
    """A number of bytes, of no more digits than any file has."""
    return text.isascii() and text.isdecimal() and len(text) <= 15
