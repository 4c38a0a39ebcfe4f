"""The desk lets one request pass a rule of its product, with a reason; its requester can't."""

from __future__ import annotations

from typing import Any

import pytest
from servicekit.errors import Forbidden, Invalid

from .house import ANSWERS, House
from .test_order_rules import at, canteen, lunch, refusal  # noqa: F401

WHY = "De directie ontvangt onverwacht bezoek."


def told(house: House) -> list[dict[str, Any]]:
    return [fact["data"] for fact in house.told() if fact["type"] == "intake.rule_overruled"]


def theirs(house: House) -> str:
    audience = {"departments": ["Financiën"], "locations": []}
    return str(house.publish_product(slug="alleen-hier", audience=audience))


def for_sanne(house: House, **more: Any) -> dict[str, Any]:
    """By Amira, on the phone."""
    return house.receive(house.amira, requester_id=house.sanne.person_id, channel="phone", **more)


def test_the_desk_orders_for_somebody_outside_the_target_group_and_says_why(house: House) -> None:
    product_id = theirs(house)
    request = for_sanne(house, product_id=product_id, answers=ANSWERS, overrule=WHY)
    assert (request["state"], request["standard"]) == ("in_progress", True)
    (fact,) = told(house)
    assert (fact["rule"], fact["reason"], fact["by"]["name"]) == ("outside_audience", WHY, "Amira Haddad")
    assert fact["product"]["product_id"] == product_id
    line = next(each for each in house.get(request)["timeline"] if each["type"] == "overruled")
    assert line["data"] == {"rule": "outside_audience", "reason": WHY}
    assert WHY not in str(house.get(request, house.sanne))


def test_without_a_reason_the_desk_is_refused_like_anybody(house: House) -> None:
    with pytest.raises(Invalid) as refused:
        for_sanne(house, product_id=theirs(house), answers=ANSWERS)
    assert refused.value.code == "not_offered"


def test_the_requester_cannot_overrule_it(house: House) -> None:
    with pytest.raises(Forbidden):
        house.receive(product_id=theirs(house), answers=ANSWERS, overrule=WHY)
    assert told(house) == []


def test_what_no_rule_stood_in_the_way_of_is_no_deviation(house: House) -> None:
    product_id = str(house.publish_product())
    for_sanne(house, product_id=product_id, answers=ANSWERS, overrule=WHY)
    assert told(house) == []


def test_the_desk_takes_an_order_after_its_cut_off(canteen: Any) -> None:  # noqa: F811
    at(canteen, "2026-11-25T12:01:00+01:00")
    request = lunch(canteen, actor=canteen.amira, requester_id=canteen.sanne.person_id, overrule=WHY)
    assert request["state"] == "in_progress"
    assert [fact["rule"] for fact in told(canteen)] == ["ordered_late"]


def test_what_is_full_stays_full_whatever_the_reason(canteen: Any) -> None:  # noqa: F811
    lunch(canteen, quantity=10)
    at(canteen, "2026-11-25T12:01:00+01:00")
    who = {"actor": canteen.amira, "requester_id": canteen.sanne.person_id}
    assert refusal(lambda: lunch(canteen, **who, overrule=WHY)).code == "full"
    assert told(canteen) == []


def test_in_triage_it_is_let_go_of_with_a_reason_too(house: House) -> None:
    product_id, request = theirs(house), house.receive()
    with pytest.raises(Invalid):
        house.triage(request, product_id=product_id)
    house.triage(request, product_id=product_id, overrule=WHY)
    assert house.get(request)["state"] == "in_progress"
    assert [fact["rule"] for fact in told(house)] == ["outside_audience"]
