"""Figures equal what one counts by hand, over histories that nobody thought of."""

from __future__ import annotations

import json
import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from intake.domain.errors import DomainError
from intake.handlers.figures import get_figures
from servicekit.errors import Invalid
from servicekit.worktime.period import Period

from .house import House

ZONE = "Europe/Amsterdam"
FIRST, LAST = date(2026, 10, 20), date(2026, 11, 10)  # with the night that the clock goes back
BEGIN = datetime(2026, 10, 10, 9, tzinfo=UTC)


def figures(house: House, first: date = FIRST, last: date = LAST) -> dict[str, Any]:
    with house.work(house.amira) as work:
        return get_figures(work, Period(first, last, ZONE))


def live_through(house: House, seed: int) -> None:
    """Forty requests, and at each moment something that may happen to one of them."""
    chance = random.Random(seed)
    house.clock.move(BEGIN - house.clock.now())
    made: list[dict[str, Any]] = []
    for number in range(160):
        house.clock.move(timedelta(minutes=chance.randint(1, 2 * 24 * 60 // 5)))
        if number % 4 == 0:
            start = chance.choice([house.receive, house.receive_standard])
            made.append(start(kind=chance.choice(["fault", "wish", "information", None])))
            continue
        request = house.get(chance.choice(made))
        acts = [house.answer, house.confirm, house.reopen, house.withdraw]
        if request["round"]:
            acts += [partial(house.complete, round_=request["round"])] * 2
        act = chance.choice(acts)
        try:
            act(request)
        except DomainError:
            continue
    for number in range(12):
        house.import_(imported(chance, number))


def imported(chance: random.Random, number: int) -> dict[str, Any]:
    at = BEGIN + timedelta(days=number * 2)
    groups = [f"Group {each}" for each in range(chance.randint(1, 6))]
    states = [
        {"at": (at + timedelta(minutes=n)).isoformat(), "state": "in_progress", "group": group}
        for n, group in enumerate(groups)
    ]
    states.append({"at": (at + timedelta(hours=5)).isoformat(), "state": "closed", "group": groups[-1]})
    return {
        "key": f"INC{number}", "line": number, "received_at": at.isoformat(), "text": "x", "kind": "fault",
        "states": states, "made_sla": chance.choice([True, False, None]),
    }  # fmt: skip


def everything(house: House) -> list[dict[str, Any]]:
    """All requests as rows, for counting by hand."""
    with house.engine.connect() as connection:
        return [dict(row) for row in connection.execute(sa.text("SELECT * FROM requests")).mappings()]


def in_days(moment: datetime | None, first: date = FIRST, last: date = LAST) -> date | None:
    """The organisation's day of a moment, if it lies within the period."""
    day = moment.astimezone(ZoneInfo(ZONE)).date() if moment else None
    return day if day and first <= day <= last else None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_equal_counting_by_hand(house: House, seed: int) -> None:
    live_through(house, seed)
    rows, found = everything(house), figures(house)
    came = [row for row in rows if in_days(row["received_at"])]
    went = [row for row in rows if in_days(row["closed_at"])]
    own_came = [row for row in came if not row["external_key"]]
    own_went = [row for row in went if not row["external_key"]]

    assert [(each["day"], each["received"], each["closed"]) for each in found["days"]] == [
        (
            day,
            sum(in_days(row["received_at"]) == day for row in rows),
            sum(in_days(row["closed_at"]) == day for row in rows),
        )
        for day in Period(FIRST, LAST, ZONE).days()
    ]
    assert (found["received"], found["closed"]) == (len(came), len(went))
    assert found["standard"] == {"count": sum(r["standard"] for r in own_came), "of": len(own_came)}
    # A wish that was granted was not helped yet.
    helped = [
        row for row in own_went if row["resolution"] in ("solved", "answered") and row["kind"] != "wish"
    ]
    answered = [row for row in helped if row["resolution"] == "answered" and row["kind"] != "wish"]
    assert found["first_contact"] == {"count": len(answered), "of": len(helped)}
    assert all(row["round"] == 0 for row in answered)  # no work order was ever made for them
    assert found["reopened"] == {"count": sum(r["reopen_count"] > 0 for r in went), "of": len(went)}
    assert {each["kind"]: each["count"] for each in found["kinds"]} == {
        kind: sum(row["kind"] == kind for row in came) for kind in {row["kind"] for row in came}
    }
    assert [each["count"] for each in found["hand_offs"]] == [
        sum(min(row["reassignment_count"], 3) == number for row in own_went) for number in range(4)
    ]
    assert any(each["received"] for each in found["days"])
    assert any(each["closed"] for each in found["days"])


@pytest.mark.parametrize("seed", [1, 2])
def test_the_backlog_equals_counting_by_hand(house: House, seed: int) -> None:
    live_through(house, seed)
    house.clock.move(timedelta(hours=7))
    now = house.clock.now()
    waiting = [row for row in everything(house) if row["state"] != "closed"]
    found = figures(house)["open"]

    assert found["count"] == len(waiting) == sum(each["count"] for each in found["ages"])
    assert {each["state"]: each["count"] for each in found["states"]} == {
        state: sum(row["state"] == state for row in waiting) for state in {row["state"] for row in waiting}
    }
    for each in found["ages"]:
        oldest = timedelta(days=each["until_days"]) if each["until_days"] else timedelta.max
        assert each["count"] == sum(
            timedelta(days=each["from_days"]) < now - row["received_at"] <= oldest
            if each["from_days"]
            else now - row["received_at"] <= oldest
            for row in waiting
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_each_figure_opens_a_list_that_is_as_long(house: House, seed: int) -> None:
    live_through(house, seed)
    found, period = figures(house), Period(FIRST, LAST, ZONE)
    received = {"received_from": period.start.isoformat(), "received_before": period.end.isoformat()}
    closed = {"closed_from": period.start.isoformat(), "closed_before": period.end.isoformat()}
    lists: list[tuple[int, dict[str, Any]]] = [
        (found["received"], received),
        (found["closed"], closed),
        (found["open"]["count"], {"open": True}),
        (found["standard"]["count"], {**received, "standard": True, "imported": False, "planned": False}),
        (found["first_contact"]["count"], {**closed, "first_contact": True, "imported": False}),
        (found["reopened"]["count"], {**closed, "reopened": True}),
        *((each["count"], {**received, "kind": each["kind"]}) for each in found["kinds"] if each["kind"]),
        *((each["count"], {"open": True, "state": each["state"]}) for each in found["open"]["states"]),
        *(
            (each["count"], {**closed, "imported": False, "hand_offs": each["hand_offs"]})
            for each in found["hand_offs"]
        ),
        *(
            (each["in_time"], {"imported": True, "hand_offs": each["hand_offs"], "in_time": True})
            for each in found["imported_hand_offs"]
        ),
        *(
            (
                each["count"],
                {
                    "open": True,
                    **{
                        name: each[name].isoformat()
                        for name in ("received_from", "received_before")
                        if each[name]
                    },
                },
            )
            for each in found["open"]["ages"]
        ),
    ]
    for count, filters in lists:
        assert len(house.list(limit=100, **filters)["items"]) == count, filters


def test_what_another_system_said_of_hand_offs_is_kept_apart(house: House) -> None:
    chance = random.Random(5)
    house.import_(*(imported(chance, number) for number in range(30)))
    rows = everything(house)
    found = figures(house)

    assert found["standard"]["of"] == found["first_contact"]["of"] == 0
    for each in found["imported_hand_offs"]:
        same = [row for row in rows if min(row["reassignment_count"], 3) == each["hand_offs"]]
        verdicts = [row["imported"]["made_sla"] for row in same]
        assert each["count"] == len(same)
        assert each["judged"] == len(verdicts) - verdicts.count(None)
        assert each["in_time"] == verdicts.count(True)


def test_the_products_most_asked_for_have_their_names(house: House) -> None:
    house.clock.move(datetime(2026, 10, 22, 9, tzinfo=UTC) - house.clock.now())
    house.receive_standard()
    house.receive_standard()
    house.receive()
    (product,) = figures(house)["products"]

    assert (product["product_id"], product["count"]) == (house.radiator, 2)
    assert product["name"]["nl"]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-11-02", "2026-11-01"), ("2020-01-01", "2026-01-01"), ("now", "2026-01-01")]
)
def test_a_period_that_is_none_is_refused(house: House, first: str, last: str) -> None:
    with pytest.raises(Invalid):
        house.call("get_figures", house.amira, first=first, last=last)


def test_figures_take_nine_statements_however_much_there_is(house: House, statements: list[str]) -> None:
    house.receive_standard()
    statements.clear()
    figures(house, date(2026, 1, 1), house.clock.now().date())

    assert len(statements) == 9


def test_how_much_was_standard_stands_per_week_and_over_a_long_time_per_month(house: House) -> None:
    house.clock.move(datetime(2026, 10, 23, 9, tzinfo=UTC) - house.clock.now())
    house.receive_standard()
    house.receive()
    house.clock.move(timedelta(days=4))  # the Tuesday of the next week
    house.receive_standard()
    weeks = figures(house, date(2026, 10, 21), date(2026, 11, 3))["standard_over_time"]
    assert [(each["from"].isoformat(), each["until"].isoformat()) for each in weeks] == [
        ("2026-10-21", "2026-10-25"),
        ("2026-10-26", "2026-11-01"),
        ("2026-11-02", "2026-11-03"),
    ]
    assert [(each["count"], each["of"]) for each in weeks] == [(1, 2), (1, 1), (0, 0)]
    months = figures(house, date(2026, 4, 1), date(2026, 10, 31))["standard_over_time"]
    assert [each["from"].month for each in months] == [4, 5, 6, 7, 8, 9, 10]
    assert (months[-1]["count"], months[-1]["of"]) == (2, 3)


def test_what_a_plan_made_says_nothing_of_how_much_is_standard(house: House) -> None:
    house.clock.move(datetime(2026, 10, 23, 9, tzinfo=UTC) - house.clock.now())
    house.receive()
    house.receive_standard()
    made = house.receive_standard()["request_id"]
    with house.engine.begin() as connection:
        maker = sa.text("UPDATE requests SET created_by = :by WHERE request_id = :id")
        by = json.dumps({"kind": "program", "id": f"plan:{made}", "name": "Filters"})
        connection.execute(maker, {"by": by, "id": made})
    found = figures(house)
    assert (found["received"], found["standard"]) == (3, {"count": 1, "of": 2})
    (week,) = [each for each in found["standard_over_time"] if each["of"]]
    assert (week["count"], week["of"]) == (1, 2)
    assert [each["count"] for each in found["products"]] == [2]
    listed = house.call("list_requests", house.amira, planned=True)["items"]
    assert [str(each["request_id"]) for each in listed] == [str(made)]
