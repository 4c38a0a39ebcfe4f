"""What a published product means for a request that names it."""

from __future__ import annotations

from typing import Any

import deskcontracts
import pytest
from intake.domain.products import Audience, Product
from intake.domain.rules import Term


def product(**changes: Any) -> Product:
    return Product.from_fact({**deskcontracts.example("catalog.product_published"), **changes})


def test_a_product_is_read_from_the_fact() -> None:
    found = product()

    assert (found.ref.version, found.kind, found.lead_time) == (2, "order", Term(5, "working_days"))
    assert found.has_process


def test_a_product_without_lead_time_has_none() -> None:
    assert product(lead_time=None).lead_time is None


@pytest.mark.parametrize(
    ("kind", "asked", "starts"),
    [
        ("fault", None, True),
        ("fault", "fault", True),
        ("fault", "order", True),
        ("fault", "complaint", False),
        ("order", "wish", False),
        ("order", "information", False),
        ("complaint", "complaint", True),
    ],
)
def test_a_complaint_about_a_product_does_not_order_it(kind: str, asked: str | None, starts: bool) -> None:
    assert product(kind=kind).starts_for(asked) is starts


def test_a_product_without_steps_waits_for_the_desk() -> None:
    assert product(process={"steps": []}).starts_for(None) is False


def test_earlier_answers_are_kept_where_the_product_asks_for_them() -> None:
    found = product()
    key = found.questions[0].key

    assert found.answers_among({key: "x", "kleur": "blauw"}) == {key: "x"}


FINANCE = Audience(departments=("Financiën",))
SLUIS = Audience(locations=("sluis", "kade"))


@pytest.mark.parametrize(
    ("audience", "department", "offered"),
    [
        (Audience(), None, True),
        (FINANCE, "Financiën", True),
        (FINANCE, "Juridisch", False),
        (FINANCE, None, False),
    ],
)
def test_a_product_is_for_its_groups(audience: Audience, department: str | None, offered: bool) -> None:
    assert audience.has_group(department) is offered


EITHER = Audience(departments=("Financiën",), customers=("Bakkerij Kruim",))


@pytest.mark.parametrize(
    ("department", "customer", "offered"),
    [
        ("Financiën", None, True),
        (None, "Bakkerij Kruim", True),
        ("Financiën", "Bakkerij Kruim", True),
        ("Juridisch", "Slagerij", False),
        ("Bakkerij Kruim", "Financiën", False),
        (None, None, False),
    ],
)
def test_who_is_of_a_department_or_a_customer_that_it_names_may_have_it(
    department: str | None, customer: str | None, offered: bool
) -> None:
    assert EITHER.has_group(department, customer) is offered


@pytest.mark.parametrize(
    ("audience", "keys", "offered"),
    [
        (Audience(), [], True),
        (SLUIS, ["sluis-2-214", "sluis-2", "sluis"], True),
        (SLUIS, ["elders"], False),
        (SLUIS, [], False),
    ],
)
def test_a_product_is_for_its_places_and_what_lies_in_them(
    audience: Audience, keys: list[str], offered: bool
) -> None:
    assert audience.has_place(keys) is offered


@pytest.mark.parametrize(
    ("price", "quantity", "answers", "cents"),
    [
        (None, 3, {}, 0),
        ({"kind": "none", "amount_cents": None}, 3, {}, 0),
        ({"kind": "fixed", "amount_cents": 8500}, 3, {}, 25_500),
        ({"kind": "fixed", "amount_cents": 8500}, 1, {"many": 4}, 8500),
        ({"kind": "tariff", "amount_cents": 1450, "per": "person"}, 1, {"many": 24}, 34_800),
        ({"kind": "tariff", "amount_cents": 1450, "per": "person"}, 2, {}, 2900),
        ({"kind": "tariff", "amount_cents": 1895, "per": "piece"}, 2, {"many": 24}, 3790),
        ({"kind": "quote", "amount_cents": None}, 1, {"many": 24}, None),
    ],
)
def test_what_it_costs_is_estimated(
    price: dict[str, Any] | None, quantity: int, answers: dict[str, Any], cents: int | None
) -> None:
    fact = deskcontracts.example("catalog.product_published")
    number = {"key": "many", "label": {"nl": "Hoeveel?"}, "type": "number", "required": False, "choices": []}
    product = Product.from_fact({**fact, "price": price, "questions": [number]})
    assert product.estimate(quantity, answers) == cents


@pytest.mark.parametrize(("package", "charged"), [("basic", 0), ("plus", 25_500), (None, 25_500)], ids=str)
def test_what_is_in_the_basic_package_costs_who_orders_it_nothing(package: str | None, charged: int) -> None:
    fact = {**deskcontracts.example("catalog.product_published"), "package": package}
    product = Product.from_fact({**fact, "price": {"kind": "fixed", "amount_cents": 8500}})
    assert product.estimate(3, {}) == charged
