"""What fails is tried again with growing delays, and in the end kept with all that a repairer needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import amqp
import eventlet
import pytest
import sqlalchemy as sa
from servicekit.amqp import topology
from servicekit.entrypoints import Call, rpc
from servicekit.errors import Unavailable
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.testing.probes import OPERATOR, ProbeWork, until

from .test_facts import heard, listener, note, put

DELAYS = (0.2, 0.4, 0.8)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("servicekit.amqp.topology.RETRY_DELAYS_SECONDS", DELAYS)
    monkeypatch.setattr("servicekit.entrypoints.parking.MAX_ATTEMPTS", len(DELAYS) + 1)


def test_delays_grow_and_then_the_fact_is_kept_with_reason_attempts_and_origin(
    quick: None, start: Any, unique: str, channel: amqp.Channel, call: Any, sql: Callable[[str], Any]
) -> None:
    tried: list[float] = []
    origins: list[str] = []

    def fail(work: ProbeWork, message: Message) -> None:
        tried.append(time.monotonic())
        origins.append(message.headers.get("x-first-death-queue", ""))
        raise ValueError("the moon is full")

    start(listener(unique, f"{unique}_source", fail))
    put(channel, f"{unique}_source", "x")
    (kept,) = until(lambda: call(f"{unique}.list_failures", actor=OPERATOR)["items"])
    assert kept["reason_type"] == "ValueError"
    assert kept["reason"].startswith("ValueError in test_failures.py, line")
    assert kept["attempts"] == len(DELAYS) + 1
    assert sql("SELECT origin FROM failures") == [f"{unique}.events"]
    pauses = [later - earlier for earlier, later in pairwise(tried)]
    for pause, delay in zip(pauses, DELAYS, strict=True):
        assert pause >= delay - 0.02
    assert origins == ["", *(topology.retry_queue(unique, delay) for delay in DELAYS)]


def test_the_reason_names_no_person(start: Any, unique: str, channel: amqp.Channel, call: Any) -> None:
    """PostgreSQL's sentence repeats the row, and SQLAlchemy's the parameters."""

    def break_a_rule(work: ProbeWork, message: Message) -> None:
        work.connection.execute(
            sa.text("CREATE TEMPORARY TABLE people (email text CONSTRAINT one_each UNIQUE) ON COMMIT DROP")
        )
        for _ in range(2):
            work.connection.execute(
                sa.text("INSERT INTO people VALUES (:email)"), {"email": "sanne@meerwal.example"}
            )

    start(listener(unique, f"{unique}_source", break_a_rule))
    put(channel, f"{unique}_source", "x", application_headers=headers(attempt=8))
    (kept,) = until(lambda: call(f"{unique}.list_failures", actor=OPERATOR)["items"])
    assert kept["reason"] == "UniqueViolation (23505) people one_each"


def test_what_is_kept_in_another_encoding_keeps_its_bytes(
    start: Any, unique: str, channel: amqp.Channel, call: Any, settings: Any
) -> None:
    start(listener(unique, f"{unique}_source", note))
    body = '["é"]'.encode("latin-1")
    put(channel, f"{unique}_source", "", body=body, content_encoding="latin-1")
    until(lambda: call(f"{unique}.list_failures", actor=OPERATOR)["items"])
    engine = sa.create_engine(settings.database_url.replace("postgresql", "postgresql+psycopg2"))
    with engine.connect() as connection:
        assert bytes(connection.scalar(sa.text("SELECT body FROM failures"))) == body
    engine.dispose()


def test_a_handler_that_never_ends_is_ended_and_the_others_go_on(
    quick: None,
    start: Any,
    unique: str,
    channel: amqp.Channel,
    noted: Any,
    call: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("servicekit.entrypoints.inbox.HANDLING_LIMIT_SECONDS", 1.5)

    def hang(work: ProbeWork, message: Message) -> None:
        note(work, message)
        if message.data["text"] == "endless":
            eventlet.event.Event().wait()

    start(listener(unique, f"{unique}_source", hang))
    put(channel, f"{unique}_source", "endless", application_headers=headers(attempt=8))
    put(channel, f"{unique}_source", "other")
    until(lambda: heard(noted) == ["heard other"])
    (kept,) = until(lambda: call(f"{unique}.list_failures", actor=OPERATOR)["items"])
    assert kept["reason_type"] == "TookTooLong"


@pytest.mark.parametrize(("key", "runs"), [(None, 1), ("k", 2)])
def test_a_commit_whose_outcome_nobody_knows_is_tried_again_only_under_a_key(
    start: Any, unique: str, call: Any, sql: Callable[[str], Any], key: str | None, runs: int
) -> None:
    """The server goes away in the middle of each commit."""
    ran: list[int] = []

    class Probe(Service):
        name = unique
        work = WorkProvider(ProbeWork)

        @rpc()
        def change(self, call: Call) -> dict[str, Any]:
            with self.work() as work:
                ran.append(1)
                work.note("x")
            return {}

    start(Probe)
    sql("""
        CREATE FUNCTION vanish() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER vanish AFTER INSERT ON effects DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION vanish();
    """)
    with pytest.raises(Unavailable):
        call(f"{unique}.change", idempotency_key=key)
    assert len(ran) == runs


def headers(attempt: int) -> dict[str, Any]:
    return {"version": 1, "occurred_at": "2026-11-23T09:00:00+00:00", "x-attempt": attempt}
