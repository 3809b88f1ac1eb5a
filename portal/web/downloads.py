"""How many files leave at once: a slow phone keeps a thread for as long as its download takes."""

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import ParamSpec, cast

from flask import Flask, Response, current_app

from portal.errors import TooManyRequests
from portal.web import metrics

P = ParamSpec("P")

WAIT = 30
"""Seconds after which it is worth trying again."""


def init_app(app: Flask, threads: int) -> None:
    """Half of a process's threads may send files; the others go on answering."""
    app.extensions["downloads"] = BoundedSemaphore(max(1, threads // 2))


def download(view: Callable[P, Response]) -> Callable[P, Response]:
    """Let the view answer while there is room for one more; it holds its place until the answer
    has been sent. Raises TooManyRequests when there is none."""

    @wraps(view)
    def held(*args: P.args, **kwargs: P.kwargs) -> Response:
        room = cast(BoundedSemaphore, current_app.extensions["downloads"])
        if not room.acquire(blocking=False):
            metrics.limited.labels("downloads").inc()
            raise TooManyRequests("downloads", WAIT)
        place = _Place(room)
        try:
            response = view(*args, **kwargs)
        except BaseException:
            place.leave()
            raise
        response.call_on_close(place.leave)
        return response

    return held


class _Place:
    """One download's place. Servers may close an answer twice, and it is left once."""

    def __init__(self, room: BoundedSemaphore) -> None:
        self._room: BoundedSemaphore | None = room

    def leave(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            room.release()
