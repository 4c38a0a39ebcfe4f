"""What a request is charged, by its package, and that the ledger adds up to it whatever happened in
between.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from intake.domain import direction
from intake.domain.approval import Approval, Approver, Rule, Seat
from intake.domain.charges import Line, Reason, What, differences, owed, reason_for
from intake.domain.errors import NotAllowed
from intake.domain.involved import CostCentre
from intake.domain.products import Product
from intake.domain.questions import Question
from intake.domain.requests import Request
from intake.domain.values import By

from .samples import AMIRA, MONDAY, RADIATOR, SANNE, after, changed, in_progress, is_ready, planned

PERSONS = Question("persons", "number", True, {}, {})
CENTRE = CostCentre("4100", "Communicatie")
SECOND = "01936f3a-0000-7000-8000-00000000000b"
QUOTED = Approval(Rule.ANY, [Seat(Approver("k", "Karin"), approved=True)], MONDAY, 50_000)


def product(package: str = "plus", price: Any = ("fixed", 1_000, None), **more: Any) -> Product:
    return Product(RADIATOR, "order", "P3", None, (PERSONS,), True, price=price, package=package, **more)


def done(*facts: dict[str, Any], **changes: Any) -> Request:
    """With these orders' facts, and ready."""
    request = in_progress(kind="order", cost_centre=CENTRE, **changes)
    hear(request, *facts)
    request.complete(after(60), after(9000), AMIRA)
    return request


def hear(request: Request, *facts: dict[str, Any]) -> None:
    for fact in facts:
        if "orders" in fact:
            direction.orders_planned(request, fact, MONDAY)
        else:
            direction.order_changed(request, {"number": "SD-26-000123-1", **fact}, MONDAY, lambda: MONDAY)


def completed(cost_cents: int | None = None, sequence: int = 9, **more: Any) -> dict[str, Any]:
    return changed(sequence, "complete", "technically_complete", cost_cents=cost_cents, **more)


def extra(state: str, cents: int, number: int = 1, of: str = "desk", sequence: int = 4) -> dict[str, Any]:
    asked = {"number": number, "amount_cents": cents, "of": of, "state": state, "reason": "Meer"}
    return changed(sequence, "grant_extra", "paused", extra_work=asked)


def amounts(request: Request, of: Product) -> dict[str, int]:
    """By what is charged."""
    found: Counter[str] = Counter()
    for line, cents in owed(request, of).items():
        found[line.what] += cents
    return dict(found)


# --- by package --------------------------------------------------------------------------------------------


def test_what_is_in_the_agreement_is_not_charged_whatever_its_price_says() -> None:
    assert amounts(done(completed(7_000)), product("basic")) == {}


def test_of_what_is_in_the_agreement_extra_work_is_charged_that_the_budget_holder_agreed_to() -> None:
    told = (extra("granted", 900), extra("granted", 80_000, 2, "budget_holder", 6), completed())
    assert amounts(done(*told), product("basic")) == {"extra_work": 80_000}


def test_plus_is_its_price_times_the_number_with_the_extra_work_that_was_agreed_to() -> None:
    told = (extra("granted", 900), extra("refused", 5_000, 2, sequence=6), completed(99_999))
    assert amounts(done(*told, quantity=3), product()) == {"price": 3_000, "extra_work": 900}


def test_each_yes_at_an_order_counts_also_one_that_is_heard_of_after_the_next_question() -> None:
    first, second = extra("granted", 900, 1, sequence=4), extra("granted", 300, 2, sequence=6)
    assert amounts(done(second, first, first, completed()), product())["extra_work"] == 1_200


def test_a_tariff_is_charged_as_often_as_was_asked_for() -> None:
    assert amounts(done(answers={"persons": 8}), product(price=("tariff", 850, "person"))) == {"price": 850}
    request = done()
    request.answers = {"persons": 8}
    assert amounts(request, product(price=("tariff", 850, "person"))) == {"price": 6_800}


def test_a_tariff_of_which_nobody_said_how_many_hours_is_what_its_orders_cost_once_that_is_known() -> None:
    hourly = product(price=("tariff", 6_000, "hour"))
    assert amounts(done(completed()), hourly) == {"price": 6_000}
    assert amounts(done(completed(21_000)), hourly) == {"work": 21_000}
    assert amounts(done(completed(21_000)), product()) == {"price": 1_000}


