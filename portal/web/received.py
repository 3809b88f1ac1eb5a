"""A file that is sent to be compared and not to be kept: hashed while it comes, in no memory but a
piece's, on no disk."""

from hashlib import sha256
from io import RawIOBase
from typing import IO, cast

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

LARGEST = 50_000_000
"""Bytes of the whole form."""
HELD = 200_000
"""Bytes that are held at once: more than the parser reads in one go."""


class TooLarge(Exception):
    """More than we read, said before or found while it came."""


class _Digest(RawIOBase):
    """Where a file goes: nothing of it stays but its SHA-256."""

    def __init__(self) -> None:
        self.digest = sha256()
        self.size = 0

    def write(self, piece: object) -> int:
        data = bytes(cast(bytes, piece))
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def seek(self, _offset: int, _whence: int = 0) -> int:
        return 0


def digest_of(field: str) -> str | None:
    """SHA-256 in hexadecimal of the file in this field; None when none was chosen, or it is empty.
    Raises TooLarge."""
    parser = FormDataParser(
        stream_factory=lambda *_, **__: cast("IO[bytes]", _Digest()),
        max_form_memory_size=HELD,
        max_content_length=LARGEST,
        max_form_parts=2,
    )
    try:
        _, _, files = parser.parse_from_environ(request.environ)
    except RequestEntityTooLarge as error:
        raise TooLarge from error
    if field not in files:
        return None
    stream = cast(_Digest, files[field].stream)
    return stream.digest.hexdigest() if stream.size else None
