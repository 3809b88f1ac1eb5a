"""A server that does not answer is left alone for a while.

Whoever asks it holds a thread until a time-out, and those threads are missed by the pages that
need nothing of it.
"""

import threading
from collections.abc import Callable
from time import monotonic

from portal.errors import LeftAlone

REST = 5.0
"""Seconds. A failure costs everybody's questions so long, and a silent server one thread."""


class Breaker:
    """Open while its server is left alone. Then one question goes through, every `rest` seconds,
    until the server answers any."""

    def __init__(self, rest: float = REST, clock: Callable[[], float] = monotonic) -> None:
        self._rest = rest
        self._clock = clock
        self._until: float | None = None
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raises `LeftAlone` when the server must not be asked now."""
        with self._lock:
            if self._until is None:
                return
            now = self._clock()
            if now < self._until:
                raise LeftAlone("it did not answer a moment ago")
            # This one tries. The others go on waiting for what it finds.
            self._until = now + self._rest

    def note_silence(self) -> None:
        """It could not be connected to, did not answer in time, or hung up."""
        with self._lock:
            self._until = self._clock() + self._rest

    def note_answer(self) -> None:
        """It answered a statement."""
        with self._lock:
            self._until = None
