"""Nothing waits any more, and nothing lies in a repair list without a reason."""

from __future__ import annotations

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Ledger

# An order that was refused, or whose delivery was given up, is there for the desk, fault or no fault.
EVERYDAY = frozenset({"refusal", "delivery"})


def check_leftovers(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("nothing left behind", len(evidence.left))
    verdict.lost = [f"{count} in {place}" for place, count in evidence.left.items() if count]
    verdict.wrong = [
        f"failed in {row['service']}: {row['type']}, {row['reason_type']}: {row['reason']}"
        for row in evidence.failures
        if row["state"] == "open" and row["kind"] not in EVERYDAY
    ]
    verdict.wrong += [
        f"{row['reference']} has waited to be planned since {row['waiting_since']}"
        for row in evidence.processes
        if row["waiting_since"] is not None
    ]
    verdict.wrong += [
        f"delivery of order {row['work_order_id']} failed: {row['error']}"
        for row in evidence.deliveries
        if row["state"] == "failed" and "does not agree" not in (row["error"] or "")
    ]
    return verdict
