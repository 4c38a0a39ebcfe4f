"""What a request is charged for and to whom, and what of that has not been booked yet.

What it ought to be charged follows from the request as it is, whatever happened to it before. The ledger is
only added to: what was booked too much is booked back (ADR 35).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from intake.domain.approval import approved_cents
from intake.domain.products import Product
from intake.domain.request_states import Resolution, State
from intake.domain.work_orders import WorkOrder

if TYPE_CHECKING:
    from intake.domain.requests import Request

# Of a request that nobody gave a cost centre to: charged all the same, so that it is seen and put right.
NOBODYS = ""
CARRIED_OUT = frozenset({"technically_complete", "checked", "administratively_complete"})
DESK, HOLDER = "desk", "budget_holder"


class What(StrEnum):
    """What is charged."""

    PRICE = "price"  # of the product, times the number
    WORK = "work"  # what an order cost
    QUOTE = "quote"  # what was approved, while nobody said what it cost
    EXTRA_WORK = "extra_work"  # that was agreed to at an order
    LATE_CANCELLATION = "late_cancellation"


class Reason(StrEnum):
    """Why something is booked."""

    DONE = "done"  # for the first time, or again after all was booked back
    CHANGED = "changed"  # another amount, product or cost centre than was booked
    TAKEN_BACK = "taken_back"  # nothing is charged any more: it is not done, or not asked for, after all


@dataclass(frozen=True, slots=True)
class Line:
    """What amounts of one request are added up by."""

    cost_centre: str
    what: What
    product_id: str
    version: int
    order_number: str = ""


Amounts = Mapping[Line, int]
Part = tuple[What, str, int]
"""What, of which order (by its number), how many cents."""


def charged(request: Request) -> bool:
    """Whether it has come to being charged: it is done, or was cancelled too late. What goes along with
    another has no work of its own; what nobody asked for (a plan made it) is the house's.
    """
    if request.product is None or request.requester is None:
        return False
    if request.cancelled_late is not None:
        return request.resolution is Resolution.WITHDRAWN
    solved = request.state is State.CLOSED and request.resolution is Resolution.SOLVED
    return bool(request.round) and not request.follows and (solved or request.state is State.READY)


def owed(request: Request, product: Product) -> dict[Line, int]:
    """`product`: the version that it keeps. Nothing while it has not come to that."""
    ref = request.product
    if ref is None or not charged(request) or product.is_only_about(request.kind):
        return {}
    centre = request.cost_centre.key if request.cost_centre else NOBODYS
    parts = _late(request) if request.cancelled_late else BY_PACKAGE[product.package](request, product)
    return {
        Line(centre, what, ref.product_id, ref.version, order): cents for what, order, cents in parts if cents
    }


def differences(due: Amounts, booked: Amounts) -> list[tuple[Line, int]]:
    """What is still to be booked, what goes back first. Booked, the ledger adds up to `due`."""
    found = [(line, due.get(line, 0) - booked.get(line, 0)) for line in {**booked, **due}]
    return sorted((each for each in found if each[1]), key=lambda each: each[1])


def reason_for(due: Amounts, booked: Amounts) -> Reason:
    if not any(booked.values()):
        return Reason.DONE
    return Reason.CHANGED if due else Reason.TAKEN_BACK


# --- by package --------------------------------------------------------------------------------------------


def _basic(request: Request, _product: Product) -> Iterator[Part]:
    """In the agreement, but for what its budget holder said yes to."""
    yield from _extra(request, HOLDER)


def _plus(request: Request, product: Product) -> Iterator[Part]:
    """Of a tariff of which nobody said how many times, what its orders cost, where that is known."""
    work = list(_work(request)) if not product.knows_times(request.answers) else []
    if work:
        yield from work
        return
    yield What.PRICE, "", product.estimate(request.quantity, request.answers) or 0
    yield from _extra(request, DESK, HOLDER)


def _bespoke(request: Request, _product: Product) -> Iterator[Part]:
    """What its orders cost, once each has said so; until then what was approved, with what the holders
    agreed to since in it.
    """
    quote = approved_cents(request.approval)
    unknown = any(order.cost_cents is None and not order.rework_of for order in _carried_out(request))
    if quote is None or not unknown:
        yield from _work(request)
    else:
        yield What.QUOTE, "", quote
        yield from _extra(request, DESK)


def _late(request: Request) -> Iterator[Part]:
    yield What.LATE_CANCELLATION, "", (request.cancelled_late or {}).get("cost_cents") or 0


BY_PACKAGE: Mapping[str, Callable[[Request, Product], Iterator[Part]]] = {
    "basic": _basic,
    "plus": _plus,
    "bespoke": _bespoke,
}


def _carried_out(request: Request) -> list[WorkOrder]:
    return [each for each in request.orders.values() if each.state in CARRIED_OUT and not each.corrected_by]


def _work(request: Request) -> Iterator[Part]:
    for order in _carried_out(request):
        if order.cost_cents is not None:
            yield What.WORK, order.number, _undisputed(order, order.cost_cents)


def _undisputed(order: WorkOrder, cost_cents: int) -> int:
    """While the desk has not taken a bill over the limit, what had been agreed to."""
    standing = order.cost_standing
    if standing is None or standing["state"] == "accepted":
        return cost_cents
    return min(cost_cents, int(standing["limit_cents"]))


def _extra(request: Request, *deciders: str) -> Iterator[Part]:
    for order in _carried_out(request):
        granted = (each["amount_cents"] for each in order.granted.values() if each["of"] in deciders)
        yield What.EXTRA_WORK, order.number, sum(granted)
