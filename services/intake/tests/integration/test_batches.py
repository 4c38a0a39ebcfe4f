"""Correcting many at once: foreseen, each with its own outcome, once, and taken back while it can be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from intake.domain.errors import NotAllowed, Wrong
from intake.handlers import batches as handlers
from intake.service import IntakeService
from servicekit.entrypoints import Call
from servicekit.errors import IdempotencyMismatch, Invalid
from servicekit.ids import new_id

from .house import ANSWERS, House
from .test_correcting import VONK, change, places, plan

TEAM = {"provider_id": str(new_id()), "slug": "huisdienst", "name": "Huisdienst", "kind": "team"}
REFUSED = (Invalid, Wrong)


@pytest.fixture
def room(house: House) -> str:
    return places(house)[1]


def previewed(house: House, what: str, requests: list[Any] | None = None, **more: Any) -> dict[str, Any]:
    which = {"request_ids": [str(each["request_id"]) for each in requests]} if requests else {}
    return house.call("preview_corrections", house.amira, what=what, cause="misunderstood", **which, **more)


def corrected(house: House, seen: dict[str, Any], what: str, key: str | None = None, **wish: Any) -> Any:
    """What was looked at, done; as the service is called, with the key."""
    names = ("request_id", "version", "work_order_id")
    items = [{name: each[name] and str(each[name]) if name != "version" else each[name] for name in names}
             for each in seen["items"]]  # fmt: skip
    call = Call(house.amira, "test", key)
    service = house._service(house.amira)
    return IntakeService.correct_requests(
        service, call, what=what, cause="misunderstood", items=items, **wish
    )


def outcomes(batch: dict[str, Any]) -> list[str]:
    return [str(each["state"]) for each in batch["items"]]


def test_many_are_put_right_each_with_a_correction_of_its_own(house: House, room: str) -> None:
    requests = [house.receive_standard() for _ in range(3)]
    wish = {"location_id": room}

    batch = corrected(house, previewed(house, "place", requests, **wish), "place", **wish)

    assert outcomes(batch) == ["done"] * 3
    assert {house.get(each)["location"].path for each in requests} == {"De Sluis / Kamer 2.14"}
    assert [house.get(each)["corrections"][0]["cause"] for each in requests] == ["misunderstood"] * 3


def test_a_wrong_day_and_number_are_put_right_for_all_and_taken_back(house: House) -> None:
    requests = [house.receive() for _ in range(2)]
    before = [house.get(each) for each in requests]
    wanted = {"from": (house.clock.now() + timedelta(days=2)).isoformat()}
    wish = {"wanted": wanted, "quantity": 7}

    batch = corrected(house, previewed(house, "data", requests, **wish), "data", **wish)

    assert outcomes(batch) == ["done", "done"]
    assert [(house.get(each)["quantity"], house.get(each)["wanted"]["from"]) for each in requests] == [
        (7, house.clock.now() + timedelta(days=2))
    ] * 2
    house.call("undo_corrections", house.amira, batch_id=str(batch["batch_id"]))
    assert [house.get(each)["quantity"] for each in requests] == [each["quantity"] for each in before]
    assert [house.get(each)["wanted"] for each in requests] == [each["wanted"] for each in before]


def test_one_that_is_refused_says_why_and_keeps_none_of_the_others(house: House, room: str) -> None:
    first, closed, last = house.receive_standard(), house.receive(), house.receive_standard()
    house.answer(house.get(closed))
    wish = {"location_id": room}
    seen = previewed(house, "place", [first, closed, last], **wish)

    batch = corrected(house, seen, "place", **wish)

    assert outcomes(batch) == ["done", "refused", "done"]
    assert "'closed'" in batch["items"][1]["problem"]["text"]
    assert seen["items"][1]["problem"] == batch["items"][1]["problem"]


def test_a_preview_changes_nothing_and_says_of_each_what_would_follow(house: House, room: str) -> None:
    at_work, in_triage = house.receive_standard(), house.receive()
    plan(house, at_work, str(new_id()), "issued")
    before = [house.get(at_work), house.get(in_triage)]

    seen = previewed(house, "place", [at_work, in_triage], location_id=room)

    assert [each["effect"] for each in seen["items"]] == ["replan", "none"]
    assert [len(each["stops"]) for each in seen["items"]] == [1, 0]
    assert [house.get(at_work), house.get(in_triage)] == before


def test_what_a_filter_finds_is_looked_at(house: House, room: str) -> None:
    house.receive()
    made = house.receive_standard()

    seen = previewed(house, "place", filter={"product_id": str(house.radiator)}, location_id=room)

    assert [each["reference"] for each in seen["items"]] == [made["reference"]]
    assert seen["more"] is False


def test_a_repeat_under_the_same_key_does_nothing_twice(house: House, room: str) -> None:
    seen = previewed(house, "place", [house.receive_standard()], location_id=room)

    first, again = (corrected(house, seen, "place", "key-1", location_id=room) for _ in range(2))

    assert (first["batch_id"], outcomes(again)) == (again["batch_id"], ["done"])
    assert house.told_types().count("request_corrected") == 1


def test_a_key_is_not_taken_for_another_correction(house: House, room: str) -> None:
    seen = previewed(house, "place", [house.receive_standard()], location_id=room)
    corrected(house, seen, "place", "key-1", location_id=room)

    with pytest.raises(IdempotencyMismatch):
        corrected(house, seen, "kind", "key-1", kind="fault")


def test_killed_half_way_it_goes_on_for_whoever_asked(house: House, room: str) -> None:
    requests = [house.receive_standard() for _ in range(3)]
    items = [{"request_id": each["request_id"], "version": each["version"]} for each in requests]
    with house.work(house.amira) as work:
        batch_id = handlers.begin(work, None, items, what="place", cause="other", note=None, location_id=room)
    with house.work(house.amira) as work:
        handlers.carry_out(work, house._service(None).settings.rules, batch_id, 1)

    house.clock.move(timedelta(minutes=1))
    for _ in range(2):
        house.call_timer("go_on_correcting")

    batch = house.call("get_correction_batch", house.amira, batch_id=str(batch_id))
    assert outcomes(batch) == ["done"] * 3
    assert house.told_types().count("request_corrected") == 3
    assert [each["correction"]["by"].name for each in batch["items"]] == ["Amira Haddad"] * 3


def test_what_changed_since_it_was_looked_at_is_not_corrected(house: House, room: str) -> None:
    request = house.receive_standard()
    seen = previewed(house, "place", [request], location_id=room)
    house.ask(house.get(request))

    batch = corrected(house, seen, "place", location_id=room)

    assert batch["items"][0]["problem"]["code"] == "stale"
    assert house.get(request)["location"] is None


def test_each_order_of_the_wrong_provider_is_an_item(house: House) -> None:
    request = house.receive_standard()
    for serial in (1, 2):
        plan(house, request, str(new_id()), "issued", serial=serial)
    wish = {"provider_id": TEAM["provider_id"]}

    seen = previewed(house, "provider", [request], from_provider_id=VONK["provider_id"], **wish)
    batch = corrected(house, seen, "provider", **wish)

    assert [each["number"] for each in batch["items"]] == [f"{request['reference']}-{n}" for n in (1, 2)]
    assert outcomes(batch) == ["done", "done"]


def test_what_has_no_order_of_that_provider_says_so(house: House) -> None:
    request = house.receive_standard()

    seen = previewed(house, "no_show", [request], from_provider_id=VONK["provider_id"])

    assert "no work order" in seen["items"][0]["problem"]["text"]


# --- taking back -------------------------------------------------------------------------------------------


def undone(house: House, batch: dict[str, Any], *positions: int) -> dict[str, Any]:
    which = {"positions": list(positions)} if positions else {}
    return house.call("undo_corrections", house.amira, batch_id=str(batch["batch_id"]), **which)


def batch_of(house: House, requests: list[Any], what: str, **wish: Any) -> dict[str, Any]:
    batch: dict[str, Any] = corrected(house, previewed(house, what, requests, **wish), what, **wish)
    return batch


def answered(house: House, request: Any, order: str, provider: dict[str, Any], stopped: str) -> None:
    """Dispatch has stopped one order and issued another in the next round."""
    serial = {"number": f"{request['reference']}-2"}
    stops = {"work_order_id": WRONG, "number": f"{request['reference']}-1", "state": stopped}
    named = {"work_order_id": order, **serial, "step": "repair", "title": {"nl": "A", "en": "B"},
             "provider": provider, "state": "issued", "depends_on": [], "replaces": None}  # fmt: skip
    house.tell("dispatch.work_orders_planned", request_id=str(request["request_id"]), round=2, orders=[named])
    house.answer_correction(request, stopped=[stops], issued=[{"work_order_id": order, **serial}])


WRONG = str(new_id())


def test_what_nobody_works_on_is_taken_back_with_all_that_it_had(house: House, room: str) -> None:
    requests = [house.receive() for _ in range(2)]
    batch = batch_of(house, requests, "place", location_id=room)

    after = undone(house, batch)

    assert outcomes(after) == ["undone", "undone"]
    assert [house.get(each)["location"] for each in requests] == [None, None]


def test_one_of_many_is_taken_back(house: House, room: str) -> None:
    requests = [house.receive() for _ in range(2)]
    batch = batch_of(house, requests, "place", location_id=room)

    assert outcomes(undone(house, batch, 2)) == ["done", "undone"]


def test_taken_back_twice_changes_nothing_more(house: House, room: str) -> None:
    batch = batch_of(house, [house.receive()], "place", location_id=room)
    undone(house, batch)
    told = len(house.told())

    assert outcomes(undone(house, batch)) == ["undone"]
    assert len(house.told()) == told


@pytest.mark.parametrize(
    ("provider", "stopped", "reason"),
    [
        (TEAM, "cancelled", None),
        (VONK, "cancelled", "sent"),
        (TEAM, "cancellation_requested", "told_to_stop"),
        (TEAM, "technically_complete", "was_done"),
    ],
)
def test_of_what_is_at_work_it_is_taken_back_while_nobody_outside_knows(
    house: House, room: str, provider: dict[str, Any], stopped: str, reason: str | None
) -> None:
    request = house.receive_standard()
    plan(house, request, WRONG, "issued")
    batch = batch_of(house, [request], "place", location_id=room)
    answered(house, request, str(new_id()), provider, stopped)

    after = undone(house, batch)

    told = house.told_last("request_corrected")
    if reason is None:
        assert (outcomes(after), told["round"], told["location"]) == (["undone"], 3, None)
    else:
        assert after["items"][0]["why_not"] == reason
        assert after["outcomes"][0]["problem"]["code"] == "not_allowed"
        assert told["round"] == 2


def test_while_it_is_not_known_what_followed_it_is_not_taken_back(house: House, room: str) -> None:
    batch = batch_of(house, [house.receive_standard()], "place", location_id=room)

    assert undone(house, batch)["items"][0]["why_not"] == "not_answered"


def test_what_a_team_took_up_is_with_them(house: House, room: str) -> None:
    request = house.receive_standard()
    plan(house, request, WRONG, "issued")
    batch = batch_of(house, [request], "place", location_id=room)
    right = str(new_id())
    answered(house, request, right, TEAM, "cancelled")
    house.tell(
        "dispatch.work_order_changed", request_id=str(request["request_id"]), round=2, work_order_id=right,
        number=f"{request['reference']}-2", action="accept", state="accepted", sequence=2, provider=TEAM,
    )  # fmt: skip

    assert undone(house, batch)["items"][0]["why_not"] == "sent"


def test_what_was_corrected_again_is_taken_back_in_that_order(house: House, room: str) -> None:
    request = house.receive()
    batch = batch_of(house, [request], "place", location_id=room)
    house.correct(request, "kind", kind="fault")
    assert undone(house, batch)["items"][0]["why_not"] == "corrected_since"

    (_, second) = house.get(request)["corrections"]
    house.call("undo_correction", house.amira, correction_id=str(second["correction_id"]))

    assert (house.get(request)["kind"], outcomes(undone(house, batch))) == (None, ["undone"])


def test_what_was_not_done_yet_is_dropped(house: House, room: str) -> None:
    request = house.receive()
    items = [{"request_id": request["request_id"], "version": request["version"]}]
    with house.work(house.amira) as work:
        batch_id = handlers.begin(work, None, items, what="place", cause="other", location_id=room)

    assert outcomes(undone(house, {"batch_id": batch_id})) == ["dropped"]
    house.clock.move(timedelta(minutes=1))
    house.call_timer("go_on_correcting")
    assert house.get(request)["location"] is None


def test_a_wrong_amount_gets_the_amount_of_before(house: House) -> None:
    request = house.receive_standard()
    plan(house, request, WRONG, "issued")
    change(house, request, WRONG, "complete", "technically_complete", 5, cost_cents=45_000)
    batch = batch_of(house, [request], "price", cost_cents=4_500)
    house.answer_correction(request, stopped=[], issued=[])

    undone(house, batch)

    assert house.told_last("request_corrected")["correction"]["cost_cents"] == 45_000


def test_what_was_taken_back_does_not_count(house: House, room: str) -> None:
    batch = batch_of(house, [house.receive()], "place", location_id=room)
    undone(house, batch)

    today = house.clock.now().date().isoformat()
    assert house.call("count_corrections", house.amira, first=today, last=today)["count"] == 0


def test_a_single_correction_of_data_is_taken_back(house: House) -> None:
    request = house.receive()
    house.correct(request, "data", quantity=4)
    (made,) = house.get(request)["corrections"]

    house.call("undo_correction", house.amira, correction_id=str(made["correction_id"]))

    assert house.get(request)["quantity"] == 1
    with pytest.raises(NotAllowed, match="undone already"):
        house.call("undo_correction", house.amira, correction_id=str(made["correction_id"]))


def test_batches_are_listed_with_how_far_they_are(house: House, room: str) -> None:
    batch_of(house, [house.receive(), house.receive()], "place", location_id=room)

    (listed,) = house.call("list_correction_batches", house.amira)["items"]

    assert (listed["what"], listed["counts"]["done"], listed["open"]) == ("place", 2, False)


def test_another_product_for_all_of_them(house: House) -> None:
    requests = [house.receive_standard() for _ in range(2)]
    other = house.publish_product(slug="deur-repareren")

    batch = batch_of(house, requests, "product", product_id=str(other), answers=ANSWERS)

    assert outcomes(batch) == ["done", "done"]
    assert {house.get(each)["product"].slug for each in requests} == {"deur-repareren"}
