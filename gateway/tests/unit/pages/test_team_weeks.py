"""The week of a team on its page, planning an order, and who is absent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.accounts.members import Member, Members
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, NotFound, Unavailable

from .conftest import ACCOUNT_ID, Browser
from .test_team import ORDER_ID, PROVIDER, order, whole

BAS_ID = "01926f00-2000-7a01-8e44-8f9a0b1c2d77"
OTHERS = "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
ABSENCE_ID = "01926f00-a000-7a01-8e44-8f9a0b1c2d01"
PLAN = f"/team/orders/{ORDER_ID}/plan"
WEEK = "/team/week?week=2026-11-25"
DOUBLE = {"against": "double", "label": "SD-26-000009-1", "start": None, "end": None}
CHOSEN = {"version": "4", "day": "2026-11-26", "from": "10:00", "until": "11:30", "account_id": BAS_ID}


def absence(**changed: Any) -> dict[str, Any]:
    return {
        "absence_id": ABSENCE_ID, "account_id": BAS_ID, "name": "Bas", "start": "2026-11-25T23:00:00Z",
        "end": "2026-11-27T23:00:00Z", "reason": None, "note": None, "now": True, "returned_at": None,
        "orders": 0, "can_change": False, **changed,
    }  # fmt: skip


def calendar(*orders: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "provider_id": PROVIDER,
        "start": "2026-11-23T00:00:00+01:00", "end": "2026-11-30T00:00:00+01:00",
        "orders": [{"conflicts": [], "proposed": [], **one} for one in orders],
        "absences": [], "team_absences": [], "hours": [], "days": [], "to_plan": [], **changed,
    }  # fmt: skip


@pytest.fixture
def people(transport: FakeTransport, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team of Bas and Tom. Accounts lie in the database, which is not here."""
    monkeypatch.setattr(Members, "of", lambda _self, _id: [Member(BAS_ID, "Bas"), Member(ACCOUNT_ID, "Tom")])
    transport.answers["dispatch.list_providers"] = {
        "items": [{"provider_id": PROVIDER, "kind": "team", "slug": "td", "name": "Technische Dienst"},
                  {"provider_id": OTHERS, "kind": "team", "slug": "hd", "name": "Huisdienst"}]
    }  # fmt: skip
    transport.answers["intake.list_plans"] = {"items": []}
    transport.answers["dispatch.get_team_calendar"] = calendar()
    transport.answers["dispatch.list_absences"] = {"items": []}


@pytest.fixture
def tom(people: None, browser: Callable[..., Browser]) -> Browser:
    visitor = browser("team", "team_lead", provider_id=PROVIDER, language="en")
    visitor.get("/style")
    return visitor


def column(page: str, day: str) -> str:
    """What stands under a day."""
    return page.partition(f'id="day-{day}"')[2].partition("</section>")[0]


def test_an_order_stands_on_its_day_with_who_does_it_and_what_is_against_it(
    tom: Browser, transport: FakeTransport
) -> None:
    planned = order(
        state="scheduled",
        planned_from="2026-11-25T09:00:00Z",
        planned_until="2026-11-25T10:00:00Z",
        conflicts=[DOUBLE],
        assignee={"account_id": BAS_ID, "name": "Bas"},
        actions=["schedule"],
    )
    transport.answers["dispatch.get_team_calendar"] = calendar(planned)
    shown = column(tom.get(WEEK).text, "2026-11-25")
    for said in (">10:00<", ">11:00<", "SD-26-000123-1", "Bas", "at the same time as SD-26-000009-1", PLAN):
        assert said in shown


def test_a_week_is_asked_for_from_monday_to_monday_on_the_clock_of_the_house(
    tom: Browser, transport: FakeTransport
) -> None:
    tom.get(f"{WEEK}&person={BAS_ID}")
    assert transport.asked("dispatch.get_team_calendar") == {
        "start": "2026-11-23T00:00:00+01:00", "end": "2026-11-30T00:00:00+01:00", "provider_id": PROVIDER,
        "person": BAS_ID,
    }  # fmt: skip


def test_what_waits_for_the_requester_is_shown_as_proposed(tom: Browser, transport: FakeTransport) -> None:
    window = {"from": "2026-11-26T09:00:00+00:00", "until": "2026-11-26T10:00:00+00:00"}
    transport.answers["dispatch.get_team_calendar"] = calendar(order(proposed=[window], assignee=None))
    page = tom.get(WEEK).text
    assert "proposed" in column(page, "2026-11-26")
    assert "Nothing planned" in column(page, "2026-11-25")


