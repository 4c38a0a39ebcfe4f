"""Calls are answered once, by name, in time, or refused for a reason."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import amqp
import eventlet
import pytest
import sqlalchemy as sa
from eventlet import patcher
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
from servicekit.testing.probes import AGENT, PATIENCE_SECONDS, ProbeWork, until

from servicekit import json


class FarFuture(datetime):
    """A moment that fits AMQP's 64 bits and no calendar."""

    def utctimetuple(self) -> Any:
        return (1970, 1, 10**12, 0, 0, 0)


class NotAllowed(Exception):
    code = "not_allowed_now"


class Locking:
    work = WorkProvider(ProbeWork)

    @rpc()
    def lock(self, call: Call, first: int, second: int) -> dict[str, Any]:
        with self.work() as work:
            for number in (first, second):
                work.connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
                eventlet.sleep(0.3)
            work.note(f"{first} {second}")
            return {}


def probe(name: str) -> type[Service]:
    class Probe(Locking, Service):
        errors = {NotAllowed: Conflict}

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
        def answer_nonsense(self, call: Call) -> Any:
            return object()

        @rpc()
        def leak_a_timeout(self, call: Call) -> dict[str, Any]:
            with eventlet.Timeout(0.05):
                eventlet.sleep(1)
            return {}

        @rpc()
        def sleep(self, call: Call, seconds: float) -> dict[str, Any]:
            with self.work() as work:
                work.note("sleeps")
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


@pytest.mark.parametrize("keys", [("k3", "k4"), (None, None)], ids=["with keys", "without"])
def test_of_two_that_wait_for_each_other_one_is_tried_again(
    service: str, call: Any, noted: Any, keys: tuple[str | None, str | None]
) -> None:
    pile = eventlet.GreenPile(2)
    for (first, second), key in zip(((1, 2), (2, 1)), keys, strict=True):
        pile.spawn(call, f"{service}.lock", first=first, second=second, idempotency_key=key)
    assert list(pile) == [{}, {}]
    assert sorted(noted()) == ["1 2", "2 1"]


def test_a_caller_waits_no_longer_than_its_deadline(service: str, call: Any, noted: Any) -> None:
    with pytest.raises(DeadlineExceeded):
        call(f"{service}.sleep", timeout=0.3, seconds=3)
    assert "slept" not in noted()  # what it waited for is not over yet


def test_a_call_that_nobody_took_in_time_is_not_carried_out(
    start: Any, call: Any, unique: str, noted: Any
) -> None:
    start(probe(unique)).stop()
    with pytest.raises(DeadlineExceeded):
        call(f"{unique}.once", timeout=0.3, text="late")
    start(probe(unique))
    call(f"{unique}.once", text="in time")
    assert noted() == ["in time"]


def test_a_call_that_came_while_the_process_computed_is_not_carried_out(
    service: str, call: Any, noted: Any
) -> None:
    late = eventlet.spawn(call, f"{service}.once", timeout=0.3, text="late")
    eventlet.sleep(0)
    patcher.original("time").sleep(1.5)  # no greenlet of this process runs meanwhile
    with pytest.raises(DeadlineExceeded):
        late.wait()
    call(f"{service}.once", text="in time")
    assert noted() == ["in time"]


@pytest.mark.parametrize("hours", [-3, 3])
def test_clocks_that_differ_do_not_matter_to_deadlines(
    service: str, call: Any, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    real = time.time
    caller = eventlet.getcurrent()

    def of_host() -> float:
        """The service's clock; the caller's own greenlet keeps the right time."""
        return real() + (0 if eventlet.getcurrent() is caller else hours * 3600)

    monkeypatch.setattr("servicekit.entrypoints.server.time.time", of_host)
    monkeypatch.setattr("servicekit.actor.time", SimpleNamespace(time=real))
    assert call(f"{service}.echo", timeout=PATIENCE_SECONDS, text="x")["text"] == "x"


@pytest.mark.parametrize(("seconds", "good"), [(-120, True), (120, True), (400, False)])
def test_a_signed_actor_bears_two_minutes_of_difference(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, seconds: int, good: bool
) -> None:
    token = Signer(settings.actor_secret).sign(Actor("person", "x"))
    real = time.time
    monkeypatch.setattr("servicekit.actor.time", SimpleNamespace(time=lambda: real() + seconds))
    verify = Signer(settings.actor_secret).verify
    if good:
        assert verify(token).id == "x"
    else:
        with pytest.raises(Unauthenticated):
            verify(token)


@pytest.mark.parametrize("properties", [{}, {"reply_to": "gone.for.ever"}])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"{}", b'{"args": [1], "kwargs": {}}', b'{"kwargs": 3}'])
def test_hostile_calls_leave_the_service_alive(
    service: str, call: Any, channel: amqp.Channel, body: bytes, properties: dict[str, Any]
) -> None:
    channel.basic_publish(amqp.Message(body, **properties), topology.RPC_EXCHANGE, f"{service}.echo")
    assert call(f"{service}.echo", text="still here")["text"] == "still here"


