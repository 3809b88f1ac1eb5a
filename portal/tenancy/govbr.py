"""How a tenant is registered at gov.br's Login Único, or at another provider that conforms."""

import re
from collections.abc import Mapping

import msgspec

from portal.tenancy.addresses import is_loopback, read_variable, split_address
from portal.tenancy.mistakes import Mistake
from portal.tenancy.values import Govbr

SCOPES = ("openid", "profile", "govbr_confiabilidades_idtoken")
"""Who it is, the name, and the level; no more than is used."""

_SCOPE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")  # RFC 6749, 3.3


class GovbrEntry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `govbr` of a tenant. The keys are OpenID Connect's own words, which stand beside
    the values in what gov.br sends to the municipality."""

    issuer: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...] = SCOPES
    authorization_endpoint: str | None = None
    token_endpoint: str | None = None
    jwks_uri: str | None = None
    logout: str | None = None
    catalogo: str | None = None
    api: str | None = None


def read_govbr(key: str, read: GovbrEntry | None, secrets: Mapping[str, str]) -> Govbr | None:
    """None where nobody signs in."""
    if read is None:
        return None
    issuer = _address(f"{key}.issuer", read.issuer)
    if not issuer.endswith("/") and ".acesso.gov.br" in issuer:
        raise Mistake(f"{key}.issuer", f'o do gov.br termina com uma barra: "{issuer}/"')
    api = _optional(f"{key}.api", read.api) or _api_of(issuer)
    if "govbr_empresa" in read.scopes and api is None:
        raise Mistake(f"{key}.api", 'o escopo "govbr_empresa" pede também este endereço')
    return Govbr(
        issuer=issuer,
        client_id=_client_id(f"{key}.client_id", read.client_id),
        client_secret=_client_secret(f"{key}.client_secret", read.client_secret, secrets),
        scopes=_scopes(f"{key}.scopes", read.scopes),
        authorization_endpoint=_optional(
            f"{key}.authorization_endpoint", read.authorization_endpoint
        ),
        token_endpoint=_optional(f"{key}.token_endpoint", read.token_endpoint),
        jwks_uri=_optional(f"{key}.jwks_uri", read.jwks_uri),
        logout=_optional(f"{key}.logout", read.logout) or f"{issuer.removesuffix('/')}/logout",
        catalogo=_optional(f"{key}.catalogo", read.catalogo) or _catalogue_of(issuer),
        api=api,
    )


def _address(key: str, text: str) -> str:
    """An https address; http only on this machine, where the demonstration's gov.br is."""
    parts = split_address(key, text)
    local = is_loopback(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise Mistake(key, f'esperava um endereço com https://, recebeu "{text}"')
    if not parts.hostname or parts.query or parts.fragment or text != text.strip():
        raise Mistake(key, f'esperava um endereço e nada depois, recebeu "{text}"')
    return text


def _optional(key: str, text: str | None) -> str | None:
    return None if text is None else _address(key, text)


def _client_id(key: str, text: str) -> str:
    if not text or not text.isprintable() or " " in text:
        raise Mistake(key, f'esperava o client_id sem espaços, recebeu "{text}"')
    return text


def _client_secret(key: str, text: str, secrets: Mapping[str, str]) -> str:
    """A secret in clear is refused: the file is copied into tickets and backups sooner or later."""
    if not text.startswith("env:"):
        raise Mistake(key, 'a senha não fica neste arquivo: use "env:GOVBR_SECRET"')
    secret = read_variable(key, text, secrets)
    if secret != secret.strip():
        raise Mistake(key, "a variável tem um espaço no começo ou no fim")
    return secret


def _scopes(key: str, scopes: tuple[str, ...]) -> tuple[str, ...]:
    for i, scope in enumerate(scopes):
        if not _SCOPE.fullmatch(scope):
            raise Mistake(f"{key}[{i}]", f'esperava uma palavra, recebeu "{scope}"')
    if "openid" not in scopes:
        raise Mistake(key, 'falta "openid", sem o qual o gov.br não diz quem é a pessoa')
    return scopes


def _api_of(issuer: str) -> str | None:
    match = re.fullmatch(r"https://sso((?:\.staging)?\.acesso\.gov\.br)/", issuer)
    return f"https://api{match[1]}/" if match else None


def _catalogue_of(issuer: str) -> str | None:
    """gov.br's catalogue of selos, where people raise their level. Other providers have none."""
    match = re.fullmatch(r"https://sso((?:\.staging)?\.acesso\.gov\.br)/", issuer)
    return f"https://confiabilidades{match[1]}/" if match else None
