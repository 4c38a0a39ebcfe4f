"""Reading what was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import NotFound

from notifications.storage.unit_of_work import NotificationsWork

ALL = "requests.read_all"


def get_message(work: NotificationsWork, message_id: UUID) -> dict[str, Any]:
    """To whom a mail went and about what. Raises NotFound, also for one that never left."""
    found = work.messages.sent(message_id)
    if found is None:
        raise NotFound("not_found", "There is no such message.")
    return found


def list_messages(work: NotificationsWork, request_id: UUID) -> dict[str, Any]:
    """Who may not read all requests sees the messages to themselves, and nothing of others."""
    if work.actor.can(ALL):
        return {"items": work.messages.about(request_id, None)}
    if work.actor.person_id is None:
        raise NotFound("not_found", "There is no such request.")
    return {"items": work.messages.about(request_id, work.people.same(UUID(work.actor.person_id)))}
