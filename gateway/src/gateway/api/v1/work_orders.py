"""Work orders: reading them, moving them on, repairing their delivery."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import limits, rounds
from gateway.api.schemas import work_orders as shapes
from gateway.api.schemas.base import Body
from gateway.clients import Json

resources = Resources()

PATH = "/v1/work-orders/<uuid:work_order_id>"


@dataclass(frozen=True)
class Action:
    name: str
    body: type[Body]
    about: str


# Who may do what is for dispatch to say; in which state, too.
ACTIONS = (
    Action("accept", shapes.Acceptance, "Accept a work order, with or without a plan."),
    Action("refuse", shapes.Because, "Refuse a work order; the desk then finds another provider."),
    Action("schedule", shapes.Plan, "Say when it will be done."),
    Action("propose", shapes.Proposal, "Propose moments, of which the requester chooses one."),
    Action("confirm_appointment", shapes.ChosenWindow, "Choose a moment for a requester who telephones."),
    Action("ask_another", shapes.Because, "Ask for other moments for a requester who telephones."),
    Action("start", shapes.Remark, "Begin."),
    Action("pause", shapes.Interruption, "Interrupt the work, for a stated reason and because of whom."),
    Action("resume", shapes.Remark, "Go on."),
    Action(
        "tick_stop", rounds.StopAnswer, "Say what was found at one stop of a round; a defect becomes a fault."
    ),
    Action("complete", shapes.Completion, "Report completion, with cost and evidence."),
    Action("check", shapes.Remark, "Find the work in order."),
    Action("fail", shapes.Because, "Find the work not in order; it goes back to its provider."),
    Action("close", shapes.Settlement, "Close it administratively."),
    Action("accept_cost", shapes.Because, "Accept a cost that is higher than was agreed."),
    Action("dispute_cost", shapes.Because, "Dispute a cost that is higher than was agreed."),
    Action("set_limit", limits.Limit, "Say what an order may cost without its executor asking first."),
    Action("ask_extra", limits.ExtraWork, "Ask for more than the limit, before doing it; the order waits."),
    Action("grant_extra", limits.Granted, "Agree to the extra work that is asked; the limit goes up."),
    Action("refuse_extra", shapes.Because, "Do not agree to the extra work that is asked."),
    Action("begin_early", shapes.Because, "Give out a prepared order before its turn: a deviation."),
    Action("cancel", shapes.Because, "Ask for its cancellation; the provider confirms."),
    Action("confirm_cancellation", shapes.Remark, "Confirm that the work has stopped."),
    Action(
        "dismiss", shapes.Because, "Say how it stands with a provider that said nothing: its time runs anew."
    ),
    Action("not_carried_out", shapes.Because, "Say that it was not, and will not be, carried out."),
)


@resources.route(
    "GET", "/v1/work-orders", permission="work_orders.read", query=shapes.WorkOrderFilter,
    answer=shapes.WorkOrderPage, paged=True,
)  # fmt: skip
def list_work_orders(call: Call) -> Json:
    """Find work orders; one by its number. Teams and suppliers see their own."""
    return call.services.dispatch.list_work_orders(**call.query)


@resources.route("GET", PATH, permission="work_orders.read", answer=shapes.WorkOrderView)
def get_work_order(call: Call, work_order_id: str) -> Json:
    """One work order with its history and the attempts to deliver it."""
    return call.services.dispatch.get_work_order(work_order_id)


def _perform(action: Action) -> Callable[[Call, str], Json]:
    def perform(call: Call, work_order_id: str) -> Json:
        version = call.version or None
        return call.services.dispatch.act_on_work_order(work_order_id, action.name, version, **call.body)

    perform.__name__ = f"{action.name}_work_order"
    perform.__doc__ = action.about
    return perform


for _action in ACTIONS:
    resources.route(
        "POST", f"{PATH}/{_action.name.replace('_', '-')}", permission="work_orders.act", body=_action.body,
        answer=shapes.WorkOrderView, idempotent=True, versioned=True, unversioned_for=("supplier",),
    )(_perform(_action))  # fmt: skip


@resources.route(
    "GET", "/v1/requests/<uuid:request_id>/appointments", permission="appointments.answer", query=Body,
    answer=shapes.AppointmentPage, paged=True,
)  # fmt: skip
def list_appointments(call: Call, request_id: str) -> Json:
    """The moments that are proposed or agreed for one's own request."""
    return call.services.dispatch.list_appointments(request_id)


@resources.route(
    "POST", f"{PATH}/appointment", permission="appointments.answer", body=shapes.AppointmentAnswer,
    answer=shapes.AppointmentView, idempotent=True, versioned=True,
)  # fmt: skip
def answer_appointment(call: Call, work_order_id: str) -> Json:
    """Choose one of the moments that are proposed to you, or say which would suit."""
    return call.services.dispatch.answer_appointment(work_order_id, call.version, **call.body)


@resources.route(
    "GET", "/v1/requests/<uuid:request_id>/checks", permission="appointments.answer", query=Body,
    answer=shapes.CheckPage, paged=True,
)  # fmt: skip
def list_checks(call: Call, request_id: str) -> Json:
    """Work for one's own request that waits for one's word: is it right?"""
    return call.services.dispatch.list_checks(request_id)


@resources.route(
    "POST", f"{PATH}/customer-check", permission="appointments.answer", body=shapes.CheckAnswer,
    answer=shapes.CheckView, idempotent=True, versioned=True,
)  # fmt: skip
def answer_check(call: Call, work_order_id: str) -> Json:
    """Say that it is right, so that the process goes on; or what is not: then it is done over."""
    return call.services.dispatch.answer_check(work_order_id, call.version, **call.body)


@resources.route(
    "POST", f"{PATH}/redeliver", permission="work_orders.repair", answer=shapes.WorkOrderView,
    idempotent=True, versioned=True,
)  # fmt: skip
def redeliver_work_order(call: Call, work_order_id: str) -> Json:
    """Deliver it again to the same provider."""
    return call.services.dispatch.redeliver_work_order(work_order_id, call.version)


@resources.route(
    "POST", f"{PATH}/reroute", permission="work_orders.repair", body=shapes.Reroute,
    answer=shapes.WorkOrderView, idempotent=True, versioned=True,
)  # fmt: skip
def reroute_work_order(call: Call, work_order_id: str) -> Json:
    """Give it to another provider, or to the same again: at any moment until its request is ready.

    Who may know of it must confirm that it stops. Of work that was reported as done the new order does it
    over."""
    return call.services.dispatch.reroute_work_order(work_order_id, call.version, **call.body)
