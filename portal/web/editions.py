"""Answers that a reader may keep: what an edition of one is called, and when it is not sent again.

Each is asked for again every time, since what is public may be closed at any moment; what costs
nothing is only its sending.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, Self

from flask import Response, request

NO_MORE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of an answer, named by the digest of what it is made of."""

    tag: str
    strong: bool = False
    """The same to the byte, so that a part of one may be joined to a part of the other."""

    @classmethod
    def of(cls, made_of: str | bytes, *, strong: bool = False) -> Self:
        content = made_of.encode() if isinstance(made_of, str) else made_of
        return cls(blake2b(content, digest_size=12).hexdigest(), strong)

    @property
    def etag(self) -> str:
        return f'"{self.tag}"' if self.strong else f'W/"{self.tag}"'

    @property
    def headers(self) -> dict[str, str]:
        return {"Cache-Control": "no-cache", "ETag": self.etag}

    def unchanged(self, headers: Mapping[str, str] = NO_MORE) -> Response | None:
        """304, with `headers` too, when the reader has this edition; None when it must be sent."""
        if not request.if_none_match.contains_weak(self.tag):
            return None
        return Response(status=304, headers={**headers, **self.headers})