def test_an_absence_stands_on_each_of_its_days_and_not_on_the_next(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_team_calendar"] = calendar(absences=[absence(reason="ill")])
    page = tom.get(WEEK).text
    found = [day for day in ("25", "26", "27") if "Bas is absent (ill)" in column(page, f"2026-11-{day}")]
    assert found == ["26", "27"]
    assert 'id="day-2026-11-28"' not in page  # an empty Saturday


def test_work_that_comes_back_is_shown_where_the_team_does_it(tom: Browser, transport: FakeTransport) -> None:
    product = {"product_id": ORDER_ID}
    plan = {"plan_id": ORDER_ID, "name": "Check the lift", "place": "De Sluis", "product": product,
            "next": [{"work_on": "2026-11-26"}, {"work_on": "2026-12-26"}, {"work_on": None}]}  # fmt: skip
    transport.answers["intake.list_plans"] = {"items": [plan]}
    transport.answers["catalog.get_product"] = {"process": {"steps": [{"provider": "td"}]}}
    assert "Check the lift · De Sluis" in column(tom.get(WEEK).text, "2026-11-26")
    transport.answers["catalog.get_product"] = {"process": {"steps": [{"provider": "hd"}]}}
    assert "Check the lift" not in tom.get(WEEK).text


def test_the_week_is_shown_when_the_plans_are_away_and_says_so(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["intake.list_plans"] = Unavailable("away", "Away.")
    page = tom.get(WEEK).text
    assert "be shown now" in page
    assert 'id="day-2026-11-25"' in page


def test_the_desk_chooses_the_team_and_plans_nothing_for_it(
    people: None, browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_team_calendar"] = calendar(to_plan=[order()])
    page = browser("agent", language="en").get(f"{WEEK}&team={OTHERS}").text
    assert transport.asked("dispatch.get_team_calendar")["provider_id"] == OTHERS
    assert "Huisdienst</option>" in page
    assert "/plan" not in page.partition("<main")[2]


def test_planning_says_the_moment_who_and_how_the_requester_hears(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.plan_work_order"] = whole()
    answer = tom.post(PLAN, {**CHOSEN, "tell": "ask", "reason": "He knows it"})
    assert answer.headers["Location"] == "/team/week?week=2026-11-26"
    asked = transport.asked("dispatch.plan_work_order")
    assert (asked["account_id"], asked["name"], asked["ask"], asked["anyway"]) == (BAS_ID, "Bas", True, False)
    assert (asked["planned_from"].isoformat(), asked["planned_until"].isoformat()) == (
        "2026-11-26T10:00:00+01:00", "2026-11-26T11:30:00+01:00",
    )  # fmt: skip
    assert (asked["reason"], asked["version"]) == ("He knows it", 4)


def test_what_is_against_it_is_said_with_what_was_chosen_and_may_be_done_anyway(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    transport.answers["dispatch.plan_work_order"] = Conflict("plan_conflicts", "x", {"anyway": ["double"]})
    promise = {"against": "after_promise", "label": None, "start": None, "end": "2026-11-26T09:00:00Z"}
    transport.answers["dispatch.check_plan"] = {"conflicts": [DOUBLE, promise]}
    answer = tom.post(PLAN, CHOSEN)
    assert answer.status_code == 409
    for said in ("at the same time as SD-26-000009-1", "after what was promised: Thu, Nov 26 10:00"):
        assert said in answer.text
    assert 'value="2026-11-26"' in answer.text
    assert 'name="anyway"' in answer.text
    transport.answers["dispatch.plan_work_order"] = whole()
    assert tom.post(PLAN, {**CHOSEN, "anyway": "1"}).status_code == 303
    said = [call[1]["anyway"] for call in transport.calls if call[0] == "dispatch.plan_work_order"]
    assert said == [False, True]


def test_who_is_absent_gets_nothing_and_the_page_says_who_is_there(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    transport.answers["dispatch.plan_work_order"] = Conflict("assignee_absent", "Bas is absent.")
    transport.answers["dispatch.list_absences"] = {"items": [absence()]}
    answer = tom.post(PLAN, CHOSEN)
    assert answer.status_code == 409
    assert "Who you chose is absent then. There are: Tom." in answer.text


@pytest.mark.parametrize("changed", [{"day": ""}, {"from": ""}, {"day": "soon"}])
def test_a_moment_that_is_none_is_said_at_its_field(
    changed: dict[str, str], tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    answer = tom.post(PLAN, {**CHOSEN, **changed})
    assert answer.status_code == 422
    assert 'id="day-wrong"' in answer.text


def test_moving_begins_with_how_it_is_planned_now(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(
        planned_from="2026-11-25T09:00:00Z", planned_until="2026-11-25T10:30:00Z"
    )
    page = tom.get(PLAN).text
    for value in ("2026-11-25", "10:00", "11:30"):
        assert f'value="{value}"' in page


def test_what_is_dragged_to_a_day_keeps_its_hours(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(planned_from="2026-11-25T09:00:00Z")
    page = tom.get(f"{PLAN}?day=2026-11-27").text
    assert 'value="2026-11-27"' in page
    assert 'value="10:00"' in page


def test_a_day_says_what_it_has_and_when_that_is_too_little(tom: Browser, transport: FakeTransport) -> None:
    room = {"on": "2026-11-25", "capacity_minutes": 450, "planned_minutes": 500, "people": 2, "present": 1,
            "open_ended": 0, "over": True}  # fmt: skip
    transport.answers["dispatch.get_team_calendar"] = calendar(days=[room])
    page = tom.get(WEEK).text
    assert "8:20 of 7:30 h planned, 1 of 2 there <strong>too much</strong>" in column(page, "2026-11-25")
    assert "h planned" not in column(page, "2026-11-26")


def test_one_enters_whole_days_from_the_first_until_the_end_of_the_last(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.save_absence"] = absence()
    said = {"account_id": BAS_ID, "start": "2026-12-01", "end": "2026-12-02", "reason": "holiday"}
    assert tom.post("/team/absences", said).status_code == 303
    asked = transport.asked("dispatch.save_absence")
    assert (asked["name"], asked["reason"]) == ("Bas", "holiday")
    assert (asked["start"].isoformat(), asked["end"].isoformat()) == (
        "2026-12-01T00:00:00+01:00", "2026-12-03T00:00:00+01:00",
    )  # fmt: skip


def test_a_member_enters_their_own_and_is_not_asked_for_whom(
    people: None, browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    visitor = browser("team", provider_id=PROVIDER, language="en")
    assert 'name="account_id"' not in visitor.get("/team/absences").text
    transport.answers["dispatch.save_absence"] = absence()
    said = {
        "start": "2026-12-01",
        "start_at": "13:00",
        "end": "2026-12-01",
        "end_at": "15:00",
        "reason": "ill",
    }
    visitor.post("/team/absences", said)
    asked = transport.asked("dispatch.save_absence")
    assert (asked["account_id"], asked["start"].hour, asked["end"].hour) == (ACCOUNT_ID, 13, 15)


def test_the_lead_sees_what_waits_and_gives_it_back_to_the_team(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.list_absences"] = {
        "items": [absence(orders=2, can_change=True, reason="ill", now=False)]
    }
    page = tom.get("/team/absences").text
    assert f'<a href="/team?person={BAS_ID}">2 orders that cannot wait for their return</a>' in page
    transport.answers["dispatch.return_orders"] = {"absence_id": ABSENCE_ID, "returned": 2}
    transport.answers["dispatch.end_absence"] = {"absence_id": ABSENCE_ID, "ended": False}
    for path, call in (("return", "return_orders"), ("end", "end_absence")):
        assert f'action="/team/absences/{ABSENCE_ID}/{path}"' in page
        assert tom.post(f"/team/absences/{ABSENCE_ID}/{path}", {}).status_code == 303
        assert transport.asked(f"dispatch.{call}") == {"absence_id": ABSENCE_ID}


def test_who_is_of_no_team_sees_that(people: None, browser: Callable[..., Browser]) -> None:
    page = browser("team", language="en").get("/team/absences").text
    assert "Your account belongs to no team." in page


def test_an_absence_that_cannot_be_comes_back_with_what_was_typed(
    tom: Browser, transport: FakeTransport
) -> None:
    answer = tom.post("/team/absences", {"start": "never", "end": "2026-12-02", "note": "Back soon"})
    assert answer.status_code == 422
    assert 'value="Back soon"' in answer.text
    assert 'id="start-wrong"' in answer.text


def test_who_leads_and_carries_nothing_out_plans_and_opens_no_work_list(
    people: None, browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    lead = browser("team_lead", provider_id=PROVIDER, language="en")
    transport.answers["dispatch.get_team_calendar"] = calendar(to_plan=[order()])
    main = lead.get(WEEK).text.partition("<main")[2]
    assert f'href="{PLAN}"' in main
    assert f'href="/team/orders/{ORDER_ID}"' not in main
    assert 'name="account_id"' in lead.get("/team/absences").text
    assert lead.get("/team").status_code == 403


def test_what_is_gone_is_not_found(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.end_absence"] = NotFound("absence_not_found", "x")
    assert tom.post(f"/team/absences/{ABSENCE_ID}/end", {}).status_code == 404
