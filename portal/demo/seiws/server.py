"""The simulated SeiWS on a port of this machine, and on no other address."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.exc import SQLAlchemyError

from portal.demo.seiws import pages
from portal.demo.seiws.faults import BEFORE, PAGES, Fault, Switchboard
from portal.demo.seiws.service import Sei
from portal.demo.seiws.soap import Malformed, Refusal, read_message, write_answer, write_fault
from portal.seiws.contract import get_contract
from portal.seiws.wsdl import write_wsdl

HOST = "127.0.0.1"
PATH = "/sei/ws/SeiWS.php"
WSDL = "/sei/controlador_ws.php"
XML = "text/xml; charset=utf-8"
LARGEST = 512 * 1024 * 1024
"""Bytes of a message; public containers of SEI take about as many."""
ENDED = {
    Fault.REFUSE: Refusal("Especificação não permitida neste órgão."),
    Fault.MAINTENANCE: Refusal("Sistema em Manutenção"),
    Fault.DISABLED: Refusal("Serviços não estão disponíveis.", error=True),
    Fault.PERMISSION: Refusal("Nenhuma operação configurada para [{}] no serviço [Portal]."),
    Fault.ERROR: Refusal("Erro no serviço de geração de procedimento.", error=True),
    Fault.ERROR_AFTER: Refusal("Erro no serviço de geração de procedimento.", error=True),
}


class Simulator:
    """Serves one `Sei` at `endereco`; `port` 0 takes a free one. `silence` is how long a slow
    answer takes. Off, nobody listens there, and on again it is the same port."""

    def __init__(self, sei: Sei, port: int = 0, silence: float = 30.0) -> None:
        self.sei = sei
        self.silence = silence
        self.faults = Switchboard()
        self.closing = threading.Event()
        self._port = port
        self._server: _Server | None = None
        self.turn_on()

    @property
    def endereco(self) -> str:
        return f"http://{HOST}:{self._port}{PATH}"

    @property
    def wsdl(self) -> str:
        """Where anybody may have the WSDL."""
        return f"http://{HOST}:{self._port}{WSDL}?servico=sei"

    @property
    def is_on(self) -> bool:
        return self._server is not None

    def turn_on(self) -> None:
        """Raises OSError when the port is taken."""
        if self._server is None:
            self._server = _Server(self, self._port)
            self._port = self._server.server_address[1]
            threading.Thread(
                target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            ).start()

    def turn_off(self) -> None:
        """Ends when the port is closed; calls that are being answered go on."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def close(self) -> None:
        self.closing.set()
        self.turn_off()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, simulator: Simulator, port: int) -> None:
        self.simulator = simulator
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has left: nothing to say."""


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server: _Server
    server_version = "SEI simulado"

    @property
    def simulator(self) -> Simulator:
        return self.server.simulator

    def log_message(self, *_arguments: object) -> None:
        """The key is in every message here: nothing is written down."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if not self._is_local():
            self._send(421, b"")
        elif address.path == WSDL and parse_qs(address.query).get("servico") == ["sei"]:
            versao = self.simulator.sei.installation.versao
            self._send(200, write_wsdl(versao, self.simulator.endereco))
        elif address.path == PATH:
            self._send(200, b"")
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        if not self._is_local() or urlsplit(self.path).path != PATH:
            self._send(421 if not self._is_local() else 404, b"")
            return
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        # A fault is set for an operation, and which one it is stands at the beginning.
        head = self.rfile.read(min(length, 4096))
        fault = self.simulator.faults.take(_operation_of(head))
        if fault is Fault.BREAK:
            self.close_connection = True
            return
        body = head + self.rfile.read(length - len(head))
        if fault in BEFORE:
            self._fail(fault, head)
        else:
            self._answer(body, fault)

    def _answer(self, body: bytes, fault: Fault | None) -> None:
        sei = self.simulator.sei
        contract = get_contract(sei.installation.versao)
        try:
            operacao, parts = read_message(body, contract)
            answer = write_answer(operacao, sei.answer(operacao, parts), contract)
        except (Refusal, Malformed) as error:
            self._send(500, write_fault(error))
            return
        except SQLAlchemyError:
            # What is no rule of its own SEI hides behind a general text.
            self._send(500, write_fault(ENDED[Fault.ERROR]))
            return
        match fault:
            case None:
                self._send(200, answer)
            case Fault.SLOW:
                self.simulator.closing.wait(self.simulator.silence)
                self._send(200, answer)
            case Fault.HANG_UP:
                self.close_connection = True
            case Fault.CUT:
                self._send(200, answer[: len(answer) // 2], promised=len(answer))
                self.close_connection = True
            case Fault.XML:
                self._send(200, b"Fatal error: Uncaught exception in sei/ws/SeiWS.php")
            case _:
                self._fail(fault, body)

    def _fail(self, fault: Fault, message: bytes) -> None:
        """What SEI or a proxy says instead of an answer."""
        if fault in PAGES:
            page = pages.proxy(PAGES[fault])
            self._send(PAGES[fault], page.encode(), kind="text/html; charset=utf-8")
        else:
            ended = ENDED[fault]
            told = str(ended).format(_operation_of(message))
            error = Refusal(told, error=ended.type == "INFRA_ERRO")
            self._send(500, write_fault(error))

    def _send(self, status: int, data: bytes, kind: str = XML, promised: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data) if promised is None else promised))
        self.end_headers()
        self.wfile.write(data)

    def _is_local(self) -> bool:
        return self.headers.get("Host", "").partition(":")[0] in (HOST, "localhost")


def _operation_of(message: bytes) -> str:
    """The name of the first element in the body, as far as it is there; empty when it is not."""
    _, body, rest = message.partition(b":Body>")
    name = rest.lstrip().removeprefix(b"<").partition(b">")[0].partition(b" ")[0]
    return name.rpartition(b":")[2].decode("latin-1") if body else ""
