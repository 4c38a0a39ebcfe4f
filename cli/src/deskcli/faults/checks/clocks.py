"""Every clock is right: the facts behind it are those of the timelines, and it is what they come to.

The facts are told anew from intake's timeline and dispatch's histories, and computed with monitoring's own
domain; what it keeps (facts, and the rows of its list) must be the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from monitoring.domain.clocks import Clock
from monitoring.domain.facts import Fact

from deskcli.faults.checks.story import Told, story_of
from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.evidence.evidence import grouped
from deskcli.faults.ledger import Ledger

# What is the same whenever it is looked at; minutes only once a clock has stopped.
LASTING = ("state", "started_at", "due_at", "stopped_at", "breached_at", "term_minutes")
ENDED = ("elapsed_minutes", "paused_minutes", "attribution")


def check_clocks(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("clocks")
    timelines, histories = evidence.timelines(), evidence.histories()
    orders, rows = grouped(evidence.orders, "request_id"), grouped(evidence.clocks, "request_id")
    timed = {str(row["request_id"]): row for row in evidence.timed}
    for request in evidence.requests:
        key = str(request["request_id"])
        if key not in timed:
            verdict.lost.append(f"request {key}: monitoring has never heard of it")
            continue
        told = [
            *request_facts(request, timelines.get(key, [])),
            *order_facts(orders.get(key, []), histories),
        ]
        _compare(key, told, timed[key], rows.get(key, []), evidence, verdict)
        _notices(key, timed[key], timelines.get(key, []), verdict)
    return verdict


def _notices(key: str, kept: Row, timeline: list[Row], verdict: Verdict) -> None:
    """Each warning and each breach that was told stands on the timeline once."""
    lines = Counter((line["type"], line["data"].get("clock")) for line in timeline)
    for clock, (warning, breach) in kept["told"].items():
        for type_, given in (("deadline_warning", warning), ("deadline_breached", breach)):
            if given or lines[type_, clock]:
                verdict.compare(f"{type_} of {clock}, request {key}", int(bool(given)), lines[type_, clock])


def _compare(
    key: str, told: list[Fact], kept: Row, rows: list[Row], evidence: Evidence, verdict: Verdict
) -> None:
    facts = [Fact.from_dict(fact) for fact in kept["facts"]]
    if len({fact.key for fact in facts}) != len(facts):
        verdict.doubled.append(f"request {key}: a fact is kept twice")
    expected, found = {fact.key for fact in told}, {fact.key for fact in facts}
    verdict.lost += [f"request {key}: the fact {one} is missing" for one in sorted(expected - found)]
    verdict.wrong += [f"request {key}: the fact {one} never happened" for one in sorted(found - expected)]
    if kept["problem"]:
        verdict.wrong.append(f"request {key}: {kept['problem']}")
    customer, now = kept["customer_id"], evidence.now
    right = {clock.clock: clock for clock in evidence.agreements.assess(told, customer, now).clocks}
    shown = {clock.clock: clock for clock in evidence.agreements.assess(facts, customer, now).clocks}
    listed = {row["clock"]: row for row in rows}
    for name in right.keys() | shown.keys() | listed.keys():
        verdict.compare(f"clock {name} of request {key}", int(name in right), int(name in listed))
        if right.get(name) != shown.get(name):
            verdict.wrong.append(f"clock {name} of request {key} is {shown.get(name)}, not {right.get(name)}")
        elif name in right and name in listed:
            verdict.wrong += _differences(key, right[name], listed[name])


def _differences(key: str, right: Clock, row: Row) -> Iterator[str]:
    """Between a clock and its row in the list, which is as of when it was last computed."""
    for name in (*LASTING, *(ENDED if right.stopped_at else ())):
        if getattr(right, name) != row[name]:
            yield f"clock {right.clock} of request {key}: {name} is {row[name]}, not {getattr(right, name)}"


def request_facts(request: Row, timeline: list[Row]) -> Iterator[Fact]:
    story = story_of(timeline, request["received_at"])
    for told in story.told:
        yield Fact(told.kind, told.at, told.sequence, data=_data(told, request))


def _data(told: Told, request: Row) -> dict[str, Any]:
    """As far as it decides: what the request is about stands in its row, the last word on it."""
    if told.kind in ("received", "accepted"):
        product = request["product"]
        first = told.kind == "received"
        return {
            "received_at": request["received_at"].isoformat(),
            "kind": None if first and request["answer"] else request["kind"],  # named when it was answered
            "priority": request["priority"],
            "product_id": product["product_id"] if product and not first else None,
            **({} if first else {"by_desk": not request["standard"]}),
        }
    if told.kind == "waiting":
        return {"reason": "awaiting_requester", "counterparty": "requester"}
    return {"resolution": told.resolution} if told.kind == "closed" else {}


def order_facts(orders: Iterable[Row], histories: dict[str, list[Row]]) -> Iterator[Fact]:
    """A planning is a fact when it brought an order to a supplier; a change when it moved the state."""
    for together in _plannings(orders):
        if any(order["kind"] == "supplier" for order in together):
            for order in together:
                yield _order_fact(order, 1, order["created_at"], _first_state(order, histories), None)
    for order in orders:
        for line in histories.get(str(order["work_order_id"]), []):
            if line["state"] != line["previous_state"] or line["action"] in ("reroute", "pause"):
                pause = (line["details"] or {}).get("pause")
                yield _order_fact(order, line["version"], line["at"], line["state"], pause)


def _plannings(orders: Iterable[Row]) -> Iterator[list[Row]]:
    """Those of a round came together; one that took over came alone."""
    orders = list(orders)
    yield from ([order] for order in orders if order["replaces"] is not None)
    yield from grouped([o for o in orders if o["replaces"] is None], "round").values()


def _first_state(order: Row, histories: dict[str, list[Row]]) -> str:
    lines = histories.get(str(order["work_order_id"]))
    return str(lines[0]["previous_state"] if lines else order["state"])


def _order_fact(order: Row, sequence: int, at: Any, state: str, pause: Row | None) -> Fact:
    data = {
        "state": state,
        "provider": order["kind"],
        "counterparty": pause["counterparty"] if pause else None,
    }
    return Fact("order", at, sequence, str(order["work_order_id"]), data)
