"""What a person reads of a step that nobody got, and of one that somebody got for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.errors import DispatchError, NobodyAvailable, NobodyOfRole, RuleBroken, UnknownProvider
from dispatch.domain.profiles import Absence, Candidate, Lack, Profile
from dispatch.domain.routing import Looked, Market, Route, route, route_named, told
from dispatch.domain.routing_rules import Case, Condition, Field, Otherwise, Rule

from ..samples import NOW, PORTAL, RPC, TEAM, known_id  # noqa: TID252  samples of this service alone

SLUIS, GONE = str(known_id("sluis")), str(known_id("gone"))
CASE = Case("lamp", None, "fault", "P2", path="De Sluis / 2", intended="huisdienst", at=NOW)
DAY = timedelta(days=1)
AWAY = Profile(absences=(Absence(NOW - DAY, NOW + DAY, "Ziek", "bezemwijs"),))
ABSENT = Candidate(RPC, AWAY)
TO_RPC = Rule(known_id("rule"), "De Sluis", (), ("vonk-val",))
FINAL = replace(TO_RPC, otherwise=Otherwise.TRIAGE)
LAST = Rule(known_id("last"), "Rest", (), ("bezemwijs",))
PLUMBER = replace(CASE, intended="", role="plumbing")


def market(*others: Candidate) -> Market:
    known = {one.slug: Candidate(one) for one in (TEAM, PORTAL, RPC)}
    return Market(known | {each.provider.slug: each for each in others}, {SLUIS: "De Sluis"})


# Nobody gets it: the case, the rules, who there is; what is said, and what came of each rule.
TRIAGE: list[Any] = [
    (
        CASE,
        [FINAL],
        market(ABSENT),
        NobodyAvailable,
        "Nobody of rule 'De Sluis' can take it now.",
        ["nobody"],
    ),
    (
        CASE,
        [replace(TO_RPC, active=False), replace(TO_RPC, providers=("niemand",)), LAST],
        market(),
        RuleBroken,
        "Rule 'De Sluis' cannot be applied: provider 'niemand' is not known.",
        ["broken"],
    ),
    (
        replace(CASE, intended="niemand"),
        [replace(TO_RPC, conditions=(Condition(Field.KIND, ("order",)),))],
        market(),
        UnknownProvider,
        "Provider 'niemand', which the process names, is not known.",
        ["not_met"],
    ),
    (
        PLUMBER,
        [TO_RPC],
        market(ABSENT),
        NobodyOfRole,
        "Nobody with the role 'plumbing' is known.",
        ["nobody"],
    ),
    (
        PLUMBER,
        [],
        market(Candidate(RPC, replace(AWAY, skills=("plumbing",)))),
        NobodyOfRole,
        "Nobody with the role 'plumbing' can take it now.",
        [],
    ),
]


@pytest.mark.parametrize(("case", "rules", "there", "error", "says", "outcomes"), TRIAGE)
def test_a_person_who_must_decide_reads_why_and_what_was_looked_at(
    case: Case, rules: list[Rule], there: Market, error: type[DispatchError], says: str, outcomes: list[str]
) -> None:
    found = route(case, rules, there)
    assert (found.provider, found.why) == (None, {"by": "triage"})
    assert (type(found.error), str(found.error)) == (error, says)
    assert [each.outcome for each in found.looked] == outcomes
    if isinstance(found.error, RuleBroken | NobodyAvailable):
        assert found.error.rule_id == known_id("rule")


def test_whom_a_plan_names_in_vain_is_said() -> None:
    text = "Provider 'niemand', which the plan names, is not known or does not work for us any more."
    found = route_named(CASE, "niemand", market())
    assert (found.provider, found.why, found.looked, str(found.error)) == (None, {"by": "triage"}, (), text)


@pytest.mark.parametrize(("there", "why"), [
    (market(), {"by": "plan"}),
    (market(Candidate(RPC, AWAY)), {"by": "stand_in", "for": {"slug": "vonk-val", "name": "Vonk & Val"},
                                    "until": (NOW + DAY).isoformat()}),
])  # fmt: skip
def test_whom_a_plan_names_gets_it_though_the_process_names_another(there: Market, why: Any) -> None:
    found = route_named(CASE, "vonk-val", there)
    assert found == Route(PORTAL if why["by"] == "stand_in" else RPC, why, ())


def looked(rule: Rule, outcome: str, **more: Any) -> Looked:
    return Looked(rule, outcome, **more)


def test_what_came_of_each_rule_stays_to_be_read() -> None:
    other_kind = Condition(Field.KIND, ("order",))
    not_met = replace(TO_RPC, conditions=(other_kind,))
    found = route(CASE, [not_met, TO_RPC], market(ABSENT))
    assert found == Route(
        TEAM,
        {"by": "process"},
        (
            looked(not_met, "not_met", failed=(other_kind,)),
            looked(TO_RPC, "nobody", refused=((ABSENT, (Lack.ABSENT,)),)),
        ),
    )


def test_a_rule_that_is_broken_says_by_what() -> None:
    unknown = replace(TO_RPC, skill="welding")
    assert route(CASE, [unknown], market()).looked == (
        looked(unknown, "broken", detail="nobody has the skill 'welding'"),
    )


def test_a_stand_in_says_for_whom_and_until_when_and_what_was_looked_at_before() -> None:
    found = route(CASE, [TO_RPC], market(Candidate(TEAM, AWAY), ABSENT))
    why = {
        "by": "stand_in",
        "for": {"slug": "huisdienst", "name": "Huisdienst"},
        "until": (NOW + DAY).isoformat(),
    }
    assert (found.provider, found.why, [each.outcome for each in found.looked]) == (PORTAL, why, ["nobody"])


def test_of_a_role_that_gets_it_what_was_looked_at_stays_too() -> None:
    here = Profile(skills=("plumbing",))
    found = route(PLUMBER, [TO_RPC], market(ABSENT, Candidate(TEAM, here)))
    assert (found.provider, [each.outcome for each in found.looked]) == (TEAM, ["nobody"])


@pytest.mark.parametrize(("paths", "able"), [(("De Sluis",), True), (("De Kade",), False)])
def test_who_works_in_some_buildings_gets_what_lies_in_these(paths: tuple[str, ...], able: bool) -> None:
    """By a rule that asks for it, and by role always."""
    local = Candidate(RPC, Profile(skills=("plumbing",)), paths=paths)
    assert (route(CASE, [TO_RPC], market(local)).provider is RPC) is able
    assert (route(PLUMBER, [], market(local)).provider is RPC) is able


def test_a_place_that_is_not_known_any_more_is_shown_by_its_id() -> None:
    condition = Condition(Field.PLACE, (SLUIS, GONE))
    assert told(condition, market())["values"] == ["De Sluis", GONE]
