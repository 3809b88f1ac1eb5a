"""The Login Único as a client sees it: where it is, its keys, and a code made into a person.

Authlib's parts and not its Flask client, which keeps what it must remember in the cookie, fetches
keys again only for a `kid` it has not seen (gov.br's has been `rsa1` for years), and takes a token
for somebody else when it names us beside them.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from portal.govbr.values import LoginFailed, Pessoa, Why
from portal.tenancy import Govbr

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

    from portal.govbr.http import Session

A_DAY = 86_400.0
KEYS_AGAIN = 60.0
"""Seconds between two times that a signature makes us fetch the keys again."""
PATIENCE = 2.0
"""Seconds a login waits for another one to have asked gov.br."""


class Endpoints(NamedTuple):
    """Where the provider answers."""

    authorization: str
    token: str
    jwks: str


class Provider:
    """gov.br, or whoever conforms, as one tenant is registered there. Safe to share between
    threads; asks nothing until somebody signs in."""

    def __init__(
        self,
        settings: Govbr,
        redirect_uri: str,
        places: threading.Semaphore,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`places` are threads that may wait for the provider at once: others must stay free."""
        self.settings = settings
        self._redirect_uri = redirect_uri
        self._places = places
        self._clock = clock
        self._lock = threading.Lock()
        self._endpoints: tuple[Endpoints, float] | None = None
        self._keys: tuple[list[RSAKey], float] | None = None
        self._keys_again = float("-inf")

    def authorization_url(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Raises LoginFailed when discovery does not answer."""
        with self._session() as session:
            url, _ = session.create_authorization_url(
                self._find_endpoints(session).authorization,
                state=state,
                nonce=nonce,
                code_verifier=verifier,
            )
        return str(url)

    def logout_url(self, back: str) -> str:
        """Where the browser ends gov.br's session. `back` must be the registered address, and
        nothing else may stand beside it."""
        return f"{self.settings.logout}?{urlencode({'post_logout_redirect_uri': back})}"

    def fetch_pessoa(self, code: str, nonce: str, verifier: str) -> Pessoa:
        """Who the code is for. Raises LoginFailed. Tokens are forgotten on return.

        A person enters even when gov.br does not say which companies are theirs.
        """
        from portal.govbr.empresas import list_companies

        with self._session() as session:
            id_token = self._fetch_id_token(session, code, verifier)
            pessoa = self._read(session, id_token, nonce)
            if not self.settings.asks_companies or self.settings.api is None:
                return pessoa
            with suppress(LoginFailed):
                found = list_companies(session, self.settings.api, pessoa.cpf)
                pessoa = replace(pessoa, empresas=found)
            return pessoa

    def _fetch_id_token(self, session: "Session", code: str, verifier: str) -> str:
        from authlib.common.errors import AuthlibBaseError

        try:
            token = session.fetch_token(
                self._find_endpoints(session).token,
                grant_type="authorization_code",
                code=code,
                code_verifier=verifier,
                redirect_uri=self._redirect_uri,
            )
        except AuthlibBaseError as error:
            raise LoginFailed(_REFUSALS.get(error.error, Why.TOKEN_REQUEST)) from error
        except (TypeError, ValueError) as error:  # such as an `expires_in` that is no number
            raise LoginFailed(Why.MALFORMED) from error
        id_token = token.get("id_token")
        if not isinstance(id_token, str) or not id_token:
            raise LoginFailed(Why.NO_ID_TOKEN)
        return id_token

    def _read(self, session: "Session", id_token: str, nonce: str) -> Pessoa:
        from portal.govbr.id_token import read_pessoa, read_signed

        claims = read_signed(id_token, self._find_keys(session))
        if claims is None and (keys := self._fetch_keys_again(session)):
            claims = read_signed(id_token, keys)
        if claims is None:
            raise LoginFailed(Why.SIGNATURE)
        return read_pessoa(claims, self.settings, nonce, self._clock())

    def _find_endpoints(self, session: "Session") -> Endpoints:
        given = self.settings
        if given.authorization_endpoint and given.token_endpoint and given.jwks_uri:
            return Endpoints(given.authorization_endpoint, given.token_endpoint, given.jwks_uri)
        with self._lock:
            now = time.monotonic()
            if self._endpoints is None or now - self._endpoints[1] > A_DAY:
                found = session.get(
                    f"{given.issuer.removesuffix('/')}/.well-known/openid-configuration",
                    withhold_token=True,
                ).json()
                self._endpoints = _read_discovery(found, given), now
            return self._endpoints[0]

    def _find_keys(self, session: "Session") -> "list[RSAKey]":
        uri = self._find_endpoints(session).jwks
        with self._lock:
            now = time.monotonic()
            if self._keys is None or now - self._keys[1] > A_DAY:
                self._keys = _fetch_keys(session, uri), now
            return self._keys[0]

    def _fetch_keys_again(self, session: "Session") -> "list[RSAKey] | None":
        """A key may have been replaced under its old name. None when that was looked at a moment
        ago, or anybody's bad token would make us ask."""
        uri = self._find_endpoints(session).jwks
        with self._lock:
            now = time.monotonic()
            if now - self._keys_again < KEYS_AGAIN:
                return None
            self._keys_again = now
            self._keys = _fetch_keys(session, uri), now
            return self._keys[0]

    @contextmanager
    def _session(self) -> "Iterator[Session]":
        from portal.govbr.http import Session

        if not self._places.acquire(timeout=PATIENCE):
            raise LoginFailed(Why.BUSY)
        try:
            with Session(
                self.settings.client_id,
                self.settings.client_secret,
                token_endpoint_auth_method="client_secret_basic",
                code_challenge_method="S256",
                scope=" ".join(self.settings.scopes),
                redirect_uri=self._redirect_uri,
            ) as session:
                yield session
        finally:
            self._places.release()


_REFUSALS = {
    "invalid_grant": Why.CODE,
    "invalid_client": Why.CREDENTIALS,
    "unauthorized_client": Why.CREDENTIALS,
    "unauthorized": Why.CREDENTIALS,
    "temporarily_unavailable": Why.AWAY,
    "server_error": Why.AWAY,
}
"""What the token endpoint says, and what we make of it."""


def _read_discovery(found: Mapping[str, Any], given: Govbr) -> Endpoints:
    """What was configured wins. A document of another issuer is refused: one that names an
    endpoint of its own would be sent the codes."""
    if found.get("issuer") != given.issuer:
        raise LoginFailed(Why.DISCOVERY)
    scheme = given.issuer.partition("://")[0]
    listed: list[Any] = [
        given.authorization_endpoint or found.get("authorization_endpoint"),
        given.token_endpoint or found.get("token_endpoint"),
        given.jwks_uri or found.get("jwks_uri"),
    ]
    if not all(isinstance(e, str) and e.startswith(f"{scheme}://") for e in listed):
        raise LoginFailed(Why.MALFORMED)
    return Endpoints(*listed)


def _fetch_keys(session: "Session", uri: str) -> "list[RSAKey]":
    from portal.govbr.id_token import read_keys

    return read_keys(session.get(uri, withhold_token=True).json())
