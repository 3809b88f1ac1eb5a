"""The page of the switches, on a port of its own: the web service's may be closed."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from portal.demo.seiws import pages
from portal.demo.seiws.faults import Fault
from portal.demo.seiws.installation import OPERATIONS
from portal.demo.seiws.server import HOST, Simulator

LONGEST_FORM = 16_384


class Control(ThreadingHTTPServer):
    """Serves the switches of one simulator; `port` 0 takes a free one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, simulator: Simulator, port: int = 0) -> None:
        self.simulator = simulator
        super().__init__((HOST, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Control
    server_version = "SEI simulado"

    def log_message(self, *_arguments: object) -> None:
        """Nothing worth a line."""

    def do_GET(self) -> None:
        simulator = self.server.simulator
        page = pages.control(simulator.faults.fault, on=simulator.is_on, operations=OPERATIONS)
        self._send(200 if urlsplit(self.path).path == "/" and self._is_local() else 404, page)

    def do_POST(self) -> None:
        """Only of our own page: another site's could otherwise press the buttons."""
        length = min(int(self.headers.get("Content-Length") or 0), LONGEST_FORM)
        form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        told = {name: values[0] for name, values in form.items()}
        if not self._is_local() or self.headers.get("Sec-Fetch-Site") == "cross-site":
            self._send(403, "")
            return
        self._switch(told)
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _switch(self, told: dict[str, str]) -> None:
        simulator = self.server.simulator
        if told.get("ligado") == "nao":
            simulator.turn_off()
        elif told.get("ligado") == "sim":
            simulator.turn_on()
        elif told.get("falha") in ("", *Fault):
            fault = Fault(told["falha"]) if told["falha"] else None
            simulator.faults.fail(fault, told.get("em", ""), 1 if told.get("uma") else None)

    def _send(self, status: int, page: str) -> None:
        data = page.encode() if status == 200 else b""
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _is_local(self) -> bool:
        return self.headers.get("Host", "").partition(":")[0] in (HOST, "localhost")
