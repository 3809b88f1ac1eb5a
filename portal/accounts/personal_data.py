"""What is kept of one person: told to them, deleted for them, forgotten when they stay away.

Whoever calls commits. A table that keeps more of a person is read and deleted here too.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts import service
from portal.accounts.models import Account, Login
from portal.accounts.representations import list_representations
from portal.accounts.values import KeptDraft, PersonalData, SignedIn
from portal.audit import Event
from portal.errors import NotFound
from portal.keyring import Keyring
from portal.protocolo import drafts
from portal.protocolo.submissions import list_submissions
from portal.protocolo.values import Owner
from portal.representation import Representation
from portal.servicos.service import get_version

UNUSED = timedelta(days=365)
"""Since the last login. An account holds nothing that the next login does not bring again."""


def read_personal_data(
    session: Session,
    keyring: Keyring,
    tenant: str,
    viewer: SignedIn,
    now: datetime,
    most: int,
) -> PersonalData:
    """All of it, but for `most` sessions and `most` entries of the audit. Raises NotFound when it
    is just deleted."""
    account = session.scalars(
        select(Account).where(Account.id == viewer.account, Account.tenant == tenant)
    ).one_or_none()
    if account is None:
        raise NotFound("an account that is no longer there")
    sessions, more_sessions = service.list_sessions(session, tenant, viewer, now, most)
    happenings, more_happenings = audit.list_happenings(
        session, keyring, tenant, viewer.account, most
    )
    return PersonalData(
        nome=viewer.nome,
        cpf=viewer.cpf,
        issuer=account.issuer,
        created=account.created,
        seen=account.seen,
        sessions=tuple(sessions),
        more_sessions=more_sessions,
        empresas=_list_kept(session, keyring, tenant, viewer, now),
        happenings=tuple(happenings),
        more_happenings=more_happenings,
        drafts=tuple(_list_drafts(session, keyring, tenant, viewer, now)),
        submissions=tuple(list_submissions(session, keyring, tenant, viewer.account)),
    )


def _list_kept(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, now: datetime
) -> tuple[Representation, ...]:
    listed = list_representations(session, keyring, tenant, viewer, now) or ()
    acting = viewer.acting.representation if viewer.acting else None
    return listed if acting is None or acting in listed else (*listed, acting)


def delete_account(session: Session, tenant: str, viewer: SignedIn, now: datetime) -> None:
    """The person, every session of theirs, and what they have begun and not sent. What they have
    sent stays, as what the audit says does, about nobody by name."""
    drafts.delete_drafts_of(session, tenant, viewer.account, now)
    session.execute(delete(Login).where(Login.account_id == viewer.account, Login.tenant == tenant))
    session.execute(delete(Account).where(Account.id == viewer.account, Account.tenant == tenant))


def forget_unused(session: Session, keyring: Keyring, now: datetime) -> int:
    """Delete accounts that nobody has entered for `UNUSED`; how many there were."""
    gone = session.execute(
        delete(Account).where(Account.seen < now - UNUSED).returning(Account.id, Account.tenant)
    ).all()
    for account, tenant in gone:
        audit.record(
            session, keyring, tenant, Event.ACCOUNT_DELETED,
            account=account, ip="", now=now, detail="unused",
        )  # fmt: skip
    return len(gone)


def _list_drafts(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, now: datetime
) -> Iterator[KeptDraft]:
    for draft in drafts.list_drafts(session, keyring, tenant, Owner(viewer.account), now):
        yield KeptDraft(get_version(session, tenant, draft.servico_id).servico.nome, draft)
