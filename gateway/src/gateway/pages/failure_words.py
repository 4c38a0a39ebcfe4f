"""What failures are called, what they mean and what one can do, for people. By kind, and where it makes a
difference by the reason too; an unknown reason is shown in the service's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.pages.labels import Label, _

KINDS: Mapping[str, Label] = {
    "delivery": Label(_("Not delivered"), "send", "bad"),
    "refusal": Label(_("Refused by the provider"), "thumb-down", "bad"),
    "unplannable": Label(_("Can't be planned"), "route", "bad"),
    "rule": Label(_("A rule gives it to nobody"), "route", "bad"),
    "mail": Label(_("Mail not sent"), "mail", "warn"),
    "plan": Label(_("Planned work not made"), "calendar", "bad"),
    "message": Label(_("A message between services failed"), "plug", "bad"),
    "unrouted": Label(_("A message that nobody listens to"), "plug", "warn"),
}

STATES: Mapping[str, Label] = {
    "open": Label(_("Still open"), "alert", "bad"),
    "replayed": Label(_("Tried again"), "send", "info"),
    "resolved": Label(_("Solved"), "check", "good"),
    "set_aside": Label(_("Put aside"), "archive", "neutral"),
}

OUTCOMES: Mapping[str, Label] = {
    "replayed": Label(_("Tried again"), "check", "good"),
    "set_aside": Label(_("Put aside"), "archive", "good"),
    "already": Label(_("Somebody was first"), "people", "neutral"),
    "refused": Label(_("Not possible"), "cross", "bad"),
    "failed": Label(_("Not now"), "alert", "warn"),
}

SERVICES: Mapping[str, str] = {
    "intake": _("Requests"),
    "catalog": _("Catalogue"),
    "dispatch": _("Work orders"),
    "monitoring": _("Deadlines"),
    "notifications": _("Messages to people"),
}


# What mails are called, by their template.
MAILS: Mapping[str, str] = {
    "receipt": _("Confirmation of receipt"),
    "question": _("Question"),
    "ready": _("It is ready"),
    "reopened": _("Taken up again"),
    "closed": _("It is closed"),
    "appointment": _("Moments to choose from"),
    "approval": _("Approval asked"),
    "update": _("How it stands"),
    "promise": _("A promise"),
}


@dataclass(frozen=True)
class Meaning:
    what: str
    advice: str


BY_KIND: Mapping[str, Meaning] = {
    "delivery": Meaning(
        _("The order did not reach the supplier, however often it was tried."),
        _("Try again when the supplier can be reached, or give the order to another in the dossier."),
    ),
    "refusal": Meaning(
        _("The provider does not take the order."),
        _("Open the dossier: give the order to another, or ask the same provider once more."),
    ),
    "unplannable": Meaning(
        _("The request was accepted, but no work orders can be made of it."),
        _("Have the process of the product put right in the catalogue, then try again."),
    ),
    "rule": Meaning(
        _("A rule about who gets what could not be applied, so nobody has the work yet."),
        _("Have the rule put right, or decide in the dossier who does it."),
    ),
    "mail": Meaning(
        _("The mail was not taken by the mail server."),
        _("Check the address of the person. Try again, or telephone and set it aside."),
    ),
    "plan": Meaning(
        _("A date of a plan came, and its work could not be made."),
        _("Open the plan: change it from today on, or have its product put right. Then try again."),
    ),
    "message": Meaning(
        _("A service could not handle a message of another, also after several attempts."),
        _("When the cause has been taken away, try again: each message has its effect once."),
    ),
    "unrouted": Meaning(
        _("No service listens to this message. It may be of a version that is not installed yet."),
        _("Install the service that should listen, then try again; else set it aside."),
    ),
}

BY_REASON: Mapping[tuple[str, str], Meaning] = {
    ("delivery", "away"): Meaning(
        _("The supplier is not connected, so the order could not be handed over."),
        _("Telephone the supplier. When it is connected again, try again: nothing is ordered twice."),
    ),
    ("delivery", "no_answer"): Meaning(
        _("The supplier was called but gave no answer. It may have received the order."),
        _("Try again: the order number keeps it from being done twice."),
    ),
    ("delivery", "garbage"): Meaning(
        _("The supplier's system answered something that is no answer."),
        _("Have the supplier look at its system, then try again."),
    ),
    ("delivery", "error"): Meaning(
        _("The supplier's system reported an error of its own."),
        _("Have the supplier look at its system, then try again."),
    ),
    ("delivery", "refused"): Meaning(
        _("The supplier does not agree to the cancellation."),
        _("Telephone the supplier and agree on what happens; then open the dossier."),
    ),
    ("delivery", "busy"): Meaning(
        _("The supplier's system asked to come back later, again and again."),
        _("Telephone the supplier; try again when its system has room."),
    ),
    ("delivery", "gone"): Meaning(
        _("The supplier's system says that it takes no orders there any more."),
        _("Have the address of the supplier corrected, then try again."),
    ),
    ("delivery", "not_set_up"): Meaning(
        _("The access of this supplier is not complete, so nothing may be brought there yet."),
        _("Have the access of the supplier completed, then try again."),
    ),
    ("refusal", "not_carried_out"): Meaning(
        _("The work was not carried out, and nobody else does it."),
        _("Open the dossier: give the order to another, or cancel it."),
    ),
    ("rule", "rule_broken"): Meaning(
        _("A rule about who gets what says something that does not hold any more."),
        _("Put the rule right: what waited is given out at once. Or decide in the dossier who does it."),
    ),
    ("rule", "nobody_available"): Meaning(
        _("A rule applies, but nobody of it can take the work now."),
        _("Decide in the dossier who does it, or wait: when somebody can, it is given out by itself."),
    ),
    ("mail", "no_address"): Meaning(
        _("The address of the person is no mail address."),
        _("Correct the address of the person and try again, or telephone and set it aside."),
    ),
    ("mail", "away"): Meaning(
        _("The mail server could not be reached."),
        _("Try again when the mail server works."),
    ),
    ("mail", "put_off"): Meaning(
        _("The mail server kept asking to come back later."),
        _("Try again when the mail server works."),
    ),
    ("plan", "product_withdrawn"): Meaning(
        _("The product of this plan is not offered any more, so the work of this date was not made."),
        _("Open the plan and choose another product, or publish this one again. Then try again."),
    ),
    ("plan", "questions_changed"): Meaning(
        _("The product of this plan asks something new, so the work of this date was not made."),
        _("Open the plan and change it, or let the product ask less. Then try again."),
    ),
    ("plan", "not_by_itself"): Meaning(
        _("The product of this plan starts nothing by itself any more."),
        _("Give the product a process again, or choose another in the plan. Then try again."),
    ),
    ("message", "ProcessDied"): Meaning(
        _("The service stopped each time it handled this message."),
        _("Leave it alone and tell the people who look after the system."),
    ),
}


def meaning(kind: str, reason_type: str) -> Meaning:
    """Never raises: what a newer service reports is explained in general."""
    return BY_REASON.get((kind, reason_type)) or BY_KIND.get(kind) or BY_KIND["message"]


def kind_label(kind: str) -> Label:
    return KINDS.get(kind, KINDS["message"])
