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
