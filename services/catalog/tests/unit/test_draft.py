"""A draft: every action in every state, and what it takes to be published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from catalog.domain.draft import FARTHEST, TABLE, Action, Draft, State
from catalog.domain.errors import ContentRefused, NotInThisState, Overtaken, TooFarAway
from catalog.domain.product import ProductContent

from ..samples import product  # noqa: TID252  samples of this service alone

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
CONTENT = ProductContent.of(product())
OPEN = Draft(UUID(int=1), CONTENT, base_version=3)
SCHEDULED = replace(OPEN, state=State.SCHEDULED, publish_at=TOMORROW)
DRAFTS = {State.OPEN: OPEN, State.SCHEDULED: SCHEDULED}

# What each action does to a draft; None where nothing is left of it.
ACTS: dict[Action, Callable[[Draft], Draft | None]] = {
    Action.EDIT: lambda draft: draft.edit(CONTENT),
    Action.FOLLOW: lambda draft: draft.follow(4),
    Action.SCHEDULE: lambda draft: draft.schedule(TOMORROW, NOW),
    Action.UNSCHEDULE: lambda draft: draft.unschedule(),
    Action.PUBLISH: lambda draft: (draft.to_publish(3), None)[1],
    Action.DISCARD: lambda draft: draft.check(Action.DISCARD),
}
# (state, action) -> the state after it, None for gone, "refused".
CELLS = {
    (State.OPEN, Action.EDIT): State.OPEN,
    (State.OPEN, Action.FOLLOW): State.OPEN,
    (State.OPEN, Action.SCHEDULE): State.SCHEDULED,
    (State.OPEN, Action.UNSCHEDULE): "refused",
    (State.OPEN, Action.PUBLISH): None,
    (State.OPEN, Action.DISCARD): None,
    (State.SCHEDULED, Action.EDIT): "refused",
    (State.SCHEDULED, Action.FOLLOW): "refused",
    (State.SCHEDULED, Action.SCHEDULE): State.SCHEDULED,
    (State.SCHEDULED, Action.UNSCHEDULE): State.OPEN,
    (State.SCHEDULED, Action.PUBLISH): None,
    (State.SCHEDULED, Action.DISCARD): "refused",
}


def test_the_cells_are_all_there_are() -> None:
    assert set(CELLS) == {(state, action) for state in State for action in Action}
    assert {cell for cell, after in CELLS.items() if after != "refused"} == {
        (state, action) for state, actions in TABLE.items() for action in actions
    }


@pytest.mark.parametrize(("state", "action"), CELLS, ids=str)
def test_every_action_in_every_state(state: State, action: Action) -> None:
    wanted = CELLS[state, action]
    if wanted == "refused":
        with pytest.raises(NotInThisState) as refused:
            ACTS[action](DRAFTS[state])
        assert str(refused.value).endswith(".")
        return
    after = ACTS[action](DRAFTS[state])
    assert (after.state if after else None) == wanted
    assert after is None or after.revision == 2


def test_a_draft_may_be_unfinished_but_not_go_out_like_that() -> None:
    unfinished = OPEN.edit(ProductContent.of(product(category={}, process={"steps": []})))
    for attempt in (lambda: unfinished.to_publish(3), lambda: unfinished.schedule(TOMORROW, NOW)):
        with pytest.raises(ContentRefused) as refused:
            attempt()
        assert set(refused.value.problems) == {"category", "process.steps"}


@pytest.mark.parametrize("current", [None, 2, 4])
def test_what_was_published_meanwhile_is_not_overwritten_unseen(current: int | None) -> None:
    with pytest.raises(Overtaken):
        OPEN.to_publish(current)
    assert OPEN.follow(current).to_publish(current) == CONTENT


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(seconds=1), NOW + FARTHEST + timedelta(seconds=1)])
def test_the_past_and_the_far_future_are_no_moments_to_publish(at: datetime) -> None:
    with pytest.raises(TooFarAway):
        OPEN.schedule(at, NOW)


def test_one_that_was_given_up_says_why_until_it_is_changed() -> None:
    back = SCHEDULED.given_up("It was overtaken.")
    assert (back.state, back.publish_at, back.refused) == (State.OPEN, None, "It was overtaken.")
    assert back.edit(CONTENT).refused is None
