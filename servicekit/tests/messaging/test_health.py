"""Health is answered by a thread of its own, also while the service is busy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import eventlet
import pytest
from eventlet import patcher
from servicekit.embedded.ports import free_ports
from servicekit.service import Service, _container
from servicekit.settings import Settings
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import json

socket, threading = (patcher.original(name) for name in ("socket", "threading"))


def ask(port: int, path: str) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.fixture
def port(settings: Settings, unique: str) -> Any:
    class Probe(Service):
        name = unique

    container = _container(Probe, replace(settings, health_port=free_ports(1)[0]), main=True)
    container.start()
    yield container.config["settings"].health_port
    container.stop()


def test_it_is_ready_when_broker_and_database_answer(port: int) -> None:
    until(lambda: ask(port, "/readyz")[0] == 200)
    assert json.loads(ask(port, "/readyz")[1]) == {
        "ready": True,
        "checks": {"broker": True, "database": True},
    }


@pytest.mark.parametrize(("path", "status"), [("/livez", 200), ("/metrics", 200), ("/nothing", 404)])
def test_what_else_it_answers(port: int, path: str, status: int) -> None:
    assert ask(port, path)[0] == status


def test_a_busy_service_still_answers(port: int) -> None:
    answered: list[int] = []
    asker = threading.Thread(target=lambda: answered.append(ask(port, "/livez")[0]))
    asker.start()
    asker.join(PATIENCE_SECONDS / 2)  # as a handler that computes: no greenlet of this process runs meanwhile
    assert answered == [200]


def test_a_caller_who_says_nothing_holds_nobody_up_for_long(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as silent:
        silent.sendall(b"GARBAGE\r\n\r\n")
        eventlet.sleep(0.05)
        assert ask(port, "/livez")[0] == 200
