"""What happened, line by line, as sentences with an icon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.pages import delivery_words
from gateway.pages.labels import ORDER_ACTIONS, WRONG, _
from gateway.pages.names import CLOCKS, COMPLAINT_CAUSES, LINKS, WAYS
from gateway.pages.words import Words


@dataclass(frozen=True)
class Look:
    """`text`: the field of the line's data that is somebody's own words."""

    sentence: str
    icon: str
    tone: str = "neutral"
    text: str = ""


LOOKS: Mapping[str, Look] = {
    "begun": Look(_("began it on the site"), "globe", "info"),
    "received": Look(_("received"), "inbox", "info"),
    "to_triage": Look(_("to be assessed"), "scale", "warn"),
    "accepted": Look(_("accepted; the process started"), "check", "info"),
    "answered": Look(_("answered"), "speech", "good", "text"),
    "rejected": Look(_("rejected"), "cross", "neutral", "reason"),
    "approval_asked": Look(_("approval asked"), "stamp", "wait"),
    "extra_asked": Look(_("approval of extra work asked"), "stamp", "wait"),
    "extra_granted": Look(_("agreed to the extra work"), "stamp", "good", "reason"),
    "extra_refused": Look(_("did not agree to the extra work"), "cross", "neutral", "reason"),
    "extra_dropped": Look(_("the extra work is not asked any more"), "undo", "neutral"),
    "approval_voted": Look(_("gave their word; others are still asked"), "stamp", "info", "reason"),
    "approval_reminded": Look(_("the budget holder was reminded"), "bell", "warn"),
    "approved": Look(_("approved"), "stamp", "good", "reason"),
    "disapproved": Look(_("not approved"), "cross", "neutral", "reason"),
    "asked": Look(_("asked the requester"), "speech", "wait", "question"),
    "nobody_came": Look(_("the requester hears that nobody came, and is promised word"), "clock", "bad"),
    "promised": Look(_("promised anew"), "clock", "info", "text"),
    "replied": Look(_("replied"), "speech", "info", "text"),
    "mail_noted": Look(_("a mail came in (not proven)"), "mail", "warn", "text"),
    "note": Look(_("noted (internal)"), "note", "warn", "text"),
    "orders_planned": Look(_("work orders made"), "route", "info"),
    "unplannable": Look(_("the process can't be planned"), "alert", "bad", "detail"),
    "deadline_warning": Look(_("a deadline is near"), "clock", "warn"),
    "deadline_breached": Look(_("a deadline has passed"), "alert", "bad"),
    "ready": Look(_("ready; the requester is asked"), "bell", "good", "text"),
    "gathered": Look(_("gathered under a major incident"), "people", "info", "title"),
    "left_incident": Look(_("split off from a major incident"), "undo", "neutral", "title"),
    "confirmed": Look(_("confirmed that it is solved"), "check", "good"),
    "closed_after_silence": Look(_("closed after silence"), "check", "good"),
    "reopened": Look(_("not solved: taken up again"), "undo", "warn", "reason"),
    "returned_to_triage": Look(_("not solved: to be assessed again"), "undo", "warn", "reason"),
    "joined": Look(_("goes along with another"), "merge", "info", "reference"),
    "joined_by": Look(_("another goes along with this"), "merge", "info", "reference"),
    "split_off": Look(_("stands by itself again"), "undo", "warn"),
    "taken_up": Look(_("took it up"), "thumb-up", "info", "text"),
    "granted": Look(_("granted"), "check", "good", "text"),
    "declined": Look(_("not granted"), "cross", "neutral", "reason"),
    "deferred": Look(_("decided: not now, later"), "hourglass", "wait", "text"),
    "cause_found": Look(_("found the cause"), "search", "info", "note"),
    "remedied": Look(_("told what is done about it"), "check", "good", "text"),
    "word_missing": Look(_("no word on the remedy yet"), "phone", "warn"),
    "attempted": Look(_("tried to reach the customer"), "phone", "neutral", "note"),
    "closed_unheard": Look(_("closed it without the customer's word"), "check", "neutral", "reason"),
    "overruled": Look(_("let a rule of the product go"), "route", "warn", "reason"),
    "confided": Look(_("made it confidential, or named who reads it"), "lock", "wait"),
    "informed": Look(_("told the requester"), "speech", "info", "text"),
    "maybe_known": Look(_("may be known already"), "people", "warn"),
    "linked": Look(_("linked"), "link", "info"),
    "unlinked": Look(_("link removed"), "link", "neutral"),
    "held_up": Look(_("all work is done; a child holds it up"), "hourglass", "wait"),
    "prioritised": Look(_("weighed anew"), "scale", "info", "reason"),
    "corrected": Look(_("put right"), "bandage", "warn", "note"),
    "correction_done": Look(_("the correction is carried out"), "check", "good"),
    "correction_failed": Look(_("the correction could not be carried out"), "alert", "bad", "detail"),
    "withdrawn": Look(_("withdrawn"), "undo", "neutral", "reason"),
}
ORDER_SENTENCES: Mapping[str, str] = {
    "issue": _("issued to %(provider)s"),
    "begin_early": _("issued to %(provider)s before its turn"),
    "accept": _("%(provider)s accepts"),
    "refuse": _("%(provider)s refuses"),
    "schedule": _("%(provider)s plans it"),
    "propose": _("%(provider)s proposes moments"),
    "confirm_appointment": _("a moment was chosen"),
    "ask_another": _("other moments were asked for"),
    "start": _("%(provider)s begins"),
    "pause": _("%(provider)s interrupts the work"),
    "resume": _("%(provider)s goes on"),
    "tick_stop": _("%(provider)s answered a stop of the round"),
    "complete": _("%(provider)s reports completion"),
    "check": _("found in order"),
    "fail": _("found not in order"),
    "close": _("closed administratively"),
    "accept_cost": _("the desk accepts the cost of %(provider)s"),
    "set_limit": _("the desk says what it may cost at %(provider)s"),
    "ask_extra": _("%(provider)s asks for more than it may cost"),
    "grant_extra": _("%(provider)s may do the extra work"),
    "refuse_extra": _("%(provider)s may not do the extra work"),
    "extra_to_desk": _("the desk decides about the extra work"),
    "dispute_cost": _("the desk disputes the cost of %(provider)s"),
    "cancel": _("cancelled"),
    "confirm_cancellation": _("%(provider)s has stopped"),
    "not_carried_out": _("not carried out"),
    "reroute": _("given to another provider"),
    "take": _("one of %(provider)s takes it"),
    "give_back": _("given back to %(provider)s"),
    "assign": _("handed to a colleague at %(provider)s"),
    "hand_over": _("handed over by %(provider)s to another team"),
    "come_back": _("came back to %(provider)s: who had it is absent"),
    "deliver": _("delivered to %(provider)s"),
    "delivery_failed": _("delivery to %(provider)s failed"),
    "redeliver": _("delivered again to %(provider)s"),
    "remind": _("%(provider)s was reminded"),
    "suspect_no_show": _("nobody came, as far as we know"),
    "escalate": _("%(provider)s still says nothing"),
    "dismiss": _("the desk knows how it stands"),
}


@dataclass(frozen=True)
class Line:
    """`who` is empty where the sentence names them. `text` is somebody's own words; `of` says what it is
    about.
    """

    at: Any
    icon: str
    tone: str
    who: str
    sentence: str
    of: str = ""
    text: str = ""
    internal: bool = False
    planned: Any = None
    files: tuple[dict[str, Any], ...] = ()


def lines(entries: list[dict[str, Any]], words: Words) -> list[Line]:
    """Newest first."""
    return [_line(entry, words) for entry in reversed(entries)]


def last_reply(entries: list[dict[str, Any]]) -> str:
    """What the requester wrote last, for who must read it now."""
    wrote = (each["data"].get("text") for each in reversed(entries) if each["type"] == "replied")
    return str(next(wrote, "") or "")


def _line(entry: dict[str, Any], words: Words) -> Line:
    data, internal = entry["data"], not entry.get("public", True)
    if entry["type"] == "order_changed":
        return _order_line(entry, data, words)
    look = LOOKS.get(entry["type"], Look(entry["type"].replace("_", " "), "dots"))
    by = entry.get("by") or {}
    who = "" if by.get("kind") == "service" else str(by.get("name") or "")
    return Line(
        entry["at"], look.icon, look.tone, who, words(look.sentence),
        of=_about(entry["type"], data, words), text=str(data.get(look.text) or "") if look.text else "",
        internal=internal, files=tuple(data.get("attachments") or ()),
    )  # fmt: skip


def _order_line(entry: dict[str, Any], data: dict[str, Any], words: Words) -> Line:
    action = str(data.get("action"))
    label = ORDER_ACTIONS.get(action)
    sentence = words(ORDER_SENTENCES.get(action, action), provider=data.get("provider") or "")
    undelivered = delivery_words.said(words, (data.get("delivery") or {}).get("error") or "")
    said = data.get("note") or data.get("reason") or undelivered
    return Line(
        entry["at"], label.icon if label else "dots", label.tone if label else "neutral", "", sentence,
        of=str(data.get("number") or ""), text=str(said),
        planned=data.get("planned_from") if action in ("accept", "schedule") else None,
    )  # fmt: skip


def _about(kind: str, data: dict[str, Any], words: Words) -> str:
    say = ABOUT.get(kind)
    return str(say(data, words) or "") if say else ""


def _orders(data: dict[str, Any], words: Words) -> str:
    orders = data.get("orders") or []
    return ", ".join(f"{words.of(each['title'])} ({each['provider']})" for each in orders)


def _approvers(data: dict[str, Any], _words: Words) -> str:
    return ", ".join(data.get("approvers") or [])


def _link(data: dict[str, Any], words: Words) -> str:
    return f"{words(LINKS.get(str(data.get('kind')), ''))} {data.get('reference') or ''}".strip()


def _clock(data: dict[str, Any], words: Words) -> str:
    return words(CLOCKS.get(str(data.get("clock")), ""))


def _said_by(data: dict[str, Any], words: Words) -> str:
    by = data.get("said_by")
    return words("in the words of %(name)s", name=by) if by else ""


def _wrong(data: dict[str, Any], words: Words) -> str:
    return words(WRONG[data["what"]].word) if data.get("what") in WRONG else ""


def _instead(data: dict[str, Any], _words: Words) -> str:
    return ", ".join(data.get("issued") or data.get("stopped") or [])


# Type of line -> what it is about, from its data.
ABOUT: Mapping[str, Callable[[dict[str, Any], Words], Any]] = {
    "accepted": lambda data, words: words.of(data.get("product") or ""),
    "corrected": _wrong,
    "correction_failed": _wrong,
    "correction_done": _instead,
    "orders_planned": _orders,
    "approval_asked": _approvers,
    "extra_asked": _approvers,
    "approval_reminded": _approvers,
    "taken_up": lambda data, words: words.of(data.get("theme") or ""),
    "attempted": lambda data, words: words(WAYS.get(str(data.get("way")), "")),
    "cause_found": lambda data, words: words(COMPLAINT_CAUSES.get(str(data.get("cause")), "")),
    "confirmed": _said_by,
    "linked": _link,
    "unlinked": _link,
    "held_up": lambda data, _words: ", ".join(data.get("references") or []),
    "prioritised": lambda data, _words: " → ".join(
        each for each in (data.get("from"), data.get("priority")) if each
    ),
    "deadline_warning": _clock,
    "deadline_breached": _clock,
}
