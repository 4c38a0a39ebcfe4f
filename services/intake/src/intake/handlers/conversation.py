"""Between the desk and the requester: questions, replies, and notes that only the desk reads."""

from __future__ import annotations

from uuid import UUID

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
    work.touched(request)
    return views.summary(request, work.actor)


def add_note(work: IntakeWork, request_id: UUID, text: str) -> views.View:
    request = to_change(work, request_id)
    request.note(text, work.now, work.by)
    work.save(request)
    work.touched(request)
    return views.summary(request, work.actor)
