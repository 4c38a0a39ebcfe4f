"""What fields, needs, lacks and outcomes of routing are called, for people."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import Label, _

FIELDS: Mapping[str, str] = {
    "product": _("Product"),
    "category": _("Category"),
    "kind": _("Kind"),
    "priority": _("Priority"),
    "place": _("Place"),
    "intended": _("Meant for"),
    "time": _("Time"),
}

NEEDS: Mapping[str, str] = {
    "present": _("is not absent"),
    "room": _("has room"),
    "at_work": _("is at work at this moment"),
    "place": _("works at that place"),
}

LACKS: Mapping[str, str] = {
    "gone": _("does not work for us any more"),
    "absent": _("is absent"),
    "full": _("has no room"),
    "closed": _("is not at work now"),
    "elsewhere": _("does not work there"),
}

OUTCOMES: Mapping[str, Label] = {
    "chosen": Label(_("Gives it out"), "check", "good"),
    "not_met": Label(_("Does not apply"), "dots", "neutral"),
    "nobody": Label(_("Nobody of it can"), "people", "warn"),
    "broken": Label(_("Can't be applied"), "alert", "bad"),
}

OTHERWISE: Mapping[str, str] = {
    "next": _("look at the rules below"),
    "triage": _("let the desk decide"),
}

DAYS: Mapping[int, str] = {
    1: _("Monday"),
    2: _("Tuesday"),
    3: _("Wednesday"),
    4: _("Thursday"),
    5: _("Friday"),
    6: _("Saturday"),
    7: _("Sunday"),
}
