"""A complaint whose customer says nothing: tried to be reached, and closed by a manager alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from intake.domain.errors import TooEarly, TriedTooLittle
from intake.service import IntakeService
from servicekit.errors import Invalid

from .house import House, person

Request = dict[str, Any]
KARIN = person("Karin Smit", "manager")
WHY = "Twee keer gebeld en een brief gestuurd; geen reactie."


@pytest.fixture
def mine(house: House) -> Request:
    return house.remedy(house.complain())


def attempt(house: House, request: Request, at: datetime | None = None, way: str = "phone") -> Request:
    said = {"way": way, "tried_at": (at or house.clock.now()).isoformat(), "note": "Voicemail"}
    return house.act("note_attempt", request, **said)


def close(house: House, request: Request) -> Request:
    which = {"request_id": str(request["request_id"]), "version": house.get(request)["version"]}
    return house.call("close_unheard", KARIN, **which, reason=WHY)


def wait(house: House, request: Request) -> None:
    """Until a manager may close it."""
    house.clock.move(complaint(house, request)["unheard_from"] - house.clock.now())


def complaint(house: House, request: Request) -> Request:
    found: Request = house.get(request)["complaint"]
    return found


def test_two_attempts_and_ten_working_days_later_a_manager_closes_it(house: House, mine: Request) -> None:
    with pytest.raises(TriedTooLittle):
        close(house, mine)
    attempt(house, mine)
    attempt(house, mine, way="letter")
    with pytest.raises(TooEarly):
        close(house, mine)
    wait(house, mine)
    assert house.close_silent() == 0
    assert house.get(mine)["attention"] == "unheard"
    day = house.clock.now().date()
    figures = {"first": (day - timedelta(days=30)).isoformat(), "last": day.isoformat()}
    assert house.call("get_complaint_figures", KARIN, **figures)["to_close"] == 1
    closed = close(house, mine)
    assert (closed["state"], closed["resolution"]) == ("closed", "solved")
    assert house.told_last("request_closed")["unheard"] is True
    seen = house.get(mine, house.sanne)
    assert seen["complaint"]["unheard"]["reason"] == WHY
    assert "attempts" not in seen["complaint"]
    assert "Voicemail" not in str(seen)
    found = house.call("get_complaint_figures", KARIN, **figures)
    assert (found["settled"], found["unheard"], found["to_close"]) == (0, 1, 0)


def test_it_is_ten_working_days_since_the_customer_was_told(house: House, mine: Request) -> None:
    attempt(house, mine)
    told, since = house.get(mine)["ready_at"], complaint(house, mine)["unheard_from"]
    assert timedelta(days=14) <= since - told <= timedelta(days=16)


def test_an_attempt_lies_between_what_the_customer_was_told_and_now(house: House, mine: Request) -> None:
    told = house.get(mine)["ready_at"]
    for wrong in (told - timedelta(minutes=1), house.clock.now() + timedelta(minutes=1)):
        with pytest.raises(Invalid) as refused:
            attempt(house, mine, wrong)
        assert list(refused.value.errors) == ["tried_at"]
    assert complaint(house, mine)["attempts"] == []


def test_whoever_was_not_reached_comes_back_on_it(house: House, mine: Request) -> None:
    attempt(house, mine)
    attempt(house, mine)
    wait(house, mine)
    close(house, mine)
    house.reopen(house.get(mine))
    assert complaint(house, mine)["stage"] == "contested"
    house.remedy(mine)
    with pytest.raises(TriedTooLittle):
        close(house, mine)


def test_the_customers_word_still_closes_it_after_an_attempt(house: House, mine: Request) -> None:
    attempt(house, mine)
    house.confirm(house.get(mine))
    assert complaint(house, mine)["stage"] == "settled"


@pytest.mark.parametrize("role", ["requester", "agent", "team", "product_owner", "operator", "administrator"])
def test_nobody_but_a_manager_closes_it(role: str) -> None:
    (entrypoint,) = IntakeService.close_unheard.nameko_entrypoints  # type: ignore[attr-defined]
    assert not person("Wie", role).can(entrypoint.permission)
    assert KARIN.can(entrypoint.permission)
