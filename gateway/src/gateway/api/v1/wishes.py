"""Wishes: collected under themes, decided, answered."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.request_views import RequestSummary
from gateway.api.schemas.wishes import (
    DecidedTheme,
    DecideTheme,
    FileWish,
    ThemeFilter,
    ThemeList,
    WholeTheme,
    WishedThemes,
)
from gateway.clients import Json

resources = Resources()

THEME = "/v1/themes/<uuid:theme_id>"


@resources.route("GET", "/v1/wishes", permission="requests.create", answer=WishedThemes)
def list_wishes(call: Call) -> Json:
    """What is wished for, by how many, what was decided, and whether one wished it oneself."""
    return call.services.intake.list_wishes()


@resources.route(
    "POST",
    "/v1/wishes/<uuid:theme_id>/too",
    permission="requests.create",
    answer=RequestSummary,
    idempotent=True,
)
def wish_too(call: Call, theme_id: str) -> Json:
    """Wish it too: a wish of one's own, which is answered with the others. Asked again it is the same one."""
    return call.services.intake.wish_too(theme_id)


@resources.route(
    "POST",
    "/v1/requests/<uuid:request_id>/theme",
    permission="requests.triage",
    body=FileWish,
    answer=RequestSummary,
    idempotent=True,
    versioned=True,
)
def file_wish(call: Call, request_id: str) -> Json:
    """File a wish under a theme. Under one that was decided it is answered at once."""
    return call.services.intake.file_wish(request_id, call.version, **call.body)


@resources.route("GET", "/v1/themes", permission="requests.read_all", query=ThemeFilter, answer=ThemeList)
def list_themes(call: Call) -> Json:
    """Themes with their counts, the most wished for first."""
    return call.services.intake.list_themes(**call.query)


@resources.route("GET", THEME, permission="requests.read_all", answer=WholeTheme)
def get_theme(call: Call, theme_id: str) -> Json:
    """A theme with its wishes."""
    return call.services.intake.get_theme(theme_id)


@resources.route(
    "POST",
    f"{THEME}/decision",
    permission="wishes.decide",
    body=DecideTheme,
    answer=DecidedTheme,
    idempotent=True,
    versioned=True,
)
def decide_theme(call: Call, theme_id: str) -> Json:
    """Decide yes, no or later, with the reason. Every wisher is answered once, in their own language."""
    return call.services.intake.decide_theme(theme_id, call.version, **call.body)
