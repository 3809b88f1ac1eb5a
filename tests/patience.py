"""How long a test waits. No test measures speed: a wait that ends by itself ends before this does,
on a machine that is busy with other things too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

PATIENCE = 30.0
"""Seconds. Far more than any timeout that a test sets, far less than a lost connection lasts."""


@contextmanager
def ends_by_itself(seconds: float = PATIENCE) -> Iterator[None]:
    """What is inside waits for something that does not come, and gives it up."""
    started = monotonic()
    yield
    assert monotonic() - started < seconds


def wait_until(happened: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return when it has happened; fail when it does not."""
    deadline = monotonic() + seconds
    while not happened():
        assert monotonic() < deadline, "it never happened"
        sleep(0.01)
