"""Messaging: each scenario, played by stock nameko and by ours. A play answers what was seen."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import amqp
import eventlet
import kombu
from nameko.exceptions import RpcTimeout
from nameko.standalone.events import event_dispatcher
from nameko.standalone.rpc import ClusterRpcProxy
from servicekit.amqp import topology
from servicekit.amqp.publisher import ConfirmingPublisher, Outgoing, PublishFailed
from servicekit.errors import DeadlineExceeded
from servicekit.messages import Message
from servicekit.testing.probes import OPERATOR, PATIENCE_SECONDS, ProbeWork, until

from ..test_facts import heard, listener, note, put, teller  # noqa: TID252  own helpers
from .stage import Stage, comes, settle

PATIENCE = 3.0  # for what never ends
LATE = 15.0  # far later than agreed, also on a busy machine


@dataclass(frozen=True)
class Row:
    """What both are asked, and what each is seen to do."""

    scenario: str
    stock: Callable[[Stage], str]
    fault: str
    ours: Callable[[Stage], str]
    mended: str


def _raises_stock(stage: Stage) -> str:
    process = stage.stock()
    stage.publish_stock("fails")
    until(lambda: process.notes)
    settle(1.5)
    kept = stage.messages(stage.queue_of("fails"))
    return "lost" if process.notes == ["tried"] and kept == 0 else "kept"


def _raises_ours(stage: Stage) -> str:
    attempts: list[int] = []

    def fail(work: ProbeWork, message: Message) -> None:
        attempts.append(message.attempt)
        raise ValueError

    stage.start(listener(stage.unique, f"{stage.unique}_source", fail))
    put(stage.channel, f"{stage.unique}_source", "x")
    until(lambda: attempts == [1, 2])
    return "tried again"


def _requeue_stock(stage: Stage) -> str:
    process = stage.stock()
    stage.publish_stock("fails_requeued")
    if comes(lambda: len(process.notes) > 50):
        return "spins"
    return f"{len(process.notes)} times"


def _requeue_ours(stage: Stage) -> str:
    tried: list[float] = []

    def fail(work: ProbeWork, message: Message) -> None:
        tried.append(time.monotonic())
        raise ValueError

    stage.start(listener(stage.unique, f"{stage.unique}_source", fail))
    put(stage.channel, f"{stage.unique}_source", "x")
    until(lambda: len(tried) == 2)
    return "waits" if tried[1] - tried[0] > 0.9 else "spins"


def _undecodable_stock(stage: Stage) -> str:
    process = stage.stock()
    stage.publish_stock("told", b"\x80 no json")
    stage.publish_stock("told")
    until(lambda: process.notes)
    return "lost" if process.notes == ["heard"] and not stage.messages(stage.queue_of("told")) else "kept"


def _undecodable_ours(stage: Stage) -> str:
    stage.start(listener(stage.unique, f"{stage.unique}_source", note))
    put(stage.channel, f"{stage.unique}_source", "x", body=b"\x80 no json")
    until(lambda: stage.call(f"{stage.unique}.list_failures", actor=OPERATOR)["items"])
    return "kept"


def _call_without_reply_to(stage: Stage) -> None:
    message = amqp.Message(b'{"args": [], "kwargs": {"text": "x"}}', content_type="application/json")
    stage.channel.basic_publish(message, topology.RPC_EXCHANGE, f"{stage.unique}.do")


def _no_reply_to_stock(stage: Stage) -> str:
    for _ in range(2):
        process = stage.stock()
        _call_without_reply_to(stage)
        until(lambda process=process: process.replica.ended)  # type: ignore[misc]
    return "dies each time"


def _no_reply_to_ours(stage: Stage) -> str:
    stage.start(teller(stage.unique))
    _call_without_reply_to(stage)
    stage.call(f"{stage.unique}.tell", text="still here")
    return "goes on"


def _stop_stock(stage: Stage) -> str:
    process = stage.stock(lonely=True)
    stage.publish_stock("takes_long")
    until(lambda: process.notes)
    process.replica.signal(signal.SIGTERM)
    until(lambda: process.replica.ended)
    ended = process.notes == ["began", "ended"]
    again = stage.stock(lonely=True)
    return "runs again" if ended and comes(lambda: again.notes) else "ran once"


def _stop_ours(stage: Stage) -> str:
    first = stage.spawn(stage.unique)
    put(stage.channel, f"{stage.unique}_source", "take two seconds")
    until(lambda: first.hears("take two seconds"))
    first.signal(signal.SIGTERM)
    first.wait()
    stage.spawn(stage.unique)
    until(lambda: heard(stage.noted))
    settle()
    return "ran once" if heard(stage.noted) == ["heard take two seconds"] else "runs again"


def _hang_stock(stage: Stage) -> str:
    process = stage.stock()
    stage.publish_stock("never_ends")
    until(lambda: process.notes)
    process.replica.signal(signal.SIGTERM)
    settle(PATIENCE)
    return "ended" if process.replica.ended else "hangs"


def _hang_ours(stage: Stage) -> str:
    replica = stage.spawn(stage.unique, STOP_LIMIT="1")
    put(stage.channel, f"{stage.unique}_source", "hang")
    until(lambda: replica.hears("hang"))
    replica.signal(signal.SIGTERM)
    replica.wait()
    return "ended"


def _no_answer_stock(stage: Stage) -> str:
    _declare_silent_peer(stage)
    process = stage.stock()
    with ClusterRpcProxy({"AMQP_URI": stage.settings.amqp_url}, timeout=PATIENCE) as proxies:
        service = getattr(proxies, stage.unique)
        hung = [service.ask_peer.call_async() for _ in range(10)]
        settle(1)
        service.do.call_async("one more")
        settle(PATIENCE - 1)
        del hung
    return "ten starve the service" if "one more" not in process.notes else "goes on"


def _no_answer_ours(stage: Stage) -> str:
    _declare_silent_peer(stage)
    began = time.monotonic()
    try:
        stage.call(f"{stage.unique}_peer.anything", timeout=0.5)
    except DeadlineExceeded:
        return "given up in time" if time.monotonic() - began < LATE else "late"
    return "answered"


def _declare_silent_peer(stage: Stage) -> None:
    topology.declare_rpc_queue(stage.channel, f"{stage.unique}_peer")


def _late_stock(stage: Stage) -> str:
    first = stage.stock()
    first.replica.signal(signal.SIGTERM)
    until(lambda: first.replica.ended)
    given_up = ClusterRpcProxy({"AMQP_URI": stage.settings.amqp_url}, timeout=0.3)
    with contextlib.suppress(RpcTimeout), given_up as proxies:
        getattr(proxies, stage.unique).do("late")
    second = stage.stock()
    return "carried out" if comes(lambda: second.notes == ["late"]) else "not carried out"


def _late_ours(stage: Stage) -> str:
    stage.start(teller(stage.unique)).stop()
    try:
        stage.call(f"{stage.unique}.tell", timeout=0.3, text="late")
    except DeadlineExceeded:
        stage.start(teller(stage.unique))
        settle()
    return "carried out" if stage.noted() else "not carried out"


def _alarm_stock(stage: Stage) -> str:
    broker = stage.borrow_broker()
    with kombu.Connection(broker.url) as connection:
        kombu.Exchange(f"{stage.unique}.events", "topic", durable=True)(connection).declare()
    dispatch = event_dispatcher({"AMQP_URI": broker.url})
    dispatch(stage.unique, "told", {})
    broker.alarm(True)
    try:
        telling = eventlet.spawn(dispatch, stage.unique, "told", {})
        settle(PATIENCE)
        return "told" if telling.dead else "hangs"
    finally:
        broker.alarm(False)
        with eventlet.Timeout(PATIENCE_SECONDS):
            telling.wait()


def _alarm_ours(stage: Stage) -> str:
    stage.monkeypatch.setattr("servicekit.amqp.publisher.CONFIRM_TIMEOUT_SECONDS", 0.5)
    broker = stage.borrow_broker()
    publisher = ConfirmingPublisher(broker.url, declare=topology.declare_exchanges)
    message = Outgoing(topology.EVENTS_EXCHANGE, "nobody.told.v1", b"{}", {"message_id": "x"})
    publisher.publish(message)
    broker.alarm(True)
    began = time.monotonic()
    try:
        publisher.publish(message)
        return "told"
    except PublishFailed:
        return "given up in time" if time.monotonic() - began < LATE else "late"
    finally:
        broker.alarm(False)
        publisher.close()


def _nobody_listens_stock(stage: Stage) -> str:
    process = stage.stock()
    with ClusterRpcProxy({"AMQP_URI": stage.settings.amqp_url}, timeout=PATIENCE_SECONDS) as proxies:
        getattr(proxies, stage.unique).tell()
    return "confirmed and lost" if process.notes == ["told"] else "refused"


def _nobody_listens_ours(stage: Stage) -> str:
    stage.start(teller(stage.unique))
    stage.call(f"{stage.unique}.tell", text="into the void")

    def kept() -> Any:
        message = stage.channel.basic_get(topology.UNROUTED, no_ack=True)
        return message is not None and message.properties["type"] == f"{stage.unique}.told"

    until(kept)
    return "kept"


def _computing_stock(stage: Stage) -> str:
    process = stage.stock(heartbeat=1)
    stage.publish_stock("computes")
    until(lambda: "ended" in process.notes)
    if comes(lambda: process.replica.ended):
        return "loses its connection and runs again"
    return "runs again" if process.notes.count("began") > 1 else "goes on"


def _computing_ours(stage: Stage) -> str:
    replica = stage.spawn(stage.unique, HEARTBEAT="1")
    put(stage.channel, f"{stage.unique}_source", "compute four seconds")
    until(lambda: heard(stage.noted))
    settle(1)
    stage.call(f"{stage.unique}.do", text="still here")
    once = heard(stage.noted) == ["heard compute four seconds"]
    return "goes on, once in effect" if once and not replica.ended else "runs again"


ROWS = (
    Row("a handler raises", _raises_stock, "lost", _raises_ours, "tried again"),
    Row("a failing event is put back", _requeue_stock, "spins", _requeue_ours, "waits"),
    Row("a body can't be read", _undecodable_stock, "lost", _undecodable_ours, "kept"),
    Row("a call has no reply_to", _no_reply_to_stock, "dies each time", _no_reply_to_ours, "goes on"),
    Row("SIGTERM while a handler works", _stop_stock, "runs again", _stop_ours, "ran once"),
    Row("SIGTERM while a handler hangs", _hang_stock, "hangs", _hang_ours, "ended"),
    Row(
        "nobody answers a call",
        _no_answer_stock, "ten starve the service",
        _no_answer_ours, "given up in time",
    ),
    Row("a call was given up", _late_stock, "carried out", _late_ours, "not carried out"),
    Row("the broker has a memory alarm", _alarm_stock, "hangs", _alarm_ours, "given up in time"),
    Row("nobody listens", _nobody_listens_stock, "confirmed and lost", _nobody_listens_ours, "kept"),
    Row(
        "a handler computes longer than heartbeats allow",
        _computing_stock, "loses its connection and runs again",
        _computing_ours, "goes on, once in effect",
    ),
)  # fmt: skip
