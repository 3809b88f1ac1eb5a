"""Rows: every edition of every service."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base


class ServicoVersao(Base):
    """A service as it stood from one import to another. It is never changed, only superseded: what
    somebody began with one edition is finished with it."""

    __tablename__ = "servico_versao"
    __table_args__ = (
        UniqueConstraint("tenant", "slug", "versao"),
        UniqueConstraint("tenant", "oferecido"),
        CheckConstraint("(oferecido IS NULL) = (retirado IS NOT NULL)", name="oferecido"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    tenant: Mapped[str] = mapped_column(String(40))
    slug: Mapped[str] = mapped_column(String(60))
    versao: Mapped[int] = mapped_column(Integer)
    """From 1, of each slug."""
    conteudo: Mapped[bytes] = mapped_column(LargeBinary)
    """A Servico as JSON."""
    publicado: Mapped[datetime]
    retirado: Mapped[datetime | None]
    """When another edition, or none, took its place; None while it is offered."""
    oferecido: Mapped[str | None] = mapped_column(String(60))
    """The slug while it is offered, so that no slug is twice; None afterwards."""
