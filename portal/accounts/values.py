"""Who is signed in, and what a person may know of their own sessions."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from portal.audit import Happening
from portal.govbr.values import Nivel
from portal.protocolo.values import DraftView, SubmissionView
from portal.representation import Representation
from portal.sei.values import Vinculo

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
"""However much it is used. Both are ASVS 7.1.1's documented choice: a shared computer."""
ATTEMPT = timedelta(minutes=15)
"""From pressing the button to coming back: a password may have to be recovered meanwhile."""
TOUCH = timedelta(minutes=1)
"""A session's last use is written down no more often."""


class Standing(Enum):
    """Whether who chose to act for somebody still may."""

    HOLDS = auto()
    OVER = auto()
    UNCHECKED = auto()
    """SEI has not been asked yet, or does not answer: for the time being they may not."""


@dataclass(frozen=True, slots=True)
class Acting:
    """For whom a session acts. When it no longer does, that is said and not passed over."""

    representation: Representation
    standing: Standing
    vinculo: Vinculo | None = None
    """As SEI had it a moment ago; None where gov.br says that it is so."""
    noted: bool = False
    """That it is over has been written down."""

    @property
    def valid(self) -> bool:
        return self.standing is Standing.HOLDS

    @property
    def over(self) -> bool:
        return self.standing is Standing.OVER


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who asks, by a session that is valid at this moment."""

    account: uuid.UUID
    login: bytes = field(repr=False)
    """The session's row."""
    nome: str = field(repr=False)
    cpf: str = field(repr=False)
    nivel: Nivel
    amr: tuple[str, ...]
    since: datetime
    seen: datetime
    """The last use that was written down."""
    ends: datetime
    """At the latest; sooner when nothing is asked for as long as `IDLE`."""
    previous: datetime | None = None
    """The login before this one; None at the first."""
    acting: Acting | None = None
    """None for who acts for themself."""

    # What Flask-Login asks of whoever is signed in.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """The row's name; the token itself is nowhere but in the browser."""
        return self.login.hex()


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser in which the person is signed in."""

    id: uuid.UUID
    """Public: a form may carry it."""
    device: str
    since: datetime
    seen: datetime
    current: bool
    """It is the one that asks."""
    nivel: Nivel
    amr: str
    """gov.br's words for how the person proved who they are, between spaces."""
    previous: datetime | None
    """The login before it; None at the first."""
    volta: str | None
    """Where the person wants to go when their level is higher."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A pedido that the person has begun and not sent."""

    servico: str
    """The service's name."""
    draft: DraftView


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that is kept of one person at one tenant."""

    nome: str = field(repr=False)
    cpf: str = field(repr=False)
    issuer: str
    created: datetime
    """The first login."""
    seen: datetime
    """The last one."""
    sessions: tuple[OpenSession, ...]
    more_sessions: bool
    """Than those."""
    empresas: tuple[Representation, ...]
    """Kept with the session that asks: gov.br's companies, and for whom it acts."""
    happenings: tuple[Happening, ...]
    """Newest first."""
    more_happenings: bool
    """Older ones."""
    drafts: tuple[KeptDraft, ...]
    """The last changed first."""
    submissions: tuple[SubmissionView, ...]
    """Newest first. They stay when the account goes: what was handed over to the administration
    is the administration's to keep (Lei 8.159/1991)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A login that has been started."""

    state: str
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    """PKCE's, whose digest alone the provider is told before the code comes back."""
