"""Mail that comes in: whose address it is, and what is read by the desk without acting for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.receipts import Receipts

from intake.handlers import views
from intake.handlers.attaching import keep, to_attach
from intake.storage.unit_of_work import IntakeWork


def get_sender(work: IntakeWork, address: str) -> dict[str, Any]:
    """`person_ids`: all under which they are known."""
    person_id = work.relations.person_at(address)
    return {"person_id": person_id, "person_ids": work.people.same(person_id) if person_id else []}


def save_sender(work: IntakeWork, address: str, name: str) -> dict[str, Any]:
    """The person with this address, who is made when there is none; again and again without harm."""
    known = work.relations.person_at(address)
    return {"person_id": known or work.relations.person_of_mail(address.lower(), name)}


def note_mail(
    work: IntakeWork, receipts: Receipts, request_id: UUID, sender: str, kind: str, text: str,
    attachments: Sequence[str],
) -> views.View:  # fmt: skip
    """Beside the dossier, for the desk alone; in any state. An automatic answer asks for no attention."""
    request = work.requests.find_to_change(request_id, whoever=True)
    if request is None:
        raise NotFound("no_such_request", "There is no such request.")
    files = to_attach(work, receipts, attachments)
    request.take_mail(text, sender, kind, work.now, work.by, files)
    work.save(request)
    keep(work, request, files, public=False)
    work.touched(request)
    return views.shown_to_all(request, work.actor)
