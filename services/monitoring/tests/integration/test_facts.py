"""What others tell, in any order and number, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa
from monitoring.handlers.reading import get_clocks
from monitoring.storage.tables import clocks, requests
from servicekit.actor import service_actor

from ..samples import at, shown  # noqa: TID252  samples of this service alone
from .stories import Event, Story, tell

Work = Callable[..., Any]


def clocks_of(work: Work, story: Story, now: str) -> dict[str, dict[str, Any]]:
    with work(now=at(now)) as w:
        found = get_clocks(w, service_actor("test"), story.request_id)
    return {each["clock"]: each for each in found["clocks"]}


def rows_of(work: Work, story: Story) -> list[dict[str, Any]]:
    with work() as w:
        query = sa.select(clocks).where(clocks.c.request_id == story.request_id).order_by(clocks.c.clock)
        return [dict(row) for row in w.connection.execute(query).mappings()]


def test_a_standard_request_starts_its_clocks_at_receipt(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.accepted())
    found = clocks_of(agreed, story, "Mon 11:00")
    due = {name: shown(clock["due_at"]) for name, clock in found.items()}
    assert due == {"respond": "Mon 13:00", "restore": "Wed 09:00", "resolve": "Mon2 09:00"}
    assert found["resolve"]["level"] == {"priority": "P3", "minutes": 3000, "unit": "working_minutes"}
    assert found["resolve"]["contract"]["name"] == "DVO Meerwal"


def test_open_pages_hear_when_clocks_have_followed(
    agreed: Work, published: Callable[[sa.Connection], list[dict[str, Any]]]
) -> None:
    story = Story()
    tell(agreed, *[story.accepted()] * 2)
    with agreed() as w:
        signals = [row["data"]["touched"] for row in published(w.connection) if row["headers"].get("signal")]
    assert [[each["request_id"] for each in touched] for touched in signals] == [[str(story.request_id)]]


def test_triage_recomputes_with_the_level_of_what_it_became(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.received(kind=None, priority="P3"))
    assert shown(clocks_of(agreed, story, "Mon 10:00")["resolve"]["due_at"]) == "Mon2 09:00"
    tell(agreed, story.accepted("Mon 09:10", standard=False, priority="P1"))
    found = clocks_of(agreed, story, "Mon 10:00")
    assert set(found) == {"respond", "resolve"}
    assert (found["respond"]["state"], shown(found["respond"]["stopped_at"])) == ("met", "Mon 09:10")
    assert shown(found["resolve"]["due_at"]) == "Tue 09:00"
    assert {row["clock"] for row in rows_of(agreed, story)} == {"respond", "resolve"}


def test_a_wish_has_no_clocks(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.received(kind=None), story.accepted("Mon 09:10", standard=False, kind="wish"))
    assert clocks_of(agreed, story, "Mon 10:00") == {}
    assert rows_of(agreed, story) == []


def whole_story() -> tuple[Story, list[Event]]:
    story = Story()
    supplier = {"work_order_id": "01936f2a-7d52-7a11-8e02-3c1d8a90b101"}
    return story, [
        story.accepted(),
        story.order(2, "accepted", "Mon 10:00", previous="issued", **supplier),
        story("intake.request_waiting", "Mon 11:00"),
        story("intake.request_resumed", "Mon 13:00"),
        story.order(3, "technically_complete", "Tue 09:00", previous="in_progress", **supplier),
    ]


def test_any_order_of_arrival_gives_the_same(agreed: Work) -> None:
    story, events = whole_story()
    tell(agreed, *events, now="Tue 10:00")
    expected = [{**row, "request_id": None} for row in rows_of(agreed, story)]
    assert {row["paused_minutes"] for row in expected} == {0, 120}
    for arrived in list(permutations(range(len(events))))[1::13]:
        other, made = whole_story()
        tell(agreed, *(made[n] for n in arrived), now="Tue 10:00")
        assert [{**row, "request_id": None} for row in rows_of(agreed, other)] == expected


def test_what_is_told_twice_is_kept_once(agreed: Work) -> None:
    story, events = whole_story()
    tell(agreed, *events, now="Tue 10:00")
    before = rows_of(agreed, story)
    tell(agreed, *reversed(events), now="Tue 10:00")
    assert rows_of(agreed, story) == before
    with agreed() as w:
        assert len(w.requests.get(story.request_id).facts) == len(events)


def test_work_orders_pass_the_turn_to_the_supplier(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.accepted(), story("dispatch.work_orders_planned", "Mon 09:30"))
    assert clocks_of(agreed, story, "Mon 11:00")["resolve"]["counterparty"] in {"desk", "supplier"}
    tell(agreed, story.order(2, "accepted", "Mon 10:00", previous="issued"))
    found = clocks_of(agreed, story, "Mon 11:00")
    assert found["respond"]["state"] == "met"
    assert sum(found["resolve"]["attribution"].values()) == 120


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        pytest.param(
            {"state": "issued", "previous_state": "issued", "action": "deliver"}, False, id="delivery"
        ),
        pytest.param(
            {"state": "accepted", "previous_state": "issued", "action": "accept"}, True, id="a state"
        ),
        pytest.param(
            {"state": "issued", "previous_state": "issued", "action": "reroute"}, True, id="a provider"
        ),
    ],
)
def test_only_what_moves_a_clock_is_kept(agreed: Work, data: dict[str, Any], kept: bool) -> None:
    story = Story()
    event = story("dispatch.work_order_changed", "Mon 09:30", **data)
    tell(agreed, event)
    with agreed() as w:
        assert (w.requests.get(story.request_id) is not None) == kept


def test_facts_of_an_order_wait_for_the_request(agreed: Work) -> None:
    story = Story()
    tell(agreed, story.order(2, "accepted", "Mon 10:00", previous="issued"))
    assert rows_of(agreed, story) == []
    tell(agreed, story.accepted())
    assert shown(clocks_of(agreed, story, "Mon 11:00")["respond"]["stopped_at"]) == "Mon 10:00"


def test_without_any_contract_facts_are_kept_for_later(work: Work) -> None:
    story = Story()
    tell(work, story.accepted())
    assert clocks_of(work, story, "Mon 11:00") == {}
    with work() as w:
        assert w.requests.get(story.request_id).open


def test_two_transactions_that_make_the_same_request_both_get_their_say(agreed: Work) -> None:
    """As when intake's and dispatch's first facts reach two replicas at once."""
    from monitoring.domain.facts import Fact
    from monitoring.handlers import facts as handlers

    story = Story()
    engine = agreed.engine  # type: ignore[attr-defined]
    with agreed() as w:
        real = w.requests.lock

        def overtaken(request_id: Any) -> Any:
            """The first time, another transaction commits between our look and our insert."""
            found = real(request_id)
            w.requests.lock = real
            with engine.begin() as other:
                row = {"open": True, "facts": [], "told": {}, "generation": 0, "request_id": request_id}
                other.execute(sa.insert(requests).values(row))
            return found

        w.requests.lock = overtaken
        event = {"request_id": story.request_id}
        handlers._record(w, event, [Fact("resumed", at("Mon 10:00"), 1)])
    with agreed() as w:
        assert [each.kind for each in w.requests.get(story.request_id).facts] == ["resumed"]


def test_a_fact_costs_three_statements_and_the_word_to_open_pages(agreed: Work) -> None:
    """Creation is on everybody's path: the whole house has a budget per request. The word is one for all that
    are taken in together.
    """
    story = Story()
    tell(agreed, story.accepted())
    engine = agreed.engine  # type: ignore[attr-defined]
    counted: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counted.append(statement.split()[0])

    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        tell(agreed, story.order(2, "accepted", "Mon 10:00", previous="issued"), Story().accepted())
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    one, other = ["SELECT", "UPDATE", "INSERT"], ["SELECT", "INSERT", "INSERT"]
    assert counted == [*one, "INSERT", *other, "INSERT"]
