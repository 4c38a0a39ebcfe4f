"""What was said and what happened, in the words of the requester's side. What is internal never gets here;
of what does, not everything is of use to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients import Json
from gateway.pages.labels import _
from gateway.pages.words import Words

# Type of line -> icon, tone, sentence, and the field with somebody's own words.
LINES: Mapping[str, tuple[str, str, str, str]] = {
    "received": ("inbox", "info", _("We received it"), ""),
    "to_triage": ("scale", "info", _("The service desk looks at it first"), ""),
    "accepted": ("check", "info", _("Taken on; the work is being arranged"), ""),
    "answered": ("speech", "good", _("Our answer"), "text"),
    "rejected": ("cross", "neutral", _("We can't do this"), "reason"),
    "approval_asked": ("stamp", "wait", _("Approval was asked"), ""),
    "approval_reminded": ("bell", "wait", _("We asked for approval again"), ""),
    "extra_asked": ("stamp", "wait", _("The work takes more; approval was asked"), ""),
    "extra_granted": ("stamp", "good", _("The extra work was approved"), "reason"),
    "extra_refused": ("cross", "neutral", _("The extra work was not approved"), "reason"),
    "approved": ("stamp", "good", _("Approved"), "reason"),
    "disapproved": ("cross", "neutral", _("Not approved"), "reason"),
    "asked": ("speech", "wait", _("A question for you"), "question"),
    "replied": ("speech", "info", _("%(who)s wrote"), "text"),
    "ready": ("bell", "good", _("Done: is it solved?"), "text"),
    "confirmed": ("check", "good", _("Confirmed that it is solved"), ""),
    "closed_after_silence": ("check", "good", _("Closed, because we heard nothing"), ""),
    "reopened": ("undo", "warn", _("Not solved: we go on"), "reason"),
    "returned_to_triage": ("undo", "warn", _("Not solved: we look at it again"), "reason"),
    "joined": ("merge", "info", _("We know about it already; you hear from us when it is done"), ""),
    "split_off": ("scale", "info", _("The service desk looks at it again"), ""),
    "taken_up": ("thumb-up", "info", _("We look into it"), "text"),
    "granted": ("check", "good", _("Our answer"), "text"),
    "declined": ("cross", "neutral", _("We can't do this"), "reason"),
    "deferred": ("hourglass", "wait", _("Not now, later"), "text"),
    "closed_unheard": ("check", "neutral", _("Closed, because we could not reach you"), "reason"),
    "remedied": ("check", "good", _("What we did about it"), "text"),
    "informed": ("speech", "info", _("Word from the service desk"), "text"),
    "prioritised": ("scale", "info", _("We looked again at how pressing it is"), ""),
    "nobody_came": (
        "clock",
        "bad",
        _("It seems that nobody came. We ask what happened; you hear from us"),
        "",
    ),
    "withdrawn": ("undo", "neutral", _("Withdrawn"), "reason"),
}
ORDER_LINES: Mapping[str, tuple[str, str, str]] = {
    "accept": ("thumb-up", "info", _("%(who)s takes care of it")),
    "schedule": ("calendar", "info", _("%(who)s planned the work")),
    "start": ("wrench", "info", _("%(who)s began")),
    "pause": ("pause", "wait", _("%(who)s interrupted the work")),
    "resume": ("play", "info", _("%(who)s goes on")),
    "complete": ("check", "good", _("%(who)s is done")),
    "check": ("double-check", "good", _("We checked the work")),
}
# Said by the requester themselves or about them: these lines get their name.
THEIRS = frozenset({"replied", "confirmed", "reopened", "returned_to_triage", "withdrawn"})


@dataclass(frozen=True)
class Line:
    at: Any
    icon: str
    tone: str
    who: str
    sentence: str
    text: str = ""
    theirs: bool = False
    planned: Any = None
    files: tuple[Json, ...] = ()


def lines(request: Json, words: Words) -> list[Line]:
    """Newest first."""
    requester = (request.get("requester") or {}).get("name")
    found = (_line(entry, requester, words) for entry in reversed(request.get("timeline") or []))
    return [line for line in found if line]


def _line(entry: Json, requester: str | None, words: Words) -> Line | None:
    data = entry["data"]
    if entry["type"] == "order_changed":
        return _order_line(entry["at"], data, words)
    if entry["type"] not in LINES or not entry.get("public", True):
        return None
    drawing, tone, sentence, field = LINES[entry["type"]]
    name = (entry.get("by") or {}).get("name")
    own = name is not None and name == requester
    who = (words("You") if own else str(name or "")) if entry["type"] in THEIRS else ""
    said = words("%(who)s wrote", who=who) if entry["type"] == "replied" else words(sentence)
    who = "" if entry["type"] == "replied" else who
    text = str(data.get(field) or "") if field else ""
    files = tuple(data.get("attachments") or ())
    return Line(entry["at"], drawing, tone, who, said, text, theirs=own and bool(text), files=files)


def _order_line(at: Any, data: Json, words: Words) -> Line | None:
    known = ORDER_LINES.get(str(data.get("action")))
    if known is None:
        return None
    drawing, tone, sentence = known
    said = words(sentence, who=data.get("provider") or words("The team"))
    planned = data if data.get("planned_from") and data["action"] in ("accept", "schedule") else None
    return Line(at, drawing, tone, "", said, planned=planned)
