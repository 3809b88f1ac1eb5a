"""How the portal is served. What an installation may want otherwise is a `PORTAL_…` variable.

Read by gunicorn before anything of the portal is imported.
"""

import atexit
import errno
import gc
import os
import re
import shutil
import socket
import sys
import tempfile
from contextlib import suppress
from typing import Any

# Before prometheus_client is imported: it decides then whether its numbers are of one process.
METRICS = tempfile.mkdtemp(prefix="portal-metrics-")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = METRICS


@atexit.register
def _clean_up(first: int = os.getpid()) -> None:
    """Workers, which are forked from the first process, end here too: only that one tidies up."""
    if os.getpid() == first:
        shutil.rmtree(METRICS, ignore_errors=True)


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        sys.exit(f'Portal do Protocolo: {name}: esperava um número, recebeu "{text}"')
    return int(text)


def _address(text: str) -> str:
    if not re.fullmatch(r"unix:.+|(\[[0-9a-fA-F:.]+\]|[^:/\s]+):[0-9]{1,5}", text):
        sys.exit(
            "Portal do Protocolo: PORTAL_BIND: esperava um endereço como 127.0.0.1:8000,"
            f' recebeu "{text}"'
        )
    return text


METRICS_PORT = _number("PORTAL_METRICS_PORT", 8001)
"""On loopback; 0 serves none."""

bind = _address(os.environ.get("PORTAL_BIND") or "127.0.0.1:8000")
# Threads; what gunicorn says and answers by itself has the portal's words.
worker_class = "portal.web.server.Worker"
logger_class = "portal.web.server.Log"
workers = _number("PORTAL_WORKERS", 1)
threads = _number("PORTAL_THREADS", 8)

# The application is imported once, and workers share its memory. Nothing in it grows, so no
# worker has to be replaced.
preload_app = True
max_requests = 0

# A worker that says nothing for so long is dead; SEI gets 5 s for a statement.
timeout = 30
graceful_timeout = 20
# Longer than a proxy keeps an idle connection to us, or it would write into one we close.
keepalive = 75
# Workers show that they live by touching a file, which a slow disk must not hold up.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

# Requests are logged by the portal, without addresses, and gunicorn's own failures by its hand.
accesslog = None
errorlog = None
loglevel = "warning"

# Which headers of a proxy to believe is the portal's matter (PORTAL_PROXIES).
forwarded_allow_ips = ""
limit_request_line = 4094
limit_request_fields = 60
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Say so at once when the address cannot be had: gunicorn by itself tries for five seconds."""
    if "GUNICORN_PID" in os.environ:
        return  # this one takes over from a portal that still runs, and has both ports
    if METRICS_PORT and not _is_free(METRICS_PORT):
        server.log.warning(
            "PORTAL_METRICS_PORT=%d: outro programa já usa esta porta; não há números de uso",
            METRICS_PORT,
        )
    if "LISTEN_PID" in os.environ:
        return  # the socket is inherited
    for address in server.cfg.address:
        if not isinstance(address, tuple):
            continue  # a socket's file, which gunicorn replaces
        try:
            socket.create_server(address, family=_family(address)).close()
        except OSError as error:
            why = (
                "outro programa já usa este endereço; pare-o ou escolha outra porta"
                if error.errno == errno.EADDRINUSE
                else "este servidor não pode escutar neste endereço"
            )
            sys.exit(f"Portal do Protocolo: PORTAL_BIND={address[0]}:{address[1]}: {why}")


def _is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def _family(address: tuple[str, int]) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address[0] else socket.AF_INET


def pre_fork(_server: Any, _worker: Any) -> None:
    """What exists by now is never looked at by the collector again, so it stays shared."""
    gc.freeze()


def post_worker_init(_worker: Any) -> None:
    """Serve the numbers of all workers from whichever of them gets the port."""
    if not METRICS_PORT:
        return
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    # When another worker has the port it answers for all; should it die, its successor asks again.
    # That it was a stranger who had it was said at the start.
    with suppress(OSError):
        start_http_server(METRICS_PORT, addr="127.0.0.1", registry=registry)


def child_exit(_server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
