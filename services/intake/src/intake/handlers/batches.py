"""Correcting many at once. What was looked at is what is done: each item names the version that was seen, and
is foreseen again, by the same function, in the transaction that carries it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from servicekit.actor import Actor
from servicekit.errors import IdempotencyMismatch, Invalid, NotFound, ServiceError, Stale

from intake.domain.batches import MOST, Action, CorrectionBatch, Item, State, chosen_orders
from intake.domain.confidence import VEIL
from intake.domain.corrections import OF_ORDER, Correction, What
from intake.domain.errors import DomainError, NotAllowed
from intake.domain.foreseeing import Foreseen, Wish
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.undoing import why_not
from intake.domain.values import Wanted
from intake.handlers import corrections, views
from intake.handlers.access import to_change, to_see
from intake.handlers.correcting import make, preview
from intake.handlers.righting import foresee
from intake.handlers.undoing import take_back
from intake.storage import request_lists
from intake.storage.unit_of_work import IntakeWork
from servicekit import json

View = views.View
Given = dict[str, Any]
# What one item can be refused for, and no other with it.
REFUSALS = (ServiceError, DomainError)
# Whoever asked goes through the items by themselves; what they left is taken up after this.
LEFT_AFTER = timedelta(seconds=15)
BY_ITSELF = Invalid("confidential", "A confidential request is corrected by itself.", {})
OF_ITEM = ("position", "request_id", "reference", "summary", "version", "work_order_id", "number", "state",
           "problem", "undone_by")  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the items of a batch are shown with."""

    requests: Mapping[UUID, Request]
    made: Mapping[UUID, Correction]
    standing: Sequence[Correction]


def preview_corrections(
    work: IntakeWork,
    rules: Rules,
    request_ids: Sequence[UUID],
    filter: Given | None,
    from_provider_id: UUID | None,
    **wish: Any,
) -> View:
    """Of each what would follow, or why it is refused. Nothing changes."""
    found = [] if request_ids else _listed(work, filter or {})
    many = len(found) > MOST
    chosen = [*dict.fromkeys(request_ids or found[:MOST])]
    items = [line for each in chosen for line in _foreseen(work, rules, each, from_provider_id, wish)]
    return {"items": items[:MOST], "more": many or len(items) > MOST}


def begin(work: IntakeWork, key: str | None, items: Sequence[Given], **wish: Any) -> UUID:
    """Written down as a whole before anything is done. A repeat under the same key finds what it began."""
    kept = {**json.plain(wish)}
    given = [Item(position, **each) for position, each in enumerate(items, start=1)]
    batch = CorrectionBatch(work.new_id(), work.now, work.actor.to_dict(), kept, _key(work, key), given)
    if work.batches.add(batch):
        return batch.batch_id
    assert batch.key is not None
    known = work.batches.of_key(batch.key)
    assert known is not None
    same = [(each.request_id, each.work_order_id) for each in known.items]
    if known.wish != kept or same != [(each.request_id, each.work_order_id) for each in given]:
        raise IdempotencyMismatch(
            "idempotency_mismatch", "This key was used for another correction. Use a new one."
        )
    return known.batch_id


def carry_out(work: IntakeWork, rules: Rules, batch_id: UUID, position: int) -> None:
    """One item, once, on behalf of who asked: whoever finds it done, or in other hands, leaves it."""
    batch, item = _waiting(work, batch_id, position)
    if batch is None or item is None:
        return
    work.context = replace(work.context, actor=Actor.from_dict(batch.actor))
    item.move(Action.CARRY_OUT)
    request = to_change(work, item.request_id)
    _check_open(request)
    item.name(request)
    _check_seen(work, request, item, batch_id)
    foreseen = _foresee(work, rules, request, _wish(batch.wish, item.work_order_id))
    made = make(work, request, foreseen, batch_id=batch_id)
    item.correction_id = made.correction_id
    work.batches.save_item(batch_id, item)
    work.touched(request)


def refuse(work: IntakeWork, batch_id: UUID, position: int, problem: View) -> None:
    """With the reason; the request is as it was."""
    batch, item = _waiting(work, batch_id, position)
    if batch is None or item is None:
        return
    item.move(Action.REFUSE)
    item.problem = problem
    request = work.requests.find(item.request_id)
    if request and not request.confidential:
        item.name(request)
    work.batches.save_item(batch_id, item)


def undo_item(work: IntakeWork, rules: Rules, batch_id: UUID, position: int) -> None:
    """One that had not been done is dropped. What was undone, refused or dropped stays so."""
    item = work.batches.lock_item(batch_id, position)
    if item is None:
        raise Stale("stale", "This one is being carried out just now. Look again in a moment.")
    if item.state is State.WAITING:
        item.move(Action.DROP)
    elif item.state is State.DONE:
        assert item.correction_id is not None
        request, undoing = take_back(work, rules, item.correction_id)
        item.move(Action.UNDO)
        item.undone_by = undoing.correction_id
        work.touched(request)
    else:
        return
    work.batches.save_item(batch_id, item)


def _check_open(request: Request) -> None:
    """What is corrected together is read together."""
    if request.confidential:
        raise BY_ITSELF


def left(work: IntakeWork, most: int) -> list[tuple[UUID, int]]:
    return work.batches.left(work.now - LEFT_AFTER, most)


def positions(work: IntakeWork, batch_id: UUID, states: Iterable[State]) -> list[int]:
    wanted = set(states)
    return [item.position for item in _found(work.batches.find(batch_id)).items if item.state in wanted]


