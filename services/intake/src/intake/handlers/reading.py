"""Reading requests: one whole, or a page of many."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from intake.domain.rules import Rules
from intake.handlers import corrections, views
from intake.handlers.access import READ_ALL, to_see
from intake.handlers.approving import speaking
from intake.handlers.charging import of_request
from intake.handlers.confiding import confidence_of
from intake.handlers.danger_routes import is_unsorted
from intake.handlers.linking import links_of
from intake.handlers.ordering import late_cancellation
from intake.storage import request_lists
from intake.storage.unit_of_work import IntakeWork

# A person that nobody is: whoever may see only their own and has none sees nothing.
NOBODY = UUID(int=0)


def get_request(work: IntakeWork, rules: Rules, request_id: UUID) -> views.View:
    request = to_see(work, request_id)
    lines = work.requests.lines(request_id)
    view = views.dossier(request, lines, speaking(work, request))
    if request.confidential and work.actor.can(READ_ALL):
        view["confidence"] = confidence_of(work, request, lines)
    view["charges"] = of_request(work, request)
    view["cancelling"] = late_cancellation(work, rules, request)
    if work.actor.can(READ_ALL):
        view["unsorted"] = is_unsorted(work, request)
        view["links"] = links_of(work, request)
        view["corrections"] = corrections.of_request(work, request)
    return view


def list_requests(
    work: IntakeWork, sort: str, cursor: str | None, limit: int, **wanted: Any
) -> dict[str, Any]:
    """Without READ_ALL only one's own, whatever was asked for."""
    actor = work.actor
    if not actor.can(READ_ALL):
        own = work.own_ids or [NOBODY]
        if wanted["requester_id"] not in (None, *own) or wanted["attention"]:
            return {"items": [], "next_cursor": None}
        wanted |= {"requester_id": own, "attention": None}
    elif wanted["requester_id"]:
        wanted["requester_id"] = _all_of(work, wanted["requester_id"])
    if actor.kind != "service":
        wanted["open_to"] = [actor.person_id] if actor.can(READ_ALL) else list(map(str, work.own_ids))
    rows, next_cursor = request_lists.page(work.connection, wanted, sort, cursor, limit)
    return {"items": [views.line(row, actor) for row in rows], "next_cursor": next_cursor}


def count_requests(work: IntakeWork, lists: dict[str, dict[str, Any]], most: int) -> dict[str, Any]:
    """For those who may read all: the desk's queues."""
    for wanted in lists.values():
        if wanted.get("requester_id"):
            wanted["requester_id"] = _all_of(work, wanted["requester_id"])
    return {"counts": request_lists.counts(work.connection, lists, most), "most": most}


def _all_of(work: IntakeWork, person_id: UUID) -> list[UUID]:
    """All ids of this person; one that is known nowhere may still have requests."""
    return work.people.same(person_id) or [person_id]