def test_bespoke_is_what_was_approved_until_its_orders_say_what_they_cost() -> None:
    bespoke = product("bespoke", ("quote", None, None))
    assert amounts(done(completed(), approval=QUOTED), bespoke) == {"quote": 50_000}
    assert amounts(done(completed(43_210), approval=QUOTED), bespoke) == {"work": 43_210}
    assert amounts(done(completed(43_210)), bespoke) == {"work": 43_210}
    assert amounts(done(completed()), bespoke) == {}


def test_one_order_without_a_bill_leaves_it_at_what_was_approved_but_for_work_that_is_done_over() -> None:
    bespoke = product("bespoke", ("quote", None, None))
    free = completed(order=SECOND, number="SD-26-000123-2")
    over = planned(SECOND, number="SD-26-000123-2", rework_of="x")
    assert amounts(done(completed(43_210), free, approval=QUOTED), bespoke) == {"quote": 50_000}
    assert amounts(done(over, completed(43_210), free, approval=QUOTED), bespoke) == {"work": 43_210}


@pytest.mark.parametrize(("state", "cents"), [("over", 10_000), ("disputed", 10_000), ("accepted", 12_500)])
def test_of_a_bill_over_its_limit_only_what_nobody_contests_is_charged(state: str, cents: int) -> None:
    bill = completed(12_500, cost_standing={"state": state, "limit_cents": 10_000})
    assert amounts(done(bill), product("bespoke", ("quote", None, None))) == {"work": cents}


@pytest.mark.parametrize("state", ["cancelled", "rejected", "not_carried_out", "in_progress"])
def test_what_was_not_carried_out_costs_nobody_anything(state: str) -> None:
    told = changed(9, "cancel", state, cost_cents=5_000, extra_work=extra("granted", 900)["extra_work"])
    assert amounts(done(told), product("bespoke", ("quote", None, None))) == {}
    assert amounts(done(told), product()) == {"price": 1_000}


# --- when, and to whom -------------------------------------------------------------------------------------


def no_requester(request: Request) -> None:
    request.requester = None


def goes_along(request: Request) -> None:
    request.follows = request.request_id


def never_begun(request: Request) -> None:
    request.round = 0


def is_a_complaint(request: Request) -> None:
    request.kind = "complaint"


def is_taken_up_again(request: Request) -> None:
    request.reopen("Niet goed", None, after(70), SANNE)


@pytest.mark.parametrize(
    "make",
    [no_requester, goes_along, never_begun, is_a_complaint, is_taken_up_again],
    ids=lambda it: it.__name__,
)
def test_what_nobody_ordered_or_is_not_done_is_not_charged(make: Callable[[Request], None]) -> None:
    request = done()
    assert owed(request, product())
    make(request)
    assert owed(request, product()) == {}


def test_it_stays_charged_when_its_requester_agrees_that_it_is_done() -> None:
    request = done()
    request.confirm(after(80), SANNE)
    assert amounts(request, product()) == {"price": 1_000}


def test_what_is_withdrawn_in_time_is_not_charged_and_what_is_too_late_its_part_of_the_price() -> None:
    request = in_progress(cost_centre=CENTRE)
    request.withdraw("Niet nodig", after(10), SANNE)
    assert owed(request, product()) == {}
    late = in_progress(cost_centre=CENTRE)
    late.withdraw("Niet nodig", after(10), SANNE, {"free_until": MONDAY, "cost_cents": 500})
    assert amounts(late, product()) == {"late_cancellation": 500}


def test_what_nobody_gave_a_cost_centre_is_charged_all_the_same_so_that_it_is_seen() -> None:
    (line,) = owed(is_ready(kind="order"), product())
    assert line.cost_centre == ""


# --- the ledger --------------------------------------------------------------------------------------------


