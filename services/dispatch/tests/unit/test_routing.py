"""Who gets a step, and why: each field, each need, and what happens when a rule cannot be applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from dispatch.domain.errors import NobodyAvailable, NobodyOfRole, RuleBroken, UnknownProvider
from dispatch.domain.profiles import Absence, Candidate, Lack, Need, Profile, lacks
from dispatch.domain.routing import Market, Route, fault_of, route, route_named
from dispatch.domain.routing_rules import Case, Condition, Field, Otherwise, Rule, covers
from dispatch.domain.windows import Window

from ..samples import NOW, PORTAL, RPC, TEAM, known_id  # noqa: TID252  samples of this service alone

SLUIS, KADE = str(known_id("sluis")), str(known_id("kade"))
PATHS = {SLUIS: "De Sluis", KADE: "De Kade"}
CASE = Case(
    product="lamp",
    category={"nl": "Reparaties", "en": "Repairs"},
    kind="fault",
    priority="P2",
    path="De Sluis / Verdieping 2 / 2.14",
    intended="huisdienst",
    at=NOW,
)
NOW_WINDOW = Window((1,), time(9), time(11), "Europe/Amsterdam")  # NOW is a Monday, 10:00 there
AWAY = Profile(absences=(Absence(NOW - timedelta(days=1), NOW + timedelta(days=1), "Ziek", "bezemwijs"),))


def market(**profiles: Any) -> Market:
    """`huisdienst=Profile(...)` or a Candidate; the others can take on anything."""
    found = {}
    for provider in (TEAM, PORTAL, RPC):
        given = profiles.get(provider.slug.replace("-", "_"), Profile())
        found[provider.slug] = given if isinstance(given, Candidate) else Candidate(provider, given)
    return Market(found, PATHS)


def rule(*conditions: Condition, to: tuple[str, ...] = ("vonk-val",), **more: Any) -> Rule:
    return replace(Rule(known_id("rule"), "A rule", conditions, to), **more)


def when(field: str, *values: str, negated: bool = False, window: Window | None = None) -> Condition:
    return Condition(Field(field), values, negated, window)


def outcomes(found: Route) -> list[str]:
    return [looked.outcome for looked in found.looked]


def test_without_rules_the_one_that_the_process_names_gets_it() -> None:
    found = route(CASE, [], market())
    assert (found.provider, found.why) == (TEAM, {"by": "process"})


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        (when("product", "lamp", "door"), True),
        (when("product", "door"), False),
        (when("category", "reparaties"), True),
        (when("category", "Repairs"), True),
        (when("category", "Catering"), False),
        (when("kind", "fault"), True),
        (when("kind", "order"), False),
        (when("priority", "P1", "P2"), True),
        (when("priority", "P4"), False),
        (when("place", SLUIS), True),
        (when("place", KADE), False),
        (when("place", KADE, SLUIS), True),
        (when("intended", "huisdienst"), True),
        (when("intended", "bezemwijs"), False),
        (when("time", window=NOW_WINDOW), True),
        (when("time", window=replace(NOW_WINDOW, days=(2,))), False),
    ],
)
def test_each_condition_holds_or_not_and_its_negation_the_other_way(
    condition: Condition, applies: bool
) -> None:
    assert (route(CASE, [rule(condition)], market()).provider is RPC) is applies
    turned = replace(condition, negated=True)
    assert (route(CASE, [rule(turned)], market()).provider is TEAM) is applies


def test_a_place_is_no_part_of_a_name_that_begins_alike() -> None:
    elsewhere = replace(CASE, path="De Sluiswachter / 1")
    assert route(elsewhere, [rule(when("place", SLUIS))], market()).provider is TEAM


def test_a_request_without_a_place_lies_in_none() -> None:
    assert route(replace(CASE, path=None), [rule(when("place", SLUIS))], market()).provider is TEAM


def test_all_conditions_must_hold_and_the_first_rule_that_applies_decides() -> None:
    rules = [
        rule(when("priority", "P2"), when("kind", "order")),
        rule(when("priority", "P2"), to=("bezemwijs",), name="Second"),
        rule(name="Third"),
    ]
    found = route(CASE, rules, market())
    assert found.provider is PORTAL
    assert outcomes(found) == ["not_met", "chosen"]
    assert found.looked[0].failed == (when("kind", "order"),)


def test_a_rule_that_is_off_is_not_looked_at() -> None:
    found = route(CASE, [rule(active=False)], market())
    assert (found.provider, found.looked) == (TEAM, ())


def test_the_reason_names_the_rule_its_conditions_in_words_and_who_was_passed_over() -> None:
    tried = rule(when("place", SLUIS), to=("vonk-val", "bezemwijs"), name="De Sluis", version=3)
    found = route(CASE, [tried], market(vonk_val=AWAY))
    assert found.provider is PORTAL
    assert found.why["rule"] == {"rule_id": str(known_id("rule")), "name": "De Sluis", "version": 3}
    assert found.why["because"][0]["values"] == ["De Sluis"]
    assert found.why["passed_over"] == [{"slug": "vonk-val", "name": "Vonk & Val", "lacks": ["absent"]}]


SUNDAY = (Window((7,), time(0), time(0), "Europe/Amsterdam"),)


@pytest.mark.parametrize(
    ("need", "candidate", "lack"),
    [
        (Need.PRESENT, Candidate(RPC, AWAY), Lack.ABSENT),
        (Need.ROOM, Candidate(RPC, Profile(capacity=2), in_hand=2), Lack.FULL),
        (Need.AT_WORK, Candidate(RPC, Profile(hours=SUNDAY)), Lack.CLOSED),
        (Need.PLACE, Candidate(RPC, paths=("De Kade",)), Lack.ELSEWHERE),
    ],
)
def test_each_need_keeps_back_who_does_not_meet_it_and_only_when_it_is_asked(
    need: Need, candidate: Candidate, lack: Lack
) -> None:
    assert lacks(candidate, [need], CASE.path, NOW) == [lack]
    assert lacks(candidate, [other for other in Need if other is not need], CASE.path, NOW) == []
    assert lacks(Candidate(RPC), list(Need), CASE.path, NOW) == []


@pytest.mark.parametrize(
    "candidate",
    [
        Candidate(RPC, Profile(capacity=2), in_hand=1),
        Candidate(RPC, Profile(hours=(NOW_WINDOW,))),
        Candidate(RPC, paths=("De Kade", "De Sluis / Verdieping 2")),
        Candidate(RPC, Profile(absences=(Absence(NOW - timedelta(days=2), NOW),))),
    ],
)
def test_who_meets_the_needs_gets_it(candidate: Candidate) -> None:
    assert lacks(candidate, list(Need), CASE.path, NOW) == []


def test_by_skill_the_least_loaded_of_those_who_have_it_gets_it() -> None:
    skilled = {"skills": ("electricity",), "capacity": 10}
    found = route(
        CASE,
        [rule(to=(), skill="electricity")],
        market(
            huisdienst=Candidate(TEAM, Profile(**skilled), in_hand=5),
            bezemwijs=Candidate(PORTAL, Profile(**skilled), in_hand=4),
        ),
    )
    assert found.provider is PORTAL
    assert found.why["skill"] == "electricity"


def test_when_nobody_of_it_can_the_next_rule_is_looked_at() -> None:
    found = route(CASE, [rule(), rule(to=("bezemwijs",))], market(vonk_val=AWAY))
    assert (found.provider, outcomes(found)) == (PORTAL, ["nobody", "chosen"])


def test_when_nobody_of_it_can_and_it_says_so_a_person_decides() -> None:
    found = route(CASE, [rule(otherwise=Otherwise.TRIAGE), rule(to=("bezemwijs",))], market(vonk_val=AWAY))
    assert found.provider is None
    assert isinstance(found.error, NobodyAvailable)
    assert found.error.rule_id == known_id("rule")


GONE = Candidate(RPC, gone=True)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (rule(to=("nobody",)), "'nobody' is not known"),
        (rule(to=("huisdienst",)), "works for us any more"),
        (rule(to=(), skill="welding"), "nobody has the skill 'welding'"),
        (rule(when("place", str(known_id("gone")))), "is not known any more"),
        (rule(unreadable=True), "in a way that is not known here"),
        (rule(when("time")), "names no time"),
    ],
)
def test_a_rule_that_cannot_be_applied_stops_there_and_says_so(broken: Rule, says: str) -> None:
    found = route(CASE, [broken, rule(to=("bezemwijs",))], market(huisdienst=GONE))
    assert found.provider is None
    assert isinstance(found.error, RuleBroken)
    assert says in str(found.error)
    assert outcomes(found) == ["broken"]


def test_the_category_of_a_product_that_was_heard_long_ago_is_not_guessed() -> None:
    found = route(replace(CASE, category=None), [rule(when("category", "Catering"))], market())
    assert isinstance(found.error, RuleBroken)


def test_a_broken_rule_does_no_harm_where_it_does_not_apply() -> None:
    broken = rule(when("priority", "P1"), to=("nobody",))
    assert route(CASE, [broken], market()).provider is TEAM


def test_a_supplier_that_is_gone_is_passed_over_for_one_that_is_not() -> None:
    found = route(CASE, [rule(to=("vonk-val", "bezemwijs"), needs=())], market(vonk_val=GONE))
    assert (found.provider, found.why["passed_over"][0]["lacks"]) == (PORTAL, ["gone"])


def test_a_sound_rule_has_no_fault() -> None:
    assert fault_of(rule(when("place", SLUIS)), market()) is None


def test_a_stand_in_gets_what_is_meant_for_somebody_who_is_away() -> None:
    found = route(CASE, [], market(huisdienst=AWAY))
    assert found.provider is PORTAL
    assert (found.why["by"], found.why["for"]["slug"]) == ("stand_in", "huisdienst")


def test_whom_a_plan_names_gets_it_before_all_rules_and_is_replaced_while_away() -> None:
    named = route_named(CASE, "huisdienst", market())
    assert (named.provider, named.why) == (TEAM, {"by": "plan"})
    away = route_named(CASE, "huisdienst", market(huisdienst=AWAY))
    assert (away.provider, away.why["by"]) == (PORTAL, "stand_in")


@pytest.mark.parametrize("found", [market(), market(bezemwijs=Candidate(PORTAL, gone=True))])
def test_whom_a_plan_names_in_vain_is_not_guessed_around(found: Market) -> None:
    named = "niemand" if not found.candidates["bezemwijs"].gone else "bezemwijs"
    nobody = route_named(CASE, named, found)
    assert nobody.provider is None
    assert isinstance(nobody.error, UnknownProvider)


def test_a_stand_in_that_is_away_too_does_not_get_it() -> None:
    assert route(CASE, [], market(huisdienst=AWAY, bezemwijs=AWAY)).provider is TEAM


def test_a_provider_that_the_process_names_and_nobody_knows_is_named() -> None:
    found = route(replace(CASE, intended="nobody"), [], market())
    assert isinstance(found.error, UnknownProvider)
    assert "'nobody'" in str(found.error)


FINAL = {"otherwise": Otherwise.TRIAGE}


@pytest.mark.parametrize(
    ("earlier", "later", "leaves_nothing"),
    [
        (rule(**FINAL), rule(when("kind", "fault")), True),
        (rule(), rule(when("kind", "fault")), False),  # it may pass on
        (rule(active=False, **FINAL), rule(), False),
        (rule(when("priority", "P1", "P2"), **FINAL), rule(when("priority", "P1")), True),
        (rule(when("priority", "P1"), **FINAL), rule(when("priority", "P1", "P2")), False),
        (rule(when("priority", "P1"), **FINAL), rule(when("kind", "fault")), False),
        (
            rule(when("priority", "P1", negated=True), **FINAL),
            rule(when("priority", "P1", "P2", negated=True)),
            True,
        ),
        (
            rule(when("priority", "P1", "P2", negated=True), **FINAL),
            rule(when("priority", "P1", negated=True)),
            False,
        ),
        (rule(when("time", window=NOW_WINDOW), **FINAL), rule(when("time", window=NOW_WINDOW)), True),
        (rule(when("time", window=NOW_WINDOW), **FINAL), rule(when("time", window=SUNDAY[0])), False),
    ],
)
def test_a_rule_that_an_earlier_one_leaves_nothing_is_seen(
    earlier: Rule, later: Rule, leaves_nothing: bool
) -> None:
    assert covers(earlier, later) is leaves_nothing


@pytest.mark.parametrize("condition", [when("place", SLUIS, negated=True), when("time", window=NOW_WINDOW)])
def test_a_condition_is_kept_and_read_again(condition: Condition) -> None:
    assert Condition.from_dict(condition.as_dict()) == condition


PLUMBING = replace(CASE, intended="", role="heavy-plumbing")


def skilled(load: int = 0, **more: Any) -> Profile:
    return Profile(skills=("heavy plumbing",), **more)


def test_of_a_role_the_least_busy_who_can_gets_it() -> None:
    busy, quiet = (Candidate(one, skilled(capacity=8), in_hand=n) for one, n in ((TEAM, 4), (RPC, 1)))
    house = market(huisdienst=busy, vonk_val=quiet)
    found = route(PLUMBING, [], house)
    assert found.provider == RPC
    assert found.why == {"by": "role", "role": "heavy-plumbing", "passed_over": []}


def test_who_of_the_role_is_away_full_or_elsewhere_is_passed_over_and_said() -> None:
    full = Candidate(RPC, skilled(capacity=2), in_hand=1)
    house = market(huisdienst=skilled(absences=AWAY.absences), vonk_val=full, bezemwijs=skilled(capacity=1))
    found = route(PLUMBING, [], house)
    assert found.provider == PORTAL
    assert found.why["passed_over"] == []
    house = market(huisdienst=skilled(absences=AWAY.absences), vonk_val=full)
    found = route(PLUMBING, [], house)
    assert (found.provider, [one["slug"] for one in found.why["passed_over"]]) == (
        RPC,
        ["huisdienst"],
    )


@pytest.mark.parametrize("house", [market(), market(huisdienst=skilled(absences=AWAY.absences))])
def test_a_role_that_nobody_can_take_waits_for_a_person(house: Market) -> None:
    found = route(PLUMBING, [], house)
    assert found.provider is None
    assert isinstance(found.error, NobodyOfRole)


def test_a_rule_goes_before_the_role() -> None:
    found = route(PLUMBING, [rule(when("product", "lamp"))], market(huisdienst=skilled()))
    assert (found.provider, found.why["by"]) == (RPC, "rule")
