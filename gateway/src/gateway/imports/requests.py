"""A record of a request, as `intake.import_requests` takes it."""

from __future__ import annotations

from typing import Any

CLOSED = "closed"


def record(key: str, line: int, fields: dict[str, Any], states: list[dict[str, Any]]) -> dict[str, Any]:
    """`states` are in the order in which they were."""
    made = {"key": key, "line": line, **fields, "states": states}
    made["summary"] = fields["summary"] or fields["text"].splitlines()[0][:120]
    if states:
        # Some logs hold work from before the moment of opening; what was known first started the clock.
        made["received_at"] = min(fields["received_at"], states[0]["at"])
        made |= _ending(fields, states[-1])
    return made


def _ending(fields: dict[str, Any], last: dict[str, Any]) -> dict[str, Any]:
    """A log may know the end beforehand, in every row. It counts when the last state is the end."""
    if last["state"] != CLOSED:
        return {"closed_at": None, "resolution": None}
    return {"closed_at": fields["closed_at"] or last["at"], "resolution": fields["resolution"] or "solved"}
