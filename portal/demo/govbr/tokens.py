"""Tokens with exactly the claims that gov.br's have, signed by hand.

Not by the library that the portal reads them with: the two shall not merely agree.
"""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from portal.demo.govbr.faults import Fault
from portal.demo.govbr.people import Person

KID = "rsa1"
"""What gov.br's key was called in 2019, in 2023 and in 2026."""

LIFETIME = 3600


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody let a client have."""

    client_id: str
    client_secret: str
    person: Person
    level: str
    scopes: tuple[str, ...]
    nonce: str
    auth_time: int


class Signer:
    """One RSA key, which may be replaced under its old name."""

    def __init__(self) -> None:
        self.kid = KID
        self._key = _new_key()
        self._foreign = _new_key()

    def rotate(self, kid: str | None = None) -> None:
        self._key = _new_key()
        self.kid = kid or self.kid

    def jwks(self) -> dict[str, Any]:
        """Without `use`, as gov.br's is."""
        numbers = self._key.public_key().public_numbers()
        size = (numbers.n.bit_length() + 7) // 8
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "e": _encode(numbers.e.to_bytes(3, "big")),
                    "kid": self.kid,
                    "alg": "RS256",
                    "n": _encode(numbers.n.to_bytes(size, "big")),
                }
            ]
        }

    def sign(self, claims: dict[str, Any], fault: Fault | None, secret: str) -> str:
        alg = {Fault.ALGORITHM: "HS256", Fault.UNSIGNED: "none"}.get(fault or Fault.CODE, "RS256")
        header = _encode_json({"kid": self.kid, "alg": alg})
        text = f"{header}.{_encode_json(claims)}".encode()
        if alg == "none":
            signature = b""
        elif alg == "HS256":
            signature = hmac.digest(secret.encode(), text, "sha256")
        else:
            key = self._foreign if fault is Fault.SIGNATURE else self._key
            signature = key.sign(text, padding.PKCS1v15(), SHA256())
        return f"{text.decode()}.{_encode(signature)}"


def id_token_claims(grant: Grant, issuer: str, seconds: int, fault: Fault | None) -> dict[str, Any]:
    """What the scopes give. `_verified` are texts here; an e-mail nobody confirmed is absent."""
    now, person = int(time.time()), grant.person
    claims: dict[str, Any] = {
        **_common(grant, issuer, now),
        "exp": now + seconds,
        "auth_time": grant.auth_time,
        "nonce": grant.nonce,
        "kid": KID,
        "email_verified": "true" if person.email and person.email_verified else "false",
        "phone_number_verified": "false",
    }
    if "profile" in grant.scopes:
        claims |= {"name": person.nome, "picture": f"{issuer}userinfo/picture"}
        if person.nome_social:
            claims["social_name"] = person.nome_social
    if "email" in grant.scopes and person.email and person.email_verified:
        claims["email"] = person.email
    if "govbr_confiabilidades_idtoken" in grant.scopes:
        claims["reliability_info"] = {
            "level": grant.level,
            "reliabilities": [{"id": "801", "updatedAt": "2025-08-19T16:41:24.853-0300"}],
        }
    return claims | _spoiled(claims, issuer, fault)


def access_token_claims(grant: Grant, issuer: str) -> dict[str, Any]:
    now = int(time.time())
    return {**_common(grant, issuer, now), "exp": now + LIFETIME}


def _common(grant: Grant, issuer: str, now: int) -> dict[str, Any]:
    person = grant.person
    claims = {
        "sub": person.cpf,
        "iss": issuer,
        "aud": grant.client_id,
        "preferred_username": person.cpf,
        "scope": list(grant.scopes),
        "amr": list(person.amr),
        "iat": now,
        "jti": token_hex(16),
    }
    if person.cnpj:
        n = person.cnpj
        claims["cnpj"] = f"{n[:2]}.{n[2:5]}.{n[5:8]}/{n[8:12]}-{n[12:]}"
    return claims


def _spoiled(claims: dict[str, Any], issuer: str, fault: Fault | None) -> dict[str, Any]:
    """What is put over the claims to make them wrong."""
    match fault:
        case Fault.NONCE:
            return {"nonce": "of-another-request"}
        case Fault.AUDIENCE:
            return {"aud": "h-outro.example"}
        case Fault.AUDIENCE_SHARED:
            return {"aud": ["h-outro.example", claims["aud"]], "azp": claims["aud"]}
        case Fault.ISSUER:
            return {"iss": "https://sso.acesso.example/"}
        case Fault.ISSUER_SLASH:
            return {"iss": issuer.removesuffix("/")}
        case Fault.EXPIRED:
            return {"iat": claims["iat"] - 7200, "exp": claims["iat"] - 3600}
        case Fault.SUBJECT:
            return {"sub": "12345678900"}
    return {}


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _encode_json(value: dict[str, Any]) -> str:
    return _encode(json.dumps(value, separators=(",", ":")).encode())
