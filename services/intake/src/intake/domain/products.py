"""What intake keeps of a published product: enough to accept a request without asking the catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from intake.domain.order_rules import OrderRules
from intake.domain.questions import Question
from intake.domain.rules import Term
from intake.domain.values import ProductRef

# What a price of each kind is in, of a version from before packages were said.
PACKAGES = {"none": "basic", "fixed": "plus", "tariff": "plus", "quote": "bespoke"}
# Naming a product in one of these says what it is about; it does not order the product.
ABOUT = frozenset({"complaint", "wish", "information"})

# A price per one of these is what one costs.
ONCE = (None, "piece")


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom and where a product is: departments and customers by name, places by key. Empty: no limit."""

    departments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    @classmethod
    def from_fact(cls, given: Mapping[str, Any] | None) -> Audience:
        named = given or {}
        return cls(*(tuple(named.get(name) or ()) for name in ("departments", "locations", "customers")))

    @property
    def groups(self) -> tuple[str, ...]:
        """Departments and customers: who is of one of them is meant."""
        return (*self.departments, *self.customers)

    def has_group(self, department: str | None, customer: str | None = None) -> bool:
        return not self.groups or department in self.departments or customer in self.customers

    def has_place(self, keys: Collection[str]) -> bool:
        """`keys`: those of a place and of all that it lies in."""
        return not self.locations or not set(self.locations).isdisjoint(keys)


EVERYBODY = Audience()


@dataclass(frozen=True, slots=True)
class Product:
    """One version. Never changes, so it may be shared and remembered."""

    ref: ProductRef
    kind: str
    priority: str
    lead_time: Term | None
    questions: tuple[Question, ...]
    has_process: bool
    audience: Audience = EVERYBODY
    confidential: bool = False
    # What one costs: kind "none", "fixed", "tariff" or "quote", the amount in cents, and per what (a tariff).
    price: tuple[str, int | None, str | None] = ("none", None, None)
    # Basic is in the agreement and costs who orders it nothing, whatever the price says; plus; bespoke.
    package: str = "basic"
    # The titles of its process's steps, per language.
    steps: tuple[Mapping[str, str], ...] = ()
    # Until when, how many at once, and until when it is cancelled free; None: no rules.
    ordering: OrderRules | None = None

    @classmethod
    def from_fact(cls, content: Mapping[str, Any]) -> Product:
        """`content`: the data of catalog.product_published."""
        term, price = content["lead_time"], _price(content.get("price"))
        return cls(
            ref=ProductRef(
                str(content["product_id"]), content["version"], content["slug"], dict(content["name"])
            ),
            kind=content["kind"],
            priority=content["priority"],
            lead_time=Term(term["amount"], term["unit"]) if term else None,
            questions=tuple(Question.from_fact(question) for question in content["questions"]),
            has_process=bool(content["process"]["steps"]),
            audience=Audience.from_fact(content.get("audience")),
            confidential=bool(content.get("confidential", False)),
            price=price,
            package=content.get("package") or PACKAGES[price[0]],
            steps=tuple(dict(step["title"]) for step in content["process"]["steps"]),
            ordering=OrderRules.from_fact(content.get("ordering")),
        )

    def starts_for(self, kind: str | None) -> bool:
        """Whether a request of this kind that names the product is standard: its process starts at once.

        Without steps the desk itself is the process, so it waits for an agent. A complaint about the cleaning
        must not send the cleaner.
        """
        return self.has_process and not self.is_only_about(kind)

    def is_only_about(self, kind: str | None) -> bool:
        """A complaint, wish or question that names the product, and does not ask for it."""
        return kind in ABOUT and kind != self.kind

    def estimate(self, quantity: int, answers: Mapping[str, Any]) -> int | None:
        """What it costs who orders so many, in cents; None when only a person can say. A product with a
        tariff per person, hour or day that asks for one number is meant to cost that many times the tariff.
        """
        kind, amount, per = self.price
        if self.package == "basic":
            return 0
        if kind == "quote":
            return None
        times = self._asked(answers) if per not in ONCE else 1
        return round((amount or 0) * quantity * times)

    def knows_times(self, answers: Mapping[str, Any]) -> bool:
        """Whether `estimate` is the price itself: of a tariff per hour it is not, until somebody said how
        many hours.
        """
        return self.price[2] in ONCE or self._only_number(answers) is not None

    def units(self, quantity: int, answers: Mapping[str, Any]) -> int:
        """What an order takes of what there is at once: so many persons, or pieces."""
        return max(1, ceil(quantity * self._asked(answers)))

    def _asked(self, answers: Mapping[str, Any]) -> int | float:
        """The one number that it asks for; 1 when it asks for none, or for several."""
        only = self._only_number(answers)
        return 1 if only is None else only

    def _only_number(self, answers: Mapping[str, Any]) -> int | float | None:
        numbers = [answers.get(question.key) for question in self.questions if question.type == "number"]
        only = numbers[0] if len(numbers) == 1 else None
        return only if isinstance(only, int | float) else None

    def answers_among(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Those that answer a question of this product: answers were given before there was a product."""
        return {question.key: given[question.key] for question in self.questions if question.key in given}


def _price(price: Mapping[str, Any] | None) -> tuple[str, int | None, str | None]:
    """Versions that were heard of before prices were kept count as free."""
    if not price:
        return ("none", None, None)
    return price["kind"], price.get("amount_cents"), price.get("per")
