"""What a product's order rules say of one order: in time or not, room or not, cancelled free or not.

Whoever takes a place first locks the product's row, so that two who see the last place don't both get it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound
from servicekit.worktime import Calendar

from intake.domain.order_rules import Capacity, OrderRules
from intake.domain.products import Product
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import Wanted
from intake.handlers.overruling import Overruling
from intake.storage.unit_of_work import IntakeWork

Texts = Mapping[str, str]
WHEN: Texts = {
    "nl": "Zeg wanneer u het wilt hebben: dit product wordt voor een moment besteld.",
    "en": "Say when you want it: this product is ordered for a moment.",
}
TOO_LATE: Texts = {
    "nl": "Daarvoor is het te laat: dit kon worden besteld tot {latest}. De eerste die nu nog kan: {first}.",
    "en": "It is too late for that: it could be ordered until {latest}. The first you can have: {first}.",
}
FULL: Texts = {
    "nl": "Dan is het vol: er is nog plaats voor {left}. Het eerste moment met genoeg plaats: {first}.",
    "en": "It is full then: there is room for {left}. The first moment with room enough: {first}.",
}
FULL_FOR_LONG: Texts = {
    "nl": "Dan is het vol: er is nog plaats voor {left}. Ook daarna is er lang geen plaats; bel ons.",
    "en": "It is full then: there is room for {left}, and none for long after it. Call the desk.",
}
TOO_MANY: Texts = {
    "nl": "Er zijn er nooit meer dan {amount} tegelijk. Bestel er minder.",
    "en": "There are never more than {amount} at once. Order fewer.",
}
DAYS = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
SHOWN_SLOTS = 6
LOOK_AHEAD = timedelta(days=120)
CANCELLED = frozenset({State.AWAITING_APPROVAL, State.IN_PROGRESS})


def take_place(
    work: IntakeWork, rules: Rules, request: Request, product: Product, answers: dict[str, Any],
    ordered_at: datetime, calendar: Calendar | None = None, overruling: Overruling | None = None,
) -> None:  # fmt: skip
    """When its work is to begin. Raises Invalid with what can be had instead, unless overruled."""
    request.units = product.units(request.quantity, answers)
    if product.ordering is None or product.is_only_about(request.kind):
        return
    hours = calendar or work.lookups.calendar(rules.zone)
    with overruling.lenient() if overruling else nullcontext():
        check_time(work, product.ordering, request.wanted, ordered_at, hours)
    check_room(work, product, request, hours)


def check_time(
    work: IntakeWork, ordering: OrderRules, wanted: Wanted | None, ordered_at: datetime, calendar: Calendar
) -> Wanted:
    if wanted is None:
        raise _refused("wanted_missing", _said(work, WHEN))
    if not ordering.in_time(ordered_at, wanted.start, calendar):
        assert ordering.cutoff is not None
        latest, first = ordering.cutoff.latest(wanted.start, calendar), ordering.first(work.now, calendar)
        raise _refused("ordered_too_late", _said(work, TOO_LATE, calendar, latest=latest, first=first))
    return wanted


def check_room(work: IntakeWork, product: Product, request: Request, calendar: Calendar) -> None:
    """The product's row is locked from here on."""
    rules, wanted = product.ordering, request.wanted
    if rules is None or rules.capacity is None or wanted is None:
        return
    capacity, product_id = rules.capacity, UUID(product.ref.product_id)
    if request.units > capacity.amount:
        text = _said(work, TOO_MANY, amount=capacity.amount)
        raise Invalid("too_many_at_once", text, {"quantity": [text]})
    work.bookings.lock(product_id)
    taken = Taken(work, product_id, capacity, wanted.start, calendar, besides=request.request_id)
    left = taken.left(wanted.start)
    if request.units <= left:
        return
    free = taken.next_free(request.units, wanted.start, rules, work.now)
    if free:
        raise _refused("full", _said(work, FULL, calendar, left=left, first=free))
    raise _refused("full", _said(work, FULL_FOR_LONG, left=left))


class Taken:
    """What is taken of one product from a moment on; read once."""

    def __init__(
        self, work: IntakeWork, product_id: UUID, capacity: Capacity, since: datetime, calendar: Calendar,
        besides: UUID | None = None,
    ) -> None:  # fmt: skip
        self._capacity, self._calendar = capacity, calendar
        start = capacity.slot(since, calendar).start
        self._booked = work.bookings.between(product_id, start, start + LOOK_AHEAD, besides)

    def left(self, at: datetime) -> int:
        slot = self._capacity.slot(at, self._calendar)
        return max(
            0, self._capacity.amount - sum(n for when, n in self._booked if slot.start <= when < slot.end)
        )

    def next_free(self, units: int, after: datetime, rules: OrderRules, now: datetime) -> datetime | None:
        fitting = (
            each for each in self._capacity.following(after, self._calendar)
            if self.left(each) >= units and rules.in_time(now, each, self._calendar)
        )  # fmt: skip
        return next(fitting, None)


