"""Correcting many at once, over requests in any state: what the preview said is what becomes of each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .living import PRODUCTS, Town, answers_of, pick
from .test_corrections import ACTS, BOUNDED, live, no_order_is_orphaned
from .town import AMIRA, Member

# Few of each, so that many states come by; without what takes requests out of the story.
COURSES = st.lists(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS.keys() - {"withdraw"})), st.integers(0, 9_999)), max_size=6
    ),
    min_size=2,
    max_size=4,
)
WHATS = ("kind", "product", "place", "data", "cost_centre", "provider", "no_show", "bad_work", "price")
SAME = ("effect", "before", "after")


@pytest.fixture(scope="module")
def town(members: dict[str, Member]) -> Town:
    return Town(members)


def wish_of(town: Town, what: str, number: int) -> dict[str, Any]:
    product = pick(PRODUCTS, number)
    more = {
        "kind": {"kind": pick(("fault", "wish", "complaint"), number)},
        "product": {"product_id": product["product_id"], "answers": answers_of(product)},
        "place": {"location_id": pick(town.places, number)},
        "data": {"quantity": 2 + number % 3},
        "cost_centre": {"cost_centre": pick(town.cost_centres, number)},
        "price": {"cost_cents": 500 + number % 3},
    }
    given = more.get(what) or {"provider_id": pick(town.providers, number)}
    return {"what": what, "cause": "misunderstood", "note": "Niet goed begrepen.", **given}


def corrected(town: Town, seen: dict[str, Any], wish: dict[str, Any]) -> dict[str, Any]:
    names = ("request_id", "version", "work_order_id")
    items = [{name: each[name] for name in names} for each in seen["items"]]
    batch = town.call("intake", "correct_requests", AMIRA, items=items, **wish)
    town.collect()
    town.settle()
    found: dict[str, Any] = town.call("intake", "get_correction_batch", AMIRA, batch_id=batch["batch_id"])
    return found


@given(COURSES, st.sampled_from(WHATS), st.integers(0, 99))
@BOUNDED
def test_the_preview_is_the_outcome(
    town: Town, courses: list[list[tuple[str, int]]], what: str, number: int
) -> None:
    requests = [live(town, course or [("post", 0)], slow=False) for course in courses]
    wish = wish_of(town, what, number)

    seen = town.call("intake", "preview_corrections", AMIRA, request_ids=requests, **wish)
    batch = corrected(town, seen, wish)

    assert len(seen["items"]) == len(batch["items"])
    for before, after in zip(seen["items"], batch["items"], strict=True):
        assert before["problem"] == after["problem"]
        if before["problem"] is None:
            as_foreseen(town, before, after["correction"])
    for request in requests:
        no_order_is_orphaned(town, request, town.request(request))


def as_foreseen(town: Town, before: dict[str, Any], made: dict[str, Any]) -> None:
    """Also what dispatch did: the orders that it stopped, and how many it issued."""
    assert {name: before[name] for name in SAME} == {name: made[name] for name in SAME}
    if made["state"] == "failed" or made["effect"] in ("none", "reopen"):
        assert made["state"] == "done", made
        return
    assert {each["number"] for each in before["stops"]} == {each["number"] for each in made["stopped"]}
    if made["effect"] != "reassess":
        assert len(before["issues"]) == len(made["issued"])


@given(COURSES, st.sampled_from(WHATS), st.integers(0, 99))
@BOUNDED
def test_what_is_taken_back_is_as_it_was_and_what_is_not_says_why(
    town: Town, courses: list[list[tuple[str, int]]], what: str, number: int
) -> None:
    requests = [live(town, course or [("post", 0)], slow=False) for course in courses]
    wish = wish_of(town, what, number)
    seen = town.call("intake", "preview_corrections", AMIRA, request_ids=requests, **wish)
    by_whom = what in ("provider", "no_show", "bad_work")
    before = {each: subject(town, each, by_whom) for each in requests}
    batch = corrected(town, seen, wish)

    town.call("intake", "undo_corrections", AMIRA, batch_id=batch["batch_id"])
    town.collect()
    town.settle()
    after = town.call("intake", "get_correction_batch", AMIRA, batch_id=batch["batch_id"])

    told = [each for each in after["items"] if each["state"] == "done"]
    assert all(each["why_not"] for each in told)
    for request in requests:
        shown = town.request(request)
        no_order_is_orphaned(town, request, shown)
        own = {each["state"] for each in after["items"] if each["request_id"] == request}
        if "done" not in own:
            assert subject(town, request, by_whom) == before[request]


def subject(town: Town, request: str, by_whom: bool) -> dict[str, Any]:
    """What it is about, what is done for it, and what that cost; by whom, unless it is given out afresh."""
    shown = town.request(request)
    names = ("kind", "priority", "product", "location", "quantity", "answers", "state", "promise")
    work = sorted(
        (each["step"], each["provider"]["slug"] if by_whom else "", each["cost_cents"] or 0)
        for each in shown["orders"]
        if each["round"] == shown["round"] and each["state"] not in ("cancelled", "cancellation_requested")
        and not any(other["replaces"] == each["work_order_id"] for other in shown["orders"])
    )  # fmt: skip
    return {**{name: shown[name] for name in names}, "work": work}
