"""Ports for the servers that tests start."""

from pathlib import Path
from random import SystemRandom
from socket import create_server

LOWEST = 20_000
"""Above what is usually served on a machine."""
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """A port of loopback where nothing listens.

    Not one that the system gives to connections that are going out: a server that is stopped and
    started again on its port could find somebody's connection there.
    """
    given_out = int(_RANGE.read_text().split()[0]) if _RANGE.exists() else 32_768
    chance = SystemRandom()
    for _ in range(100):
        port = chance.randrange(LOWEST, max(given_out, LOWEST + 1000))
        try:
            create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise OSError("no port is free")
