"""The life of an order as far as its supplier moves it. A test holds this against the desk's own table."""

from __future__ import annotations

# From which state, by which word, to which state.
NEXT: dict[str, dict[str, str]] = {
    "issued": {"accept": "accepted", "refuse": "refused"},
    "accepted": {
        "refuse": "refused",
        "schedule": "scheduled",
        "propose": "accepted",
        "start": "in_progress",
        "complete": "technically_complete",
        "not_carried_out": "not_carried_out",
        "ask_extra": "paused",
    },
    "refused": {},
    "scheduled": {
        "schedule": "scheduled",
        "propose": "scheduled",
        "start": "in_progress",
        "complete": "technically_complete",
        "not_carried_out": "not_carried_out",
        "ask_extra": "paused",
    },
    "in_progress": {
        "pause": "paused",
        "tick_stop": "in_progress",
        "complete": "technically_complete",
        "not_carried_out": "not_carried_out",
        "ask_extra": "paused",
    },
    "paused": {
        "resume": "in_progress",
        "schedule": "scheduled",
        "propose": "paused",
        "not_carried_out": "not_carried_out",
        "ask_extra": "paused",
    },
    "technically_complete": {},
    "cancellation_requested": {"confirm_cancellation": "cancelled", "complete": "technically_complete"},
    "cancelled": {},
    "not_carried_out": {},
}

# What a word cannot do without.
NEEDED = {
    "refuse": "reason",
    "not_carried_out": "reason",
    "schedule": "planned_from",
    "propose": "windows",
    "pause": "pause",
    "ask_extra": "reason",
}

# The desk's words for its own methods; `progress` brings its word along.
ACTIONS = {
    "accept": "accept",
    "refuse": "refuse",
    "report_completion": "complete",
    "confirm_cancellation": "confirm_cancellation",
    "get_order": "get_order",
}
