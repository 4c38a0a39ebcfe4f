"""Wishes: filed under themes, counted, decided once, and every wisher answered once in their own language."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from intake.domain.errors import NotAllowed
from intake.service import IntakeService
from servicekit.errors import Invalid, NotFound, Stale
from servicekit.ids import new_id

from .house import House, person

Request = dict[str, Any]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
PUMP = {"nl": "Fietspomp", "en": "Bicycle pump"}
REASON = {"nl": "Het past in het budget.", "en": "It fits the budget."}


def wish(house: House, actor: Any = None, text: str = "Een pomp bij de fietsen") -> Request:
    return house.receive(actor, kind="wish", text=text)


def decide(
    house: House, theme_id: Any, decision: str = "yes", version: int = 0, reason: Any = REASON
) -> Request:
    lars = person("Lars", "product_owner")
    which = {"theme_id": str(theme_id), "version": version}
    return house.call("decide_theme", lars, **which, decision=decision, reason=reason)


def heard(house: House, request: Request, event: str) -> int:
    which = str(request["request_id"])
    return sum(f["type"] == f"intake.{event}" and f["data"].get("request_id") == which for f in house.told())


@pytest.fixture
def collected(house: House) -> tuple[Any, list[Request]]:
    """A theme with a wish of Sanne, who reads Dutch, and one of Daan, who reads English."""
    first, second = wish(house), wish(house, house.daan, "A pump near the bikes")
    house.act("file_wish", first, name=PUMP)
    theme_id = house.get(first)["theme_id"]
    house.act("file_wish", second, theme_id=str(theme_id))
    return theme_id, [first, second]


def test_a_wish_is_collected_and_no_longer_waits_for_the_desk(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    for each in wishes:
        seen = house.get(each)
        assert (seen["state"], seen["theme_id"]) == ("in_progress", theme_id)
    (listed,) = house.call("list_themes", house.amira)["items"]
    assert (listed["name"], listed["count"], listed["open"]) == (PUMP, 2, 2)
    assert len(house.call("get_theme", house.amira, theme_id=str(theme_id))["requests"]) == 2


def test_every_wisher_is_answered_once_in_their_own_language_and_words(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    assert decide(house, theme_id)["reached"] == 2
    for each, actor, words in zip(wishes, (house.sanne, house.daan), ("U wenste", "You wished"), strict=True):
        seen = house.get(each, actor)
        assert seen["resolution"] == "answered"
        assert words in seen["answer"]["text"]
        assert each["summary"] in seen["answer"]["text"]
        assert heard(house, each, "request_closed") == 1


def test_a_no_has_its_reason_and_a_later_keeps_it_waiting(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    assert decide(house, theme_id, "later")["reached"] == 2
    assert all(house.get(each)["state"] == "in_progress" for each in wishes)
    assert heard(house, wishes[0], "request_updated") == 1
    decide(house, theme_id, "no", version=1)
    assert {house.get(each)["resolution"] for each in wishes} == {"rejected"}
    told = [fact["data"]["answer"] for fact in house.told() if fact["type"] == "intake.request_closed"]
    assert {text.rpartition(". ")[2] for text in told} == {"Het past in het budget.", "It fits the budget."}


def of(house: House, request: Request, what: str = "result") -> list[tuple[str, Any]]:
    return [(each["state"], each["until"]) for each in house.get(request)["promises"] if each["what"] == what]


def test_a_wish_has_a_decision_promised_within_twenty_working_days_and_its_theme_says_by_when(
    house: House, collected: Any
) -> None:
    _, wishes = collected
    ((state, until),) = of(house, wishes[0])
    assert state == "open"
    assert timedelta(days=27) <= until - wishes[0]["received_at"] <= timedelta(days=32)
    (listed,) = house.call("list_themes", house.amira)["items"]
    assert listed["decide_by"] == until
    (seen,) = house.call("list_wishes", house.sanne)["items"]
    assert seen["decide_by"] == until


def test_later_is_a_decision_in_time_and_promises_another(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    decide(house, theme_id, "later")
    (first, _), (again, until) = of(house, wishes[0])
    assert (first, again) == ("kept", "open")
    assert until - house.clock.now() > timedelta(days=80)
    (listed,) = house.call("list_themes", house.amira)["items"]
    assert listed["decide_by"] == until
    said = [line for line in house.get(wishes[0], house.sanne)["timeline"] if line["type"] == "deferred"]
    assert f"{until.astimezone(AMSTERDAM):%d-%m-%Y}" in said[0]["data"]["text"]


def test_who_wishes_what_was_put_off_hears_that_at_once(house: House, collected: Any) -> None:
    theme_id, _ = collected
    decide(house, theme_id, "later")
    late = wish(house)
    house.act("file_wish", late, theme_id=str(theme_id))
    assert [state for state, _ in of(house, late)] == ["kept", "open"]
    assert heard(house, late, "request_updated") == 1


def test_a_doubled_decision_answers_nobody_twice(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    decide(house, theme_id)
    with pytest.raises(Stale):
        decide(house, theme_id)
    with pytest.raises(NotAllowed):
        decide(house, theme_id, "no", version=1)
    assert heard(house, wishes[0], "request_closed") == 1


def test_a_wish_that_comes_after_the_decision_is_answered_at_once(house: House, collected: Any) -> None:
    theme_id, _ = collected
    decide(house, theme_id)
    late = wish(house)
    house.act("file_wish", late, theme_id=str(theme_id))
    assert house.get(late)["resolution"] == "answered"


def test_whoever_withdrew_is_not_answered(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    house.withdraw(house.get(wishes[0]))
    assert decide(house, theme_id)["reached"] == 1


def test_it_is_moved_to_another_theme_as_long_as_it_is_not_answered(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    house.act("file_wish", wishes[0], name={"nl": "Fietsen", "en": "Bicycles"})
    assert house.get(wishes[0])["theme_id"] != theme_id
    decide(house, theme_id)
    assert house.get(wishes[0])["state"] == "in_progress"
    with pytest.raises(NotAllowed):
        house.act("file_wish", wishes[1], theme_id=str(theme_id))


def test_me_too_is_a_wish_of_ones_own_and_one_only(house: House, collected: Any) -> None:
    theme_id, wishes = collected
    petra = person("Petra", "requester", person_id=str(new_id()))
    mine = house.call("wish_too", petra, theme_id=str(theme_id))
    again = house.call("wish_too", petra, theme_id=str(theme_id))
    assert mine["request_id"] == again["request_id"]
    own = house.call("wish_too", house.sanne, theme_id=str(theme_id))
    assert own["request_id"] == wishes[0]["request_id"]
    (seen,) = house.call("list_wishes", petra)["items"]
    assert (seen["count"], seen["own_request_id"]) == (3, mine["request_id"])
    assert "Sanne" not in str(seen)
    assert decide(house, theme_id)["reached"] == 3
    with pytest.raises(NotAllowed):
        house.call("wish_too", person("Tom", "requester", person_id=str(new_id())), theme_id=str(theme_id))


def test_themes_are_proposed_from_the_words(house: House, collected: Any) -> None:
    theme_id, _ = collected
    found = house.call("list_themes", house.amira, text="Is er een fietspomp?")
    assert found["likely"] == [theme_id]


@pytest.mark.parametrize("given", [{}, {"name": {"nl": "Pomp"}}, {"name": PUMP, "theme_id": str(new_id())}])
def test_a_theme_is_chosen_or_named_in_both_languages(house: House, given: Request) -> None:
    with pytest.raises(Invalid):
        house.act("file_wish", wish(house), **given)


def test_what_is_no_wish_and_what_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.act("file_wish", house.receive(kind="fault"), name=PUMP)
    with pytest.raises(NotFound):
        house.act("file_wish", wish(house), theme_id=str(new_id()))


def test_only_the_product_owner_decides() -> None:
    (entrypoint,) = IntakeService.decide_theme.nameko_entrypoints  # type: ignore[attr-defined]
    assert person("Lars", "product_owner").can(entrypoint.permission)
    assert not any(person("x", role).can(entrypoint.permission) for role in ("agent", "manager", "requester"))


def test_a_granted_wish_is_no_first_contact(house: House, collected: Any) -> None:
    theme_id, _ = collected
    decide(house, theme_id)
    house.answer(house.receive(kind="information"))
    day = house.clock.now().date().isoformat()
    figures = house.call("get_figures", house.amira, first=day, last=day)
    assert figures["first_contact"] == {"count": 1, "of": 1}
    assert len(house.list(first_contact=True)["items"]) == 1


def test_a_wish_has_no_clock_and_a_decision_is_promised(house: House) -> None:
    made = wish(house)
    assert made["promise"]["resolve_by"] is not None
    assert house.told_last("request_received")["kind"] == "wish"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_reason_in_one_language_only_is_refused_and_nobody_is_answered(
    language: str, house: House, collected: tuple[Any, list[Request]]
) -> None:
    theme_id, wishes = collected
    with pytest.raises(Invalid) as refused:
        decide(house, theme_id, reason={language: "Doen we"})
    assert "in Dutch and in English" in refused.value.errors["reason"][0]
    assert [house.get(each)["state"] for each in wishes] == ["in_progress", "in_progress"]
