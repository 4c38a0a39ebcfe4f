"""Complaints: chained to what they are about, and led to the customer's word, or to a close without it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid
from servicekit.worktime.period import Period

from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed
from intake.domain.links import FROM_THE_OTHER, Kind, Link
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.handlers import views
from intake.handlers.access import READ_ALL, is_own, to_change
from intake.handlers.promising import due
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]


def acknowledge_complaint(work: IntakeWork, request_id: UUID, version: int, text: str) -> View:
    request = to_change(work, request_id, version)
    request.acknowledge(text, work.now, work.by)
    return _saved(work, request)


def find_cause(work: IntakeWork, request_id: UUID, version: int, cause: str, note: str | None) -> View:
    request = to_change(work, request_id, version)
    request.find_cause(cause, note, work.now, work.by)
    return _saved(work, request)


def remedy_complaint(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, text: str, other_id: UUID | None
) -> View:
    """`other_id`: a request by which it is put right."""
    other = _named(work, other_id, "other_id") if other_id else None
    request = to_change(work, request_id, version)
    ref = {"request_id": str(other.request_id), "reference": other.reference} if other else None
    closes_at = due(work.now, rules.silence, work.lookups.calendar(rules.zone))
    request.remedy(text, ref, closes_at, work.now, work.by)
    return _saved(work, request)


def settle_complaint(
    work: IntakeWork, request_id: UUID, version: int, said_by: str, said_at: datetime
) -> View:
    request = to_change(work, request_id, version)
    if said_at > work.now:
        text = "That moment is still to come. Say when the customer said it."
        raise Invalid("invalid", text, {"said_at": [text]})
    request.settle(said_by, said_at, work.now, work.by)
    return _saved(work, request)


def note_attempt(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, way: str, tried_at: datetime,
    note: str | None,
) -> View:  # fmt: skip
    """The desk tried to hear the customer's word, and did not reach them."""
    request = to_change(work, request_id, version)
    if tried_at > work.now:
        text = "That moment is still to come. Say when you tried it."
        raise Invalid("invalid", text, {"tried_at": [text]})
    if request.ready_at and tried_at < request.ready_at:
        text = "Then the customer had not been told yet what is done about it. Say when you tried it since."
        raise Invalid("invalid", text, {"tried_at": [text]})
    request.attempt(way, tried_at, note, unheard_from(work, rules, request), work.now, work.by)
    return _saved(work, request)


def close_unheard(work: IntakeWork, rules: Rules, request_id: UUID, version: int, reason: str) -> View:
    """By a manager, when it was tried often enough and long enough to hear the customer."""
    request = to_change(work, request_id, version)
    request.close_unheard(reason, unheard_from(work, rules, request), work.now, work.by)
    return _saved(work, request)


def unheard_from(work: IntakeWork, rules: Rules, request: Request) -> datetime:
    """Counted from when the customer was told what is done about it."""
    start = request.ready_at or request.received_at
    return due(start, rules.unheard, work.lookups.calendar(rules.zone))


def chain_complaint(work: IntakeWork, request_id: UUID, version: int, about: View) -> View:
    """What it is about, said or said otherwise afterwards."""
    work.links.take_turn()
    other = _other(work, about["request_id"])
    request = to_change(work, request_id, version)
    if request.complaint is None or other is request or other.request_id == request.request_id:
        raise NotAllowed("Only a complaint is about another request. Choose another.")
    _unchain(work, request)
    chain(work, request, other, about)
    link_chained(work, request, other)
    request.version += 1
    request.updated_at = work.now
    return _saved(work, request)


def to_complain_about(work: IntakeWork, about: View | None, kind: str | None) -> Request | None:
    """Of a complaint that is being received: the request that it is about, which is one's own or, for the
    desk, anybody's.
    """
    if about is None:
        return None
    if kind != "complaint":
        text = "Only a complaint is about another request. Leave this out."
        raise Invalid("invalid", text, {"about": [text]})
    work.links.take_turn()
    return _other(work, about["request_id"])


