"""Being on offer: what was published, product or article, until it is withdrawn, now or on a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from catalog.domain.errors import NotInThisState, TooFarAway

FARTHEST = timedelta(days=731)


class State(StrEnum):
    OFFERED = "published"
    LEAVING = "leaving"  # on offer until its date
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    PUBLISH = "publish"  # a next version
    WITHDRAW = "withdraw"
    PLAN = "plan_withdrawal"
    KEEP = "keep"


# What is not here is refused. Withdrawing twice is no error: it is withdrawn.
TABLE: dict[State, dict[Action, State]] = {
    State.OFFERED: {
        Action.PUBLISH: State.OFFERED,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.PLAN: State.LEAVING,
    },
    # A better version until then does not make it stay.
    State.LEAVING: {
        Action.PUBLISH: State.LEAVING,
        Action.WITHDRAW: State.WITHDRAWN,
        Action.PLAN: State.LEAVING,
        Action.KEEP: State.OFFERED,
    },
    State.WITHDRAWN: {Action.PUBLISH: State.OFFERED, Action.WITHDRAW: State.WITHDRAWN},
}
REFUSALS = {
    (State.OFFERED, Action.KEEP): "It is not planned to be withdrawn.",
    (State.WITHDRAWN, Action.KEEP): "It is withdrawn already. Publish a next version to offer it again.",
    (State.WITHDRAWN, Action.PLAN): "It is withdrawn already.",
}


@dataclass
class Offered:
    """`withdraw_at`: when it will be withdrawn by itself."""

    published_at: datetime
    withdrawn_at: datetime | None = None
    withdraw_at: datetime | None = None

    @property
    def state(self) -> State:
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.LEAVING if self.withdraw_at else State.OFFERED

    def withdraw(self, now: datetime) -> bool:
        """True when it was on offer until now."""
        if self.withdrawn_at is not None:
            return False
        self.withdrawn_at, self.withdraw_at = now, None
        return True

    def plan_withdrawal(self, at: datetime, now: datetime) -> None:
        """Raises NotInThisState, TooFarAway."""
        self._check(Action.PLAN)
        if not now < at <= now + FARTHEST:
            raise TooFarAway("Choose a moment in the future, within two years.")
        self.withdraw_at = at.astimezone(UTC)

    def keep(self) -> None:
        """Take the planned withdrawal off the calendar. Raises NotInThisState."""
        self._check(Action.KEEP)
        self.withdraw_at = None

    def _offer_again(self, now: datetime) -> None:
        self.published_at, self.withdrawn_at = now, None

    def _check(self, action: Action) -> None:
        if action not in TABLE[self.state]:
            raise NotInThisState(REFUSALS[self.state, action])
