"""The repair list: what failed is kept, shown by cause, replayed once in effect, or set aside with a
reason.
"""

from __future__ import annotations

import uuid
from typing import Any

import amqp
import eventlet
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


def tell(channel: amqp.Channel, listener: str, text: str, message_id: str = "") -> None:
    body = json.dumps({"text": text, "email": "sanne@meerwal.example"})
    properties = {
        "message_id": message_id or str(uuid.uuid4()),
        "type": f"{listener}.told",
        "application_headers": {"version": 1, "occurred_at": "2026-11-23T09:00:00+00:00"},
    }
    channel.basic_publish(amqp.Message(body, **properties), topology.EVENTS_EXCHANGE, f"{listener}.told.v1")


@pytest.fixture
def failed(listener: str, channel: amqp.Channel, call: Any) -> list[str]:
    """Three facts that could not be handled."""
    for number in range(3):
        tell(channel, listener, f"fact {number}")
    items = until(
        lambda: listing(call, listener)["items"] if len(listing(call, listener)["items"]) == 3 else None
    )
    return [one["failure_id"] for one in items]


def listing(call: Any, service: str, state: str = "open") -> dict[str, Any]:
    found: dict[str, Any] = call(f"{service}.list_failures", actor=OPERATOR, state=state)
    return found


def outcomes(answer: dict[str, Any]) -> list[str]:
    return [one["outcome"] for one in answer["items"]]


def test_failures_are_grouped_by_cause(listener: str, failed: list[str], call: Any) -> None:
    (group,) = call(f"{listener}.count_failures", actor=OPERATOR)["items"]
    assert (group["count"], group["replayable"], group["reason"]) == (3, 3, "the spool is empty")
    assert group["cause"] == f"message:{listener}.told:Permanent"


def test_a_failure_is_read_without_personal_data(listener: str, failed: list[str], call: Any) -> None:
    found = call(f"{listener}.get_failure", actor=OPERATOR, failure_id=failed[0])
    assert found["body"] == {"text": "(hidden)", "email": "(hidden)"}


def test_replayed_failures_have_their_effect_once(
    listener: str, failed: list[str], call: Any, mood: Mood, noted: Any
) -> None:
    mood.broken = False
    cause = f"message:{listener}.told:Permanent"
    answer = call(f"{listener}.replay_failures", actor=OPERATOR, cause=cause)
    assert (answer["counts"], answer["remaining"]) == ({"replayed": 3}, 0)
    until(lambda: sorted(noted()) == ["fact 0", "fact 1", "fact 2"])
    again = call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=failed)
    assert outcomes(again) == ["already"] * 3
    assert len(noted()) == 3


def test_what_was_handled_after_all_is_resolved(
    listener: str, failed: list[str], call: Any, mood: Mood
) -> None:
    mood.broken = False
    call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=failed)
    until(lambda: len(listing(call, listener, "resolved")["items"]) == 3)
    found = call(f"{listener}.get_failure", actor=OPERATOR, failure_id=failed[0])
    assert [(one["state"], one["by"]) for one in found["history"]] == [
        ("replayed", "Olga"),
        ("resolved", listener),
    ]


def test_the_original_that_comes_after_its_replay_has_no_second_effect(
    listener: str, failed: list[str], call: Any, mood: Mood, noted: Any, channel: amqp.Channel
) -> None:
    mood.broken = False
    call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=failed[:1])
    until(lambda: len(noted()) == 1)
    tell(channel, listener, "the original", message_id=failed[0])
    tell(channel, listener, "another")
    until(lambda: "another" in noted())
    assert sorted(noted()) == sorted([noted()[0], "another"])
    assert noted()[0].startswith("fact")


def test_what_fails_again_is_open_again(listener: str, failed: list[str], call: Any) -> None:
    call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=failed[:1])
    until(lambda: any(one["times"] == 2 for one in listing(call, listener)["items"]))
    assert len(listing(call, listener)["items"]) == 3


