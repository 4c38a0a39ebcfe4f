"""Between the desk and the requester: questions, replies, and notes that only the desk reads."""

from __future__ import annotations

from uuid import UUID

from intake.domain.requests import Request
from intake.handlers import views
from intake.handlers.access import DIRECT, is_own, to_change
from intake.storage.unit_of_work import IntakeWork


def ask_requester(work: IntakeWork, request_id: UUID, version: int, question: str) -> views.View:
    request = to_change(work, request_id, version)
    request.ask(question, work.now, work.by)
    work.save(request)
    return views.summary(request, work.actor)


def reply_to_desk(work: IntakeWork, request_id: UUID, text: str) -> views.View:
    """By the requester, or by an agent who has them on the phone. Ends the waiting on the requester."""
    request = to_change(work, request_id)
    desk_knows = work.actor.can(DIRECT) and not is_own(work.actor, request)
    request.reply(text, work.now, work.by, unread=not desk_knows)
    work.save(request)
    _touched(work, request)
    return views.summary(request, work.actor)


def add_note(work: IntakeWork, request_id: UUID, text: str) -> views.View:
    request = to_change(work, request_id)
    request.note(text, work.now, work.by)
    work.save(request)
    _touched(work, request)
    return views.summary(request, work.actor)


def _touched(work: IntakeWork, request: Request) -> None:
    """What is said changes nothing that another service relies on, but whoever reads along sees it."""
    person_id = request.requester.person_id if request.requester else None
    work.signal("request_touched", {"request_id": request.request_id, "requester": {"person_id": person_id}})
