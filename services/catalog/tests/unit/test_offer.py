"""What is on offer: every action in every state, for products and articles alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from catalog.domain import article as articles
from catalog.domain import product as products
from catalog.domain.errors import NotInThisState, TooFarAway
from catalog.domain.offer import FARTHEST, TABLE, Action, State

from ..samples import article, product, text  # noqa: TID252  samples of this service alone

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


def a_product() -> Any:
    return products.first_version(UUID(int=1), products.ProductContent.of(product()), NOW)


def an_article() -> Any:
    return articles.first_version(UUID(int=1), articles.ArticleContent.of(article()), NOW)


NEXT = {
    a_product: products.ProductContent.of(product(name=text("Anders", "Other"))),
    an_article: articles.ArticleContent.of(article(title=text("Anders", "Other"))),
}
INTO: dict[State, Callable[[Any], Any]] = {
    State.OFFERED: lambda item: None,
    State.LEAVING: lambda item: item.plan_withdrawal(TOMORROW, NOW),
    State.WITHDRAWN: lambda item: item.withdraw(NOW),
}
# (state, action) -> the state after it, or "refused".
CELLS = {
    (State.OFFERED, Action.PUBLISH): State.OFFERED,
    (State.OFFERED, Action.WITHDRAW): State.WITHDRAWN,
    (State.OFFERED, Action.PLAN): State.LEAVING,
    (State.OFFERED, Action.KEEP): "refused",
    (State.LEAVING, Action.PUBLISH): State.LEAVING,
    (State.LEAVING, Action.WITHDRAW): State.WITHDRAWN,
    (State.LEAVING, Action.PLAN): State.LEAVING,
    (State.LEAVING, Action.KEEP): State.OFFERED,
    (State.WITHDRAWN, Action.PUBLISH): State.OFFERED,
    (State.WITHDRAWN, Action.WITHDRAW): State.WITHDRAWN,
    (State.WITHDRAWN, Action.PLAN): "refused",
    (State.WITHDRAWN, Action.KEEP): "refused",
}


def act(item: Any, action: Action, following: Any) -> None:
    if action is Action.PUBLISH:
        assert item.publish(following, NOW)
    elif action is Action.PLAN:
        item.plan_withdrawal(TOMORROW, NOW)
    elif action is Action.KEEP:
        item.keep()
    else:
        item.withdraw(NOW)


def test_the_cells_are_all_there_are() -> None:
    assert set(CELLS) == {(state, action) for state in State for action in Action}
    assert {cell: after for cell, after in CELLS.items() if after != "refused"} == {
        (state, action): after for state, actions in TABLE.items() for action, after in actions.items()
    }


@pytest.mark.parametrize("made", NEXT, ids=lambda made: made.__name__)
@pytest.mark.parametrize(("state", "action"), CELLS, ids=str)
def test_every_action_in_every_state(made: Callable[[], Any], state: State, action: Action) -> None:
    item, wanted = made(), CELLS[state, action]
    INTO[state](item)
    assert item.state is state
    if wanted == "refused":
        with pytest.raises(NotInThisState) as refused:
            act(item, action, NEXT[made])
        assert str(refused.value).endswith(".")
        wanted = state
    else:
        act(item, action, NEXT[made])
    assert item.state is wanted


@pytest.mark.parametrize("made", NEXT, ids=lambda made: made.__name__)
def test_the_same_content_offers_again_what_was_withdrawn(made: Callable[[], Any]) -> None:
    item = made()
    assert not item.publish(item.content, NOW)
    item.withdraw(NOW)
    assert item.publish(item.content, TOMORROW)
    assert (item.version, item.withdrawn_at, item.published_at) == (2, None, TOMORROW)


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(seconds=1), NOW + FARTHEST + timedelta(seconds=1)])
def test_the_past_and_the_far_future_are_no_moments_to_withdraw(at: datetime) -> None:
    with pytest.raises(TooFarAway):
        an_article().plan_withdrawal(at, NOW)
