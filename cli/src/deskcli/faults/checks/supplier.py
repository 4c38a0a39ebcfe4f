"""What went out to a supplier went out once in effect, and its own record agrees, number by number."""

from __future__ import annotations

from collections import Counter

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.ledger import Ledger

KEEPING_RECORDS = frozenset({"vonk-val", "lepel-lade"})
NOT_PEOPLE = frozenset({"service", "supplier"})
ONCE = ("schedule", "start", "complete", "confirm_cancellation")  # accept: once per offer


def check_supplier(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("orders at suppliers")
    histories = evidence.histories()
    deliveries = {str(row["work_order_id"]): row for row in evidence.deliveries}
    orders = {row["number"]: row for row in evidence.orders if row["slug"] in KEEPING_RECORDS}
    for number, order in orders.items():
        key = str(order["work_order_id"])
        _told_once(number, histories.get(key, []), verdict)
        _recorded(order, histories.get(key, []), deliveries.get(key), evidence.supplier.get(number), verdict)
    verdict.wrong += [
        f"{record['slug']} has order {number}, which the desk never gave it"
        for number, record in evidence.supplier.items()
        if number not in orders or orders[number]["slug"] != record["slug"]
    ]
    _taken_once(evidence, verdict)
    return verdict


def _told_once(number: str, lines: list[Row], verdict: Verdict) -> None:
    said = Counter(line["action"] for line in lines if line["by_kind"] == "supplier")
    offers = Counter(
        line["offer"] for line in lines if (line["by_kind"], line["action"]) == ("supplier", "accept")
    )
    for action in ONCE:
        if said[action] > 1:
            verdict.doubled.append(f"order {number}: {action} {said[action]} times")
    verdict.doubled += [f"order {number}: accepted {n} times" for n in offers.values() if n > 1]


def _recorded(
    order: Row, lines: list[Row], delivery: Row | None, record: Row | None, verdict: Verdict
) -> None:
    number = order["number"]
    spoke = {line["action"] for line in lines if line["by_kind"] == "supplier"}
    delivered = delivery is not None and delivery["state"] == "delivered" and delivery["errand"] == "order"
    told_by_people = any(
        line["by_kind"] not in NOT_PEOPLE and line["action"] in ("accept", "refuse") for line in lines
    )
    if (delivered and not told_by_people) or spoke:
        verdict.compare(f"order {number} in the supplier's record", 1, int(record is not None))
    if record is None:
        return
    if record["order_id"] not in (None, str(order["work_order_id"])):
        verdict.wrong.append(f"order {number} is {record['order_id']} at the supplier")
    if "complete" in spoke and record["stage"] not in ("done", "cancelled"):
        verdict.wrong.append(
            f"order {number} was reported complete, the supplier has it as {record['stage']}"
        )
    if record["stage"] == "done" and "complete" not in spoke:
        verdict.lost.append(f"order {number} is done at the supplier, and the desk has not heard it")


def _taken_once(evidence: Evidence, verdict: Verdict) -> None:
    """As the supplier's program logs it: an order that comes again is answered as before, not taken again."""
    for (number, answer), times in evidence.taken.items():
        offers = max(int(evidence.supplier[number]["offer"]), 1) if number in evidence.supplier else 1
        if times > offers:
            verdict.doubled.append(f"order {number} was taken ({answer}) {times} times")
