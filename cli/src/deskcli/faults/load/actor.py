"""What all who take part in the load share: chance, a client, and a life in a thread of its own."""

from __future__ import annotations

import itertools
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from deskcli.faults.client import Client
from deskcli.faults.ledger import Deed, Json

_NUMBERS = itertools.count(1)


class Actor(ABC):
    """Does one thing after another, with a moment's thought between, until told to stop.

    `chance` decides everything, so that an actor of the same seed that sees the same does the same.
    """

    thought = 0.4  # seconds between two acts, on average

    def __init__(self, client: Client, chance: random.Random, stop: threading.Event) -> None:
        self.client = client
        self.chance = chance
        self._stop = stop
        name = client.email.partition("@")[0]
        self._thread = threading.Thread(target=self._live, name=f"load {name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds: it ends what it has begun first."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @abstractmethod
    def act(self) -> None:
        """One thing to do."""

    def marker(self) -> str:
        """A text that nobody else writes."""
        return f"[{self.client.email.partition('@')[0]}-{next(_NUMBERS)}]"

    def choose(self, weights: Mapping[str, int]) -> str:
        return self.chance.choices(list(weights), list(weights.values()))[0]

    def on_request(self, action: str, request: Json, body: Json, marker: str = "") -> Deed:
        """A decision about a request as it was read just now."""
        path = f"/requests/{request['requestId']}/{PATHS.get(action, action)}"
        version = None if action in UNVERSIONED else request["version"]
        about = {"product": body["productId"]} if "productId" in body else {}
        return self.client.command(
            action, path, body, subject=request["requestId"], version=version, marker=marker, about=about
        )

    def on_order(self, action: str, order: Json, body: Json | None = None) -> Deed:
        """Something done with a work order as it was read just now."""
        path = f"/work-orders/{order['workOrderId']}/{action.replace('_', '-')}"
        return self.client.command(
            f"order:{action}", path, body, subject=order["workOrderId"], version=order["version"]
        )

    def items(self, path: str, **query: Any) -> list[Json]:
        found = self.client.read(path, **query)
        return list(found["items"]) if found else []

    def _live(self) -> None:
        while not self._stop.is_set():
            try:
                self.act()
            except (
                Exception
            ) as error:  # an actor that dies unseen would make an idle load look like a calm one
                self.client.ledger.surprise(f"{self.client.email} stumbled: {error!r}")
            self._stop.wait(self.chance.expovariate(1 / self.thought))


PATHS = {"ask": "questions", "reply": "replies", "note": "notes"}
UNVERSIONED = frozenset({"reply", "note"})
