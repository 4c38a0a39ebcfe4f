"""What this organisation promises, and how long it waits. Settings may replace each of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Term:
    """unit: minutes | working_minutes | working_days | calendar_days, as servicekit.worktime counts them."""

    amount: int
    unit: str


@dataclass(frozen=True, slots=True)
class Norm:
    """How soon the customer hears from us, and how soon it is solved."""

    respond: Term
    resolve: Term


def _working_hours(respond: int, resolve: int) -> Norm:
    return Norm(Term(respond * 60, "working_minutes"), Term(resolve * 60, "working_minutes"))


# P1 is danger: any hour of any day. The others count the hours that the desk is open.
NORMS: Mapping[str, Norm] = {
    "P1": Norm(Term(15, "minutes"), Term(24 * 60, "minutes")),
    "P2": _working_hours(1, 20),
    "P3": _working_hours(4, 50),
    "P4": _working_hours(10, 100),
}
# A wish has no clock, but whoever wishes gets a decision.
WISH = Norm(Term(10 * 60, "working_minutes"), Term(20, "working_days"))


@dataclass(frozen=True)
class Rules:
    norms: Mapping[str, Norm] = field(default_factory=lambda: NORMS)
    wish: Norm = WISH
    default_priority: str = "P3"
    zone: str = "Europe/Amsterdam"
    # When whoever wished for what is not done now hears of it again.
    wish_again: Term = Term(60, "working_days")
    silence: Term = Term(5, "working_days")
    reopen_window: Term = Term(10, "working_days")
    # How long whoever complained is waited for, before a manager may close it without their word.
    unheard: Term = Term(10, "working_days")
    approval_reminder: Term = Term(2, "working_days")
    most_reminders: int = 3

    def norm(self, kind: str | None, priority: str) -> Norm:
        return self.wish if kind == "wish" else self.norms[priority]
