"""The process that looks at a file. It is told none of our keys and has little memory and time, so
that a file made to break a reader breaks this and nothing else. What the portal's account may read,
it may read too: only the system can take that away.

`main(KIND, LIMITS, SIZE...)`: the files one after the other on standard input, which can be sought
in. It writes a verdict, or, where sizes are given, the PDF of so many photos.
"""

import resource
import sys
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, TypeAlias

import msgspec

from portal.arquivos.values import MIB, Kind, Limits, Reason

MEMORY = 768 * MIB
"""Of addresses: the largest photo that is allowed, twice, and the libraries."""
SECONDS = 20
"""Of processor."""
OUT_OF_BOUNDS = 3
"""Its exit status when that was not enough."""


Judge: TypeAlias = Callable[[BinaryIO, Limits], Reason | int]


class Verdict(msgspec.Struct, frozen=True):
    """What was found: pages, or the reason why there is nothing to count."""

    pages: int = 0
    reason: Reason | None = None


def main(kind: str, limits: str, *sizes: str) -> None:
    judge = _judge_of(Kind(kind))
    _bound()
    try:
        if sizes:
            sys.stdout.buffer.write(_join([int(size) for size in sizes]))
        else:
            allowed = msgspec.json.decode(limits, type=Limits)
            sys.stdout.buffer.write(msgspec.json.encode(_look(judge, allowed)))
    except MemoryError:
        sys.exit(OUT_OF_BOUNDS)


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _judge_of(kind: Kind) -> Judge:
    """With its library, and without the other's."""
    if kind is Kind.PDF:
        from portal.arquivos import pdf

        pdf.set_limits()
        return pdf.judge
    from portal.arquivos import photos

    return photos.judge


def _look(judge: Judge, limits: Limits) -> Verdict:
    try:
        found = judge(sys.stdin.buffer, limits)
    except MemoryError:
        raise
    except Exception:
        # Whatever a library says of a file that it was not made for, the file is at fault.
        found = Reason.DAMAGED
    return Verdict(reason=found) if isinstance(found, Reason) else Verdict(pages=found)


def _join(sizes: list[int]) -> bytes:
    from portal.arquivos import photos

    return photos.make_pdf([BytesIO(sys.stdin.buffer.read(size)) for size in sizes])
