"""The draft of a product: a next version that somebody works on. It may be unfinished for as long as it is
one; what it becomes is a published version, now or on a date.

A product has one draft at most. A new product has nothing but its draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from catalog.domain.errors import NotInThisState, Overtaken, TooFarAway
from catalog.domain.product import ProductContent

FARTHEST = timedelta(days=731)


class State(StrEnum):
    OPEN = "draft"
    SCHEDULED = "scheduled"


class Action(StrEnum):
    EDIT = "edit"
    FOLLOW = "follow"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH = "publish"
    DISCARD = "discard"


# What becomes of the draft; None: it is gone, published or thrown away. What is not here is refused.
TABLE: dict[State, dict[Action, State | None]] = {
    State.OPEN: {
        Action.EDIT: State.OPEN,
        Action.FOLLOW: State.OPEN,
        Action.SCHEDULE: State.SCHEDULED,
        Action.PUBLISH: None,
        Action.DISCARD: None,
    },
    # What will be published by itself is not changed under the eyes of whoever planned it.
    State.SCHEDULED: {
        Action.SCHEDULE: State.SCHEDULED,
        Action.UNSCHEDULE: State.OPEN,
        Action.PUBLISH: None,
    },
}
PLANNED = "It is planned to be published. Take it off the calendar first."
REFUSALS = {
    (State.SCHEDULED, Action.EDIT): PLANNED,
    (State.SCHEDULED, Action.FOLLOW): PLANNED,
    (State.SCHEDULED, Action.DISCARD): PLANNED,
    (State.OPEN, Action.UNSCHEDULE): "It is not planned to be published.",
}


@dataclass(frozen=True)
class Draft:
    """`revision` counts its changes. `base_version`: the published version that it changes, None for a new
    product. `refused`: why the last attempt to publish it by itself was given up.
    """

    product_id: UUID
    content: ProductContent
    base_version: int | None
    revision: int = 1
    state: State = State.OPEN
    publish_at: datetime | None = None
    refused: str | None = None

    def edit(self, content: ProductContent) -> Draft:
        return replace(self._after(Action.EDIT), content=content, refused=None)

    def follow(self, current_version: int | None) -> Draft:
        """Its author has seen what was published meanwhile, and goes on with the draft as it is."""
        return replace(self._after(Action.FOLLOW), base_version=current_version, refused=None)

    def schedule(self, at: datetime, now: datetime) -> Draft:
        """Only what could be published now may be. Raises ContentRefused, TooFarAway."""
        after = self._after(Action.SCHEDULE)
        self.content.checked()
        if not now < at <= now + FARTHEST:
            raise TooFarAway("Choose a moment in the future, within two years.")
        return replace(after, publish_at=at.astimezone(UTC), refused=None)

    def unschedule(self) -> Draft:
        return replace(self._after(Action.UNSCHEDULE), publish_at=None)

    def given_up(self, why: str) -> Draft:
        """Its moment came and it could not be published: somebody has to look at it again."""
        return replace(self._after(Action.UNSCHEDULE), publish_at=None, refused=why)

    def to_publish(self, current_version: int | None) -> ProductContent:
        """What is published when it goes out now. Raises ContentRefused, Overtaken."""
        self.check(Action.PUBLISH)
        if current_version != self.base_version:
            raise Overtaken(
                f"Version {current_version} was published after this draft was begun. "
                "Compare the two, and let the draft follow that version."
            )
        return self.content.checked()

    def check(self, action: Action) -> None:
        """Raises NotInThisState."""
        if action not in TABLE[self.state]:
            raise NotInThisState(REFUSALS[self.state, action])

    def actions(self) -> list[str]:
        return [action.value for action in TABLE[self.state]]

    def _after(self, action: Action) -> Draft:
        self.check(action)
        after = TABLE[self.state][action]
        assert after is not None
        return replace(self, state=after, revision=self.revision + 1)