def late_cancellation(work: IntakeWork, rules: Rules, request: Request) -> dict[str, Any] | None:
    """{"free_until", "late", "cost_cents"} while it can be cancelled; None when nothing was ordered for a
    moment, or no rule says anything of it. `cost_cents` is what cancelling costs now.
    """
    product = _product_of(work, request)
    free = product.ordering.free if product and product.ordering else None
    if product is None or free is None or request.wanted is None or request.state not in CANCELLED:
        return None
    until = free.until.latest(request.wanted.start, work.lookups.calendar(rules.zone)).astimezone(UTC)
    late = work.now > until
    cost = free.cost(product.estimate(request.quantity, request.answers)) if late else 0
    return {"free_until": until, "late": late, "cost_cents": cost}


def get_order_terms(
    work: IntakeWork, rules: Rules, product_id: UUID, wanted: Wanted | None, quantity: int
) -> dict[str, Any]:
    """Until when, and what is free, before anything is sent. Of a product without rules all are empty."""
    product, calendar = work.lookups.for_triage(product_id, rules.zone)
    if product is None:
        raise NotFound("no_such_product", "This product is not offered (any more).")
    ordering = product.ordering
    nothing = ("first", "wanted", "capacity", "charge_percent")
    view: dict[str, Any] = {"product_id": product_id, "ruled": ordering is not None, "slots": []}
    view |= dict.fromkeys(nothing)
    if ordering is None:
        return view
    view["first"] = first = ordering.first(work.now, calendar)
    view["charge_percent"] = ordering.free.charge_percent if ordering.free else None
    if ordering.capacity:
        view["capacity"] = {"amount": ordering.capacity.amount, "per": ordering.capacity.per}
        view["slots"] = _slots(work, product_id, ordering, first, calendar)
    if wanted:
        view["wanted"] = _of_moment(work, product, wanted.start, quantity, calendar)
    return view


def _slots(
    work: IntakeWork, product_id: UUID, ordering: OrderRules, first: datetime, calendar: Calendar
) -> Sequence[dict[str, Any]]:
    capacity = ordering.capacity
    assert capacity is not None
    taken = Taken(work, product_id, capacity, first, calendar)
    found = [first] if calendar.is_open(first) else []
    for each in capacity.following(first, calendar):
        if len(found) == SHOWN_SLOTS:
            break
        found.append(each)
    return [{"from": each, "left": taken.left(each)} for each in found]


def _of_moment(
    work: IntakeWork, product: Product, start: datetime, quantity: int, calendar: Calendar
) -> dict[str, Any]:
    rules = product.ordering
    assert rules is not None
    view: dict[str, Any] = {
        "from": start,
        "order_before": rules.order_before(start, calendar),
        "in_time": rules.in_time(work.now, start, calendar),
        "free_until": rules.free_until(start, calendar),
        "left": None,
        "next_free": None,
    }
    first = rules.first(work.now, calendar)
    if rules.capacity is None:
        view["next_free"] = None if view["in_time"] else first
        return view
    taken = Taken(work, UUID(product.ref.product_id), rules.capacity, min(start, first), calendar)
    view["left"] = taken.left(start)
    if not view["in_time"] and taken.left(first) >= quantity:
        view["next_free"] = first
    elif not view["in_time"] or view["left"] < quantity:
        view["next_free"] = taken.next_free(quantity, max(start, first), rules, work.now)
    return view


def _product_of(work: IntakeWork, request: Request) -> Product | None:
    ref = request.product
    return work.published.product(UUID(ref.product_id), ref.version) if ref else None


def _said(work: IntakeWork, texts: Texts, calendar: Calendar | None = None, **values: Any) -> str:
    language = work.actor.language if work.actor.language in texts else "en"
    shown = {
        name: _moment(value, language, calendar) if isinstance(value, datetime) and calendar else value
        for name, value in values.items()
    }
    return texts[language].format(**shown)


def _moment(at: datetime, language: str, calendar: Calendar) -> str:
    here = at.astimezone(calendar.tzinfo)
    return f"{DAYS[language][here.weekday()]} {here:%d-%m-%Y %H:%M}"


def _refused(code: str, text: str) -> Invalid:
    return Invalid(code, text, {"wanted": [text]})
