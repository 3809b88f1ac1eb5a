"""Starting a login, ending one, and who is signed in meanwhile. Whoever calls commits."""

import uuid
from base64 import urlsafe_b64encode
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, case, delete, select, update
from sqlalchemy.orm import Session

from portal import audit
from portal.accounts.models import CPF_COLUMN, NOME_COLUMN, Account, Login, LoginAttempt
from portal.accounts.representations import find_acting, seal_companies
from portal.accounts.tokens import digest, new_token
from portal.accounts.values import ATTEMPT, IDLE, LONGEST, Attempt, OpenSession, SignedIn
from portal.audit import Event
from portal.db import insert_into
from portal.errors import NotFound
from portal.govbr.values import Nivel, Pessoa
from portal.keyring import Keyring

# Logins under way


def new_attempt(keyring: Keyring) -> Attempt:
    """A login to be started, with a state that nobody can guess."""
    return resume(keyring, new_token())


def resume(keyring: Keyring, state: str) -> Attempt:
    """The secrets that belong to a state, which nobody keeps."""
    return Attempt(
        state, _text(keyring.digest("nonce", state)), _text(keyring.digest("verifier", state))
    )


def begin(
    session: Session,
    keyring: Keyring,
    tenant: str,
    browser: str,
    attempt: Attempt,
    volta: str,
    now: datetime,
) -> None:
    """Let `browser`, a token in its cookie, finish the login, and nobody else, once. Whatever is
    over by now is deleted with it."""
    forget(session, keyring, now)
    session.add(
        LoginAttempt(
            id=digest(attempt.state),
            tenant=tenant,
            browser=digest(browser),
            volta=volta,
            ends=now + ATTEMPT,
        )
    )


def claim(session: Session, tenant: str, browser: str, state: str, now: datetime) -> str | None:
    """Use an attempt up: where the person wanted to go. None when there is no such attempt of
    this browser, or no longer."""
    return session.execute(
        delete(LoginAttempt)
        .where(
            LoginAttempt.id == digest(state),
            LoginAttempt.tenant == tenant,
            LoginAttempt.browser == digest(browser),
            LoginAttempt.ends > now,
        )
        .returning(LoginAttempt.volta)
    ).scalar_one_or_none()


# Sessions


def sign_in(
    session: Session, keyring: Keyring, tenant: str, pessoa: Pessoa, device: str, now: datetime
) -> tuple[str, uuid.UUID]:
    """A new session of the person: the browser's token, and the account."""
    account = _find_or_add(session, keyring, tenant, pessoa, now)
    previous, account.seen = account.seen, now
    token = new_token()
    session.add(
        Login(
            id=digest(token),
            tenant=tenant,
            account_id=account.id,
            nivel=int(pessoa.nivel),
            amr=" ".join(pessoa.amr)[:200],
            device=device,
            created=now,
            seen=now,
            ends=now + LONGEST,
            previous=previous if previous < now else None,
            empresas=seal_companies(keyring, tenant, pessoa.empresas),
        )
    )
    return token, account.id


def find_viewer(
    session: Session, keyring: Keyring, tenant: str, token: str, now: datetime
) -> SignedIn | None:
    """Who holds the token, at this tenant; None when the session is over or never was."""
    row = session.execute(
        select(Login, Account)
        .join(Account, Account.id == Login.account_id)
        .where(
            Login.id == digest(token),
            Login.tenant == tenant,
            Account.tenant == tenant,
            Login.ends > now,
            Login.seen > now - IDLE,
        )
    ).one_or_none()
    if row is None:
        return None
    login, account = row
    return SignedIn(
        account=account.id,
        login=login.id,
        nome=keyring.unseal(tenant, NOME_COLUMN, account.nome),
        cpf=keyring.unseal(tenant, CPF_COLUMN, account.cpf),
        nivel=Nivel(login.nivel),
        amr=tuple(login.amr.split()),
        since=login.created,
        seen=login.seen,
        ends=login.ends,
        previous=login.previous,
        acting=find_acting(keyring, tenant, login, now),
    )


def note_use(counters: Connection, viewer: SignedIn, now: datetime) -> None:
    """That the session is used; nothing when it has just ended. `counters` commits by itself."""
    counters.execute(update(Login).where(Login.id == viewer.login).values(seen=now))


def list_sessions(
    session: Session, tenant: str, viewer: SignedIn, now: datetime, most: int
) -> tuple[list[OpenSession], bool]:
    """Those of the person that are open, this one first, then the last used ones; and whether
    there are more than `most`."""
    rows = session.scalars(
        select(Login)
        .where(
            Login.tenant == tenant,
            Login.account_id == viewer.account,
            Login.ends > now,
            Login.seen > now - IDLE,
        )
        .order_by(case((Login.id == viewer.login, 0), else_=1), Login.seen.desc(), Login.public_id)
        .limit(most + 1)
    ).all()
    found = [
        OpenSession(
            id=r.public_id,
            device=r.device,
            since=r.created,
            seen=r.seen,
            current=r.id == viewer.login,
            nivel=Nivel(r.nivel),
            amr=r.amr,
            previous=r.previous,
            volta=r.volta,
        )
        for r in rows[:most]
    ]
    return found, len(rows) > most


