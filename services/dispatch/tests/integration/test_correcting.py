"""What follows for the work when a request is put right: wrong orders stop, right ones are issued, once."""

from __future__ import annotations

from typing import Any

import pytest

from ..samples import OTHER_RPC, RPC, TEAM, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

CHECKED_ORDER = ("accept", "complete", "check")


@pytest.fixture
def moving(house: House) -> House:
    """A request of two steps: the team clears the room, then the supplier moves."""
    house.publishes(step("clear"), step("move", "vonk-val", "clear"))
    house.publishes(step("repair", "vonk-val"), name="reparatie")
    house.hears_accepted(sequence=3)
    return house


def all_orders(house: House) -> list[dict[str, Any]]:
    from dispatch.handlers.reading import list_work_orders
    from dispatch.storage.reading import Filter

    from ..samples import AGENT  # noqa: TID252

    with house.work(actor=AGENT) as work:
        return list_work_orders(work, Filter(oldest_first=True), None, 100)["items"]


def answer(house: House) -> dict[str, Any]:
    return house.facts("correction_answered")[-1]


def states(named: list[dict[str, Any]]) -> list[str]:
    return [str(each["state"]) for each in named]


def test_a_wrong_product_stops_its_orders_and_begins_the_right_process(moving: House) -> None:
    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    assert [(o["step"], str(o["state"]), o["round"]) for o in all_orders(moving)] == [
        ("clear", "cancelled", 1), ("move", "cancelled", 1), ("repair", "issued", 2),
    ]  # fmt: skip
    told = answer(moving)
    assert told["outcome"] == "carried_out"
    assert states(told["stopped"]) == ["cancelled", "cancelled"]
    assert [each["number"][-2:] for each in told["issued"]] == ["-3"]


def test_a_supplier_that_may_know_must_say_that_it_stopped_and_the_new_order_does_not_wait(
    moving: House,
) -> None:
    moving.completes("clear")
    moving.delivers({"answer": "accepted"})

    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    assert states(answer(moving)["stopped"]) == ["technically_complete", "cancellation_requested"]
    assert moving.states()["repair"] == "issued"


def test_who_is_on_the_way_because_of_danger_goes_on_and_counts_for_no_process_more(moving: House) -> None:
    moving.does("clear", "accept")
    first = moving.orders()["clear"]["work_order_id"]

    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5, keeps=[str(first)])

    assert [(o["step"], str(o["state"]), o["round"]) for o in all_orders(moving)] == [
        ("clear", "accepted", 1), ("move", "cancelled", 1), ("repair", "issued", 2),
    ]  # fmt: skip
    moving.does("clear", "start", "complete")
    assert moving.facts("process_completed") == []


def test_when_the_request_is_over_it_ends_too(moving: House) -> None:
    first = moving.orders()["clear"]["work_order_id"]
    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5, keeps=[str(first)])
    moving.hears_closed()
    assert not any(order["open"] for order in all_orders(moving) if order["step"] == "clear")


def test_what_was_done_stays_done_with_its_cost_and_counts_no_more(moving: House) -> None:
    moving.does("clear", "accept")
    moving.does("clear", "complete", cost_cents=4_500)

    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    done = all_orders(moving)[0]
    assert (str(done["state"]), done["cost_cents"]) == ("technically_complete", 4_500)
    assert done["corrected_by"] == known_id("correction")
    assert moving.facts("process_completed") == []


def test_a_late_word_about_a_stopped_order_completes_nothing(moving: House) -> None:
    moving.completes("clear")
    moving.delivers({"answer": "accepted"})
    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    moving.does("move", "complete")

    assert moving.states() == {
        "clear": "technically_complete",
        "move": "technically_complete",
        "repair": "issued",
    }
    assert moving.facts("process_completed") == []


def test_the_right_process_completes_the_round_that_was_asked_for(moving: House) -> None:
    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    moving.completes("repair")

    assert [fact["round"] for fact in moving.facts("process_completed")] == [2]


def test_a_correction_that_cannot_be_planned_yet_stops_at_once_and_is_answered_when_it_can(
    moving: House,
) -> None:
    moving.hears_corrected("replan", product="schilderen", round=2, sequence=5)
    assert set(moving.states().values()) == {"cancelled"}
    assert moving.facts("correction_answered") == []

    moving.publishes(step("paint"), name="schilderen")

    assert moving.states()["paint"] == "issued"
    assert answer(moving)["outcome"] == "carried_out"


