"""A service that listens on another virtual host (the suppliers') still tells its facts to the house."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from servicekit.actor import Signer
from servicekit.entrypoints import Call, on_event, rpc
from servicekit.messages import Message
from servicekit.rpc_client import RpcClient
from servicekit.service import BareService, Service
from servicekit.settings import Settings
from servicekit.storage import WorkProvider
from servicekit.testing.probes import AGENT, ProbeWork, until


@dataclass(frozen=True)
class TwoDoors(Settings):
    suppliers_amqp_url: str = ""


@pytest.fixture
def settings(settings: Settings) -> TwoDoors:
    return TwoDoors(**vars(settings), suppliers_amqp_url=settings.amqp_url.rpartition("/")[0] + "/suppliers")


def test_its_facts_reach_the_house(start: Any, settings: TwoDoors, unique: str, noted: Any) -> None:
    class House(Service):
        name = f"{unique}_l"
        work = WorkProvider(ProbeWork)

        @on_event(f"{unique}.told")
        def told(self, message: Message) -> None:
            with self.work() as work:
                work.note("heard")

    class Door(BareService):
        name = f"{unique}_door"
        producer = unique
        amqp_setting = "suppliers_amqp_url"
        work = WorkProvider(ProbeWork)

        @rpc()
        def tell(self, call: Call) -> dict[str, Any]:
            with self.work() as work:
                work.publish("told", {})
            return {}

    start(House)
    start(Door)
    client = RpcClient(settings.suppliers_amqp_url, Signer(settings.actor_secret))
    client.call(f"{unique}_door.tell", actor=AGENT)
    client.close()
    until(lambda: noted() == ["heard"])
