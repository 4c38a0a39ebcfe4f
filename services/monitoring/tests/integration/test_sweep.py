"""Warnings and breaches: once each, whatever happens around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from monitoring.domain.clocks import compute
from monitoring.handlers import agreements
from monitoring.handlers.sweep import sweep
from monitoring.storage.tables import requests

from ..samples import at  # noqa: TID252  samples of this service alone
from .conftest import contract
from .stories import HOURS, LEVELS, Story, tell, working

Work = Callable[..., Any]
Published = Callable[[sa.Connection], list[dict[str, Any]]]


@pytest.fixture
def told(work: Work, published: Published) -> Callable[[], list[tuple[str, str]]]:
    def read() -> list[tuple[str, str]]:
        with work() as w:
            events = [row for row in published(w.connection) if "deadline" in row["type"]]
        return [(row["type"].removeprefix("monitoring.deadline_"), row["data"]["clock"]) for row in events]

    return read


def swept(work: Work, now: str) -> int:
    with work(now=at(now)) as w:
        return int(sweep(w))


def test_a_clock_warns_once_and_breaks_once(agreed: Work, told: Any) -> None:
    tell(agreed, Story().accepted())
    assert swept(agreed, "Mon 11:59") == 0
    assert swept(agreed, "Mon 12:00") == 1
    assert told() == [("warning", "respond")]
    assert swept(agreed, "Mon 13:00") == 0
    assert swept(agreed, "Mon 13:01") == 1
    assert swept(agreed, "Mon 13:02") == 0
    assert told() == [("warning", "respond"), ("breached", "respond")]


def test_a_breach_says_whose_minutes_they_were(agreed: Work, published: Published) -> None:
    story = Story()
    supplier = story.order(2, "accepted", "Mon 11:00", previous="issued")
    tell(agreed, story.accepted(), supplier)
    swept(agreed, "Mon2 09:01")
    with agreed() as w:
        event = next(row["data"] for row in published(w.connection) if row["data"].get("clock") == "resolve")
    assert event["attribution"] == {"desk": 120, "requester": 0, "supplier": 2881}
    assert event["counterparty"] == "supplier"
    assert (event["due_at"], event["at"]) == ("2026-03-09T08:00:00Z", "2026-03-09T08:01:00Z")


@pytest.mark.parametrize(
    ("event", "when"),
    [
        pytest.param("intake.request_ready", "Mon 11:30", id="stopped"),
        pytest.param("intake.request_waiting", "Mon 11:30", id="asked"),
        pytest.param("intake.request_closed", "Mon 11:30", id="closed"),
    ],
)
def test_what_is_stopped_or_paused_warns_nobody(agreed: Work, told: Any, event: str, when: str) -> None:
    story = Story()
    tell(agreed, story.accepted(), story(event, when))
    swept(agreed, "Tue 09:00")
    assert told() == []


def test_a_breach_of_what_was_closed_is_seen_but_not_told(agreed: Work, told: Any) -> None:
    """As with old requests that are imported: nobody can act on them."""
    story = Story()
    tell(agreed, story.accepted(), story("intake.request_closed", "Mon 15:00"))
    assert swept(agreed, "Tue 09:00") == 0
    assert told() == []
    with agreed() as w:
        page = w.clocks.page(
            state="breached", breached=None, due_before=None, clock=None, cursor=None, limit=9
        )
    assert [row["clock"] for row in page["items"]] == ["respond"]


def test_after_a_reopening_the_clock_runs_on_and_can_break(agreed: Work, told: Any) -> None:
    story = Story()
    tell(
        agreed,
        story.accepted(),
        story.order(2, "accepted", "Mon 09:30", previous="issued"),
        story("intake.request_ready", "Mon 12:00"),
        story("intake.request_closed", "Tue 12:00"),
        story("intake.request_reopened", "Wed 12:00"),
    )
    swept(agreed, "Wed 13:00")
    assert told() == []
    swept(agreed, "Thu 17:00")
    assert told() == [("warning", "restore")]
    swept(agreed, "Fri 17:00")
    assert told() == [("warning", "restore"), ("breached", "restore")]


def test_one_that_cannot_be_computed_does_not_hold_up_the_others(
    agreed: Work, told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = Story(), Story("Mon 09:01")
    tell(agreed, bad.accepted(), good.accepted())

    def broken(facts: Any, *rest: Any) -> Any:
        if any(fact.data.get("received_at", "").startswith("2026-03-02T08:00") for fact in facts):
            raise ArithmeticError("a clock with thirteen hours")
        return compute(facts, *rest)

    monkeypatch.setattr("monitoring.domain.agreements.compute", broken)
    assert swept(agreed, "Mon 12:30") == 2
    assert told() == [("warning", "respond")]
    assert swept(agreed, "Mon 12:31") == 0
    with agreed() as w:
        kept = w.requests.get(bad.request_id)
    assert kept.problem == "ArithmeticError: a clock with thirteen hours"
    assert kept.next_look_at == at("Mon 13:30")

    monkeypatch.undo()
    assert swept(agreed, "Mon 13:30") == 2
    assert sorted(told()) == [("breached", "respond"), ("breached", "respond"), ("warning", "respond")]
    with agreed() as w:
        assert w.requests.get(bad.request_id).problem is None


def test_two_replicas_never_tell_the_same_thing(agreed: Work, told: Any) -> None:
    tell(agreed, *(Story().accepted() for _ in range(6)))
    with agreed(now=at("Mon 12:00")) as one, agreed(now=at("Mon 12:00")) as two:
        assert (sweep(one, limit=4), sweep(two, limit=4)) == (4, 2)
    assert told() == [("warning", "respond")] * 6


def test_a_sweep_that_is_rolled_back_has_told_nothing_and_is_done_again(agreed: Work, told: Any) -> None:
    tell(agreed, Story().accepted())

    def crash() -> None:
        with agreed(now=at("Mon 12:00")) as w:
            sweep(w)
            raise SystemExit

    with pytest.raises(SystemExit):
        crash()
    assert told() == []
    swept(agreed, "Mon 12:00")
    assert told() == [("warning", "respond")]


def test_another_contract_is_computed_over_all_that_is_open(agreed: Work, told: Any) -> None:
    running, closed = Story(), Story()
    tell(agreed, running.accepted(), closed.accepted(), closed("intake.request_closed", "Mon 09:30"))
    with agreed() as w:
        faster = [{**LEVELS[1], "respond": working(2)}]
        agreements.save_contract(w, "DVO Meerwal", **contract(faster))
    assert swept(agreed, "Mon 10:00") == 1
    assert swept(agreed, "Mon 10:01") == 0
    assert swept(agreed, "Mon 10:30") == 1
    assert told() == [("warning", "respond")]


def test_another_calendar_moves_the_deadlines(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.accepted())
    with agreed() as w:
        closed = {"first": "2026-03-03", "last": "2026-03-03", "name": "Staking"}
        agreements.save_calendar(w, "organisation", {**HOURS, "closings": [closed]})
    swept(agreed, "Mon 10:00")
    with agreed() as w:
        page = w.clocks.page(
            state=None, breached=None, due_before=None, clock="resolve", cursor=None, limit=9
        )
    assert page["items"][0]["due_at"] == at("Tue2 09:00")


def test_the_first_contract_reaches_what_came_before_it(work: Work, told: Any) -> None:
    tell(work, Story().accepted())
    with work() as w:
        agreements.save_calendar(w, "organisation", HOURS)
        agreements.save_contract(w, "DVO Meerwal", **contract(LEVELS))
    assert swept(work, "Mon 09:30") == 1
    assert swept(work, "Mon 12:00") == 1
    assert told() == [("warning", "respond")]


def test_many_that_are_due_go_in_batches(agreed: Work, told: Any) -> None:
    tell(agreed, *(Story().accepted() for _ in range(7)))
    with agreed(now=at("Mon 12:00")) as w:
        assert sweep(w, limit=5) == 5
    with agreed(now=at("Mon 12:00")) as w:
        assert sweep(w, limit=5) == 2
    assert len(told()) == 7


def test_the_sweep_reads_indexes_of_what_is_due_only(agreed: Work) -> None:
    with agreed() as w:
        w.connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        query = sa.select(requests.c.request_id).where(requests.c.next_look_at <= w.now + timedelta(1))
        compiled = query.compile(w.connection, compile_kwargs={"literal_binds": True})
        plan = "\n".join(w.connection.scalars(sa.text(f"EXPLAIN {compiled}")))
    assert "requests_next_look" in plan


def test_after_another_priority_what_comes_of_it_is_told_anew(agreed: Work, told: Any) -> None:
    """The P3 has breached; as a P1 the same clock has breached longer ago, and that is news."""
    story = Story()
    tell(agreed, story.accepted())
    swept(agreed, "Mon 13:01")
    assert told() == [("breached", "respond")]
    tell(agreed, story("intake.priority_changed", "Mon 13:05", priority="P1"))
    swept(agreed, "Mon 13:06")
    assert told() == [("breached", "respond"), ("breached", "respond")]
    assert swept(agreed, "Mon 13:07") == 0


def test_a_term_that_the_new_priority_does_not_have_is_gone(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.accepted(), story("intake.priority_changed", "Mon 09:30", priority="P1"))
    with agreed() as w:
        clocks = w.connection.execute(sa.text("SELECT clock FROM clocks")).scalars().all()
    assert sorted(clocks) == ["resolve", "respond"]


@pytest.mark.parametrize("word", ["request_updated", "promise_made"])
def test_word_from_the_desk_is_a_response(agreed: Work, told: Any, word: str) -> None:
    story = Story()
    tell(agreed, story.received(), story(f"intake.{word}", "Mon 10:00"))
    swept(agreed, "Mon 13:01")
    assert ("breached", "respond") not in told()
