"""What open pages hear, and what not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from gateway.live.hub import MOST_WAITING, REMEMBERED, Hub
from gateway.live.positions import Position
from gateway.live.topics import topics_of
from gateway.pages.live_mark import LiveMark
from servicekit.clock import FixedClock
from servicekit.errors import Forbidden
from servicekit.messages import Message

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def fact(number: int, kind: str = "intake.request_ready", **data: Any) -> Message:
    return Message(
        message_id=f"message-{number}", type=kind, version=1, occurred_at=MONDAY,
        data={"request_id": "r1", **data}, correlation_id="c",
    )  # fmt: skip


MINE = frozenset({"request:r1"})


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


@pytest.fixture
def hub(clock: FixedClock) -> Hub:
    """It has been listening for an hour."""
    made = Hub(clock)
    made.lost()
    clock.move(timedelta(hours=1))
    return made


def names(stream: Any) -> list[str]:
    return [event.name for event in stream.take(0)]


def test_a_page_hears_what_it_shows_and_nothing_else(hub: Hub) -> None:
    mine, other = hub.open(MINE, hub.position()), hub.open(frozenset({"request:r2"}), hub.position())
    hub.heard(fact(1))
    assert names(mine) == ["changed"]
    assert names(other) == []


def test_beside_the_list_of_all_each_request_that_is_opened_is_heard_of(hub: Hub) -> None:
    desk = hub.open(frozenset({"requests"}), hub.position())
    hub.heard(fact(1, requester={"person_id": "p"}))
    assert [event.topics for event in desk.take(0)] == [{"requests", "request:r1"}]


def test_what_happened_between_the_page_and_its_stream_comes_first(hub: Hub) -> None:
    hub.heard(fact(1))
    made = hub.position()
    hub.heard(fact(2))
    hub.heard(fact(3))
    assert names(hub.open(MINE, made)) == ["changed", "changed"]
    assert names(hub.open(MINE, hub.position())) == []


def test_a_page_that_comes_back_hears_what_it_missed(hub: Hub) -> None:
    first = hub.open(MINE, hub.position())
    for number in range(5):
        hub.heard(fact(number))
    seen = first.take(0)[2].position
    assert [event.position.number for event in hub.open(MINE, seen).take(0)] == [4 + 1, 5 + 1]


def test_another_replica_tells_what_it_heard_since_that_moment(hub: Hub, clock: FixedClock) -> None:
    """Its clock may be behind, and it may have heard things in another order: rather twice than never."""
    other = Hub(clock)
    other.lost()
    hub.heard(fact(1))
    clock.move(timedelta(minutes=10))
    made = other.position()
    assert names(hub.open(MINE, made)) == []
    clock.move(timedelta(seconds=-100))
    hub.heard(fact(2))
    assert names(hub.open(MINE, made)) == ["changed"]


def test_after_a_restart_a_page_looks_again_at_everything(hub: Hub, clock: FixedClock) -> None:
    made = hub.position()
    started = Hub(clock)
    started.lost()
    assert names(started.open(MINE, made)) == ["reset"]


def test_a_page_that_was_away_too_long_looks_again_at_everything(hub: Hub) -> None:
    made = hub.position()
    for number in range(REMEMBERED):
        hub.heard(fact(number))
    assert names(hub.open(frozenset({"request:r2"}), made)) == []
    hub.heard(fact(REMEMBERED))
    assert names(hub.open(frozenset({"request:r2"}), made)) == ["reset"]


def test_a_page_that_cannot_keep_up_looks_again_instead(hub: Hub) -> None:
    slow = hub.open(MINE, hub.position())
    for number in range(MOST_WAITING + 1):
        hub.heard(fact(number))
    assert names(slow) == ["reset"]


def test_when_facts_may_have_passed_unheard_all_pages_look_again(hub: Hub) -> None:
    made = hub.position()
    stream = hub.open(MINE, made)
    hub.lost()
    assert names(stream) == ["reset"]
    assert names(hub.open(MINE, made)) == ["reset"]


def test_a_page_that_does_not_say_since_when_looks_again(hub: Hub) -> None:
    assert names(hub.open(MINE, None)) == ["reset"]


def test_a_page_that_was_left_is_forgotten(hub: Hub) -> None:
    stream = hub.open(MINE, hub.position())
    hub.leave(stream)
    hub.heard(fact(1))
    assert len(hub) == 0
    assert names(stream) == []


@pytest.mark.parametrize(
    "text", ["", "message-1", "0123456x.1.1", "01234567.-1.1", "01234567.1.1\n", "01234567.١.1"]
)
def test_what_is_no_position_is_none(text: str) -> None:
    assert Position.read(text) is None


def test_a_position_is_read_as_it_was_written(hub: Hub) -> None:
    assert Position.read(str(hub.position())) == hub.position()


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (
            "intake.request_ready",
            {"request_id": "r", "requester": {"person_id": "p"}},
            {"requests", "request:r", "person:p"},
        ),
        (
            "dispatch.work_order_changed",
            {"request_id": "r", "provider": {"provider_id": "v"}},
            {"requests", "request:r", "provider:v"},
        ),
        (
            "dispatch.work_orders_planned",
            {"request_id": "r", "orders": [{"provider": {"provider_id": "v"}}]},
            {"requests", "request:r", "provider:v"},
        ),
        (
            "intake.request_touched",
            {
                "touched": [
                    {"request_id": "r", "requester": {"person_id": "p"}},
                    {"request_id": "s", "requester": {"person_id": None}},
                ]
            },
            {"requests", "request:r", "request:s", "person:p"},
        ),
        ("catalog.product_published", {"product_id": "x"}, {"catalogue"}),
        ("intake.odd", {"requester": "text", "orders": "text", "provider": None}, set()),
    ],
)
def test_what_a_fact_is_about(kind: str, data: dict[str, Any], expected: set[str]) -> None:
    assert topics_of(kind, data) == expected


def test_a_mark_is_for_one_account_and_says_since_when(hub: Hub) -> None:
    mark = LiveMark("secret")
    made = mark.make("me", ["request:r1"], hub.position())
    assert mark.read("me", made) == (MINE, hub.position())
    for account, text in (("you", made), ("me", made[:-2]), ("me", "")):
        with pytest.raises(Forbidden):
            mark.read(account, text)
