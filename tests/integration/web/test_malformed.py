"""Requests that gunicorn cannot read, and answers without asking the application."""

import json

from tests.app import HOST
from tests.integration.served import Server
from tests.integration.web.test_headers import EXPECTED

NUMERO = "9310010057405202640"
NOME = "Zulmira"
PATH = f"/processos/{NUMERO}?nome={NOME}"

MALFORMED = {
    400: f"GET {PATH} HTTP/9.1\r\n\r\n",
    414: f"GET {PATH}{'a' * 5000} HTTP/1.1\r\nHost: localhost\r\n\r\n",
    431: f"GET {PATH} HTTP/1.1\r\nX-{NOME}: {NUMERO}\r\n" + "X-A: b\r\n" * 80 + "\r\n",
    501: f"POST {PATH} HTTP/1.1\r\nTransfer-Encoding: {NOME}\r\n\r\n",
}
HEADERS = {n: v for n, v in EXPECTED.items() if n != "Strict-Transport-Security"}
"""Of what is not for a host of ours, as of a stranger's."""


def test_a_request_that_cannot_be_read_is_answered_and_logged_without_what_it_said(
    server: Server,
) -> None:
    server.start()
    for status, request in MALFORMED.items():
        head, _, body = server.send(request.encode()).decode().partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        assert first.split()[1] == str(status)
        headers = dict(line.split(": ", 1) for line in lines)
        assert headers.items() >= HEADERS.items()
        assert headers["Content-Type"] == "text/plain; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert body.startswith("O portal não entendeu o pedido.")
        assert int(headers["Content-Length"]) == len(body.encode())
        assert NUMERO not in head + body
        assert NOME not in head + body
    said = server.stop()
    # Only JSON lines, on whichever of the two outputs.
    logged = [json.loads(line) for line in said.splitlines()]
    told = [line["status"] for line in logged if line["event"] == "malformed"]
    assert told == list(MALFORMED)
    for secret in (NUMERO, NOME, "127.0.0.1", "Traceback"):
        assert secret not in said


BODIES = {
    "a size that is none": f"{NOME}\r\nx\r\n0\r\n\r\n",
    "a size below nothing": f"-5\r\n{NOME}\r\n0\r\n\r\n",
    "a chunk that goes on": f"5\r\n{NOME}\r\n0\r\n\r\n",
    "a trailer that is none": f"3\r\nabc\r\n0\r\n{NOME}\r\n\r\n",
}


def test_a_body_that_cannot_be_read_is_the_client_s_mistake_and_is_not_repeated(
    server: Server,
) -> None:
    server.start()
    head = f"Host: {HOST}\r\nTransfer-Encoding: chunked\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n"
    for what, body in BODIES.items():
        for path in ("/contraste", "/nada"):
            request = f"POST {path} HTTP/1.1\r\n{head}{form}\r\n{body}"
            # It hangs up by itself: where another request would begin, nobody knows.
            answer = server.send(request.encode()).decode()
            assert answer.startswith(f"HTTP/1.1 {404 if path == '/nada' else 400} "), what
            assert answer.count("HTTP/1.1 ") == 1, what
            assert "text/html" in answer.partition("\r\n\r\n")[0]
            assert NOME not in answer
    said = server.stop()
    assert {json.loads(line)["event"] for line in said.splitlines()} == {"request"}
    assert NOME not in said
