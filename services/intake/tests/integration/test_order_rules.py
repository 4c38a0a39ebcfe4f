"""Order rules of a product: in time or not, room or not, cancelled free or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from servicekit.errors import Invalid

from .house import ANSWERS, House
from .test_races import at_once

BY_NOON = {"working_days": 1, "at": "12:00", "working_minutes": None}
RULES: dict[str, Any] = {
    "cutoff": BY_NOON,
    "capacity": {"amount": 10, "per": "day"},
    "free_cancellation": {"before": BY_NOON, "charge_percent": 50},
}
PRICED = {"kind": "fixed", "amount_cents": 1_000, "per": None}
WEDNESDAY_10 = "2026-11-25T10:00:00+01:00"


@pytest.fixture
def canteen(house: Any) -> Any:
    """Lunch by noon of the day before, ten a day, half the price when cancelled late. It is Wednesday."""
    at(house, WEDNESDAY_10)
    house.lunch = house.publish_product(kind="order", price=PRICED, ordering=RULES)
    return house


def at(house: Any, moment: str) -> None:
    house.clock.move(datetime.fromisoformat(moment) - house.clock.now())


def lunch(house: Any, day: str = "2026-11-26", quantity: int = 1, **more: Any) -> Any:
    given = {"product_id": str(house.lunch), "answers": ANSWERS, "quantity": quantity, "kind": "order"}
    return house.receive(**{**given, "wanted": {"from": f"{day}T12:30:00+01:00"}, **more})


def refusal(act: Any) -> Invalid:
    with pytest.raises(Invalid) as refused:
        act()
    return refused.value


def test_what_is_ordered_by_noon_of_the_day_before_is_in_time_and_a_minute_later_is_not(canteen: Any) -> None:
    at(canteen, "2026-11-25T12:00:00+01:00")
    assert lunch(canteen)["state"] == "in_progress"
    at(canteen, "2026-11-25T12:01:00+01:00")
    error = refusal(lambda: lunch(canteen))
    assert error.code == "ordered_too_late"
    assert "tot wo 25-11-2026 12:00" in error.errors["wanted"][0]
    assert "vr 27-11-2026 07:30" in error.errors["wanted"][0]


def test_who_does_not_say_when_is_asked_when(canteen: Any) -> None:
    assert refusal(lambda: lunch(canteen, wanted=None)).code == "wanted_missing"


def test_a_product_without_rules_asks_for_no_moment(canteen: Any) -> None:
    assert canteen.receive_standard()["state"] == "in_progress"


def test_a_complaint_about_it_orders_nothing(canteen: Any) -> None:
    assert lunch(canteen, wanted=None, kind="complaint")["state"] == "triage"


def test_a_full_day_is_refused_and_the_next_free_one_offered(canteen: Any) -> None:
    lunch(canteen, quantity=7)
    error = refusal(lambda: lunch(canteen, quantity=4))
    assert error.code == "full"
    assert "nog plaats voor 3" in error.errors["wanted"][0]
    assert "vr 27-11-2026 12:30" in error.errors["wanted"][0]
    assert lunch(canteen, "2026-11-27", quantity=4)["state"] == "in_progress"
    assert lunch(canteen, quantity=3)["state"] == "in_progress"


def test_what_is_offered_skips_the_weekend_and_what_is_full(canteen: Any) -> None:
    for day in ("2026-11-26", "2026-11-27"):
        lunch(canteen, day, quantity=10)
    assert "ma 30-11-2026 12:30" in refusal(lambda: lunch(canteen)).errors["wanted"][0]


def test_more_than_there_ever_is_says_so(canteen: Any) -> None:
    error = refusal(lambda: lunch(canteen, quantity=11))
    assert (error.code, list(error.errors)) == ("too_many_at_once", ["quantity"])


def test_what_is_withdrawn_gives_its_place_back(canteen: Any) -> None:
    request = lunch(canteen, quantity=10)
    refusal(lambda: lunch(canteen))
    canteen.withdraw(canteen.get(request))
    assert lunch(canteen)["state"] == "in_progress"


def test_who_cancels_in_time_pays_nothing_and_later_half(canteen: Any) -> None:
    first, second = lunch(canteen, quantity=2), lunch(canteen, quantity=4)
    assert canteen.get(first)["cancelling"]["late"] is False
    canteen.withdraw(canteen.get(first))
    assert canteen.get(first)["cancelled_late"] is None
    at(canteen, "2026-11-25T12:01:00+01:00")
    assert canteen.get(second, canteen.sanne)["cancelling"]["cost_cents"] == 2_000
    canteen.withdraw(canteen.get(second))
    whole = canteen.get(second, canteen.sanne)
    assert whole["cancelled_late"]["cost_cents"] == 2_000
    assert whole["timeline"][-1]["data"]["late"]["cost_cents"] == 2_000
    assert [each["reference"] for each in canteen.list(cancelled_late=True)["items"]] == [second["reference"]]


def test_what_waited_in_triage_was_ordered_when_it_was_received(canteen: Any) -> None:
    request = canteen.receive(text="Broodjes graag", wanted={"from": "2026-11-26T12:30:00+01:00"})
    at(canteen, "2026-11-25T15:00:00+01:00")
    assert canteen.triage(request, product_id=str(canteen.lunch))["state"] == "in_progress"


def test_a_moment_chosen_in_triage_is_chosen_now(canteen: Any) -> None:
    request = canteen.receive(text="Broodjes graag")
    to_lunch = partial(canteen.triage, request, product_id=str(canteen.lunch))
    assert refusal(to_lunch).code == "wanted_missing"
    at(canteen, "2026-11-25T15:00:00+01:00")
    tomorrow, friday = ({"from": f"2026-11-{day}T12:30:00+01:00"} for day in (26, 27))
    assert refusal(partial(to_lunch, wanted=tomorrow)).code == "ordered_too_late"
    assert to_lunch(wanted=friday, quantity=3)["state"] == "in_progress"
    assert (canteen.get(request)["quantity"], canteen.get(request)["units"]) == (3, 3)


def test_a_correction_moves_it_within_the_rules(canteen: Any) -> None:
    request = lunch(canteen, quantity=6)
    lunch(canteen, "2026-11-27", quantity=6)
    friday = {"from": "2026-11-27T12:30:00+01:00"}
    assert refusal(lambda: canteen.correct(request, "data", wanted=friday)).code == "full"
    canteen.correct(request, "data", quantity=4)
    canteen.correct(request, "data", wanted=friday)
    assert canteen.get(request)["wanted"]["from"].isoformat().startswith("2026-11-27")
    at(canteen, "2026-11-26T12:01:00+01:00")
    assert refusal(lambda: canteen.correct(request, "data", quantity=5)).code == "ordered_too_late"
    assert canteen.correct(request, "data", quantity=2)["correction"]["effect"] == "refresh"


def test_of_those_who_want_the_last_places_at_once_no_more_get_them_than_there_are(canteen: Any) -> None:
    for day in ("2026-11-26", "2026-11-27", "2026-11-30"):
        outcomes = at_once(*[partial(lunch, canteen, day, quantity=3)] * 6)
        refused = [each for each in outcomes if isinstance(each, Exception)]
        assert len(refused) == 3
        assert {getattr(each, "code", repr(each)) for each in refused} == {"full"}


def test_triage_and_receipt_do_not_both_get_the_last_place(canteen: Any) -> None:
    waiting = canteen.receive(text="Broodjes graag", wanted={"from": "2026-11-26T12:30:00+01:00"})
    lunch(canteen, quantity=9)
    outcomes = at_once(
        partial(canteen.triage, waiting, product_id=str(canteen.lunch)), partial(lunch, canteen)
    )
    assert sum(isinstance(each, Invalid) for each in outcomes) == 1


def test_hours_and_half_days_are_counted_by_themselves(canteen: Any) -> None:
    for per, wanted, other in (
        ("hour", "2026-11-27T10:15:00+01:00", "2026-11-27T11:00:00+01:00"),
        ("half_day", "2026-11-27T11:59:00+01:00", "2026-11-27T12:00:00+01:00"),
    ):
        room = canteen.publish_product(
            kind="order",
            ordering={"cutoff": None, "capacity": {"amount": 1, "per": per}, "free_cancellation": None},
        )
        canteen.lunch = room
        lunch(canteen, wanted={"from": wanted})
        refusal(partial(lunch, canteen, wanted={"from": wanted}))
        assert lunch(canteen, wanted={"from": other})["state"] == "in_progress"


def test_before_anything_is_sent_one_reads_what_is_free_and_until_when(canteen: Any) -> None:
    lunch(canteen, quantity=7)
    terms = canteen.call("get_order_terms", canteen.sanne, product_id=str(canteen.lunch))
    assert [(str(each["from"])[:10], each["left"]) for each in terms["slots"][:3]] == [
        ("2026-11-26", 3), ("2026-11-27", 10), ("2026-11-30", 10)
    ]  # fmt: skip
    of_thursday = canteen.call(
        "get_order_terms", canteen.sanne, product_id=str(canteen.lunch), quantity=4,
        wanted={"from": "2026-11-26T12:30:00+01:00"},
    )["wanted"]  # fmt: skip
    assert (of_thursday["in_time"], of_thursday["left"]) == (True, 3)
    assert of_thursday["order_before"] == of_thursday["free_until"]
    assert of_thursday["next_free"] - datetime.fromisoformat("2026-11-27T12:30:00+01:00") == timedelta(0)


def test_who_is_too_late_is_offered_the_first_day_with_room(canteen: Any) -> None:
    at(canteen, "2026-11-25T12:01:00+01:00")
    of_thursday = partial(
        canteen.call, "get_order_terms", canteen.sanne, product_id=str(canteen.lunch),
        wanted={"from": "2026-11-26T12:30:00+01:00"},
    )  # fmt: skip
    assert str(of_thursday()["wanted"]["next_free"])[:10] == "2026-11-27"
    lunch(canteen, "2026-11-27", quantity=10)
    assert str(of_thursday()["wanted"]["next_free"])[:10] == "2026-11-30"


def test_of_a_product_without_rules_nothing_is_said(canteen: House) -> None:
    terms = canteen.call("get_order_terms", canteen.sanne, product_id=str(canteen.radiator))
    assert (terms["ruled"], terms["slots"]) == (False, [])


def test_who_waits_for_the_budget_holder_keeps_the_place(canteen: Any) -> None:
    saved = canteen.save_people({"key": "karin", "name": "Karin Smit"})
    assert saved
    canteen.call("save_budgets", None, items=[{
        "key": "4100", "name": "Communicatie", "threshold_cents": 5_000, "departments": ["Communicatie"],
        "holders": [{"person_key": "karin"}],
    }])  # fmt: skip
    assert lunch(canteen, quantity=8)["state"] == "awaiting_approval"
    assert refusal(lambda: lunch(canteen, quantity=3)).code == "full"
