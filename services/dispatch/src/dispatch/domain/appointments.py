"""When somebody comes: moments that the executor proposes; the customer chooses one or asks for others.

Kept with the order as data. The order's own table says in which states each of the three words may be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dispatch.domain.errors import MissingDetail, NothingProposed
from dispatch.domain.work_order_states import Action

MOST = 5  # moments in one proposal
PROPOSED, CONFIRMED, ANOTHER_ASKED = "proposed", "confirmed", "another_asked"
Windows = Sequence[dict[str, datetime]]
Appointment = dict[str, Any]
# The words that are about the appointment alone.
WORDS = frozenset({Action.PROPOSE, Action.CONFIRM_APPOINTMENT, Action.ASK_ANOTHER})
# An open proposal is off when the work goes on without it; what was agreed is kept as it was.
_KEEPING = frozenset({Action.DELIVER, Action.DELIVERY_FAILED, Action.PAUSE, Action.RESUME})


def check(
    action: Action, known: Appointment | None, windows: Windows | None, choice: int | None, at: datetime
) -> None:
    """Raises MissingDetail, NothingProposed."""
    if action is Action.PROPOSE:
        _check_windows(windows or (), at)
    elif action in WORDS:
        if known is None or (known["state"] != PROPOSED and action is Action.CONFIRM_APPOINTMENT):
            raise NothingProposed("There is no moment to choose from; the proposal may have been changed.")
        if action is Action.CONFIRM_APPOINTMENT:
            _check_choice(known, choice, at)


def after(
    action: Action,
    known: Appointment | None,
    windows: Windows | None,
    choice: int | None,
    words: str | None,
    at: datetime,
) -> Appointment | None:
    """The appointment as it is after the action; `check` was passed."""
    if action is Action.PROPOSE:
        told = [{name: one[name].isoformat() for name in ("from", "until")} for one in windows or ()]
        return {"state": PROPOSED, "windows": told, "chosen": None, "wish": None, "at": at.isoformat()}
    if known is None:
        return None
    if action is Action.CONFIRM_APPOINTMENT:
        assert choice is not None
        return {**known, "state": CONFIRMED, "chosen": known["windows"][choice], "at": at.isoformat()}
    if action is Action.ASK_ANOTHER:
        return {**known, "state": ANOTHER_ASKED, "chosen": None, "wish": words, "at": at.isoformat()}
    if action is Action.SCHEDULE:
        return None
    return known if known["state"] == CONFIRMED or action in _KEEPING else None


def can_be_said(action: Action, known: Appointment | None) -> bool:
    """Whether the appointment, as it stands, has a place for this word; for screens to offer it or not."""
    if action not in (Action.CONFIRM_APPOINTMENT, Action.ASK_ANOTHER):
        return True
    return known is not None and (known["state"] == PROPOSED or action is Action.ASK_ANOTHER)


def chosen_window(appointment: Appointment) -> tuple[datetime, datetime]:
    """Of one that is confirmed."""
    window = appointment["chosen"]
    return datetime.fromisoformat(window["from"]), datetime.fromisoformat(window["until"])


def _check_windows(windows: Windows, at: datetime) -> None:
    """That there is one is seen to by `work_orders.NEEDED`."""
    if len(windows) > MOST:
        raise MissingDetail("windows", f"Propose at most {MOST} moments.")
    for one in windows:
        if one["until"] <= one["from"]:
            raise MissingDetail("windows", "The end of a moment lies before its beginning.")
        if one["from"] <= at:
            raise MissingDetail("windows", "Propose moments that are still to come.")


def _check_choice(known: Appointment, choice: int | None, at: datetime) -> None:
    if choice is None or not 0 <= choice < len(known["windows"]):
        raise MissingDetail("choice", "Choose one of the moments.")
    if datetime.fromisoformat(known["windows"][choice]["from"]) <= at:
        raise MissingDetail("choice", "That moment has passed; choose another, or ask for others.")
