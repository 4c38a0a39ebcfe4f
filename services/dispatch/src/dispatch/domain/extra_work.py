"""Extra work: an executor asks for more than the limit before doing it, and somebody says yes or no.

The desk decides up to the amount that the organisation sets, above it who holds the budget (intake asks
them). Meanwhile the order waits for whoever decides. After it, it waits for its executor, who goes on: with a
higher limit, or within the one that there was (ADR 34).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from dispatch.domain.errors import BudgetHoldersWord, ExtraAskedAlready, MissingDetail, NoExtraAsked
from dispatch.domain.work_order_states import Action, State

if TYPE_CHECKING:
    from dispatch.domain.work_orders import Details, WorkOrder

Extra = dict[str, Any]
ASKED, GRANTED, REFUSED, WITHDRAWN = "asked", "granted", "refused", "withdrawn"
DESK, BUDGET_HOLDER = "desk", "budget_holder"
# By what is said of it: how it stands then.
DECISIONS = {Action.GRANT_EXTRA: GRANTED, Action.REFUSE_EXTRA: REFUSED}
WORDS = frozenset({Action.ASK_EXTRA, Action.EXTRA_TO_DESK, *DECISIONS})
# Whose turn it is while somebody decides, as a pause names it.
_TURNS = {DESK: "desk", BUDGET_HOLDER: "requester"}


def whose(amount_cents: int | None, desk_cents: int) -> str:
    """Who decides about so much more."""
    return BUDGET_HOLDER if amount_cents is not None and amount_cents > desk_cents else DESK


def is_asked(known: Extra | None) -> bool:
    return known is not None and known["state"] == ASKED


def can_be_said(action: Action, known: Extra | None) -> bool:
    """Whether there is a place for this word of a person; for screens to offer it or not."""
    if action is Action.ASK_EXTRA:
        return not is_asked(known)
    return action not in DECISIONS or (known is not None and is_asked(known) and known["of"] == DESK)


def check(action: Action, known: Extra | None, amount_cents: int | None, by_kind: str) -> None:
    """Raises MissingDetail, ExtraAskedAlready, NoExtraAsked; BudgetHoldersWord for a person of the desk."""
    if action is Action.ASK_EXTRA and is_asked(known):
        text = "More was asked already. Wait for the answer, or go on within the limit."
        raise ExtraAskedAlready(text)
    if action is Action.ASK_EXTRA and not amount_cents:
        raise MissingDetail("amount_cents", "Say how much more it costs.")
    if action not in WORDS - {Action.ASK_EXTRA}:
        return
    if known is None or not is_asked(known):
        raise NoExtraAsked("Nobody asks for more (any more): there is nothing to decide.")
    if known["of"] == BUDGET_HOLDER and by_kind != "service":
        text = "This is more than the desk may agree to: who holds the budget is asked, and decides."
        raise BudgetHoldersWord(text)


def after(
    action: Action, order: WorkOrder, details: Details, of: str, to: State, at: datetime
) -> dict[str, Any]:
    """The fields that change. Whatever takes the order out of its pause takes an open question back."""
    known = order.extra_work
    if action is Action.ASK_EXTRA:
        return _standing(_asked(order, details, of, at), ASKED, _TURNS[of])
    if known is None or not is_asked(known):
        return {}
    if action is Action.EXTRA_TO_DESK:
        return _standing({**known, "of": DESK}, ASKED, _TURNS[DESK])
    if action in DECISIONS:
        said = {**known, "decision": details.reason, "decided_at": at.isoformat()}
        more = {"limit_cents": (order.limit_cents or 0) + known["amount_cents"]}
        granted = more if action is Action.GRANT_EXTRA else {}
        return _standing(said, DECISIONS[action], "supplier") | granted
    return {} if to is State.PAUSED else {"extra_work": {**known, "state": WITHDRAWN}}


def _asked(order: WorkOrder, details: Details, of: str, at: datetime) -> Extra:
    """`number` counts the times that more was asked for this order: an answer to an earlier one is none."""
    return {
        "number": (order.extra_work or {}).get("number", 0) + 1,
        "amount_cents": details.amount_cents,
        "limit_cents": order.limit_cents,
        "reason": details.reason,
        "asked_at": at.isoformat(),
        "of": of,
        "decision": None,
        "decided_at": None,
    }


def _standing(extra: Extra, state: str, counterparty: str) -> dict[str, Any]:
    reason = "extra_work" if state == ASKED else f"extra_work_{state}"
    return {
        "extra_work": {**extra, "state": state},
        "pause": {"reason": reason, "counterparty": counterparty},
    }
