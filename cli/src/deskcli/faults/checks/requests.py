"""Every accepted report is one request, a refused one none, and each is in the state that its story says."""

from __future__ import annotations

from collections import Counter

from deskcli.faults.checks.story import story_of
from deskcli.faults.checks.verdict import Verdict
from deskcli.faults.evidence import Evidence, Row
from deskcli.faults.ledger import Ledger


def check_requests(ledger: Ledger, evidence: Evidence) -> Verdict:
    verdict = Verdict("requests")
    _existence(ledger, evidence, verdict)
    timelines = evidence.timelines()
    for row in evidence.requests:
        _state(row, timelines.get(str(row["request_id"]), []), verdict)
    for name in ("number", "reference"):
        counts = Counter(row[name] for row in evidence.requests)
        verdict.doubled += [f"{name} {value} is given {n} times" for value, n in counts.items() if n > 1]
    return verdict


def _existence(ledger: Ledger, evidence: Evidence, verdict: Verdict) -> None:
    """By the text that only this report has."""
    by_marker = Counter(_marker(row) for row in evidence.requests)
    ids = {_marker(row): str(row["request_id"]) for row in evidence.requests}
    known = set()
    for deed in ledger.deeds:
        if deed.action != "create":
            continue
        known.add(deed.marker)
        if deed.accepted or deed.refused:
            verdict.compare(f"request {deed.marker}", int(deed.accepted), by_marker[deed.marker])
        if deed.accepted and deed.marker in ids and ids[deed.marker] != deed.subject:
            verdict.wrong.append(f"request {deed.marker} was answered as {deed.subject}, and is another")
    verdict.wrong += [
        f"request {ids[marker]} was reported by nobody {marker}"
        for marker in by_marker
        if marker not in known
    ]


def _marker(row: Row) -> str:
    return "[" + str(row["text"]).rpartition("[")[2]


def _state(row: Row, timeline: list[Row], verdict: Verdict) -> None:
    story = story_of(timeline, row["received_at"])
    told = {"state": story.state, "resolution": story.resolution, "round": story.round}
    told["version"] = story.version
    is_ = {name: row[name] for name in told}
    if is_ != told:
        verdict.wrong.append(f"request {row['request_id']} is {is_}, its timeline says {told}")
