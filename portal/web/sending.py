"""A draft that was reviewed becomes a submission: its files are made, its evidence is written."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from flask import request

from portal.accounts.values import SignedIn
from portal.audit import Event
from portal.db import db
from portal.errors import Unavailable
from portal.protocolo import receipts, submissions
from portal.protocolo.assembly import assembling
from portal.protocolo.paper import make_requerimento
from portal.protocolo.values import (
    Answer,
    Applicant,
    Content,
    Destination,
    DraftView,
    Evidence,
    Represented,
    SentFile,
)
from portal.readonly import reading
from portal.sei.queries.names import names_of
from portal.servicos.values import Servico
from portal.tenancy import Tenant
from portal.web.drafting import Drafting, store
from portal.web.signin import keyring, note
from portal.web.tenant import current_tenant, local_now

DECLARATION = (
    "Declaro que as informações são verdadeiras e que os arquivos são cópias fiéis dos originais,"
    " que guardo e mostro se a prefeitura pedir."
)


class SentBefore(Exception):  # nothing went wrong
    """Another press was quicker: what was made for this one is nobody's."""

    def __init__(self, submission: UUID) -> None:
        super().__init__("sent before")
        self.submission = submission


def send_draft(drafting: Drafting, viewer: SignedIn) -> UUID:
    """The submission, committed with its receipt. Raises Changed, NotJoined, Damaged and
    FilesAway."""
    tenant, draft, servico = current_tenant(), drafting.draft, drafting.servico
    content = _content(drafting, viewer)
    write_main = partial(make_requerimento, tenant.nome, content)
    # Making PDFs takes a while, and no transaction waits for it.
    db.session.commit()
    try:
        with assembling(store(), tenant.slug, draft, servico, write_main) as files:
            return _receive(viewer, draft, content, files)
    except SentBefore as before:
        return before.submission


def _receive(
    viewer: SignedIn, draft: DraftView, content: Content, files: Sequence[SentFile]
) -> UUID:
    tenant, session = current_tenant(), db.session()
    submission = submissions.submit(
        session, keyring(), tenant.slug, viewer.account, draft.id, draft.version,
        content, files, local_now, tenant.fuso,
    )  # fmt: skip
    sent = submissions.get_submission(session, keyring(), tenant.slug, viewer.account, submission)
    if sent.files[0].id != files[0].id:
        raise SentBefore(submission)
    receipts.issue(session, keyring(), tenant.slug, submission)
    note(Event.SUBMITTED, viewer.account)
    note(Event.RECEIPT_ISSUED, viewer.account)
    session.commit()
    return submission


def _name_unidade(tenant: Tenant, id_unidade: str) -> str:
    """As SEI calls it. A petition is received whether SEI answers or not."""
    try:
        with reading(tenant.sei) as sei:
            return names_of(sei).unidade(int(id_unidade)).nome
    except Unavailable:
        return ""


def _content(drafting: Drafting, viewer: SignedIn) -> Content:
    servico, draft = drafting.servico, drafting.draft
    return Content(
        servico_id=draft.servico_id,
        servico=servico.nome,
        destination=_destination(servico),
        applicant=Applicant(viewer.nome, viewer.cpf),
        represented=_represented(viewer),
        evidence=Evidence(
            kind="simples",
            nivel=int(viewer.nivel),
            amr=viewer.amr,
            signed_in=viewer.since,
            at=local_now(),
            ip=request.remote_addr or "",
            declaration=DECLARATION,
        ),
        unidade=_name_unidade(current_tenant(), servico.sei.id_unidade),
        answers=tuple(
            Answer(campo.rotulo, draft.fields[campo.chave])
            for campo in servico.campos
            if draft.fields.get(campo.chave)
        ),
        sensitive=draft.sensitive,
        intercorrente=draft.intercorrente,
    )


def _represented(viewer: SignedIn) -> Represented | None:
    """For whom the session acts at this moment, which its own row says."""
    if viewer.acting is None or not viewer.acting.valid:
        return None
    other = viewer.acting.representation
    return Represented(other.nome, other.document, other.papel.value)


def _destination(servico: Servico) -> Destination:
    sei = servico.sei
    return Destination(
        id_tipo_procedimento=sei.id_tipo_procedimento,
        id_unidade=sei.id_unidade,
        nivel_acesso=sei.nivel_acesso,
        id_hipotese_legal=sei.id_hipotese_legal,
        unidades_envio=sei.unidades_envio,
        manter_aberto=sei.manter_aberto,
    )
