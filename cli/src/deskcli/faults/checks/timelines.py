"""What people did to requests stands on the timeline once; what was refused does not."""

from __future__ import annotations

from collections import Counter

from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence
from deskcli.faults.ledger import Ledger

# The action of a deed -> how its line may be called.
LINES = {
    "triage": ("accepted",),
    "ask": ("asked",),
    "reply": ("replied",),
    "note": ("note",),
    "answer": ("answered",),
    "reject": ("rejected",),
    "confirm": ("confirmed",),
    "reopen": ("reopened", "returned_to_triage"),
    "withdraw": ("withdrawn",),
}
ACTION_OF = {line: action for action, lines in LINES.items() for line in lines}


def check_timelines(ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("deeds on requests")
    done = Counter((deed.subject, deed.action) for deed in ledger.done(*LINES))
    found = Counter(
        (str(line["request_id"]), ACTION_OF[line["type"]])
        for line in evidence.timeline
        if line["type"] in ACTION_OF
    )
    for row in evidence.requests:
        if row["standard"]:  # accepted by the rule at its receipt, not by an agent
            found[str(row["request_id"]), "triage"] -= 1
    for key in done.keys() | found.keys():
        if done[key] or found[key]:
            verdict.compare(f"{key[1]} on request {key[0]}", done[key], found[key])
    _words(ledger, evidence, verdict)
    return verdict


def _words(ledger: Ledger, evidence: Evidence, verdict: Verdict) -> None:
    """Which of several replies stands there: each has words of its own."""
    written: Counter[str] = Counter()
    for line in evidence.timeline:
        text = str(line["data"]) + str(line.get("internal") or "")
        if "[" in text:
            written.update(part.partition("]")[0] for part in text.split("[")[1:])
    for deed in ledger.deeds:
        if deed.marker and deed.action in LINES and (deed.accepted or deed.refused):
            found = written[deed.marker.strip("[]")]
            verdict.compare(f"{deed.action} {deed.marker} on {deed.subject}", int(deed.accepted), found)
