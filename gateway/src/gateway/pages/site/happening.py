"""What happens now with a request, as one would tell its requester on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date

from gateway.clients import Json
from gateway.pages.labels import Label, _
from gateway.pages.moments import Moments
from gateway.pages.words import Words

STEPS = (_("Received"), _("In hand"), _("Being carried out"), _("Your word"), _("Closed"))
RECEIVED, IN_HAND, CARRIED_OUT, YOUR_WORD, CLOSED = range(5)
# The work that tells most about where a request stands comes first.
TELLING = ("in_progress", "paused", "scheduled", "accepted", "issued", "technically_complete", "checked")
BEGUN = frozenset({"in_progress", "paused", "technically_complete", "checked", "administratively_complete"})
# With these the work goes on elsewhere: the desk looks for another way.
GONE = frozenset({"refused", "rejected", "not_carried_out", "cancelled", "cancellation_requested"})
REFUSALS = frozenset({"rejected", "disapproved", "declined"})
REOPENABLE = frozenset({"solved", "answered"})


@dataclass(frozen=True)
class Now:
    """`step`: an index into STEPS. `text`: somebody's own words that belong to it."""

    icon: str
    tone: str
    sentence: str
    advice: str = ""
    text: str = ""
    step: int = IN_HAND


# State -> icon, tone, what happens now, what one may expect.
BY_STATE: Mapping[str, tuple[str, str, str, str]] = {
    "received": (
        "inbox", "info", _("We have received it."), _("The service desk is finding out who can help you."),
    ),
    "triage": (
        "scale", "info", _("The service desk is looking at it."),
        _("A person reads what you wrote and decides who can help you."),
    ),
    "awaiting_approval": (
        "stamp", "wait", _("We are waiting for approval."),
        _("It costs money, so whoever keeps the budget has to agree first."),
    ),
    "ready": (
        "bell", "good", _("It is done. Is it solved for you?"),
        _("Tell us below. Only then we close it."),
    ),
}  # fmt: skip
BY_RESOLUTION: Mapping[str, tuple[str, str, str]] = {
    "solved": ("check", "good", _("It is solved and closed.")),
    "answered": ("speech", "good", _("This is our answer.")),
    "rejected": ("cross", "neutral", _("We can't do this for you.")),
    "withdrawn": ("undo", "neutral", _("You withdrew it.")),
    "merged": ("merge", "neutral", _("We go on with it under another number.")),
}
# What is done while nobody has an order: by the desk itself, for some kinds.
GIVEN_OUT = ("route", _("We are giving it to who will do it."), "")
BY_DESK: Mapping[str, tuple[str, str, str]] = {
    "complaint": ("search", _("We look into your complaint."), _("You hear what we do about it.")),
    "wish": (
        "star", _("We collect wishes such as yours and decide on them together."),
        _("You hear what is decided, whatever it is."),
    ),
}  # fmt: skip
# State of the most telling work order -> icon, tone, sentence about its provider.
BY_ORDER: Mapping[str, tuple[str, str, str]] = {
    "in_progress": ("wrench", "info", _("%(who)s is working on it.")),
    "paused": ("pause", "wait", _("%(who)s had to interrupt the work and goes on as soon as possible.")),
    "scheduled": ("calendar", "info", _("%(who)s has planned the work.")),
    "accepted": ("thumb-up", "info", _("%(who)s takes care of it and is choosing a moment.")),
    "issued": ("send", "info", _("%(who)s has been asked to do the work.")),
    "technically_complete": ("double-check", "info", _("%(who)s is done; we check the work.")),
    "checked": ("double-check", "info", _("%(who)s is done; we check the work.")),
}
# What a work order is called for whoever waits for it. Whatever is not here is still being arranged.
ORDER_LABELS: Mapping[str, Label] = {
    "accepted": Label(_("Taken on"), "thumb-up", "info"),
    "scheduled": Label(_("Planned"), "calendar", "info"),
    "in_progress": Label(_("Busy"), "wrench", "info"),
    "paused": Label(_("Interrupted"), "pause", "wait"),
    "technically_complete": Label(_("Done"), "check", "good"),
    "checked": Label(_("Done"), "check", "good"),
    "administratively_complete": Label(_("Done"), "check", "good"),
}
ARRANGED = Label(_("Being arranged"), "dots")
# In a list, where there is one line for it.
IN_SHORT: Mapping[str, str] = {
    "received": _("We have received it."),
    "triage": _("The service desk is looking at it."),
    "awaiting_approval": _("We are waiting for approval."),
    "in_progress": _("We are working on it."),
    "ready": _("It is done. Is it solved for you?"),
}


def now(request: Json, words: Words, moments: Moments) -> Now:
    state = request["state"]
    if state == "closed":
        return _closed(request, words)
    if asked := question_of(request):
        return Now(
            "speech", "wait", words("We have a question for you."),
            words("Until we have your answer we can't go on."), asked, _step(request),
        )  # fmt: skip
    if state == "in_progress":
        return _work(request, words, moments)
    drawing, tone, sentence, advice = BY_STATE.get(state, BY_STATE["received"])
    step = {"received": RECEIVED, "ready": YOUR_WORD}.get(state, IN_HAND)
    return Now(drawing, tone, words(sentence), words(advice), step=step)


