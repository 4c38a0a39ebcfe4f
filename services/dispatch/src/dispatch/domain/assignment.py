"""Who of a team has an order: taken, given back, handed to a colleague, or come back by itself.

Kept with the order as data. The order's own table says in which states each of the words may be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from dispatch.domain.errors import AlreadyTaken, MissingDetail, NotTheirs
from dispatch.domain.work_order_states import TABLE, Action, Party, State

Assignee = dict[str, Any]  # {"account_id", "name", "since"}
Mark = dict[str, Any]  # {"from", "why", "reason", "at"}
GIVEN_BACK, ABSENT = "given_back", "absent"
# The words that are about this alone; none of them changes the state of an order of the team.
WORDS = frozenset({Action.TAKE, Action.GIVE_BACK, Action.ASSIGN, Action.COME_BACK})
# Who takes what was only given out accepts it for the team in the same breath.
ON_ARRIVAL = (Action.TAKE, Action.ASSIGN, Action.HAND_OVER)
# After these it is nobody's: its team does not do it, or is asked anew.
_NOBODYS = frozenset({Action.REFUSE, Action.REDELIVER})


class Whose(StrEnum):
    """Which of a team's orders somebody looks at."""

    MINE = "mine"
    NOBODY = "nobody"
    TEAM = "team"
    PERSON = "person"  # one of the team's people, who is named


@dataclass(frozen=True)
class Held:
    """How an order stands with the people of its team."""

    assignee: Assignee | None = None
    came_back: Mark | None = None
    hand_overs: int = 0

    @property
    def account_id(self) -> str | None:
        return self.assignee["account_id"] if self.assignee else None


def check(action: Action, held: Held, by: str, to: dict[str, str] | None, reason: str | None) -> None:
    """`by` is the account of who says it, `to` the colleague. Raises AlreadyTaken, NotTheirs,
    MissingDetail.
    """
    if action is Action.TAKE and held.assignee:
        raise AlreadyTaken(*_who(held.assignee, by))
    if action is Action.GIVE_BACK and held.account_id != by:
        raise NotTheirs("Only who has it gives it back; you may take it over, with a reason.")
    if action is Action.ASSIGN:
        _check_assigning(held, to, reason)
    elif to is not None:
        raise MissingDetail("assignee", "Only handing over names a colleague.")


def after(
    action: Action,
    held: Held,
    by: tuple[str, str],
    to: dict[str, str] | None,
    reason: str | None,
    at: datetime,
) -> Held:
    """As it stands after the action; `check` was passed. `by`: account and name."""
    if action is Action.TAKE:
        return Held(_assignee(*by, at), None, held.hand_overs)
    if action is Action.ASSIGN and to:
        return Held(_assignee(to["account_id"], to["name"], at), None, held.hand_overs + bool(held.assignee))
    if action in (Action.GIVE_BACK, Action.COME_BACK):
        why = GIVEN_BACK if action is Action.GIVE_BACK else ABSENT
        name = (held.assignee or {}).get("name")
        return Held(None, {"from": name, "why": why, "reason": reason, "at": at.isoformat()}, held.hand_overs)
    if action is Action.HAND_OVER:
        return Held(held.assignee, held.came_back, held.hand_overs + 1)
    if action in _NOBODYS:
        return Held(None, None, held.hand_overs)
    return held


def offered(state: State, held: Held, by: str, parties: frozenset[Party]) -> list[Action]:
    """What a member of the team may do about who has it, for screens to offer."""
    if Party.MEMBER not in parties:
        return []
    known = ON_ARRIVAL if state is State.ISSUED else TABLE[state]
    fitting = {
        Action.TAKE: held.assignee is None,
        Action.GIVE_BACK: held.account_id == by,
        Action.ASSIGN: True,
        Action.HAND_OVER: True,
    }
    return [action for action, fits in fitting.items() if fits and action in known]


def _check_assigning(held: Held, to: dict[str, str] | None, reason: str | None) -> None:
    if to is None:
        raise MissingDetail("assignee", "Say who takes it over.")
    if to["account_id"] == held.account_id:
        raise AlreadyTaken(to["name"], f"{to['name']} has it already.")
    if held.assignee and not reason:
        raise MissingDetail("reason", "Say why it goes to somebody else.")


def _assignee(account_id: str, name: str, at: datetime) -> Assignee:
    return {"account_id": account_id, "name": name, "since": at.isoformat()}


def _who(assignee: Assignee, by: str) -> tuple[str, str]:
    name = str(assignee["name"])
    return name, "You have it already." if assignee["account_id"] == by else f"{name} has it already."
