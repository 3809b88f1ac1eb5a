"""What comes with a request, when that is a file: piece by piece, or in a form, and on no disk."""

import os
from collections.abc import Iterator
from typing import IO

from flask import Request, request
from werkzeug.exceptions import ClientDisconnected

from portal.arquivos.store import PART


class Requested(Request):
    """A request whose files stay in memory: a folder for temporary files is sealed by nobody."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return os.fdopen(os.memfd_create("arquivo"), "w+b")


def parts_of(file: IO[bytes]) -> Iterator[bytes]:
    """Pieces of `PART` bytes; the last one may be shorter."""
    while part := file.read(PART):
        yield part


def parts_sent() -> Iterator[bytes]:
    """The body, in pieces of `PART` bytes as they come. Ends where the connection does."""
    waiting = bytearray()
    try:
        while chunk := request.stream.read(PART - len(waiting)):
            waiting += chunk
            if len(waiting) == PART:
                yield bytes(waiting)
                waiting.clear()
    except (ClientDisconnected, OSError):
        # What came whole is kept; the rest is sent again, from where we say.
        pass
    if waiting:
        yield bytes(waiting)
