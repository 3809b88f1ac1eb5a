"""Whether a file may be taken, found out in a process of its own, which has bounds.

The order is that of OWASP's advice on uploads: what costs nothing first, and nothing is decoded in
the process that answers people.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import md5, sha256
from threading import BoundedSemaphore
from typing import IO, TypeAlias

import msgspec

from portal.arquivos.child import OUT_OF_BOUNDS, SECONDS, Verdict
from portal.arquivos.values import Accepted, Kind, Limits, Reason, Refused
from portal.config import ROOT
from portal.errors import FilesAway

Parts: TypeAlias = Iterable[bytes]
"""A file, piece by piece."""

LONGEST_WAIT = 2.0 * SECONDS
"""Seconds, for those that are looked at before it."""

# One at a time: each may take as much memory as all the rest of the portal.
_turn = BoundedSemaphore(1)


class Busy(FilesAway):
    """Others are being looked at."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A file in memory that another process can read, and its digests."""

    file: IO[bytes]
    size: int
    sha256: str
    md5: str


def check(parts: Parts, kind: Kind, limits: Limits) -> Accepted | Refused:
    """Look at a file. Raises FilesAway; nothing that a file does raises anything."""
    with ExitStack() as stack:
        copy = _copy(stack, parts, limits.size)
        if copy is None:
            return Refused(Reason.TOO_LARGE)
        if copy.size == 0:
            return Refused(Reason.EMPTY)
        answer = _ask(copy.file, kind, limits)
    if answer is None:
        return Refused(Reason.TOO_MUCH_WORK)
    verdict = msgspec.json.decode(answer, type=Verdict)
    if verdict.reason is not None:
        return Refused(verdict.reason)
    return Accepted(copy.size, copy.sha256, copy.md5, verdict.pages)


def make_pdf(photos: Sequence[Parts]) -> bytes | Refused:
    """One PDF of photos that were accepted, a page of each, in their order. Raises FilesAway."""
    with ExitStack() as stack:
        file = stack.enter_context(_memory())
        sizes = [sum(file.write(part) for part in photo) for photo in photos]
        made = _ask(file, Kind.FOTO, Limits(), *sizes)
    return Refused(Reason.TOO_MUCH_WORK) if made is None else made


def _copy(stack: ExitStack, parts: Parts, most: int) -> _Copy | None:
    """None when it is larger than it may be."""
    file = stack.enter_context(_memory())
    size, strong, weak = 0, sha256(), md5(usedforsecurity=False)
    for part in parts:
        size += len(part)
        if size > most:
            return None
        file.write(part)
        strong.update(part)
        weak.update(part)
    return _Copy(file, size, strong.hexdigest(), weak.hexdigest())


def _memory() -> IO[bytes]:
    """A file that is on no disk."""
    return os.fdopen(os.memfd_create("arquivo"), "w+b")


def _ask(file: IO[bytes], kind: Kind, limits: Limits, *sizes: int) -> bytes | None:
    """What the child says; None when it was stopped, or broke."""
    file.flush()
    file.seek(0)
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise Busy("other files are being looked at")
    told = (kind.value, msgspec.json.encode(limits).decode(), *map(str, sizes))
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, str(ROOT), *told],
            stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd="/", env={}, timeout=LONGEST_WAIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    finally:
        _turn.release()
    if done.returncode in (0, OUT_OF_BOUNDS) or done.returncode < 0:
        # A signal: the bounds of `child.py`, or a library that broke.
        return None if done.returncode else done.stdout
    raise FilesAway(f"the process that looks at files ended with {done.returncode}")


# It finds the portal where we are, and takes nothing else from its surroundings.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from portal.arquivos.child import main; main(*sys.argv[2:])"
)
