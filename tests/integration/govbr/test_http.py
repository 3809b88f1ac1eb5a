"""Requests to a provider that means to keep us waiting."""

import socket
import threading
from collections.abc import Iterator

import pytest

from portal.govbr import http
from portal.govbr.values import LoginFailed
from tests.patience import PATIENCE


@pytest.fixture
def dripping() -> Iterator[str]:
    """The address of a server whose headers come byte by byte, and have no end."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)

        def drip() -> None:
            visitor, _ = server.accept()
            with visitor:
                try:
                    visitor.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                    while not over.wait(0.05):
                        visitor.sendall(b"a")
                except OSError:
                    pass  # the other side has hung up, as it should

        thread = threading.Thread(target=drip)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        over.set()
        thread.join()


def test_headers_that_drip_are_not_waited_for(
    dripping: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "HEADERS", 0.3)
    ended = threading.Event()

    def ask() -> None:
        with http.Session("client") as session, pytest.raises(LoginFailed):
            session.get(dripping, withhold_token=True)
        ended.set()

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    assert ended.wait(PATIENCE)
    thread.join()
