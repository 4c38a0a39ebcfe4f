"""Who gets a step, and why: the rules from top to bottom, then whom the process names, or its stand-in, or
the least busy of the role that it names.

The reason is kept as data (`Route.why`), for screens of both languages to put into words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dispatch.domain.errors import NobodyAvailable, NobodyOfRole, RuleBroken, UnknownProvider
from dispatch.domain.profiles import Candidate, Lack, Need, lacks
from dispatch.domain.providers import Provider
from dispatch.domain.routing_rules import Case, Condition, Field, Otherwise, Rule, Unknown, holds

PRESENT = (Need.PRESENT,)
OF_A_ROLE = (Need.PRESENT, Need.ROOM, Need.PLACE)


@dataclass(frozen=True)
class Market:
    """Who there is, by slug, and the paths of the places that are spoken of, by id."""

    candidates: Mapping[str, Candidate]
    paths: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """What came of one rule. `outcome`: chosen, not_met, nobody, broken. `failed`: conditions that did not
    hold. `refused`: who of it could not, and what each lacks."""

    rule: Rule
    outcome: str
    failed: tuple[Condition, ...] = ()
    refused: tuple[tuple[Candidate, tuple[Lack, ...]], ...] = ()
    detail: str | None = None


@dataclass(frozen=True)
class Route:
    """`by`: rule, role, stand_in or process. `provider` None with `error`: a person must decide."""

    provider: Provider | None
    why: dict[str, Any]
    looked: tuple[Looked, ...] = ()
    error: RuleBroken | NobodyAvailable | NobodyOfRole | UnknownProvider | None = None


def route(case: Case, rules: Sequence[Rule], market: Market) -> Route:
    """Never raises: the error is in the answer, with what was looked at until then."""
    looked: list[Looked] = []
    for rule in rules:
        if not rule.active:
            continue
        one, chosen = _look(rule, case, market)
        looked.append(one)
        if chosen is not None:
            return Route(chosen.provider, _why_rule(one, market), tuple(looked))
        if one.outcome == "broken":
            broken = RuleBroken(f"Rule '{rule.name}' cannot be applied: {one.detail}.", rule.rule_id)
            return Route(None, {"by": "triage"}, tuple(looked), broken)
        if one.outcome == "nobody" and rule.otherwise is Otherwise.TRIAGE:
            nobody = NobodyAvailable(f"Nobody of rule '{rule.name}' can take it now.", rule.rule_id)
            return Route(None, {"by": "triage"}, tuple(looked), nobody)
    return (_by_role if case.role else _by_process)(case, market, tuple(looked))


def route_named(case: Case, named: str, market: Market) -> Route:
    """To whom a plan names, whatever the rules say; or to the stand-in, while that one is away."""
    found = market.candidates.get(named)
    if found is None or found.gone:
        text = f"Provider '{named}', which the plan names, is not known or does not work for us any more."
        return Route(None, {"by": "triage"}, (), UnknownProvider(text))
    chosen = _by_process(replace(case, intended=named), market, ())
    return replace(chosen, why={"by": "plan"}) if chosen.why == {"by": "process"} else chosen


def fault_of(rule: Rule, market: Market) -> str | None:
    """What is wrong with a rule whatever the request: the reason in a few words, or None."""
    if rule.unreadable:
        return "it is written in a way that is not known here"
    if rule.skill is not None and not _skilled(rule.skill, market):
        return f"nobody has the skill '{rule.skill}'"
    missing = [slug for slug in rule.providers if slug not in market.candidates]
    if missing:
        return f"provider '{missing[0]}' is not known"
    if rule.providers and all(market.candidates[slug].gone for slug in rule.providers):
        return "none of the providers that it names works for us any more"
    for condition in rule.conditions:
        unknown = [value for value in condition.values if value not in market.paths]
        if condition.field is Field.PLACE and unknown:
            return f"the place {unknown[0]} is not known any more"
    return None


def _look(rule: Rule, case: Case, market: Market) -> tuple[Looked, Candidate | None]:
    """A rule of which a condition does not hold does not apply, however broken the rest of it is."""
    failed, unknown = [], None
    for condition in rule.conditions:
        try:
            if not holds(condition, case, market.paths):
                failed.append(condition)
        except Unknown as reason:
            unknown = str(reason)
    if failed:
        return Looked(rule, "not_met", tuple(failed)), None
    fault = fault_of(rule, market) or unknown
    if fault:
        return Looked(rule, "broken", detail=fault), None
    refused: list[tuple[Candidate, tuple[Lack, ...]]] = []
    for candidate in _candidates(rule, market):
        lacking = tuple(lacks(candidate, rule.needs, case.path, case.at))
        if not lacking:
            return Looked(rule, "chosen", refused=tuple(refused)), candidate
        refused.append((candidate, lacking))
    return Looked(rule, "nobody", refused=tuple(refused)), None


def _candidates(rule: Rule, market: Market) -> list[Candidate]:
    """In order of preference."""
    if rule.skill is not None:
        return sorted(_skilled(rule.skill, market), key=lambda one: (one.load, one.provider.slug))
    return [market.candidates[slug] for slug in rule.providers]


def _skilled(skill: str, market: Market) -> list[Candidate]:
    return [one for one in market.candidates.values() if skill in one.profile.skills]


def _by_role(case: Case, market: Market, looked: tuple[Looked, ...]) -> Route:
    """The least busy of those who have the role and can: found anew each time that it is asked."""
    assert case.role is not None
    able = [one for one in market.candidates.values() if case.role in map(_as_role, one.profile.skills)]
    refused: list[tuple[Candidate, tuple[Lack, ...]]] = []
    for candidate in sorted(able, key=lambda one: (one.load, one.provider.slug)):
        lacking = tuple(lacks(candidate, OF_A_ROLE, case.path, case.at))
        if not lacking:
            passed_over = [refusal(*one) for one in refused]
            why = {"by": "role", "role": case.role, "passed_over": passed_over}
            return Route(candidate.provider, why, looked)
        refused.append((candidate, lacking))
    said = "can take it now" if able else "is known"
    nobody = NobodyOfRole(f"Nobody with the role '{case.role}' {said}.")
    return Route(None, {"by": "triage"}, looked, nobody)


def _as_role(skill: str) -> str:
    """As a process writes it: `heavy lifting` is `heavy-lifting`."""
    return "-".join(skill.split())


def _by_process(case: Case, market: Market, looked: tuple[Looked, ...]) -> Route:
    intended = market.candidates.get(case.intended)
    if intended is None:
        unknown = UnknownProvider(f"Provider '{case.intended}', which the process names, is not known.")
        return Route(None, {"by": "triage"}, looked, unknown)
    absence = intended.profile.absence_at(case.at)
    stand_in = market.candidates.get(absence.stand_in) if absence and absence.stand_in else None
    if stand_in is not None and not lacks(stand_in, PRESENT, case.path, case.at):
        why = {"by": "stand_in", "for": _named(intended.provider), "until": absence.end.isoformat()}  # type: ignore[union-attr]
        return Route(stand_in.provider, why, looked)
    return Route(intended.provider, {"by": "process"}, looked)


def _why_rule(looked: Looked, market: Market) -> dict[str, Any]:
    rule = looked.rule
    return {
        "by": "rule",
        "rule": {"rule_id": str(rule.rule_id), "name": rule.name, "version": rule.version},
        "because": [told(condition, market) for condition in rule.conditions],
        "skill": rule.skill,
        "passed_over": [refusal(*one) for one in looked.refused],
    }


def told(condition: Condition, market: Market) -> dict[str, Any]:
    """A condition for reading: places by their names."""
    shown = condition.as_dict()
    if condition.field is Field.PLACE:
        shown["values"] = [market.paths.get(value, value) for value in condition.values]
    return shown


def refusal(candidate: Candidate, lacking: Sequence[Lack]) -> dict[str, Any]:
    return {**_named(candidate.provider), "lacks": [lack.value for lack in lacking]}


def _named(provider: Provider) -> dict[str, Any]:
    return {"slug": provider.slug, "name": provider.name}
