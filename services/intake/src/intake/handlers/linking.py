"""Links between requests: made, removed, shown, and what follows from them.

Whatever changes several locks from the top down: a parent before its children. What a child's completion
means to its parent is therefore told as a fact, and taken in by itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from intake.domain.direction import DISPATCH, process_completed
from intake.domain.errors import NotAllowed
from intake.domain.links import FROM_THE_OTHER, Kind, Link, Rule, check_link
from intake.domain.plans import is_planned
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.rules import Rules, Term
from intake.handlers import views
from intake.handlers.access import to_change
from intake.handlers.joining import carry_along, join_request, split_request
from intake.handlers.promising import due
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def link_requests(
    work: IntakeWork, request_id: UUID, version: int, other_id: UUID, kind: str, rule: str | None
) -> View:
    """Making the same link again changes nothing."""
    link = Link(request_id, other_id, Kind(kind), Rule(rule) if rule else None)
    if link.kind is Kind.DUPLICATE_OF:
        return join_request(work, request_id, version, other_id)
    work.links.take_turn()
    other = _other(work, other_id)
    request = other if other_id == request_id else to_change(work, request_id, version)
    check_link(link, work.links.together(request_id, other_id), request, other)
    if work.links.add(link, work.now, _by(work)):
        request.link(link.kind, link.rule, other, work.now, work.by)
        other.link(FROM_THE_OTHER[link.kind], link.rule, request, work.now, work.by)
        work.save(request)
        work.save(other)
    return views.summary(request, work.actor)


def unlink_requests(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, other_id: UUID, kind: str
) -> View:
    """From the end at which it was made. What it held up goes on."""
    if kind == Kind.DUPLICATE_OF:
        return split_request(work, request_id, version)
    work.links.take_turn()
    other = _other(work, other_id)
    request = to_change(work, request_id, version)
    if not work.links.remove(request_id, other_id, Kind(kind)):
        raise NotFound("no_such_link", "There is no such link (any more).")
    request.unlink(kind, other, work.now, work.by)
    other.unlink(FROM_THE_OTHER[Kind(kind)], request, work.now, work.by)
    work.save(request)
    release(work, rules, other)
    work.save(other)
    return views.summary(request, work.actor)


def links_of(work: IntakeWork, request: Request) -> list[View]:
    """Of both ends, with what is on the other; for the desk."""
    found = [_view(row, row.kind if row.outward else FROM_THE_OTHER[Kind(row.kind)], row.rule)
             for row in work.links.of(request.request_id)] if request.linked else []  # fmt: skip
    if request.follows or request.followers:
        along = work.links.along(request.request_id, request.follows)
        named = (Kind.DUPLICATE_OF, FROM_THE_OTHER[Kind.DUPLICATE_OF])
        found += [_view(row, named[0] if row.outward else named[1], None) for row in along]
    return found


def hold_or_complete(work: IntakeWork, rules: Rules, request: Request, round_: int, at: datetime) -> bool:
    """All work of the round is done; while a child holds it up it waits for that. Whether it is ready."""
    if request.linked and (blockers := work.links.blockers(request.request_id)):
        request.hold(round_, at, blockers, DISPATCH)
        return False
    waits = rules.silence if not is_planned(request.created_by) else Term(0, "minutes")
    closes_at = due(work.now, waits, work.lookups.calendar(rules.zone))
    return process_completed(request, round_, at, closes_at)


def release(work: IntakeWork, rules: Rules, parent: Request) -> bool:
    """A child is done, or is none any more. `parent` is locked, and is to be saved."""
    held = parent.held
    if held is None or parent.state is not State.IN_PROGRESS or held["round"] != parent.round:
        return False
    if work.links.blockers(parent.request_id):
        return False
    parent.complete(work.now, due(work.now, rules.silence, work.lookups.calendar(rules.zone)), DISPATCH)
    carry_along(work, parent)
    return True


def part_done(work: IntakeWork, rules: Rules, request_id: UUID) -> None:
    """A fact of our own: something that may hold others up is done."""
    for parent_id in work.links.held_up_by(request_id):
        parent = work.requests.find_to_change(parent_id)
        if parent and release(work, rules, parent):
            work.save(parent)
            work.touched(parent)


def check_not_held_up(work: IntakeWork, request: Request) -> None:
    """Raises NotAllowed while a child of it must be done first."""
    blockers = work.links.blockers(request.request_id) if request.linked else []
    if blockers:
        raise NotAllowed(f"First {', '.join(blockers)} must be done: a child holds this up.")


def _other(work: IntakeWork, other_id: UUID) -> Request:
    other = work.requests.find_to_change(other_id)
    if other is None:
        text = "There is no such request. Choose another."
        raise Invalid("invalid", text, {"request_id": [text]})
    return other


def _view(row: Any, kind: str, rule: str | None) -> View:
    return {
        "kind": kind,
        "rule": rule,
        "request_id": row.request_id,
        "reference": row.reference,
        "summary": row.summary,
        "state": row.state,
        "resolution": row.resolution,
        "request_kind": row.request_kind,
    }


def _by(work: IntakeWork) -> View:
    return {"kind": work.by.kind, "name": work.by.name}
