"""A draft: the next version of a product or an article, that somebody works on. It may be unfinished for as
long as it is one; what it becomes is a published version, now or on a date.

There is one at most of each. What is new has nothing but its draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, Self, TypeVar
from uuid import UUID

from catalog.domain.errors import NotInThisState, Overtaken, TooFarAway
from catalog.domain.offer import FARTHEST


class Publishable(Protocol):
    """The content of a product or an article."""

    @property
    def slug(self) -> str: ...

    def to_dict(self) -> dict[str, Any]: ...

    def checked(self) -> Self:
        """As it is published. Raises ContentRefused."""
        ...


Content = TypeVar("Content", bound=Publishable)


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
class Draft(Generic[Content]):
    """`item_id`: of the product or the article. `revision` counts its changes. `base_version`: the published
    version that it changes, None for a new one. `refused`: why the last attempt to publish it by itself was
    given up.
    """

    item_id: UUID
    content: Content
    base_version: int | None
    revision: int = 1
    state: State = State.OPEN
    publish_at: datetime | None = None
    refused: str | None = None

    def edit(self, content: Content) -> Draft[Content]:
        return replace(self._after(Action.EDIT), content=content, refused=None)

    def follow(self, current_version: int | None) -> Draft[Content]:
        """Its author has seen what was published meanwhile, and goes on with the draft as it is."""
        return replace(self._after(Action.FOLLOW), base_version=current_version, refused=None)

    def schedule(self, at: datetime, now: datetime) -> Draft[Content]:
        """Only what could be published now may be. Raises ContentRefused, TooFarAway."""
        after = self._after(Action.SCHEDULE)
        self.content.checked()
        if not now < at <= now + FARTHEST:
            raise TooFarAway("Choose a moment in the future, within two years.")
        return replace(after, publish_at=at.astimezone(UTC), refused=None)

    def unschedule(self) -> Draft[Content]:
        return replace(self._after(Action.UNSCHEDULE), publish_at=None)

    def given_up(self, why: str) -> Draft[Content]:
        """Its moment came and it could not be published: somebody has to look at it again."""
        return replace(self._after(Action.UNSCHEDULE), publish_at=None, refused=why)

    def to_publish(self, current_version: int | None) -> Content:
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

    def _after(self, action: Action) -> Draft[Content]:
        self.check(action)
        after = TABLE[self.state][action]
        assert after is not None
        return replace(self, state=after, revision=self.revision + 1)
