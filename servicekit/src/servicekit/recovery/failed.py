"""What failed, in the words of the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from servicekit.ids import derived_id

MESSAGE, UNROUTED = "message", "unrouted"  # kinds that every service has; the others are a service's own


class State(StrEnum):
    OPEN = "open"
    REPLAYED = "replayed"  # tried again; what came of it is not known yet
    RESOLVED = "resolved"  # it went well after all, or need not be done any more
    SET_ASIDE = "set_aside"


UNSETTLED = (State.OPEN, State.REPLAYED)
REPLAYED_FROM = (State.OPEN, State.SET_ASIDE)  # who names one that was set aside has thought again
SET_ASIDE_FROM = (State.OPEN,)


def failure_id(kind: str, key: str) -> UUID:
    """Of what failed in a service's own doing: the same thing is one row, however often it fails."""
    return derived_id("failure", kind, key)


@dataclass(frozen=True)
class Failed:
    """`key` is what failed, within its kind. `type` and `reason_type` are codes: with the kind they are the
    cause. `reason` is a sentence and `subject` has a `label` that a person recognises, and ids to link to:
    neither holds a personal value.
    """

    kind: str
    key: str
    type: str
    reason_type: str
    reason: str
    subject: dict[str, Any] = field(default_factory=dict)
    attempts: int = 1
    replayable: bool = True

    @property
    def failure_id(self) -> UUID:
        return failure_id(self.kind, self.key)