ODD_PROPERTIES = [
    {"correlation_id": b"\xff\xfe"},
    {"message_id": b"\x80", "reply_to": b"\xff"},
    {"application_headers": {"when": FarFuture(1970, 1, 1, tzinfo=UTC)}},
    {"application_headers": {"timeout": "soon", "idempotency_key": [1], "actor": {}}},
]


@pytest.mark.parametrize("properties", ODD_PROPERTIES)
def test_properties_that_nobody_can_read_leave_the_service_connected(
    service: str, call: Any, channel: amqp.Channel, properties: dict[str, Any]
) -> None:
    channel.basic_publish(amqp.Message(b"{}", **properties), topology.RPC_EXCHANGE, f"{service}.echo")
    assert call(f"{service}.echo", timeout=PATIENCE_SECONDS, text="still here")["text"] == "still here"


def test_a_method_name_that_nobody_can_read_leaves_the_service_connected(
    service: str, call: Any, channel: amqp.Channel
) -> None:
    key = f"{service}.".encode() + b"\xff\xfe"
    channel.send_method(
        amqp.spec.Basic.Publish, "Bssbb", (0, topology.RPC_EXCHANGE, key, False, False), amqp.Message(b"{}")
    )
    assert call(f"{service}.echo", timeout=PATIENCE_SECONDS, text="still here")["text"] == "still here"


def test_answers_that_are_no_json_do_not_use_up_the_service(
    service: str, call: Any, settings: Settings
) -> None:
    for _ in range(settings.max_workers + 1):
        with pytest.raises(Internal):
            call(f"{service}.answer_nonsense", timeout=PATIENCE_SECONDS)
    assert call(f"{service}.echo", text="still here")["text"] == "still here"


def test_a_method_that_leaks_a_timeout_is_answered(service: str, call: Any) -> None:
    with pytest.raises(Internal):
        call(f"{service}.leak_a_timeout", timeout=PATIENCE_SECONDS)


def test_a_call_that_hangs_does_not_keep_its_place(
    service: str, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicekit.entrypoints.execution.RUN_LIMIT_SECONDS", 0.3)
    with pytest.raises(Internal):
        call(f"{service}.sleep", timeout=PATIENCE_SECONDS / 2, seconds=PATIENCE_SECONDS)


def test_large_calls_and_answers_side_by_side_arrive_whole(service: str, call: Any) -> None:
    texts = [letter * 700_000 for letter in "abcdefgh"]
    pile = eventlet.GreenPile(len(texts))
    for text in texts:
        pile.spawn(call, f"{service}.echo", timeout=PATIENCE_SECONDS, text=text)
    assert [answer["text"] for answer in pile] == texts


def test_a_call_that_kills_its_process_does_so_twice_at_most(
    spawn: Any, settings: Settings, unique: str, call: Any, channel: amqp.Channel, noted: Any
) -> None:
    """Also without an expiration, as stock nameko sends it."""
    first = spawn(unique)
    headers = {"actor": Signer(settings.actor_secret).sign(AGENT)}
    body = json.dumps({"args": [], "kwargs": {"text": "die"}})
    message = amqp.Message(body, application_headers=headers)
    channel.basic_publish(message, topology.RPC_EXCHANGE, f"{unique}.do")
    second = spawn(unique)
    until(lambda: first.ended and second.ended)
    spawn(unique)
    assert call(f"{unique}.do", text="fine")["text"] == "fine"
    assert noted().count("began die") == 2


def test_a_stop_lets_running_calls_end(start: Any, call: Any, noted: Any, unique: str) -> None:
    container = start(probe(unique))
    running = eventlet.spawn(call, f"{unique}.sleep", seconds=0.5)
    until(lambda: "sleeps" in noted())
    container.stop()
    assert running.wait() == {}
    assert noted() == ["sleeps", "slept"]


def test_two_replicas_share_the_calls(start: Any, call: Any, unique: str, noted: Any) -> None:
    first = start(probe(unique))
    start(probe(unique))
    first.stop()
    assert until(lambda: call(f"{unique}.echo", text="x"))["text"] == "x"
