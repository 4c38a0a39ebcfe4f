"""Planned work: made on time and once, moved, missed, paused and changed; and nobody waits for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from intake.domain.errors import NotAllowed, Wrong
from intake.handlers.repairing import repairs
from intake.service import IntakeService
from servicekit.errors import Invalid, NotFound, Stale
from servicekit.ids import new_id
from servicekit.testing.repairs import Desk, outcomes

from .house import ANSWERS, RULES, House, person

KARIN = person("Karin", "manager", person_id=str(new_id()))
View = dict[str, Any]


def today(house: House, days: int = 0) -> str:
    return str((house.clock.now() + timedelta(days=days)).date())


def given(house: House, **changes: Any) -> View:
    said = {
        "name": "Legionella spoelen",
        "text": "Alle douches vijf minuten laten lopen.",
        "product_id": str(house.radiator),
        "answers": ANSWERS,
        "rule": "FREQ=WEEKLY",
        "starts_on": today(house, 7),
        "closed": "keep",
        "lead_days": 0,
    }
    return {**said, **changes}


def plan(house: House, **changes: Any) -> View:
    answer: View = house.call("save_plan", KARIN, **given(house, **changes))
    return answer


def get(house: House, of: View) -> View:
    answer: View = house.call("get_plan", KARIN, plan_id=str(of["plan_id"]))
    return answer


def decide(house: House, what: str, of: View, **said: Any) -> View:
    which = {"plan_id": str(of["plan_id"]), "version": get(house, of)["version"]}
    answer: View = house.call(what, KARIN, **{**which, **said})
    return answer


def look(house: House) -> None:
    house.call_timer("make_planned_work")


def made(house: House, of: View) -> list[View]:
    return [day for day in get(house, of)["days"] if day["fate"] == "made"]


def test_work_is_made_on_its_lead_time_and_not_before(house: House) -> None:
    of = plan(house, lead_days=2)
    look(house)
    assert made(house, of) == []
    house.clock.move(timedelta(days=5))
    look(house)
    [day] = made(house, of)
    assert str(day["work_on"]) == today(house, 2)
    request = house.get({"request_id": day["request_id"]})
    assert (request["state"], request["standard"], request["summary"]) == (
        "in_progress",
        True,
        "Legionella spoelen",
    )
    assert request["created_by"]["id"] == f"plan:{of['plan_id']}"


def test_nobody_is_mailed_and_what_is_done_is_closed(house: House) -> None:
    of = plan(house, starts_on=today(house))
    look(house)
    request = {"request_id": made(house, of)[0]["request_id"]}
    accepted = [fact for fact in house.told() if fact["type"] == "intake.request_accepted"]
    assert [fact["data"]["notify"] for fact in accepted] == [False]
    house.complete(request)
    house.close_silent()
    assert house.get(request)["state"] == "closed"


def test_looking_again_and_from_several_replicas_makes_nothing_twice(house: House) -> None:
    plans = [plan(house, starts_on=today(house), rule="FREQ=DAILY", lead_days=3) for _ in range(3)]
    with ThreadPoolExecutor(3) as replicas:
        list(replicas.map(lambda _: look(house), range(6)))
    look(house)
    assert [len(made(house, of)) for of in plans] == [4, 4, 4]
    assert len(house.list(limit=100)["items"]) == 12


def test_when_the_process_is_killed_halfway_a_date_is_neither_lost_nor_doubled(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from intake.storage.plans import Plans

    of = plan(house, starts_on=today(house))
    with monkeypatch.context() as broken:
        broken.setattr(Plans, "dealt", lambda *_: 1 / 0)
        look(house)
    assert house.list(limit=100)["items"] == []
    look(house)
    assert len(made(house, of)) == 1
    assert len(house.list(limit=100)["items"]) == 1


def test_after_a_long_stop_only_the_newest_is_made_and_the_others_stand_as_missed(house: House) -> None:
    of = plan(house, starts_on=today(house))
    house.clock.move(timedelta(days=23))
    look(house)
    assert [day["fate"] for day in get(house, of)["days"]] == ["made", "missed", "missed", "missed"]


def test_what_passes_during_a_pause_is_not_made_up_for(house: House) -> None:
    of = plan(house, starts_on=today(house))
    look(house)
    decide(house, "pause_plan", of)
    house.clock.move(timedelta(days=10))
    look(house)
    assert len(made(house, of)) == 1
    decide(house, "resume_plan", of)
    look(house)
    assert len(made(house, of)) == 1
    house.clock.move(timedelta(days=4))
    look(house)
    assert len(made(house, of)) == 2


def test_a_plan_that_was_ended_makes_no_more(house: House) -> None:
    of = plan(house)
    assert decide(house, "end_plan", of, reason="Gebouw verkocht")["state"] == "ended"
    house.clock.move(timedelta(days=10))
    look(house)
    assert made(house, of) == []
    with pytest.raises(NotAllowed):
        decide(house, "resume_plan", of)


def test_a_plan_ends_by_itself_after_its_last_date(house: House) -> None:
    of = plan(house, starts_on=today(house), until=today(house, 3))
    look(house)
    assert (get(house, of)["state"], len(made(house, of))) == ("ended", 1)


def test_a_change_counts_from_its_date_and_leaves_what_was_made(house: House) -> None:
    of = plan(house, starts_on=today(house))
    look(house)
    new = decide(house, "change_plan", of, **given(house, starts_on=today(house, 10), name="Anders"))
    assert (new["replaces"], new["name"]) == (of["plan_id"], "Anders")
    assert str(get(house, of)["until"]) == today(house, 9)
    house.clock.move(timedelta(days=8))
    look(house)
    house.clock.move(timedelta(days=4))
    look(house)
    assert (len(made(house, of)), len(made(house, new)), get(house, of)["state"]) == (2, 1, "ended")


def test_a_change_cannot_begin_before_what_was_made(house: House) -> None:
    of = plan(house, starts_on=today(house), lead_days=30)
    look(house)
    with pytest.raises(Wrong) as refused:
        decide(house, "change_plan", of, **given(house, starts_on=today(house, 10)))
    assert "starts_on" in refused.value.errors


def withdraw(house: House) -> None:
    at = house.clock.now().isoformat().replace("+00:00", "Z")
    house.tell("catalog.product_withdrawn", product_id=str(house.radiator), withdrawn_at=at)


@pytest.fixture
def repair_list(house: House) -> Desk:
    return Desk(lambda **more: house.work(more.get("actor")), repairs(RULES), IntakeService.errors)


def test_work_that_cannot_be_made_stands_in_the_repair_list_and_the_plan_goes_on(
    house: House, repair_list: Desk
) -> None:
    of = plan(house)
    withdraw(house)
    house.clock.move(timedelta(days=7))
    look(house)
    (stuck,) = get(house, of)["days"]
    failure = repair_list.only()
    assert (stuck["fate"], str(stuck["failure_id"])) == ("stuck", failure["failure_id"])
    assert (failure["kind"], failure["reason_type"]) == ("plan", "product_withdrawn")
    assert house.list(limit=100)["items"] == []
    house.clock.move(timedelta(days=7))
    look(house)
    assert [day["fate"] for day in get(house, of)["days"]] == ["stuck", "stuck"]


def test_it_is_tried_again_by_the_plan_as_it_is_by_then_and_made_once(
    house: House, repair_list: Desk
) -> None:
    of = plan(house)
    withdraw(house)
    house.clock.move(timedelta(days=7))
    look(house)
    failure = UUID(repair_list.only()["failure_id"])
    refused = repair_list.replay(failure)
    assert "not offered any more" in refused["items"][0]["detail"]
    assert repair_list.states() == {"plan": "open"}
    other = str(house.publish_product())
    decide(house, "change_plan", of, **given(house, starts_on=today(house, 3), product_id=other))
    assert outcomes(repair_list.replay(failure)) == ["replayed"]
    assert repair_list.states() == {"plan": "resolved"}
    (day,) = made(house, of)
    request = house.get({"request_id": day["request_id"]})
    assert (request["state"], str(request["product"].product_id)) == ("in_progress", other)
    assert outcomes(repair_list.replay(failure)) == ["already"]
    assert len(house.list(limit=100)["items"]) == 1


def test_a_product_that_asks_something_new_holds_its_work_up_until_it_is_answered(
    house: House, repair_list: Desk
) -> None:
    plan(house)
    example = deskcontracts.example("catalog.product_published")
    asked = [*example["questions"], {**example["questions"][0], "key": "new", "required": True}]
    house.publish_product(product_id=str(house.radiator), version=example["version"] + 1, questions=asked)
    house.clock.move(timedelta(days=7))
    look(house)
    assert repair_list.only()["reason_type"] == "questions_changed"


def test_whom_a_plan_names_goes_along_with_its_work(house: House) -> None:
    of = plan(house, starts_on=today(house), provider="bezemwijs")
    look(house)
    assert (of["provider"], house.told_last("request_accepted")["named_provider"]) == ("bezemwijs",) * 2


def test_the_next_dates_are_shown_beforehand(house: House) -> None:
    asked = {name: given(house)[name] for name in ("rule", "starts_on", "closed", "lead_days")}
    found = house.call("preview_plan", KARIN, **asked, most=3)["dates"]
    assert [str(day["work_on"]) for day in found] == [today(house, days) for days in (7, 14, 21)]
    assert [day["work_on"] for day in plan(house)["next"]][:3] == [day["work_on"] for day in found]
    never = house.call(
        "preview_plan", KARIN, **{**asked, "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, most=3
    )
    assert (never["dates"], "gives no date" in never["why_none"]) == ([], True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rule": "FREQ=SECONDLY"}, "rule"),
        ({"rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "rule"),
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"until": "2020-01-01"}, "until"),
        ({"product_id": str(UUID(int=1))}, "product_id"),
        ({"location_id": str(UUID(int=1))}, "location_id"),
        ({"lead_days": 61}, "lead_days"),
        ({"answers": {"strange": "x"}}, "answers.strange"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(
    house: House, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises((Wrong, Invalid)) as refused:
        plan(house, **changes)
    assert field in refused.value.errors


def test_who_comes_second_is_told_and_what_is_not_there_is_not_found(house: House) -> None:
    of = plan(house)
    with pytest.raises(Stale):
        decide(house, "pause_plan", of, version=9)
    with pytest.raises(NotFound):
        house.call("get_plan", KARIN, plan_id=str(UUID(int=1)))
    assert [each["name"] for each in house.call("list_plans", KARIN)["items"]] == ["Legionella spoelen"]
