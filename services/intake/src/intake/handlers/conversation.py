"""Between the desk and the requester: questions, replies, and notes that only the desk reads."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from servicekit.receipts import Receipts

from intake.domain.contacts import came_over
from intake.handlers import views
from intake.handlers.access import DIRECT, is_own, spoken_over, to_change
from intake.handlers.attaching import keep, to_attach
from intake.storage.unit_of_work import IntakeWork


def ask_requester(work: IntakeWork, request_id: UUID, version: int, question: str) -> views.View:
    request = to_change(work, request_id, version)
    request.ask(question, work.now, work.by)
    work.save(request)
    return views.summary(request, work.actor)


def reply_to_desk(
    work: IntakeWork, receipts: Receipts, request_id: UUID, text: str, attachments: Sequence[str],
    channel: str | None,
) -> views.View:  # fmt: skip
    """By the requester, or by an agent who has them on the phone. Ends the waiting on the requester."""
    request = to_change(work, request_id)
    desk_knows = work.actor.can(DIRECT) and not is_own(work, request)
    files = to_attach(work, receipts, attachments)
    request.reply(text, work.now, work.by, unread=not desk_knows, files=files)
    came_over(request.entries, channel or spoken_over(work, request))
    work.save(request)
    keep(work, request, files, public=True)
    work.touched(request)
    return views.summary(request, work.actor)


def add_note(
    work: IntakeWork, receipts: Receipts, request_id: UUID, text: str, attachments: Sequence[str]
) -> views.View:
    request = to_change(work, request_id)
    files = to_attach(work, receipts, attachments)
    request.note(text, work.now, work.by, files)
    work.save(request)
    keep(work, request, files, public=False)
    work.touched(request)
    return views.summary(request, work.actor)
