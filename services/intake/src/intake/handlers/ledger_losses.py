"""What is lost at the counter becomes a fault with one click: a lock to change, a badge to block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict
from servicekit.receipts import Receipts

from intake.domain.ledger import Entry, reference
from intake.domain.ledger_lives import Action
from intake.domain.rules import Rules
from intake.handlers import ledger, receiving
from intake.handlers.access import DIRECT
from intake.storage.unit_of_work import IntakeWork

Given = dict[str, Any]


def report_loss(
    work: IntakeWork,
    rules: Rules,
    receipts: Receipts,
    command: Callable[[Given], Given],
    entry_id: UUID,
    version: int,
) -> Given:
    """Once. In the name of who lost it when the house knows them and whoever asks may speak for them; else in
    one's own. `command`: makes a report whole, as any report that comes in.
    """
    entry = ledger.to_change(work, entry_id, version)
    if entry.request_id:
        raise Conflict("not_allowed", "A fault was made of it already.")
    entry.act(Action.REPORT, work.now, work.by)
    given: Given = {"kind": "fault", "channel": "counter", "text": _text(work, entry)}
    if entry.whom.person_id and work.actor.can(DIRECT):
        given["requester_id"] = str(entry.whom.person_id)
    made = receiving.receive_request(work, rules, receipts, **command(given))
    entry.request_id = UUID(str(made["request_id"]))
    work.ledger.save(entry, None, work.today)
    ledger.touched(work, entry)
    return ledger.get_entry(work, entry_id)


def _text(work: IntakeWork, entry: Entry) -> str:
    row = work.ledger.one(entry.entry_id)
    words = ("Verloren", "Balie") if work.actor.language == "nl" else ("Lost", "Counter")
    return f"{words[0]}: {row.item_number} {entry.what}. {words[1]}: {reference(row.number)}."
