"""What the invented gov.br decides: whom it lets in, what it refuses, what it remembers."""

import hmac
import re
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from portal.demo.govbr.faults import Fault
from portal.demo.govbr.people import Person, find_person
from portal.demo.govbr.tokens import (
    LIFETIME,
    Grant,
    Signer,
    access_token_claims,
    id_token_claims,
)

CODE_LIFETIME = 60
RANKS = ("bronze", "silver", "gold")

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")

Params = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Client:
    """A system that was registered."""

    client_id: str
    client_secret: str
    redirect_uris: frozenset[str]
    logout_uris: frozenset[str]


@dataclass(frozen=True, slots=True)
class SsoSession:
    """A browser in which somebody has entered."""

    person: Person
    auth_time: int


@dataclass(frozen=True, slots=True)
class _Code:
    grant: Grant
    redirect_uri: str
    challenge: str
    ends: float


class Refused(Exception):
    """Shown on gov.br's own page: the request is not one that may be sent back."""


class BackToClient(Exception):
    """The browser goes back, with an error for the client."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class TokenRefused(Exception):
    """A status and an OAuth error; without one, the body is empty."""

    def __init__(self, status: int, error: str = "", description: str = "") -> None:
        super().__init__(error)
        self.status, self.error, self.description = status, error, description


class GovBr:
    """One gov.br. Everything is forgotten with the process."""

    def __init__(self, issuer: str, clients: Iterable[Client]) -> None:
        self.issuer = issuer
        self.clients = {client.client_id: client for client in clients}
        self.signer = Signer()
        self.id_token_seconds = 600
        """The manual says 60, and every token that was ever seen says 600."""
        self.sessions: dict[str, SsoSession] = {}
        self.levels: dict[str, str] = {}
        """By CPF, of those who have raised theirs."""
        self.consents: set[tuple[str, str]] = set()
        """Clients and CPFs: who has authorised whom."""
        self.access_tokens: dict[str, Grant] = {}
        self.fault: Fault | None = None
        self.fault_at = "/token"
        self._codes: dict[str, _Code] = {}
        self._lock = threading.Lock()

    def level_of(self, person: Person) -> str:
        return self.levels.get(person.cpf, person.level)

    def raise_level(self, person: Person, level: str) -> None:
        if RANKS.index(level) > RANKS.index(self.level_of(person)):
            self.levels[person.cpf] = level

    def fail(self, fault: Fault | None, at: str = "/token") -> None:
        """Until told otherwise, at one address."""
        self.fault, self.fault_at = fault, at

    def enter(self, cpf: str) -> str:
        """A new browser session of an invented person: its token. Raises Refused."""
        person = find_person(cpf)
        if person is None:
            raise Refused("não há essa pessoa")
        token = token_urlsafe(24)
        self.sessions[token] = SsoSession(person, int(time.time()))
        return token

    def check_request(self, params: Params) -> Client:
        """The client that asks. Raises Refused where the browser must stay, BackToClient where
        the request itself is not good enough."""
        client = self.clients.get(params.get("client_id", ""))
        if client is None:
            raise Refused("invalid_client: client_id desconhecido")
        if params.get("redirect_uri") not in client.redirect_uris:
            raise Refused("invalid_grant: redirect_uri não registrada")
        if params.get("response_type") != "code":
            raise BackToClient(self.back(params, error="unsupported_response_type"))
        if params.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(
            params.get("code_challenge", "")
        ):
            raise BackToClient(self.back(params, error="invalid_request"))
        if not params.get("nonce") or not params.get("state"):
            raise BackToClient(self.back(params, error="invalid_request"))
        if "openid" not in params.get("scope", "").split():
            raise BackToClient(self.back(params, error="invalid_scope"))
        return client

    def back(self, params: Params, **answer: str) -> str:
        """The client's address, with an answer and its own state."""
        if params.get("state"):
            answer["state"] = params["state"]
        return f"{params['redirect_uri']}?{urlencode(answer)}" if answer else params["redirect_uri"]

    def issue_code(self, client: Client, session: SsoSession, params: Params) -> str:
        """An opaque text of five parts, as the real one is."""
        code = f"{token_urlsafe(20)}..{token_urlsafe(12)}.{token_urlsafe(60)}.{token_urlsafe(12)}"
        grant = Grant(
            client.client_id,
            client.client_secret,
            session.person,
            self.level_of(session.person),
            tuple(params["scope"].split()),
            params["nonce"],
            session.auth_time,
        )
        with self._lock:
            self._codes[code] = _Code(
                grant, params["redirect_uri"], params["code_challenge"], time.time() + CODE_LIFETIME
            )
        return code

    def exchange(self, authorization: str | None, form: Params) -> dict[str, object]:
        """The token endpoint. Raises TokenRefused."""
        client = self._authenticate(authorization, form)
        if form.get("grant_type") != "authorization_code":
            raise TokenRefused(400, "unsupported_grant_type")
        with self._lock:
            code = self._codes.pop(form.get("code", ""), None)
        if (
            code is None
            or self.fault is Fault.CODE
            or code.ends < time.time()
            or code.grant.client_id != client.client_id
            or code.redirect_uri != form.get("redirect_uri")
            or not _VERIFIER.fullmatch(form.get("code_verifier", ""))
            or _challenge(form["code_verifier"]) != code.challenge
        ):
            raise TokenRefused(400, "invalid_grant", "Invalid authorization code")
        return self._tokens(code.grant)

    def _tokens(self, grant: Grant) -> dict[str, object]:
        access = self.signer.sign(access_token_claims(grant, self.issuer), None, "")
        self.access_tokens[access] = grant
        answer: dict[str, object] = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": LIFETIME - 1,
            "scope": " ".join(sorted(grant.scopes)),
        }
        if self.fault is not Fault.NO_ID_TOKEN:
            claims = id_token_claims(grant, self.issuer, self.id_token_seconds, self.fault)
            answer["id_token"] = self.signer.sign(claims, self.fault, grant.client_secret)
        return answer

    def _authenticate(self, authorization: str | None, form: Params) -> Client:
        """By Basic and nothing else. Raises TokenRefused, without a body for a wrong secret."""
        scheme, _, encoded = (authorization or "").partition(" ")
        if scheme.lower() != "basic" or "client_secret" in form:
            raise TokenRefused(401, "unauthorized", "Bad credentials")
        try:
            client_id, _, secret = b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            raise TokenRefused(401, "unauthorized", "Bad credentials") from None
        client = self.clients.get(client_id)
        if client is None or not hmac.compare_digest(client.client_secret, secret):
            raise TokenRefused(401)
        return client


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
