"""Whether a file is still the one that SEI stored, by the MD5 that SEI keeps of it.

MD5 finds damage and mistakes, not forgery: who can write into SEI's folder can do worse. It is
taken while the file passes on its way to a reader, so it costs no reading of its own.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from hashlib import md5
from threading import Lock
from typing import TypeAlias

Key: TypeAlias = tuple[str, int, int, int]
"""A tenant's slug, `id_anexo`, time of change and size: another file has another key."""


def verified(
    chunks: Iterable[bytes], expected: str, conclude: Callable[[bool], None]
) -> Iterator[bytes]:
    """The same chunks; after the last, `conclude` hears whether their MD5 is the expected one.

    It hears nothing when the reader goes away before the end.
    """
    digest = md5(usedforsecurity=False)
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    conclude(digest.hexdigest() == expected.lower())


class Ledger:
    """Which files were found to differ from what SEI stored: the latest of them, in this process.

    Safe to share between threads.
    """

    def __init__(self, most: int = 1_000) -> None:
        self._most = most
        self._damaged: OrderedDict[Key, None] = OrderedDict()
        self._lock = Lock()

    def note(self, key: Key) -> bool:
        """Remember a damaged file; whether it is news."""
        with self._lock:
            news = key not in self._damaged
            self._damaged[key] = None
            self._damaged.move_to_end(key)
            if len(self._damaged) > self._most:
                self._damaged.popitem(last=False)
            return news

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._damaged
