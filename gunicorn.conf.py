"""How the portal is served. What an installation may want otherwise is a `PORTAL_…` variable.

Read by gunicorn before anything of the portal is imported.
"""

import atexit
import gc
import os
import shutil
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


METRICS_PORT = int(os.environ.get("PORTAL_METRICS_PORT") or 8001)
"""On loopback; 0 serves none."""

bind = os.environ.get("PORTAL_BIND") or "127.0.0.1:8000"
worker_class = "gthread"
workers = int(os.environ.get("PORTAL_WORKERS") or 1)
threads = int(os.environ.get("PORTAL_THREADS") or 8)

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

# Requests are logged by the portal, without addresses. Only failures of the server go here.
accesslog = None
errorlog = "-"
loglevel = "warning"

# Which headers of a proxy to believe is the portal's matter (PORTAL_PROXIES).
forwarded_allow_ips = ""
limit_request_line = 4094
limit_request_fields = 60
control_socket_disable = True


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
    with suppress(OSError):
        start_http_server(METRICS_PORT, addr="127.0.0.1", registry=registry)


def child_exit(_server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