def get_batch(work: IntakeWork, batch_id: UUID) -> View:
    """With each item as it is now, and whether it can be undone."""
    batch = _found(work.batches.find(batch_id))
    ids = [item.request_id for item in batch.items]
    known = Known(
        work.requests.find_all(ids), work.corrections.of_batch(batch_id), work.corrections.standing(ids)
    )
    return {**_summary(batch), "items": [_item(item, known) for item in batch.items]}


def list_batches(work: IntakeWork, cursor: str | None, limit: int) -> View:
    found, following = work.batches.page(cursor, limit)
    return {"items": [_summary(each) for each in found], "next_cursor": following}


def problem_of(error: Exception) -> View:
    """What is shown of a refusal."""
    errors = getattr(error, "errors", None)
    code = str(getattr(error, "code", "") or "refused")
    refused = getattr(error, "refused", None)
    return {"code": code, "text": str(error), "errors": dict(errors) if errors else None, "refused": refused}


# --- how --------------------------------------------------------------------------------------------------


def _listed(work: IntakeWork, wanted: Given) -> list[UUID]:
    """One more than may be, to know that there are more."""
    rows, _ = request_lists.page(work.connection, wanted, "-received_at", None, MOST + 1)
    return [row.request_id for row in rows]


def _foreseen(
    work: IntakeWork, rules: Rules, request_id: UUID, provider_id: UUID | None, wish: Given
) -> list[View]:
    try:
        request = to_see(work, request_id)
        _check_open(request)
    except (NotFound, Invalid) as error:
        return [_line(Item(0, request_id, 0), problem_of(error))]
    orders = chosen_orders(request, What(wish["what"]), provider_id)
    ids = [UUID(order.work_order_id) if order else None for order in orders or [None]]
    return [_of_one(work, rules, request, order_id, wish) for order_id in ids]


def _foresee(work: IntakeWork, rules: Rules, request: Request, wish: Wish) -> Foreseen:
    foreseen = foresee(work, rules, request, wish)
    if foreseen.confides:
        raise BY_ITSELF
    return foreseen


def _of_one(work: IntakeWork, rules: Rules, request: Request, order_id: UUID | None, wish: Given) -> View:
    item = Item(0, request.request_id, request.version, order_id)
    item.name(request)
    try:
        foreseen = _foresee(work, rules, request, _wish(wish, order_id))
    except REFUSALS as error:
        return _line(item, problem_of(error))
    return {**_line(item, None), **preview(request, foreseen)}


def _line(item: Item, problem: View | None) -> View:
    shown = ("request_id", "reference", "summary", "version", "work_order_id", "number")
    nothing: View = {
        "effect": None,
        "before": {},
        "after": {},
        "stops": [],
        "issues": [],
        "overrules": (),
        "keeps": (),
    }
    return {**{name: getattr(item, name) for name in shown}, **nothing, "problem": problem}


def _wish(given: Mapping[str, Any], order_id: UUID | None) -> Wish:
    """As it was given, or as it was kept: then identifiers and moments are text. Raises NotAllowed."""
    read: Given = {name: UUID(str(value)) for name, value in given.items() if name.endswith("_id") and value}
    if isinstance(given.get("wanted"), Mapping):
        read["wanted"] = Wanted.read(given["wanted"])
    wish = Wish(**{**given, **read, "work_order_id": order_id})
    if wish.what in OF_ORDER and order_id is None:
        raise NotAllowed("It has no work order that this is about.")
    return wish


def _waiting(work: IntakeWork, batch_id: UUID, position: int) -> tuple[CorrectionBatch | None, Item | None]:
    item = work.batches.lock_item(batch_id, position)
    if item is None or item.state is not State.WAITING:
        return None, None
    return work.batches.find(batch_id), item


def _check_seen(work: IntakeWork, request: Request, item: Item, batch_id: UUID) -> None:
    """At the version that was looked at; several orders of one request follow each other in one batch."""
    own = [each for each in work.corrections.of_request(request.request_id) if each.batch_id == batch_id]
    if request.version != item.version + len(own):
        raise Stale("stale", "It was changed since it was looked at. Look at it again, and correct it then.")


def _item(item: Item, known: Known) -> View:
    view = {name: getattr(item, name) for name in OF_ITEM}
    correction = known.made.get(item.correction_id) if item.correction_id else None
    request = known.requests.get(item.request_id)
    if request is None:  # it became confidential since
        view |= {"summary": VEIL if item.summary else None, "reference": None, "number": None}
    if correction is None or request is None:
        return {**view, "correction": None, "why_not": None}
    shown = corrections.view(correction, corrections.states_of(request))
    return {**view, "correction": shown, "why_not": why_not(request, correction, known.standing)}


def _summary(batch: CorrectionBatch) -> View:
    shown = {name: batch.wish.get(name) for name in ("what", "cause", "note")}
    by = {"kind": batch.actor["kind"], "name": batch.actor["name"] or batch.actor["id"]}
    return {"batch_id": batch.batch_id, "at": batch.at, "by": by, **shown, "wish": batch.wish,
            "counts": batch.counts, "open": batch.counts[State.WAITING] > 0}  # fmt: skip


def _found(batch: CorrectionBatch | None) -> CorrectionBatch:
    if batch is None:
        raise NotFound("no_such_batch", "There is no such correction of many.")
    return batch


def _key(work: IntakeWork, key: str | None) -> str | None:
    return f"{work.actor.id}:{key}" if key else None
