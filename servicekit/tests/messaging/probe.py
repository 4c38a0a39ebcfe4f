"""A service as a process of its own, to be killed. What a fact's text says is what its handler does.

Run as a program with DATABASE_URL, AMQP_URL, ACTOR_SECRET and PROBE_NAME.
"""

from __future__ import annotations

import servicekit.green  # isort: skip

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import eventlet
from servicekit.entrypoints import Call, on_event, rpc
from servicekit.messages import Message
from servicekit.service import Service, run
from servicekit.settings import Settings
from servicekit.storage import WorkProvider
from servicekit.testing.probes import ProbeWork

NAME = os.environ["PROBE_NAME"]


def die() -> None:
    os._exit(9)


def hang() -> None:
    eventlet.event.Event().wait()


def compute_for_ever() -> None:
    while True:
        pass


def compute_four_seconds() -> None:
    end = time.monotonic() + 4
    while time.monotonic() < end:
        pass


DEEDS: dict[str, Callable[[], None]] = {
    "die": die,
    "hang": hang,
    "compute for ever": compute_for_ever,
    "compute four seconds": compute_four_seconds,
    "take a second": lambda: eventlet.sleep(1),
    "take two seconds": lambda: eventlet.sleep(2),
}


class Probe(Service):
    name = NAME
    work = WorkProvider(ProbeWork)

    @rpc()
    def do(self, call: Call, text: str) -> dict[str, Any]:
        """Tells the fact `<name>.told` and does as the text says."""
        with self.work() as work:
            work.note(f"began {text}")
        DEEDS.get(text, lambda: None)()
        with self.work() as work:
            work.note(f"did {text}")
            work.publish("told", {"text": text})
        return {"text": text, "pid": os.getpid()}

    @on_event(f"{NAME}_source.told")
    def told(self, message: Message) -> None:
        os.write(1, f"hears {message.data['text']}\n".encode())  # for `Replica.hears`
        with self.work() as work:
            DEEDS.get(message.data["text"], lambda: None)()
            work.note(f"heard {message.data['text']}")


@dataclass(frozen=True)
class ProbeSettings(Settings):
    pass


if __name__ == "__main__":
    import servicekit.amqp.link
    import servicekit.service

    servicekit.amqp.link.HEARTBEAT_SECONDS = float(os.environ.get("HEARTBEAT", "30"))
    servicekit.service.STOP_LIMIT_SECONDS = float(os.environ.get("STOP_LIMIT", "6"))
    servicekit.entrypoints.inbox.DRAIN_LIMIT_SECONDS = 3.0
    servicekit.entrypoints.server.DRAIN_LIMIT_SECONDS = 3.0
    run(Probe, settings=ProbeSettings)