def test_a_correction_heard_before_the_acceptance_plans_what_is_right_alone(house: House) -> None:
    house.publishes(step("clear"))
    house.publishes(step("repair", "vonk-val"), name="reparatie")

    house.hears_corrected("replan", product="reparatie", round=2, sequence=5)
    house.hears_accepted(sequence=3)

    assert house.states() == {"repair": "issued"}


def test_the_earlier_of_two_corrections_heard_last_changes_nothing(moving: House) -> None:
    later = str(known_id("later"))
    moving.hears_corrected("replan", product="reparatie", round=3, sequence=8, correction_id=later)
    before = [(o["number"], o["version"]) for o in all_orders(moving)]

    moving.hears_corrected("replan", round=2, sequence=5)

    assert [(o["number"], o["version"]) for o in all_orders(moving)] == before
    assert answer(moving)["outcome"] == "overtaken"


def test_to_be_assessed_again_leaves_nothing_to_do_until_it_is_accepted_again(moving: House) -> None:
    moving.hears_corrected("reassess", product=None, round=1, sequence=5)
    assert set(moving.states().values()) == {"cancelled"}

    moving.hears_accepted(product="reparatie", sequence=7, round=2)

    assert moving.states()["repair"] == "issued"


def test_a_correction_that_is_heard_after_it_was_to_be_assessed_again_is_overtaken(moving: House) -> None:
    later = str(known_id("later"))
    moving.hears_corrected("reassess", product=None, round=2, sequence=6, correction_id=later)

    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    assert answer(moving)["outcome"] == "overtaken"
    assert set(moving.states().values()) == {"cancelled"}
    moving.hears_accepted(product="reparatie", sequence=8, round=3)
    assert moving.states()["repair"] == "issued"


def test_of_what_nobody_has_sorted_yet_a_correction_is_heard_without_a_kind(house: House) -> None:
    house.hears_corrected("none", product=None, kind=None, round=0, sequence=2)

    assert all_orders(house) == []


def test_an_acceptance_after_assessing_again_begins_afresh(moving: House) -> None:
    moving.completes("clear")
    moving.hears_corrected("reassess", product=None, round=1, sequence=5)

    moving.hears_accepted(sequence=7, round=2)

    assert moving.states() == {"clear": "issued", "move": "prepared"}


def test_wrong_data_gives_whoever_has_an_order_another_and_keeps_what_is_done(moving: House) -> None:
    moving.completes("clear")
    moving.delivers({"answer": "accepted"})

    moving.hears_corrected("refresh", round=1, sequence=5, quantity=4)

    assert states(answer(moving)["stopped"]) == ["cancellation_requested"]
    again = moving.orders()["move"]
    assert (str(again["state"]), again["round"]) == ("issued", 1)
    moving.completes("move")
    assert [fact["round"] for fact in moving.facts("process_completed")] == [1]


def test_wrong_data_is_read_by_a_step_whose_turn_had_not_come(moving: House) -> None:
    moving.hears_corrected("refresh", round=1, sequence=5, quantity=4)

    assert [o["step"] for o in all_orders(moving)] == ["clear", "move", "clear"]
    moving.completes("clear")
    assert moving.states()["move"] == "issued"


def test_wrong_data_of_work_that_is_all_done_is_refused_in_words(moving: House) -> None:
    moving.completes("clear")
    moving.completes("move")

    moving.hears_corrected("refresh", round=1, sequence=5, quantity=4)

    assert (answer(moving)["outcome"], answer(moving)["reason"]) == ("refused", "all_done")


@pytest.mark.parametrize(
    "actions", [(), ("accept",), ("accept", "start"), ("refuse",), ("accept", "not_carried_out")]
)
def test_an_order_goes_to_another_at_any_moment(moving: House, actions: tuple[str, ...]) -> None:
    moving.completes("clear")
    for action in actions:
        moving.does("move", action, reason="Kan niet")
    wrong = moving.orders()["move"]

    moving.hears_corrected(
        "reroute", round=1, sequence=5, work_order_id=str(wrong["work_order_id"]),
        provider_id=str(OTHER_RPC.provider_id),
    )  # fmt: skip

    right = moving.orders()["move"]
    assert (right["provider"]["slug"], str(right["state"])) == ("kabel-co", "issued")
    assert right["replaces"] == wrong["work_order_id"]
    moving.completes("move")
    assert len(moving.facts("process_completed")) == 1


