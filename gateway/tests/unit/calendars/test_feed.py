"""The team's work as a calendar program reads it."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.calendars.feed import STILL_TO_DO, feed
from gateway.pages.words import words
from icalendar import Calendar

ORDER_ID = "01926f00-5000-7a01-8e44-8f9a0b1c2d01"


def order(**changed: Any) -> dict[str, Any]:
    return {
        "work_order_id": ORDER_ID,
        "number": "SD-26-000123-1",
        "version": 4,
        "state": "scheduled",
        "title": {"nl": "Lamp vervangen", "en": "Replace the lamp"},
        "summary": "De lamp knippert.",
        "priority": "P3",
        "location": {"name": "3.12", "path": "De Sluis / Verdieping 3 / 3.12"},
        "contact": {"name": "Sanne de Wit", "phone": "+31 20 000 1000"},
        "planned_from": "2026-11-27T09:00:00+01:00",
        "planned_until": "2026-11-27T11:00:00+01:00",
        "created_at": "2026-11-25T08:00:00Z",
        "updated_at": "2026-11-25T08:30:00.123456Z",
        **changed,
    }


def written(*orders: dict[str, Any], language: str = "nl") -> bytes:
    return feed(orders, "Technische Dienst", "Europe/Amsterdam", words(language))


def events(*orders: dict[str, Any]) -> list[Any]:
    return list(Calendar.from_ical(written(*orders)).walk("VEVENT"))


def test_a_planned_order_stands_at_its_time_in_utc_and_the_zone_is_named() -> None:
    text = written(order()).decode()
    assert "DTSTART:20261127T080000Z\r\n" in text
    assert "DTEND:20261127T100000Z\r\n" in text
    assert "X-WR-TIMEZONE:Europe/Amsterdam\r\n" in text
    (event,) = events(order())
    assert event["summary"] == "Lamp vervangen (SD-26-000123-1)"
    assert event["location"] == "De Sluis / Verdieping 3 / 3.12"
    assert (event["uid"], event["sequence"]) == (f"{ORDER_ID}@servicedesk", 4)


def test_titles_are_in_the_language_of_whose_calendar_it_is() -> None:
    assert b"Replace the lamp" in written(order(), language="en")


@pytest.mark.parametrize(
    "state",
    ["cancelled", "cancellation_requested", "refused", "rejected", "not_carried_out",
     "technically_complete", "administratively_complete"],
)  # fmt: skip
def test_what_is_cancelled_done_or_with_nobody_leaves(state: str) -> None:
    assert events(order(state=state)) == []


@pytest.mark.parametrize("state", sorted(STILL_TO_DO))
def test_what_is_still_to_be_done_stays(state: str) -> None:
    assert len(events(order(state=state))) == 1


def test_what_is_not_planned_has_no_place_in_a_calendar() -> None:
    assert events(order(planned_from=None, planned_until=None)) == []


def test_an_order_without_an_end_or_a_place_is_an_event_all_the_same() -> None:
    (event,) = events(order(planned_until=None, location=None, summary=None, priority=None, updated_at=None))
    assert not {"dtend", "location", "description"} & {name.lower() for name in event}


def test_the_requester_is_not_in_it() -> None:
    text = written(order())
    assert b"Sanne" not in text
    assert b"000 1000" not in text


def test_text_of_a_requester_can_write_no_lines_of_its_own() -> None:
    nasty = "Kapot;\\, lek\r\nEND:VEVENT\nBEGIN:VEVENT\r\nSUMMARY:Vals"
    assert [event["description"] for event in events(order(summary=nasty, priority=None))] == [
        nasty.replace("\r\n", "\n")
    ]


def test_the_same_orders_in_any_order_are_the_same_calendar() -> None:
    one, other = order(), order(work_order_id=ORDER_ID.replace("5000", "5001"))
    assert written(one, other) == written(other, one)
    assert written(one) != written(order(version=5, planned_from="2026-11-28T09:00:00+01:00"))
