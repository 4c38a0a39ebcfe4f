"""Who gets the steps of a request: the domain's rules, on what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.domain.errors import UnknownProvider
from dispatch.domain.planning import Chosen
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, Step
from dispatch.domain.providers import Provider
from dispatch.domain.routing import Market, route, route_named
from dispatch.domain.routing_rules import Case, Rule
from dispatch.storage.unit_of_work import DispatchWork


@dataclass(frozen=True)
class ByHand:
    """A person's choice for what no rule gives to anybody, and why."""

    provider: Provider
    reason: str


def chosen_for(
    work: DispatchWork,
    process: Process,
    product: Product,
    steps: Sequence[Step],
    rules: Sequence[Rule],
    by_hand: ByHand | None,
) -> dict[str, Chosen]:
    """By step. Raises RuleBroken, NobodyAvailable and UnknownProvider, unless somebody chose by hand."""
    named = (process.request or {}).get("named_provider")
    market = market_for(work, rules, steps, work.now, named)
    chosen: dict[str, Chosen] = {}
    for step in steps:
        case = case_of(process.request or {}, product, step, work.now)
        of_plan = named if step.key == product.steps[0].key else None
        found = route_named(case, of_plan, market) if of_plan else route(case, rules, market)
        if found.provider is not None:
            chosen[step.key] = (found.provider, found.why)
        elif by_hand is not None:
            chosen[step.key] = (by_hand.provider, _why_by_hand(work, by_hand, found.error))
        elif isinstance(found.error, UnknownProvider):
            raise UnknownProvider(f"Step '{step.key}': {found.error}") from None
        else:
            assert found.error is not None
            raise found.error
    return chosen


def market_for(
    work: DispatchWork, rules: Sequence[Rule], steps: Sequence[Step], at: datetime, named: str | None = None
) -> Market:
    """Without rules and roles only whom the process names, or the plan, and their stand-ins when they are
    away.
    """
    if rules or any(step.role for step in steps):
        return work.routing.market(rules, at)
    slugs = {step.provider for step in steps} | ({named} if named else set())
    market = work.routing.market((), at, slugs)
    away = [one.profile.absence_at(at) for one in market.candidates.values()]
    stand_ins = {absence.stand_in for absence in away if absence and absence.stand_in} - slugs
    return work.routing.market((), at, slugs | stand_ins) if stand_ins else market


def case_of(request: dict[str, Any], product: Product, step: Step, at: datetime) -> Case:
    about = product.about or {}
    slug = (request.get("product") or {}).get("slug") or about.get("slug")
    return Case(
        product=slug,
        category=about.get("category"),
        kind=request.get("kind"),
        priority=request.get("priority"),
        path=(request.get("location") or {}).get("path"),
        intended="" if step.role else step.provider,
        at=at,
        role=step.role,
    )


def _why_by_hand(work: DispatchWork, by_hand: ByHand, error: Exception | None) -> dict[str, Any]:
    who = work.actor.name or work.actor.id
    return {"by": "hand", "who": who, "reason": by_hand.reason, "instead_of": None, "found": str(error)}
