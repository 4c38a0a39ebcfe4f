"""An employee: reports things that are in the catalogue and things that are not, replies, confirms, reopens,
withdraws; and sometimes sends what must be refused.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from random import Random

from servicekit.ids import new_id

from deskcli.faults.client import Client
from deskcli.faults.ledger import Deed, Json
from deskcli.faults.load.actor import Actor

ACTS = {"standard": 40, "nonstandard": 14, "wrong": 8, "follow": 60}
DECISIONS = {
    "ready": {"confirm": 60, "reopen": 25, "wait": 15},
    "in_progress": {"withdraw": 6, "reply": 14, "wait": 80},
    "triage": {"withdraw": 10, "reply": 20, "wait": 70},
    "closed": {"reopen": 4, "forget": 96},
}
REMEMBERED = 40


class Reporter(Actor):
    def __init__(
        self, client: Client, chance: Random, stop: threading.Event, products: Sequence[Json]
    ) -> None:
        super().__init__(client, chance, stop)
        self._products = products
        self._mine: list[str] = []

    def act(self) -> None:
        getattr(self, self.choose(ACTS))()

    def standard(self) -> None:
        product = self.chance.choice(self._products)
        body = {"productId": product["productId"], "answers": answers_for(product)}
        body |= wanted_for(product, self.chance)
        self._report(body, {"product": product["productId"]})

    def nonstandard(self) -> None:
        self._report({}, {})

    def wrong(self) -> None:
        """A product that is not there: refused, so nothing of it may ever be found."""
        deed = self._report({"productId": str(new_id()), "answers": {}}, {})
        if deed.accepted:
            self.client.ledger.surprise(f"a request for no product was accepted: {deed.subject}")

    def follow(self) -> None:
        """Look at one of one's own and decide."""
        if not self._mine:
            return
        request_id = self.chance.choice(self._mine)
        request = self.client.read(f"/requests/{request_id}")
        if request is None:
            return
        decision = self.choose(DECISIONS.get(request["state"], {"wait": 1}))
        if (request.get("waiting") or {}).get("counterparty") == "requester":
            decision = "reply"
        self._decide(decision, request)

    def _decide(self, decision: str, request: Json) -> None:
        marker = self.marker()
        bodies: dict[str, Json] = {
            "confirm": {},
            "reopen": {"reason": f"Toch niet goed. {marker}"},
            "withdraw": {"reason": f"Niet meer nodig. {marker}"},
            "reply": {"text": f"Het is de linker. {marker}"},
        }
        if decision == "forget":
            self._mine.remove(request["requestId"])
        elif decision in bodies:
            self.on_request(decision, request, bodies[decision], marker if bodies[decision] else "")

    def _report(self, body: Json, about: Json) -> Deed:
        marker = self.marker()
        text = f"Er is iets aan de hand op de tweede verdieping. {marker}"
        body = {"channel": "site", "text": text, **body}
        deed = self.client.command("create", "/requests", body, marker=marker, about=about)
        if deed.accepted:
            self._mine = [*self._mine[-REMEMBERED:], deed.subject]
        return deed


def wanted_for(product: Json, chance: Random) -> Json:
    """A moment far enough ahead for one with order rules, on one of many days, so that it is seldom full."""
    if not product.get("ordering"):
        return {}
    return {"wanted": {"from": f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T11:30:00Z"}}


def answers_for(product: Json) -> Json:
    """An answer to each question that must be answered."""
    plain = {"text": "zie omschrijving", "number": 1, "boolean": True, "date": "2026-12-01"}
    return {
        question["key"]: question["choices"][0]["value"]
        if question.get("choices")
        else plain[question["type"]]
        for question in product.get("questions") or []
        if question["required"]
    }
