"""PHP's own SOAP server on a port of this machine, since SEI's web service is made of one, and its
client, since our simulator and our own client could agree about a mistake."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.patience import wait_until
from tests.ports import free_port
from tests.skips import PHP, need

SERVER, CLIENT = (Path(__file__).with_name(f"soap_{side}.php") for side in ("server", "client"))


class SoapServer:
    """Answers every operation with `answer`, and tells what it was asked."""

    def __init__(self, folder: Path, port: int) -> None:
        self.endereco = f"http://127.0.0.1:{port}/"
        self._answer, self._seen = folder / "answer.json", folder / "seen.json"

    def answers(self, answer: object) -> None:
        self._answer.write_text(json.dumps(answer), "utf-8")

    def seen(self) -> tuple[str, list[Any]]:
        """The last operation and its arguments, in the order of the WSDL."""
        operation, arguments = json.loads(self._seen.read_text("utf-8"))
        return operation, arguments


def find_php() -> str:
    """The program, when it has its extension."""
    php = shutil.which("php")
    if php is not None:
        asked = subprocess.run([php, "-m"], capture_output=True, text=True, check=True)
        php = php if "soap" in asked.stdout.split() else None
    return need(PHP, php)


@contextmanager
def soap_server(folder: Path, wsdl: bytes) -> Iterator[SoapServer]:
    """A server of that WSDL."""
    (folder / "sei.wsdl").write_bytes(wsdl)
    port = free_port()
    server = SoapServer(folder, port)
    paths = {"WSDL": "sei.wsdl", "ANSWER": "answer.json", "SEEN": "seen.json"}
    command = [find_php(), "-d", "post_max_size=64M", "-d", "display_errors=stderr"]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [*command, "-S", f"127.0.0.1:{port}", SERVER],
            env=os.environ | {name: str(folder / path) for name, path in paths.items()},
            stdout=log,
            stderr=log,
        ) as process,
    ):
        try:
            wait_until(lambda: _listens(server.endereco))
            yield server
        finally:
            process.terminate()


def soap_client(wsdl: str, operation: str, *arguments: object) -> Any:
    """What PHP's client makes of an answer; of a fault, its words, its code and SEI's type."""
    asked = {"wsdl": wsdl, "operation": operation, "arguments": arguments}
    ended = subprocess.run(
        [find_php(), CLIENT], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    told = json.loads(ended.stdout)
    return told.get("answer", told)


def _listens(address: str) -> bool:
    try:
        requests.get(address, timeout=5)
    except requests.ConnectionError:
        return False
    return True
