"""Rows: people, the browsers they are signed in with, logins that have been started."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

CPF_COLUMN, NOME_COLUMN = "account.cpf", "account.nome"
COMPANIES_COLUMN, ACTING_COLUMN = "login.empresas", "login.agindo"
"""Where the keyring is told that these are kept."""


class Account(Base):
    """A person at one tenant. Issuer and CPF are who it is; an e-mail never is."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("tenant", "issuer", "cpf_index"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(200))
    cpf_index: Mapped[bytes] = mapped_column(LargeBinary(32))
    cpf: Mapped[bytes] = mapped_column(LargeBinary)
    """Sealed, as the name is."""
    nome: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime]
    seen: Mapped[datetime]
    """The last login."""


class Login(Base):
    """A browser in which somebody is signed in. It is deleted with the session: what is gone can
    be neither stolen nor asked for."""

    __tablename__ = "login"

    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of the browser's token."""
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    account_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    nivel: Mapped[int] = mapped_column(SmallInteger)
    amr: Mapped[str] = mapped_column(String(200))
    device: Mapped[str] = mapped_column(String(60))
    """Coarse, such as "Chrome no Android"."""
    created: Mapped[datetime]
    seen: Mapped[datetime]
    ends: Mapped[datetime] = mapped_column(index=True)
    previous: Mapped[datetime | None]
    """The login before this one, from any browser; None at the first."""
    volta: Mapped[str | None] = mapped_column(String(2000))
    """Where the person wanted to go when a higher level was asked for."""
    empresas: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Whom gov.br said that the person may act for, sealed; None where it did not say."""
    agindo: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Whom they act for, sealed."""


class LoginAttempt(Base):
    """A login that was started and has not come back. Neither nonce nor verifier is in it: both
    are made of the state again, with a key that is not here."""

    __tablename__ = "login_attempt"

    id: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of the state."""
    tenant: Mapped[str] = mapped_column(String(40))
    browser: Mapped[bytes] = mapped_column(LargeBinary(32))
    """SHA-256 of the token in the cookie of the browser that started it."""
    volta: Mapped[str] = mapped_column(String(2000))
    ends: Mapped[datetime] = mapped_column(index=True)
