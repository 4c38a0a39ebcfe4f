"""What things, states and deeds at the counter are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import Label, _

KINDS: Mapping[str, Label] = {
    "key": Label(_("Door key"), "key"),
    "badge": Label(_("Badge"), "shield"),
    "loan": Label(_("Loan"), "computer"),
    "parcel": Label(_("Parcel"), "box"),
    "found": Label(_("Found property"), "search"),
    "visitor": Label(_("Visitor"), "person"),
}
LENT = ("key", "badge", "loan")
STATES: Mapping[str, Label] = {
    "out": Label(_("Handed out"), "arrow", "info"),
    "returned": Label(_("Returned"), "check"),
    "lost": Label(_("Lost"), "alert", "bad"),
    "received": Label(_("Taken in"), "inbox", "warn"),
    "told": Label(_("Addressee told"), "mail", "info"),
    "collected": Label(_("Collected"), "check", "good"),
    "sent_back": Label(_("Sent back"), "undo"),
    "kept": Label(_("In keeping"), "archive", "info"),
    "claimed": Label(_("Claimed"), "hand", "wait"),
    "passed_on": Label(_("Passed on"), "arrow"),
    "announced": Label(_("Expected"), "calendar", "wait"),
    "inside": Label(_("In the building"), "building", "info"),
    "left": Label(_("Has left"), "check"),
    "not_come": Label(_("Not come"), "minus"),
    "cancelled": Label(_("Does not come"), "cross"),
}
OVERDUE = Label(_("Overdue"), "clock", "bad")
IN_STORE = Label(_("In its place"), "check", "good")
WITHDRAWN = Label(_("Withdrawn from use"), "archive")

# What one presses, and what the time line says afterwards.
PRESSED: Mapping[str, str] = {
    "extend": _("Longer"),
    "take_back": _("Take back"),
    "lose": _("It is lost"),
    "tell": _("Tell the addressee"),
    "collect": _("Hand over"),
    "send_back": _("Send back"),
    "claim": _("Somebody claims it"),
    "release": _("Not theirs after all"),
    "pass_on": _("Pass on"),
    "arrive": _("Sign them in"),
    "leave": _("Sign them out"),
    "miss": _("Has not come"),
    "cancel": _("Does not come"),
}
DONE: Mapping[str, str] = {
    "hand_out": _("Handed out"),
    "extend": _("May be kept longer"),
    "take_back": _("Taken back"),
    "lose": _("Reported lost"),
    "receive": _("Taken in"),
    "tell": _("Addressee told"),
    "collect": _("Handed over"),
    "send_back": _("Sent back"),
    "find": _("Found and taken in"),
    "claim": _("Claimed"),
    "release": _("Not theirs after all"),
    "pass_on": _("Passed on"),
    "announce": _("Announced"),
    "arrive": _("Came in"),
    "leave": _("Went out"),
    "miss": _("Did not come"),
    "cancel": _("Cancelled"),
    "remind": _("Reminded by mail"),
    "report": _("Fault reported"),
}
# The lists of the counter in the order in which they matter, with their heading.
LISTS: Mapping[str, str] = {
    "overdue": _("Overdue"),
    "waiting": _("Waits to be collected"),
    "inside": _("In the building"),
    "expected": _("Expected visitors"),
    "out": _("Handed out"),
    "lost": _("Lost"),
}
MORE_LISTS: Mapping[str, str] = {**LISTS, "over": _("What is over"), "open": _("All that is open")}
NEW: Mapping[str, str] = {
    "parcel": _("Parcel that came in"),
    "found": _("Something that was found"),
    "visitor": _("Visitor"),
}
