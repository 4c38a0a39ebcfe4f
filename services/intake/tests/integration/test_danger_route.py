"""Danger of which nobody says what it is: somebody goes there at once, and the desk sorts it after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from servicekit.errors import Invalid, Stale
from servicekit.ids import new_id

from .house import ANSWERS, House, person
from .test_correcting import change, plan

Request = dict[str, Any]
KARIN = person("Karin Smit", "manager")
SMOKE = "Er komt rook uit de kast"


def chooses(house: House, product_id: UUID | str | None, version: int = 0) -> Request:
    given = {"product_id": str(product_id) if product_id else None, "version": version}
    found: Request = house.call("set_danger_route", KARIN, **given)
    return found


@pytest.fixture
def route(house: House) -> str:
    """Go there and make it safe; it would like to know more, which nobody is asked."""
    product_id = str(house.publish_product(slug="onveilig", kind="fault", priority="P1"))
    chooses(house, product_id)
    return product_id


def sorts(house: House, request: Request, how: str = "correct_request", **wish: Any) -> Request:
    which: dict[str, Any] = {"request_id": str(request["request_id"]), "what": "product"}
    if how == "correct_request":
        which["version"] = house.get(request)["version"]
    found: Request = house.call(how, house.amira, **which, cause="misunderstood", **wish)
    return found


@pytest.mark.parametrize("kind", ["fault", None])
def test_somebody_goes_there_at_once_and_it_stands_on_top_until_the_desk_looks(
    house: House, route: str, kind: str | None
) -> None:
    seen = house.get(house.receive(text=SMOKE, kind=kind))
    assert (seen["state"], seen["kind"], seen["priority"]) == ("in_progress", "fault", "P1")
    assert (str(seen["product"].product_id), seen["standard"], seen["unsorted"]) == (route, False, True)
    assert seen["attention"] == "danger"
    told = house.told_last("request_accepted")
    assert (told["product"]["product_id"], told["standard"]) == (route, False)
    assert house.told_last("request_received")["sequence"] < told["sequence"]


def test_without_a_choice_it_waits_on_top_of_triage(house: House) -> None:
    seen = house.get(house.receive(text=SMOKE))
    assert (seen["state"], seen["attention"], seen["unsorted"]) == ("triage", "danger", False)


@pytest.mark.parametrize(
    "said",
    [{"text": "De lamp is stuk"}, {"text": SMOKE, "kind": "complaint"}, {"text": SMOKE, "kind": "wish"}],
)
def test_what_is_no_danger_is_judged_by_the_desk_first(
    house: House, route: str, said: dict[str, Any]
) -> None:
    assert house.receive(**said)["state"] == "triage"


def test_what_has_a_product_of_its_own_is_begun_as_that(house: House, route: str) -> None:
    seen = house.get(house.receive_standard(text=SMOKE, kind="fault"))
    assert (str(seen["product"].product_id), seen["unsorted"]) == (str(house.radiator), False)


def test_what_is_not_offered_any_more_says_so_and_it_waits_in_triage_again(house: House, route: str) -> None:
    at = {"version": 2, "withdrawn_at": "2026-11-23T09:00:00Z"}
    house.tell("catalog.product_withdrawn", product_id=route, **at)
    said = house.call("get_danger_route", house.amira)
    assert (said["product"], said["product_id"]) == (None, UUID(route))
    assert "not offered" in said["fault"]
    assert house.receive(text=SMOKE)["state"] == "triage"


@pytest.mark.parametrize(
    "content", [{"priority": "P2"}, {"kind": "order"}, {"confidential": True}, {"process": {"steps": []}}]
)
def test_what_sends_nobody_at_once_is_refused(house: House, content: dict[str, Any]) -> None:
    given = {"slug": "anders", "kind": "fault", "priority": "P1", **content}
    for product_id in (house.publish_product(**given), new_id()):
        with pytest.raises(Invalid):
            chooses(house, product_id)
    assert house.call("get_danger_route", house.amira)["version"] == 0


def test_two_who_choose_at_once_do_not_overwrite_each_other(house: House, route: str) -> None:
    with pytest.raises(Stale):
        chooses(house, None)
    assert chooses(house, None, version=1)["product_id"] is None
    assert house.receive(text=SMOKE)["state"] == "triage"


@pytest.mark.parametrize("right", [True, False], ids=["to a product", "to be assessed again"])
def test_sorting_it_does_not_call_back_who_is_on_the_way(house: House, route: str, right: bool) -> None:
    request, order = house.receive(text=SMOKE), str(new_id())
    plan(house, request, order, "issued")
    change(house, request, order, "accept", "accepted", 2)
    wish = {"product_id": str(house.radiator), "answers": ANSWERS} if right else {}
    seen = sorts(house, request, "preview_correction", **wish)
    assert ([each["number"][-2:] for each in seen["keeps"]], seen["stops"]) == (["-1"], [])
    sorts(house, request, **wish)
    assert house.told_last("request_corrected")["correction"]["keeps"] == [order]
    assert house.get(request)["unsorted"] is False


def test_what_nobody_is_on_the_way_with_any_more_is_not_kept(house: House, route: str) -> None:
    request, order = house.receive(text=SMOKE), str(new_id())
    plan(house, request, order, "issued")
    change(house, request, order, "refuse", "refused", 2)
    seen = sorts(house, request, "preview_correction", product_id=str(house.radiator), answers=ANSWERS)
    assert (seen["keeps"], len(seen["stops"])) == ([], 1)


def test_the_promise_counts_from_receipt_through_it_all(house: House, route: str) -> None:
    request = house.receive(text=SMOKE)
    plain = house.receive_standard(text=SMOKE, kind="fault")
    assert request["promise"] == plain["promise"]
    sorts(house, request, product_id=str(house.radiator), answers=ANSWERS)
    assert house.get(request)["promise"] == request["promise"]
