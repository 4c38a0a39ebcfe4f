"""What suppliers without a program hear by mail: an order, that it changed, stopped, or is waited for.

Notifications writes and sends the mails; here is decided what is news, and to which addresses.
"""

from __future__ import annotations

from collections.abc import Sequence

from dispatch.domain import silence
from dispatch.domain.confidence import SEALED, title_for_others
from dispatch.domain.providers import Means
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.handlers.parties import EXECUTOR_ROLES
from dispatch.storage.unit_of_work import DispatchWork

ISSUED, CHANGED, STOPPED, REMINDED = "issued", "changed", "stopped", "reminded"
LINK = "link"  # nothing new: somebody of the desk sends the link again
# The provider's own words are no news to it.
NEWS: dict[Action, str] = {
    Action.ISSUE: ISSUED,
    Action.BEGIN_EARLY: ISSUED,
    Action.REDELIVER: ISSUED,
    Action.CONFIRM_APPOINTMENT: CHANGED,
    Action.ASK_ANOTHER: CHANGED,
    Action.SCHEDULE: CHANGED,
    Action.DISPUTE_COST: CHANGED,
    Action.GRANT_EXTRA: CHANGED,
    Action.REFUSE_EXTRA: CHANGED,
    Action.SET_LIMIT: CHANGED,
    **dict.fromkeys(silence.ASKS, REMINDED),
}


def mail_new(work: DispatchWork, order: WorkOrder) -> None:
    if order.state is State.ISSUED:
        _mail(work, order, ISSUED, None)


def mail_change(work: DispatchWork, change: Change, together: Sequence[str] = ()) -> None:
    """Nothing, for nearly all changes. `together`: the numbers of the orders with which it was in a visit."""
    news = NEWS.get(change.action)
    if change.order.state is State.CANCELLATION_REQUESTED is not change.previous_state:
        news = STOPPED
    if change.action is Action.SCHEDULE and work.actor.has_role(*EXECUTOR_ROLES):
        news = None
    if news and not (news == CHANGED and change.order.work_order_id in work.told_together):
        _mail(work, change.order, news, change.details.reason, together)


def mail_link(work: DispatchWork, order: WorkOrder) -> bool:
    """A new link, because somebody asked for it; False when there is nobody to mail it to."""
    return _mail(work, order, LINK, None)


def addresses(work: DispatchWork, order: WorkOrder) -> list[str]:
    if order.provider.delivery is not Means.PORTAL:
        return []
    return work.providers.emails(order.provider.provider_id)[0]


def _mail(
    work: DispatchWork, order: WorkOrder, news: str, reason: str | None, together: Sequence[str] = ()
) -> bool:
    if order.provider.delivery is not Means.PORTAL:
        return False
    to, language = work.providers.emails(order.provider.provider_id)
    process = work.processes.find(order.request_id) if to else None
    if process is None:
        return False
    links = work.order_links.of(order.work_order_id)
    request, owed = process.request or {}, order.silence or {}
    work.publish(
        "provider_told",
        {
            "work_order_id": order.work_order_id,
            "request_id": order.request_id,
            "reference": process.reference,
            "number": order.number,
            "sequence": order.version,
            "news": news,
            "provider": order.provider.as_fact(),
            "to": to,
            "language": language,
            "title": title_for_others(order, request),
            "summary": request.get("summary"),
            "location": (request.get("location") or {}).get("path"),
            "due_at": request.get("due_at"),
            "planned_from": order.planned_from,
            "owes": owed.get("of") if news == REMINDED else None,
            "reason": None if request.get(SEALED) else reason,
            "together": list(together),
            "link": {"serial": links.serial, "sent": links.sent},
            "at": work.now,
        },
    )
    return True
