"""The rules as managers keep them: saved when they can be applied, put in order, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound, Stale

from dispatch.domain.profiles import Need
from dispatch.domain.routing import Market, fault_of, told
from dispatch.domain.routing_rules import Condition, Field, Rule, covers
from dispatch.domain.windows import Window
from dispatch.handlers.planning import plan_routed_again
from dispatch.storage.unit_of_work import DispatchWork

KINDS = frozenset({"order", "complaint", "wish", "information", "fault"})
PRIORITIES = frozenset({"P1", "P2", "P3", "P4"})


def list_routing_rules(work: DispatchWork) -> dict[str, Any]:
    """From top to bottom, each with what is wrong with it and the rule above it that leaves it nothing."""
    rules = work.routing.rules()
    market = work.routing.market(rules, work.now)
    return {"items": [_view(rule, rules, market) for rule in rules], "next_cursor": None}


def save_routing_rule(
    work: DispatchWork,
    rule_id: UUID | None,
    version: int | None,
    zone: str,
    conditions: Sequence[dict[str, Any]],
    needs: Sequence[Need],
    providers: Sequence[str],
    **said: Any,
) -> dict[str, Any]:
    """Raises Invalid, in words that name the condition, for a rule that could not be applied."""
    rules = work.routing.rules_to_change()
    before = _find(rules, rule_id, version) if rule_id else None
    rule = Rule(
        rule_id=before.rule_id if before else work.new_id(),
        position=before.position if before else len(rules) + 1,
        version=before.version + 1 if before else 1,
        conditions=tuple(_condition(one, zone) for one in conditions),
        needs=tuple(dict.fromkeys(needs)),
        providers=tuple(dict.fromkeys(providers)),
        updated_by=work.actor.name or work.actor.id,
        updated_at=work.now,
        **said,
    )
    market = work.routing.market([rule], work.now)
    _check(work, rule, market)
    work.routing.save(rule)
    plan_routed_again(work)
    rules = work.routing.rules()
    return _view(rule, rules, work.routing.market(rules, work.now))


def move_routing_rule(work: DispatchWork, rule_id: UUID, version: int, position: int) -> dict[str, Any]:
    rules = work.routing.rules_to_change()
    moved = _find(rules, rule_id, version)
    order = [rule.rule_id for rule in rules if rule.rule_id != rule_id]
    order.insert(position - 1, moved.rule_id)
    work.routing.put_in_order(order)
    plan_routed_again(work)
    return list_routing_rules(work)


def delete_routing_rule(work: DispatchWork, rule_id: UUID, version: int) -> dict[str, Any]:
    """Orders that it gave out keep its name."""
    rules = work.routing.rules_to_change()
    _find(rules, rule_id, version)
    work.routing.delete(rule_id)
    work.routing.put_in_order([rule.rule_id for rule in rules if rule.rule_id != rule_id])
    plan_routed_again(work)
    return list_routing_rules(work)


def _find(rules: Sequence[Rule], rule_id: UUID, version: int | None) -> Rule:
    found = next((rule for rule in rules if rule.rule_id == rule_id), None)
    if found is None:
        raise NotFound("rule_not_found", "There is no such rule; somebody may have taken it away.")
    if version != found.version:
        raise Stale("stale", "Somebody changed this rule meanwhile; read it again.")
    return found


def _condition(said: dict[str, Any], zone: str) -> Condition:
    given = said["window"]
    window = (
        Window(
            tuple(sorted(set(given["days"]))),
            time.fromisoformat(given["start"]),
            time.fromisoformat(given["end"]),
            zone,
        )
        if given
        else None
    )
    return Condition(said["field"], tuple(dict.fromkeys(said["values"])), said["negated"], window)


def _check(work: DispatchWork, rule: Rule, market: Market) -> None:
    errors: dict[str, list[str]] = {}
    known = _known_values(work, market)
    for number, condition in enumerate(rule.conditions, start=1):
        problem = _problem(condition, known)
        if problem:
            errors.setdefault("conditions", []).append(f"Condition {number}: {problem}")
    if bool(rule.providers) == (rule.skill is not None):
        errors["providers"] = ["Name who gets it, or a skill that whoever gets it must have; not both."]
    elif not errors and (fault := fault_of(rule, market)):
        errors["skill" if rule.skill else "providers"] = [fault[0].upper() + fault[1:] + "."]
    if errors:
        raise Invalid("invalid", "The rule could not be applied like this.", errors)


def _known_values(work: DispatchWork, market: Market) -> dict[Field, frozenset[str]]:
    """What a condition may name; fields that are not here take no values."""
    slugs, categories = work.products.words()
    return {
        Field.PRODUCT: slugs,
        Field.CATEGORY: categories,
        Field.KIND: KINDS,
        Field.PRIORITY: PRIORITIES,
        Field.PLACE: frozenset(market.paths),
        Field.INTENDED: frozenset(market.candidates),
    }


def _problem(condition: Condition, known: dict[Field, frozenset[str]]) -> str | None:
    if condition.field is Field.TIME:
        if condition.window is None or condition.values:
            return "say on which days, from when and until when; it takes nothing else."
        return None
    if condition.window is not None:
        return "only a time has days and hours."
    if not condition.values:
        return "choose at least one."
    unknown = [value for value in condition.values if value not in known[condition.field]]
    return f"'{unknown[0]}' is not known as a {condition.field}." if unknown else None


def _view(rule: Rule, rules: Sequence[Rule], market: Market) -> dict[str, Any]:
    above = [one for one in rules if one.position < rule.position]
    covering = next((one for one in above if covers(one, rule)), None)
    fault = fault_of(rule, market)
    return {
        "rule_id": rule.rule_id,
        "position": rule.position,
        "name": rule.name,
        "active": rule.active,
        "conditions": [{**one.as_dict(), "names": told(one, market)["values"]} for one in rule.conditions],
        "providers": [_provider(slug, market) for slug in rule.providers],
        "skill": rule.skill,
        "needs": list(rule.needs),
        "otherwise": rule.otherwise,
        "note": rule.note,
        "version": rule.version,
        "updated_at": rule.updated_at,
        "updated_by": rule.updated_by,
        "fault": fault,
        "covered_by": {"rule_id": covering.rule_id, "name": covering.name} if covering else None,
    }


def _provider(slug: str, market: Market) -> dict[str, Any]:
    known = market.candidates.get(slug)
    return {"slug": slug, "name": known.provider.name if known else slug}
