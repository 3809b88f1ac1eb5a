"""Whether the files of SEI's repository were found to be those that SEI stored.

Kept in the portal's database, to hold across processes and restarts: one row for each file that
somebody read to its end, with its number in SEI and nothing of what it is or who read it. A verdict
that cannot be kept there, because that database is full, locked or away, is kept in memory: no
download waits for it.
"""

from collections import OrderedDict
from threading import Lock
from time import monotonic
from typing import Final, TypeAlias

from sqlalchemy import BigInteger, Engine, String, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base

REST: Final = 1.0
"""Seconds without asking a database that has just failed, so that its patience is paid once."""
KEPT: Final = 1_000
"""The latest verdicts, kept in memory by each process."""

File: TypeAlias = tuple[str, int, str]
"""A tenant's slug, `id_anexo`, and the edition: another name for whatever is otherwise in it."""


class FileVerdict(Base):
    """What the latest reading of a file said, of the edition that was read."""

    __tablename__ = "file_verdict"

    tenant: Mapped[str] = mapped_column(String(40), primary_key=True)
    id_anexo: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    edition: Mapped[str] = mapped_column(String(24))
    """Digest of SEI's MD5 and of the file's size and time: of another file nothing is known."""
    intact: Mapped[bool]


class Verdicts:
    """What is known of files. Safe to share between threads; opens no connection until it is asked.

    `engine` is one of `open_counters`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._latest: OrderedDict[File, bool] = OrderedDict()
        self._lock = Lock()
        self._rest_until = 0.0

    def find(self, file: File) -> bool | None:
        """Whether the file was intact when it was last read; None when nobody knows."""
        stored = self._read(file)
        if stored is not None:
            return stored
        with self._lock:
            return self._latest.get(file)

    def note(self, file: File, intact: bool) -> bool:
        """Remember what a reading said; whether that is news."""
        if self.find(file) is intact:
            return False
        with self._lock:
            self._latest[file] = intact
            self._latest.move_to_end(file)
            if len(self._latest) > KEPT:
                self._latest.popitem(last=False)
        self._write(file, intact)
        return True

    def _read(self, file: File) -> bool | None:
        tenant, id_anexo, edition = file
        wanted = select(FileVerdict.intact).where(
            FileVerdict.tenant == tenant,
            FileVerdict.id_anexo == id_anexo,
            FileVerdict.edition == edition,
        )
        if monotonic() < self._rest_until:
            return None
        try:
            with self._engine.connect() as connection:
                return connection.scalar(wanted)
        except SQLAlchemyError:
            self._rest()
            return None

    def _write(self, file: File, intact: bool) -> None:
        tenant, id_anexo, edition = file
        key = {"tenant": tenant, "id_anexo": id_anexo}
        verdict = {"edition": edition, "intact": intact}
        if monotonic() < self._rest_until:
            return
        try:
            with self._engine.connect() as connection:
                changed = connection.execute(update(FileVerdict).filter_by(**key).values(verdict))
                if not changed.rowcount:
                    connection.execute(insert(FileVerdict).values(**key, **verdict))
        except SQLAlchemyError:
            # Another process that was quicker has said the same.
            self._rest()

    def _rest(self) -> None:
        self._rest_until = monotonic() + REST
