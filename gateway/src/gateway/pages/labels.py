"""What states, kinds and reasons are called on screen, with their icon and tone: status is always colour +
icon + word. Words are message ids of `translations/`; `words(label.word)` gives them in the visitor's
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


def _(text: str) -> str:
    """Marks a text for extraction that is looked up later."""
    return text


@dataclass(frozen=True)
class Label:
    """`tone`: neutral, info, good, warn, bad or wait."""

    word: str
    icon: str
    tone: str = "neutral"


REQUEST_STATES: Mapping[str, Label] = {
    "received": Label(_("Received"), "inbox", "info"),
    "triage": Label(_("To assess"), "scale", "warn"),
    "awaiting_approval": Label(_("Waiting for approval"), "stamp", "wait"),
    "in_progress": Label(_("In progress"), "wrench", "info"),
    "ready": Label(_("Ready, your word"), "bell", "good"),
    "closed": Label(_("Closed"), "check", "neutral"),
}

RESOLUTIONS: Mapping[str, Label] = {
    "solved": Label(_("Solved"), "check", "good"),
    "answered": Label(_("Answered"), "speech", "good"),
    "rejected": Label(_("Rejected"), "cross", "neutral"),
    "withdrawn": Label(_("Withdrawn"), "undo", "neutral"),
    "merged": Label(_("Merged"), "merge", "neutral"),
}

KINDS: Mapping[str, Label] = {
    "order": Label(_("Order"), "cart"),
    "complaint": Label(_("Complaint"), "frown"),
    "wish": Label(_("Wish"), "star"),
    "information": Label(_("Information"), "info"),
    "fault": Label(_("Fault"), "bolt"),
}

PRIORITIES: Mapping[str, Label] = {
    "P1": Label(_("P1 danger"), "flame", "bad"),
    "P2": Label(_("P2 urgent"), "chevrons-up", "warn"),
    "P3": Label(_("P3 normal"), "equals"),
    "P4": Label(_("P4 planned"), "chevron-down"),
}

CHANNELS: Mapping[str, Label] = {
    "site": Label(_("Site"), "globe"),
    "phone": Label(_("Phone"), "phone"),
    "counter": Label(_("Counter"), "counter"),
    "email": Label(_("E-mail"), "mail"),
    "api": Label(_("API"), "plug"),
}

ORDER_STATES: Mapping[str, Label] = {
    "prepared": Label(_("Prepared"), "dots", "neutral"),
    "issued": Label(_("Issued"), "send", "info"),
    "accepted": Label(_("Accepted"), "thumb-up", "info"),
    "refused": Label(_("Refused"), "thumb-down", "bad"),
    "scheduled": Label(_("Scheduled"), "calendar", "info"),
    "in_progress": Label(_("Being carried out"), "wrench", "info"),
    "paused": Label(_("Interrupted"), "pause", "wait"),
    "technically_complete": Label(_("Technically complete"), "check", "good"),
    "checked": Label(_("Checked"), "double-check", "good"),
    "rejected": Label(_("Found not in order"), "cross", "bad"),
    "administratively_complete": Label(_("Administratively complete"), "archive", "neutral"),
    "cancellation_requested": Label(_("Cancellation asked"), "hourglass", "wait"),
    "cancelled": Label(_("Cancelled"), "cross", "neutral"),
    "not_carried_out": Label(_("Not carried out"), "cross", "bad"),
}

DELIVERY_STATES: Mapping[str, Label] = {
    "none": Label(_("In the work list"), "list", "neutral"),
    "pending": Label(_("On its way"), "send", "info"),
    "delivered": Label(_("Delivered"), "check", "good"),
    "failed": Label(_("Delivery failed"), "alert", "bad"),
}

CLOCK_STATES: Mapping[str, Label] = {
    "running": Label(_("Running"), "clock", "info"),
    "near": Label(_("Nearly due"), "alert", "warn"),
    "paused": Label(_("Paused"), "pause", "wait"),
    "met": Label(_("In time"), "check", "good"),
    "breached": Label(_("Too late"), "alert", "bad"),
    "stopped": Label(_("Stopped"), "check", "neutral"),
}

ATTENTION: Mapping[str, Label] = {
    "danger": Label(_("Danger: act now, and telephone"), "flame", "bad"),
    "delivery_failed": Label(_("A delivery failed"), "alert", "bad"),
    "work_order_refused": Label(_("A work order was refused"), "thumb-down", "bad"),
    "work_order_not_carried_out": Label(_("A work order was not carried out"), "cross", "bad"),
    "no_show_suspected": Label(_("Nobody came, as far as we know"), "clock", "bad"),
    "provider_silent": Label(_("A provider says nothing: telephone"), "phone", "bad"),
    "unplannable": Label(_("The process can't be planned"), "alert", "bad"),
    "nobody_works": Label(_("All its work orders were cancelled: nobody works on it"), "people", "bad"),
    "correction_failed": Label(_("A correction did not succeed"), "alert", "bad"),
    "breach": Label(_("The deadline has passed"), "alert", "bad"),
    "promise_missed": Label(_("A promise was not kept"), "clock", "bad"),
    "extra_work": Label(_("A provider asks for extra work: decide"), "scale", "warn"),
    "approval_late": Label(_("The budget holder is silent"), "stamp", "warn"),
    "deadline_near": Label(_("The deadline is near"), "clock", "warn"),
    "unheard": Label(_("Tried to reach them, no word: a manager may close it"), "phone", "warn"),
    "word_missing": Label(_("No word on the remedy: telephone"), "phone", "warn"),
    "requester_wrote": Label(_("The requester wrote"), "speech", "warn"),
}

PROMISES: Mapping[str, Label] = {
    "open": Label(_("Still to come"), "clock", "info"),
    "kept": Label(_("Kept"), "check", "good"),
    "broken": Label(_("Not kept"), "alert", "bad"),
    "replaced": Label(_("Replaced"), "undo", "neutral"),
    "released": Label(_("No longer needed"), "check", "neutral"),
}

# What was wrong, as corrections name it.
WRONG: Mapping[str, Label] = {
    "kind": Label(_("The kind"), "scale"),
    "product": Label(_("The product"), "box"),
    "place": Label(_("The place"), "pin"),
    "data": Label(_("Answers, quantity or for whom"), "list"),
    "cost_centre": Label(_("The cost centre"), "cart"),
    "provider": Label(_("The provider"), "people"),
    "no_show": Label(_("Nobody came"), "clock"),
    "bad_work": Label(_("The work is bad"), "wrench"),
    "price": Label(_("The price"), "cart"),
}

CORRECTION_STATES: Mapping[str, Label] = {
    "begun": Label(_("Being carried out"), "hourglass", "info"),
    "cancelling": Label(_("Waits for a supplier to stop"), "hourglass", "wait"),
    "done": Label(_("Corrected"), "check", "good"),
    "failed": Label(_("Could not be carried out"), "alert", "bad"),
}

ORDER_ACTIONS: Mapping[str, Label] = {
    "take": Label(_("Take it"), "hand", "good"),
    "give_back": Label(_("Give it back"), "undo", "neutral"),
    "assign": Label(_("Hand to a colleague"), "people", "info"),
    "hand_over": Label(_("Hand to another team"), "route", "neutral"),
    "come_back": Label(_("Came back"), "undo", "warn"),
    "accept": Label(_("Accept"), "thumb-up", "good"),
    "refuse": Label(_("Refuse"), "thumb-down", "bad"),
    "schedule": Label(_("Plan"), "calendar", "info"),
    "propose": Label(_("Propose moments"), "calendar", "info"),
    "confirm_appointment": Label(_("Choose a moment"), "check", "good"),
    "ask_another": Label(_("Ask for other moments"), "undo", "neutral"),
    "start": Label(_("Start"), "play", "info"),
    "pause": Label(_("Interrupt"), "pause", "wait"),
    "resume": Label(_("Go on"), "play", "info"),
    "tick_stop": Label(_("Answer a stop of the round"), "check", "info"),
    "complete": Label(_("Report completion"), "check", "good"),
    "check": Label(_("Found in order"), "double-check", "good"),
    "fail": Label(_("Not in order"), "cross", "bad"),
    "close": Label(_("Close administratively"), "archive", "neutral"),
    "accept_cost": Label(_("Accept the cost"), "check", "good"),
    "dispute_cost": Label(_("Dispute the cost"), "scale", "warn"),
    "set_limit": Label(_("Set a limit"), "scale", "neutral"),
    "ask_extra": Label(_("Ask for extra work"), "plus", "wait"),
    "grant_extra": Label(_("Agree to the extra work"), "thumb-up", "good"),
    "refuse_extra": Label(_("No extra work"), "thumb-down", "bad"),
    "extra_to_desk": Label(_("The desk decides about extra work"), "scale", "wait"),
    "begin_early": Label(_("Begin before its turn"), "play", "neutral"),
    "cancel": Label(_("Cancel"), "cross", "bad"),
    "confirm_cancellation": Label(_("Confirm cancellation"), "check", "neutral"),
    "not_carried_out": Label(_("Not carried out"), "cross", "bad"),
    "reroute": Label(_("Give to another"), "route", "neutral"),
    "redeliver": Label(_("Deliver again"), "send", "info"),
    "deliver": Label(_("Delivered"), "check", "neutral"),
    "delivery_failed": Label(_("Delivery failed"), "alert", "bad"),
    "issue": Label(_("Issued"), "send", "info"),
    "remind": Label(_("Reminded"), "bell", "warn"),
    "suspect_no_show": Label(_("Nobody came"), "clock", "bad"),
    "escalate": Label(_("Still no word"), "phone", "bad"),
    "dismiss": Label(_("Write down how it stands"), "speech", "neutral"),
}

# What is known of a stop of a round.
STOPS: Mapping[str, Label] = {
    "open": Label(_("Not seen yet"), "dots"),
    "done": Label(_("In order"), "check", "good"),
    "not_reachable": Label(_("Not reachable"), "lock", "warn"),
    "defect": Label(_("Defect"), "alert", "bad"),
}

# What a provider owes a word about.
SILENCES: Mapping[str, Label] = {
    "unanswered": Label(_("No answer yet"), "hourglass", "warn"),
    "unplanned": Label(_("Not planned yet"), "calendar", "warn"),
    "unstarted": Label(_("Planned, and not begun"), "clock", "warn"),
    "no_show": Label(_("Nobody came, as far as we know"), "clock", "bad"),
    "wordless": Label(_("Begun, and nothing heard since"), "hourglass", "warn"),
}

COMPLAINT_STAGES: Mapping[str, Label] = {
    "lodged": Label(_("To be acknowledged"), "inbox", "warn"),
    "acknowledged": Label(_("Acknowledged"), "thumb-up", "info"),
    "cause_found": Label(_("Cause found"), "search", "info"),
    "remedied": Label(_("Remedied, their word"), "bell", "wait"),
    "contested": Label(_("Not settled"), "undo", "warn"),
    "settled": Label(_("Settled"), "check", "good"),
    "unheard": Label(_("Closed without their word"), "phone", "neutral"),
    "withdrawn": Label(_("Withdrawn"), "undo", "neutral"),
}
THEME_STATES: Mapping[str, Label] = {
    "open": Label(_("Being collected"), "star", "info"),
    "later": Label(_("Later"), "hourglass", "wait"),
    "yes": Label(_("We do it"), "check", "good"),
    "no": Label(_("We don't do it"), "cross", "neutral"),
}

UNKNOWN = Label(_("Unknown"), "dots")


def request_label(state: str, resolution: str | None) -> Label:
    """A closed request is called by how it ended."""
    if state == "closed" and resolution:
        return RESOLUTIONS.get(resolution, UNKNOWN)
    return REQUEST_STATES.get(state, UNKNOWN)


TABLES: Mapping[str, Mapping[str, Label]] = {
    "kind": KINDS,
    "priority": PRIORITIES,
    "channel": CHANNELS,
    "order": ORDER_STATES,
    "delivery": DELIVERY_STATES,
    "clock": CLOCK_STATES,
    "attention": ATTENTION,
    "complaint": COMPLAINT_STAGES,
    "theme": THEME_STATES,
    "promise": PROMISES,
    "action": ORDER_ACTIONS,
    "silence": SILENCES,
    "stop": STOPS,
    "wrong": WRONG,
    "correction": CORRECTION_STATES,
}


def label(table: str, value: str | None) -> Label:
    """Never raises: a word that a newer service uses is shown as it is."""
    return TABLES[table].get(value or "", Label(value or "", "dots"))
