"""Keys: what is kept of a person is sealed with them, and found again without being opened.

Each purpose has a key of its own, derived from the portal's secret key by HKDF-SHA-256. A secret
key that was replaced still opens what was sealed with it, and seals nothing more.
"""

import hmac
import os
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from portal.errors import PortalError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

ID_SIZE = 4
"""Bytes in front of whatever is sealed, which tell the key."""
NONCE_SIZE = 12
"""Bytes after them, where each sealing has its own."""


class Unreadable(PortalError):
    """None of our keys opens this: it was sealed with another key, or for another place."""


class Keyring:
    """Seals texts and makes digests. Safe to share between threads.

    `secrets` are secret keys of the portal, the one in use first.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secret.encode() for secret in secrets)
        self._derived: dict[tuple[bytes, str, int], bytes] = {}

    def seal(self, tenant: str, column: str, text: str) -> bytes:
        """The text by AES-SIV, readable only as this tenant's and in this `table.column`.

        The same text gives the same bytes there, so a column can be compared but not read.
        """
        key = self._secrets[0]
        return self._id(key) + self._siv(key).encrypt(text.encode(), _place(tenant, column))

    def unseal(self, tenant: str, column: str, sealed: bytes) -> str:
        """What `seal` was given. Raises Unreadable."""
        from cryptography.exceptions import InvalidTag

        for key in self._secrets:
            if hmac.compare_digest(self._id(key), sealed[:ID_SIZE]):
                try:
                    text: bytes = self._siv(key).decrypt(sealed[ID_SIZE:], _place(tenant, column))
                except (InvalidTag, ValueError) as error:
                    raise Unreadable(f"{column} of {tenant}") from error
                return text.decode()
        raise Unreadable(f"{column} of {tenant}: sealed with a key that we do not have")

    def seal_part(self, tenant: str, name: str, offset: int, part: bytes) -> bytes:
        """A part of a file by AES-256-GCM, by a key that this file alone has. The same part never
        gives the same bytes twice; it is readable only at this place of this tenant's file."""
        key, nonce = self._secrets[0], os.urandom(NONCE_SIZE)
        sealed: bytes = self._gcm(key, tenant, name).encrypt(nonce, part, str(offset).encode())
        return self._id(key) + nonce + sealed

    def unseal_part(self, tenant: str, name: str, offset: int, sealed: bytes) -> bytes:
        """What `seal_part` was given. Raises Unreadable."""
        from cryptography.exceptions import InvalidTag

        nonce, body = sealed[ID_SIZE : ID_SIZE + NONCE_SIZE], sealed[ID_SIZE + NONCE_SIZE :]
        for key in self._secrets:
            if hmac.compare_digest(self._id(key), sealed[:ID_SIZE]):
                try:
                    gcm = self._gcm(key, tenant, name)
                    part: bytes = gcm.decrypt(nonce, body, str(offset).encode())
                except (InvalidTag, ValueError) as error:
                    raise Unreadable(f"a file of {tenant}") from error
                return part
        raise Unreadable(f"a file of {tenant}: sealed with a key that we do not have")

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the key in use."""
        return hmac.compare_digest(self._id(self._secrets[0]), sealed[:ID_SIZE])

    def indexes(self, tenant: str, column: str, text: str) -> tuple[bytes, ...]:
        """What to look for, one for each key; the first is the one to store.

        Whoever has the key can try every CPF there is, so it is as secret as they are.
        """
        return tuple(
            self._digest(key, "index", f"{tenant}|{column}|{text}") for key in self._secrets
        )

    def digest(self, purpose: str, text: str) -> bytes:
        """32 bytes that nobody without the key in use can tell from the text."""
        return self._digest(self._secrets[0], f"digest {purpose}", text)

    def _digest(self, secret: bytes, purpose: str, text: str) -> bytes:
        return hmac.digest(self._derive(secret, purpose, 32), text.encode(), sha256)

    def _siv(self, secret: bytes) -> "AESSIV":
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV

        return AESSIV(self._derive(secret, "seal", 64))

    def _gcm(self, secret: bytes, tenant: str, name: str) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        # Of each file its own, and so kept nowhere: there is no end to files.
        return AESGCM(_hkdf(secret, f"file {tenant} {name}", 32))

    def _id(self, secret: bytes) -> bytes:
        return self._derive(secret, "id", ID_SIZE)

    def _derive(self, secret: bytes, purpose: str, length: int) -> bytes:
        name = secret, purpose, length
        if name not in self._derived:
            self._derived[name] = _hkdf(secret, purpose, length)
        return self._derived[name]


def _hkdf(secret: bytes, purpose: str, length: int) -> bytes:
    # Imported here: whoever is not signed in needs none of it.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"portal-do-protocolo {purpose}".encode()
    return HKDF(SHA256(), length, salt=None, info=info).derive(secret)


def _place(tenant: str, column: str) -> list[bytes]:
    return [tenant.encode(), column.encode()]
