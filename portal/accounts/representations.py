"""For whom somebody may act, and for whom they do: kept sealed in the session's row, chosen only
from there. Whoever calls commits."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import ACTING_COLUMN, COMPANIES_COLUMN, Login
from portal.accounts.tokens import digest, new_token
from portal.accounts.values import Acting, SignedIn
from portal.errors import NotFound
from portal.keyring import Keyring, Unreadable
from portal.representation import Representation

FRESH = timedelta(hours=1)
"""What gov.br said is good for so long, as its own token would be. Then the person enters again."""


def seal_companies(
    keyring: Keyring, tenant: str, companies: tuple[Representation, ...] | None
) -> bytes | None:
    if companies is None:
        return None
    text = msgspec.json.encode(companies).decode()
    return keyring.seal(tenant, COMPANIES_COLUMN, text)


def list_representations(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, now: datetime
) -> tuple[Representation, ...] | None:
    """Those that hold at this moment; None when nobody has said, or too long ago."""
    sealed = session.scalars(
        select(Login.empresas).where(Login.id == viewer.login, Login.tenant == tenant)
    ).one_or_none()
    if sealed is None or now >= viewer.since + FRESH:
        return None
    found = _open(keyring, tenant, sealed)
    return None if found is None else tuple(r for r in found if r.holds(now))


def find_acting(keyring: Keyring, tenant: str, login: Login, now: datetime) -> Acting | None:
    """For whom this session acts. One that holds no more is still told, as over."""
    if login.agindo is None or login.empresas is None:
        return None
    fresh = now < login.created + FRESH
    for found in _open(keyring, tenant, login.empresas) or ():
        if keyring.seal(tenant, ACTING_COLUMN, found.document) == login.agindo:
            return Acting(found, fresh and found.holds(now))
    return None


def act_for(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, document: str, now: datetime
) -> tuple[str, Representation]:
    """Begin: the session's new token, and for whom. Raises NotFound for whom the person's own
    list, as it is on our side, does not have."""
    allowed = list_representations(session, keyring, tenant, viewer, now) or ()
    chosen = next((r for r in allowed if r.document == document), None)
    if chosen is None:
        raise NotFound("nobody whom this person may act for")
    sealed = keyring.seal(tenant, ACTING_COLUMN, chosen.document)
    return _renew(session, tenant, viewer, sealed), chosen


def act_for_oneself(session: Session, tenant: str, viewer: SignedIn) -> str:
    """Leave: the session's new token."""
    return _renew(session, tenant, viewer, None)


def _renew(session: Session, tenant: str, viewer: SignedIn, agindo: bytes | None) -> str:
    """With another token: a form that was opened in the other context is worth nothing now."""
    token = new_token()
    changed = session.execute(
        update(Login)
        .where(Login.id == viewer.login, Login.tenant == tenant)
        .values(id=digest(token), agindo=agindo)
        .returning(Login.public_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if changed is None:
        raise NotFound("a session that has just ended")
    return token


def _open(keyring: Keyring, tenant: str, sealed: bytes) -> tuple[Representation, ...] | None:
    """None when the key has gone since: a session lives for hours, and is not sealed anew."""
    try:
        text = keyring.unseal(tenant, COMPANIES_COLUMN, sealed)
    except Unreadable:
        return None
    return msgspec.json.decode(text, type=tuple[Representation, ...])
