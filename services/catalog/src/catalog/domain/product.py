"""A product: what the department delivers, and the process behind it. A published version never changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from catalog.domain.errors import ChangedByHand
from catalog.domain.offer import Offered
from catalog.domain.ordering import NO_RULES, Ordering
from catalog.domain.problems import Problems, one_of
from catalog.domain.process import check_process, in_running_order
from catalog.domain.questions import check_questions
from catalog.domain.terms import check_package, check_price, check_term, implied_package
from catalog.domain.values import (
    EVERYBODY,
    KINDS,
    NO_EXAMPLES,
    PRIORITIES,
    Audience,
    Examples,
    Price,
    Question,
    Step,
    Term,
    Text,
    question,
    step,
    term,
    text,
)

# Without a step nobody would ever do the work. The other kinds may be for the desk itself to handle.
KINDS_WITH_WORK = frozenset({"order", "fault"})
MAX_NAME = 120
MAX_DESCRIPTION = 4000
MAX_EXAMPLES = 50
MAX_EXAMPLE = 300
MAX_AUDIENCE = 100
# What content from before these existed does not have: left out when empty, so that it keeps its hash.
LEFT_OUT_WHEN_EMPTY = ("examples", "audience", "owner", "ordering", "confidential")


@dataclass(frozen=True)
class ProductContent:
    """Everything an author decides about a product. Equal content means an equal `hash`."""

    slug: str
    category: Text
    name: Text
    description: Text
    kind: str
    priority: str
    lead_time: Term | None
    price: Price
    # What is said when nothing is: the package that the price implies.
    package: str
    check_required: bool
    questions: tuple[Question, ...]
    steps: tuple[Step, ...]
    examples: Examples = NO_EXAMPLES
    audience: Audience = EVERYBODY
    owner: str | None = None
    ordering: Ordering = NO_RULES
    # What is asked for with it is read by its reporter, confidants and executors alone.
    confidential: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> ProductContent:
        """From the shape of the event and the API: plain dicts, complete in their required fields."""
        said = given.get("price") or {}
        price = Price(said.get("kind") or "none", said.get("amount_cents"), said.get("per"))
        return cls(
            slug=given["slug"],
            category=Text.of(given["category"]),
            name=Text.of(given["name"]),
            description=text(given.get("description")) or Text.of(given["name"]),
            kind=given["kind"],
            priority=given.get("priority") or "P4",
            lead_time=term(given.get("lead_time")),
            price=price,
            package=given.get("package") or implied_package(price),
            check_required=bool(given.get("check_required", False)),
            questions=tuple(question(each) for each in given.get("questions") or ()),
            steps=tuple(step(each) for each in (given.get("process") or {}).get("steps") or ()),
            examples=Examples.of(given.get("examples")),
            audience=Audience.of(given.get("audience")),
            owner=(given.get("owner") or "").strip() or None,
            ordering=Ordering.of(given.get("ordering")),
            confidential=bool(given.get("confidential", False)),
        )

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        plain["process"] = {"steps": plain.pop("steps")}
        for name in LEFT_OUT_WHEN_EMPTY:
            if not getattr(self, name):
                del plain[name]
        if "audience" in plain and not self.audience.customers:
            del plain["audience"]["customers"]
        for asked in plain["questions"]:
            _leave_out(asked, "asked_if")
        for step_ in plain["process"]["steps"]:
            for point in step_.get("checklist") or ():
                if not point["optional"]:
                    del point["optional"]
            _leave_out(step_, "checklist", "cost_cents", "role", "check")
            # Who knows no roles finds no provider of that name, and a person decides.
            step_["provider"] = step_["provider"] or step_.get("role", "")
        return plain

    @property
    def hash(self) -> str:
        hashed = self.to_dict()
        # What was published before there were packages keeps its hash.
        if self.package == implied_package(self.price):
            del hashed["package"]
        canonical = json.dumps(hashed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def checked(self) -> ProductContent:
        """The content, its steps in running order. Raises ContentRefused with every problem at once."""
        self.problems().raise_if_any("product")
        return replace(self, steps=in_running_order(self.steps))

    def problems(self) -> Problems:
        """Everything that keeps it from being published."""
        problems = Problems()
        problems.check_slug("slug", self.slug)
        _check_texts(self, problems)
        problems.unless(self.kind in KINDS, "kind", one_of(KINDS))
        problems.unless(self.priority in PRIORITIES, "priority", one_of(PRIORITIES))
        check_term(self.lead_time, problems, "lead_time")
        check_price(self.price, problems)
        check_package(self.package, self.price, problems)
        check_questions(self.questions, problems)
        _check_examples(self.examples, problems)
        _check_audience(self.audience, problems)
        fits = len(self.owner or "") <= MAX_NAME
        problems.unless(fits, "owner", f"Use {MAX_NAME} characters at most.")
        self.ordering.check(self.kind, problems)
        check_process(self.steps, problems)
        if self.kind in KINDS_WITH_WORK and not self.steps:
            problems.add("process.steps", "Add at least one step: someone has to carry it out.")
        return problems


@dataclass(kw_only=True)
class Product(Offered):
    """The product as it is now. `imported_hash` is the content of the file it last came from, if it did."""

    product_id: UUID
    content: ProductContent
    version: int
    imported_hash: str | None = None

    def publish(self, content: ProductContent, now: datetime) -> bool:
        """True when this made a new version. The same content again does not, unless it was withdrawn."""
        if self.withdrawn_at is None and content.hash == self.content.hash:
            return False
        self.content, self.version = content, self.version + 1
        self._offer_again(now)
        return True

    def take_import(self, content: ProductContent, now: datetime) -> bool:
        """As `publish`, but never undoes what somebody changed in the catalogue after the last import.

        The same file a second time changes nothing, whatever happened to the product since.
        """
        if content.hash in (self.imported_hash, self.content.hash):
            return False
        if self.imported_hash != self.content.hash or self.withdrawn_at is not None:
            raise ChangedByHand(
                f"The product '{content.slug}' was changed or withdrawn in the catalogue. Change it there."
            )
        self.imported_hash = content.hash
        return self.publish(content, now)


def _leave_out(item: dict[str, Any], *names: str) -> None:
    for name in names:
        if item[name] in (None, []):
            del item[name]


def first_version(product_id: UUID, content: ProductContent, now: datetime) -> Product:
    return Product(product_id=product_id, content=content, version=1, published_at=now)


def _check_texts(content: ProductContent, problems: Problems) -> None:
    problems.unless(content.category, "category", "Name the group of products it belongs to.")
    problems.unless(content.name, "name", "Give it a name as the requester would say it.")
    for language in ("nl", "en"):
        for field, limit in (("name", MAX_NAME), ("category", MAX_NAME), ("description", MAX_DESCRIPTION)):
            length = len(getattr(getattr(content, field), language))
            problems.unless(length <= limit, f"{field}.{language}", f"Use {limit} characters at most.")


def _check_examples(examples: Examples, problems: Problems) -> None:
    for name, texts in (("yes", examples.yes), ("no", examples.no)):
        here = f"examples.{name}"
        problems.unless(len(texts) <= MAX_EXAMPLES, here, f"Give {MAX_EXAMPLES} examples at most.")
        for index, said in enumerate(texts):
            problems.unless(said, f"{here}.{index}", "Write it as somebody would say it.")
            for language in ("nl", "en"):
                fits = len(getattr(said, language)) <= MAX_EXAMPLE
                problems.unless(fits, f"{here}.{index}.{language}", f"Use {MAX_EXAMPLE} characters at most.")


def _check_audience(audience: Audience, problems: Problems) -> None:
    for name in ("departments", "locations", "customers"):
        named = getattr(audience, name)
        problems.unless(len(named) <= MAX_AUDIENCE, f"audience.{name}", f"Name {MAX_AUDIENCE} at most.")
        fits = all(len(each) <= MAX_NAME for each in named)
        problems.unless(fits, f"audience.{name}", f"Use {MAX_NAME} characters at most for each.")
