"""Asks the portal every minute whether it answers, as anybody would: by its public address."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from portal.prazos.unavailability import note_answer

EVERY = 60.0
"""Seconds."""
PATIENCE = 20.0
"""Seconds for an answer."""
STAT = Path("/proc/stat")


class Watch:
    """Of every tenant, by the address of its health check."""

    def __init__(
        self,
        addresses: Mapping[str, str],
        sessions: sessionmaker[Session],
        clock: Callable[[], datetime],
        booted: datetime,
    ) -> None:
        self._addresses = addresses
        self._sessions = sessions
        self._clock = clock
        self._booted = booted
        self._failed: set[str] = set()

    def run(self, stop: Event) -> None:
        """Until it is told to stop."""
        while not stop.is_set():
            self.look()
            stop.wait(EVERY)

    def look(self) -> None:
        """Ask each once, and write down what that means. While our own database is away, so is the
        portal."""
        for tenant, address in self._addresses.items():
            if not answers(address):
                self._failed.add(tenant)
                continue
            try:
                with self._sessions() as session, session.begin():
                    note_answer(
                        session, tenant, self._clock(),
                        failed=tenant in self._failed, booted=self._booted,
                    )  # fmt: skip
            except SQLAlchemyError:
                self._failed.add(tenant)
            else:
                self._failed.discard(tenant)


def answers(address: str) -> bool:
    """Whether it says that all is well, in time."""
    # Imported here: only the worker asks.
    import requests

    try:
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException:
        return False
    return answer.status_code == 200


def find_boot(stat: Path = STAT) -> datetime:
    """When this machine was started, as Linux says; long ago where it does not."""
    try:
        lines = stat.read_text("ascii").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("btime "):
            return datetime.fromtimestamp(int(line.split()[1]), UTC)
    return datetime.min.replace(tzinfo=UTC)
