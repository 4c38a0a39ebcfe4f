"""Files that come with a report, a reply or a note. Their bytes are with the gateway; what they belong to
is here.

Whoever brings a receipt of the gateway has a file that was checked; see servicekit.receipts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.receipts import Receipts

from intake.domain.attachments import check_room
from intake.domain.requests import Request
from intake.domain.values import Attachment
from intake.handlers.access import READ_ALL, to_see
from intake.storage.unit_of_work import IntakeWork


def to_attach(work: IntakeWork, receipts: Receipts, given: Sequence[str]) -> list[Attachment]:
    """What the receipts stand for, each once. Raises Invalid for one that is not the actor's own."""
    files = [receipts.read(receipt, work.actor.id) for receipt in dict.fromkeys(given)]
    return [
        Attachment(str(work.new_id()), file.digest, file.name, file.media_type, file.size, file.scanned)
        for file in files
    ]


def keep(work: IntakeWork, request: Request, files: Sequence[Attachment], public: bool) -> None:
    """After the request itself is there. `public`: its requester may see them. Raises Wrong for too many."""
    if files:
        check_room(work.attachments.count(request.request_id), len(files))
        work.attachments.add(request.request_id, files, work.now, public)


def get_attachment(work: IntakeWork, request_id: UUID, attachment_id: UUID) -> dict[str, Any]:
    """Where its bytes are, for who may see the line that it came with. Raises NotFound."""
    to_see(work, request_id)
    row = work.attachments.find(request_id, attachment_id)
    if row is None or not (row.public or work.actor.can(READ_ALL)):
        raise NotFound("no_such_attachment", "There is no such attachment.")
    return dict(row._asdict())


def list_known_files(work: IntakeWork, digests: Sequence[str]) -> dict[str, Any]:
    """Of these, those that something refers to. The others are nobody's (any more)."""
    keepers = (work.attachments.known, work.begun.known_files, work.ledger.known_files)
    return {"digests": sorted(set().union(*(known(digests) for known in keepers)))}
