"""Two at once: one wins and the other is told, and nothing that was said gets lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from servicekit.errors import Stale
from servicekit.ids import new_id

from .house import House


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """The answers, or the errors, of all of them."""

    def outcome(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(outcome, acts))


def test_of_two_agents_with_the_same_version_one_wins(house: House) -> None:
    for _ in range(5):
        request = house.receive()
        first, second = at_once(partial(house.triage, request), partial(house.reject, request))

        assert [isinstance(one, Stale) for one in (first, second)].count(True) == 1
        assert house.get(request)["version"] == 2


def test_facts_and_replies_about_one_request_wait_for_each_other(house: House) -> None:
    request = house.receive_standard()
    ids = [str(new_id()) for _ in range(6)]

    def change(work_order_id: str) -> Callable[[], Any]:
        which = {"request_id": str(request["request_id"]), "work_order_id": work_order_id}
        return lambda: house.tell("dispatch.work_order_changed", **which)

    outcomes = at_once(*map(change, ids), lambda: house.reply(request), lambda: house.note(request))

    assert not [one for one in outcomes if isinstance(one, Exception)]
    found = house.get(request)
    assert {order["work_order_id"] for order in found["orders"]} == set(ids)
    assert len([line for line in found["timeline"] if line["type"] == "order_changed"]) == len(ids)


def test_the_same_record_imported_twice_at_once_is_one_request(house: House) -> None:
    record = {"key": "A", "received_at": "2016-02-29T04:40:00Z", "text": "Koud", "requester_name": "Caller 1"}
    results = at_once(*[lambda: house.import_(record)] * 4)

    assert sum(result["created"] for result in results) == 1
    assert sum(result["existing"] for result in results) == 3
    assert len(house.list()["items"]) == 1


def test_numbers_are_never_given_twice(house: House) -> None:
    made = at_once(*[house.receive] * 8)

    assert len({request["reference"] for request in made}) == 8


def test_two_agents_who_each_make_half_a_circle_make_no_circle(house: House) -> None:
    for _ in range(5):
        one, other = house.receive(kind="fault"), house.receive(kind="fault")
        outcomes = at_once(
            partial(house.link, one, other, "child_of", "blocks"),
            partial(house.link, other, one, "child_of", "blocks"),
        )
        assert sum(isinstance(each, Exception) for each in outcomes) == 1
        assert len(house.get(one)["links"]) == len(house.get(other)["links"]) == 1


def test_two_agents_gather_the_same_report_once(house: House) -> None:
    for _ in range(5):
        reports = [str(house.receive(kind="fault")["request_id"]) for _ in range(3)]
        gather = partial(house.call, "open_incident", house.amira, title="Geen water", request_ids=reports)
        outcomes = at_once(gather, gather)
        found = sorted(each["outcome"] for answer in outcomes for each in answer["outcomes"])
        assert found == ["elsewhere"] * 3 + ["gathered"] * 3


def test_a_word_to_all_that_is_sent_twice_at_once_reaches_each_once(house: House) -> None:
    reports = [str(house.receive(kind="fault")["request_id"]) for _ in range(4)]
    made = house.call("open_incident", house.amira, title="Geen water", request_ids=reports)
    tell = partial(
        house.call, "tell_incident", house.amira, incident_id=str(made["incident_id"]),
        version=made["version"], text="Om drie uur is er weer water.",
    )  # fmt: skip
    outcomes = at_once(tell, tell, tell)
    assert sum(isinstance(each, Stale) for each in outcomes) == 2
    assert house.told_types().count("request_updated") == len(reports)


def test_a_report_that_joins_while_all_is_closed_is_ready_too_or_stands_by_itself(house: House) -> None:
    for _ in range(5):
        main = house.receive(kind="fault")
        ids = [str(main["request_id"])]
        made = house.call("open_incident", house.amira, title="Geen water", request_ids=ids)
        close = partial(
            house.call, "close_incident", house.amira, incident_id=str(made["incident_id"]),
            version=made["version"], text="Hersteld.",
        )  # fmt: skip
        join = partial(house.receive, house.daan, kind="fault", text="Ook geen water", follows=ids[0])
        joined, _closed = at_once(join, close)
        assert house.get(main)["state"] == "ready"
        if not isinstance(joined, Exception):
            assert house.get(joined)["state"] == "ready"


def test_a_theme_that_two_decide_at_once_is_decided_once(house: House) -> None:
    wish = house.receive(kind="wish")
    house.act("file_wish", wish, name={"nl": "Pomp", "en": "Pump"})
    which = {"theme_id": str(house.get(wish)["theme_id"]), "version": 0}
    reason = {"nl": "Ja", "en": "Yes"}
    decide = partial(house.call, "decide_theme", None, **which, reason=reason)
    outcomes = at_once(partial(decide, decision="yes"), partial(decide, decision="no"))
    assert sum(isinstance(each, Stale) for each in outcomes) == 1
    assert house.told_types().count("request_closed") == 1


def test_a_report_that_joins_while_the_work_is_done_is_done_with_it_or_stands_by_itself(house: House) -> None:
    """Never one that goes along with what has ended: nobody would come back to it."""
    for _ in range(8):
        main = house.receive_standard()
        other = house.receive(house.daan, kind="fault", text="Ook koud bij mij")
        which = {"version": other["version"], "main_id": str(main["request_id"])}
        join = partial(house.call, "join_request", house.amira, request_id=str(other["request_id"]), **which)
        joined, _done = at_once(join, partial(house.complete, main))
        assert house.get(main)["state"] == "ready"
        expected = "triage" if isinstance(joined, Exception) else "ready"
        assert house.get(other)["state"] == expected


def test_a_question_to_one_who_goes_along_stops_the_clock_of_that_one_alone(house: House) -> None:
    main = house.receive_standard(kind="fault")
    other = house.receive(house.daan, kind="fault", text="Ook koud bij mij", follows=str(main["request_id"]))
    house.ask(other)
    assert house.get(other)["waiting"] is not None
    assert house.get(main)["waiting"] is None
    house.complete(main)
    found = house.get(other)
    assert found["state"] == "ready"
    assert found["waiting"] is None
