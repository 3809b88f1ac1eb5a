"""What the pages of drafts share: the draft, its service, and what it may still take."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app, request

from portal.arquivos import checks
from portal.arquivos.store import Damaged, Store
from portal.arquivos.values import MIB, Accepted, Kind, Limits, Reason
from portal.db import db
from portal.errors import NotFound
from portal.protocolo import drafts
from portal.protocolo.fields import find_missing, list_mistakes
from portal.protocolo.uploads import Checked
from portal.protocolo.values import DraftView, FileLimits, Missing, Mistake, Owner
from portal.servicos.service import get_version
from portal.servicos.values import Assinatura, Servico
from portal.tenancy import Protocolo, Tenant
from portal.web.access import FIELDS
from portal.web.owners import get_owner
from portal.web.signin import keyring
from portal.web.tenant import current_tenant, local_now

MEGABYTE = 1_000_000
"""As phones count."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """A draft as it is written, with the edition of the service that it was begun with."""

    draft: DraftView
    servico: Servico
    mistakes: dict[str, Mistake]
    missing: Missing


def read_drafting(draft_id: UUID) -> Drafting:
    """One of whoever asks. Raises NotFound."""
    tenant, owner = current_tenant(), get_owner()
    draft = drafts.get_draft(db.session(), keyring(), tenant.slug, owner, draft_id, local_now())
    return describe_draft(draft)


def describe_draft(draft: DraftView) -> Drafting:
    servico = get_version(db.session(), current_tenant().slug, draft.servico_id).servico
    mistakes = list_mistakes(servico, draft.fields)
    return Drafting(draft, servico, mistakes, find_missing(servico, draft))


def save_answers(draft_id: UUID) -> dict[str, Mistake]:
    """Keep what the form of this request says; what is wrong with it, by key. Whoever calls
    commits."""
    servico, form = read_drafting(draft_id).servico, request.form
    sensitive = "sensivel" in form if "sensivel_visto" in form else None
    return drafts.save_fields(
        db.session(), keyring(), current_tenant().slug, get_owner(), draft_id,
        servico, form, local_now(), sensitive=sensitive,
    )  # fmt: skip


def rules_of(tenant: Tenant) -> Protocolo:
    """How the tenant takes petitions. Raises NotFound where it takes none."""
    if tenant.protocolo is None or tenant.govbr is None:
        raise NotFound("nobody files anything here")
    return tenant.protocolo


def is_asked_here(tenant: Tenant, servico: Servico) -> bool:
    """Whether a service can be asked for in the portal: not one that wants gov.br's own signature,
    nor one that adds to a processo."""
    simple = servico.assinatura is Assinatura.SIMPLES and not servico.intercorrente
    return simple and tenant.protocolo is not None


def file_limits(tenant: Tenant) -> FileLimits:
    rules = rules_of(tenant)
    return FileLimits(rules.megabytes_por_arquivo * MEGABYTE, rules.megabytes_por_pedido * MEGABYTE)


def bytes_of_a_form(tenant: Tenant) -> int:
    """What one form with files may bring: a file of the largest size, and what is around it."""
    return file_limits(tenant).per_file + MIB if tenant.protocolo else 0


def bytes_of_answers(_tenant: Tenant) -> int:
    """What a form without files may bring: long answers, each letter of which takes six bytes."""
    return FIELDS


def store() -> Store:
    return cast(Store, current_app.extensions["files"])


def check_file(file_id: UUID, kind: Kind, size: int) -> Checked:
    """Look into a file that has come whole. Raises FilesAway."""
    tenant = current_tenant()
    limits = Limits(size=file_limits(tenant).per_file)
    try:
        found = checks.check(store().read(tenant.slug, file_id, size), kind, limits)
    except Damaged:
        return Checked(reason=Reason.DAMAGED)
    if isinstance(found, Accepted):
        return Checked(sha256=found.sha256, md5=found.md5, pages=found.pages)
    return Checked(reason=found.reason)


def owner_of_files() -> Owner:
    """Files are taken from who is signed in alone: what one person may send has an end."""
    owner = get_owner()
    if owner.account is None:
        raise NotFound("files come after the login")
    return owner