def chain(work: IntakeWork, request: Request, other: Request, about: View) -> None:
    """Both are locked; `request` is saved by the caller. Its product is that of the other, unless it
    names its own.
    """
    assert request.complaint is not None
    request.complaint.about = _about(other, about)
    request.product = request.product or other.product
    request.link(Kind.COMPLAINT_ABOUT, None, other, work.now, work.by)
    other.link(FROM_THE_OTHER[Kind.COMPLAINT_ABOUT], None, request, work.now, work.by)
    work.save(other)


def link_chained(work: IntakeWork, request: Request, other: Request) -> None:
    """The row of the link, once both requests are there."""
    by = {"kind": work.by.kind, "name": work.by.name}
    work.links.add(Link(request.request_id, other.request_id, Kind.COMPLAINT_ABOUT), work.now, by)


def begin(request: Request) -> None:
    """What is called a complaint now has the life of one; what is no longer called so has not."""
    if request.kind != "complaint":
        request.complaint = None
    elif request.complaint is None:
        request.complaint = Complaint()


def get_complaint_figures(work: IntakeWork, period: Period) -> View:
    """Of the complaints that came in over the period: how many about whom and what, why, and how they end."""
    rows = work.complaints.received(period)
    return {
        "received": len(rows),
        "settled": sum(row.stage == "settled" for row in rows),
        "unheard": sum(row.stage == "unheard" for row in rows),
        "to_close": work.complaints.to_close(),
        "acknowledged_in_time": {
            "count": sum(bool(row.in_time) for row in rows),
            "of": sum(row.in_time is not None for row in rows),
        },
        "providers": _counted(rows, "provider_id", "provider"),
        "products": _counted(rows, "product_id", "product"),
        "causes": [{"cause": cause, "count": count} for cause, count in _most(row.cause for row in rows)],
    }


def _counted(rows: Any, key: str, name: str) -> list[View]:
    names = {getattr(row, key): getattr(row, name) for row in rows}
    found = _most(getattr(row, key) for row in rows)
    return [
        {
            key: value,
            "name": names[value],
            "count": count,
            "open": sum(getattr(row, key) == value and row.is_open for row in rows),
        }
        for value, count in found
    ]


def _most(values: Any) -> list[tuple[Any, int]]:
    found = Counter(value for value in values if value is not None)
    return sorted(found.items(), key=lambda item: (-item[1], str(item[0])))


def _about(other: Request, about: View) -> View:
    order = other.orders.get(str(about["work_order_id"])) if about["work_order_id"] else None
    if about["work_order_id"] and order is None:
        raise _wrong("work_order_id", "This order is not of that request. Choose one of its orders.")
    what = about["promise"]
    moment = {"respond": other.promise.respond_by, "resolve": other.promise.resolve_by}.get(what or "")
    if what and moment is None:
        raise _wrong("promise", "That was not promised there. Leave it out.")
    return {
        "request_id": str(other.request_id),
        "reference": other.reference,
        "work_order_id": order.work_order_id if order else None,
        "number": order.number if order else None,
        "provider": order.provider if order else None,
        "promise": {"what": what, "moment": moment} if what else None,
    }


def _unchain(work: IntakeWork, request: Request) -> None:
    before = request.complaint.about if request.complaint else None
    if before:
        work.links.remove(request.request_id, UUID(before["request_id"]), Kind.COMPLAINT_ABOUT)


def _other(work: IntakeWork, other_id: UUID) -> Request:
    other = work.requests.find_to_change(other_id)
    if other is None or not (work.actor.can(READ_ALL) or is_own(work, other)):
        raise _wrong("request_id", "There is no such request of yours. Choose another, or none.")
    return other


def _named(work: IntakeWork, other_id: UUID, field: str) -> Request:
    other = work.requests.find(other_id)
    if other is None:
        text = "There is no such request. Choose another, or none."
        raise Invalid("invalid", text, {field: [text]})
    return other


def _saved(work: IntakeWork, request: Request) -> View:
    work.save(request)
    work.touched(request)
    return views.summary(request, work.actor)


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {f"about.{field}": [text]})
