"""Whatever is corrected, done, refused and waited for, and however late that is heard: no work is without a
request that wants it, no request without its work, and the customer's time is that without corrections.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from intake.domain.rules import Rules, Term
from intake.domain.work_orders import ENDED
from intake.handlers.promising import due
from monitoring.domain.facts import Fact
from servicekit.worktime import Calendar

from servicekit import json

from .living import NOWHERE, PRODUCTS, Town, answers_of, pick
from .stories import TEXT
from .town import Member

BOUNDED = settings(
    max_examples=20,
    phases=(Phase.generate,),  # shrinking plays a hundred histories more
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
STOPPING = "cancellation_requested"
KINDS = ("fault", "order", "complaint", "wish", "information")
Act = Callable[[Town, str, int], bool]


@pytest.fixture(scope="module")
def town(members: dict[str, Member]) -> Town:
    return Town(members)


# --- what people do ----------------------------------------------------------------------------------------


def _product(town: Town, request: str, number: int) -> bool:
    """Another; or none, so that it is assessed again."""
    product = pick([*PRODUCTS, None], number)
    wish = {"product_id": product["product_id"], "answers": answers_of(product)} if product else {}
    return town.correct(request, "product", **wish)


def _kind(town: Town, request: str, number: int) -> bool:
    priority = pick((None, "P2", "P3"), number)
    return town.correct(request, "kind", kind=pick(KINDS, number // 3), priority=priority)


def _place(town: Town, request: str, number: int) -> bool:
    return town.correct(request, "place", location_id=pick([*town.places, NOWHERE], number))


def _data(town: Town, request: str, number: int) -> bool:
    return town.correct(request, "data", quantity=1 + number % 4)


def _of_order(what: str) -> Act:
    def act(town: Town, request: str, number: int) -> bool:
        orders = town.request(request)["orders"]
        if not orders:
            return False
        provider = pick([*town.providers, None], number)
        wish: dict[str, Any] = {"cost_cents": number} if what == "price" else {"provider_id": provider}
        return town.correct(request, what, work_order_id=pick(orders, number // 4)["work_order_id"], **wish)

    return act


def _does(action: str) -> Act:
    def act(town: Town, request: str, number: int) -> bool:
        orders = town.orders(request)
        return bool(orders) and town.order(pick(orders, number), action)

    return act


def _completes(town: Town, request: str, number: int) -> bool:
    open_orders = [each for each in town.orders(request) if each["state"] == "issued"]
    order = pick(open_orders, number) if open_orders else None
    return bool(order) and all(town.order(order, action) for action in ("accept", "complete", "check"))


def _says(what: str, **more: Any) -> Act:
    return lambda town, request, number: town.desk(what, request, **more)


def _triage(town: Town, request: str, number: int) -> bool:
    product = pick(PRODUCTS, number)
    wanted = {"product_id": product["product_id"], "answers": answers_of(product)}
    return town.desk("triage", request, **wanted)


def _post(town: Town, request: str, number: int) -> bool:
    """A few of those that are on their way arrive, in any order."""
    for turn in range(number % 7):
        waiting = [name for name, post in town.post.items() if post]
        if waiting:
            town.bring(pick(waiting, number // 3 + turn), number // 11 + turn)
    return True


ACTS: dict[str, Act] = {
    "wrong kind": _kind,
    "wrong product": _product,
    "wrong place": _place,
    "wrong data": _data,
    **{f"wrong {what}": _of_order(what) for what in ("provider", "no_show", "bad_work", "price")},
    **{action: _does(action) for action in (
        "accept", "start", "complete", "check", "fail", "refuse", "not_carried_out", "confirm_cancellation",
    )},
    "complete one": _completes,
    "ask": _says("ask", question="Welke kamer?"),
    "reply": _says("reply", text="Die bij het raam"),
    "reopen": _says("reopen", reason="Nog steeds kapot"),
    "triage": _triage,
    "withdraw": _says("withdraw", reason="Niet meer nodig"),
    "post": _post,
}  # fmt: skip
# Corrections and completions are what it is about; the post is what makes it hard.
OFTEN = [*ACTS, *(name for name in ACTS if name.startswith("wrong")), "complete one", "post", "triage"]
COURSES = st.lists(st.tuples(st.sampled_from(OFTEN), st.integers(0, 9_999)), min_size=2, max_size=14)


def live(town: Town, course: list[tuple[str, int]], slow: bool) -> str:
    first = pick([*PRODUCTS, None], len(course))
    named = {"product_id": first["product_id"], "answers": answers_of(first)} if first else {}
    request = town.receive(**TEXT, **named)
    for name, number in course:
        ACTS[name](town, request, number)
        if not slow:
            town.settle()
    town.settle(lambda count: course[0][1] % count)
    return request


# --- what must be true -------------------------------------------------------------------------------------


def wanted_here(shown: dict[str, Any], order: dict[str, Any]) -> bool:
    """The round is that of the request, which is being worked on, and no correction took the order away."""
    same = shown["round"] == order["round"] and order["corrected_by"] is None
    return same and shown["state"] == "in_progress"


def no_order_is_orphaned(town: Town, request: str, shown: dict[str, Any]) -> None:
    """Who was asked to stop and has not said so is not: that is what is waited for."""
    for order in town.orders(request):
        if order["open"] and order["replaced_by"] is None and order["state"] != STOPPING:
            assert wanted_here(shown, order), (order["number"], order["state"], shown["state"])


def nothing_wanted_lacks_an_order(town: Town, request: str, shown: dict[str, Any]) -> None:
    """Each step has one that counts, or was done in a round before this one."""
    process = town.process(request)
    if shown["state"] != "in_progress" or not shown["round"] or shown["signals"].get("unplannable"):
        return
    assert process is not None
    (product,) = [each for each in PRODUCTS if each["product_id"] == shown["product"]["product_id"]]
    orders = [each for each in town.orders(request) if each["round"] >= process["fresh_round"]]
    done = {each["step"] for each in orders if each["state"] in ("technically_complete", "checked")}
    has = {each["step"] for each in orders if wanted_here(shown, each) and each["replaced_by"] is None}
    assert {step["key"] for step in product["process"]["steps"]} <= has | done


def both_know_the_same(town: Town, request: str, shown: dict[str, Any]) -> None:
    theirs = {each["number"]: (each["state"], each["round"]) for each in town.orders(request)}
    assert {each["number"]: (each["state"], each["round"]) for each in shown["orders"]} == theirs


def no_correction_hangs(shown: dict[str, Any]) -> None:
    """It has ended, or waits for somebody who was asked to stop."""
    for each in shown["corrections"]:
        waits = [one for one in each["stopped"] if one["asked"] and one["state"] == STOPPING]
        assert each["state"] in ("done", "failed") or (each["state"] == "cancelling" and waits), each


def clocks_are_those_of_an_uninterrupted_history(town: Town, request: str) -> None:
    """Corrections left out, and what it is about now from the first moment on."""
    with town.members["monitoring"].work(None, town.now) as work:
        timed = work.requests.get(UUID(request))
        assert timed is not None
        agreements = work.agreements.current()
        ordered = sorted(timed.facts, key=lambda fact: fact.sequence if fact.source == "request" else 0)
        told = [fact.data for fact in ordered if "kind" in fact.data]
        uninterrupted = [_as(fact, told[-1]) for fact in timed.facts if fact.kind != "corrected"]
        as_it_is = agreements.assess(timed.facts, timed.customer_id, town.now)
        as_if_never = agreements.assess(uninterrupted, timed.customer_id, town.now)
    kept = {row["clock"]: row["due_at"] for row in town.rows(
        "monitoring", f"SELECT clock, due_at FROM clocks WHERE request_id = '{request}'")}  # fmt: skip
    assert as_it_is.clocks == as_if_never.clocks
    assert kept.keys() == {clock.clock for clock in as_it_is.clocks}


def _as(fact: Fact, subject: dict[str, Any]) -> Fact:
    if "kind" not in fact.data:
        return fact
    names = ("kind", "priority", "product_id")
    data = {**fact.data, **{name: subject[name] for name in names}}
    return Fact(fact.kind, fact.at, fact.sequence, fact.source, data)


def _is_asked(order: dict[str, Any]) -> bool:
    """To do it, or to say that it has stopped."""
    return order["replaced_by"] is None or order["state"] == STOPPING


TO_THE_END = ("accept", "complete", "confirm_cancellation", "reroute")


def finish(town: Town, request: str) -> dict[str, Any]:
    """Everybody does what is asked of them until nobody is asked for anything."""
    for _ in range(60):
        town.settle()
        orders = [each for each in town.orders(request) if each["open"] and _is_asked(each)]
        done = [each for each in town.orders(request) if each["state"] == "technically_complete"]
        moves = [(each, action) for each in orders for action in TO_THE_END]
        moved = [town.order(each, action) for each, action in [*moves, *((one, "check") for one in done)]]
        if not any(moved):
            break
    town.settle()
    return town.request(request)


# --- so it is ----------------------------------------------------------------------------------------------


@given(COURSES, st.booleans())
@BOUNDED
def test_whatever_happens_no_order_is_orphaned_and_no_request_without_its_work(
    town: Town, course: list[tuple[str, int]], slow: bool
) -> None:
    request = live(town, course, slow)

    shown = town.request(request)
    both_know_the_same(town, request, shown)
    no_order_is_orphaned(town, request, shown)
    nothing_wanted_lacks_an_order(town, request, shown)
    no_correction_hangs(shown)
    clocks_are_those_of_an_uninterrupted_history(town, request)


@given(COURSES, st.booleans())
@BOUNDED
def test_whoever_does_all_that_is_asked_has_made_it_ready(
    town: Town, course: list[tuple[str, int]], slow: bool
) -> None:
    request = live(town, course, slow)

    shown = finish(town, request)

    assert shown["state"] != "in_progress" or not shown["round"], shown["orders"]
    assert all(each["state"] in ENDED for each in shown["orders"])
    assert all(each["state"] in ("done", "failed") for each in shown["corrections"])


@given(COURSES)
@BOUNDED
def test_the_promise_counts_from_the_receipt_whatever_was_corrected(
    town: Town, course: list[tuple[str, int]]
) -> None:
    """A reopening promises anew, so without those."""
    kept = [act for act in course if act[0] not in ("reopen", "ask", "wrong bad_work")]
    request = live(town, kept or [("post", 0)], slow=False)
    shown = town.request(request)
    if shown["state"] not in ("triage", "in_progress"):
        return
    norm = Rules().norm(shown["kind"], shown["priority"]).resolve
    terms = [norm, *(Term(**each["lead_time"]) for each in PRODUCTS if each["lead_time"])]
    assert shown["promise"]["resolve_by"] in [_due(town, shown["received_at"], term) for term in terms]


def _due(town: Town, start: str, term: Term) -> str:
    with town.members["intake"].work(None, town.now) as work:
        calendar: Calendar = work.lookups.calendar(Rules().zone)
        return str(json.plain(due(datetime.fromisoformat(start), term, calendar)))
