"""The parts a product is made of. All are immutable: a published version is built from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("order", "complaint", "wish", "information", "fault")
PRIORITIES = ("P1", "P2", "P3", "P4")
TERM_UNITS = ("minutes", "working_minutes", "working_days", "calendar_days")
PRICE_KINDS = ("none", "fixed", "tariff", "quote")
# In the agreement and not charged; charged to the cost centre; made to measure, on quote.
PACKAGES = BASIC, PLUS, BESPOKE = ("basic", "plus", "bespoke")
PRICE_UNITS = ("piece", "person", "hour", "day", "week", "month", "year", "square_metre")
CHECKERS = ("desk", "team_lead", "customer")
QUESTION_TYPES = ("text", "number", "choice", "date", "boolean")


@dataclass(frozen=True)
class Text:
    """Text in both languages of the house."""

    nl: str
    en: str

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Text:
        """A missing language is filled from the other, so that no reader ever finds a hole."""
        nl, en = (str(given.get(language) or "").strip() for language in ("nl", "en"))
        return cls(nl=nl or en, en=en or nl)

    def __bool__(self) -> bool:
        return bool(self.nl)


@dataclass(frozen=True)
class Point(Text):
    """Of a checklist; one that is `optional` may stay open."""

    optional: bool = False


@dataclass(frozen=True)
class Term:
    amount: int
    unit: str


@dataclass(frozen=True)
class Price:
    """`amount_cents` is for each of the request's quantity (fixed) or for each `per` (tariff)."""

    kind: str = "none"
    amount_cents: int | None = None
    per: str | None = None


@dataclass(frozen=True)
class Choice:
    value: str
    label: Text


@dataclass(frozen=True)
class AskedIf:
    """Only who gave one of `answers` to the earlier `question` is asked; of a yes or no: `yes`, `no`."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """What the requester is asked; `key` is the name of the answer in the request."""

    key: str
    label: Text
    type: str = "text"
    required: bool = False
    choices: tuple[Choice, ...] = ()
    asked_if: AskedIf | None = None


@dataclass(frozen=True)
class Audience:
    """For whom and where it is: departments and customers by name (who is of one of either may have it),
    places by the organisation's own key, with all that lies in them. Nothing named is no limit.
    """

    departments: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Audience:
        """Sorted: their order has no meaning and must not make a new version."""
        names = ("departments", "locations", "customers")
        return cls(
            *(
                tuple(sorted({each.strip() for each in (given or {}).get(name) or () if each.strip()}))
                for name in names
            )
        )

    def __bool__(self) -> bool:
        return bool(self.departments or self.locations or self.customers)


@dataclass(frozen=True)
class Examples:
    """What people say when they mean this product, and what they say when they mean another."""

    yes: tuple[Text, ...] = ()
    no: tuple[Text, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Examples:
        yes, no = (tuple(Text.of(each) for each in (given or {}).get(name) or ()) for name in ("yes", "no"))
        return cls(yes, no)

    def __bool__(self) -> bool:
        return bool(self.yes or self.no)


NO_EXAMPLES = Examples()
EVERYBODY = Audience()


@dataclass(frozen=True)
class Check:
    """Who looks at the work when it is done. `holds`: what waits for the step waits for this check too."""

    by: str
    holds: bool = False


@dataclass(frozen=True)
class Step:
    """One work order to be. `provider` is a provider's slug, or empty where `role` says which skill it takes:
    who has it, and can, is found when the step's turn comes. `depends_on` has the keys of earlier ones.

    `checklist`: what its executor goes by; `cost_cents`: what we expect to pay for it.
    """

    key: str
    title: Text
    provider: str
    depends_on: tuple[str, ...] = ()
    lead_time: Term | None = None
    instructions: Text | None = None
    checklist: tuple[Point, ...] = ()
    cost_cents: int | None = None
    role: str | None = None
    check: Check | None = None


def text(given: Mapping[str, str] | None) -> Text | None:
    return Text.of(given) if given and any(given.values()) else None


def term(given: Mapping[str, Any] | None) -> Term | None:
    return Term(int(given["amount"]), str(given["unit"])) if given else None


def question(given: Mapping[str, Any]) -> Question:
    return Question(
        key=given["key"],
        label=Text.of(given["label"]),
        type=given.get("type") or "text",
        required=bool(given.get("required", False)),
        choices=tuple(Choice(c["value"], Text.of(c["label"])) for c in given.get("choices") or ()),
        asked_if=asked_if(given.get("asked_if")),
    )


def asked_if(given: Mapping[str, Any] | None) -> AskedIf | None:
    return AskedIf(given["question"], tuple(given.get("answers") or ())) if given else None


def step(given: Mapping[str, Any]) -> Step:
    return Step(
        key=given["key"],
        title=Text.of(given["title"]),
        provider="" if given.get("role") else given.get("provider") or "",
        depends_on=tuple(given.get("depends_on") or ()),
        lead_time=term(given.get("lead_time")),
        instructions=text(given.get("instructions")),
        checklist=tuple(point(each) for each in given.get("checklist") or ()),
        cost_cents=given.get("cost_cents"),
        role=(given.get("role") or "").strip() or None,
        check=check(given.get("check")),
    )


def point(given: Mapping[str, Any]) -> Point:
    said = Text.of(given)
    return Point(said.nl, said.en, bool(given.get("optional")))


def check(given: Mapping[str, Any] | None) -> Check | None:
    return Check(given["by"], bool(given.get("holds"))) if given else None
