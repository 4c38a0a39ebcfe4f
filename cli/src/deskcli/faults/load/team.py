"""A team of the house, or the desk on behalf of a provider that telephones: moves orders on, step by step."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

from deskcli.faults.client import Client
from deskcli.faults.ledger import Json
from deskcli.faults.load.actor import Actor

PAUSE = {"pause": {"reason": "material", "counterparty": "requester"}}
PLAN = {"plannedFrom": "2026-12-01T09:00:00Z", "plannedUntil": "2026-12-01T11:00:00Z"}
# What a team may do in a state, how often it chooses so, and what it says with it.
NEXT: dict[str, tuple[tuple[str, int, Json], ...]] = {
    "issued": (("accept", 90, {}), ("refuse", 10, {"reason": "Geen tijd."})),
    "accepted": (("schedule", 20, PLAN), ("start", 50, {}), ("complete", 30, {})),
    "scheduled": (("start", 70, {}), ("complete", 30, {})),
    "in_progress": (("complete", 80, {}), ("pause", 20, PAUSE)),
    "paused": (("resume", 100, {}),),
    "cancellation_requested": (("confirm_cancellation", 100, {}),),
}


class Team(Actor):
    """`providers`: whose orders it moves on; empty for all that its account may see."""

    thought = 0.25

    def __init__(
        self,
        client: Client,
        chance: random.Random,
        stop: threading.Event,
        providers: Sequence[str] = (),
    ) -> None:
        super().__init__(client, chance, stop)
        self._providers = providers

    def act(self) -> None:
        query = {"providerId": self.chance.choice(self._providers)} if self._providers else {}
        waiting = [
            order for order in self.items("/work-orders", open="true", limit=50, **query)
            if order["state"] in NEXT
        ]  # fmt: skip
        if not waiting:
            return
        order = self.chance.choice(waiting)
        ways = NEXT[order["state"]]
        action, _, body = self.chance.choices(ways, [weight for _, weight, _ in ways])[0]
        self.on_order(action, order, body)
