"""A network cable between the portal and a server, that a test can pull and put back."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from tests.patience import wait_until
from tests.ports import free_port


class Cable:
    """Forwards `127.0.0.1:port` to a server. Cut: connections end and new ones are refused.
    Frozen: connections stay open, new ones too, and nothing passes any more."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.messages = 0
        """How often something was sent to the server."""
        self.held = 0
        """How many directions have something that waits for the cable to thaw."""
        self._flows = threading.Event()
        self._flows.set()
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.port = free_port()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._accept()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        self._flows.set()

    def cut(self) -> None:
        """As when the server's process dies."""
        # A thread that waits in accept() keeps the port listening after close() alone.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """As when it is started again, on the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._flows.set()
        self._accept()

    def freeze(self) -> None:
        """As when the machine stalls, or a firewall forgets its connections."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def wait_for_hang_up(self) -> None:
        """Until the server has ended every connection, and the portal's ends have been told."""
        wait_until(lambda: not self._ends)

    def _accept(self) -> None:
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self.server)
            except OSError:
                client.close()
                continue
            with self._lock:
                if listener.fileno() == -1:  # cut meanwhile
                    client.close()
                    server.close()
                    return
                self._ends |= {client, server}
            for source, target, counted in ((client, server, 1), (server, client, 0)):
                threading.Thread(
                    target=self._carry, args=(source, target, counted), daemon=True
                ).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: int) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if not self._flows.is_set():
                    self.held += 1
                    self._flows.wait()
                    self.held -= 1
                self.messages += counted
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        # Both directions end together; the second close of a socket does nothing.
        with self._lock:
            self._ends -= {source, target}
        source.close()
