"""For whom somebody may act by gov.br's word, and for whom they do: kept sealed in the session's
row. Whoever calls commits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import ACTING_COLUMN, COMPANIES_COLUMN, Login
from portal.accounts.tokens import digest, new_token
from portal.accounts.values import Acting, SignedIn, Standing
from portal.cpf import Cpf
from portal.errors import NotFound
from portal.keyring import Keyring, Unreadable
from portal.representation import Papel, Representation
from portal.sei.values import Cnpj, TipoRepresentante, Vinculo

FRESH = timedelta(hours=1)
"""What gov.br said is good for so long, as its own token would be. Then the person enters again."""

_PAPEIS = {
    TipoRepresentante.RESPONSAVEL_LEGAL: Papel.RESPONSAVEL_LEGAL,
    TipoRepresentante.PROCURADOR_ESPECIAL: Papel.PROCURADOR_ESPECIAL,
    TipoRepresentante.PROCURADOR: Papel.PROCURADOR,
    TipoRepresentante.PROCURADOR_SIMPLES: Papel.PROCURADOR_SIMPLES,
}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the session's row says of whom it acts for."""

    representation: Representation
    over: bool = False


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
    found = _open_companies(keyring, tenant, sealed)
    return None if found is None else tuple(r for r in found if r.holds(now))


def find_company(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, document: str, now: datetime
) -> Representation:
    """One of the person's own list, as it is on our side. Raises NotFound for any other."""
    for allowed in list_representations(session, keyring, tenant, viewer, now) or ():
        if allowed.document == document:
            return allowed
    raise NotFound("nobody whom this person may act for")


def of_vinculo(vinculo: Vinculo) -> Representation:
    """What a session keeps of a vínculo. Its end is not kept: SEI is asked each time."""
    match vinculo.identity:
        case Cnpj(characters):
            document = characters
        case Cpf(digits):
            document = digits
        case None:
            document = ""
    return Representation(
        document,
        vinculo.nome,
        _PAPEIS[vinculo.tipo],
        id_representacao=vinculo.id_representacao,
    )


def find_acting(keyring: Keyring, tenant: str, login: Login, now: datetime) -> Acting | None:
    """For whom this session acts, as far as we can say without asking. What holds no more is
    still told, as over."""
    if login.agindo is None or (kept := _open(keyring, tenant, login.agindo)) is None:
        return None
    chosen = kept.representation
    if kept.over:
        return Acting(chosen, Standing.OVER, noted=True)
    if chosen.id_representacao is not None:
        return Acting(chosen, Standing.UNCHECKED)
    holds = now < login.created + FRESH and chosen.holds(now)
    return Acting(chosen, Standing.HOLDS if holds else Standing.OVER)


def act_for(
    session: Session, keyring: Keyring, tenant: str, viewer: SignedIn, chosen: Representation
) -> str:
    """Begin: the session's new token."""
    return _renew(session, tenant, viewer, _seal(keyring, tenant, _Kept(chosen)))


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


def note_over(session: Session, keyring: Keyring, tenant: str, viewer: SignedIn) -> bool:
    """Keep that whom this session chose it may act for no more. False when that is kept already,
    or when the person has left meanwhile."""
    mine = (Login.id == viewer.login, Login.tenant == tenant)
    before = session.scalars(select(Login.agindo).where(*mine)).one_or_none()
    kept = None if before is None else _open(keyring, tenant, before)
    if kept is None or kept.over:
        return False
    changed = session.execute(
        update(Login)
        .where(*mine, Login.agindo == before)
        .values(agindo=_seal(keyring, tenant, _Kept(kept.representation, over=True)))
        .returning(Login.public_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    return changed is not None


def _seal(keyring: Keyring, tenant: str, kept: _Kept) -> bytes:
    return keyring.seal(tenant, ACTING_COLUMN, msgspec.json.encode(kept).decode())


def _open(keyring: Keyring, tenant: str, sealed: bytes) -> _Kept | None:
    """None when the key has gone since, or an older edition of the portal has written it."""
    try:
        return msgspec.json.decode(keyring.unseal(tenant, ACTING_COLUMN, sealed), type=_Kept)
    except (Unreadable, msgspec.DecodeError):
        return None


def _open_companies(
    keyring: Keyring, tenant: str, sealed: bytes
) -> tuple[Representation, ...] | None:
    """None when the key has gone since: a session lives for hours, and is not sealed anew."""
    try:
        text = keyring.unseal(tenant, COMPANIES_COLUMN, sealed)
    except Unreadable:
        return None
    return msgspec.json.decode(text, type=tuple[Representation, ...])
