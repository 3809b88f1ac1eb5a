"""Why Authlib's Flask client is not used, tried on the Authlib that is installed. When one of these
fails, that reason is gone: correct it in CONTRIBUTING.md."""

import time
from typing import Any

import pytest
from authlib.integrations.flask_client import OAuth
from flask import Flask, session
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import RSAKey

CLIENT, ISSUER, NONCE = "h-acacias.example", "https://sso.example/", "a-nonce"
KEY, NEXT_KEY = (RSAKey.generate_key(2048, {"kid": "rsa1"}) for _ in range(2))


@pytest.fixture
def client() -> Any:
    app = Flask(__name__)
    app.secret_key = "of the tests"
    return OAuth(app).register(
        "govbr",
        client_id=CLIENT,
        client_secret="x",
        issuer=ISSUER,
        authorize_url=f"{ISSUER}authorize",
        access_token_url=f"{ISSUER}token",
        jwks_uri=f"{ISSUER}jwk",
        jwks={"keys": [KEY.as_dict(private=False)]},
        id_token_signing_alg_values_supported=["RS256"],
        client_kwargs={"scope": "openid", "code_challenge_method": "S256"},
    )


def token(key: RSAKey, **claims: object) -> dict[str, str]:
    now = int(time.time())
    said = {"iss": ISSUER, "sub": "39053344705", "aud": CLIENT, "nonce": NONCE,
            "iat": now, "exp": now + 600} | claims  # fmt: skip
    signed = jwt.encode({"alg": "RS256", "kid": "rsa1"}, said, key)
    return {"id_token": signed, "access_token": "a"}


def test_it_reads_a_right_token(client: Any) -> None:
    assert client.parse_id_token(token(KEY), NONCE)["sub"] == "39053344705"


def test_it_keeps_every_login_that_was_given_up_in_the_cookie(client: Any) -> None:
    app = Flask(__name__)
    app.secret_key = "of the tests"
    with app.test_request_context():
        for _ in range(20):
            client.authorize_redirect("https://portal.example/entrar/retorno")
        assert len(session) == 20


def test_it_never_asks_for_a_key_that_was_replaced_under_its_name(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[bool] = []
    fetch = client.fetch_jwk_set
    monkeypatch.setattr(
        client, "fetch_jwk_set", lambda force=False: fetched.append(force) or fetch()
    )
    for _ in range(2):
        with pytest.raises(BadSignatureError):
            client.parse_id_token(token(NEXT_KEY), NONCE)
    assert fetched == [False, False]


@pytest.mark.parametrize("aud", ["another.example", ["another.example", CLIENT]])
def test_it_takes_a_token_for_somebody_else_unless_it_is_told_whom_we_are(
    client: Any, aud: object
) -> None:
    assert client.parse_id_token(token(KEY, aud=aud, azp=CLIENT), NONCE)["sub"]
