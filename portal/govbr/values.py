"""What gov.br says of a person, and the ways in which it may fail to say it."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from portal.errors import PortalError
from portal.representation import Representation


class Nivel(IntEnum):
    """How well gov.br knows somebody. Ordered: compare, never test for one of them."""

    NENHUM = 0
    """Nothing was said, or a word that we do not know: enough for nothing that asks for a level."""
    BRONZE = 1
    PRATA = 2
    OURO = 3

    @property
    def word(self) -> str:
        return "sem nível" if self is Nivel.NENHUM else self.name.lower()


LEVELS = {"bronze": Nivel.BRONZE, "silver": Nivel.PRATA, "gold": Nivel.OURO}
"""`reliability_info.level` of the id_token."""


@dataclass(frozen=True, slots=True)
class Pessoa:
    """Somebody whom gov.br has just identified, as its id_token says."""

    issuer: str
    cpf: str
    """Eleven digits, checked. With the issuer, it is who the person is; nothing else is."""
    nome: str
    """The nome social where there is one (Decreto 8.727/2016)."""
    nivel: Nivel
    amr: tuple[str, ...] = ()
    """How the person proved it: `passwd`, `x509`, `mfa` and others, new ones included."""
    empresas: tuple[Representation, ...] | None = None
    """Whom they may act for; None where nobody asked or gov.br did not say."""


class Why(StrEnum):
    """Why nobody was signed in. This word, and nothing else of it, goes to the log."""

    REFUSED = "consent-refused"
    PROVIDER_ERROR = "provider-error"
    """An error in the return that is none of the others."""
    STATE = "state-unknown"
    """Used, over, of another browser or of another tenant."""
    CODE = "code-refused"
    CREDENTIALS = "credentials-refused"
    TOKEN_REQUEST = "token-request-refused"
    AWAY = "provider-away"
    """No connection, a broken one, or a status that says so."""
    SLOW = "provider-slow"
    BUSY = "too-many-wait"
    """Others of us are waiting for gov.br already."""
    MALFORMED = "answer-malformed"
    DISCOVERY = "discovery-of-another"
    NO_ID_TOKEN = "id-token-missing"
    SIGNATURE = "signature-wrong"
    ALGORITHM = "algorithm-refused"
    ISSUER = "issuer-wrong"
    AUDIENCE = "audience-wrong"
    NONCE = "nonce-wrong"
    EXPIRED = "id-token-expired"
    CLAIMS = "claims-wrong"
    SUBJECT = "subject-is-no-cpf"


class LoginFailed(PortalError):
    """Nobody was signed in. Carries no word of the provider, of a token or of the person."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
