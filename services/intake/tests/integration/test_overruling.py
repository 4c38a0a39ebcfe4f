"""The desk lets one request pass a rule of its product, with a reason; its requester can't."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from servicekit.errors import Forbidden, Invalid

from .house import ANSWERS, House
from .test_batches import corrected, outcomes, previewed
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


# --- corrections --------------------------------------------------------------------------------------------


def corrects(house: House, request: dict[str, Any], product_id: str, **more: Any) -> dict[str, Any]:
    return house.call(
        "correct_request", house.amira, request_id=str(request["request_id"]),
        version=house.get(request)["version"], what="product", cause="misunderstood", product_id=product_id,
        answers=ANSWERS, **more,
    )  # fmt: skip


def foresees(house: House, request: dict[str, Any], product_id: str, **more: Any) -> dict[str, Any]:
    return house.call(
        "preview_correction", house.amira, request_id=str(request["request_id"]), what="product",
        cause="misunderstood", product_id=product_id, answers=ANSWERS, **more,
    )  # fmt: skip


def test_a_correction_to_a_product_for_others_is_foreseen_and_done_with_a_reason(house: House) -> None:
    product_id, request = theirs(house), house.receive_standard()
    for ask in (foresees, corrects):
        assert refusal(lambda: ask(house, request, product_id)).code == "not_offered"  # noqa: B023
    assert list(foresees(house, request, product_id, overrule=WHY)["overrules"]) == ["outside_audience"]
    assert told(house) == [], "looking at it lets nothing go"
    corrects(house, request, product_id, overrule=WHY)
    (fact,) = told(house)
    assert (fact["rule"], fact["reason"], fact["by"]["name"]) == ("outside_audience", WHY, "Amira Haddad")
    assert fact["product"]["product_id"] == product_id
    assert WHY not in str(house.get(request, house.sanne))


def test_the_clock_of_the_customer_runs_on_from_receipt_whatever_rule_is_let_go(house: House) -> None:
    product_id, request = theirs(house), house.receive_standard()
    before = house.get(request)
    house.clock.move(timedelta(hours=3))
    corrects(house, request, product_id, overrule=WHY)
    after = house.get(request)
    assert (after["received_at"], after["promise"]["respond_by"]) == (
        before["received_at"],
        before["promise"]["respond_by"],
    )


def test_a_correction_to_what_had_to_be_ordered_earlier_is_done_with_a_reason(canteen: Any) -> None:  # noqa: F811
    request = lunch(canteen)
    late = {"wanted": {"from": "2026-11-25T12:30:00+01:00"}}
    about = {"request_id": str(request["request_id"]), "what": "data", "cause": "misunderstood", **late}
    at(canteen, "2026-11-25T12:01:00+01:00")
    assert refusal(lambda: canteen.call("preview_correction", canteen.amira, **about)).code == (
        "ordered_too_late"
    )
    seen = canteen.call("preview_correction", canteen.amira, **about, overrule=WHY)
    assert list(seen["overrules"]) == ["ordered_late"]
    canteen.call("correct_request", canteen.amira, version=seen["version"], **about, overrule=WHY)
    assert [fact["rule"] for fact in told(canteen)] == ["ordered_late"]


def test_a_correction_that_no_rule_stands_in_the_way_of_is_no_deviation(house: House) -> None:
    other, request = str(house.publish_product(slug="ander")), house.receive_standard()
    assert list(foresees(house, request, other, overrule=WHY)["overrules"]) == []
    corrects(house, request, other, overrule=WHY)
    assert told(house) == []


def test_of_many_each_is_done_as_it_was_foreseen_and_a_rule_is_let_go_where_it_stands(house: House) -> None:
    audience = {"departments": ["Communicatie"], "locations": []}
    product_id = str(house.publish_product(slug="communicatie", audience=audience))
    inside, outside = house.receive_standard(), house.receive_standard(house.daan)
    both = [inside, outside]
    wish = {"product_id": product_id, "answers": ANSWERS}

    plain = previewed(house, "product", both, **wish)["items"]
    assert [each["problem"] and each["problem"]["code"] for each in plain] == [None, "not_offered"]
    seen = previewed(house, "product", both, **wish, overrule=WHY)
    assert [list(each["overrules"]) for each in seen["items"]] == [[], ["outside_audience"]]

    batch = corrected(house, seen, "product", **wish, overrule=WHY)
    assert outcomes(batch) == ["done", "done"]
    assert [fact["request_id"] for fact in told(house)] == [str(outside["request_id"])]


def test_of_many_that_were_seen_without_a_reason_none_lets_a_rule_go(house: House) -> None:
    product_id, request = theirs(house), house.receive_standard()
    wish = {"product_id": product_id, "answers": ANSWERS}
    batch = corrected(house, previewed(house, "product", [request], **wish), "product", **wish)
    assert outcomes(batch) == ["refused"]
    assert told(house) == []
