"""The form of a routing rule: what it asks, and the rule that it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gateway.api.schemas import routing as shapes
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.manage import places
from gateway.pages.manage.week_form import window_from
from gateway.pages.visit import Visit

# Fields whose values are ticked or chosen; places are written, and a time has a form of its own.
CHOSEN = ("product", "category", "kind", "priority", "intended")
WANTED_PROVIDERS = 3  # places in the order of preference that the form has, when the rule has not more


def rule_from(visit: Visit) -> Json:
    """Raises Invalid, with the fields named as the form has them."""
    form = visit.form
    given = {
        "name": form.text("name"),
        "note": form.text("note"),
        "skill": form.text("skill") if form.get("who") == "skill" else None,
        "providers": _providers(visit) if form.get("who") != "skill" else None,
        "otherwise": form.text("otherwise"),
    }
    rule = forms.load(shapes.NewRoutingRule(), given)
    conditions = [_chosen(visit, field) for field in CHOSEN]
    conditions += [_place(visit), _time(visit)]
    needs = [need for need in shapes.NEEDS if need in form.many("needs")]
    return {
        **rule,
        "active": form.get("active") == "yes",
        "conditions": [one for one in conditions if one],
        "needs": needs,
    }


def filled(rule: Mapping[str, Any] | None) -> Json:
    """What the form shows for a rule that is there: conditions by field."""
    if rule is None:
        return {
            **dict.fromkeys(("name", "note", "skill", "otherwise"), ""),
            "conditions": {},
            "providers": [],
            "needs": ["present", "room", "place"],
            "active": True,
        }
    conditions = {one["field"]: one for one in rule["conditions"]}
    slugs = [each["slug"] for each in rule["providers"]]
    return {**rule, "conditions": conditions, "providers": slugs}


def places_for(rule: Mapping[str, Any]) -> range:
    """How many places in the order of preference the form has."""
    return range(max(WANTED_PROVIDERS, len(rule["providers"]) + 1))


def _providers(visit: Visit) -> list[str]:
    return [slug for slug in visit.form.many("providers") if slug]


def _chosen(visit: Visit, field: str) -> Json | None:
    values = [value for value in visit.form.many(field) if value]
    return _condition(visit, field, values) if values else None


def _place(visit: Visit) -> Json | None:
    found = places.ids_of(visit, visit.form.text("place"), "place")
    return _condition(visit, "place", found) if found else None


def _time(visit: Visit) -> Json | None:
    window = window_from(visit, "time")
    if window is None:
        return None
    loaded = forms.load(shapes.RuleCondition(), {"field": "time", "window": window})
    return {**loaded, "negated": _negated(visit, "time")}


def _condition(visit: Visit, field: str, values: list[str]) -> Json:
    return {"field": field, "values": values, "negated": _negated(visit, field)}


def _negated(visit: Visit, field: str) -> bool:
    return visit.form.get(f"{field}_negated") == "yes"
