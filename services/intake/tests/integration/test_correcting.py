"""Putting a request right in place: what changes, what is told, and what must not change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from intake.domain.errors import NotAllowed, Wrong
from servicekit.errors import Invalid, Stale
from servicekit.ids import new_id

from .house import ANSWERS, House

REFUSED = (Invalid, Wrong)  # the service tells them in the same way
WORK_ORDER = str(new_id())
OTHER = str(new_id())
VONK = {"provider_id": str(new_id()), "slug": "vonk-val", "name": "Vonk & Val", "kind": "supplier"}


@pytest.fixture
def request_(house: House) -> Any:
    """A standard request with one order at a supplier."""
    made = house.receive_standard()
    plan(house, made, WORK_ORDER, "issued")
    return made


def plan(house: House, request: Any, order: str, state: str, round_: int = 1, serial: int = 1) -> None:
    named = {"work_order_id": order, "number": f"{request['reference']}-{serial}", "step": "repair",
             "title": {"nl": "Repareren", "en": "Repair"}, "provider": VONK, "state": state,
             "depends_on": [], "replaces": None}  # fmt: skip
    which = {"request_id": str(request["request_id"]), "round": round_}
    house.tell("dispatch.work_orders_planned", **which, orders=[named])


def change(
    house: House, request: Any, order: str, action: str, state: str, sequence: int, **more: Any
) -> None:
    which = {"request_id": str(request["request_id"]), "number": f"{request['reference']}-1", "round": 1}
    house.tell(
        "dispatch.work_order_changed", **which, work_order_id=order, action=action, state=state,
        sequence=sequence, provider=VONK, **more,
    )  # fmt: skip


def places(house: House) -> list[str]:
    saved = house.save_locations(
        {"key": "sluis", "name": "De Sluis"}, {"key": "sluis-2", "name": "Kamer 2.14", "parent_key": "sluis"}
    )
    return [str(each["location_id"]) for each in saved["items"]]


def test_a_wrong_product_begins_the_right_process_in_a_new_round(house: House, request_: Any) -> None:
    other = house.publish_product(slug="deur-repareren")

    corrected = house.correct(
        request_, "product", product_id=str(other), answers=ANSWERS, note="Het is de deur."
    )

    told = house.told_last("request_corrected")
    assert corrected["product"].product_id == str(other)
    assert (told["round"], told["correction"]["effect"]) == (2, "replan")
    assert told["product"]["slug"] == "deur-repareren"
    assert corrected["correction"]["state"] == "begun"


def test_what_is_told_of_the_round_before_is_overtaken(house: House, request_: Any) -> None:
    other = house.publish_product()
    house.correct(request_, "product", product_id=str(other), answers=ANSWERS)

    assert house.complete(request_, round_=1)["state"] == "in_progress"
    assert house.complete(request_, round_=2)["state"] == "ready"


def test_the_customers_time_began_at_receipt_whatever_is_corrected(house: House, request_: Any) -> None:
    dear = house.publish_product(priority="P2", lead_time=None)
    house.clock.move(timedelta(hours=5))

    corrected = house.correct(request_, "product", product_id=str(dear), answers=ANSWERS)

    told = house.told_last("request_corrected")
    assert told["received_at"] == house.told_last("request_accepted")["received_at"]
    assert corrected["promise"]["respond_by"] < house.clock.now()
    assert "request_resumed" not in house.told_types()


def test_a_wait_for_the_customer_goes_on_through_a_correction(house: House, request_: Any) -> None:
    house.ask(house.get(request_))
    waiting = house.get(request_)["waiting"]

    house.correct(request_, "product", product_id=str(house.publish_product()), answers=ANSWERS)

    assert house.get(request_)["waiting"] == waiting


def test_a_wrong_place_is_put_right_and_the_work_begins_afresh_there(house: House, request_: Any) -> None:
    room = places(house)[1]

    corrected = house.correct(request_, "place", location_id=room)

    assert corrected["location"].path == "De Sluis / Kamer 2.14"
    assert house.told_last("request_corrected")["location"]["location_id"] == room
    assert house.told_last("request_corrected")["correction"]["effect"] == "replan"


def test_in_triage_nobody_works_on_it_so_nothing_follows(house: House) -> None:
    made = house.receive()

    corrected = house.correct(made, "place", location_id=places(house)[0])

    assert corrected["correction"]["state"] == "done"
    assert house.told_last("request_corrected")["round"] == 0


def test_a_wrong_kind_of_what_is_at_work_keeps_the_work(house: House, request_: Any) -> None:
    corrected = house.correct(request_, "kind", kind="fault", priority="P2")

    assert (corrected["kind"], corrected["priority"], corrected["state"]) == ("fault", "P2", "in_progress")
    assert corrected["correction"]["effect"] == "none"


def test_what_turns_out_to_be_no_complaint_has_not_the_life_of_one(house: House) -> None:
    lodged = house.complain()
    house.correct(lodged, "kind", kind="information")
    assert house.get(lodged).get("complaint") is None


def test_a_complaint_that_was_begun_as_a_fault_is_assessed_again(house: House, request_: Any) -> None:
    corrected = house.correct(request_, "kind", kind="complaint")

    assert (corrected["kind"], corrected["state"]) == ("complaint", "triage")
    assert house.get(request_)["complaint"]["stage"] == "lodged"
    told = house.told_last("request_corrected")
    assert (told["product"], told["correction"]["effect"]) == (None, "reassess")


def test_what_is_assessed_again_is_accepted_in_a_round_of_its_own(house: House, request_: Any) -> None:
    house.correct(request_, "product", note="Geen idee wat het wel is.")
    assert house.complete(request_, round_=1)["state"] == "triage"

    house.triage(house.get(request_))

    assert house.told_last("request_accepted")["round"] == 2


def test_of_what_is_being_assessed_again_nothing_is_told_to_be_done(house: House, request_: Any) -> None:
    """Whoever hears this before what went before it must not begin with it."""
    house.correct(request_, "kind", kind="complaint")

    house.correct(request_, "place", location_id=places(house)[0])

    assert house.told_last("request_corrected")["product"] is None


def test_wrong_data_is_put_right_answer_by_answer(house: House, request_: Any) -> None:
    key = next(iter(ANSWERS))
    questions = house.get(request_)["answers"]

    house.correct(request_, "data", quantity=4)

    told = house.told_last("request_corrected")
    assert (told["quantity"], told["round"], told["correction"]["effect"]) == (4, 1, "refresh")
    assert told["answers"][key] == questions[key]


def test_an_order_goes_to_another_provider_by_dispatch(house: House, request_: Any) -> None:
    house.correct(request_, "provider", work_order_id=WORK_ORDER, provider_id=OTHER)

    told = house.told_last("request_corrected")["correction"]
    assert (told["effect"], told["work_order_id"], told["provider_id"]) == ("reroute", WORK_ORDER, OTHER)


def test_nobody_came_and_the_same_supplier_is_sent_again(house: House, request_: Any) -> None:
    house.correct(request_, "no_show", cause="provider-fell-short", work_order_id=WORK_ORDER)

    assert house.told_last("request_corrected")["correction"]["provider_id"] == VONK["provider_id"]


def test_bad_work_of_what_was_ready_begins_a_new_round_as_after_not_solved(
    house: House, request_: Any
) -> None:
    house.complete(request_)

    corrected = house.correct(request_, "bad_work", work_order_id=WORK_ORDER, note="Het lekt weer.")

    assert (corrected["state"], corrected["correction"]["state"]) == ("in_progress", "done")
    assert house.told_last("request_reopened")["round"] == 2


def test_a_correction_is_cancelling_until_the_supplier_says_that_it_stopped(
    house: House, request_: Any
) -> None:
    house.correct(request_, "product", product_id=str(house.publish_product()), answers=ANSWERS)
    stopped = {"work_order_id": WORK_ORDER, "number": f"{request_['reference']}-1",
               "state": "cancellation_requested"}  # fmt: skip
    house.answer_correction(request_, stopped=[stopped], issued=[])
    (correction,) = house.get(request_)["corrections"]
    assert (correction["state"], correction["stopped"][0]["asked"]) == ("cancelling", True)

    change(house, request_, WORK_ORDER, "confirm_cancellation", "cancelled", 5)

    (correction,) = house.get(request_)["corrections"]
    assert (correction["state"], correction["stopped"][0]["state"]) == ("done", "cancelled")


def test_what_dispatch_refuses_is_seen_by_the_desk_until_it_is_put_right(house: House, request_: Any) -> None:
    house.correct(request_, "provider", work_order_id=WORK_ORDER, provider_id=OTHER)
    house.answer_correction(
        request_, "refused", reason="action_not_allowed", detail="Done already.", stopped=[], issued=[]
    )
    shown = house.get(request_)
    assert (shown["attention"], shown["corrections"][0]["state"]) == ("correction_failed", "failed")

    house.correct(request_, "no_show", work_order_id=WORK_ORDER)

    assert house.get(request_)["attention"] is None


def test_an_answer_heard_twice_adds_no_line(house: House, request_: Any) -> None:
    house.correct(request_, "no_show", work_order_id=WORK_ORDER)
    for _ in range(2):
        house.answer_correction(request_, stopped=[], issued=[])

    types = [line["type"] for line in house.get(request_)["timeline"]]
    assert types.count("correction_done") == 1


def test_the_requester_reads_that_it_was_corrected_and_not_why(house: House, request_: Any) -> None:
    house.correct(request_, "place", location_id=places(house)[1], note="Amira luisterde niet.")

    shown = house.get(request_, house.sanne)
    (line,) = [line for line in shown["timeline"] if line["type"] == "corrected"]
    assert line["data"] == {"what": "place"}
    assert "corrections" not in shown


def test_a_preview_says_what_carrying_out_does(house: House, request_: Any) -> None:
    other = house.publish_product()
    wish = {"product_id": str(other), "answers": ANSWERS}

    seen = house.preview(request_, "product", **wish)
    done = house.correct(request_, "product", **wish)["correction"]

    assert [order["work_order_id"] for order in seen["stops"]] == [WORK_ORDER]
    assert len(seen["issues"]) >= 1
    assert (seen["effect"], seen["before"], seen["after"]) == (done["effect"], done["before"], done["after"])


def test_a_preview_changes_nothing(house: House, request_: Any) -> None:
    before = house.get(request_)

    house.preview(request_, "kind", kind="fault")

    assert house.get(request_) == before


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("kind", {}, "kind"),
    ("kind", {"kind": "order"}, "kind"),
    ("product", {"product_id": str(new_id())}, "product_id"),
    ("place", {"location_id": str(new_id())}, "location_id"),
    ("place", {}, "location_id"),
    ("data", {}, "answers"),
    ("provider", {}, "work_order_id"),
    ("provider", {"work_order_id": WORK_ORDER}, "provider_id"),
    ("provider", {"work_order_id": WORK_ORDER, "provider_id": VONK["provider_id"]}, "provider_id"),
    ("bad_work", {"work_order_id": WORK_ORDER}, "note"),
    ("kind", {"kind": "fault", "cause": "no-such-cause"}, "cause"),
]


@pytest.mark.parametrize(("what", "wish", "field"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_missing_or_unknown_is_said_at_its_field(
    house: House, request_: Any, what: str, wish: dict[str, Any], field: str
) -> None:
    before = house.get(request_)
    with pytest.raises(REFUSED) as refused:
        house.correct(request_, what, **wish)

    assert field in refused.value.errors
    assert house.get(request_) == before


def test_a_price_that_was_right_is_not_corrected_and_another_is(house: House, request_: Any) -> None:
    change(house, request_, WORK_ORDER, "complete", "technically_complete", 5, cost_cents=45_000)
    with pytest.raises(REFUSED):
        house.correct(request_, "price", work_order_id=WORK_ORDER, cost_cents=45_000)

    house.correct(request_, "price", work_order_id=WORK_ORDER, cost_cents=4_500)

    assert house.told_last("request_corrected")["correction"]["cost_cents"] == 4_500


def test_what_the_budget_holder_must_agree_to_is_not_begun_by_a_correction(
    house: House, request_: Any
) -> None:
    department = {"key": "communicatie", "name": "Communicatie", "threshold_cents": 10_000, "rule": "any",
                  "holders": [{"person_key": "daan"}], "departments": ["Communicatie"]}  # fmt: skip
    house.call("save_budgets", None, items=[department])
    dear = house.publish_product(price={"kind": "fixed", "amount_cents": 90_000, "per": None})

    with pytest.raises(REFUSED, match="budget holder"):
        house.correct(request_, "product", product_id=str(dear), answers=ANSWERS)


def test_of_a_version_that_was_changed_meanwhile_nothing_is_corrected(house: House, request_: Any) -> None:
    version = house.get(request_)["version"]
    house.correct(request_, "kind", kind="fault")

    with pytest.raises(Stale):
        house.call(
            "correct_request", house.amira, request_id=str(request_["request_id"]), version=version,
            what="kind", cause="other", kind="order",
        )  # fmt: skip


def test_a_closed_request_is_told_what_to_do_instead(house: House) -> None:
    made = house.receive()
    house.answer(house.get(made))

    with pytest.raises(NotAllowed, match="'closed'"):
        house.correct(made, "place", location_id=places(house)[0])


def test_corrections_are_listed_and_counted(house: House, request_: Any) -> None:
    house.correct(request_, "kind", kind="fault")
    house.correct(request_, "no_show", cause="provider-fell-short", work_order_id=WORK_ORDER)

    listed = house.call("list_corrections", house.amira, what="no_show")
    today = house.clock.now().date().isoformat()
    counted = house.call("count_corrections", house.amira, first=today, last=today)

    assert [each["reference"] for each in listed["items"]] == [request_["reference"]]
    assert counted["count"] == 2
    assert {each["key"]: each["count"] for each in counted["causes"]} == {
        "misunderstood": 1, "provider-fell-short": 1,
    }  # fmt: skip
    assert [(each["name"], each["count"]) for each in counted["providers"]] == [("Vonk & Val", 1)]
    assert [each["count"] for each in counted["products"]] == [2]
    assert len(house.list(corrected=True)["items"]) == 1


def test_the_organisation_keeps_its_own_list_of_causes(house: House, request_: Any) -> None:
    mine = [{"key": "haast", "name": {"nl": "Haast", "en": "Haste"}}]
    saved = house.call("save_correction_causes", None, items=mine)
    assert [(each["key"], each["active"]) for each in saved["items"]][:2] == [
        ("haast", True), ("misunderstood", False),
    ]  # fmt: skip

    house.correct(request_, "kind", cause="haast", kind="fault")
    with pytest.raises(REFUSED):
        house.correct(request_, "kind", cause="misunderstood", kind="order")


def test_an_identifier_of_an_order_of_another_request_is_none_of_this_one(
    house: House, request_: Any
) -> None:
    other = house.receive_standard()

    with pytest.raises(REFUSED) as refused:
        house.correct(other, "no_show", work_order_id=str(UUID(WORK_ORDER)))
    assert "work_order_id" in refused.value.errors


# --- what the customer was told otherwise -----------------------------------------------------------------


def told_anew(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.told_last("request_corrected")["correction"]["told_anew"]
    return {name: value for name, value in found.items() if value}


def test_another_product_and_its_promise_are_told_anew(house: House, request_: Any) -> None:
    other = house.publish_product(slug="deur-repareren", priority="P2", lead_time=None)
    house.correct(request_, "product", product_id=str(other), answers=ANSWERS)
    assert told_anew(house) == {"product": True, "promise": True}


def test_another_provider_and_an_appointment_that_lapses_are_told_anew(house: House, request_: Any) -> None:
    moment = {"planned_from": "2026-11-24T10:00:00Z", "planned_until": "2026-11-24T12:00:00Z"}
    change(house, request_, WORK_ORDER, "schedule", "scheduled", 2, **moment)
    house.correct(request_, "provider", work_order_id=WORK_ORDER, provider_id=OTHER)
    told = told_anew(house)
    assert (told["provider"], told["appointment"][:16]) == (True, "2026-11-24T10:00")


def test_what_the_customer_was_never_told_is_not_told_anew(house: House, request_: Any) -> None:
    house.correct(request_, "place", location_id=places(house)[1])
    assert told_anew(house) == {}
    house.correct(house.get(house.receive()), "kind", kind="wish", note="Een wens.")
    assert "product" not in told_anew(house)


def test_doing_the_same_work_over_by_the_same_hands_is_no_other_provider(house: House, request_: Any) -> None:
    house.correct(request_, "no_show", work_order_id=WORK_ORDER)
    assert told_anew(house) == {}
