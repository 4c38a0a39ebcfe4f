"""Each service has heard as many facts as were told to it: no fact is missing, none was heard twice.

A fact that came twice has one row in the inbox, under its message id; so counts must agree to the last one.
"""

from __future__ import annotations

from collections import Counter

from deskcli.faults.checks.story import story_of
from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Ledger

TO_DISPATCH = frozenset({"accepted", "reopened", "closed"})


def check_inboxes(_ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("facts heard")
    told = _told_by_intake(evidence)
    by_intake, from_dispatch = sum(told.values()), _told_by_dispatch(evidence)
    expected = {
        "dispatch": sum(told[kind] for kind in TO_DISPATCH),
        "monitoring": by_intake + from_dispatch["planned"] + from_dispatch["changed"],
        "notifications": by_intake - told["resumed"],
        "intake": sum(from_dispatch.values()) + _lines(evidence, "deadline_warning", "deadline_breached"),
    }
    for service, count in expected.items():
        verdict.compare(f"facts heard by {service}", count, evidence.inboxes.get(service, 0))
        verdict.checked += count - 1
    return verdict


def _told_by_intake(evidence: Evidence) -> Counter[str]:
    timelines = evidence.timelines()
    return Counter(
        told.kind
        for request in evidence.requests
        for told in story_of(timelines.get(str(request["request_id"]), []), request["received_at"]).told
    )


def _told_by_dispatch(evidence: Evidence) -> Counter[str]:
    """Only a round that was completed is followed by another, so the last one's number counts them."""
    first = [order for order in evidence.orders if order["replaces"] is None]
    rounds = {(str(order["request_id"]), order["round"]) for order in first}
    return Counter(
        planned=len(rounds) + len(evidence.orders) - len(first),
        changed=len(evidence.history),
        completed=sum(process["completed_round"] for process in evidence.processes),
        unplannable=_lines(evidence, "unplannable"),
    )


def _lines(evidence: Evidence, *types: str) -> int:
    return sum(line["type"] in types for line in evidence.timeline)
