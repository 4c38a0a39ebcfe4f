"""Word from the desk that asks for nothing: to one requester, or to all who wait for the same."""

from __future__ import annotations

from uuid import UUID

from intake.domain.request_states import Action, allows
from intake.domain.requests import Request
from intake.handlers import views
from intake.handlers.access import to_change
from intake.storage.unit_of_work import IntakeWork

# Each in their own dossier and by their own mail, however they hang together with it, and once.
ALL = "all"


def post_update(work: IntakeWork, request_id: UUID, version: int, text: str, reach: str) -> views.View:
    """Answers the request, and how many were reached."""
    request = to_change(work, request_id, version)
    request.inform(text, work.now, work.by)
    work.save(request)
    reached = 1
    if reach == ALL:
        reached += inform_all(work, [request], text, {request.request_id})
    return {**views.summary(request, work.actor), "reached": reached}


def inform_all(work: IntakeWork, above: list[Request], text: str, known: set[UUID]) -> int:
    """Those that go along with these and the children under them; from the top down, as they are locked."""
    reached = 0
    for request in above:
        below = _below(work, request, known)
        known |= {each.request_id for each in below}
        for each in below:
            if allows(each.state, Action.INFORM):
                each.inform(text, work.now, work.by)
                work.save(each)
                reached += 1
        reached += inform_all(work, below, text, known)
    return reached


def _below(work: IntakeWork, request: Request, known: set[UUID]) -> list[Request]:
    along = work.requests.followers_to_change(request.request_id) if request.followers else []
    ids = work.links.children(request.request_id) if request.linked else []
    children = [work.requests.find_to_change(each) for each in ids if each not in known]
    fresh = {each.request_id: each for each in [*along, *children] if each and each.request_id not in known}
    return list(fresh.values())
