"""The table of the repair list on a real PostgreSQL: pages, causes, bounds, races, and what its migration
makes of rows that were there.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from servicekit.actor import Actor
from servicekit.clock import FixedClock
from servicekit.errors import Conflict, Invalid, NotFound
from servicekit.recovery import acting, looking
from servicekit.recovery.acting import Repair
from servicekit.recovery.failed import Failed, State, failure_id
from servicekit.recovery.store import Failures
from servicekit.storage import METADATA, Context, Transaction, UnitOfWork, inbox
from servicekit.storage.migrating import create_tables, keep_failures_of_every_kind
from servicekit.testing.databases import administer, named
from servicekit.testing.repairs import Desk, outcomes

from servicekit import database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def empty(postgres_url: str) -> Iterator[sa.Engine]:
    """A database without tables."""
    name = f"failures_{uuid.uuid4().hex[:8]}"
    administer(postgres_url, f"CREATE DATABASE {name}")
    engine = database.create_engine(named(postgres_url, name), pool_size=8)
    yield engine
    engine.dispose()
    administer(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(empty: sa.Engine) -> sa.Engine:
    METADATA.create_all(empty)
    return empty


class Attempts:
    """What the list is a list of, in these tests: attempts that a rule may refuse or that break."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.refuse: set[str] = set()
        self.broken: set[str] = set()

    def lock(self, work: UnitOfWork, subject: dict[str, Any]) -> str:
        key = str(subject["label"])
        work.connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": key})
        return key

    def again(self, _work: UnitOfWork, key: str) -> None:
        if key in self.refuse:
            raise Conflict("no", "The rule says no to sanne@meerwal.example.")
        if key in self.broken:
            raise RuntimeError(key)
        self.done.append(key)


@pytest.fixture
def attempts() -> Attempts:
    return Attempts()


@pytest.fixture
def make(engine: sa.Engine) -> Callable[..., Any]:
    from contextlib import contextmanager

    @contextmanager
    def work(actor: Actor | None = None, now: datetime = NOW) -> Iterator[UnitOfWork]:
        context = Context("probe", actor or Actor("service", "probe", "probe"), FixedClock(now))
        transaction = Transaction(engine)
        try:
            yield UnitOfWork(transaction, context)
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    return work


@pytest.fixture
def desk(make: Callable[..., Any], attempts: Attempts) -> Desk:
    return Desk(make, {"attempt": Repair(attempts.lock, attempts.again)})


def fail(make: Callable[..., Any], *keys: str, type_: str = "thing", **more: Any) -> list[uuid.UUID]:
    for key in keys:
        with make() as work:
            failed = Failed("attempt", key, type_, "away", f"{key} is away.", {"label": key}, **more)
            work.failures.keep(failed, work.now)
    return [failure_id("attempt", key) for key in keys]


def labels(lines: list[dict[str, Any]]) -> list[str]:
    return [line["subject"]["label"] for line in lines]


# --- looking -----------------------------------------------------------------------------------------------


def test_pages_follow_on_each_other_newest_first(make: Any, engine: sa.Engine) -> None:
    fail(make, *"abcdefg")
    seen, cursor = [], None
    with engine.connect() as connection:
        while True:
            page = looking.list_failures(connection, State.OPEN, None, None, cursor, 3)
            seen += labels(page["items"])
            cursor = page["next_cursor"]
            if cursor is None:
                break
    assert seen == list("gfedcba")


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WyJhIl0", "WzEsMl0"])
def test_a_cursor_of_another_list_is_refused(engine: sa.Engine, cursor: str) -> None:
    with engine.connect() as connection, pytest.raises(Invalid):
        looking.list_failures(connection, State.OPEN, None, None, cursor, 3)


def test_causes_are_counted_with_the_newest_reason(make: Any, engine: sa.Engine) -> None:
    fail(make, "a", "b", "c")
    fail(make, "d", type_="other", replayable=False)
    with engine.connect() as connection:
        first, second = looking.count_failures(connection, State.OPEN, None)["items"]
        assert looking.count_failures(connection, State.OPEN, "mail")["items"] == []
    assert (first["cause"], first["count"], first["replayable"]) == ("attempt:thing:away", 3, 3)
    assert (first["reason"], second["replayable"]) == ("c is away.", 0)


