"""A team's list on its page: whose, in which order, and as a way round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.accounts.members import Member, Members
from gateway.testing import FakeTransport

from .conftest import Browser
from .test_team import PROVIDER, listing, order

KADE = {"name": "K1.03", "path": "De Kade / Verdieping 1 / K1.03"}
AN_ID = "01926f00-9000-7a01-8e44-8f9a0b1c2d01"


@pytest.fixture
def tom(browser: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch) -> Browser:
    """In a team with Bas. Accounts lie in the database, which is not here."""
    monkeypatch.setattr(Members, "of", lambda _self, _provider_id: [Member(AN_ID, "Bas"), Member("x", "Tom")])
    return browser("team", provider_id=PROVIDER, language="en")


def turn(number: int, how: str | None = None, minutes: int | None = None, **more: Any) -> dict[str, Any]:
    leg = {"how": how, "minutes": minutes} if how else None
    return {"number": number, "part": "round", "why": "can_wait", "leg": leg, **more}


def test_it_is_asked_for_as_the_address_says(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(order())
    tom.get(f"/team?whose=nobody&order=round&place=De+Kade&person={AN_ID}")
    assert transport.asked("dispatch.get_work_list") == {
        "whose": "nobody", "order": "round", "place": "De Kade", "person": AN_ID,
    }  # fmt: skip


def test_what_cannot_be_asked_is_asked_without(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(order())
    assert tom.get("/team?whose=theirs&order=luck&place=De+Kade").status_code == 200
    assert transport.asked("dispatch.get_work_list") == {"place": "De Kade"}


def test_a_round_numbers_its_orders_and_says_how_far_each_is(tom: Browser, transport: FakeTransport) -> None:
    legs = [None, ("same_floor", None), ("other_building", 12), ("other_building", None)]
    made = [
        order(number=f"SD-26-00090{number}-1", turn=turn(number, *(leg or ())), work_order_id=f"id-{number}")
        for number, leg in enumerate(legs, start=1)
    ]
    transport.answers["dispatch.get_work_list"] = listing(*made, order="round")
    page = tom.get("/team?order=round").text
    found = [page.index(f"SD-26-00090{number}-1") for number in range(1, 5)]
    assert found == sorted(found)
    for said in ("begin here", "the same floor", "another building, 12 minutes"):
        assert said in page
    assert page.count("another building") == page.count("another building, 12 minutes") + 1


def test_beside_the_round_stands_what_has_a_moment_and_what_stands_still(
    tom: Browser, transport: FakeTransport
) -> None:
    made = [
        order(number="AT", turn=turn(1, part="at_time")),
        order(number="GO", turn=turn(2, why="late")),
        order(number="WAITS", turn=turn(3, part="waiting")),
    ]
    transport.answers["dispatch.get_work_list"] = listing(*made, order="round")
    page = tom.get("/team?order=round").text
    headings = [page.index(f'id="jobs-{name}"') for name in ("at_time", "round", "waiting")]
    assert headings == sorted(headings)
    assert 'id="jobs-paused"' not in page


def test_by_place_each_floor_has_its_heading(tom: Browser, transport: FakeTransport) -> None:
    made = [order(number="K", location=KADE, turn=turn(1)), order(number="S", turn=turn(2)),
            order(number="X", location=None, turn=turn(3))]  # fmt: skip
    transport.answers["dispatch.get_work_list"] = listing(*made, order="place")
    page = tom.get("/team?order=place").text
    for heading in ("De Kade / Verdieping 1", "De Sluis / Verdieping 3", "Place not given"):
        assert f"{heading}</span>" in page


def test_the_list_narrows_to_a_state(tom: Browser, transport: FakeTransport) -> None:
    made = [order(), order(number="OTHER", state="accepted")]
    transport.answers["dispatch.get_work_list"] = listing(*made)
    page = tom.get("/team?state=accepted").text
    assert "OTHER" in page
    assert "SD-26-000123-1" not in page


def test_a_choice_keeps_the_others(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(order(), whose="nobody", order="place")
    page = tom.get("/team?whose=nobody&order=place&place=De+Kade").text
    assert 'href="/team?whose=mine&amp;order=place&amp;place=De%20Kade"' in page
    assert 'href="/team?whose=nobody&amp;order=round&amp;place=De%20Kade"' in page


def test_it_is_live(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_list"] = listing(order(), order="round")
    page = tom.get("/team?order=round").text
    assert f'data-live-on="provider:{PROVIDER}" hx-get="/team?order=round"' in page