def in_short(request: Json, words: Words) -> str:
    """For a line of a list."""
    if request["state"] == "closed":
        return words(BY_RESOLUTION.get(request["resolution"], BY_RESOLUTION["solved"])[2])
    if question_of(request):
        return words("We have a question for you.")
    return words(IN_SHORT.get(request["state"], IN_SHORT["received"]))


def question_of(request: Json) -> str:
    waiting = request.get("waiting") or {}
    return str(waiting.get("question") or "") if waiting.get("counterparty") == "requester" else ""


def order_label(state: str) -> Label:
    return ORDER_LABELS.get(state, ARRANGED)


def missed(request: Json, moments: Moments) -> Any:
    """The promise that was not kept, while it is open; None when there is none. While the requester or their
    own budget holder is to answer, time does not count.
    """
    waits_for_them = (request.get("waiting") or {}).get("counterparty") == "requester"
    if request["state"] in ("ready", "closed") or waits_for_them:
        return None
    if request.get("promises"):
        late = [each["until"] for each in request["promises"] if _stands_late(each, moments)]
        return min(late, default=None)
    promise = request.get("promise") or {}
    due = [promise.get("resolve_by")]
    if request["state"] in ("received", "triage"):
        due.append(promise.get("respond_by"))
    past = [moment for moment in due if moment and moments.is_past(moment)]
    return min(past) if past else None


def _stands_late(promise: Json, moments: Moments) -> bool:
    """Not kept, and nothing was heard since; also before the desk was told."""
    unheard = promise["state"] == "broken" and not promise["answered_at"]
    return unheard or (promise["state"] == "open" and moments.is_past(promise["until"]))


def can_reopen(request: Json) -> bool:
    """As far as can be seen here; that it was too long ago the service says."""
    if request["state"] == "ready":
        return True
    return request["state"] == "closed" and request["resolution"] in REOPENABLE


def visits(request: Json) -> list[Json]:
    """Its work orders of this round that are still going on or done, as the requester may see them."""
    return [
        order for order in request.get("orders") or []
        if order["state"] not in GONE and order["round"] == request["round"] and order["title"]
    ]  # fmt: skip


def window(order: Json, words: Words, moments: Moments) -> str:
    """`Thursday 26 November between 10:00 and 12:00`; empty when nothing is planned."""
    begin, end = moments.local(order.get("planned_from")), moments.local(order.get("planned_until"))
    if begin is None:
        return ""
    day = _day(begin, words, moments)
    if end is None or end.date() != begin.date():
        return words("%(day)s at %(hour)s", day=day, hour=moments.hour(begin))
    return words(
        "%(day)s between %(first)s and %(last)s", day=day, first=moments.hour(begin), last=moments.hour(end)
    )


def by_when(moment: Any, words: Words, moments: Moments) -> str:
    """`Thursday 26 November at 17:00`, `today at 11:30`."""
    local = moments.local(moment)
    if local is None:
        return ""
    return words("%(day)s at %(hour)s", day=_day(local, words, moments), hour=moments.hour(local))


def _day(local: Any, words: Words, moments: Moments) -> str:
    away = (local.date() - moments.today).days
    if away in (0, 1):
        return words("today") if away == 0 else words("tomorrow")
    pattern = "EEEE d MMMM" if local.year == moments.today.year else "EEEE d MMMM y"
    return str(format_date(local, pattern, locale=words.language))


def _closed(request: Json, words: Words) -> Now:
    resolution = request["resolution"]
    if unheard := (request.get("complaint") or {}).get("unheard"):
        sentence = words("We could not reach you, so we closed your complaint.")
        return Now("phone", "neutral", sentence, "", unheard["reason"], CLOSED)
    drawing, tone, sentence = BY_RESOLUTION.get(resolution, BY_RESOLUTION["solved"])
    text = str((request.get("answer") or {}).get("text") or "") if resolution == "answered" else ""
    if resolution == "rejected":
        text = _reason(request)
    return Now(drawing, tone, words(sentence), "", text, CLOSED)


def _reason(request: Json) -> str:
    """Why it was rejected, in the desk's words."""
    lines = [
        each
        for each in request.get("timeline") or []
        if each["type"] in ("rejected", "disapproved", "declined")
    ]
    return str(lines[-1]["data"].get("reason") or "") if lines else ""


def _work(request: Json, words: Words, moments: Moments) -> Now:
    orders = visits(request)
    order = next((each for state in TELLING for each in orders if each["state"] == state), None)
    if order is None:
        drawing, sentence, advice = BY_DESK.get(request["kind"] or "", GIVEN_OUT)
        return Now(drawing, "info", words(sentence), words(advice) if advice else "", step=IN_HAND)
    drawing, tone, sentence = BY_ORDER[order["state"]]
    who, planned = order["provider"]["name"], window(order, words, moments)
    step = _step(request)
    if order.get("nobody_came"):
        advice = words("We ask %(who)s what happened. You need not do anything.", who=who)
        said = words("It seems that nobody came. We are sorry.")
        return Now("clock", "warn", said, advice, step=step)
    if planned and order["state"] in ("scheduled", "accepted"):
        said = words("%(who)s comes %(moment)s.", who=who, moment=planned)
        return Now("calendar", "info", said, step=step)
    return Now(drawing, tone, words(sentence, who=who), step=step)


def _step(request: Json) -> int:
    if request["state"] == "in_progress" and any(each["state"] in BEGUN for each in visits(request)):
        return CARRIED_OUT
    return RECEIVED if request["state"] == "received" else IN_HAND
