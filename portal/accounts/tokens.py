"""What a browser holds, and what a row keeps of it."""

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> str:
    """256 bits, 43 characters."""
    return token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is stored: whoever reads it cannot make the token of it."""
    return sha256(token.encode()).digest()
