"""Work orders as intake sees them: a mirror of dispatch's facts that does not mind their order or their
doubles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Localised = dict[str, str]

# An order in these states is of no more concern to the request.
GONE = frozenset({"cancelled", "rejected"})
# Nobody does anything more to these.
ENDED = GONE | {"technically_complete", "checked", "administratively_complete", "not_carried_out"}


@dataclass(slots=True)
class WorkOrder:
    """`step` and `title` are None while only a change of the order has come, and not yet its planning.

    Times are ISO text: they are shown, never counted with. `seen`: the sequences that have been taken in.
    """

    work_order_id: str
    number: str
    round: int
    provider: dict[str, Any]
    state: str
    sequence: int
    step: str | None = None
    title: Localised | None = None
    depends_on: list[str] = field(default_factory=list)
    replaces: str | None = None
    delivery: dict[str, Any] | None = None
    cost_cents: int | None = None
    # The order whose work it does over; the correction that issued it, and the one that took it away.
    rework_of: str | None = None
    correction_id: str | None = None
    corrected_by: str | None = None
    # What its provider owes a word about; see dispatch.
    silence: dict[str, Any] | None = None
    # Of a round: how many stops, and how many of each standing.
    stops: dict[str, int] | None = None
    # What its executor asks above its limit; and the last of these questions that was taken up here.
    extra_work: dict[str, Any] | None = None
    more_answered: int = 0
    # What was agreed to above its limit, by the number of the question: {"amount_cents", "of"} (who agreed).
    granted: dict[str, dict[str, Any]] = field(default_factory=dict)
    # Of a cost over the limit: {"state", "limit_cents"}; None when nobody contests it.
    cost_standing: dict[str, Any] | None = None
    planned_from: str | None = None
    planned_until: str | None = None
    plan_sequence: int = 0
    seen: list[int] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def asks_holder(self) -> bool:
        """More than the desk may agree to, and nobody was asked yet."""
        asked = self.extra_work or {}
        return self.asks_more and asked["of"] == "budget_holder" and asked["number"] > self.more_answered

    @property
    def asks_desk(self) -> bool:
        return bool(self.asks_more and self.extra_work and self.extra_work["of"] == "desk")

    @property
    def asks_more(self) -> bool:
        return bool(self.extra_work and self.extra_work["state"] == "asked")

    @property
    def nobody_came(self) -> bool:
        """As far as is known: the agreed moment passed, and nobody has said since how it stands."""
        return bool(self.silence and self.silence["of"] == "no_show" and self.silence["step"] == "escalated")

    @classmethod
    def stub(cls, fact: Mapping[str, Any]) -> WorkOrder:
        """Of an order whose planning is still on its way. Everything that a fact tells is taken in after
        this.
        """
        return cls(fact["work_order_id"], fact["number"], fact["round"], fact["provider"], fact["state"], 0)

    def plan(self, planned: Mapping[str, Any]) -> bool:
        """Take in its planning; False when that was known. What changed since then stays."""
        if self.step is not None:
            return False
        self.step, self.title = planned["step"], planned["title"]
        self.depends_on, self.replaces = list(planned["depends_on"]), planned["replaces"]
        self.rework_of, self.correction_id = planned.get("rework_of"), planned.get("correction_id")
        if self.sequence == 0:
            self.state, self.provider, self.sequence = planned["state"], planned["provider"], 1
        return True

    def change(self, fact: Mapping[str, Any]) -> bool:
        """Take in a change; False when this very change was taken in before. A late one does not undo a newer
        one.
        """
        sequence = fact["sequence"]
        if sequence in self.seen:
            return False
        self.seen = sorted([*self.seen, sequence])
        if sequence > self.sequence:
            self.sequence = sequence
            self.state, self.provider, self.delivery = fact["state"], fact["provider"], fact["delivery"]
            self.cost_cents, self.corrected_by = fact["cost_cents"], fact.get("corrected_by")
            self.silence, self.stops = fact.get("silence"), fact.get("stops")
            self.extra_work, self.cost_standing = fact.get("extra_work"), fact.get("cost_standing")
        self._grant(fact.get("extra_work"))
        if fact["planned_from"] and sequence > self.plan_sequence:
            self.plan_sequence = sequence
            self.planned_from, self.planned_until = fact["planned_from"], fact["planned_until"]
        return True

    def _grant(self, extra: Mapping[str, Any] | None) -> None:
        """A yes stays one, also when it is heard of after the next question."""
        if extra and extra["state"] == "granted":
            self.granted[str(extra["number"])] = {name: extra[name] for name in ("amount_cents", "of")}


# Which changes of an order a requester may see on the timeline; the others are between the desk and its
# providers.
PUBLIC_ACTIONS = frozenset({"accept", "schedule", "start", "pause", "resume", "complete", "check"})


def public_data(order: WorkOrder, fact: Mapping[str, Any]) -> dict[str, Any]:
    """What anybody who sees the request may read of this change."""
    data = {
        "work_order_id": order.work_order_id,
        "number": order.number,
        "action": fact["action"],
        "state": fact["state"],
        "provider": fact["provider"]["name"],
        "planned_from": fact["planned_from"],
        "planned_until": fact["planned_until"],
        "pause": fact["pause"],
    }
    return {key: value for key, value in data.items() if value is not None}


def internal_data(fact: Mapping[str, Any]) -> dict[str, Any] | None:
    """Reasons, notes, costs and delivery: for the desk."""
    data = {key: fact[key] for key in ("reason", "note", "cost_cents") if fact[key] is not None}
    if fact["action"] in ("deliver", "delivery_failed", "redeliver"):
        data["delivery"] = fact["delivery"]
    return data or None
