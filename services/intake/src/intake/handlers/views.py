"""How a request is shown: to everybody who may see it, and what only the desk sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from servicekit.actor import Actor

from intake.domain.confidence import WORDS
from intake.domain.facts import wanted
from intake.domain.pledges import Pledge, following
from intake.domain.requests import Request
from intake.domain.work_orders import WorkOrder
from intake.handlers.access import READ_ALL

View = dict[str, Any]

# These are called the same in a request and in a row of a list.
PLAIN = (
    "request_id", "reference", "version", "state", "resolution", "kind", "standard", "channel", "priority",
    "summary", "requester", "location", "product", "received_at", "updated_at", "waiting",
    "danger", "object", "asset",
)  # fmt: skip
MORE = (
    "text", "answers", "answer", "quantity", "round", "accepted_at", "ready_at", "closes_at", "closed_at",
    "reassignment_count", "reopen_count", "external_key", "on_site", "cost_centre", "units",
    "cancelled_late",
)  # fmt: skip


def summary(request: Request, actor: Actor) -> View:
    promise = request.promise
    coming = following(request.pledges) if request.waiting is None else None
    until, what = (coming.until, coming.what) if coming else (None, None)
    return _summary(request, promise.respond_by, promise.resolve_by, until, what, actor)


def line(row: sa.Row[Any], actor: Actor) -> View:
    """A row of a list: the same shape as `summary`."""
    return _summary(row, row.respond_by, row.resolve_by, row.next_until, row.next_what, actor)


def _summary(source: Any, respond_by: Any, resolve_by: Any, until: Any, what: Any, actor: Actor) -> View:
    view = {name: getattr(source, name) for name in PLAIN} | _confidence(source, actor)
    view["promise"] = {"respond_by": respond_by, "resolve_by": resolve_by}
    view["next_promise"] = {"until": until, "what": what} if until else None
    view["attention"] = source.attention if actor.can(READ_ALL) else None
    view["requested_for"] = _requested_for(source.requested_for, actor)
    return view


def _requested_for(person: Any, actor: Actor) -> View | None:
    """Naming a colleague must not tell how to reach them."""
    if person is None or actor.can(READ_ALL):
        return person
    known = person if isinstance(person, dict) else asdict(person)
    return {name: known[name] for name in ("person_id", "name", "department")}


def shown_to_all(request: Request, actor: Actor) -> View:
    """For who passes something on, and may not read what it belongs to."""
    view = summary(request, actor)
    return view | {name: WORDS[name] for name in WORDS if name in view} if request.confidential else view


def _confidence(source: Any, actor: Actor) -> View:
    """A request has its words itself. A row of a list has a veil for them; who reads it gets the words."""
    if isinstance(source, Request):
        return {"confidential": source.confidential}
    words = source.sealed
    if words is None:
        return {"confidential": False}
    named = {
        each["person_id"] for each in (*source.readers, *([source.requester] if source.requester else ()))
    }
    shown = {name: words[name] for name in ("summary", "object")} if actor.person_id in named else {}
    return {**shown, "confidential": True}


def dossier(request: Request, lines: Sequence[sa.RowMapping], actor: Actor) -> View:
    """Everything that intake knows of it. Without READ_ALL no internal lines, reasons, costs or
    deliveries.
    """
    internal = actor.can(READ_ALL)
    view = summary(request, actor)
    view |= {name: getattr(request, name) for name in MORE}
    view["wanted"] = wanted(request.wanted)
    view["approval"] = _approval(request, actor)
    view["complaint"] = _complaint(request, internal)
    view["promises"] = [_pledge(each) for each in request.pledges]
    view["timeline"] = [_entry(row, internal) for row in lines if internal or row["public"]]
    orders = sorted(request.orders.values(), key=lambda order: order.number)
    view["orders"] = [_order(order, internal) for order in orders]
    if internal:
        view |= {"signals": request.signals, "imported": request.imported, "created_by": request.created_by}
        view |= {"impact": request.grade.impact, "urgency": request.grade.urgency}
        view |= {"held": request.held, "incident_id": request.incident_id,
                 "theme_id": request.theme_id}  # fmt: skip
        view |= {"follows": request.follows, "followers": request.followers}
    return view


def _pledge(pledge: Pledge) -> View:
    shown = ("number", "what", "made_at", "until", "text", "state", "ended_at", "answered_at")
    by = None if pledge.made_by.kind == "service" else pledge.made_by.name
    return {**{name: getattr(pledge, name) for name in shown}, "made_by": by}


def approval_asked(request: Request, actor: Actor) -> View:
    """For who must decide: what it is, what it costs, and who else is asked."""
    view = {**summary(request, actor), "text": request.text, "answers": request.answers,
            "quantity": request.quantity, "wanted": wanted(request.wanted),
            "approval": _approval(request, actor)}  # fmt: skip
    # Whoever keeps a budget is asked what it costs, not told what was said in confidence.
    return view | {name: WORDS[name] for name in WORDS if name in view} if request.confidential else view


def _approval(request: Request, actor: Actor) -> View | None:
    """Its requester sees who is asked and not what it costs."""
    approval = request.approval
    if approval is None:
        return None
    involved = actor.can(READ_ALL) or approval.concerns(actor.person_id)
    seats = [
        {
            "name": seat.holder.name,
            "stand_in": seat.stand_in.name if seat.stand_in else None,
            "approved": seat.approved,
            "by": seat.by,
            "reason": seat.reason,
            "at": seat.at,
        }
        for seat in approval.seats
    ]
    may_decide = request.awaits_word and actor.person_id in approval.deciders
    view: View = {
        "rule": approval.rule,
        "asked_at": approval.asked_at,
        "seats": seats,
        "may_decide": may_decide,
        "extra_work_by": (approval.more or {}).get("provider"),
    }
    if involved:
        named = ("estimate_cents", "note", "budget", "reminders", "remind_at")
        view |= {name: getattr(approval, name) for name in named}
        view["you"] = approval.name_of(actor.person_id)
    return view


def _complaint(request: Request, internal: bool) -> View | None:
    """Its requester does not read the cause: that is between the desk and whoever it is about."""
    complaint = request.complaint
    if complaint is None:
        return None
    named = ("stage", "about", "acknowledged_at", "remedy", "word", "unheard")
    more = ("cause", "cause_note", "remedy_request", "attempts", "unheard_from") if internal else ()
    return {name: getattr(complaint, name) for name in (*named, *more)}


def _entry(row: sa.RowMapping, internal: bool) -> View:
    data = {**row["data"], **(row["internal"] or {})} if internal else row["data"]
    return {"at": row["at"], "type": row["type"], "by": row["by"], "public": row["public"], "data": data}


def _order(order: WorkOrder, internal: bool) -> View:
    return {
        "work_order_id": order.work_order_id,
        "number": order.number,
        "step": order.step,
        "title": order.title,
        "provider": order.provider,
        "state": order.state,
        "round": order.round,
        "depends_on": order.depends_on,
        "planned_from": order.planned_from,
        "planned_until": order.planned_until,
        "delivery": order.delivery if internal else None,
        "nobody_came": order.nobody_came,
        "rework_of": order.rework_of,
        "replaces": order.replaces,
        **(
            {
                "cost_cents": order.cost_cents,
                "correction_id": order.correction_id,
                "corrected_by": order.corrected_by,
            }
            if internal
            else {}
        ),
    }
