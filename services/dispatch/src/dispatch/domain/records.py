"""What an executor reports with completion: points ticked, hours, material; and what it may cost.

Amounts are whole cents and quantities exact decimals written as text: no float ever counts money.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from dispatch.domain.errors import CostNotSettled, MissingDetail, NoCostToDecide, PointsOpen
from dispatch.domain.products import Point, is_optional
from dispatch.domain.work_order_states import Action

HOURS = ("work", "travel", "waiting", "overtime")  # kinds of time
UNITS = ("piece", "hour", "metre", "square_metre", "litre", "kilogram", "set")
OVER, ACCEPTED, DISPUTED = "over", "accepted", "disputed"
Line = dict[str, Any]
Record = dict[str, Any]
# What may bring a cost along; the words of the desk on a cost that is over the agreed price.
WITH_COST = frozenset({Action.COMPLETE, Action.CLOSE, Action.REPRICE})
DECISIONS: Mapping[Action, str] = {Action.ACCEPT_COST: ACCEPTED, Action.DISPUTE_COST: DISPUTED}


def check_points(points: Sequence[Point], ticked: Sequence[int]) -> None:
    """Raises PointsOpen, which names the points that must be ticked and are not; MissingDetail for one that
    is none.
    """
    if any(index >= len(points) for index in ticked):
        raise MissingDetail("checklist", f"The checklist has {len(points)} points, numbered from 0.")
    open_ = [point for index, point in enumerate(points) if index not in ticked]
    if left := [point for point in open_ if not is_optional(point)]:
        raise PointsOpen([point["en"] for point in left])


def record_of(
    ticked: Sequence[int] | None,
    time: Sequence[Line] | None,
    material: Sequence[Line] | None,
    files: Sequence[Line] | None = None,
) -> Record | None:
    """As it is kept with the order, each line with what it comes to; None when nothing was said."""
    if not (ticked or time or material or files):
        return None
    return {
        "checklist": sorted(set(ticked or ())),
        "time": [{**line, "amount_cents": _of_time(line)} for line in time or ()],
        "material": [{**line, "amount_cents": _of_material(line)} for line in material or ()],
        "files": list(files or ()),
    }


def cost_of(record: Record | None) -> int | None:
    """What the lines with a price come to; None when none has one."""
    lines = [*record["time"], *record["material"]] if record else []
    amounts = [line["amount_cents"] for line in lines if line["amount_cents"] is not None]
    return sum(amounts) if amounts else None


def highest_cost(agreed_cents: int, margin_percent: int) -> int:
    """The most that is paid without asking; a part of a cent is in favour of whoever did the work."""
    return agreed_cents + -(-agreed_cents * margin_percent // 100)


def standing_after(
    action: Action,
    known: dict[str, Any] | None,
    cost_cents: int | None,
    limit_cents: int | None,
    reason: str | None,
    at: str,
) -> dict[str, Any] | None:
    """How the cost stands after the action: None while there is nothing to decide."""
    if action in DECISIONS and known:
        return {**known, "state": DECISIONS[action], "reason": reason, "at": at}
    if action not in WITH_COST or limit_cents is None or cost_cents is None:
        return known
    if cost_cents <= limit_cents:
        return None
    if known and known["state"] == ACCEPTED and cost_cents <= known["cost_cents"]:
        return known
    return {"state": OVER, "cost_cents": cost_cents, "limit_cents": limit_cents, "reason": None, "at": at}


def standing_of(standing: dict[str, Any] | None) -> dict[str, Any] | None:
    """What others are told of it: no word of the desk's. None: nobody contests what it cost."""
    return {name: standing[name] for name in ("state", "limit_cents")} if standing else None


def check_cost(action: Action, known: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """Raises NoCostToDecide; CostNotSettled when an order would be closed at a cost that nobody took."""
    if not can_be_decided(action, known):
        raise NoCostToDecide("The cost of this order is within what was agreed; there is nothing to decide.")
    if action is Action.CLOSE and after and after["state"] != ACCEPTED:
        text = "It costs more than was agreed. Accept that first, or close it at a lower cost."
        raise CostNotSettled(text)


def can_be_decided(action: Action, known: dict[str, Any] | None) -> bool:
    """Whether the cost, as it stands, has a place for this word; for screens to offer it or not."""
    return action not in DECISIONS or (known is not None and known["state"] != DECISIONS[action])


def _of_time(line: Line) -> int | None:
    rate = line.get("rate_cents")
    return None if rate is None else _cents(Decimal(line["minutes"]) * rate / 60)


def _of_material(line: Line) -> int | None:
    price = line.get("price_cents")
    return None if price is None else _cents(Decimal(line["quantity"]) * price)


def _cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))
