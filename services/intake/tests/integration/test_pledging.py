"""Promises through the database: made, moved along with waits, missed once, listed and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from intake.service import IntakeService
from servicekit.errors import Invalid, Stale

from servicekit import json, paging

from .house import House


def promise(house: House, request: Any, **given: Any) -> Any:
    until = (house.clock.now() + timedelta(hours=5)).isoformat()
    which = {"request_id": str(request["request_id"]), "version": request["version"]}
    return house.call("make_promise", house.amira, **{**which, "until": until, **given})


def pass_(house: House, **time: int) -> None:
    """So much later the timer has gone."""
    house.clock.move(timedelta(**time))
    IntakeService.note_missed_promises(house._service(None))


def outcomes(house: House, request: Any) -> list[tuple[str, str]]:
    return [(each["what"], each["state"]) for each in house.get(request)["promises"]]


def test_every_open_request_has_a_next_promise(house: House) -> None:
    for request in (house.receive(), house.receive_standard()):
        assert request["next_promise"] == {"what": "word", "until": request["promise"]["respond_by"]}
        [line] = [each for each in house.list()["items"] if each["request_id"] == request["request_id"]]
        assert line["next_promise"] == request["next_promise"]
    assert (
        house.receive(house.amira, requester_id=house.sanne.person_id, answer={"text": "Ja"})["next_promise"]
        is None
    )


def test_a_missed_promise_is_signalled_once_and_answered_by_a_new_one(house: House) -> None:
    request = house.receive()
    pass_(house, hours=26)
    house.engine.dispose()

    found = house.get(request)
    assert (found["attention"], found["version"]) == ("promise_missed", request["version"])
    touched = house.touched()
    pass_(house, minutes=1)
    assert house.touched() == touched

    made = promise(house, request, text="Het onderdeel is besteld.")
    assert (made["attention"], made["next_promise"]["what"]) == (None, "word")
    assert house.told_last("promise_made")["text"] == "Het onderdeel is besteld."
    assert outcomes(house, request) == [("word", "broken"), ("result", "open"), ("word", "open")]
    seen = house.get(request, house.sanne)
    assert [line["type"] for line in seen["timeline"]][-1] == "promised"


def test_a_long_wait_for_the_requester_breaks_no_promise(house: House) -> None:
    request = house.receive()
    asked = house.ask(request)
    assert asked["next_promise"] is None
    pass_(house, days=60)
    house.reply(asked)
    pass_(house, hours=1)

    found = house.get(request)
    assert found["attention"] == "requester_wrote"
    assert outcomes(house, request) == [("word", "kept"), ("result", "open")]
    assert found["next_promise"]["until"] > house.clock.now() + timedelta(days=4)
    missed = house.list(open=True, waiting=False, promised_before=house.clock.now().isoformat())
    assert missed["items"] == []


def test_triage_after_a_wait_promises_as_much_as_before_it(house: House) -> None:
    quick, slow = house.receive(), house.receive()
    house.triage(quick)
    first = datetime.fromisoformat(json.plain(house.get(quick))["promise"]["resolve_by"])
    asked = house.ask(slow)
    house.clock.move(timedelta(days=14))
    house.reply(asked)
    house.triage(house.get(slow))

    assert house.get(slow)["promise"]["resolve_by"] == first + timedelta(days=14)


def test_a_reopened_request_is_promised_anew_and_not_missed_at_once(house: House) -> None:
    request = house.receive_standard()
    house.complete(request)
    house.clock.move(timedelta(days=4))
    again = house.reopen(house.get(request))

    assert again["next_promise"]["until"] > house.clock.now()
    assert [state for _, state in outcomes(house, request)] == ["kept", "kept", "open", "open"]


def test_a_promise_needs_a_moment_to_come_and_the_current_version(house: House) -> None:
    request = house.receive()
    with pytest.raises(Exception, match="still to come"):
        promise(house, request, until=house.clock.now().isoformat())
    with pytest.raises(Invalid):
        promise(house, request, what="money")
    promise(house, request)
    with pytest.raises(Stale):
        promise(house, request)


def test_the_list_goes_on_where_a_page_ended(house: House) -> None:
    for _ in range(3):
        house.receive()
    seen, cursor = [], None
    while True:
        page = house.call("list_promises", house.amira, limit=2, cursor=cursor)
        seen += [(each["reference"], each["until"]) for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) >= 3
    with pytest.raises(Invalid, match="cursor"):
        house.call("list_promises", house.amira, cursor=paging.encode(["2028-10-20T14:39:00Z", "x", "y"]))


def test_figures_count_what_the_list_shows(house: House) -> None:
    kept, missed, replaced = house.receive(), house.receive(), house.receive()
    house.answer(kept)
    promise(house, replaced)
    withdrawn = house.receive_standard()
    house.withdraw(withdrawn)
    pass_(house, days=2)
    day = house.clock.now().date()
    first, last = (day - timedelta(days=2)).isoformat(), (day + timedelta(days=60)).isoformat()

    found = house.call("get_figures", house.amira, first=first, last=last)["promises"]
    assert found["made"] == 9
    assert found["outcomes"] == {"open": 2, "kept": 2, "broken": 2, "replaced": 1, "released": 2}
    for state, count in found["outcomes"].items():
        listed = house.call("list_promises", house.amira, state=state)["items"]
        assert len(listed) == count
        assert all(each["state"] == state for each in listed)
    assert sum(team["kept"] for team in found["teams"]) == 2
    assert missed["reference"] in {
        each["reference"] for each in house.call("list_promises", house.amira, state="broken")["items"]
    }
