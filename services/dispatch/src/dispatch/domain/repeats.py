"""Telling a repeated word from a new one: a supplier whose answer got lost says the same again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dispatch.domain.work_order_states import TABLE, Action, State


@dataclass(frozen=True)
class Said:
    """One line of an order's history. `details` holds what was given, as JSON values."""

    action: Action
    offer: int
    details: dict[str, Any]


def is_repeat(
    state: State, offer: int, said: Sequence[Said], action: Action, details: dict[str, Any]
) -> bool:
    """Whether `action` was heard before, in this offer, and must have no second effect.

    The last word said once more is a repeat; so is an earlier one that no longer fits (an `accept`
    that arrives again after the work began). `said` is oldest first.
    """
    earlier = [one for one in said if one.offer == offer and one.action is action]
    if not earlier:
        return False
    if action not in TABLE[state]:
        return True
    return said[-1].action is action and said[-1].details == details
