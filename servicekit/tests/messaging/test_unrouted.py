"""A fact that nobody listens to is seen in the list of the one service that keeps them, and has its effect
when a listener exists and it is replayed. And what is no fact at all does no harm.
"""

from __future__ import annotations

import uuid
from typing import Any

import amqp
import pytest
from servicekit.amqp import topology
from servicekit.broadcast import Broadcast
from servicekit.entrypoints import Call, on_event, rpc
from servicekit.messages import Message
from servicekit.recovery.collector import Collector
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.testing.probes import OPERATOR, ProbeWork, until

from servicekit import json

CANARIES = ("hunter2", "sds_token", "0612345678", "sanne@meerwal.example", "Mijn dochter is ziek")


def keeper(name: str) -> type[Service]:
    class Keeper(Service):
        work = WorkProvider(ProbeWork)
        recovery = Collector(unrouted=True)

    Keeper.name = name
    return Keeper


def teller(name: str) -> type[Service]:
    class Teller(Service):
        work = WorkProvider(ProbeWork)
        passing = Broadcast([f"{name}.#"])

        @rpc()
        def tell(self, call: Call) -> None:
            with self.work() as work:
                work.publish("told", {"text": "once"}, version=2)

    Teller.name = name
    return Teller


def listener(name: str, event: str, version: int) -> type[Service]:
    class Listener(Service):
        work = WorkProvider(ProbeWork)

        @on_event(event, version)
        def heard(self, message: Message) -> None:
            with self.work() as work:
                work.note(message.data["text"])

    Listener.name = name
    return Listener


def publish(channel: amqp.Channel, event: str, version: int, body: bytes, **more: Any) -> str:
    message_id = str(uuid.uuid4())
    headers = {"version": version, "occurred_at": "2026-11-23T09:00:00+00:00"}
    properties = {"message_id": message_id, "type": event, "application_headers": headers, **more}
    key = topology.routing_key(event, version)
    channel.basic_publish(amqp.Message(body, **properties), topology.EVENTS_EXCHANGE, key)
    return message_id


@pytest.fixture
def lines(call: Any, unique: str) -> Any:
    """lines() lists what stands open in the keeper, of this test's own events."""

    def read(state: str = "open") -> list[dict[str, Any]]:
        found = call(f"{unique}.list_failures", actor=OPERATOR, state=state, limit=100)["items"]
        return [line for line in found if line["type"].startswith(unique)]

    return read


@pytest.fixture
def unheard(start: Any, unique: str, channel: amqp.Channel, lines: Any) -> str:
    """The id of a fact of version 2, while at most version 1 has listeners."""
    start(keeper(unique))
    body = json.dumps({"text": "once", "request_id": "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01"})
    message_id = publish(channel, f"{unique}.told", 2, body, correlation_id="the-chain")
    until(lines)
    return message_id


def test_a_fact_without_listeners_is_in_the_list(unheard: str, unique: str, lines: Any) -> None:
    (line,) = lines()
    assert (line["kind"], line["cause"]) == ("unrouted", f"unrouted:{unique}.told.v2:NobodyListens")
    assert line["subject"]["request_id"] == "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01"


def test_an_open_page_is_no_listener(start: Any, unique: str, call: Any, lines: Any) -> None:
    """Pages hear all facts in passing; what only they hear is unheard all the same."""
    start(keeper(unique))
    start(teller(f"{unique}_told"))
    call(f"{unique}_told.tell")
    (line,) = until(lines)
    assert (line["kind"], line["type"]) == ("unrouted", f"{unique}_told.told.v2")


def test_replayed_before_there_is_a_listener_it_comes_back(
    unheard: str, unique: str, call: Any, lines: Any
) -> None:
    call(f"{unique}.replay_failures", actor=OPERATOR, failure_ids=[unheard])
    until(lambda: [one["times"] for one in lines()] == [2])


def test_replayed_when_there_is_a_listener_it_has_its_effect_once(
    unheard: str, unique: str, call: Any, lines: Any, start: Any, noted: Any
) -> None:
    start(listener(f"{unique}_new", f"{unique}.told", 2))
    call(f"{unique}.replay_failures", actor=OPERATOR, failure_ids=[unheard])
    until(lambda: noted() == ["once"])
    assert lines() == []
    # The rows of this test's services lie in one database, so the listener settles the keeper's row too.
    assert {line["failure_id"] for line in lines("replayed") + lines("resolved")} == {unheard}
    again = call(f"{unique}.replay_failures", actor=OPERATOR, failure_ids=[unheard])
    assert [one["outcome"] for one in again["items"]] == ["already"]
    assert noted() == ["once"]


def test_two_replicas_keep_one_row_per_fact(
    start: Any, unique: str, channel: amqp.Channel, lines: Any
) -> None:
    for _ in range(2):
        start(keeper(unique))
    sent = {publish(channel, f"{unique}.told", 2, b'{"text": "x"}') for _ in range(20)}
    until(lambda: len(lines()) == 20)
    assert {line["failure_id"] for line in lines()} == sent


POISON = [
    b"\x80\x04\x95 hunter2 sds_token",
    b'{"password": "hunter2", "token": "sds_token", "phone": "0612345678"',
    json.dumps(list(CANARIES)),
    json.dumps({canary: canary for canary in CANARIES}),
    json.dumps({"text": CANARIES[4], "email": CANARIES[3], "reference": CANARIES[2], "state": CANARIES[1]}),
]


@pytest.mark.parametrize("body", POISON)
@pytest.mark.parametrize("kind", ["unreadable", "unrouted"])
def test_poison_is_listed_and_none_of_it_is_readable_or_logged(
    start: Any,
    unique: str,
    channel: amqp.Channel,
    lines: Any,
    call: Any,
    capfd: pytest.CaptureFixture[str],
    kind: str,
    body: bytes,
) -> None:
    service = listener(unique, f"{unique}.told", 1) if kind == "unreadable" else keeper(unique)
    start(service)
    version = 1 if kind == "unreadable" else 2
    nasty = {"version": version, "password": CANARIES[0], "x-note": f"{CANARIES[3]}\0", "x-attempt": "\0"}
    more = {"application_headers": nasty, "correlation_id": "a\0b"}
    publish(channel, f"{unique}.told", version, body, **more)
    (line,) = until(lines)
    whole = call(f"{unique}.get_failure", actor=OPERATOR, failure_id=line["failure_id"])
    said = capfd.readouterr()
    for canary in CANARIES:
        assert canary not in str(whole)
        assert canary not in said.out + said.err
