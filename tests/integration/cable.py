"""A network cable between the portal and a server, that a test can pull and put back."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self


class Cable:
    """Forwards `127.0.0.1:port` to a server. Cut: connections end and new ones are refused.
    Frozen: connections stay open, new ones too, and nothing passes any more."""

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.messages = 0
        """How often something was sent to the server."""
        self._flows = threading.Event()
        self._flows.set()
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
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

    def _accept(self) -> None:
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.server)
            with self._lock:
                self._ends |= {client, server}
            for source, target, counted in ((client, server, 1), (server, client, 0)):
                threading.Thread(
                    target=self._carry, args=(source, target, counted), daemon=True
                ).start()

    def _carry(self, source: socket.socket, target: socket.socket, counted: int) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                self._flows.wait()
                self.messages += counted
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        # Both directions end together; the second close of a socket does nothing.
        with self._lock:
            self._ends -= {source, target}
        source.close()
