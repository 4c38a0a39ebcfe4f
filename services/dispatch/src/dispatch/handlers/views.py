"""What callers are shown of an order. What a supplier may not see is left out here, not on the screen."""

from __future__ import annotations

from typing import Any

from servicekit.actor import Actor

from dispatch.domain import assignment, extra_work, rounds, silence
from dispatch.domain.appointments import can_be_said
from dispatch.domain.confidence import (
    for_executor,
    for_others,
    is_sealed,
    reads,
    remark_for_executor,
    title_for_others,
    veiled,
)
from dispatch.domain.deliveries import Delivery
from dispatch.domain.records import can_be_decided
from dispatch.domain.work_order_states import IN_HAND, Action, Party, State, actions_from
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers.failing import failure_of
from dispatch.handlers.parties import TEAM_LEAD, parties_of
from dispatch.storage.reading import Row

_OF_REQUEST = ("summary", "priority", "location", "object", "asset", "due_at", "contact", "requested_for")
_OF_REQUEST_IN_FULL = ("kind", "text", "received_at", "answers", "quantity", "wanted", "product", "said_by")
_OF_ORDER = (
    *("work_order_id", "number", "request_id", "round", "step", "title", "state", "version", "offer"),
    *(
        "depends_on",
        "check_required",
        "check_by",
        "check_holds",
        "planned_from",
        "planned_until",
        "cost_cents",
        "pause",
        "reason",
        "note",
    ),
    *("record", "agreed_cents", "limit_cents", "extra_work", "cost_standing"),
    *("remark", "issued_at", "created_at", "updated_at", "replaces", "replaced_by"),
    *("rework_of", "correction_id", "corrected_by", "silence"),
)
# What belongs to a correction, with its cause; and who has it, which is offered as it stands.
_NOT_BY_ITSELF = frozenset({Action.REPRICE, Action.HAND_OVER, *assignment.WORDS})
# What who leads a team does with its orders, and carries none of them out.
_OF_A_LEAD = frozenset({Action.ASSIGN, Action.SCHEDULE, Action.PROPOSE, Action.CHECK, Action.FAIL})
# While it is here, `note` is its executor's own word; what the desk notes later is among themselves.
_EXECUTORS_WORD = IN_HAND | {State.REFUSED, State.TECHNICALLY_COMPLETE, State.NOT_CARRIED_OUT}


def summary(row: Row, actor: Actor) -> dict[str, Any]:
    """A line of a list."""
    order, request = row.order, _request(row, actor)
    shown = {name: getattr(order, name) for name in _OF_ORDER}
    if is_outsider(actor) and order.state not in _EXECUTORS_WORD:
        shown["note"] = None
    shown["remark"] = remark_for_executor(order, row.request)
    shown |= {
        "reference": row.reference,
        "provider": order.provider.as_fact(),
        "delivery": row.delivery.as_fact(),
        "checklist": order.checklist or [],
        "stop_counts": rounds.summary(order.stops),
        "planned": bool(row.request.get("planned")),
        "open": order.is_open,
        "actions": actions(order, row.delivery, actor),
        "appointment": order.appointment,
        **_held(order, actor),
        "routing": None if is_outsider(actor) else order.routing,
        "failure_id": failure_of(order, row.delivery) if actor.can("failures.read") else None,
        **{name: request.get(name) for name in _OF_REQUEST},
    }
    if not is_veiled(row, actor):
        return shown
    return {**veiled(shown), "title": title_for_others(order, row.request)}


def full(
    row: Row, actor: Actor, history: list[dict[str, Any]], attempts: list[dict[str, Any]]
) -> dict[str, Any]:
    order, request = row.order, _request(row, actor)
    shown: dict[str, Any] = {
        "instructions": order.instructions,
        "lead_time": order.lead_time,
        "stops": order.stops or [],
        **{name: request.get(name) for name in _OF_REQUEST_IN_FULL},
        "history": [_history_line(line, actor) for line in history],
        "attempts": [_attempt_line(line) for line in attempts],
    }
    return summary(row, actor) | (veiled(shown) if is_veiled(row, actor) else shown)


def actions(order: WorkOrder, delivery: Delivery, actor: Actor) -> list[str]:
    """What this actor may do with it now, for screens to offer."""
    parties = parties_of(actor, order) - {Party.PROCESS}
    allowed = actions_from(order.state, frozenset(parties))
    offered = [each for each in allowed if each not in _NOT_BY_ITSELF]
    held = assignment.offered(order.state, order.held, actor.id, frozenset(parties))
    leads_only = actor.has_role(TEAM_LEAD) and not actor.can("work_orders.act")
    return [
        action.value
        for action in (*held, *offered)
        if (not leads_only or action in _OF_A_LEAD)
        and can_be_said(action, order.appointment)
        and can_be_decided(action, order.cost_standing)
        and extra_work.can_be_said(action, order.extra_work)
        and silence.can_be_said(action, order.silence)
        and (order.stops or action is not Action.TICK_STOP)
        and (action is not Action.REROUTE or _can_be_rerouted(order))
    ]


def _request(row: Row, actor: Actor) -> dict[str, Any]:
    return for_others(row.request) if is_veiled(row, actor) else for_executor(row.request)


def is_veiled(row: Row, actor: Actor) -> bool:
    """Of a confidential request the words are for who carries it out."""
    return is_sealed(row.request) and not reads(actor.provider_id, row.order)


def _can_be_rerouted(order: WorkOrder) -> bool:
    """As far as the order itself says: of one that ended with its request nothing is given to another."""
    return order.is_live and not (order.reason or "").startswith("request_")


def _held(order: WorkOrder, actor: Actor) -> dict[str, Any]:
    """Who of a team has it is the house's own affair."""
    shown = {} if is_outsider(actor) else dict(vars(order.held))
    return {"assignee": None, "came_back": None, "hand_overs": 0, **shown}


def provider(known: Any) -> dict[str, Any]:
    return {**known.as_fact(), "delivery": known.delivery, "address": known.address}


def is_outsider(actor: Actor) -> bool:
    """A supplier: who of the desk did something, and what they noted of it, is not for them."""
    return actor.has_role("supplier")


def _history_line(line: dict[str, Any], actor: Actor) -> dict[str, Any]:
    kept = {name: line[name] for name in ("version", "action", "state", "previous_state", "at")}
    by, details = {"kind": line["by_kind"], "name": line["by_name"]}, dict(line["details"])
    if is_outsider(actor) and line["by_kind"] != "supplier":
        by["name"] = None
        details.pop("note", None)
    return kept | {"by": by, **details}


def _attempt_line(line: dict[str, Any]) -> dict[str, Any]:
    names = ("generation", "attempt", "errand", "at", "milliseconds", "outcome", "detail", "late")
    return {name: line[name] for name in names}