def end_session(session: Session, tenant: str, viewer: SignedIn, id_: uuid.UUID) -> None:
    """One of the person's own sessions. Raises NotFound for any other."""
    ended = session.execute(
        delete(Login)
        .where(Login.public_id == id_, Login.tenant == tenant, Login.account_id == viewer.account)
        .returning(Login.id)
    ).one_or_none()
    if ended is None:
        raise NotFound("no such session of this person")


def end_other_sessions(session: Session, tenant: str, viewer: SignedIn) -> tuple[str, int] | None:
    """All but the one that asks: its new token, since with the old one whoever has copied it would
    stay, and how many there were. None, and nothing done, when it has just ended itself."""
    token = new_token()
    renewed = session.execute(
        update(Login)
        .where(Login.id == viewer.login, Login.tenant == tenant)
        .values(id=digest(token))
        .returning(Login.public_id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if renewed is None:
        return None
    ended = session.execute(
        delete(Login)
        .where(
            Login.tenant == tenant,
            Login.account_id == viewer.account,
            Login.id != digest(token),
        )
        .returning(Login.id)
        .execution_options(synchronize_session=False)
    )
    return token, len(ended.all())


def sign_out(session: Session, tenant: str, token: str) -> uuid.UUID | None:
    """End the session of this token: whose it was, or None when it had ended already."""
    return session.execute(
        delete(Login)
        .where(Login.id == digest(token), Login.tenant == tenant)
        .returning(Login.account_id)
    ).scalar_one_or_none()


# A level that is asked for


def note_wish(session: Session, tenant: str, viewer: SignedIn, volta: str) -> None:
    """Where the person wanted to go, until they come back from raising their level."""
    session.execute(
        update(Login).where(Login.id == viewer.login, Login.tenant == tenant).values(volta=volta)
    )


def take_wish(session: Session, tenant: str, viewer: SignedIn) -> str | None:
    """What was noted, once."""
    login = session.scalars(
        select(Login).where(Login.id == viewer.login, Login.tenant == tenant)
    ).one_or_none()
    if login is None or login.volta is None:
        return None
    wish, login.volta = login.volta, None
    return wish


# Keeping


def forget(session: Session, keyring: Keyring, now: datetime) -> int:
    """Delete sessions and attempts that are over; how many there were. The audit gets the moment
    at which each session ended by itself."""
    over = session.execute(
        delete(Login)
        .where((Login.ends <= now) | (Login.seen <= now - IDLE))
        .returning(Login.tenant, Login.account_id, Login.ends, Login.seen)
    ).all()
    for tenant, account, ends, seen in over:
        audit.record(
            session, keyring, tenant, Event.SESSION_ENDED,
            account=account, ip="", now=min(ends, seen + IDLE), detail="time",
        )  # fmt: skip
    attempts = session.execute(
        delete(LoginAttempt).where(LoginAttempt.ends <= now).returning(LoginAttempt.id)
    ).all()
    return len(over) + len(attempts)


def reseal(session: Session, keyring: Keyring) -> int:
    """Seal with the key in use whatever was sealed with an older one; how many accounts had to
    be. After that the older key may be thrown away."""
    changed = 0
    for account in session.scalars(select(Account).order_by(Account.id)):
        if not (keyring.is_current(account.cpf) and keyring.is_current(account.nome)):
            cpf = keyring.unseal(account.tenant, CPF_COLUMN, account.cpf)
            nome = keyring.unseal(account.tenant, NOME_COLUMN, account.nome)
            for name, value in _sealed(keyring, account.tenant, cpf, nome).items():
                setattr(account, name, value)
            changed += 1
    return changed


def _find_or_add(
    session: Session, keyring: Keyring, tenant: str, pessoa: Pessoa, now: datetime
) -> Account:
    account = _find(session, keyring, tenant, pessoa)
    if account is None:
        row = _sealed(keyring, tenant, pessoa.cpf, pessoa.nome)
        row |= {"id": uuid.uuid4(), "tenant": tenant, "issuer": pessoa.issuer}
        # Somebody's first login may come twice at the same moment.
        session.execute(
            insert_into(cast(Table, Account.__table__), session.get_bind().dialect.name)
            .values(**row, created=now, seen=now)
            .on_conflict_do_nothing(index_elements=["tenant", "issuer", "cpf_index"])
        )
        account = _find(session, keyring, tenant, pessoa)
        if account is None:
            raise NotFound("an account that was added a moment ago")
    for name, value in _sealed(keyring, tenant, pessoa.cpf, pessoa.nome).items():
        setattr(account, name, value)
    return account


def _find(session: Session, keyring: Keyring, tenant: str, pessoa: Pessoa) -> Account | None:
    return session.scalars(
        select(Account).where(
            Account.tenant == tenant,
            Account.issuer == pessoa.issuer,
            Account.cpf_index.in_(keyring.indexes(tenant, CPF_COLUMN, pessoa.cpf)),
        )
    ).one_or_none()


def _sealed(keyring: Keyring, tenant: str, cpf: str, nome: str) -> dict[str, Any]:
    """The columns that only our keys open, by the key in use."""
    return {
        "cpf_index": keyring.indexes(tenant, CPF_COLUMN, cpf)[0],
        "cpf": keyring.seal(tenant, CPF_COLUMN, cpf),
        "nome": keyring.seal(tenant, NOME_COLUMN, nome),
    }


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
