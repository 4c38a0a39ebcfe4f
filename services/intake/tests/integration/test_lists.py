"""Lists: filters, words in two languages, and pages that miss nothing and show nothing twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from intake.storage.tables import REQUEST_WORDS, requests
from servicekit.errors import Invalid

from .house import House


def references(page: dict[str, Any]) -> list[str]:
    return [item["reference"] for item in page["items"]]


def test_the_newest_come_first(house: House) -> None:
    made = []
    for _ in range(3):
        made.append(house.receive()["reference"])
        house.clock.move(timedelta(minutes=1))

    assert references(house.list()) == made[::-1]


@pytest.mark.parametrize("sort", ["-received_at", "promise"])
def test_pages_follow_each_other_without_gaps_or_doubles(house: House, sort: str) -> None:
    """Most of these have the same time, which is where cursors go wrong."""
    made = set()
    for number in range(11):
        made.add(house.receive()["reference"])
        if number == 5:
            house.clock.move(timedelta(minutes=1))

    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = house.list(sort=sort, limit=3, cursor=cursor)
        seen += references(page)
        house.receive()  # comes in meanwhile
        cursor = page["next_cursor"]

    assert [reference for reference in seen if reference in made] == [r for r in seen if r in made]
    assert made <= set(seen) | set(references(house.list(sort=sort, limit=100)))
    assert len(seen) == len(set(seen))


def test_by_promise_the_most_urgent_comes_first(house: House) -> None:
    late = house.receive(house.amira, priority="P4")["reference"]
    soon = house.receive(house.amira, priority="P1")["reference"]

    assert references(house.list(sort="promise", open=True)) == [soon, late]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJhIiwiYiJd", "WzEsMl0", "bnVsbA"])
def test_a_cursor_of_ones_own_making_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(Invalid):
        house.list(cursor=cursor)
    with pytest.raises(Invalid):
        house.list_people(cursor=cursor)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("radiatoren", True),  # Dutch word forms
        ("leaks", True),  # English word forms
        ("radiator koffie", False),
        ('"water leaking"', True),
        ("koffie or radiator", True),
        ("-radiator", True),  # the other one has no radiator
        ("'", False),
        ("a & b | !", False),
    ],
)
def test_words_are_found_in_either_language(house: House, query: str, found: bool) -> None:
    request = house.receive(text="De radiator: water leaking everywhere")
    house.receive(text="De lift doet het niet")

    listed = references(house.list(q=query))
    assert (request["reference"] in listed or query == "-radiator") is found


@pytest.mark.parametrize("spelling", ["{0}", "sd {1}", "{2}"])
def test_a_reference_is_found_in_any_spelling(house: House, spelling: str) -> None:
    reference = house.receive()["reference"]
    house.receive()
    number = int(reference[6:])

    q = spelling.format(reference, f"{reference[3:5]} {number}", number)
    assert references(house.list(q=q)) == [reference]


def test_filters_narrow_the_list(house: House) -> None:
    fault = house.receive(kind="fault")["reference"]
    standard = house.receive_standard(house.daan)
    closed = house.answer(house.receive(kind="wish"))["reference"]

    def listed(**query: Any) -> list[str]:
        return references(house.list(**query))

    assert listed(kind="fault") == [fault]
    assert listed(state="in_progress") == [standard["reference"]]
    assert listed(product_id=str(house.radiator)) == [standard["reference"]]
    assert listed(requester_id=house.daan.person_id) == [standard["reference"]]
    assert listed(open=False) == [closed]
    assert set(listed(open=True)) == {fault, standard["reference"]}
    assert listed(attention=True) == []


def test_a_building_has_the_requests_of_its_rooms(house: House) -> None:
    saved = house.save_locations(
        {"key": "b", "name": "De Sluis"},
        {"key": "f", "name": "2", "parent_key": "b"},
        {"key": "r", "name": "2.14", "parent_key": "f"},
        {"key": "k", "name": "De Kade"},
    )
    building, _, room, other = (str(item["location_id"]) for item in saved["items"])
    here = house.receive(location_id=room)["reference"]
    house.receive(location_id=other)

    assert references(house.list(location_id=building)) == [here]
    assert references(house.list(location_id=room)) == [here]


# Five thousand requests, one in ten open, one in five hundred in trouble.
# What a row does not derive from itself.
_GIVEN = [column.name for column in requests.c if column.computed is None]
MANY = f"""
    INSERT INTO requests ({", ".join(_GIVEN)}) SELECT {", ".join(f"made.{name}" for name in _GIVEN)}
    FROM requests AS r, generate_series(1, 5000) AS n, LATERAL jsonb_populate_record(r, jsonb_build_object(
        'request_id', gen_random_uuid(), 'number', 1000000 + n, 'requester_id', gen_random_uuid(),
        'received_at', r.received_at - n * interval '1 minute',
        'promised_at', r.promised_at - n * interval '1 hour',
        'closes_at', r.received_at + n * interval '1 hour', 'text', 'nummer ' || n,
        'state', CASE WHEN n % 500 = 1 THEN 'ready' WHEN n % 10 = 0 THEN 'in_progress' ELSE 'closed' END,
        'attention', CASE WHEN n % 500 = 0 THEN 'breach' END,
        'waiting', CASE WHEN n % 400 = 0 THEN '{{}}'::jsonb END)) AS made
"""
NEWEST, OF_SANNE = (
    "received_at DESC, request_id DESC",
    "requester_id = '01926f00-1000-7a02-8b11-5c6d7e8f9a02'",
)
SERVED = [
    ("true", NEWEST, "requests_received"),
    ("state <> 'closed'", NEWEST, "requests_board"),
    ("state <> 'closed'", "promised_at, request_id", "requests_promised"),
    ("attention IS NOT NULL", NEWEST, "requests_attention"),
    ("waiting IS NOT NULL", NEWEST, "requests_waiting"),
    (OF_SANNE, NEWEST, "requests_requester"),
    ("state = 'ready' AND closes_at <= now()", "closes_at", "requests_silent"),
    (f"({REQUEST_WORDS}) @@ to_tsquery('koud')", NEWEST, "requests_words"),
]


def test_each_list_is_served_by_an_index(house: House) -> None:
    house.receive()
    with house.engine.connect() as connection:  # nothing of this is kept
        connection.execute(sa.text(MANY))
        connection.execute(sa.text("ANALYZE requests"))
        for where, order, index in SERVED:
            statement = f"EXPLAIN SELECT reference FROM requests WHERE {where} ORDER BY {order} LIMIT 26"
            plan = "\n".join(row[0] for row in connection.exec_driver_sql(statement))
            assert index in plan, f"{where}: {plan}"


def test_queues_are_counted_as_they_are_listed_and_no_further_than_asked(house: House) -> None:
    for _ in range(3):
        house.receive()
    house.receive_standard()
    lists = {"triage": {"state": "triage"}, "open": {"open": True}, "none": {"kind": "wish"}}

    assert house.count(lists) == {"triage": 3, "open": 4, "none": 0}
    assert house.count(lists, most=2) == {"triage": 2, "open": 2, "none": 0}


def test_a_promise_that_has_passed_is_found(house: House) -> None:
    house.receive(house.amira, priority="P1")
    house.clock.move(timedelta(days=2))

    assert house.count({"missed": {"open": True, "promised_before": house.clock.now().isoformat()}}) == {
        "missed": 1
    }
