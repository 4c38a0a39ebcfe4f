"""Intake's picture of the work orders is dispatch's own; and what is complete there is ready here."""

from __future__ import annotations

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.evidence.evidence import grouped
from deskcli.faults.ledger import Ledger


def check_mirrors(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("orders as intake sees them")
    orders = grouped(evidence.orders, "request_id")
    for request in evidence.requests:
        known = str(request["request_id"])
        mirrored, real = request["orders"], {str(o["work_order_id"]): o for o in orders.get(known, [])}
        for key in mirrored.keys() | real.keys():
            verdict.compare(f"order {key} of request {known}", int(key in real), int(key in mirrored))
        verdict.wrong += [
            f"order {order['number']} is {_state(order)}, intake has {_mirrored(mirrored[key])}"
            for key, order in real.items()
            if key in mirrored and _state(order) != _mirrored(mirrored[key])
        ]
    _rounds(evidence, verdict)
    return verdict


def _state(order: Row) -> tuple[str, int, list[int]]:
    return order["state"], order["version"], list(range(2, order["version"] + 1))


def _mirrored(order: Row) -> tuple[str, int, list[int]]:
    """Every change has been taken in, each once."""
    return order["state"], order["sequence"], order["seen"]


def _rounds(evidence: Evidence, verdict: Verdict) -> None:
    """A round whose completion was told made its request ready, unless it was closed before."""
    ready = {
        str(line["request_id"]) for line in evidence.timeline if line["type"] == "ready"
    }  # fmt: skip
    requests = {str(row["request_id"]): row for row in evidence.requests}
    for process in evidence.processes:
        request = requests.get(str(process["request_id"]))
        if request is None:
            verdict.wrong.append(f"dispatch has a process of {process['reference']}, intake no request")
            continue
        complete = process["completed_round"] >= request["round"] > 0
        if complete and request["state"] == "in_progress":
            verdict.lost.append(
                f"{request['reference']}: round {request['round']} is done, and it is not ready"
            )
        if request["state"] == "ready" and not complete:
            verdict.wrong.append(f"{request['reference']} is ready, and its round is not done")
        if complete and request["state"] == "ready" and str(request["request_id"]) not in ready:
            verdict.wrong.append(f"{request['reference']} is ready without a line that says so")
