"""Calls are answered once, by name, in time, or refused for a reason."""

from __future__ import annotations

import time
from typing import Any

import amqp
import eventlet
import pytest
from servicekit.actor import Actor, Signer
from servicekit.amqp import topology
from servicekit.entrypoints import Call, rpc
from servicekit.errors import (
    Conflict,
    DeadlineExceeded,
    Forbidden,
    IdempotencyMismatch,
    Internal,
    Invalid,
    NotFound,
    Unauthenticated,
    Unavailable,
)
from servicekit.rpc_client import RpcClient
from servicekit.service import Service
from servicekit.settings import Settings
from servicekit.storage import WorkProvider
from servicekit.testing.probes import ProbeWork, until

from servicekit import json


class NotAllowed(Exception):
    code = "not_allowed_now"


def probe(name: str) -> type[Service]:
    class Probe(Service):
        errors = {NotAllowed: Conflict}
        work = WorkProvider(ProbeWork)

        @rpc()
        def echo(self, call: Call, text: str) -> dict[str, Any]:
            return {"text": text, "by": call.actor.name}

        @rpc("requests.triage")
        def triage(self, call: Call) -> dict[str, Any]:
            return {"by": call.actor.id}

        @rpc()
        def once(self, call: Call, text: str) -> dict[str, Any]:
            with self.work() as work:
                work.note(text)
                return {"text": text, "id": work.new_id()}

        @rpc()
        def refuse(self, call: Call) -> dict[str, Any]:
            with self.work() as work:
                work.note("never")
                raise NotAllowed("The order is cancelled; make a new one.")

        @rpc()
        def crash(self, call: Call) -> dict[str, Any]:
            raise RuntimeError("secret detail")

        @rpc()
        def sleep(self, call: Call, seconds: float) -> dict[str, Any]:
            eventlet.sleep(seconds)
            with self.work() as work:
                work.note("slept")
            return {}

    Probe.name = name
    return Probe


@pytest.fixture
def service(start: Any, unique: str) -> str:
    start(probe(unique))
    return unique


def test_an_answer_comes_back(service: str, call: Any) -> None:
    assert call(f"{service}.echo", text="héé") == {"text": "héé", "by": "Amira"}


def test_without_a_signed_actor_nothing_runs(service: str, call: Any) -> None:
    with pytest.raises(Unauthenticated):
        call(f"{service}.echo", actor=None, text="x")


def test_a_forged_actor_is_refused(service: str, settings: Settings) -> None:
    forger = RpcClient(settings.amqp_url, Signer("another secret"))
    with pytest.raises(Unauthenticated):
        forger.call(
            f"{service}.echo", actor=Actor("person", "x", roles=frozenset({"administrator"})), text="x"
        )
    forger.close()


def test_a_role_without_the_permission_is_refused(service: str, call: Any) -> None:
    with pytest.raises(Forbidden):
        call(f"{service}.triage", actor=Actor("person", "r", roles=frozenset({"requester"})))


def test_a_domain_error_keeps_its_code_and_leaves_nothing_behind(service: str, call: Any, noted: Any) -> None:
    with pytest.raises(Conflict) as refused:
        call(f"{service}.refuse")
    assert (refused.value.code, refused.value.detail) == (
        "not_allowed_now",
        "The order is cancelled; make a new one.",
    )
    assert noted() == []


def test_a_fault_of_ours_tells_no_detail(service: str, call: Any) -> None:
    with pytest.raises(Internal) as fault:
        call(f"{service}.crash")
    assert "secret" not in str(fault.value)


@pytest.mark.parametrize(("arguments", "error"), [({}, Invalid), ({"text": "x", "more": 1}, Invalid)])
def test_wrong_arguments_are_named(service: str, call: Any, arguments: dict[str, Any], error: type) -> None:
    with pytest.raises(error):
        call(f"{service}.echo", **arguments)


def test_an_unknown_method_and_an_unknown_service(service: str, call: Any) -> None:
    with pytest.raises(NotFound):
        call(f"{service}.nothing")
    with pytest.raises(Unavailable):
        call("nobody_at_all.nothing")


def test_the_same_key_has_its_effect_once_and_the_same_answer(service: str, call: Any, noted: Any) -> None:
    first = call(f"{service}.once", text="a", idempotency_key="k1")
    again = call(f"{service}.once", text="a", idempotency_key="k1")
    assert again == first
    assert noted() == ["a"]
    with pytest.raises(IdempotencyMismatch):
        call(f"{service}.once", text="b", idempotency_key="k1")
    assert noted() == ["a"]


def test_ten_at_once_under_one_key_have_one_effect(service: str, call: Any, noted: Any) -> None:
    pile = eventlet.GreenPile(10)
    for _ in range(10):
        pile.spawn(call, f"{service}.once", text="a", idempotency_key="k2")
    assert len({answer["id"] for answer in pile}) == 1
    assert noted() == ["a"]


def test_a_caller_waits_no_longer_than_its_deadline(service: str, call: Any) -> None:
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        call(f"{service}.sleep", timeout=0.3, seconds=3)
    assert time.monotonic() - started < 1


def test_a_call_after_its_deadline_is_not_carried_out(
    service: str, channel: amqp.Channel, noted: Any
) -> None:
    headers = {
        "deadline": f"{time.time() - 1:.3f}",
        "actor": Signer("probe-secret").sign(Actor("person", "x")),
    }
    body = json.dumps({"args": [], "kwargs": {"text": "late"}})
    message = amqp.Message(body, reply_to="nowhere", correlation_id="1", application_headers=headers)
    channel.basic_publish(message, topology.RPC_EXCHANGE, f"{service}.once")
    eventlet.sleep(0.5)
    assert noted() == []


@pytest.mark.parametrize("properties", [{}, {"reply_to": "gone.for.ever"}])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"{}", b'{"args": [1], "kwargs": {}}', b'{"kwargs": 3}'])
def test_hostile_calls_leave_the_service_alive(
    service: str, call: Any, channel: amqp.Channel, body: bytes, properties: dict[str, Any]
) -> None:
    channel.basic_publish(amqp.Message(body, **properties), topology.RPC_EXCHANGE, f"{service}.echo")
    assert call(f"{service}.echo", text="still here")["text"] == "still here"


def test_a_stop_lets_running_calls_end(start: Any, call: Any, noted: Any, unique: str) -> None:
    container = start(probe(unique))
    running = eventlet.spawn(call, f"{unique}.sleep", seconds=0.5)
    eventlet.sleep(0.2)
    container.stop()
    assert running.wait() == {}
    assert noted() == ["slept"]


def test_two_replicas_share_the_calls(start: Any, call: Any, unique: str, noted: Any) -> None:
    first = start(probe(unique))
    start(probe(unique))
    first.stop()
    assert until(lambda: call(f"{unique}.echo", text="x"))["text"] == "x"
