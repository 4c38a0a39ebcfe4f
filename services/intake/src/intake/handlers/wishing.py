"""Wishes: filed under a theme, counted, decided once, and each wisher answered once.

Whoever changes a theme and wishes locks the theme first.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound, Stale

from intake.domain.errors import NotAllowed
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import Requester
from intake.domain.wishes import Decision, Theme, ThemeState, likely
from intake.handlers import views
from intake.handlers.access import to_change
from intake.handlers.promising import due
from intake.handlers.receiving import receive_request
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
# What a request that is made of one tick does not say.
UNSAID: View = dict.fromkeys(
    ("location_id", "product_id", "requester_id", "wanted", "priority", "notify", "answer", "follows",
     "about", "proposed", "impact", "urgency", "object", "asset_id", "begun_id", "overrule")
) | {"answers": {}, "quantity": 1, "attachments": [], "confidential": False}  # fmt: skip


def file_wish(
    work: IntakeWork, rules: Rules, request_id: UUID, version: int, theme_id: UUID | None,
    name: dict[str, str] | None,
) -> View:  # fmt: skip
    """Under a theme that is there, or a new one. What was decided is answered at once."""
    if (theme_id is None) == (name is None):
        raise _wrong("theme_id", "Choose a theme, or name a new one.")
    theme = _theme(work, theme_id) if theme_id else _new(work, name or {})
    request = to_change(work, request_id, version)
    if request.kind != "wish":
        raise NotAllowed("Only a wish is filed under a theme.")
    _file(work, rules, request, theme)
    work.save(request)
    work.touched(request)
    return views.summary(request, work.actor)


def decide_theme(
    work: IntakeWork, rules: Rules, theme_id: UUID, version: int, decision: str, reason: dict[str, str]
) -> View:
    """Answers the theme, and how many wishers heard it."""
    theme = _theme(work, theme_id)
    if theme.version != version:
        raise Stale("stale", "Somebody else decided meanwhile. Look at it again.")
    if not all(reason.get(language) for language in ("nl", "en")):
        raise _wrong("reason", "Say it in Dutch and in English: every wisher reads it in their own language.")
    theme.decide(Decision(decision), reason, work.now, work.by)
    work.themes.save(theme)
    wishes = work.themes.wishes(theme_id)
    told = sum(_answer(work, rules, each, theme) for each in wishes)
    return {**_view(theme), "reached": told}


def list_themes(work: IntakeWork, state: str | None, text: str | None) -> View:
    """With counts; and which are likely for a wish in these words."""
    rows = work.themes.all(state)
    shown = ("theme_id", "name", "state", "version", "reason", "decided_at", "decided_by", "made_at")
    items = [{name: getattr(row, name) for name in (*shown, "count", "open", "decide_by")} for row in rows]
    return {"items": items, "likely": likely(text, work.themes.undecided()) if text else []}


def get_theme(work: IntakeWork, theme_id: UUID) -> View:
    theme = work.themes.find(theme_id)
    if theme is None:
        raise _unknown()
    lines = work.themes.lines(theme_id)
    return {**_view(theme), "requests": [views.line(row, work.actor) for row in lines]}


def list_wishes(work: IntakeWork) -> View:
    """For everybody: what is wished for, by how many, and whether by oneself. Nobody's words or names."""
    mine = work.themes.wished_by(work.own_ids) if work.own_ids else {}
    rows = [row for row in work.themes.all(None) if row.count]
    named = ("theme_id", "name", "state", "reason", "decided_at", "count", "decide_by")
    return {
        "items": [
            {name: getattr(row, name) for name in named} | {"own_request_id": mine.get(row.theme_id)}
            for row in rows
        ]
    }


def wish_too(work: IntakeWork, rules: Rules, receipts: Any, theme_id: UUID) -> View:
    """A wish of one's own under this theme; the one that is there already when it is asked again."""
    theme = _theme(work, theme_id)
    known = work.themes.wished_by(work.own_ids).get(theme_id) if work.own_ids else None
    if known:
        request = work.requests.find(known)
        assert request is not None
        return views.summary(request, work.actor)
    if theme.is_final:
        raise NotAllowed("This was decided already; see what was decided.")
    text = theme.name.get(work.actor.language) or next(iter(theme.name.values()))
    made = receive_request(
        work, rules, receipts, **{**UNSAID, "text": text, "channel": "site", "kind": "wish"}
    )
    wish = work.requests.find_to_change(made["request_id"])
    assert wish is not None
    _file(work, rules, wish, theme)
    work.save(wish)
    return views.summary(wish, work.actor)


def _file(work: IntakeWork, rules: Rules, request: Request, theme: Theme) -> None:
    request.file_under(theme.theme_id, theme.name, work.now, work.by)
    if theme.state is not ThemeState.OPEN:
        _answer(work, rules, request, theme)


def _answer(work: IntakeWork, rules: Rules, wish: Request, theme: Theme) -> bool:
    """In the wisher's own language, with their own words. Saved by whoever files it; else here."""
    if wish.state is not State.IN_PROGRESS:
        return False
    language = wish.requester.language if isinstance(wish.requester, Requester) else "nl"
    calendar = work.lookups.calendar(rules.zone)
    until = due(work.now, rules.wish_again, calendar)
    text = theme.answer(wish.summary, language, until.astimezone(calendar.tzinfo).date())
    if theme.is_final:
        wish.decide_wish(theme.state is ThemeState.YES, text, work.now, work.by)
    else:
        wish.defer_wish(text, until, work.now, work.by)
    work.save(wish)
    work.touched(wish)
    return True


def _new(work: IntakeWork, name: dict[str, str]) -> Theme:
    if not all(name.get(language) for language in ("nl", "en")):
        raise _wrong("name", "Name it in Dutch and in English.")
    theme = Theme(work.new_id(), name, work.now)
    work.themes.add(theme)
    return theme


def _theme(work: IntakeWork, theme_id: UUID) -> Theme:
    theme = work.themes.find(theme_id, lock=True)
    if theme is None:
        raise _unknown()
    return theme


def _unknown() -> NotFound:
    return NotFound("no_such_theme", "There is no such theme.")


def _view(theme: Theme) -> View:
    names = ("theme_id", "name", "state", "version", "reason", "decided_at", "decided_by", "made_at")
    return {name: getattr(theme, name) for name in names}


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
