"""A desk agent: takes phone calls, judges what is not standard, asks, notes, reroutes, delivers again."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence

from deskcli.faults.client import Client
from deskcli.faults.ledger import Json
from deskcli.faults.load.actor import Actor
from deskcli.faults.load.reporter import answers_for, wanted_for

ACTS = {"call": 12, "judge": 35, "converse": 20, "reroute": 8, "repair": 10, "look": 15}
JUDGEMENTS = {"triage": 55, "answer": 20, "reject": 10, "ask": 15}
UNDER_WAY = frozenset({"issued", "accepted", "scheduled", "refused"})


class Agent(Actor):
    """`elsewhere`: the ids of providers to whom work may be moved."""

    def __init__(
        self,
        client: Client,
        chance: random.Random,
        stop: threading.Event,
        products: Sequence[Json],
        people: Sequence[Json],
        elsewhere: Sequence[str],
    ) -> None:
        super().__init__(client, chance, stop)
        self._products = products
        self._people = people
        self._elsewhere = elsewhere

    def act(self) -> None:
        getattr(self, self.choose(ACTS))()

    def call(self) -> None:
        """Somebody telephones; some of them want a mail about it."""
        product, marker = self.chance.choice(self._products), self.marker()
        body = {
            "channel": "phone",
            "text": f"Belt over de tweede verdieping. {marker}",
            "requesterId": self.chance.choice(self._people)["personId"],
            "productId": product["productId"],
            "answers": answers_for(product),
            **wanted_for(product, self.chance),
            "notify": self.chance.random() < 0.5,
        }
        about = {"product": product["productId"]}
        self.client.command("create", "/requests", body, marker=marker, about=about)

    def judge(self) -> None:
        waiting = self.items("/requests", state="triage", limit=25)
        if not waiting:
            return
        request = self.chance.choice(waiting)
        action, marker = self.choose(JUDGEMENTS), self.marker()
        product = self.chance.choice(self._products)
        bodies: dict[str, Json] = {
            "triage": {
                "productId": product["productId"],
                "answers": answers_for(product),
                **wanted_for(product, self.chance),
            },
            "answer": {"text": f"Dat kan bij de balie. {marker}"},
            "reject": {"reason": f"Dat doen wij niet. {marker}"},
            "ask": {"question": f"Welke kant van de gang? {marker}"},
        }
        self.on_request(action, request, bodies[action], "" if action == "triage" else marker)

    def converse(self) -> None:
        """Ask the requester of work that goes on, or write something down for the desk."""
        going = self.items("/requests", state="in_progress", limit=25)
        if going:
            request, marker = self.chance.choice(going), self.marker()
            if self.chance.random() < 0.5:
                self.on_request("ask", request, {"question": f"Is er iemand? {marker}"}, marker)
            else:
                self.on_request("note", request, {"text": f"Teruggebeld. {marker}"}, marker)

    def reroute(self) -> None:
        going = [
            order for order in self.items("/work-orders", open="true", limit=25)
            if order["state"] in UNDER_WAY
        ]  # fmt: skip
        if going:
            order = self.chance.choice(going)
            body = {"providerId": self.chance.choice(self._elsewhere), "reason": "Te druk."}
            self.on_order("reroute", order, body)

    def repair(self) -> None:
        for order in self.items("/work-orders", delivery="failed", limit=25):
            self.on_order("redeliver", order)

    def look(self) -> None:
        self.client.read("/requests", open="true", limit=25)
        self.client.read("/clocks", limit=25)
