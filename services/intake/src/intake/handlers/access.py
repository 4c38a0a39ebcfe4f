"""Who may see and change which request. What one may not see does not exist."""

from __future__ import annotations

from uuid import UUID

from servicekit.errors import NotFound, Stale

from intake.domain.requests import Request
from intake.storage.unit_of_work import IntakeWork

READ_ALL = "requests.read_all"
DIRECT = "requests.direct"


def is_own(work: IntakeWork, request: Request) -> bool:
    """Reported by them, or for them; also when it names another with whom this person was merged."""
    own = {each.person_id for each in (request.requester, request.requested_for) if each}
    if not own or work.actor.person_id is None:
        return False
    return work.actor.person_id in own or not own.isdisjoint(map(str, work.own_ids))


def spoken_over(work: IntakeWork, request: Request) -> str:
    """The channel of what a requester says when nobody wrote it down: they click on the site, or the desk
    does it for them on the telephone.
    """
    return "phone" if work.actor.can(DIRECT) and not is_own(work, request) else "site"


def to_see(work: IntakeWork, request_id: UUID) -> Request:
    """Everybody's with READ_ALL, else one's own; who opens a confidential one is written down. Raises
    NotFound.
    """
    request = _checked(work, work.requests.find(request_id), READ_ALL)
    if request.confidential and not is_own(work, request) and work.actor.kind != "service":
        name = work.actor.name or work.actor.id
        work.confidence.note_opening(request_id, work.actor.id, name, work.now)
    return request


def to_change(
    work: IntakeWork, request_id: UUID, version: int | None = None, others: str = DIRECT
) -> Request:
    """Locked until the end of the transaction. `others`: the permission for requests that are not one's own.

    Raises NotFound; Stale when `version` is not what it is now.
    """
    request = _checked(work, work.requests.find_to_change(request_id), others)
    if version is not None and version != request.version:
        raise Stale("stale", f"The request is at version {request.version} now. Look at it again.")
    return request


def _checked(work: IntakeWork, request: Request | None, others: str) -> Request:
    if request is None or not (work.actor.can(others) or is_own(work, request)):
        raise NotFound("no_such_request", "There is no such request.")
    return request
