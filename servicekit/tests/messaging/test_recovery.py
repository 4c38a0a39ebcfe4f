"""The repair list: what failed is kept, shown by cause, replayed once in effect, or set aside with a
reason.
"""

from __future__ import annotations

import uuid
from typing import Any

import amqp
import pytest
from servicekit.amqp import topology
from servicekit.entrypoints import on_event
from servicekit.errors import Forbidden, Invalid, NotFound, Permanent
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.testing.probes import OPERATOR, ProbeWork, until

from servicekit import json


class Mood:
    broken = True


@pytest.fixture
def mood() -> Mood:
    return Mood()


@pytest.fixture
def listener(start: Any, unique: str, mood: Mood) -> str:
    class Listener(Service):
        name = unique
        work = WorkProvider(ProbeWork)

        @on_event(f"{unique}.told")
        def told(self, message: Message) -> None:
            with self.work() as work:
                work.note(message.data["text"])
                if mood.broken:
                    raise Permanent("the spool is empty")

    start(Listener)
    return unique


@pytest.fixture
def failed(listener: str, channel: amqp.Channel, call: Any) -> list[str]:
    """Three facts that could not be handled."""
    for number in range(3):
        body = json.dumps({"text": f"fact {number}", "email": "sanne@meerwal.example"})
        properties = {
            "message_id": str(uuid.uuid4()),
            "type": f"{listener}.told",
            "application_headers": {"version": 1, "occurred_at": "2026-11-23T09:00:00+00:00"},
        }
        channel.basic_publish(
            amqp.Message(body, **properties), topology.EVENTS_EXCHANGE, f"{listener}.told.v1"
        )
    items = until(
        lambda: listing(call, listener)["items"] if len(listing(call, listener)["items"]) == 3 else None
    )
    return [one["message_id"] for one in items]


def listing(call: Any, service: str, state: str = "open") -> dict[str, Any]:
    found: dict[str, Any] = call(f"{service}.list_failures", actor=OPERATOR, state=state)
    return found


def test_failures_are_grouped_by_cause(listener: str, failed: list[str], call: Any) -> None:
    (group,) = listing(call, listener)["groups"]
    assert (group["count"], group["reason"]) == (3, "the spool is empty")
    assert group["type"] == f"{listener}.told"


def test_a_failure_is_read_without_personal_data(listener: str, failed: list[str], call: Any) -> None:
    found = call(f"{listener}.get_failure", actor=OPERATOR, message_id=failed[0])
    assert found["body"]["email"] == "(hidden)"
    assert found["body"]["text"].startswith("fact")


def test_replayed_failures_have_their_effect_once(
    listener: str, failed: list[str], call: Any, mood: Mood, noted: Any
) -> None:
    mood.broken = False
    cause = {"type": f"{listener}.told", "reason_type": "Permanent"}
    outcome = call(f"{listener}.replay_failures", actor=OPERATOR, cause=cause)
    assert sorted(outcome["replayed"]) == sorted(failed)
    until(lambda: sorted(noted()) == ["fact 0", "fact 1", "fact 2"])
    again = call(f"{listener}.replay_failures", actor=OPERATOR, message_ids=failed)
    assert (again["replayed"], again["skipped"]) == ([], 3)
    assert len(noted()) == 3


def test_what_fails_again_is_open_again(listener: str, failed: list[str], call: Any) -> None:
    call(f"{listener}.replay_failures", actor=OPERATOR, message_ids=failed[:1])
    until(lambda: any(one["times"] == 2 for one in listing(call, listener)["items"]))
    assert len(listing(call, listener)["items"]) == 3


def test_setting_aside_needs_a_reason(listener: str, failed: list[str], call: Any) -> None:
    with pytest.raises(Invalid):
        call(f"{listener}.set_aside_failures", actor=OPERATOR, message_ids=failed, reason=" ")
    call(f"{listener}.set_aside_failures", actor=OPERATOR, message_ids=failed[:2], reason="a test")
    assert len(listing(call, listener)["items"]) == 1
    assert {one["note"] for one in listing(call, listener, "set_aside")["items"]} == {"a test"}


def test_only_who_may_repair_repairs(listener: str, failed: list[str], call: Any) -> None:
    with pytest.raises(Forbidden):
        call(f"{listener}.replay_failures", message_ids=failed)
    with pytest.raises(NotFound):
        call(f"{listener}.get_failure", actor=OPERATOR, message_id=str(uuid.uuid4()))


@pytest.mark.parametrize("choice", [{}, {"message_ids": ["x"]}, {"cause": {"type": "only"}}])
def test_a_choice_must_be_clear(listener: str, call: Any, choice: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        call(f"{listener}.replay_failures", actor=OPERATOR, **choice)
