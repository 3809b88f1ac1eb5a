"""How many files leave at once: a slow phone keeps a thread for as long as its download takes.

Each process counts its own, since it is its own threads that must not all be taken. With more
processes more files leave, and each still has the other half of its threads for the rest. A count
that all share would need rows that a process which dies leaves behind, and protect nothing more.
"""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import ParamSpec, cast

from flask import Flask, Response, current_app, request

from portal.errors import TooManyRequests
from portal.limits import bucket
from portal.web import metrics

P = ParamSpec("P")

EACH = 2
"""For one address, as the rate limits tell them apart: one slow reader must not take all."""
WAIT = 30
"""Seconds after which it is worth trying again."""


def init_app(app: Flask, threads: int) -> None:
    """Half of a process's threads may send files; the others go on answering."""
    app.extensions["downloads"] = _Room(max(1, threads // 2))


def download(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let the view answer while there is room for one more; it holds its place until the answer
    has been sent. Raises TooManyRequests when there is none, or none for this address."""

    @wraps(view)
    def held(*args: P.args, **kwargs: P.kwargs) -> Response:
        room = cast(_Room, current_app.extensions["downloads"])
        place = room.take(bucket(request.remote_addr))
        if place is None:
            metrics.limited.labels("downloads").inc()
            raise TooManyRequests("downloads", WAIT)
        try:
            response = view(*args, **kwargs)
        except BaseException:
            place.leave()
            raise
        response.call_on_close(place.leave)
        return response

    return held


class _Room:
    """The places of a process. Safe to share between threads."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._taken: Counter[str] = Counter()
        self._lock = Lock()

    def take(self, who: str) -> "_Place | None":
        with self._lock:
            if self._taken.total() >= self._places or self._taken[who] >= EACH:
                return None
            self._taken[who] += 1
        return _Place(self, who)

    def free(self, who: str) -> None:
        with self._lock:
            # Without a trace of who was here.
            self._taken -= Counter((who,))


class _Place:
    """One download's place. Servers may close an answer twice, and it is left once."""

    def __init__(self, room: _Room, who: str) -> None:
        self._room: _Room | None = room
        self._who = who

    def leave(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            room.free(self._who)
