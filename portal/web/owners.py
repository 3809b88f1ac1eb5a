"""Whose a draft is: who is signed in, or, before that, this browser by the token in its cookie."""

import re
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from flask import Response

from portal.accounts.tokens import new_token
from portal.accounts.values import SignedIn
from portal.db import db
from portal.errors import NotFound
from portal.protocolo import drafts
from portal.protocolo.drafts import TooManyDrafts
from portal.protocolo.values import Owner
from portal.web.signin import (
    attempt_token,
    find_viewer,
    get_viewer,
    is_viewer_unknown,
    set_attempt,
)
from portal.web.tenant import current_tenant

_DRAFT = re.compile(r"/pedidos/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/.*)?")


def get_owner() -> Owner:
    """Whose drafts may be asked for. Raises SignInNeeded for a browser that has begun nothing, and
    OutOfReach when nobody can say who asks."""
    viewer, browser = find_viewer(), attempt_token()
    if viewer is not None:
        return owner_of(viewer)
    if browser is None or is_viewer_unknown():
        return owner_of(get_viewer())
    return Owner(browser=_digest(browser))


def owner_of(viewer: SignedIn) -> Owner:
    return Owner(account=viewer.account)


def name_browser(response: Response) -> Owner:
    """The owner of what is begun in this answer; a browser gets its token with it."""
    viewer = find_viewer()
    if viewer is not None or is_viewer_unknown():
        return owner_of(get_viewer())
    browser = attempt_token() or new_token()
    set_attempt(response, browser)
    return Owner(browser=_digest(browser))


def claim_draft(volta: str, account: UUID, now: datetime) -> bool:
    """Give the draft that somebody went to gov.br from to who came back: that one alone, and only
    to the browser that began it. False when there is something that could not be given, since the
    person has as many as one may have."""
    found, browser = _DRAFT.fullmatch(volta.partition("?")[0]), attempt_token()
    if found is None or browser is None:
        return True
    try:
        slug = current_tenant().slug
        drafts.claim(db.session(), slug, UUID(found["id"]), _digest(browser), account, now)
    except NotFound:
        # Their own already, or another's: its page says which.
        return True
    except TooManyDrafts:
        return False
    return True


def _digest(browser: str) -> bytes:
    return sha256(browser.encode()).digest()