def test_a_replay_does_not_take_up_what_it_has_just_failed(
    listener: str, failed: list[str], call: Any
) -> None:
    """Going on with the number of the preview comes to an end, however often all of them fail anew."""
    cause = f"message:{listener}.told:Permanent"
    up_to = call(f"{listener}.preview_failures", actor=OPERATOR, cause=cause)["up_to"]
    first = call(f"{listener}.replay_failures", actor=OPERATOR, cause=cause, up_to=up_to)
    until(lambda: [one["times"] for one in listing(call, listener)["items"]] == [2, 2, 2])
    second = call(f"{listener}.replay_failures", actor=OPERATOR, cause=cause, up_to=up_to)
    assert (first["counts"], second["counts"], second["remaining"]) == ({"replayed": 3}, {}, 0)


def test_setting_aside_needs_a_reason(listener: str, failed: list[str], call: Any) -> None:
    with pytest.raises(Invalid):
        call(f"{listener}.set_aside_failures", actor=OPERATOR, failure_ids=failed, reason=" ")
    call(f"{listener}.set_aside_failures", actor=OPERATOR, failure_ids=failed[:2], reason="a test")
    assert len(listing(call, listener)["items"]) == 1
    aside = listing(call, listener, "set_aside")["items"]
    assert {(one["note"], one["decided_by"]) for one in aside} == {("a test", "Olga")}


def test_what_was_set_aside_can_be_replayed_by_its_id(
    listener: str, failed: list[str], call: Any, mood: Mood, noted: Any
) -> None:
    call(f"{listener}.set_aside_failures", actor=OPERATOR, failure_ids=failed, reason="not now")
    mood.broken = False
    cause = f"message:{listener}.told:Permanent"
    assert call(f"{listener}.replay_failures", actor=OPERATOR, cause=cause)["counts"] == {}
    assert outcomes(call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=failed[:1])) == [
        "replayed"
    ]
    until(lambda: len(noted()) == 1)


def test_only_who_may_repair_repairs(listener: str, failed: list[str], call: Any) -> None:
    with pytest.raises(Forbidden):
        call(f"{listener}.replay_failures", failure_ids=failed)
    with pytest.raises(Forbidden):
        call(f"{listener}.set_aside_failures", failure_ids=failed, reason="a test")
    with pytest.raises(NotFound):
        call(f"{listener}.get_failure", actor=OPERATOR, failure_id=str(uuid.uuid4()))


@pytest.mark.parametrize(
    "choice", [{}, {"failure_ids": ["x"]}, {"failure_ids": [], "cause": "a"}, {"cause": {"type": "only"}}]
)
def test_a_choice_must_be_clear(listener: str, call: Any, choice: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        call(f"{listener}.replay_failures", actor=OPERATOR, **choice)


def test_a_failure_that_does_not_exist_is_refused_by_itself(
    listener: str, failed: list[str], call: Any
) -> None:
    answer = call(f"{listener}.replay_failures", actor=OPERATOR, failure_ids=[str(uuid.uuid4()), failed[0]])
    assert sorted(outcomes(answer)) == ["refused", "replayed"]


@pytest.mark.parametrize("action", ["replay_failures", "set_aside_failures"])
def test_asked_again_under_the_same_key_it_gives_the_same_answer_and_does_nothing(
    listener: str, failed: list[str], call: Any, action: str
) -> None:
    which = {"failure_ids": failed, **({"reason": "a test"} if action == "set_aside_failures" else {})}
    first = call(f"{listener}.{action}", actor=OPERATOR, idempotency_key="k-1", **which)
    until(lambda: action == "set_aside_failures" or len(listing(call, listener)["items"]) == 3)
    second = call(f"{listener}.{action}", actor=OPERATOR, idempotency_key="k-1", **which)
    assert first == second
    times = [
        one["times"] for state in ("open", "set_aside") for one in listing(call, listener, state)["items"]
    ]
    assert times == ([2] * 3 if action == "replay_failures" else [1] * 3)


def test_two_who_replay_at_the_same_time_publish_each_message_once(
    listener: str, failed: list[str], call: Any, mood: Mood, noted: Any
) -> None:
    mood.broken = False
    cause = f"message:{listener}.told:Permanent"
    people = [
        eventlet.spawn(call, f"{listener}.replay_failures", actor=OPERATOR, cause=cause) for _ in range(3)
    ]
    words = [word for person in people for word in outcomes(person.wait())]
    assert words.count("replayed") == 3
    until(lambda: len(noted()) == 3)
