"""A record of a request, as `intake.import_requests` takes it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

CLOSED = "closed"


def record(key: str, line: int, fields: dict[str, Any], states: list[dict[str, Any]]) -> dict[str, Any]:
    """`states` are in the order in which they were."""
    made = {"key": key, "line": line, **fields, "states": _with_hand_overs(states)}
    made["summary"] = fields["summary"] or fields["text"].splitlines()[0][:120]
    if states:
        # Some logs hold work from before the moment of opening; what was known first started the clock.
        made["received_at"] = min(fields["received_at"], *(state["at"] for state in states))
        made |= _ending(fields, states[-1])
    return made


def _with_hand_overs(states: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """From how many there were until then to whether there was one."""
    counts = [state["hand_overs"] or 0 for state in states]
    grew = [False, *(after > before for before, after in pairwise(counts))]
    return [
        {name: value for name, value in state.items() if name != "hand_overs"} | {"handed_over": there}
        for state, there in zip(states, grew, strict=False)
    ]


def _ending(fields: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """A log may know the end beforehand, in every row. It counts when the last state is the end."""
    if last["state"] != CLOSED:
        return {"closed_at": None, "resolution": None}
    return {"closed_at": fields["closed_at"] or last["at"], "resolution": fields["resolution"] or "solved"}
