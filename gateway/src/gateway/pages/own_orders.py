"""The pages of those who carry out work: their list, what is done, one order, and moving it on.

The same for a team of our own (`/team`) and a supplier (`/supplier`); dispatch gives each only its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from servicekit.actor import Actor
from servicekit.errors import Invalid, ServiceError
from servicekit.receipts import bearer_of

from gateway.clients import Json, Services
from gateway.files import sending
from gateway.live import topics
from gateway.pages import errors, going_along, holding, rounds
from gateway.pages.acting import as_actor
from gateway.pages.answered import answers_in_words
from gateway.pages.labels import _
from gateway.pages.order_forms import FIELDS, details_of
from gateway.pages.outcome import Outcome
from gateway.pages.visit import Visit
from gateway.pages.work_list import IN_HAND, STORY, building, matching, sections

# Of more than this only the oldest and the newest are looked through, and of those the most urgent are shown.
LOOKED_AT, SHOWN = 40, 40
DONE_PAGE = 25
# What one usually does next: the buttons that stand out, and come first.
MAIN = ("take", "accept", "start", "resume", "complete", "check", "confirm_cancellation")
# What those who carry out work may ask for. Cancelling is the desk's, and so is checking, unless the step
# leaves that to their lead.
ACTIONS = (
    *MAIN,
    "fail",
    *(
        "propose",
        "schedule",
        "pause",
        "ask_extra",
        "assign",
        "give_back",
        "hand_over",
        "refuse",
        "not_carried_out",
    ),
)
# Said stop by stop, by a form of its own.
IN_ALL = (*ACTIONS, rounds.WORD)
SAID = {
    **holding.SAID,
    "accept": _("Accepted."),
    "refuse": _("Refused; the desk finds another."),
    "propose": _("Proposed; the requester chooses."),
    "schedule": _("Planned."),
    "start": _("Begun."),
    "pause": _("Interrupted; the reason is written down."),
    "ask_extra": _("Asked. Wait for the answer, or go on within the limit."),
    "resume": _("You went on."),
    rounds.WORD: _("Written down."),
    "complete": _("Reported as done. The desk and the requester hear of it."),
    "check": _("Checked: it is right."),
    "fail": _("Rejected; it is done over."),
    "confirm_cancellation": _("The desk knows that you stopped."),
    "not_carried_out": _("The desk knows that it was not done."),
}


@dataclass(frozen=True)
class Side:
    """For whom: where the pages stand, what they are called, how they look, and whether what is between us is
    shown. `of_nobody` is said to an account without a provider, `empty` when there is nothing to do.
    """

    base: str
    heading: str
    layout: str
    of_nobody: str
    empty: str
    main_class: str = ""
    internal: bool = False


def board(visit: Visit, side: Side) -> Outcome:
    """What is to be done, by urgency and place."""
    orders, more = _in_hand(visit)
    place, state = visit.query.text("place"), visit.query.text("state")
    chosen = matching(orders, place, state)
    _follow(visit)
    return visit.show(
        "crew/board.html",
        side=side,
        sections=sections(chosen, visit.moments, SHOWN),
        count=len(chosen),
        total=len(orders),
        shown=SHOWN,
        more=more,
        places=sorted({building(order) for order in orders} - {""}),
        states=[name for name in IN_ORDER_OF_LIFE if any(order["state"] == name for order in orders)],
        place=place or "",
        state=state or "",
        topic=_topic(visit),
    )


IN_ORDER_OF_LIFE = (
    *("issued", "accepted", "scheduled", "in_progress", "paused"),
    *("cancellation_requested", "prepared"),
)


def done(visit: Visit, side: Side) -> Outcome:
    """What is behind one, newest first."""
    wanted: dict[str, Any] = {"open": False, "limit": DONE_PAGE}
    if cursor := visit.query.text("cursor"):
        wanted["cursor"] = cursor
    page = visit.services.dispatch.list_work_orders(**wanted)
    return visit.show("crew/done.html", side=side, page=page)


def show(visit: Visit, side: Side, work_order_id: str, status: int = 200, **more: Any) -> Outcome:
    """One order, with what may be done now."""
    order = visit.services.dispatch.get_work_order(work_order_id)
    _follow(visit)
    visit.follow(topics.request(order["request_id"]))
    return visit.show(
        "crew/order.html",
        status,
        side=side,
        company=going_along.of_order(visit.services, order),
        topic=f"request:{order['request_id']}",
        **order_values(visit, order, side.internal, **more),
    )


def order_values(visit: Visit, order: Json, internal: bool = False, **more: Any) -> dict[str, Any]:
    """What the templates of one order need, also that of the signed link."""
    return {
        "walk": rounds.walk_of(visit, order, internal),
        "order": {**order, "actions": [each for each in ACTIONS if each in order.get("actions", ())]},
        "answers": answers_in_words(visit, order),
        "story": STORY,
        "order_fields": {**FIELDS, **holding.FIELDS},
        **holding.choices(visit, order),
        "main": MAIN,
        "providers": [],
        "problem": more.get("problem"),
        "kept": more.get("kept", {}),
    }


def move_on(visit: Visit, side: Side, work_order_id: str, action: str) -> Outcome:
    """Carry an action out; what is refused comes back on the same page with what was typed."""
    name = action.replace("-", "_")

    def again(status: int, **more: Any) -> Outcome:
        return show(visit, side, work_order_id, status, **more)

    path = f"{side.base}/orders/{work_order_id}"
    # An order that went to another team is not there any more for this one to look at.
    to = side.base if visit.form.get("back") == "list" or name == "hand_over" else path
    return carry_out(visit, visit.actor, work_order_id, name, again, to)


def carry_out(
    visit: Visit, actor: Actor, work_order_id: str, name: str, again: Callable[..., Outcome], to: str
) -> Outcome:
    """On behalf of `actor`: who is signed in, or the supplier of a link."""
    try:
        if name not in IN_ALL:
            raise Invalid("unknown_action", "There is no such action.")
        _perform(visit, actor, work_order_id, name)
    except ServiceError as error:
        if not error.errors and type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem = {
            "form": f"order-{work_order_id}",
            "action": name,
            "text": holding.refusal(visit, error, work_order_id),
            "fields": errors.field_errors(visit, error),
        }
        return again(errors.status_of(visit, error), problem=problem, kept=visit.form.said())
    return visit.go(to, SAID[name])


def _perform(visit: Visit, actor: Actor, work_order_id: str, name: str) -> None:
    if name in holding.WORDS:
        holding.say(visit, work_order_id, name)
        return
    details = details_of(visit, name, bearer_of(actor))
    as_actor(visit, actor).dispatch.act_on_work_order(work_order_id, name, visit.version, **details)


def send_file(visit: Visit, services: Services, work_order_id: str, file_id: str) -> Outcome:
    """A file that came with completion, to be saved. Raises NotFound."""
    found = services.dispatch.get_order_file(work_order_id, file_id)
    return sending.response(visit.house.files.store, found)


def _in_hand(visit: Visit) -> tuple[list[Json], bool]:
    """What is open, and whether there is more than was looked through: the oldest are the most urgent, and
    the newest must be there as soon as they come.
    """

    def ask(**how: Any) -> Json:
        return visit.services.dispatch.list_work_orders(open=True, limit=LOOKED_AT, **how)

    newest = ask()
    oldest = ask(oldest_first=True) if newest.get("next_cursor") else {"items": []}
    found = {order["work_order_id"]: order for page in (newest, oldest) for order in page["items"]}
    more = bool(oldest.get("next_cursor")) and len(found) == 2 * LOOKED_AT
    return [order for order in found.values() if order["state"] in IN_HAND], more


def _follow(visit: Visit) -> None:
    if visit.actor.provider_id:
        visit.follow(topics.provider(visit.actor.provider_id))


def _topic(visit: Visit) -> str:
    return topics.provider(visit.actor.provider_id) if visit.actor.provider_id else ""
