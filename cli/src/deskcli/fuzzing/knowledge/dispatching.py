"""About providers and their work: rules, profiles, moments that are proposed and chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from deskcli.fuzzing.document import Json
from deskcli.fuzzing.knowledge.fits import MADE
from deskcli.fuzzing.sensible import Composer


def _rule(body: Json, composer: Composer) -> Json:
    """A kind of request that one provider gets, or whoever has a skill."""
    made = {name: value for name, value in body.items() if name in ("name", "active", "otherwise", "note")}
    made["conditions"] = [{"field": "kind", "values": [composer.chance.choice(("wish", "information"))]}]
    return {**made, "providers": [composer.slug_of("providerId", "technische-dienst")]}


def _profile(body: Json, composer: Composer) -> Json:
    """Without absences: those who call have work to do."""
    return {name: value for name, value in body.items() if name in ("skills", "capacity")}


def _one_provider(body: Json, composer: Composer) -> Json:
    kind = composer.chance.choice(("team", "supplier"))
    delivery = "none" if kind == "team" else composer.chance.choice(("rpc", "portal", "webhook"))
    slug = f"{MADE}{delivery}-{composer.chance.randrange(8)}"
    address = {"rpc": f"supplier_{slug.replace('-', '_')}", "webhook": "https://supplier.example/orders"}
    made = {**body, "slug": slug, "kind": kind, "delivery": delivery, "address": address.get(delivery)}
    return {name: value for name, value in made.items() if value is not None}


def _moments(_body: Json, composer: Composer) -> Json:
    """One after the other, so far ahead that a demo clock that moves has not come there."""
    first = composer.in_days(composer.chance.randint(10, 30))
    starts = [first + timedelta(days=number) for number in range(composer.chance.randint(1, 3))]
    return {"windows": [{"from": at.isoformat(), "until": _later(at)} for at in starts]}


def _later(at: datetime) -> str:
    return (at + timedelta(hours=2)).isoformat()


def _first(body: Json, _composer: Composer) -> Json:
    return {**body, "choice": 0}


def _answer(_body: Json, composer: Composer) -> Json:
    """One of them, or words why none."""
    return composer.chance.choice(({"choice": 0}, {"reason": "Dan is er niemand."}))


def _looked(_body: Json, composer: Composer) -> Json:
    return composer.chance.choice(({"right": True}, {"right": False, "reason": "Het lekt nog."}))


def _visit(body: Json, composer: Composer) -> Json:
    """Orders of one provider with which nobody has begun."""
    first = composer.known.thing("workOrderId", composer.chance, composer.role, _in_hand)
    if first is None:
        return body
    whose = first[1].get("provider")
    found = {first[0]}
    for _ in range(6):
        other = composer.known.thing(
            "workOrderId",
            composer.chance,
            composer.role,
            lambda each: _in_hand(each) and each.get("provider") == whose,
        )
        found |= {other[0]} if other and len(found) < 3 else set()
    return {**body, "workOrderIds": sorted(found)}


def _joining(body: Json, composer: Composer) -> Json:
    """An order with which nobody has begun; whether it is of the visit's provider is a matter of luck."""
    found = composer.known.thing("workOrderId", composer.chance, composer.role, _in_hand)
    return {**body, "workOrderIds": [found[0]]} if found else body


def _in_hand(thing: Json) -> bool:
    return thing.get("state") in ("issued", "accepted", "scheduled") and thing.get("priority") != "P1"


def _stop(_body: Json, composer: Composer) -> Json:
    """The first one of a round, as it mostly is."""
    return composer.chance.choice(
        ({"stop": 1, "outcome": "done"}, {"stop": 1, "outcome": "not_reachable", "note": "Dicht"})
    )


def _report(body: Json, _composer: Composer) -> Json:
    return {name: value for name, value in body.items() if name in ("note", "costCents", "allPoints")}


def _planning(_body: Json, composer: Composer) -> Json:
    """For oneself, whatever is against it."""
    at = composer.in_days(composer.chance.randint(10, 30))
    ask = composer.chance.random() < 0.3
    return {"plannedFrom": at.isoformat(), "plannedUntil": _later(at), "ask": ask, "anyway": True}


def _absence(_body: Json, composer: Composer) -> Json:
    """One's own, an hour or two, so far ahead that those who call have work to do now."""
    at = composer.in_days(composer.chance.randint(100, 5000))
    return {
        "start": at.isoformat(),
        "end": _later(at),
        "reason": composer.chance.choice(("holiday", "training")),
    }


def _hours(_body: Json, composer: Composer) -> Json:
    """Mornings, or as the team."""
    mornings = [{"days": [1, 2, 3, 4, 5], "start": "08:00", "end": "12:00"}]
    return {"hours": composer.chance.choice((mornings, []))}


AMENDMENTS: Mapping[str, Callable[[Json, Composer], Json]] = {
    "add_routing_rule": _rule,
    "change_routing_rule": _rule,
    "save_provider_profile": _profile,
    "save_provider": _one_provider,
    "propose_work_order": _moments,
    "confirm_appointment_work_order": _first,
    "answer_appointment": _answer,
    "answer_check": _looked,
    "plan_visit": _visit,
    "join_visit": _joining,
    "plan_work_order": _planning,
    "save_absence": _absence,
    "save_person_hours": _hours,
    "complete_visit": _report,
    "tick_stop_work_order": _stop,
}
