"""Where a scenario is played: a broker, a stock service as a process, and ours."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import amqp
import eventlet
from servicekit.embedded.ports import free_ports, is_open
from servicekit.settings import Settings
from servicekit.testing.probes import PATIENCE_SECONDS, until

from servicekit import json

from ..nodes import Broker  # noqa: TID252  own helpers
from ..replicas import Replica  # noqa: TID252  own helpers

PROGRAM = Path(__file__).with_name("service.py")


class StockProcess:
    def __init__(self, url: str, name: str, heartbeat: int = 60, lonely: bool = False) -> None:
        self.name = name
        self.port = free_ports(1)[0]
        with tempfile.NamedTemporaryFile(prefix="stock-", suffix=".record", delete=False) as record:
            self._record = Path(record.name)
        environment = {
            "STOCK_NAME": name,
            "STOCK_AMQP_URL": url,
            "STOCK_RECORD": record.name,
            "STOCK_PORT": str(self.port),
            "STOCK_HEARTBEAT": str(heartbeat),
            "STOCK_LONELY": "yes" if lonely else "",
        }
        self.replica = Replica(PROGRAM, environment)
        until(lambda: is_open(self.port) or self.replica.ended)

    @property
    def notes(self) -> list[str]:
        return self._record.read_text().splitlines()

    def remove(self) -> None:
        self.replica.remove()
        self._record.unlink()


@dataclass
class Stage:
    """`unique` names this play's services. `start`, `spawn`, `call` and `noted` are for ours."""

    settings: Settings
    unique: str
    channel: amqp.Channel
    start: Callable[..., Any]
    spawn: Callable[..., Replica]
    call: Callable[..., Any]
    noted: Callable[[], list[str]]
    monkeypatch: Any
    borrow_broker: Callable[[], Broker]
    stack: ExitStack = field(default_factory=ExitStack)

    def stock(self, heartbeat: int = 60, lonely: bool = False) -> StockProcess:
        """Another process of the stock service of this play, connected."""
        process = StockProcess(self.settings.amqp_url, self.unique, heartbeat, lonely)
        self.stack.callback(process.remove)
        queue = self.queue_of("takes_long") if lonely else f"rpc-{self.unique}"
        until(lambda: self.consumers(queue) or process.replica.ended)
        return process

    def publish_stock(self, event: str, body: bytes | None = None) -> None:
        """As nameko's dispatcher does."""
        message = amqp.Message(
            body or json.dumps({"text": "x"}),
            content_type="application/json",
            content_encoding="utf-8",
            delivery_mode=2,
        )
        self.channel.basic_publish(message, f"{self.unique}_source.events", event)

    def queue_of(self, event: str) -> str:
        return f"evt-{self.unique}_source-{event}--{self.unique}.{event}"

    def messages(self, queue: str) -> int:
        return int(self.channel.queue_declare(queue, passive=True).message_count)

    def consumers(self, queue: str) -> int:
        connection = self.channel.connection
        try:
            with connection.channel() as asking:
                return int(asking.queue_declare(queue, passive=True).consumer_count)
        except amqp.NotFound:
            return 0


def comes(condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it becomes true: at once where the fault shows, and a busy machine may take longer."""
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        eventlet.sleep(0.05)
    return bool(condition())


def settle(seconds: float = 0.5) -> None:
    """Long enough for whatever would still happen."""
    eventlet.sleep(seconds)
