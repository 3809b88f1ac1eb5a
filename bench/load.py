"""Asks a server as fast as it answers, over connections that stay open.

`run` starts this module as a process of its own, since in one process both would share Python's
lock. It reads a job and writes the outcome, as JSON.
"""

import itertools
import socket
import subprocess
import sys
from collections import Counter
from statistics import median
from threading import Thread
from time import perf_counter

import msgspec

from bench.place import ROOT

PATIENCE = 30.0
"""Seconds for one answer."""
LONGEST = 3600.0
"""Seconds for one job."""


class Ask(msgspec.Struct, frozen=True):
    """A request, and the status it should get."""

    host: str
    path: str
    status: int = 200
    headers: dict[str, str] = {}


class Job(msgspec.Struct, frozen=True):
    """What to ask, in turns, and for how long: until both limits are reached, or the time is."""

    port: int
    asks: list[Ask]
    seconds: float = LONGEST
    requests: int = sys.maxsize
    connections: int = 8
    """More than the server has threads, so that none of them waits for us."""


class Outcome(msgspec.Struct, frozen=True):
    requests: int
    seconds: float
    first_byte: float
    """Median, in seconds."""
    wrong: dict[str, int]
    """Paths that got another status than they should, and how often."""

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def run(job: Job) -> Outcome:
    """Do it in another process. Raises CalledProcessError when the server hangs up."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        cwd=ROOT, input=msgspec.json.encode(job), stdout=subprocess.PIPE, check=True,
        timeout=LONGEST + PATIENCE,
    )  # fmt: skip
    return msgspec.json.decode(done.stdout, type=Outcome)


class Caller:
    """One connection that asks until the job is done."""

    def __init__(self, job: Job, turns: "itertools.count[int]", deadline: float) -> None:
        self.first_bytes: list[float] = []
        self.wrong: Counter[str] = Counter()
        self.error: BaseException | None = None
        self._job, self._turns, self._deadline = job, turns, deadline
        self._written = [_written(ask) for ask in job.asks]

    def call(self) -> None:
        try:
            address = ("127.0.0.1", self._job.port)
            with socket.create_connection(address, PATIENCE) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while perf_counter() < self._deadline:
                    turn = next(self._turns)
                    if turn >= self._job.requests:
                        return
                    self._ask(line, turn % len(self._written))
        except BaseException as error:
            self.error = error

    def _ask(self, line: socket.socket, which: int) -> None:
        begun = perf_counter()
        line.sendall(self._written[which])
        head = line.recv(65536)
        self.first_bytes.append(perf_counter() - begun)
        while b"\r\n\r\n" not in head:
            head += _more(line)
        top, _, body = head.partition(b"\r\n\r\n")
        status = int(top[9:12])
        left = 0 if status == 304 else _length(top) - len(body)
        while left > 0:
            left -= len(_more(line))
        ask = self._job.asks[which]
        if status != ask.status:
            self.wrong[f"{ask.path} {status}"] += 1


def _written(ask: Ask) -> bytes:
    lines = [f"GET {ask.path} HTTP/1.1", f"Host: {ask.host}", "Accept-Encoding: br, gzip"]
    lines += [f"{name}: {value}" for name, value in ask.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise ValueError("an answer without a length")


def _more(line: socket.socket) -> bytes:
    data = line.recv(65536)
    if not data:
        raise ConnectionError("the server hung up in the middle of an answer")
    return data


def do(job: Job) -> Outcome:
    begun = perf_counter()
    turns = itertools.count()
    callers = [Caller(job, turns, begun + job.seconds) for _ in range(job.connections)]
    threads = [Thread(target=caller.call) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = perf_counter() - begun
    for caller in callers:
        if caller.error is not None:
            raise caller.error
    first_bytes = [moment for caller in callers for moment in caller.first_bytes]
    wrong = sum((caller.wrong for caller in callers), Counter[str]())
    return Outcome(len(first_bytes), seconds, median(first_bytes), dict(wrong))


if __name__ == "__main__":
    outcome = do(msgspec.json.decode(sys.stdin.buffer.read(), type=Job))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
