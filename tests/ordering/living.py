"""A town that goes on living: whatever people do with a request, and however slow the post is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid5

from dispatch.domain.errors import DispatchError
from servicekit.errors import NotYet, ServiceError
from servicekit.ids import new_id
from servicekit.messages import Message

from servicekit import json

from .stories import MONDAY, NAMESPACE, do_in_intake
from .town import AMIRA, ANSWERS, BUDGET, PRODUCT, Member, as_message, is_called

REFUSED = ("NotAllowed", "TooLate", "Wrong")  # of intake's own domain; the service tells them as these
ONE_STEP = {
    **PRODUCT,
    "product_id": str(new_id()),
    "slug": "lamp-vervangen",
    "kind": "fault",
    "priority": "P2",
    "lead_time": None,
    "check_required": False,
    "questions": [],
    "process": {"steps": [{**PRODUCT["process"]["steps"][2], "key": "replace", "depends_on": []}]},
}
PRODUCTS = (PRODUCT, ONE_STEP)
NOWHERE = "01990a3e-0000-7000-8000-000000000000"


class Town:
    """`now` moves with everything that is done. What is refused changes nothing, and is no fault."""

    def __init__(self, members: dict[str, Member]) -> None:
        self.members = members
        self.now = MONDAY
        self.post: dict[str, list[Message]] = {name: [] for name in members}
        self._sent = dict.fromkeys(members, 0)
        for member in members.values():
            member.begin()
        for product in PRODUCTS:
            name = str(uuid5(NAMESPACE, product["slug"]))
            self._post(Message(name, "catalog.product_published", 1, self.now, product, "test"))
        self.settle()
        rows = self.rows("dispatch", "SELECT provider_id FROM providers ORDER BY slug")
        self.providers = [row["provider_id"] for row in rows]
        saved = {"key": "kade", "name": "De Kade"}
        self.places = [
            self.call("intake", "save_locations", None, items=[each])["items"][0]["location_id"]
            for each in (saved, {"key": "sluis", "name": "De Sluis"})
        ]
        board = {**BUDGET, "key": "4200", "name": "Directie", "departments": []}
        self.call("intake", "save_budgets", None, items=[board])
        self.cost_centres = [str(BUDGET["key"]), "4200"]
        self.collect()

    # --- doing ---------------------------------------------------------------------------------------------

    def call(self, service: str, method: str, by: Any, /, **given: Any) -> Any:
        return self.members[service].call(method, by, self.now, **given)

    def tries(self, deed: Callable[[], Any]) -> bool:
        """False when it was refused."""
        self.now += timedelta(minutes=7)
        try:
            deed()
        except Exception as error:
            if not _is_refusal(error):
                raise
            return False
        finally:
            self.collect()
        return True

    def receive(self, **command: Any) -> str:
        made = do_in_intake(self.members["intake"], "receive", None, self.now, command)
        self.collect()
        return str(made["request_id"])

    def desk(self, deed: str, request: str, /, **more: Any) -> bool:
        """As the desk or the requester, on the request as it is now."""
        return self.tries(lambda: do_in_intake(self.members["intake"], deed, request, self.now, more))

    def correct(self, request: str, what: str, /, **wish: Any) -> bool:
        given = {"cause": "misunderstood", "note": "Niet goed begrepen.", **wish}
        return self.desk("correct", request, what=what, **given)

    def order(self, order: dict[str, Any], action: str) -> bool:
        """As its executor or the desk."""
        if action == "reroute":
            again = {name: order[name] for name in ("work_order_id", "provider_id")} | {"reason": "-"}
            failed = order["state"] in ("refused", "not_carried_out")
            return failed and self.tries(lambda: self.call("dispatch", "reroute_work_order", AMIRA, **again))
        more: dict[str, Any] = {}
        if action == "complete" and order["checklist"]:
            more = {"checklist": list(range(len(order["checklist"])))}
        if action in ("refuse", "not_carried_out", "fail", "cancel", "pause"):
            more = {"reason": "Het gaat niet."}
        which = {"work_order_id": order["work_order_id"], "action": action}
        return self.tries(lambda: self.call("dispatch", "act_on_work_order", AMIRA, **which, **more))

    # --- the post ------------------------------------------------------------------------------------------

    def collect(self) -> None:
        """What was told since is on its way to everybody who listens."""
        for name, member in self.members.items():
            rows = member.rows(f"SELECT * FROM outbox WHERE id > {self._sent[name]} ORDER BY id")
            for row in rows:
                self._sent[name] = row["id"]
                if not row["headers"].get("signal"):
                    self._post(as_message({**row, "data": json.loads(row["data"])}))

    def bring(self, name: str, which: int) -> bool:
        """One of what is on its way; False when it has to wait for another."""
        waiting = self.post[name]
        message = waiting[which % len(waiting)]
        try:
            self.members[name].hear(message, self.now)
        except NotYet:
            return False
        waiting.remove(message)
        self.collect()
        return True

    def settle(self, choose: Callable[[int], int] = lambda count: 0) -> None:
        """Until nothing is on its way any more."""
        stuck = 0
        while any(self.post.values()):
            for name in [name for name, waiting in self.post.items() if waiting]:
                index = choose(len(self.post[name])) + stuck
                stuck = 0 if self.bring(name, index) else stuck + 1
            assert stuck < 200, f"these wait for ever: {self.post}"

    def _post(self, message: Message) -> None:
        for name, member in self.members.items():
            if message.type in member.kind.listens:
                self.post[name].append(message)

    # --- looking -------------------------------------------------------------------------------------------

    def rows(self, service: str, query: str) -> list[dict[str, Any]]:
        return self.members[service].rows(query)

    def request(self, request: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.call("intake", "get_request", AMIRA, request_id=request)
        return shown

    def orders(self, request: str) -> list[dict[str, Any]]:
        """As dispatch has them, oldest first."""
        mine = f"SELECT * FROM work_orders WHERE request_id = '{request}'"
        return self.rows("dispatch", f"{mine} ORDER BY created_at, number")

    def process(self, request: str) -> dict[str, Any] | None:
        rows = self.rows("dispatch", f"SELECT * FROM processes WHERE request_id = '{request}'")
        return rows[0] if rows else None


def _is_refusal(error: Exception) -> bool:
    return isinstance(error, ServiceError | DispatchError) or is_called(error, *REFUSED)


def answers_of(product: dict[str, Any]) -> dict[str, Any]:
    return ANSWERS if product is PRODUCT else {}


def pick(several: Sequence[Any], number: int) -> Any:
    return several[number % len(several)]