def test_only_the_difference_is_booked_and_first_what_goes_back() -> None:
    one, other = Line("4100", What.PRICE, "p", 1), Line("4200", What.PRICE, "p", 1)
    assert differences({one: 10}, {}) == [(one, 10)]
    assert differences({one: 10}, {one: 10}) == []
    assert differences({one: 12}, {one: 10}) == [(one, 2)]
    assert differences({other: 10}, {one: 10}) == [(one, -10), (other, 10)]
    assert differences({}, {one: 10, other: 0}) == [(one, -10)]


def test_why_is_said() -> None:
    line = Line("4100", What.PRICE, "p", 1)
    assert reason_for({line: 10}, {}) is Reason.DONE
    assert reason_for({line: 10}, {line: 0}) is Reason.DONE
    assert reason_for({line: 10}, {line: 12}) is Reason.CHANGED
    assert reason_for({}, {line: 12}) is Reason.TAKEN_BACK


BY = By("service", "intake")
DEEDS: tuple[Callable[[Request], Any], ...] = (
    lambda it: it.complete(after(60), after(9000), AMIRA),
    lambda it: it.complete(after(60), after(9000), AMIRA),
    lambda it: it.confirm(after(70), SANNE),
    lambda it: it.lapse(after(70), BY),
    lambda it: it.reopen("Weer koud", None, after(80), SANNE),
    lambda it: it.withdraw("Niet nodig", after(90), SANNE),
    lambda it: it.withdraw("Niet nodig", after(90), SANNE, {"free_until": MONDAY, "cost_cents": 500}),
    lambda it: setattr(it, "cost_centre", CostCentre("4200", "Financiën")),
    lambda it: setattr(it, "cost_centre", CENTRE),
    lambda it: setattr(it, "quantity", it.quantity % 5 + 1),
    lambda it: setattr(it, "kind", "complaint"),
    lambda it: setattr(it, "kind", "order"),
)
FACTS: tuple[dict[str, Any], ...] = (
    planned(),
    extra("granted", 900, 1, sequence=4),
    extra("granted", 90_000, 2, "budget_holder", 6),
    completed(12_500, 9, cost_standing={"state": "over", "limit_cents": 10_000}),
    changed(10, "accept_cost", "technically_complete", cost_cents=12_500,
            cost_standing={"state": "accepted", "limit_cents": 10_000}),
    changed(11, "reprice", "technically_complete", cost_cents=9_000),
    planned(SECOND, number="SD-26-000123-2"),
    completed(4_000, 9, order=SECOND, number="SD-26-000123-2"),
    changed(10, "cancel", "cancelled", SECOND, number="SD-26-000123-2"),
)  # fmt: skip
PRODUCTS = (
    product(),
    product("basic"),
    product("bespoke", ("quote", None, None)),
    product(price=("tariff", 6_000, "hour")),
)


@pytest.mark.parametrize("seed", range(150))
def test_whatever_happened_in_whatever_order_the_ledger_adds_up_to_what_is_owed(seed: int) -> None:
    """Deeds, and facts that come late and twice, with a booking after some of them, as they were saved."""
    chance = random.Random(seed)
    of = chance.choice(PRODUCTS)
    request = in_progress(kind="order", cost_centre=CENTRE, approval=chance.choice((None, replace(QUOTED))))
    ledger: list[tuple[Line, int]] = []
    for _ in range(40):
        try:
            chance.choice(DEEDS)(request) if chance.random() < 0.5 else hear(request, chance.choice(FACTS))
        except NotAllowed:
            continue
        ledger += differences(owed(request, of), total(ledger))
        assert total(ledger) == owed(request, of)
        assert all(cents for _, cents in ledger)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_owed_does_not_depend_on_the_order_or_the_doubles_of_what_is_heard(seed: int) -> None:
    chance = random.Random(seed)
    shuffled = [*FACTS, *chance.choices(FACTS, k=6)]
    chance.shuffle(shuffled)
    for of in PRODUCTS:
        assert owed(done(*shuffled, approval=QUOTED), of) == owed(done(*FACTS, approval=QUOTED), of)


def total(ledger: list[tuple[Line, int]]) -> dict[Line, int]:
    found: Counter[Line] = Counter()
    for line, cents in ledger:
        found[line] += cents
    return {line: cents for line, cents in found.items() if cents}
