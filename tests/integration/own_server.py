"""A database server that belongs to one test, which may kill it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from tests.integration.engines import Kind
from tests.ports import free_port
from tests.skips import PREFIX

START = 120.0
"""Seconds, at most, on a busy machine."""


class OwnServer:
    """MariaDB or PostgreSQL with a data folder and a port of its own, and no password."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        # Neither runs as root, and their users may not enter root's folders. It has to be our own
        # child: one that is killed and that nobody waits for still holds its lock.
        self._account: dict[str, Any] = {"cwd": folder}
        if os.geteuid() == 0:
            account = "mysql" if kind == "mariadb" else "postgres"
            self._account |= {"user": account, "group": account, "extra_groups": []}
            shutil.chown(folder, account, account)
        subprocess.run(self._install_command(), check=True, capture_output=True, **self._account)

    @property
    def url(self) -> URL:
        """Its database `sei`, empty at first, as an account that may do everything."""
        return self._system_url.set(database="sei")

    @property
    def _system_url(self) -> URL:
        if self.kind == "mariadb":
            return URL.create("mysql+pymysql", "root", None, "127.0.0.1", self.port)
        return URL.create(
            "postgresql+psycopg", "postgres", None, "127.0.0.1", self.port, "postgres"
        )

    def create_database(self) -> None:
        engine = create_engine(self._system_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE sei"))
        engine.dispose()

    def start(self) -> None:
        """Start it, after a kill too, and wait until it answers."""
        deadline = monotonic() + START
        engine = create_engine(self._system_url)
        try:
            while not self._answers(engine):
                assert monotonic() < deadline, (self.folder / "log").read_text("utf-8", "replace")
                # PostgreSQL refuses to start while a child of the one that was killed lives on.
                if self._process is None or self._process.poll() is not None:
                    self._launch()
                sleep(0.1)
        finally:
            engine.dispose()

    def _launch(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._start_command(), stdout=log, stderr=log, **self._account
            )

    def _answers(self, engine: Engine) -> bool:
        try:
            engine.connect().close()
        except OperationalError:
            return False
        return True

    def kill(self) -> None:
        """As a power cut would: no time for farewells."""
        if self._process is None:
            return
        with suppress(psutil.NoSuchProcess):
            server = psutil.Process(self._process.pid)
            # PostgreSQL's children lead sessions of their own.
            for process in (server, *server.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self._process.wait()
        self._process = None

    def _install_command(self) -> list[str]:
        data = str(self.folder / "data")
        if self.kind == "mariadb":
            return [
                _program("mariadb-install-db"), "--no-defaults", f"--datadir={data}",
                "--auth-root-authentication-method=normal", "--skip-test-db",
            ]  # fmt: skip
        return [_program("initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync"]

    def _start_command(self) -> list[str]:
        data = str(self.folder / "data")
        if self.kind == "mariadb":
            return [
                _program("mariadbd"), "--no-defaults", f"--datadir={data}", f"--port={self.port}",
                f"--socket={self.folder}/socket", "--bind-address=127.0.0.1",
                "--innodb-buffer-pool-size=32M", "--innodb-flush-method=nosync",
            ]  # fmt: skip
        return [
            _program("postgres"), "-D", data, "-p", str(self.port), "-k", "",
            "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
        ]  # fmt: skip


def _program(name: str) -> str:
    """Its path; the test is skipped where the servers are on another machine."""
    places = [
        *os.get_exec_path(),
        "/usr/sbin",
        *map(str, Path("/usr/lib/postgresql").glob("*/bin")),
    ]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"{PREFIX}{name}, to have a server to kill → .ci/run")
    return found


@contextmanager
def own_server(kind: Kind, folder: Path) -> Iterator[OwnServer]:
    """A running server, gone afterwards. `folder` must be empty and enterable by its user."""
    server = OwnServer(kind, folder)
    try:
        server.start()
        server.create_database()
        yield server
    finally:
        server.kill()
