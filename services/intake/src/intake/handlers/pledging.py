"""What the requester is promised, and what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.worktime.period import Period

from intake.domain.pledges import Outcome, What
from intake.handlers import views
from intake.handlers.access import to_change
from intake.storage.promises import DESK
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
LINE = (
    "request_id", "reference", "summary", "requester", "priority", "request_state", "resolution", "number",
    "what", "made_at", "made_by", "until", "text", "team", "state", "ended_at", "answered_at",
)  # fmt: skip


def make_promise(
    work: IntakeWork, request_id: UUID, version: int, until: datetime, what: str, text: str | None
) -> views.View:
    request = to_change(work, request_id, version)
    request.pledge(What(what), until, text, work.now, work.by)
    work.save(request)
    return views.summary(request, work.actor)


def list_promises(work: IntakeWork, cursor: str | None, limit: int, **wanted: Any) -> View:
    rows, next_cursor = work.promises.page(wanted, work.actor.person_id, cursor, limit)
    items = [{name: getattr(row, name) for name in LINE} for row in rows]
    return {"items": items, "next_cursor": next_cursor}


def passed(work: IntakeWork, most: int) -> list[UUID]:
    """Requests with a promise that has passed, of which the desk was not told."""
    return work.promises.passed(work.now, most)


def note_missed(work: IntakeWork, request_id: UUID) -> bool:
    """Asks the attention of the desk, once. False when it was kept or moved in the meantime."""
    request = work.requests.find_to_change(request_id)
    if request is None or request.waiting:
        return False
    missed = [each for each in request.pledges if each.miss(work.now)]
    if not missed:
        return False
    work.save(request)
    work.touched(request)
    return True


def figures(work: IntakeWork, period: Period) -> View:
    """`outcomes` are of what was promised for a moment in these days; a team of None is the desk."""
    rows = work.promises.became(period)
    teams = sorted({row.team for row in rows}, key=lambda team: (team is not None, team or ""))
    return {
        "made": work.promises.made(period),
        "outcomes": _counted(rows),
        "teams": [
            {"team": team, "filter": team or DESK, **_counted([row for row in rows if row.team == team])}
            for team in teams
        ],
    }


def _counted(rows: Any) -> dict[str, int]:
    return {state.value: sum(row.count for row in rows if row.state == state) for state in Outcome}
