"""The load generator: a process of its own, so that its CPU time is not taken for the system's.

Run as a file, since it needs nothing of the package. It reads one plan (a line of JSON) from stdin, connects,
prints "ready", waits for a line, sends the load, and prints one line of JSON about what came back. Its
clients are closed loops on kept connections: each sends its next request when the answer to the last has
come. With a `rate` they send at fixed moments instead, and a late start counts as waiting. What can be
prepared is: it shares the machine with what it measures.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

SAMPLES = 5  # of answers that were not wanted
SILENCE_SECONDS = 30.0  # without any answer: then the run is given up


@dataclass
class Sending:
    """What one request consists of, ready for the wire but for its Idempotency-Key."""

    head: bytes
    body: bytes

    def bytes(self, key: str) -> bytes:
        extra = b"Idempotency-Key: %s\r\n" % key.encode() if key else b""
        return self.head + extra + b"\r\n" + self.body


def prepare(request: dict[str, Any], host: str) -> Sending:
    body = json.dumps(request["body"]).encode() if request.get("body") is not None else b""
    headers = {"Host": host, "Content-Length": str(len(body)), **request.get("headers", {})}
    if body:
        headers["Content-Type"] = "application/json"
    lines = [f"{request['method']} {request['path']} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    return Sending("".join(line + "\r\n" for line in lines).encode(), body)


@dataclass
class Outcome:
    """What came of a load. `latencies` in milliseconds, in the order of the answers, wanted ones only."""

    wanted: int = 0
    unwanted: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    samples: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    answered_at: list[float] = field(default_factory=list)  # seconds since the epoch, beside `latencies`


class Session:
    """One load: hands out what is to be sent next, and keeps the score."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.requests = [prepare(each, f"{plan['host']}:{plan['port']}") for each in plan["requests"]]
        self.wanted = frozenset(plan["wanted"])
        self.outcome = Outcome()
        self.finished = asyncio.Event()
        self.statuses: Counter[int] = Counter()
        self.sent = self.open = 0
        self.last_answer = time.perf_counter()

    def begin(self, clients: list[Client]) -> None:
        self.began = self.last_answer = time.perf_counter()
        self.ends = self.began + self.plan["seconds"]
        for client in clients:
            client.proceed()

    def next(self) -> tuple[bytes, float] | None:
        """What to send, and when (of perf_counter; 0: now). None when this was all."""
        due = self.began + self.sent / self.plan["rate"] if self.plan["rate"] else 0.0
        if self.sent >= self.plan["count"] or max(due, time.perf_counter()) >= self.ends:
            if not self.open:
                self.finished.set()
            return None
        number, self.sent = self.sent, self.sent + 1
        self.open += 1
        key = f"{self.plan['key']}-{number}" if self.plan["key"] else ""
        return self.requests[number % len(self.requests)].bytes(key), due

    def answered(self, status: int, body: bytes, started: float) -> None:
        self.last_answer = time.perf_counter()
        self.open -= 1
        self.statuses[status] += 1
        outcome = self.outcome
        if status in self.wanted:
            outcome.wanted += 1
            outcome.latencies.append((self.last_answer - started) * 1000)
            outcome.answered_at.append(time.time())  # noqa: TID251 - to be held against the services' own times
            return
        outcome.unwanted += 1
        if len(outcome.samples) < SAMPLES:
            outcome.samples.append(f"{status}: {body[:300].decode(errors='replace')}")

    def result(self) -> Outcome:
        self.outcome.seconds = self.last_answer - self.began
        self.outcome.statuses = {str(status): count for status, count in sorted(self.statuses.items())}
        return self.outcome


class Client(asyncio.Protocol):
    """One connection: one request at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._received = bytearray()
        self._started = 0.0
        self._waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def proceed(self) -> None:
        upcoming = self._session.next()
        if upcoming is None:
            return
        data, due = upcoming
        delay = due - time.perf_counter() if due else 0.0
        if delay > 0:
            asyncio.get_running_loop().call_later(delay, self._send, data, due)
        else:
            self._send(data, due or time.perf_counter())

    def _send(self, data: bytes, started: float) -> None:
        self._started, self._waiting = started, True
        self._transport.write(data)

    def data_received(self, data: bytes) -> None:
        self._received += data
        answer = parse(self._received)
        if answer is not None:
            status, body = answer
            self._received.clear()
            self._waiting = False
            self._session.answered(status, body, self._started)
            self.proceed()

    def connection_lost(self, exc: Exception | None) -> None:
        """Counts as status 0. The client is gone with it; the run is a failure anyway."""
        if self._waiting:
            self._waiting = False
            self._session.answered(0, f"the connection was closed: {exc!r}".encode(), self._started)
            if not self._session.open:
                self._session.finished.set()


def parse(received: bytearray) -> tuple[int, bytes] | None:
    """Status and body of an answer that has come whole; None while it has not."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(received[:end]).lower()
    status = int(head[9:12])
    at = head.find(b"content-length:")
    if at >= 0:
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        whole = len(received) >= end + 4 + length
        return (status, bytes(received[end + 4 : end + 4 + length])) if whole else None
    if b"transfer-encoding: chunked" in head and not received.endswith(b"0\r\n\r\n"):
        return None
    return status, bytes(received[end + 4 :])


async def generate(plan: dict[str, Any]) -> Outcome:
    loop, session = asyncio.get_running_loop(), Session(plan)
    clients = []
    for _ in range(plan["clients"]):
        _, client = await loop.create_connection(lambda: Client(session), plan["host"], plan["port"])
        clients.append(client)
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    before = time.process_time()
    session.begin(clients)
    while not session.finished.is_set() and time.perf_counter() - session.last_answer < SILENCE_SECONDS:
        try:
            await asyncio.wait_for(session.finished.wait(), 1.0)
        except TimeoutError:
            continue
    if session.open:
        session.outcome.unwanted += session.open
        session.outcome.samples.append(f"{session.open} requests were never answered")
    outcome = session.result()
    outcome.cpu_seconds = time.process_time() - before
    return outcome


def main() -> None:
    print(json.dumps(asdict(asyncio.run(generate(json.loads(sys.stdin.readline()))))))


if __name__ == "__main__":
    main()
