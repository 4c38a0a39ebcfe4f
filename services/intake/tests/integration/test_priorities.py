"""How pressing a fault is: by the matrix, by the desk's word with a reason, or at once when it is danger."""

from __future__ import annotations

from typing import Any

import pytest
from intake.domain.errors import NotAllowed, Wrong
from intake.domain.priorities import CELLS
from servicekit.errors import Invalid, Stale

from .house import House, person

Request = dict[str, Any]
EVERYBODY_STANDS = {"impact": "site", "urgency": "high"}


def weigh(house: House, request: Request, version: int | None = None, **said: Any) -> Request:
    which = {"request_id": str(request["request_id"]), "version": version or request["version"]}
    return house.call("set_priority", house.amira, **which, **said)


def set_matrix(house: House, version: int, **changes: dict[str, str]) -> Request:
    manager = person("Mo", "manager")
    return house.call("set_priority_matrix", manager, version=version, cells={**CELLS, **changes})


def test_whom_it_touches_and_how_badly_make_the_priority(house: House) -> None:
    assert house.receive(kind="fault", **EVERYBODY_STANDS)["priority"] == "P2"
    assert house.receive(kind="fault", impact="person", urgency="low")["priority"] == "P4"
    assert house.receive(kind="fault", impact="site")["priority"] == "P3"


def test_a_wish_is_not_made_pressing_by_it(house: House) -> None:
    assert house.receive(kind="wish", **EVERYBODY_STANDS)["priority"] == "P3"


def test_the_object_and_the_grade_stand_in_the_dossier(house: House) -> None:
    request = house.receive(kind="fault", object="Radiator bij het raam", impact="group", urgency="low")
    seen = house.get(request)
    assert (seen["object"], seen["impact"], seen["urgency"]) == ("Radiator bij het raam", "group", "low")
    own = house.get(request, house.sanne)
    assert own["object"] == "Radiator bij het raam"
    assert "impact" not in own


def test_a_manager_sets_the_matrix_and_it_holds_from_then_on(house: House) -> None:
    before = house.receive(kind="fault", impact="person", urgency="high")
    made = set_matrix(house, 0, person={"low": "P4", "normal": "P3", "high": "P2"})
    assert (made["version"], made["by"]["name"]) == (1, "Mo")
    assert house.receive(kind="fault", impact="person", urgency="high")["priority"] == "P2"
    assert house.get(before)["priority"] == "P3"


def test_two_who_set_it_at_once_do_not_overwrite_each_other(house: House) -> None:
    set_matrix(house, 0)
    with pytest.raises(Stale):
        set_matrix(house, 0)
    with pytest.raises(Stale):
        set_matrix(house, 7)
    assert set_matrix(house, 1)["version"] == 2


def test_a_matrix_that_makes_no_sense_changes_nothing(house: House) -> None:
    with pytest.raises(Wrong):
        set_matrix(house, 0, site={"low": "P4", "normal": "P4", "high": "P4"})
    assert house.call("get_priority_matrix", house.amira)["version"] == 0


def test_the_desk_says_otherwise_with_a_reason(house: House) -> None:
    request = house.receive(kind="fault", impact="person", urgency="normal")
    with pytest.raises(Invalid) as wrong:
        weigh(house, request, priority="P2")
    assert list(wrong.value.errors) == ["reason"]
    weigh(house, request, priority="P2", reason="Directeur op bezoek")
    seen = house.get(request)
    assert seen["priority"] == "P2"
    line = seen["timeline"][-1]
    assert line["data"]["reason"] == "Directeur op bezoek"
    own = house.get(request, house.sanne)["timeline"][-1]
    assert own["type"] == "prioritised"
    assert "Directeur" not in str(own)


def test_by_the_matrix_no_reason_is_needed(house: House) -> None:
    request = house.receive(kind="fault")
    assert weigh(house, request, **EVERYBODY_STANDS)["priority"] == "P2"
    with pytest.raises(Invalid):
        weigh(house, house.receive(kind="fault"), impact="site")


def test_the_promise_counts_anew_from_the_receipt_and_others_hear_it(house: House) -> None:
    slow, quick = house.receive(kind="fault"), house.receive(kind="fault", **EVERYBODY_STANDS)
    changed = weigh(house, slow, **EVERYBODY_STANDS)
    assert changed["promise"] == quick["promise"]
    told = house.told_last("priority_changed")
    assert (told["priority"], told["danger"]) == ("P2", False)


def test_work_under_way_goes_on_and_what_is_over_is_not_weighed(house: House) -> None:
    request = house.receive_standard(kind="fault")
    assert weigh(house, request, priority="P2", reason="Meer last")["state"] == "in_progress"
    done = house.complete(request)
    with pytest.raises(NotAllowed):
        weigh(house, done, priority="P4", reason="Te laat")
    with pytest.raises(Stale):
        weigh(house, request, version=1, priority="P4", reason="Te laat")


def test_danger_is_told_by_the_words_and_comes_first_without_anybody_confirming(house: House) -> None:
    request = house.receive(text="Er komt rook uit de kast", impact="person", urgency="low")
    assert (request["priority"], request["danger"]) == ("P1", "fire")
    seen = house.get(request)
    assert seen["attention"] == "danger"
    assert house.list(danger=True, open=True)["items"][0]["reference"] == request["reference"]
    assert house.count({"danger": {"danger": True, "open": True}}) == {"danger": 1}
    assert house.told_last("request_received")["priority"] == "P1"


def test_danger_in_a_standard_report_starts_the_work_at_once_with_the_highest_priority(house: House) -> None:
    request = house.receive_standard(text="Radiator koud en het ruikt naar gas", kind="fault")
    assert (request["state"], request["priority"]) == ("in_progress", "P1")
    plain = house.receive(text="Er komt rook uit de kast")
    assert request["promise"] == plain["promise"]


def test_the_product_itself_may_be_danger(house: House) -> None:
    unsafe = str(house.publish_product(priority="P1", kind="fault", questions=[]))
    assert house.receive(text="Kom kijken", product_id=unsafe)["danger"] == "product"


def test_whoever_has_it_in_hand_takes_it_off_the_alarm_and_it_stays_danger(house: House) -> None:
    request = house.receive(text="Er is brand")
    house.note(request)
    seen = house.get(request)
    assert (seen["attention"], seen["danger"]) == (None, "fire")


def test_the_desk_takes_the_mark_away_with_a_word(house: House) -> None:
    request = house.receive(text="Er is brand, o nee toch niet")
    weigh(house, request, priority="P4", reason="Vals alarm")
    seen = house.get(request)
    assert (seen["priority"], seen["danger"], seen["attention"]) == ("P4", None, None)
    assert house.list(danger=True)["items"] == []


def test_triage_keeps_danger_until_a_person_says_otherwise(house: House) -> None:
    first, second = house.receive(text="Gaslucht"), house.receive(text="Gaslucht")
    assert house.triage(first)["priority"] == "P1"
    house.triage(second, priority="P3")
    assert (house.get(second)["priority"], house.get(second)["danger"]) == ("P3", None)


def test_proposals_say_at_once_that_it_is_danger(house: House) -> None:
    assert house.call("get_proposals", house.sanne, text="Het ruikt naar gas")["danger"] == "gas"
    assert house.call("get_proposals", house.sanne, text="De lamp is stuk")["danger"] is None
