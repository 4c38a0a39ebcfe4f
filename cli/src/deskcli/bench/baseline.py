"""Measures the bare minimum on the same database and broker, so that a ratio can be read."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from servicekit.embedded.ports import LOOPBACK, free_ports
from servicekit.embedded.programs import EmbeddedError, Program, end, spawn

from deskcli import health
from deskcli.bench.driver import Target, generate
from deskcli.bench.load import Outcome
from deskcli.bench.usage import Spent, Usage, between, look
from deskcli.layout import ROOT

DATABASE = "bench_bare"
BARE = Path(__file__).with_name("bare.py")  # as a file: eventlet must patch before anything is imported
START_SECONDS = 20.0
WARM_UP = 100


@dataclass(frozen=True)
class Bare:
    """What the bare minimum did at a number of clients."""

    clients: int
    outcome: Outcome
    spent: Spent

    @property
    def rate(self) -> float:
        return self.outcome.wanted / self.outcome.seconds


def measure(
    urls: dict[str, str], pids: dict[str, int], logs: Path, clients: list[int], seconds: float
) -> list[Bare]:
    """`pids` are those of database and broker; nothing else should be running on them."""
    with _running(urls, logs) as (target, own):
        requests: list[dict[str, Any]] = [
            {"method": "POST", "path": "/things", "body": {"text": "De radiator blijft koud. " * 4}}
        ]
        generate(target.plan(requests, 4, 10, count=WARM_UP))
        return [_measure(target, requests, number, seconds, {**own, **pids}) for number in clients]


def _measure(
    target: Target, requests: list[dict[str, Any]], clients: int, seconds: float, pids: dict[str, int]
) -> Bare:
    seen: list[Usage] = []
    outcome = generate(target.plan(requests, clients, seconds), lambda: seen.append(look(pids)))
    return Bare(clients, outcome, between(seen[0], look(pids)))


@contextmanager
def _running(urls: dict[str, str], logs: Path) -> Iterator[tuple[Target, dict[str, int]]]:
    database = _make_database(urls["database"])
    [port] = free_ports(1)
    given = {
        "front": {"AMQP_URL": urls["broker"], "HTTP_PORT": str(port)},
        "back": {"AMQP_URL": urls["broker"], "DATABASE_URL": database},
    }
    pids = {}
    with ExitStack() as stack:
        for part, environment in given.items():
            command = (sys.executable, "-P", str(BARE), part)
            program = Program(
                f"bare-{part}", command, {"PATH": "/usr/bin:/bin", "TZ": "UTC", **environment}, ROOT
            )
            process = spawn(program, logs / f"{program.name}.log")
            stack.callback(end, process, program)
            pids[program.name] = process.pid
        target = Target(f"http://{LOOPBACK}:{port}")
        _wait(port, target, logs)
        yield target, pids


def _wait(port: int, target: Target, logs: Path) -> None:
    """Until the whole chain answers, not the route alone."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if health.is_ready(port, "/livez", timeout=1):
            request = {"method": "POST", "path": "/things", "body": {"text": "x"}}
            if generate(target.plan([request], 1, 5, count=1)).wanted:
                return
        time.sleep(0.1)
    raise EmbeddedError(f"the bare services did not start; their logs are in {logs}")


def _make_database(admin_url: str) -> str:
    connection = psycopg2.connect(admin_url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    finally:
        connection.close()
    return admin_url.rpartition("/")[0] + f"/{DATABASE}"
