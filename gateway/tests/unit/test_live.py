"""What open pages hear, and what not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.live.hub import MOST_WAITING, REMEMBERED, Hub
from gateway.live.topics import topics_of
from gateway.pages.live_mark import LiveMark
from servicekit.errors import Forbidden
from servicekit.messages import Message


def fact(number: int, kind: str = "intake.request_ready", **data: Any) -> Message:
    return Message(
        message_id=f"message-{number}", type=kind, version=1, occurred_at=datetime(2026, 3, 2, tzinfo=UTC),
        data={"request_id": "r1", **data}, correlation_id="c",
    )  # fmt: skip


def names(stream: Any) -> list[str]:
    return [event.message_id or event.name for event in stream.take(0)]


def test_a_page_hears_what_it_shows_and_nothing_else() -> None:
    hub = Hub()
    mine, other = hub.open(frozenset({"request:r1"}), None), hub.open(frozenset({"request:r2"}), None)
    hub.heard(fact(1))
    assert names(mine) == ["message-1"]
    assert names(other) == []


def test_a_page_that_comes_back_hears_what_it_missed() -> None:
    hub = Hub()
    for number in range(5):
        hub.heard(fact(number))
    assert names(hub.open(frozenset({"request:r1"}), "message-2")) == ["message-3", "message-4"]


def test_a_page_that_was_away_too_long_looks_again_at_everything() -> None:
    hub = Hub()
    for number in range(REMEMBERED + 2):
        hub.heard(fact(number))
    assert names(hub.open(frozenset({"request:r1"}), "message-0")) == ["reset"]


def test_a_page_that_cannot_keep_up_looks_again_instead() -> None:
    hub = Hub()
    slow = hub.open(frozenset({"request:r1"}), None)
    for number in range(MOST_WAITING + 1):
        hub.heard(fact(number))
    assert names(slow) == ["reset"]


def test_when_facts_may_have_passed_unheard_all_pages_look_again() -> None:
    hub = Hub()
    stream = hub.open(frozenset({"request:r1"}), None)
    hub.lost()
    assert names(stream) == ["reset"]


def test_a_page_that_was_left_is_forgotten() -> None:
    hub = Hub()
    stream = hub.open(frozenset({"request:r1"}), None)
    hub.leave(stream)
    hub.heard(fact(1))
    assert len(hub) == 0
    assert names(stream) == []


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
        ("catalog.product_published", {"product_id": "x"}, {"catalogue"}),
        ("intake.odd", {"requester": "text", "orders": "text", "provider": None}, set()),
    ],
)
def test_what_a_fact_is_about(kind: str, data: dict[str, Any], expected: set[str]) -> None:
    assert topics_of(kind, data) == expected


def test_a_mark_is_for_one_account() -> None:
    mark = LiveMark("secret")
    made = mark.make("me", ["request:r1"])
    assert mark.read("me", made) == {"request:r1"}
    for account, text in (("you", made), ("me", made[:-2]), ("me", "")):
        with pytest.raises(Forbidden):
            mark.read(account, text)
