"""Whether a file is still the one that SEI stored, by the MD5 that SEI keeps of it.

MD5 finds damage and mistakes, not forgery: who can write into SEI's folder can do worse. It is
taken while the file passes on its way to a reader, so it costs no reading of its own.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import md5


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
