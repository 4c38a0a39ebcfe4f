"""What parties, units, reasons and choices are called on screen, where a word is all there is to it; those
with an icon and a tone are in `labels.py`. Message ids of `translations/`.
"""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import _

CLOCKS: Mapping[str, str] = {
    "respond": _("Respond"),
    "attend": _("Attend"),
    "restore": _("Restore"),
    "resolve": _("Resolve"),
}

PARTIES: Mapping[str, str] = {
    "requester": _("the requester"),
    "supplier": _("the supplier"),
    "desk": _("the desk"),
    "team": _("the team"),
}

# Why an order ended, where dispatch said it by itself; people's own words stand as they are.
REASONS: Mapping[str, str] = {
    "request_withdrawn": _("The request was withdrawn."),
    "request_rejected": _("The request was rejected."),
    "request_merged": _("The request goes along with another."),
    "request_answered": _("The request was answered."),
    "request_reopened": _("The request was taken up again."),
    "routed_anew": _("When its turn came, the rules gave it to another."),
}

HOURS: Mapping[str, str] = {
    "work": _("Work"),
    "travel": _("Travelling"),
    "waiting": _("Waiting"),
    "overtime": _("Outside working hours"),
}

UNITS: Mapping[str, str] = {
    "piece": _("piece"),
    "hour": _("hour"),
    "metre": _("metre"),
    "square_metre": _("square metre"),
    "litre": _("litre"),
    "kilogram": _("kilogram"),
    "set": _("set"),
}

PAUSES: Mapping[str, str] = {
    "material": _("Material"),
    "no_access": _("No access"),
    "quote": _("Quote"),
    "other": _("Something else"),
}

# Why somebody of a team is not there.
ABSENCES: Mapping[str, str] = {
    "holiday": _("holiday"),
    "ill": _("ill"),
    "training": _("training"),
    "other": _("something else"),
}

# How long a provider may say nothing, in working minutes.
PATIENCE: Mapping[str, str] = {
    "answer_minutes": _("To answer a new order"),
    "plan_minutes": _("To plan what it took"),
    "start_minutes": _("To begin, from the end of the planned time"),
    "word_minutes": _("To say how it goes, once begun"),
    "escalate_minutes": _("From the reminder until the desk hears of it"),
}

COMPLAINT_CAUSES: Mapping[str, str] = {
    "late": _("Too late"),
    "not_done": _("Not done"),
    "badly_done": _("Badly done"),
    "wrong_information": _("Wrong information"),
    "conduct": _("How somebody behaved"),
    "wrong_cost": _("Wrong cost"),
    "unclear_promise": _("Unclear what was promised"),
    "unfounded": _("Nothing went wrong"),
    "other": _("Something else"),
}

WAYS: Mapping[str, str] = {
    "phone": _("By telephone"),
    "email": _("By e-mail"),
    "letter": _("By letter"),
    "visit": _("In person"),
}

COMPLAINED_PROMISES: Mapping[str, str] = {
    "respond": _("when they would hear from us"),
    "resolve": _("when it would be done"),
}

# What a request is to the other one.
LINKS: Mapping[str, str] = {
    "child_of": _("Part of"),
    "parent_of": _("Has as a part"),
    "caused_by": _("Caused by"),
    "causes": _("Causes"),
    "complaint_about": _("Complaint about"),
    "complained_about": _("Complained about in"),
    "duplicate_of": _("The same as"),
    "duplicated_by": _("Goes along with this"),
    "found_in": _("Found in the round"),
    "found": _("Found during this round"),
}

LINK_RULES: Mapping[str, str] = {
    "blocks": _("holds it up: it is done only after this"),
    "completes": _("is done when the other is"),
}

ROLES: Mapping[str, str] = {
    "requester": _("Requester"),
    "agent": _("Desk agent"),
    "team": _("Team"),
    "team_lead": _("Team lead"),
    "reception": _("Reception"),
    "supplier": _("Supplier"),
    "manager": _("Manager"),
    "product_owner": _("Product owner"),
    "operator": _("Operator"),
    "administrator": _("Administrator"),
}