def test_what_does_not_exist_is_not_found(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(NotFound):
        looking.get_failure(connection, uuid.uuid4())


def test_a_reason_is_kept_without_addresses(make: Any, desk: Desk) -> None:
    with make() as work:
        work.failures.keep(Failed("attempt", "k", "t", "r", "550 <sanne@meerwal.example> unknown"), work.now)
    assert desk.only()["reason"] == "550 (hidden) unknown"


# --- one row for one thing ---------------------------------------------------------------------------------


def test_what_fails_again_is_the_same_row_and_comes_first(make: Any, desk: Desk) -> None:
    fail(make, "a", "b")
    fail(make, "a")
    assert [(line["subject"]["label"], line["times"]) for line in desk.lines()] == [("a", 2), ("b", 1)]


@pytest.mark.parametrize("state", list(State))
def test_whatever_was_decided_it_is_open_again_when_it_fails_anew(
    make: Any, desk: Desk, state: State
) -> None:
    (one,) = fail(make, "a")
    with make() as work:
        work.connection.execute(sa.text("UPDATE failures SET state = :state, note = 'x'"), {"state": state})
    fail(make, "a")
    assert (desk.only()["state"], desk.only()["note"], desk.only()["failure_id"]) == ("open", None, str(one))


# (state before, what is told) -> state after
TOLD = {
    (State.OPEN, "resolve"): State.RESOLVED,
    (State.REPLAYED, "resolve"): State.RESOLVED,
    (State.RESOLVED, "resolve"): State.RESOLVED,
    (State.SET_ASIDE, "resolve"): State.SET_ASIDE,
    (State.OPEN, "tried_again"): State.REPLAYED,
    (State.REPLAYED, "tried_again"): State.REPLAYED,
    (State.RESOLVED, "tried_again"): State.RESOLVED,
    (State.SET_ASIDE, "tried_again"): State.REPLAYED,
}


@pytest.mark.parametrize(("before", "told"), list(TOLD))
def test_a_service_settles_what_was_put_right_by_another_way(
    make: Any, engine: sa.Engine, before: State, told: str
) -> None:
    (one,) = fail(make, "a")
    with make() as work:
        work.connection.execute(sa.text("UPDATE failures SET state = :state"), {"state": before})
        key: Any = ["a"] if told == "resolve" else "a"
        getattr(work.failures, told)("attempt", key, "by telephone", "Amira", work.now)
    with engine.connect() as connection:
        assert looking.get_failure(connection, one)["state"] == TOLD[before, told]


# (state, action) -> outcome, by its id
ACTIONS = {
    (State.OPEN, "replay"): "replayed",
    (State.SET_ASIDE, "replay"): "replayed",
    (State.REPLAYED, "replay"): "already",
    (State.RESOLVED, "replay"): "already",
    (State.OPEN, "set_aside"): "set_aside",
    (State.SET_ASIDE, "set_aside"): "already",
    (State.REPLAYED, "set_aside"): "already",
    (State.RESOLVED, "set_aside"): "already",
}


@pytest.mark.parametrize(("state", "action"), list(ACTIONS))
def test_what_may_be_done_in_which_state(make: Any, desk: Desk, state: State, action: str) -> None:
    (one,) = fail(make, "a")
    with make() as work:
        work.connection.execute(sa.text("UPDATE failures SET state = :state"), {"state": state})
    assert outcomes(getattr(desk, action)(one)) == [ACTIONS[state, action]]


# --- acting ------------------------------------------------------------------------------------------------


def test_one_that_is_refused_or_breaks_does_not_hold_up_the_others(
    make: Any, desk: Desk, attempts: Attempts
) -> None:
    fail(make, "good", "refused", "broken", "fine")
    attempts.refuse, attempts.broken = {"refused"}, {"broken"}
    answer = desk.replay(cause="attempt:thing:away")
    assert answer["counts"] == {"replayed": 2, "refused": 1, "failed": 1}
    assert answer["remaining"] == 2
    assert attempts.done == ["good", "fine"]
    assert sorted(labels(desk.lines())) == ["broken", "refused"]
    assert "sanne" not in str(answer)


def test_a_cause_is_taken_in_bounded_portions(
    make: Any, desk: Desk, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "MAX_AT_ONCE", 3)
    fail(make, *"abcde")
    first = desk.replay(cause="attempt:thing:away")
    assert (first["counts"], first["remaining"]) == ({"replayed": 3}, 2)
    second = desk.replay(cause="attempt:thing:away", up_to=first["up_to"])
    assert (second["counts"], second["remaining"]) == ({"replayed": 2}, 0)
    assert attempts.done == list("abcde")


def test_going_on_ends_even_when_everything_fails_anew_at_once(
    make: Any, desk: Desk, attempts: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "MAX_AT_ONCE", 2)
    fail(make, *"abcde")
    rounds, answer = 0, desk.replay(cause="attempt:thing:away")
    up_to = answer["up_to"]
    while answer["counts"].get("replayed"):
        rounds += 1
        fail(make, *(one["label"] for one in answer["items"]))
        answer = desk.replay(cause="attempt:thing:away", up_to=up_to)
    assert (rounds, answer["remaining"], sorted(attempts.done)) == (3, 0, list("abcde"))
    assert {line["times"] for line in desk.lines()} == {2}


def test_of_several_people_one_wins_and_the_others_are_told(
    make: Any, desk: Desk, attempts: Attempts
) -> None:
    ids = fail(make, *"abcdef")
    told: list[str] = []

    def act(how: Callable[..., dict[str, Any]]) -> None:
        told.extend(outcomes(how(*ids)))

    people = [threading.Thread(target=act, args=(how,)) for how in (desk.replay, desk.set_aside) * 3]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(told) == 36
    assert told.count("set_aside") <= len(ids)
    assert len(attempts.done) == len(set(attempts.done)) == told.count("replayed")
    assert {line["failure_id"] for line in desk.lines()} == set()


def test_a_reason_that_is_named_in_full_can_be_set_aside_with_who_and_when(make: Any, desk: Desk) -> None:
    (one,) = fail(make, "a")
    desk.set_aside(one, reason="  they moved  ")
    line = desk.only("set_aside")
    assert (line["note"], line["decided_by"], line["decided_at"]) == (
        "they moved",
        "Olga",
        "2026-11-23T09:00:00Z",
    )
    assert desk.history(one) == [("set_aside", "Olga", "they moved")]


# --- messages ----------------------------------------------------------------------------------------------


def message(**more: Any) -> dict[str, Any]:
    plain = {"kind": "message", "type": "a.told", "origin": "probe.events", "reason_type": "KeyError"}
    rest = {"reason": "x", "attempts": 8, "headers": {}, "body": b"{}", "subject": {"label": "a.told"}}
    return {"failure_id": uuid.uuid4(), "failed_at": NOW, "replayable": True, **plain, **rest, **more}


def test_the_double_of_a_message_that_was_handled_meanwhile_asks_for_nothing(
    engine: sa.Engine, desk: Desk
) -> None:
    row = message()
    with engine.begin() as connection:
        connection.execute(sa.insert(inbox).values(message_id=row["failure_id"]))
        Failures(connection).keep_message(row)
        Failures(connection).keep_message(message())
    assert len(desk.lines()) == 1
    assert desk.only("resolved")["failure_id"] == str(row["failure_id"])


def test_a_message_too_large_to_keep_is_listed_and_cannot_be_replayed(engine: sa.Engine, desk: Desk) -> None:
    row = message(body=None, replayable=False)
    with engine.begin() as connection:
        Failures(connection).keep_message(row)
    assert outcomes(desk.replay(row["failure_id"])) == ["refused"]


def test_without_the_broker_nothing_counts_as_replayed(engine: sa.Engine, desk: Desk) -> None:
    row = message()
    with engine.begin() as connection:
        Failures(connection).keep_message(row)
    assert outcomes(desk.replay(row["failure_id"])) == ["failed"]
    assert desk.only()["state"] == "open"


# --- in time -----------------------------------------------------------------------------------------------


def test_what_was_decided_long_ago_is_forgotten_and_what_is_open_never(
    make: Any, engine: sa.Engine, desk: Desk
) -> None:
    old, new = fail(make, "old", "new")
    fail(make, "open")
    for one, at in ((old, NOW - timedelta(days=40)), (new, NOW)):
        with make(now=at) as work:
            work.failures.resolve("attempt", ["old" if one == old else "new"], "x", "probe", work.now)
    with engine.begin() as connection:
        forgotten = [Failures(connection).forget(state, NOW - timedelta(days=30), 10) for state in State]
    assert sum(forgotten) == 1
    assert labels(desk.lines("resolved") + desk.lines("open")) == ["new", "open"]


def test_rows_that_were_there_before_the_migration_stay_in_the_list(empty: sa.Engine) -> None:
    """As a version before wrote them."""

    class Op:
        def __init__(self, connection: sa.Connection) -> None:
            self._connection = connection

        def execute(self, statement: str) -> None:
            self._connection.execute(sa.text(statement))

    one = uuid.uuid4()
    with empty.begin() as connection:
        create_tables(Op(connection))
        connection.execute(
            sa.text(
                "INSERT INTO failures (message_id, type, origin, reason_type, reason, attempts, failed_at,"
                " headers, body, state) VALUES (:id, 'a.told', 'probe.events', 'KeyError', 'x', 8, now(),"
                " '{}', '{}', 'open')"
            ),
            {"id": one},
        )
        keep_failures_of_every_kind(Op(connection))
        (line,) = looking.list_failures(connection, State.OPEN, None, None, None, 5)["items"]
    assert (line["failure_id"], line["cause"], line["subject"]) == (
        one,
        "message:a.told:KeyError",
        {"label": "a.told"},
    )


def test_the_same_thing_has_the_same_id_everywhere() -> None:
    assert failure_id("attempt", "a") == failure_id("attempt", "a") != failure_id("attempt", "b")
