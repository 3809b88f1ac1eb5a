"""Whether somebody still may act for whom they chose, asked of SEI each time they do anything.

A vínculo may be revoked while a session lives. So nothing is believed of it but what SEI says in
this moment, and what it does not say is not so.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.representations import note_over, of_vinculo
from portal.accounts.values import Acting, SignedIn, Standing
from portal.audit import Event
from portal.cpf import Cpf
from portal.errors import Unavailable
from portal.keyring import Keyring
from portal.representation import Representation
from portal.sei.vinculos import find_vinculo
from portal.tenancy import Tenant

OVER = "over"
"""How the audit's detail begins when an authorisation ended while it was in use."""


def check_acting(
    session: Session, keyring: Keyring, tenant: Tenant, viewer: SignedIn, ip: str, now: datetime
) -> SignedIn:
    """The same person, and whether they act for somebody at this moment. The first time that they
    no longer may, it is written down. Whoever calls commits."""
    acting = viewer.acting
    if acting is None:
        return viewer
    if acting.standing is Standing.UNCHECKED:
        acting = _ask(tenant, viewer, acting, now)
    if acting.over and not acting.noted and note_over(session, keyring, tenant.slug, viewer):
        audit.record(
            session, keyring, tenant.slug, Event.REPRESENTATION,
            account=viewer.account, ip=ip, now=now,
            detail=f"{OVER} {acting.representation.shown}".strip(),
        )  # fmt: skip
    return replace(viewer, acting=acting)


def _ask(tenant: Tenant, viewer: SignedIn, acting: Acting, now: datetime) -> Acting:
    """One SELECT by keys. When SEI does not answer, nobody has said that it is over."""
    chosen = acting.representation
    try:
        vinculo = find_vinculo(tenant, Cpf(viewer.cpf), chosen.id_representacao or 0, now)
    except Unavailable:
        return acting
    if vinculo is None or not _is_same(of_vinculo(vinculo), chosen):
        return replace(acting, standing=Standing.OVER)
    return Acting(of_vinculo(vinculo), Standing.HOLDS, vinculo)


def _is_same(now: Representation, chosen: Representation) -> bool:
    """Whether a row is still of whom it was when it was chosen: by number, else by name."""
    return now.document == chosen.document and bool(now.document or now.nome == chosen.nome)
