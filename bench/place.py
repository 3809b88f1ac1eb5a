"""An installation of the portal in a folder of its own, and servers started from it."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, perf_counter, sleep

import psutil

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "instance" / "bench"
"""What `--keep` keeps and finds again."""
TOOLS = Path(sys.executable).parent
PATIENCE = 60.0
"""Seconds a server may take to start or to stop, on a busy machine."""

# Counted like any others, and never reached.
TENANT = """
[{slug}]
nome = "Prefeitura de Vale das Acácias"
hosts = ["{slug}.localhost"]
endereco = "https://{slug}.localhost"
cor = "#1f6b3a"
encarregado = {{ nome = "Ana Lima", email = "encarregada@vale.example" }}
contato = {{ telefone = "(31) 5550-0100", endereco = "Praça das Acácias, 1, Centro" }}
sei = "env:SEI_{number}"

[{slug}.visibilidade]
pesquisa_por_interessado = true

[{slug}.limites]
interessados_por_minuto = 100_000_000
interessados_por_hora = 100_000_000
pesquisas_por_minuto = 100_000_000
pesquisas_por_hora = 100_000_000
faltas_por_10_minutos = 100_000_000
consultas_por_minuto = 100_000_000
total_por_minuto = 100_000_000
"""


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes


@dataclass(frozen=True)
class Server:
    """One that answers, until its `with` ends."""

    port: int
    pid: int
    started: float
    """Seconds from its spawning to its first 200."""

    @property
    def worker(self) -> int:
        """The process that answers; `pid` is the one that minds it."""
        (worker,) = psutil.Process(self.pid).children()
        return int(worker.pid)

    def get(self, host: str, path: str, **headers: str) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", path, headers={"Host": host, **named})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, headers, response.read())
        finally:
            connection.close()


@dataclass(frozen=True)
class Place:
    """A folder with a `tenants.toml`, and the environment that leads to it."""

    folder: Path
    env: Mapping[str, str]

    def flask(self, *arguments: str) -> None:
        """A command of the portal's. Raises CalledProcessError; its progress is seen."""
        subprocess.run(
            [TOOLS / "flask", "--app", "wsgi", *arguments],
            cwd=ROOT, env=self.env, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    @contextmanager
    def serving(
        self, check: tuple[str, str], app: str = "wsgi:app", **env: str
    ) -> Iterator[Server]:
        """gunicorn with one worker of four threads, on a free port, when it has answered 200 to
        the `check`, a host and a path."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = {**self.env, **env, "PORTAL_BIND": f"127.0.0.1:{port}"}
        with (self.folder / "errors.log").open("wb") as errors:
            begun = perf_counter()
            process = subprocess.Popen(
                [TOOLS / "gunicorn", app],
                cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=errors,
            )  # fmt: skip
        try:
            server = Server(port, process.pid, 0.0)
            self._await(server, process, check)
            yield Server(port, process.pid, perf_counter() - begun)
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _await(
        self, server: Server, process: subprocess.Popen[bytes], check: tuple[str, str]
    ) -> None:
        deadline = monotonic() + PATIENCE
        while process.poll() is None and monotonic() < deadline:
            try:
                if server.get(*check).status == 200:
                    return
            except (OSError, HTTPException):
                pass  # not listening yet
            sleep(0.005)
        log = (self.folder / "errors.log").read_text("utf-8", "replace")
        raise RuntimeError(f"the server did not start:\n{log}")


def new_place(folder: Path, seis: Mapping[str, str]) -> Place:
    """Write the configuration: one tenant for each SEI, by its slug, at `<slug>.localhost`."""
    tenants = [TENANT.format(slug=slug, number=n) for n, slug in enumerate(seis)]
    (folder / "tenants.toml").write_text("".join(tenants), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return Place(
        folder,
        kept
        | {f"SEI_{n}": url for n, url in enumerate(seis.values())}
        | {
            "PORTAL_INSTANCE": str(folder),
            "PORTAL_SECRET_KEY": secrets.token_urlsafe(32),
            "PORTAL_WORKERS": "1",
            "PORTAL_THREADS": "4",
            "PORTAL_METRICS_PORT": "0",
        },
    )


def install(folder: Path, seis: Mapping[str, str]) -> Place:
    """A place that is ready to serve: rows of its own, files compressed."""
    place = new_place(folder, seis)
    place.flask("db", "upgrade")
    place.flask("assets", "build")
    return place
