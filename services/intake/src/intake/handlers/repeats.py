"""From non-standard to standard: what keeps coming back, what it costs, and making a product of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.explaining import masked

from intake.domain import repeats as domain
from intake.domain.repeats import Action, Decision, Past, Repeat, State, telling
from intake.storage.repeats import NOWHERE, repeat_of
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
MOST_SHOWN = 100
MOST_EXAMPLES = 5
EXAMPLE_LETTERS = 300
NAME_LETTERS = 80
MINUTES_OF_A_DAY = 24 * 60
# The columns of an order that make a step of a process.
STEP = ("step", "title", "depends_on")


def sort_repeats(work: IntakeWork, most: int) -> int:
    """Put what came since into the repeat that it is like; answers how many requests were looked at."""
    rows = work.repeats.unsorted(most)
    if not rows:
        return 0
    found = domain.sort_in([row.text for row in rows], work.repeats.known(), work.new_id)
    joined: dict[UUID, tuple[Repeat, list[Any]]] = {}
    for row, repeat in zip(rows, found, strict=True):
        if repeat is not None:
            joined.setdefault(repeat.repeat_id, (repeat, []))[1].append(row)
    for repeat_id, (repeat, members) in joined.items():
        work.repeats.keep(repeat, [row.received_at for row in members])
        work.repeats.sort([row.request_id for row in members], repeat_id)
    if nowhere := [row.request_id for row, repeat in zip(rows, found, strict=True) if repeat is None]:
        work.repeats.sort(nowhere, NOWHERE)
    return len(rows)


def list_repeats(work: IntakeWork, state: str, least: int) -> View:
    """The largest first; of each what became of its requests."""
    rows = work.repeats.page(State(state), least, MOST_SHOWN)
    ids = [row.repeat_id for row in rows]
    members, since = work.repeats.members(ids), work.repeats.since(ids)
    return {"items": [_view(work, row, members[row.repeat_id], since) for row in rows], "next_cursor": None}


def get_repeat(work: IntakeWork, repeat_id: UUID) -> View:
    row = work.repeats.find(repeat_id)
    if row is None:
        raise _unknown()
    members = work.repeats.members([repeat_id])[repeat_id]
    view = _view(work, row, members, work.repeats.since([repeat_id]))
    shown = ("request_id", "reference", "summary", "state", "resolution", "received_at")
    return {
        **view,
        "requests": [{name: getattr(member, name) for name in shown} for member in members],
        "proposal": _proposal(repeat_of(row), members),
    }


def decide(work: IntakeWork, repeat_id: UUID, version: int, action: Action, reason: str | None) -> View:
    """Raises Stale, NotAllowed. A proposal goes to the catalogue as a fact, which makes a draft of it."""
    row = work.repeats.lock(repeat_id)
    if row is None:
        raise _unknown()
    state = domain.after(State(row.state), action)
    product_id = work.new_id() if action is Action.PROPOSE else None
    decision = Decision(state, work.now, asdict(work.by), reason, product_id)
    work.repeats.decide(repeat_id, version, decision)
    if product_id:
        content = _proposal(repeat_of(row), work.repeats.members([repeat_id])[repeat_id])
        about = {"repeat_id": repeat_id, "product_id": product_id, "at": work.now, "by": asdict(work.by)}
        work.publish("product_proposed", {**about, "content": content})
    return get_repeat(work, repeat_id)


def _view(work: IntakeWork, row: Any, members: Sequence[Any], since: dict[UUID, Any]) -> View:
    past, repeat = _past(members), repeat_of(row)
    suggestion, product = past.suggestion()
    followed = since.get(row.repeat_id)
    return {
        "repeat_id": row.repeat_id,
        "version": row.version,
        "state": row.state,
        "words": repeat.words,
        "count": repeat.count,
        "first_at": row.first_at,
        "last_at": row.last_at,
        "ended": {word or "open": count for word, count in past.ended.items()},
        "median_minutes": round(median(past.minutes)) if past.minutes else None,
        "estimates": {"cents": sum(past.estimates), "of": len(past.estimates)},
        "suggestion": suggestion,
        "product": _named(product, members),
        "decided_at": row.decided_at,
        "decided_by": row.decided_by,
        "reason": row.reason,
        "product_id": row.product_id,
        "published": work.repeats.is_published(row.product_id) if row.product_id else False,
        "since": {"standard": followed.standard, "other": followed.other} if followed else None,
    }


def _past(members: Sequence[Any]) -> Past:
    return Past(
        count=len(members),
        questions=sum(member.kind == "information" for member in members),
        ended=Counter(member.resolution for member in members),
        products=Counter(str(member.product_id) for member in members if member.product_id),
        minutes=[
            (member.closed_at - member.received_at).total_seconds() / 60
            for member in members
            if member.closed_at
        ],
        estimates=[member.estimate_cents for member in members if member.estimate_cents is not None],
    )


def _proposal(repeat: Repeat, members: Sequence[Any]) -> View:
    """A beginning for whoever writes the product. Examples are what people wrote, without what looks like an
    address or a number; it is a draft, which its author reads before anybody else does.
    """
    typical = sorted(members, key=lambda member: (-repeat.likeness(telling(member.text)), member.reference))
    kinds = Counter(member.kind for member in members if member.kind in ("order", "fault"))
    past = _past(members)
    name = masked(typical[0].summary)[:NAME_LETTERS] if typical else " ".join(repeat.words)
    return {
        "name": {"nl": name, "en": name},
        "kind": kinds.most_common(1)[0][0] if kinds else "order",
        "lead_time": _lead_time(past.minutes),
        "price": _price(past.estimates),
        "examples": {
            "yes": [{"nl": said, "en": said} for said in _examples(typical)],
            "no": [],
        },
        "process": {"steps": _steps(members)},
    }


def _examples(members: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(masked(member.text)[:EXAMPLE_LETTERS] for member in members))[:MOST_EXAMPLES]


def _lead_time(minutes: Sequence[float]) -> View | None:
    if not minutes:
        return None
    return {"amount": max(1, round(median(minutes) / MINUTES_OF_A_DAY)), "unit": "calendar_days"}


def _price(estimates: Sequence[int]) -> View | None:
    if not estimates:
        return None
    return {"kind": "fixed", "amount_cents": round(median(estimates)), "per": None}


def _steps(members: Sequence[Any]) -> list[View]:
    """Those of the orders that were given most often."""
    found: Counter[tuple[tuple[str, str], ...]] = Counter()
    first: dict[tuple[tuple[str, str], ...], list[View]] = {}
    for member in members:
        orders = [
            order for order in (member.orders or {}).values() if order.get("step") and not order["replaces"]
        ]
        orders = sorted((order for order in orders if order["round"] == 1), key=lambda order: order["number"])
        key = tuple((order["step"], order["provider"]["slug"]) for order in orders)
        if key:
            found[key] += 1
            first.setdefault(key, orders)
    if not found:
        return []
    most = min(found, key=lambda key: (-found[key], key))
    return [
        {"key": order["step"], "title": order["title"], "depends_on": order["depends_on"],
         "provider": order["provider"]["slug"]}
        for order in first[most]
    ]  # fmt: skip


def _named(product_id: str | None, members: Sequence[Any]) -> View | None:
    if product_id is None:
        return None
    known = next(member.product for member in members if str(member.product_id) == product_id)
    return {"product_id": product_id, "name": known["name"]}


def _unknown() -> NotFound:
    return NotFound("no_such_repeat", "There is no such repeat.")
