"""Files of external documents, in the folder where SEI keeps them: `YYYY/MM/DD/<id_anexo>`.

The folder is SEI's and is only ever read. Every step below it is opened from the one before and
follows no link, so whatever stands there, nothing outside the folder can be reached.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from stat import S_ISREG

CHUNK = 65_536
"""Bytes in memory of a file on its way out, whatever its size."""


class Missing(Exception):
    """There is no such regular file that we may read; the message is for the log."""


@dataclass(slots=True)
class StoredFile:
    """An open file of the repository. Whoever opens it closes it."""

    descriptor: int
    size: int
    """Bytes when it was opened."""
    modified: int
    """Nanoseconds since 1970."""

    def head(self, length: int) -> bytes:
        """Its first bytes, as many as there are of `length`. Raises `Missing`, and closes the file,
        when even they cannot be read."""
        try:
            return os.pread(self.descriptor, length, 0)
        except OSError as error:
            self.close()
            raise Missing(os.strerror(error.errno or 0)) from error

    def chunks(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on, `length` of them, a chunk at a time.

        Raises ConnectionResetError when the file has become shorter meanwhile, or cannot be read
        any more: what was promised to the reader cannot be kept, and only a broken connection says
        so.
        """
        left = self.size - start if length is None else length
        while left > 0:
            try:
                chunk = os.pread(self.descriptor, min(CHUNK, left), start)
            except OSError as error:
                raise ConnectionResetError(errno.ECONNRESET, "a file broke off") from error
            if not chunk:
                raise ConnectionResetError(errno.ECONNRESET, "a file ended before its size")
            start += len(chunk)
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Give the descriptor back; a second time does nothing."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def open_file(folder: Path, id_anexo: int, incluido_em: date) -> StoredFile:
    """The file of an anexo that SEI stored on that day. Raises `Missing`."""
    steps = (f"{incluido_em:%Y}", f"{incluido_em:%m}", f"{incluido_em:%d}")
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        for step in steps:
            descriptor = _step(descriptor, step, os.O_DIRECTORY)
        # A pipe would keep us waiting for somebody to write into it.
        descriptor = _step(descriptor, str(int(id_anexo)), os.O_NONBLOCK)
    except OSError as error:
        raise Missing(os.strerror(error.errno or 0)) from error
    status = os.fstat(descriptor)
    if not S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Missing("not a regular file")
    with suppress(OSError):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
    return StoredFile(descriptor, status.st_size, status.st_mtime_ns)


def _step(parent: int, name: str, flags: int) -> int:
    """Open `name` inside `parent`, which is closed whatever happens."""
    try:
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | flags, dir_fd=parent)
    finally:
        os.close(parent)
