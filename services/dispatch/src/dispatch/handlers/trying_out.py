"""Who would get this, why, and why not the others: the same rules as planning, changing nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from dispatch.domain.products import Step
from dispatch.domain.routing import Looked, Market, Route, refusal, route, told
from dispatch.domain.routing_rules import Otherwise
from dispatch.handlers.routing import case_of
from dispatch.storage.unit_of_work import DispatchWork


def try_routing(
    work: DispatchWork,
    product_id: UUID,
    kind: str | None,
    priority: str | None,
    location_id: UUID | None,
    at: datetime | None = None,
    drafts: bool = False,
) -> dict[str, Any]:
    product = work.products.newest(product_id)
    if product is None:
        raise NotFound("product_not_found", "Dispatch has not heard of this product; was it published?")
    rules = work.routing.rules()
    if drafts:
        rules = [replace(rule, active=True) for rule in rules]
    about = product.about or {}
    request = {
        "kind": kind or about.get("kind"),
        "priority": priority or about.get("priority"),
        "location": _location(work, location_id),
    }
    moment = at or work.now
    market = work.routing.market(rules, moment)
    steps = [(step, route(case_of(request, product, step, moment), rules, market)) for step in product.steps]
    return {
        "product_id": product_id,
        "name": about.get("name"),
        **request,
        "at": moment,
        "steps": [_step(step, found, market) for step, found in steps],
    }


def _location(work: DispatchWork, location_id: UUID | None) -> dict[str, Any] | None:
    if location_id is None:
        return None
    path = work.routing.paths([str(location_id)]).get(str(location_id))
    if path is None:
        raise Invalid("unknown_place", "This place is not known.", {"location_id": ["Choose another."]})
    return {"location_id": location_id, "path": path}


def _step(step: Step, found: Route, market: Market) -> dict[str, Any]:
    return {
        "key": step.key,
        "title": step.title,
        "intended": step.provider,
        "role": step.role,
        "provider": found.provider.as_fact() if found.provider else None,
        "why": found.why,
        "error": {"code": found.error.code, "detail": str(found.error)} if found.error else None,
        "rules": [_looked(one, market) for one in found.looked],
    }


def _looked(looked: Looked, market: Market) -> dict[str, Any]:
    rule = looked.rule
    return {
        "rule_id": rule.rule_id,
        "name": rule.name,
        "outcome": looked.outcome,
        "failed": [told(condition, market) for condition in looked.failed],
        "refused": [refusal(*one) for one in looked.refused],
        "detail": looked.detail,
        "ends": looked.outcome == "nobody" and rule.otherwise is Otherwise.TRIAGE,
    }
