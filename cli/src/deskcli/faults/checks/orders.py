"""Every round of a process has one living order per step, and each order's history is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.evidence.evidence import grouped
from deskcli.faults.ledger import Ledger

DONE = frozenset({"technically_complete", "checked", "administratively_complete"})
BY_ITSELF = frozenset(
    {"issue", "deliver", "delivery_failed"}
)  # the process, also in the name of who moved it
NOT_PEOPLE = frozenset({"service", "supplier"})


def check_orders(ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("work orders")
    steps = {(str(row["product_id"]), row["version"]): row["steps"] or [] for row in evidence.products}
    orders, processes = grouped(evidence.orders, "request_id"), grouped(evidence.processes, "request_id")
    for request in evidence.requests:
        if request["accepted_at"] is None:
            continue
        key = str(request["request_id"])
        if key not in processes:
            verdict.lost.append(f"request {key}: dispatch has never heard of it")
            continue
        product = request["product"]
        wanted = steps.get((product["product_id"], product["version"]), [])
        _plan(request, processes[key][0], wanted, orders.get(key, []), verdict)
    _numbers(evidence, verdict)
    histories = evidence.histories()
    for order in evidence.orders:
        _history(order, histories.get(str(order["work_order_id"]), []), verdict)
    _people(ledger, evidence, verdict)
    return verdict


def _plan(request: Row, process: Row, steps: list[Row], orders: list[Row], verdict: Verdict) -> None:
    """A round that was over before it was planned has no orders; all others have those of their steps."""
    known = str(request["request_id"])
    if process["planned_round"] < request["round"] and request["state"] != "closed":
        verdict.lost.append(f"request {known}: round {request['round']} was never planned")
    earlier: set[str] = set()  # steps that an earlier round has done
    for round_ in range(1, request["round"] + 1):
        of_round = [order for order in orders if order["round"] == round_]
        expected = _steps_of_round(steps, earlier, first=round_ == 1)
        planned = bool(of_round) or (process["planned_round"] >= round_ and request["state"] != "closed")
        living = Counter(order["step"] for order in of_round if order["replaced_by"] is None)
        for step in (expected if planned else set()) | living.keys():
            verdict.compare(
                f"request {known} round {round_} step {step}", int(step in expected), living[step]
            )
        earlier |= {order["step"] for order in of_round if order["state"] in DONE}


def _steps_of_round(steps: Iterable[Row], done: set[str], first: bool) -> set[str]:
    """Later rounds do the last steps again, and what was never done."""
    keys = {step["key"] for step in steps}
    if first:
        return keys
    awaited = {needed for step in steps for needed in step.get("depends_on") or ()}
    return {key for key in keys if key not in awaited or key not in done}


def _numbers(evidence: Evidence, verdict: Verdict) -> None:
    by_process: Mapping[str, list[Row]] = grouped(evidence.orders, "request_id")
    for process in evidence.processes:
        found = sorted(
            int(row["number"].rpartition("-")[2]) for row in by_process.get(str(process["request_id"]), [])
        )
        if found != list(range(1, process["last_serial"] + 1)):
            verdict.wrong.append(f"orders of {process['reference']} are numbered {found}")


def _history(order: Row, lines: list[Row], verdict: Verdict) -> None:
    name = order["number"]
    if [line["version"] for line in lines] != list(range(2, order["version"] + 1)):
        verdict.wrong.append(f"order {name}: its history has gaps before version {order['version']}")
        return
    states = [line["state"] for line in lines]
    before = [line["previous_state"] for line in lines]
    if lines and (before[1:] != states[:-1] or states[-1] != order["state"]):
        verdict.wrong.append(f"order {name} is {order['state']}, its history says {before} -> {states}")


def _people(ledger: Ledger, evidence: Evidence, verdict: Verdict) -> None:
    done = Counter(
        (deed.subject, deed.action.removeprefix("order:"))
        for deed in ledger.done()
        if deed.action.startswith("order:")
    )
    found = Counter(
        (order_id, line["action"])
        for order_id, lines in evidence.histories().items()
        for before, line in zip([None, *lines], lines, strict=False)
        if line["by_kind"] not in NOT_PEOPLE and not _by_itself(line, before)
    )
    for key in done.keys() | found.keys():
        verdict.compare(f"{key[1]} of order {key[0]}", done[key], found[key])


def _by_itself(line: Row, before: Row | None) -> bool:
    """Who begins an order that nobody has, has it: that is taken in the same breath."""
    taken_by_beginning = line["action"] == "take" and before is not None and before["action"] == "start"
    return line["action"] in BY_ITSELF or taken_by_beginning
