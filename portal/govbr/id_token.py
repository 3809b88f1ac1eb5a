"""The id_token: whether gov.br signed it, for us, now, and who it says the person is."""

from collections.abc import Iterable, Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    JoseError,
    MissingClaimError,
    UnsupportedAlgorithmError,
)
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from portal.cpf import is_cpf
from portal.govbr.values import LEVELS, LoginFailed, Nivel, Pessoa, Why
from portal.tenancy import Govbr

LEEWAY = 60
"""Seconds that our clock and theirs may differ. An id_token of gov.br lives 60 to 600."""

LONGEST_NAME = 200

_REGISTRY = JWSRegistry(algorithms=["RS256"], strict_check_header=False)

Claims = dict[str, Any]


def read_keys(jwks: Mapping[str, Any]) -> list[RSAKey]:
    """The RSA keys of a JWK set; gov.br's has one, without a `use`. Raises LoginFailed."""
    listed = jwks.get("keys")
    if not isinstance(listed, list):
        raise LoginFailed(Why.MALFORMED)
    try:
        keys = [
            RSAKey.import_key(entry)
            for entry in listed
            if isinstance(entry, dict) and entry.get("kty") == "RSA" and entry.get("use") != "enc"
        ]
    except (JoseError, ValueError, TypeError) as error:
        raise LoginFailed(Why.MALFORMED) from error
    if not keys:
        raise LoginFailed(Why.MALFORMED)
    return keys


def read_signed(id_token: str, keys: Iterable[RSAKey]) -> Claims | None:
    """Its claims, when one of the keys has signed it by RS256; None when none has.

    Every key is tried, whatever its `kid`: gov.br has kept one name for several of them. Raises
    LoginFailed for what no key could have made right.
    """
    for key in keys:
        try:
            return dict(jwt.decode(id_token, key, registry=_REGISTRY).claims)
        except BadSignatureError:
            continue
        except UnsupportedAlgorithmError as error:
            raise LoginFailed(Why.ALGORITHM) from error
        except (JoseError, ValueError) as error:
            raise LoginFailed(Why.MALFORMED) from error
    return None


def read_pessoa(claims: Claims, settings: Govbr, nonce: str, now: float) -> Pessoa:
    """Who it is for. Raises LoginFailed when it is not from there, not for us, or not from now."""
    amr = claims.get("amr") or []
    claims["amr"] = [amr] if isinstance(amr, str) else amr  # one word, until 2019
    token = CodeIDToken(
        claims,
        {"alg": "RS256"},
        {"iss": {"essential": True, "value": settings.issuer}},
        {"nonce": nonce, "client_id": settings.client_id},
    )
    try:
        token.validate(int(now), LEEWAY)
    except ExpiredTokenError as error:
        raise LoginFailed(Why.EXPIRED) from error
    except (InvalidClaimError, MissingClaimError) as error:
        raise LoginFailed(_CLAIMS.get(error.claim, Why.CLAIMS)) from error
    except (JoseError, TypeError, ValueError) as error:
        raise LoginFailed(Why.CLAIMS) from error
    if claims["aud"] not in (settings.client_id, [settings.client_id]):
        raise LoginFailed(Why.AUDIENCE)
    cpf = claims["sub"]
    if not isinstance(cpf, str) or not is_cpf(cpf):
        raise LoginFailed(Why.SUBJECT)
    return Pessoa(
        issuer=settings.issuer,
        cpf=cpf,
        nome=_nome(claims),
        nivel=_nivel(claims),
        amr=tuple(word for word in claims["amr"] if isinstance(word, str)),
    )


_CLAIMS = {
    "iss": Why.ISSUER,
    "aud": Why.AUDIENCE,
    "azp": Why.AUDIENCE,
    "nonce": Why.NONCE,
    "sub": Why.SUBJECT,
}


def _nome(claims: Claims) -> str:
    for claim in ("social_name", "name"):
        nome = claims.get(claim)
        if isinstance(nome, str) and (nome := " ".join(nome.split())):
            return "".join(c for c in nome if c.isprintable())[:LONGEST_NAME]
    return "Pessoa sem nome no gov.br"


def _nivel(claims: Claims) -> Nivel:
    info = claims.get("reliability_info")
    level = info.get("level") if isinstance(info, dict) else None
    return LEVELS.get(level, Nivel.NENHUM) if isinstance(level, str) else Nivel.NENHUM
