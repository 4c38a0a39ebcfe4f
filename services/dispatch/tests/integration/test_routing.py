"""Rules and profiles on a real database: saved, applied when planning, kept with the order, and mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from dispatch import commands
from dispatch.domain.errors import CannotPlan
from dispatch.handlers import planning, profiles, routing_rules, trying_out
from dispatch.handlers.acting import reroute_work_order
from dispatch.storage.tables import routing_rules as rules_table
from servicekit.actor import Actor
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from ..samples import AGENT, NOW, PORTAL, RPC, TEAM, executor_of, known_id  # noqa: TID252  samples of this service alone
from .conftest import House

ZONE = "Europe/Amsterdam"
MANAGER = Actor("person", "karin", "Karin", frozenset({"manager"}))
SLUIS, ROOM = known_id("sluis"), known_id("room")
PLACE = {"location_id": str(ROOM), "name": "2.14", "path": "De Sluis / 2.14"}
PRODUCT = {
    "product_id": str(known_id("verhuizing")),
    "version": 1,
    "check_required": False,
    "slug": "verhuizing",
    "name": {"nl": "Verhuizing", "en": "Move"},
    "category": {"nl": "Verhuizingen", "en": "Moves"},
    "kind": "order",
    "priority": "P4",
}


@pytest.fixture
def desk(house: House) -> House:
    """With two places and a product of one step, for the Huisdienst."""
    hear_places(house, {SLUIS: "De Sluis", ROOM: "De Sluis / 2.14"})
    first = {"key": "move", "title": {"nl": "V", "en": "M"}, "provider": "huisdienst", "depends_on": []}
    house.hears("product_published", {**PRODUCT, "process": {"steps": [first]}})
    return house


def hear_places(house: House, paths: dict[UUID, str], minutes: int = 0) -> None:
    at = (NOW + timedelta(minutes=minutes)).isoformat()
    told = [{"location_id": str(place), "path": path} for place, path in paths.items()]
    house.hears("locations_saved", {"locations": told, "saved_at": at})


def save(house: House, *conditions: dict[str, Any], **said: Any) -> dict[str, Any]:
    given = {"name": "A rule", "conditions": list(conditions), **said}
    if "skill" not in given:
        given.setdefault("providers", ["vonk-val"])
    with house.work(actor=MANAGER) as work:
        return routing_rules.save_routing_rule(work, **commands.SaveRoutingRule().load(given), zone=ZONE)


def profile(house: House, provider_id: UUID, version: int = 0, **said: Any) -> dict[str, Any]:
    command = {"provider_id": str(provider_id), "version": version, **said}
    with house.work(actor=MANAGER) as work:
        return profiles.save_provider_profile(work, **commands.SaveProviderProfile().load(command), zone=ZONE)


def rules(house: House) -> list[dict[str, Any]]:
    with house.work(actor=MANAGER) as work:
        return routing_rules.list_routing_rules(work)["items"]


def names_of(house: House) -> list[tuple[str, int]]:
    return [(rule["name"], rule["position"]) for rule in rules(house)]


def failures(house: House) -> dict[tuple[str, str], str]:
    with house.work() as work:
        found = [
            row for state in ("open", "resolved") for row in work.failures.page(state, None, None, None, 9)
        ]
    return {(row["kind"], row["reason_type"]): row["state"] for row in found}


def when(field: str, *values: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "values": list(values), **more}


def away(stand_in: str | None = None, days: int = 1) -> dict[str, Any]:
    start, end = NOW - timedelta(days=1), NOW + timedelta(days=days)
    return {"start": start.isoformat(), "end": end.isoformat(), "stand_in": stand_in}


# --- planning ----------------------------------------------------------------------------------------------


def test_a_rule_gives_the_order_away_and_the_order_says_why(desk: House) -> None:
    saved = save(desk, when("place", str(SLUIS)), when("kind", "fault"), name="Storing in De Sluis")
    desk.hears_accepted(location=PLACE)
    order = desk.orders()["move"]
    assert order["provider"]["slug"] == "vonk-val"
    why = order["routing"]
    assert (why["by"], why["rule"]["rule_id"]) == ("rule", str(saved["rule_id"]))
    assert [one["values"] for one in why["because"]] == [["De Sluis"], ["fault"]]


def test_a_supplier_does_not_read_why_it_was_chosen(desk: House) -> None:
    from dispatch.handlers.reading import get_work_order

    save(desk)
    desk.hears_accepted()
    order_id = desk.orders()["move"]["work_order_id"]
    with desk.work(actor=executor_of(RPC)) as work:
        assert get_work_order(work, order_id)["routing"] is None


def test_a_request_costs_no_statement_more_for_the_rules(desk: House, counted: Callable[[], Any]) -> None:
    with counted() as without:
        desk.hears_accepted(request="first")
    save(desk, when("priority", "P1"))
    with counted() as with_rules:
        desk.hears_accepted(request="second")
    assert len(with_rules) == len(without), with_rules


def test_who_is_full_is_passed_over(desk: House) -> None:
    profile(desk, RPC.provider_id, capacity=1)
    save(desk, providers=["vonk-val", "bezemwijs"])
    desk.hears_accepted(request="first")
    desk.hears_accepted(request="second")
    slugs = {one["provider"]["slug"] for one in all_orders(desk)}
    assert slugs == {"vonk-val", "bezemwijs"}


def test_the_stand_in_of_who_is_away_gets_what_the_process_gives(desk: House) -> None:
    profile(desk, TEAM.provider_id, absences=[away("bezemwijs")])
    desk.hears_accepted()
    order = desk.orders()["move"]
    assert (order["provider"]["slug"], order["routing"]["by"]) == ("bezemwijs", "stand_in")


def test_a_person_overrides_it_with_a_reason_that_is_kept(desk: House) -> None:
    desk.hears_accepted()
    order_id = desk.orders()["move"]["work_order_id"]
    with desk.work(actor=AGENT) as work:
        reroute_work_order(work, order_id, PORTAL.provider_id, "They are in the building already")
    why = desk.orders()["move"]["routing"]
    assert (why["by"], why["who"], why["reason"]) == ("hand", "Amira", "They are in the building already")


# --- what cannot be decided --------------------------------------------------------------------------------


def break_rule(desk: House) -> dict[str, Any]:
    """Its only skill is lost after it was saved."""
    profile(desk, RPC.provider_id, skills=["Loodgieter"])
    saved = save(desk, skill="loodgieter", name="Water")
    profile(desk, RPC.provider_id, version=1)
    return saved


def test_a_broken_rule_is_shown_and_the_request_goes_to_the_desk(desk: House) -> None:
    break_rule(desk)
    assert rules(desk)[0]["fault"] == "nobody has the skill 'loodgieter'"
    desk.hears_accepted()
    assert desk.orders() == {}
    (told,) = desk.facts("process_unplannable")
    assert (told["reason"], "Water" in told["detail"]) == ("rule_broken", True)
    assert failures(desk) == {("rule", "rule_broken"): "open"}


def test_mending_the_rule_plans_what_waited_for_it(desk: House) -> None:
    saved = break_rule(desk)
    desk.hears_accepted()
    save(desk, rule_id=str(saved["rule_id"]), version=1, providers=["bezemwijs"])
    assert desk.orders()["move"]["provider"]["slug"] == "bezemwijs"
    assert failures(desk) == {("rule", "rule_broken"): "resolved"}


def test_taking_the_rule_away_plans_what_waited_for_it(desk: House) -> None:
    saved = break_rule(desk)
    desk.hears_accepted()
    with desk.work(actor=MANAGER) as work:
        routing_rules.delete_routing_rule(work, saved["rule_id"], 1)
    assert desk.orders()["move"]["provider"]["slug"] == "huisdienst"


def test_rules_of_a_later_version_of_the_program_are_not_guessed_at(desk: House) -> None:
    save(desk)
    with desk.work() as work:
        strange = [{"field": "weather", "values": ["rain"]}]
        work.connection.execute(sa.update(rules_table).values(conditions=strange))
    desk.hears_accepted()
    assert desk.orders() == {}
    assert "not known here" in rules(desk)[0]["fault"]


def test_when_nobody_can_it_waits_and_is_planned_when_the_absence_ends(desk: House) -> None:
    profile(desk, RPC.provider_id, absences=[away()])
    save(desk, otherwise="triage")
    desk.hears_accepted()
    assert failures(desk) == {("rule", "nobody_available"): "open"}
    for days, planned in ((0, False), (2, True)):
        with desk.work(now=NOW + timedelta(days=days)) as work:
            planning.plan_routed_again(work)
        assert bool(desk.orders()) is planned
    assert failures(desk) == {("rule", "nobody_available"): "resolved"}


def test_a_person_gives_out_by_hand_what_no_rule_could(desk: House) -> None:
    break_rule(desk)
    desk.hears_accepted()
    with desk.work(actor=AGENT) as work:
        planning.plan_by_hand(work, known_id("request"), PORTAL.provider_id, "They have time")
    order = desk.orders()["move"]
    assert (order["provider"]["slug"], order["routing"]["who"]) == ("bezemwijs", "Amira")
    assert failures(desk) == {("rule", "rule_broken"): "resolved"}


def test_by_hand_only_what_waits_for_it(desk: House) -> None:
    with desk.work(actor=AGENT) as work, pytest.raises(NotFound):
        planning.plan_by_hand(work, known_id("request"), PORTAL.provider_id, "Why not")
    desk.hears_accepted()
    with desk.work(actor=AGENT) as work, pytest.raises(Conflict, match="does not wait"):
        planning.plan_by_hand(work, known_id("request"), PORTAL.provider_id, "Why not")
    with desk.work(actor=AGENT) as work, pytest.raises(Invalid):
        planning.plan_by_hand(work, known_id("request"), known_id("nobody"), "Why not")
    desk.hears_accepted(request="other", product="unheard of")
    with desk.work(actor=AGENT) as work, pytest.raises(CannotPlan):
        planning.plan_by_hand(work, known_id("other"), PORTAL.provider_id, "Why not")


# --- keeping rules -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "field", "says"),
    [
        ({"conditions": [when("product", "unheard-of")]}, "conditions", "Condition 1: 'unheard-of'"),
        ({"conditions": [when("category", "Catering")]}, "conditions", "'Catering' is not known"),
        ({"conditions": [when("priority", "P9")]}, "conditions", "'P9' is not known"),
        ({"conditions": [when("kind", "riddle")]}, "conditions", "'riddle' is not known"),
        ({"conditions": [when("place", str(known_id("mars")))]}, "conditions", "is not known"),
        ({"conditions": [when("place", "De Sluis, kamer 3")]}, "conditions", "is not known"),
        ({"conditions": [when("intended", "nobody")]}, "conditions", "'nobody' is not known"),
        ({"conditions": [when("kind")]}, "conditions", "choose at least one"),
        (
            {"conditions": [when("kind", "fault"), when("time")]},
            "conditions",
            "Condition 2: say on",
        ),
        (
            {"conditions": [when("kind", "fault", window={"days": [1], "start": "09:00", "end": "10:00"})]},
            "conditions",
            "only a time",
        ),
        ({"providers": ["nobody"]}, "providers", "'nobody' is not known"),
        ({"providers": []}, "providers", "Name who gets it"),
        ({"providers": ["vonk-val"], "skill": "welding"}, "providers", "not both"),
        ({"skill": "welding"}, "skill", "Nobody has the skill"),
    ],
)
def test_a_rule_that_could_not_be_applied_is_refused_in_words(
    desk: House, said: dict[str, Any], field: str, says: str
) -> None:
    with pytest.raises(Invalid) as refused:
        save(desk, *said.pop("conditions", ()), **said)
    assert says in refused.value.errors[field][0]
    assert rules(desk) == []


def test_rules_stand_in_the_order_in_which_they_are_put(desk: House) -> None:
    made = [save(desk, name=name)["rule_id"] for name in ("One", "Two", "Three")]
    with desk.work(actor=MANAGER) as work:
        routing_rules.move_routing_rule(work, made[2], 1, 1)
    assert [(rule["name"], rule["position"]) for rule in rules(desk)] == [
        ("Three", 1),
        ("One", 2),
        ("Two", 3),
    ]
    with desk.work(actor=MANAGER) as work:
        routing_rules.delete_routing_rule(work, made[2], 1)
    assert names_of(desk) == [("One", 1), ("Two", 2)]


def test_of_two_who_change_a_rule_one_is_told(desk: House) -> None:
    rule_id = str(save(desk)["rule_id"])
    save(desk, rule_id=rule_id, version=1, name="Mine")
    with pytest.raises(Stale):
        save(desk, rule_id=rule_id, version=1, name="Theirs")
    with pytest.raises(NotFound):
        save(desk, rule_id=str(known_id("other")), version=1)


def test_a_rule_that_is_never_reached_says_which_one_is_before_it(desk: House) -> None:
    save(desk, name="All", otherwise="triage")
    save(desk, when("kind", "fault"), name="Faults")
    assert [(rule["covered_by"] or {}).get("name") for rule in rules(desk)] == [None, "All"]


def test_a_place_is_known_by_its_last_name_whatever_came_first(desk: House) -> None:
    saved = save(desk, when("place", str(SLUIS)))
    hear_places(desk, {SLUIS: "De Nieuwe Sluis"}, minutes=5)
    hear_places(desk, {SLUIS: "De Oude Sluis"}, minutes=2)
    (rule,) = rules(desk)
    assert (rule["rule_id"], rule["conditions"][0]["names"]) == (saved["rule_id"], ["De Nieuwe Sluis"])


# --- what providers can take on ----------------------------------------------------------------------------


def test_a_profile_is_kept_and_shown(desk: House) -> None:
    hours = [{"days": [1, 2], "start": "08:00", "end": "16:00"}]
    kept = profile(
        desk, TEAM.provider_id, skills=[" Sloten ", "sloten"], places=[str(SLUIS)], hours=hours, capacity=4,
        absences=[away("bezemwijs")],
    )  # fmt: skip
    assert kept["skills"] == ["sloten"]
    assert kept["places"] == [{"location_id": SLUIS, "path": "De Sluis"}]
    assert (kept["hours"][0]["days"], kept["hours"][0]["zone"]) == ([1, 2], ZONE)
    assert (kept["capacity"], kept["in_hand"], kept["version"]) == (4, 0, 1)
    assert kept["absent_until"] == NOW + timedelta(days=1)


def test_who_does_not_direct_work_sees_no_absences(desk: House) -> None:
    profile(desk, TEAM.provider_id, absences=[away()])
    with desk.work(actor=executor_of(TEAM)) as work:
        assert all("absences" not in one for one in profiles.list_providers(work)["items"])


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"absences": [away("nobody")]}, "absences"),
        ({"absences": [away("huisdienst")]}, "absences"),
        ({"absences": [away(days=-2)]}, "absences"),
        ({"places": [str(known_id("mars"))]}, "places"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused(desk: House, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        profile(desk, TEAM.provider_id, **said)
    assert field in refused.value.errors


def test_of_two_who_change_a_profile_one_is_told(desk: House) -> None:
    profile(desk, TEAM.provider_id, capacity=4)
    with pytest.raises(Stale):
        profile(desk, TEAM.provider_id, capacity=5)
    with pytest.raises(NotFound):
        profile(desk, known_id("nobody"))


# --- trying out --------------------------------------------------------------------------------------------


def try_it(desk: House, **said: Any) -> dict[str, Any]:
    command = commands.TryRouting().load({"product_id": PRODUCT["product_id"], **said})
    with desk.work(actor=MANAGER) as work:
        return trying_out.try_routing(work, **command)


def test_a_try_out_says_who_why_and_why_not_the_others(desk: House) -> None:
    save(desk, when("priority", "P1"), name="Danger")
    save(desk, when("place", str(SLUIS)), name="De Sluis", providers=["vonk-val", "bezemwijs"])
    profile(desk, RPC.provider_id, absences=[away()])
    (first,) = try_it(desk, location_id=str(ROOM))["steps"]
    assert first["provider"]["slug"] == "bezemwijs"
    assert [(rule["name"], rule["outcome"]) for rule in first["rules"]] == [
        ("Danger", "not_met"),
        ("De Sluis", "chosen"),
    ]
    assert first["rules"][0]["failed"][0]["values"] == ["P1"]
    assert first["rules"][1]["refused"][0]["lacks"] == ["absent"]
    assert try_it(desk, location_id=str(ROOM), priority="P1")["steps"][0]["rules"][0]["outcome"] == "nobody"
    assert desk.orders() == {}


def test_a_rule_that_is_off_can_be_tried_before_it_is_on(desk: House) -> None:
    save(desk, active=False)
    assert try_it(desk)["steps"][0]["provider"]["slug"] == "huisdienst"
    assert try_it(desk, drafts=True)["steps"][0]["provider"]["slug"] == "vonk-val"


def test_a_try_out_does_what_planning_does(desk: House) -> None:
    save(desk, when("place", str(SLUIS)), when("kind", "fault"))
    (tried,) = try_it(desk, location_id=str(ROOM), kind="fault", priority="P3")["steps"]
    desk.hears_accepted(location=PLACE, kind="fault", priority="P3")
    order = desk.orders()["move"]
    assert (tried["provider"]["slug"], tried["why"]) == (order["provider"]["slug"], order["routing"])


def test_a_try_out_with_what_is_not_known_says_so(desk: House) -> None:
    with pytest.raises(NotFound):
        try_it(desk, product_id=str(known_id("unheard of")))
    with pytest.raises(Invalid):
        try_it(desk, location_id=str(known_id("mars")))


def all_orders(desk: House) -> list[dict[str, Any]]:
    from dispatch.handlers.reading import list_work_orders
    from dispatch.storage.reading import Filter

    with desk.work(actor=AGENT) as work:
        return list_work_orders(work, Filter(), None, 100)["items"]
