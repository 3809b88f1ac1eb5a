"""The portal as gunicorn serves it, in processes of their own."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from socket import create_connection

import pytest

from portal.config import Config
from tests.patience import PATIENCE
from tests.ports import free_port


class Server:
    """Two workers, so that what they share is tried too."""

    def __init__(self, config: Config, root: Path) -> None:
        self.port, self.metrics_port = free_port(), free_port()
        self._root = root
        self._env = os.environ | {
            "PORTAL_INSTANCE": str(config.instance),
            "PORTAL_DATABASE_URL": config.database_url,
            "PORTAL_SECRET_KEY": config.secret_key,
            "PORTAL_BIND": f"127.0.0.1:{self.port}",
            "PORTAL_METRICS_PORT": str(self.metrics_port),
            "PORTAL_WORKERS": "2",
            "PYTHONWARNINGS": "error",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers; its numbers are served by then."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=self._root,
            env=self._env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(1200):
            assert self.process.poll() is None, self.process.communicate()[0].decode()
            try:
                self.get("/saude")
            except OSError:
                time.sleep(0.1)
            else:
                return
        pytest.fail("the server did not start")

    def get(self, path: str, port: int | None = None) -> str:
        address = f"http://127.0.0.1:{port or self.port}{path}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as response:
            return str(response.read().decode())

    def send(self, request: bytes) -> bytes:
        """What it answers to these very bytes, until it hangs up."""
        with create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def stop(self) -> str:
        """Everything that it said."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=PATIENCE)[0].decode()

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
