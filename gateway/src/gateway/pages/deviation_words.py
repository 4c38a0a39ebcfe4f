"""Where a request left the regular process, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.clients import Json
from gateway.pages.labels import Label, _
from gateway.pages.moments import Moments
from gateway.pages.words import Words

KINDS: Mapping[str, Label] = {
    "step_added": Label(_("Step added"), "plus", "info"),
    "step_skipped": Label(_("Step left out"), "cross", "warn"),
    "other_provider": Label(_("Another provider"), "route", "warn"),
    "other_order": Label(_("Begun before its turn"), "play", "info"),
    "other_lead_time": Label(_("Another moment promised"), "clock", "warn"),
    "outside_audience": Label(_("Outside its target group"), "people", "warn"),
    "ordered_late": Label(_("Ordered after its cut-off"), "clock", "warn"),
}
WHAT: Mapping[str, str] = {
    "step_added": _("‘%(step)s’ was added, for %(to)s"),
    "step_skipped": _("‘%(step)s’ was dropped"),
    "other_provider": _("‘%(step)s’ was given to %(to)s instead of %(from)s"),
    "other_order": _("‘%(step)s’ was begun before its turn"),
    "other_lead_time": _("It was promised for %(until)s by hand"),
    "outside_audience": _("It was ordered for whom or where it is not meant"),
    "ordered_late": _("It was ordered after its cut-off"),
}
CHOSEN = _("‘%(step)s’ was given to %(to)s, since nobody else could be")


@dataclass(frozen=True)
class Told:
    """What was done otherwise, the reason that was given for it, and by whom and when."""

    what: str
    reason: str | None
    by: str | None
    at: str


def told(words: Words, moments: Moments, deviations: Sequence[Json]) -> list[Told]:
    """In the order in which they happened."""
    return [_told(words, moments, one) for one in reversed(deviations)]


def what(words: Words, moments: Moments, one: Json) -> str:
    details = one.get("details") or {}
    text = WHAT.get(one["kind"], one["kind"])
    if one["kind"] == "other_provider" and not details.get("from"):
        text = CHOSEN
    until = details.get("until")
    shown = moments.brief(until) if until else ""
    names = {"to": details.get("to", ""), "from": details.get("from", "")}
    return words(text, step=words.of(one.get("title")) or one.get("step") or "", until=shown, **names)


def _told(words: Words, moments: Moments, one: Json) -> Told:
    return Told(
        what(words, moments, one), one.get("cause"), (one.get("by") or {}).get("name"), str(one["at"])
    )


def counted(words: Words, counts: Sequence[Json]) -> list[tuple[Label, str, int, int]]:
    """The kind, the step, how often, and of how many requests."""
    return [
        (KINDS[one["kind"]], words.of(one.get("title")) or "–", one["count"], one["requests"])
        for one in counts
        if one["kind"] in KINDS
    ]