def test_bad_work_goes_back_to_the_same_supplier_as_rework_of_that_order(moving: House) -> None:
    moving.completes("clear")
    moving.completes("move")
    # Not over yet: a check is still to come.
    house = moving
    house.publishes(step("clean", "vonk-val"), check=True, name="schoonmaak")
    house.hears_accepted(request="second", product="schoonmaak", sequence=3)
    house.completes("clean")
    bad = house.orders()["clean"]

    house.hears_corrected(
        "rework", request="second", product="schoonmaak", round=1, sequence=5,
        work_order_id=str(bad["work_order_id"]), note="De kruimels liggen er nog.",
    )  # fmt: skip

    again = house.orders()["clean"]
    assert again["provider"]["slug"] == RPC.slug
    assert (again["rework_of"], again["remark"]) == (bad["work_order_id"], "De kruimels liggen er nog.")
    assert again["routing"]["by"] == "rework"


def test_bad_work_that_was_found_in_order_can_still_be_done_over(house: House) -> None:
    house.publishes(step("clean"), step("polish", "huisdienst"), check=True)
    house.hears_accepted(sequence=3)
    house.does("clean", *CHECKED_ORDER)
    bad = house.orders()["clean"]

    house.hears_corrected(
        "rework", round=1, sequence=5, work_order_id=str(bad["work_order_id"]), note="Toch niet"
    )

    assert states(answer(house)["stopped"]) == ["rejected"]
    assert house.states()["clean"] == "issued"


def test_bad_work_of_what_the_customer_was_told_is_ready_is_refused(moving: House) -> None:
    moving.completes("clear")
    moving.completes("move")
    bad = moving.orders()["move"]

    moving.hears_corrected(
        "rework", round=1, sequence=5, work_order_id=str(bad["work_order_id"]), note="Krassen"
    )

    assert (answer(moving)["outcome"], answer(moving)["reason"]) == ("refused", "round_over")


def test_what_it_cost_is_put_right_and_nothing_else(moving: House) -> None:
    moving.does("clear", "accept")
    moving.does("clear", "complete", cost_cents=45_000)
    order = moving.orders()["clear"]

    moving.hears_corrected(
        "reprice", round=1, sequence=5, work_order_id=str(order["work_order_id"]), cost_cents=0
    )

    after = moving.orders()["clear"]
    assert (str(after["state"]), after["cost_cents"]) == ("technically_complete", 0)
    assert answer(moving)["outcome"] == "carried_out"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"work_order_id": str(known_id("nowhere"))}, "action_not_allowed"),
        ({"provider_id": str(known_id("nobody"))}, "unknown_provider"),
    ],
)
def test_what_is_not_there_is_refused_in_words(moving: House, changes: dict[str, str], reason: str) -> None:
    order = moving.orders()["clear"]
    given = {"work_order_id": str(order["work_order_id"]), "provider_id": str(TEAM.provider_id), **changes}

    moving.hears_corrected("reroute", round=1, sequence=5, **given)

    told = answer(moving)
    assert (told["outcome"], told["reason"]) == ("refused", reason)
    assert told["detail"].endswith(".")


def test_an_order_that_another_took_over_from_is_not_rerouted_twice(moving: House) -> None:
    order = moving.orders()["clear"]
    given = {"work_order_id": str(order["work_order_id"]), "provider_id": str(OTHER_RPC.provider_id)}
    moving.hears_corrected("reroute", round=1, sequence=5, **given)

    moving.hears_corrected("reroute", round=1, sequence=6, correction_id=str(known_id("second")), **given)

    assert answer(moving)["outcome"] == "refused"
    assert [o["step"] for o in all_orders(moving)] == ["clear", "move", "clear"]


def test_a_closing_overtakes_a_correction(moving: House) -> None:
    moving.hears_closed(sequence=9)

    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    assert set(moving.states().values()) == {"cancelled"}
    assert answer(moving)["outcome"] == "overtaken"


def test_reopened_work_says_of_which_order_it_is_the_rework(moving: House) -> None:
    moving.completes("clear")
    moving.completes("move")
    first = moving.orders()["move"]

    moving.hears_reopened(round=2, sequence=9)

    assert moving.orders()["move"]["rework_of"] == first["work_order_id"]


def test_what_is_told_keeps_to_its_contracts(moving: House) -> None:
    import deskcontracts

    from servicekit import json

    moving.completes("clear")
    moving.hears_corrected("replan", product="reparatie", round=2, sequence=5)

    for event in ("correction_answered", "work_orders_planned", "work_order_changed"):
        for fact in moving.facts(event):
            assert deskcontracts.violations(f"dispatch.{event}", 1, json.plain(fact)) == []
